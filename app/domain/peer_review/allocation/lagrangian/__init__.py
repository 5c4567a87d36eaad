"""The best allocation for more than eight nominees: fewest repeats, then most total benefit, with a proven bound.

lagrangian_solver   the steps
arrays              the problem as arrays; pair_assignment: pairs alone; outcome_flow: outcomes alone
repeats             the fewest repeats
multipliers         Lagrange multipliers of the loads, which give the bound
reduced_problem     the pairs and outcomes that can still reach the bound, solved exactly
cycle_merging       fewer rings where that costs nothing
"""
