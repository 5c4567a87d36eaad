"""The data rows of a national report, counted independently from the snapshot."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from math import atanh, tanh
from statistics import median_high, median_low

import numpy as np
from scipy import stats

from surveys.schema import LEVELS, UNABLE

from app.domain.disclosure.threshold import merge_small_groups
from app.domain.reports.movement_cohort import moving
from app.domain.reports.snapshot import ReviewResult, Snapshot
from tests.support.report_cycles import BOARDS, CODES, OPTIONS, SETS

DISTANCES = {
    "same": lambda step: step == 0,
    "one_apart": lambda step: step in (1, -1),
    "two_apart": lambda step: step in (2, -2),
    "higher": lambda step: step > 0,
    "lower": lambda step: step < 0,
}


class Recount:
    """(table, place, item, category, measure) -> (value, of, state) of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.found = snapshot, {}
        self.standing = [each for each in snapshot.returns if each.answers is not None]
        sizes = Counter(each.board for each in self.standing)
        self.groups = merge_small_groups({board.code: sizes[board.code] for board in BOARDS}, snapshot.minimum_group)
        self.state = "shown" if self.groups else "hidden" if self.standing else "none"
        self.returned = [review for review in snapshot.reviews if review.findings is not None]
        self.response()
        self.levels("wales", self.standing)
        for group in self.groups or [(board.code,) for board in BOARDS if sizes[board.code]]:
            self.board("+".join(group), [each for each in self.standing if each.board in group])
        self.silent = [board for board in BOARDS if not sizes[board.code]]
        state, self.state = self.state, "none"
        for board in self.silent:
            self.board(board.code, [])
        self.state = state
        for code in OPTIONS:
            self.options(code)
        self.bounds()
        for cycle in snapshot.earlier:
            self.year(cycle)
        if snapshot.earlier and self.groups:
            self.movement(snapshot.earlier[0])
        if snapshot.reviews:
            self.reviews()
            self.agreement()
            self.kappa()
            self.practice()

    def tell(self, *key, value, of=None, state="shown"):
        assert key not in self.found
        self.found[key] = (value, of, state) if state == "shown" else (None, None, state)

    def share(self, place) -> Decimal | None:
        """Return the percentage of the clusters of a place that submitted, rounded half up; None without clusters."""
        submitted, clusters, _state = self.found["response", place, "", "", "submitted"]
        return (100 * Decimal(submitted) / clusters).quantize(0, ROUND_HALF_UP) if clusters else None

    def response(self):
        for place in (*(board.code for board in BOARDS), "wales"):
            here = [each for each in self.snapshot.returns if place in (each.board, "wales")]
            submitted = sum(each in self.standing for each in here)
            self.tell("response", place, "", "", "submitted", value=submitted, of=len(here))

    def board(self, place, here):
        self.levels(place, here)
        self.medians(place, here)

    def levels(self, place, here):
        for code in CODES:
            given = Counter(each.answers[code]["level"] for each in here)
            ranked = sum(given[level] for level in LEVELS)
            for level, of in (*((level, ranked) for level in LEVELS), (UNABLE, ranked + given[UNABLE])):
                self.tell("levels", place, code, level, "clusters", value=given[level], of=of, state=self.state)
            self.tell("levels", place, code, "", "gave_level", value=ranked, of=len(here), state=self.state)

    def medians(self, place, here):
        for code in CODES:
            given = [each.answers[code]["level"] for each in here]
            ranks = [LEVELS.index(level) for level in given if level in LEVELS]
            state = "none" if self.state == "shown" and not ranks else self.state
            for measure, middle in (("median_lower", median_low), ("median_upper", median_high)):
                level = LEVELS[middle(ranks)] if ranks else None
                self.tell("medians", place, code, "", measure, value=level, state=state)

    def options(self, code):
        chosen = [each.answers.get(code, {}).get("chosen", []) for each in self.standing]
        ranked = [each.answers.get("FACTORS-2", {}).get("ranked", []) for each in self.standing]
        still = [[option for option in r if option in c] for r, c in zip(ranked, chosen, strict=True)]
        for option in OPTIONS[code]:
            counts = {"clusters": sum(option in its for its in chosen)}
            if code == "FACTORS-1":
                counts["ranked_first"] = sum(its[:1] == [option] for its in still)
            for measure, count in counts.items():
                of = sum(map(bool, chosen))
                self.tell("options", "wales", code, option, measure, value=count, of=of, state=self.state)

    def bounds(self):
        """Count the bounds by letting every missing cluster choose each level in turn."""
        clusters, silent = len(self.snapshot.returns), len(self.snapshot.returns) - len(self.standing)
        for code in CODES:
            given = [each.answers[code]["level"] for each in self.standing]
            where = ("bounds", "wales", code)
            for level in LEVELS:
                for measure, of_them in (("least", given), ("most", given + [level] * silent)):
                    self.tell(*where, level, measure, value=of_them.count(level), of=clusters, state=self.state)
            ends = (("median_lowest", median_low, LEVELS[0]), ("median_highest", median_high, LEVELS[-1]))
            for measure, middle, level in ends:
                ranks = [LEVELS.index(each) for each in given + [level] * silent if each in LEVELS]
                state = self.state if ranks or self.state != "shown" else "none"
                self.tell(*where, "", measure, value=LEVELS[middle(ranks)] if ranks else None, state=state)

    def year(self, cycle):
        here = [each for each in cycle.returns if each.answers is not None]
        self.tell("response", f"wales/{cycle.year}", "", "", "submitted", value=len(here), of=len(cycle.returns))
        sizes = Counter(each.board for each in here)
        if merge_small_groups({board.code: sizes[board.code] for board in BOARDS}, self.snapshot.minimum_group):
            now, self.state = self.state, "shown"
            self.levels(f"wales/{cycle.year}", here)
            self.state = now
            return
        for code in CODES:
            self.tell("levels", f"wales/{cycle.year}", code, "", "clusters", value=None, state="hidden")

    def movement(self, before):
        then = {each.cluster: each.answers for each in before.returns if each.answers is not None}
        both = [(then[each.cluster], each) for each in self.standing if each.cluster in then]
        self.tell("movement", "wales", "", "", "submitted_both", value=len(both), of=len(self.standing))
        chosen = {now.cluster for _then, now in moving(self.snapshot).compared}  # which are left out is tested apart
        is_shown = bool(chosen)
        if is_shown:
            self.tell("movement", "wales", "", "", "compared", value=len(chosen), of=len(both))
        both = [(old, each) for old, each in both if each.cluster in chosen]
        for code in CODES:
            if not is_shown:
                self.tell("movement", "wales", code, "", "clusters", value=None, state="hidden")
                continue
            pairs = [(old[code]["level"], each.answers[code]["level"]) for old, each in both]
            self.steps(code, [pair for pair in pairs if "" not in pair])

    def steps(self, code, pairs):
        ranked = [(LEVELS.index(old), LEVELS.index(new)) for old, new in pairs if UNABLE not in (old, new)]
        signs = Counter((new > old) - (new < old) for old, new in ranked)
        where = ("movement", "wales", code)
        for category, sign in (("up", 1), ("same", 0), ("down", -1)):
            self.tell(*where, category, "clusters", value=signs[sign], of=len(ranked))
        self.tell(*where, "not_comparable", "clusters", value=len(pairs) - len(ranked), of=len(pairs))
        for old in LEVELS:
            for new in LEVELS:
                count = pairs.count((old, new))
                where = ("transitions", "wales", code, f"{old}>{new}", "clusters")
                self.tell(*where, value=count, of=len(ranked))

    def reviews(self):
        allocated, returned = len(self.snapshot.reviews), len(self.returned)
        replied = sum(each.is_replied for each in self.returned)
        counts = {"allocated": (allocated, None), "returned": (returned, allocated), "replied": (replied, returned)}
        for measure, (count, of) in counts.items():
            self.tell("peer_reviews", "wales", "", "", measure, value=count, of=of)

    def peer_state(self, *sizes):
        enough = all(size >= self.snapshot.minimum_group for size in (len(self.returned), *sizes))
        return "shown" if enough and self.returned else "hidden" if self.returned else "none"

    def agreement(self):
        looked = [sum(any(f.outcome in c for f in r.findings) for r in self.returned) for c in SETS.values()]
        for item, codes in (*SETS.items(), ("all", CODES)):
            state = self.peer_state() if item == "all" else self.peer_state(*looked)
            of_set = [finding for review in self.returned for finding in review.findings if finding.outcome in codes]
            steps = [peer - own for finding in of_set for own, peer in _pair(finding)]
            where = ("peer_agreement", "wales", item)
            for category, is_so in DISTANCES.items():
                count = sum(map(is_so, steps))
                self.tell(*where, category, "comparisons", value=count, of=len(steps), state=state)
            silent = len(of_set) - len(steps)
            self.tell(*where, "not_comparable", "comparisons", value=silent, of=len(of_set), state=state)
            self.tell(*where, "", "looked_at", value=len(of_set), state=state)

    def kappa(self):
        pairs = [pairs for review in self.returned if (pairs := _pairs(review))]
        shown = self.peer_state()
        for measure, figure in zip(("kappa", "kappa_low", "kappa_high"), _kappas(pairs), strict=True):
            state = "undefined" if shown == "shown" and figure is None else shown
            self.tell("peer_kappa", "wales", "all", "", measure, value=figure, state=state)
        for measure, count in (("pairs", sum(map(len, pairs))), ("reviews", len(pairs))):
            self.tell("peer_kappa", "wales", "all", "", measure, value=count, state=shown)

    def practice(self):
        for review in self.returned:
            for finding in review.findings:
                if finding.shared:
                    where = ("good_practice", review.code, finding.outcome, "")
                    self.tell(*where, "good_practice", value=finding.shared)
                    self.tell(*where, "reviewer", value=review.reviewer_code)


def _pair(finding) -> list[tuple[int, int]]:
    """Return [(own level, peers' level)], 0 to 2, or [] if one of them is "unable"."""
    both = (finding.own, finding.peer)
    return [] if UNABLE in both else [(LEVELS.index(finding.own), LEVELS.index(finding.peer))]


def _pairs(review: ReviewResult) -> list[tuple[int, int]]:
    return [pair for finding in review.findings for pair in _pair(finding)]


def _concordance(pairs) -> float | None:
    """Return quadratic-weighted kappa as Lin's concordance; None if one side is constant."""
    if not pairs or any(len(set(side)) < 2 for side in zip(*pairs, strict=True)):
        return None
    own, peer = np.array(pairs).T
    (own_variance, together), (_together, peer_variance) = np.cov(own, peer, bias=True)
    return float(2 * together / (own_variance + peer_variance + (own.mean() - peer.mean()) ** 2))


def _kappas(pairs) -> tuple[float | None, float | None, float | None]:
    """Return kappa and its interval, by the jackknife over reviews with Fisher's transformation."""
    whole = _concordance([pair for review in pairs for pair in review])
    others = [_concordance([p for n, r in enumerate(pairs) if n != out for p in r]) for out in range(len(pairs))]
    varied = [each for each in (whole, *others) if each is not None and abs(each) < 1 - 1e-12]
    if len(varied) < len(others) + 1 or len({round(each, 12) for each in others}) < 2:
        return whole, None, None
    reach = (len(pairs) - 1) * stats.sem([atanh(each) for each in others])
    low, high = stats.t.interval(0.95, len(pairs) - 1, atanh(whole), reach)
    return whole, tanh(low), tanh(high)
