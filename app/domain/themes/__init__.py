"""Rules on themes and quotes from free text."""
