"""Plain data in, bytes out: results as an accessible page and as a tagged PDF. Knows no requests and no rows."""
