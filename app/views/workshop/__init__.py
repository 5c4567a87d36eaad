"""The facilitated discussion: private ratings, the screen, voting, the pack to print."""
