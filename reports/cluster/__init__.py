"""The report of a cluster: content and data rows."""
