"""The best allocation for more nominees: fewest repeats, then the highest benefit of all, with a proven bound.

solver    the steps
grid      the problem as arrays; pairing, dealing: the pairs alone, the outcomes alone; repeats: the fewest
prices    what an outcome has to cost for its places to be taken evenly: the bound
core      the pairs and outcomes that can still reach it, solved exactly; rings: fewer of them where it is free
"""
