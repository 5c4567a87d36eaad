"""Every route with its URL and who may open it."""

from tests.support.journey_people import (
    DEPUTY,
    EVERYBODY,
    LEAD,
    MEMBER,
    NOBODY,
    OFFICER,
    OTHER_OFFICER,
    STAFF,
    STRANGER,
)

MINE = "/en/reflections/2026/north-powys"

PEOPLE = "/en/clusters/north-powys/people"

REVIEW = "/en/reviews/2026/north-powys"

ROUND, BOARD = "/en/peer-review/2026", "/en/nominations/2026/7A7"

DRAFTS = "/en/reports/2026/draft"

THEMES = "/en/cycles/2026/themes"

FIELD = f"{THEMES}/PCMW-01/evidence"

REVIEWERS = {STRANGER}

RECORDERS, OF_THE_CLUSTER = {LEAD, DEPUTY}, {LEAD, DEPUTY, MEMBER}

SIGNED_IN = set(EVERYBODY) - {NOBODY}

#: Endpoint -> its URL, and who may open it before and after the submission and its peer review.
TABLE = {
    "site.start": ("/en/", set(EVERYBODY), set(EVERYBODY)),
    "site.help": ("/en/help", set(EVERYBODY), set(EVERYBODY)),
    "site.accessibility": ("/en/accessibility", set(EVERYBODY), set(EVERYBODY)),
    "site.privacy": ("/en/privacy", set(EVERYBODY), set(EVERYBODY)),
    "doors.front": ("/", set(EVERYBODY), set(EVERYBODY)),
    "doors.health": ("/health", set(EVERYBODY), set(EVERYBODY)),
    "accounts.sign_in": ("/en/sign-in", set(EVERYBODY), set(EVERYBODY)),
    "accounts.link_sent": ("/en/sign-in/sent", set(EVERYBODY), set(EVERYBODY)),
    "accounts.confirm_sign_in": ("/en/sign-in/no-token", set(EVERYBODY), set(EVERYBODY)),
    "accounts.demonstration": ("/en/demonstration", set(EVERYBODY), set(EVERYBODY)),
    "accounts.sign_out": ("/en/sign-out", SIGNED_IN, SIGNED_IN),
    "accounts.profile": ("/en/me", SIGNED_IN, SIGNED_IN),
    "people.people": (f"{PEOPLE}/", RECORDERS | {STAFF}, RECORDERS | {STAFF}),
    "people.add": (f"{PEOPLE}/add", RECORDERS | {STAFF}, RECORDERS | {STAFF}),
    "people.change_role": (f"{PEOPLE}/3/deputy", RECORDERS | {STAFF}, RECORDERS | {STAFF}),
    "people.remove": (f"{PEOPLE}/3/remove", RECORDERS | {STAFF}, RECORDERS | {STAFF}),
    "reflection.tasks": (f"{MINE}/", OF_THE_CLUSTER, OF_THE_CLUSTER | {OFFICER, STAFF}),
    "reflection.read": (f"{MINE}/answers", OF_THE_CLUSTER, OF_THE_CLUSTER | {OFFICER, STAFF}),
    "reflection.question": (f"{MINE}/questions/PCMW-01", RECORDERS, RECORDERS),
    "reflection.autosave": (f"{MINE}/questions/PCMW-01/autosave", RECORDERS, RECORDERS),
    "reflection.versions": (f"{MINE}/questions/PCMW-01/versions", RECORDERS, RECORDERS),
    "reflection.check": (f"{MINE}/check", RECORDERS, RECORDERS),
    "reflection.submit": (f"{MINE}/submit", RECORDERS, RECORDERS),
    "reflection.submission": (f"{MINE}/submissions/1", OF_THE_CLUSTER, OF_THE_CLUSTER | {OFFICER, STAFF}),
    "workshop.pack": (f"{MINE}/pack.pdf", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "reflection.download_workbook": (f"{MINE}/workbook.xlsx", RECORDERS, RECORDERS),
    "reflection.upload_workbook": (f"{MINE}/workbook", RECORDERS, RECORDERS),
    "reflection.workbook_saved": (f"{MINE}/workbook/loaded", RECORDERS, RECORDERS),
    "reflection.submitted": (f"{MINE}/submitted", OF_THE_CLUSTER, OF_THE_CLUSTER | {OFFICER, STAFF}),
    "workshop.private_ratings": (f"{MINE}/views/", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "workshop.private_rating": (f"{MINE}/views/PCMW-01", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "workshop.autosave_private_rating": (f"{MINE}/views/PCMW-01/autosave", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "workshop.begin": (f"{MINE}/workshop/", RECORDERS, RECORDERS),
    "workshop.small_group_announcement": (f"{MINE}/workshop/tell", RECORDERS, RECORDERS),
    "workshop.screen": (f"{MINE}/workshop/screen", RECORDERS, RECORDERS),
    "workshop.screen_state": (f"{MINE}/workshop/state", RECORDERS, RECORDERS),
    "workshop.vote": (f"{MINE}/vote", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "workshop.vote_state": (f"{MINE}/vote/state", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "short.join": ("/w/BCDFG", set(EVERYBODY), set(EVERYBODY)),
    "peer_review.tasks": (f"{REVIEW}/", REVIEWERS | RECORDERS, REVIEWERS | RECORDERS),
    "peer_review.meeting": (f"{REVIEW}/meeting", REVIEWERS | RECORDERS, REVIEWERS | RECORDERS),
    "peer_review.comparison": (f"{REVIEW}/comparison", set(), REVIEWERS | OF_THE_CLUSTER | {OFFICER, STAFF}),
    "peer_review.finding": (f"{REVIEW}/outcomes/PCMW-01", REVIEWERS, REVIEWERS),
    "peer_review.autosave_finding": (f"{REVIEW}/outcomes/PCMW-01/autosave", REVIEWERS, REVIEWERS),
    "peer_review.reply": (f"{REVIEW}/replies/PCMW-01", RECORDERS, RECORDERS),
    "peer_review.autosave_reply": (f"{REVIEW}/replies/PCMW-01/autosave", RECORDERS, RECORDERS),
    "peer_review.review_return": (f"{REVIEW}/return", REVIEWERS, REVIEWERS),
    "peer_review.review_reply": (f"{REVIEW}/reply", RECORDERS, RECORDERS),
    "cycle.progress": ("/en/cycles/2026/", {OFFICER, OTHER_OFFICER, STAFF}, {OFFICER, OTHER_OFFICER, STAFF}),
    "reflection.reopen": ("/en/cycles/2026/north-powys/reopen", {STAFF}, {STAFF}),
    "reports.all_cycles": ("/en/reports/", set(EVERYBODY), set(EVERYBODY)),
    "reports.version": ("/en/reports/2026/1/", set(EVERYBODY), set(EVERYBODY)),
    "reports.read": (f"{DRAFTS}/cluster/north-powys", OF_THE_CLUSTER | {STAFF}, OF_THE_CLUSTER | {STAFF}),
    "reports.data": (f"{DRAFTS}/national/wales.csv", {STAFF}, {STAFF}),
    "reports.pdf": (f"{DRAFTS}/peer/north-powys.pdf", set(), REVIEWERS | OF_THE_CLUSTER | {OFFICER, STAFF}),
    "reports.drafts": ("/en/cycles/2026/reports/", {STAFF}, {STAFF}),
    "reports.publication": ("/en/cycles/2026/reports/publish", {STAFF}, {STAFF}),
    "reports.pack": ("/en/cycles/2026/reports/pack/draft", {STAFF}, {STAFF}),
    "reports.pack_file": ("/en/cycles/2026/reports/pack/draft.zip", {STAFF}, {STAFF}),
    "themes.overview": (f"{THEMES}/", {STAFF}, {STAFF}),
    "themes.field": (f"{FIELD}/", {STAFF}, {STAFF}),
    "themes.add": (f"{FIELD}/add", {STAFF}, {STAFF}),
    "themes.rename": (f"{FIELD}/1/rename", {STAFF}, {STAFF}),
    "themes.retire_or_restore": (f"{FIELD}/1/retire", {STAFF}, {STAFF}),
    "themes.text": (f"{FIELD}/texts/north-powys", {STAFF}, {STAFF}),
    "themes.quote": (f"{FIELD}/texts/north-powys/quote", {STAFF}, {STAFF}),
    "themes.quote_withdrawal": (f"{THEMES}/quotes/1/withdraw", {STAFF}, {STAFF}),
    "peer_review.nominations": (f"{BOARD}/", {OFFICER, STAFF}, {OFFICER, STAFF}),
    "peer_review.nomination": (f"{BOARD}/north-powys", {OFFICER, STAFF}, {OFFICER, STAFF}),
    "peer_review.nomination_withdrawal": (f"{BOARD}/north-powys/withdraw", {OFFICER, STAFF}, {OFFICER, STAFF}),
    "peer_review.allocation_overview": (f"{ROUND}/", {STAFF}, {STAFF}),
    "peer_review.conflict": (f"{ROUND}/conflicts", {STAFF}, {STAFF}),
    "peer_review.conflict_removal": (f"{ROUND}/conflicts/1/remove", {STAFF}, {STAFF}),
    "peer_review.fixed_decision": (f"{ROUND}/fixed", {STAFF}, {STAFF}),
    "peer_review.fixed_decision_removal": (f"{ROUND}/fixed/1/remove", {STAFF}, {STAFF}),
    "peer_review.proposal": (f"{ROUND}/propose", {STAFF}, {STAFF}),
    "peer_review.repair": (f"{ROUND}/repair/0", {STAFF}, {STAFF}),
    "peer_review.proposal_removal": (f"{ROUND}/discard", {STAFF}, {STAFF}),
    "peer_review.allocation_publication": (f"{ROUND}/publish", {STAFF}, {STAFF}),
    "peer_review.allocation_version": (f"{ROUND}/versions/1", {STAFF}, {STAFF}),
    "peer_review.rotation": (f"{ROUND}/rotation", {OFFICER, OTHER_OFFICER, STAFF}, {OFFICER, OTHER_OFFICER, STAFF}),
    "peer_review.manual_change": (f"{ROUND}/by-hand", {STAFF}, {STAFF}),
}

ONLY_POST = {
    *("accounts.sign_out", "reflection.autosave", "workshop.autosave_private_rating"),
    *("peer_review.autosave_finding", "peer_review.autosave_reply"),
    *(
        "peer_review.conflict_removal",
        "peer_review.fixed_decision_removal",
        "peer_review.repair",
        "peer_review.proposal_removal",
    ),
    "themes.retire_or_restore",
}

NOT_THERE = {"reports.version", "reports.pack_file", "short.join", "themes.rename", "themes.quote_withdrawal"}
"""Endpoints of things that do not exist in the journeys: 404 for people who may open them."""
