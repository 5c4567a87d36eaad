"""Who reviews whom on what: the best allocation of a round of peer review, with its proof, or why there is none."""
