"""The report of a peer review: content and data rows."""
