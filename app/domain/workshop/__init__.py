"""Rules of the facilitated discussion: private ratings and the agenda."""
