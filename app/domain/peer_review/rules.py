"""The numbers of peer review: how many outcomes a review looks at, how many a cluster may wish for."""

OUTCOMES_PER_REVIEW = {"pcmw": 2, "acd": 1}
"""How many outcomes of each matrix a review looks at."""

SEARCH_WORK_LIMIT = 20
"""Seconds of processor time for the search of an allocation: somebody waits for it."""

MOST_WISHES = 5
"""Outcomes that a cluster may wish to have reviewed: with more, wishes would say little."""
