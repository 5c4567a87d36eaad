"""The results of a cycle: the snapshot, and each report that is made from it."""
