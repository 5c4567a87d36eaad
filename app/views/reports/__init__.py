"""Reading and publishing reports."""
