"""Why there is no allocation, and the smallest change after which there is one.

explain                 the result
constraint_sets         the smallest set of constraints that contradict each other, and the fewest to lift
pair_constraints, irreducible_conflict   who reviews whom; outcome_constraints: on what
"""
