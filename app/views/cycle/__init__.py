"""The progress of a cycle."""
