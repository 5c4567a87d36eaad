"""The best allocation for up to eight nominees, proven optimal in the full order of comparison.

exact_solver       compares by deadline, repeats and rounds left, then searches the pairings
outcome_goals      the best counts for outcomes alone; outcome_assignment: the integer programmes behind them
pairing_search     the pairing with the fairest assignment; branch_and_bound: one pairing; leximin,
                   assignment_bound: bounds
tie_break          chooses among equally fair assignments by the seed
benefit_arrays, outcome_sets, candidate_sets, share_limits   the data of the search
"""
