"""The threshold rule: which groups are shown alone and which are merged, so that no small group can be worked out.

Two readers are kept in mind: one who has every published figure, and an officer of a board, who also knows
what each cluster of that board said. docs/decisions/0016 weighs what the rule costs.
"""

from collections.abc import Collection, Mapping

Groups = tuple[tuple[str, ...], ...]
"""Who is shown: each alone, or several together as one; in the order in which they were given."""


def merge_small_groups(sizes: Mapping[str, int], minimum: int, together_before: Collection[str] = ()) -> Groups:
    """Return the groups to show, given the number of clusters in each; empty groups are left out.

    Whoever has fewer than `minimum` clusters is put together with the next smallest, until those put together
    are at least `minimum` even for a reader who knows one of them. Nothing is shown where that cannot be.
    What was put together in an earlier version stays together: the difference of two versions is a figure too.
    """
    ascending = sorted((name for name in sizes if sizes[name]), key=lambda name: sizes[name])
    together = [name for name in ascending if sizes[name] < minimum or name in together_before]
    for name in [name for name in ascending if name not in together]:
        if _is_safe([sizes[each] for each in together], minimum):
            break
        together.append(name)
    if not _is_safe([sizes[each] for each in together], minimum):
        return ()
    in_order = [name for name in sizes if name in together]
    alone = [(name,) for name in sizes if sizes[name] and name not in together]
    return tuple(alone) + ((tuple(in_order),) if in_order else ())


def _is_safe(sizes: list[int], minimum: int) -> bool:
    """Whether the sum is of enough clusters, also less any one of its parts."""
    return not sizes or sum(sizes) - max(sizes) >= minimum
