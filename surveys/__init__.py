"""What is asked: the surveys as data, their shape, and how they are read. Knows nothing of the rest."""
