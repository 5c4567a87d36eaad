"""The people of a cluster."""
