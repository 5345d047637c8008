"""Outside the staff a share near 0 or 100 is coded, and small counts are not told beside it."""

from __future__ import annotations

import pytest

from school.access import Scope
from school.config import INDIA
from school.fold import set_meta
from school.measures import answer
from school.view import View
from tests.children import FIRST, LAST, filled, some_children

OTHERS = View(FIRST, LAST, LAST, scope=Scope(staff=False))


@pytest.mark.parametrize(("failing", "value", "counted", "coded"), [
    (1, 0.02, None, "at most 2%"),     # of 120: a whole percent of 1
    (0, 0.02, None, "at most 2%"),
    (119, 0.98, None, "at least 98%"),
    (5, 0.04, None, None),             # fewer than ten, so no count beside the share
    (30, 0.25, 30, None),
])
def test_a_share_is_told_as_far_as_the_policy_goes(
    failing: int, value: float, counted: int | None, coded: str | None
) -> None:
    children = some_children(120)
    for child in children:
        child.marks = 5 if child.key > failing else 30
    row = answer(filled(children), "pass_rate", OTHERS, preset=INDIA).rows[0]
    assert (row.value, row.numerator, row.coded) == (pytest.approx(value, abs=0.006), counted,
                                                     coded)


def test_inside_the_staff_every_count_is_told() -> None:
    children = some_children(120)
    children[0].marks = 5
    row = answer(filled(children), "pass_rate", View(FIRST, LAST, LAST), preset=INDIA).rows[0]
    assert (row.numerator, row.denominator, row.coded) == (119, 120, None)


def test_a_rate_of_sessions_is_not_coded() -> None:
    store = filled(some_children(60))
    with store.writing() as tx:
        set_meta(tx, "data_version", "2")
    row = answer(store, "attendance_rate", OTHERS, preset=INDIA).rows[0]
    assert row.value == 1 and row.coded is None
