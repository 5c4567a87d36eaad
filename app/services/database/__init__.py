"""The database as a whole: its schema, backup, restore and the integrity check."""
