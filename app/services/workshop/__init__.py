"""The facilitated discussion: private ratings, votes, agreed answers."""
