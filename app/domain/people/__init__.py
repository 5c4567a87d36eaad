"""Rules on who holds which role, and what can be a name."""
