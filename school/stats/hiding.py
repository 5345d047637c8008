"""Which small groups are hidden from readers outside the school's own staff."""

from __future__ import annotations

from collections.abc import Sequence


def suppress(people: Sequence[int], minimum: int = 10) -> tuple[bool, ...]:
    """Which groups of one known total are hidden, for readers outside the school's own staff.

    Hidden is every group of fewer than `minimum` people; then the next smallest, until what is
    hidden can no longer be worked out from the total: two groups or more, together above `minimum`.
    """
    hidden = {i for i, n in enumerate(people) if 0 < n < minimum}
    rest = sorted((i for i, n in enumerate(people) if n >= minimum), key=lambda i: people[i])
    while hidden and rest and (len(hidden) < 2 or sum(people[i] for i in hidden) <= minimum):
        hidden.add(rest.pop(0))
    return tuple(i in hidden for i in range(len(people)))
