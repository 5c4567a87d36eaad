"""Why there is no allocation, and the smallest change that mends it.

explanation      the answer
demands          the smallest set of demands that contradict each other, and the smallest to lift
pair_demands, pair_conflict   who reviews whom; outcome_demands: on what
"""
