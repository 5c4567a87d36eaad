"""The questionnaire of a cycle, and the import of wording."""
