"""The threshold rule: which groups are shown alone and which are merged, so that no small group can be worked out.

It protects against two readers: one with every published figure, and an officer of a board, who also knows the
answers of each cluster of that board. docs/decisions/0016 discusses what the rule costs.
"""

from collections.abc import Collection, Mapping

Groups = tuple[tuple[str, ...], ...]
"""The groups shown, in the order given: each name alone, or several names merged."""


def merge_small_groups(sizes: Mapping[str, int], minimum: int, together_before: Collection[str] = ()) -> Groups:
    """Return the groups to show, given the number of clusters in each; empty groups are left out.

    Groups with fewer than `minimum` clusters are merged with the next smallest, until the merged group has at least
    `minimum` clusters without any one of its parts. Empty if that is impossible. Groups merged in an earlier version
    stay merged, since the difference of two versions is a figure too.
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
    """Return whether the merged group has enough clusters even without its largest part."""
    return not sizes or sum(sizes) - max(sizes) >= minimum
