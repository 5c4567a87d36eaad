"""The report of a cluster."""
