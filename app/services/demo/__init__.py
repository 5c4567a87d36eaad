"""The demonstration: invented people, answers, reviews and themes."""
