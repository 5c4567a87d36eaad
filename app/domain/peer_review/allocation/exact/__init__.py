"""The best allocation for up to eight nominees, proven in the full order.

solver         what counts before benefit, part by part; then the contest
outcome_tiers  of the outcomes alone: the promise, repeats, rounds left (deals: small programmes that count)
contest        which pairing can be dealt with most fairly (placing, leximin: its bounds; sharing: one pairing)
drawing        which of the equally fair deals: lots
cells, shares, menus, limits   what a review may take, as bits
"""
