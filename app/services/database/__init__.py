"""Keeps what the product holds: one file that holds everything, the way back from it, and whether all is sound."""
