"""Peer review: nominations, constraints, allocation, reviews."""
