"""Rules of peer review: sides, states, findings, agreement of self and peers."""
