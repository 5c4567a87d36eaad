"""What several documents share: charts, provenance, language, the order of a questionnaire."""
