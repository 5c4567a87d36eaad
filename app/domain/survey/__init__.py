"""Rules on the wording of a survey: levels, editions, what an import would change."""
