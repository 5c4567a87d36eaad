"""The integrity check: whether stored data keeps what is promised."""
