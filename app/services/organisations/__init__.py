"""Health boards and clusters."""
