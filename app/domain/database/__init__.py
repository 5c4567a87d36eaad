"""What an integrity check of the database can find."""
