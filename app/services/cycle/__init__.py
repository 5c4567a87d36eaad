"""The yearly cycle and its progress."""
