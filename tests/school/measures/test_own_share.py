"""The share beyond the line that a school drew: at the line counts, on the bad side only."""

from datetime import date
from typing import Any

import people
import pytest

from school import own
from school.answers import Better
from school.measures import answer, catalogue, students
from school.records.numbers import OwnNumber
from school.store import Store
from school.view import View

JUNE = View(date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30))


def definition(line: float | None, better: Better) -> OwnNumber:
    return OwnNumber("minutes", "Minutes", "Minutes online", "minutes", better, 10, line, "owner",
                     "2025-06-30T10:00:00", 3)


def values(store: Store, *found: float) -> Store:
    rows: list[dict[str, Any]] = [
        {"student": n, "name": "Minutes", "date": people.JUNE, "org_id": "hill", "value": v}
        for n, v in enumerate(found)]
    return people.fill(store, {"organisations": [people.school()], "numbers": rows})


@pytest.mark.parametrize(("better", "beyond", "title"), [
    ("higher", 2, "Minutes online: 30 or less"), ("lower", 3, "Minutes online: 30 or more")])
def test_at_the_line_is_beyond_it(
    empty: Store, better: Better, beyond: int, title: str
) -> None:
    values(empty, 10, 30, 30.5, 60)
    own.declare(empty, own.measures_of(definition(30, better)))
    found = answer(empty, "own:minutes:share", JUNE)
    assert (found.rows[0].numerator, found.rows[0].denominator) == (beyond, 4)
    assert (found.title, found.better, found.minimum, found.version) == (title, "lower", 10, "3")
    listed = students(empty, "own:minutes:share", JUNE)
    assert [(s.amount, s.base) for s in listed][:beyond] and sum(
        s.value or 0 for s in listed) == beyond


def test_without_a_line_or_a_good_side_there_is_no_share(empty: Store) -> None:
    for one in (definition(None, "higher"), definition(30, "neither")):
        own.declare(empty, own.measures_of(one))
        assert [n for n in catalogue(empty) if n.startswith("own:")] == ["own:minutes"]
