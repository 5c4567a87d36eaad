"""The facilitated discussion: private ratings, votes, what is agreed."""
