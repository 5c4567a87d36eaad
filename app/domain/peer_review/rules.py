"""The numbers of peer review: how many outcomes a review looks at, how many a cluster may wish for."""

MOST_WISHES = 5
"""Outcomes that a cluster may wish to have reviewed: with more, wishes would say little."""
