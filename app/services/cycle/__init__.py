"""The yearly cycle and the progress of its clusters."""
