"""The small-group rule: which boards' figures may be shown, so that none hidden can be worked out."""

from collections.abc import Mapping


def hidden_groups(sizes: Mapping[str, int], minimum: int) -> frozenset[str]:
    """The groups whose figures are not shown, given how many clusters stand behind each.

    A group of fewer than `minimum` clusters is hidden, also one of none: that nobody of a board gave
    a level tells what each of its clusters said. The national total less all groups that are shown is
    a figure too: while the hidden groups together stand for fewer than `minimum` clusters, the next
    smallest group is hidden with them.
    """
    present = sorted((size, name) for name, size in sizes.items())
    hidden = {name for size, name in present if size < minimum}
    for size, name in present:
        if not hidden or sum(sizes[each] for each in hidden) >= minimum:
            break
        if size >= minimum:
            hidden.add(name)
    return frozenset(hidden)
