"""The national figures on peer review count returned reviews, hide small numbers, and share only shared practice."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.loader import current_questionnaire
from surveys.schema import LEVELS, UNABLE, BilingualText

from app.domain.reports.peer_review import peer_part
from app.domain.reports.snapshot import ReportedFinding, ReviewResult, Snapshot

QUESTIONNAIRE = current_questionnaire()
CODES = [outcome.code for outcome in QUESTIONNAIRE.outcomes]
PCMW, ACD = CODES[:13], CODES[13:]
PLACE = BilingualText("Somewhere", "Rhywle")

levels = st.sampled_from([*LEVELS, UNABLE])
shared = st.sampled_from(["", "Cynllun ar y cyd", "A shared plan"])
outcomes = st.tuples(st.sampled_from(PCMW[:7]), st.sampled_from(PCMW[7:]), st.sampled_from(ACD))
findings = outcomes.flatmap(
    lambda codes: st.tuples(*(st.builds(ReportedFinding, st.just(code), levels, levels, shared) for code in codes))
)
reviews = st.lists(st.tuples(st.none() | findings, st.booleans()), max_size=12)


def snapshot_of(listed, minimum: int = 5) -> Snapshot:
    returns = tuple(ReviewResult(f"review-{n}", PLACE, PLACE, found, said) for n, (found, said) in enumerate(listed))
    return Snapshot(2026, QUESTIONNAIRE.content_hash, minimum, (), (), returns)


def test_a_cycle_without_peer_review_has_no_such_part():
    assert peer_part(snapshot_of([]), QUESTIONNAIRE) is None


@settings(max_examples=50)
@given(reviews.filter(bool), st.integers(2, 6))
def test_every_count_equals_a_recount_and_few_reviews_have_none(listed, minimum):
    part = peer_part(snapshot_of(listed, minimum), QUESTIONNAIRE)
    returned = [(found, said) for found, said in listed if found]
    told = (len(listed), len(returned), sum(said for _found, said in returned))
    assert (part.allocated, part.returned, part.replied) == told
    if len(returned) < minimum:
        assert (part.agreement, part.by_set) == (None, {})
        return
    for slug, codes in (("pcmw", PCMW), ("acd", ACD)):
        of_set = [each for found, _said in returned for each in found if each.outcome in codes]
        recount = Counter(
            abs(LEVELS.index(each.own) - LEVELS.index(each.peer))
            for each in of_set
            if UNABLE not in (each.own, each.peer)
        )
        counts = part.by_set[slug]
        assert (counts.same, counts.one_apart, counts.two_apart) == (recount[0], recount[1], recount[2])
        assert counts.total == len(of_set)
    assert part.agreement.counts.total == sum(counts.total for counts in part.by_set.values()) == 3 * len(returned)


@settings(max_examples=40)
@given(reviews.filter(bool))
def test_good_practice_is_what_may_be_shared_by_outcome_however_few_reviews_there_are(listed):
    part = peer_part(snapshot_of(listed, minimum=30), QUESTIONNAIRE)
    found = Counter((each.outcome, each.shared) for content, _said in listed for each in content or () if each.shared)
    assert Counter((code, each.text) for code, practices in part.good_practice.items() for each in practices) == found
    assert list(part.good_practice) == [code for code in CODES if code in part.good_practice]


def test_a_set_that_few_reviews_looked_at_hides_both_sets_for_the_total_would_tell_it():
    without = tuple(ReportedFinding(code, "mature", "mature") for code in PCMW[:2])
    whole = (*without, ReportedFinding(ACD[0], "foundation", "mature"))
    part = peer_part(snapshot_of([(whole, False), *[(without, False)] * 6]), QUESTIONNAIRE)
    assert part.by_set == {}
    assert part.agreement.counts.two_apart == 1


@settings(max_examples=30)
@given(reviews, reviews)
def test_the_hash_tells_one_round_of_reviews_from_another(one, other):
    assert (snapshot_of(one).hash == snapshot_of(other).hash) == (one == other)
