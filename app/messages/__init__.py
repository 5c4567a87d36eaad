"""Codes and refusals of the domain as sentences, for pages and commands alike."""
