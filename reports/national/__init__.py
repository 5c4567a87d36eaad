"""The national summary: content and data rows."""
