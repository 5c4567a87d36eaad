"""Builders: one function for each kind of report, from the snapshot of a cycle to the content of the report."""
