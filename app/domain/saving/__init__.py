"""Rules of saving: what becomes of a save, and which versions belong together."""
