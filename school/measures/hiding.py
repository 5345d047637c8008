"""Which groups of an answer are hidden outside the school's own staff, so that none is worked out.

Students of one breakdown add up to a total that anybody may ask for, and those of two to the totals
of each; the policy of small numbers (`school.stats.suppression`) hides what these would give away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from school.stats.cells import crossed
from school.stats.suppression import OUTSIDE, Policy

Group = tuple[date | None, tuple[str, ...]]  # a period and the labels of the breakdown
ONE_EACH = ("school", "cluster", "grade", "class")  # and groups: a student is in one of them
MOST = 120  # groups of two breakdowns that are proved one by one; of more, all are hidden


def hidden_groups(
    columns: Sequence[str], people: Mapping[Group, int], policy: Policy = OUTSIDE,
) -> frozenset[Group]:
    """The groups that are hidden: small ones, and those that would tell how many are in them.

    `columns` names the labels in their order. A column in which a student may be twice (a subject)
    has no total, so its groups stand each by themselves.
    """
    adding = [i for i, c in enumerate(columns) if c in ONE_EACH or c.startswith("group.")]
    blocks: dict[tuple[object, ...], list[Group]] = {}
    for group in people:
        apart = tuple(label for i, label in enumerate(group[1]) if i not in adding)
        blocks.setdefault((group[0], *apart), []).append(group)
    return frozenset(g for block in blocks.values()
                     for g in _of_block(block, adding, people, policy))


def _of_block(
    block: list[Group], adding: list[int], people: Mapping[Group, int], policy: Policy,
) -> list[Group]:
    if not any(policy.small(people[g]) for g in block):
        return []
    if len(adding) == 2:
        return _of_two(block, adding, people, policy)
    away = policy.groups([people[g] for g in block])
    return [g for g, hidden in zip(block, away, strict=True) if hidden]


def _of_two(
    block: list[Group], adding: list[int], people: Mapping[Group, int], policy: Policy,
) -> list[Group]:
    """The hidden groups of a table of two breakdowns; all of them where it cannot be proved."""
    if len(block) > MOST:
        return block
    one, other = (sorted({g[1][i] for g in block}) for i in adding)
    at = {(g[1][adding[0]], g[1][adding[1]]): g for g in block}
    rows = [[people[at[a, b]] if (a, b) in at else 0 for b in other] for a in one]
    table = crossed(rows)
    inside = len(one) * len(other)
    totals = table.counts[inside:-1]
    closed = (*policy.groups(totals[:len(one)]), *policy.groups(totals[len(one):]))
    shown = frozenset(inside + i for i, away in enumerate(closed) if not away)
    found = policy.hide(replace(table, fixed=shown | {len(table.counts) - 1}))
    if not found.proved:
        return block
    return [group for (a, b), group in at.items()
            if found.cells[one.index(a) * len(other) + other.index(b)]]
