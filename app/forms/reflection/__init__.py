"""Forms of a cluster's reflection."""
