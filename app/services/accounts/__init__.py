"""Sign-in by a link in an e-mail."""
