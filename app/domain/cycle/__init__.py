"""Rules of the yearly cycle: its states and its last day."""
