"""Statistics on numbers and levels, without knowledge of cycles or reports."""
