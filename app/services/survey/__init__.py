"""The questionnaire of a cycle; importing wording."""
