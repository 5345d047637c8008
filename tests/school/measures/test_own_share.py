"""The share beyond the line that a school drew: at the line counts, on the bad side only."""

from dataclasses import replace
from datetime import date
from typing import Any

import people
import pytest

from school import own
from school.answers import Better
from school.measures import answer, catalogue, overlap, students
from school.needs import needs
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


def test_two_numbers_of_ones_own_are_told_apart_where_they_overlap(empty: Store) -> None:
    """Both come from one file, with other values for the same names."""
    values(empty, 10, 30, 60)
    people.fill(empty, {"numbers": [
        {"student": n, "name": "Books", "date": people.JUNE, "org_id": "hill", "value": v}
        for n, v in enumerate((1.0, 9.0, 1.0))]})
    books = replace(definition(5, "higher"), slug="books", name="Books", title="Books read")
    own.declare(empty, [*own.measures_of(definition(30, "higher")), *own.measures_of(books)])
    asked = [("own:minutes:share", JUNE), ("own:books:share", JUNE)]
    found = overlap(empty, asked)
    assert (found.both(0, 0), found.both(1, 1), found.both(0, 1)) == (2, 2, 1)
    own.declare(empty, [*own.measures_of(definition(10, "higher")), *own.measures_of(books)])
    assert overlap(empty, asked).both(0, 0) == 1, "another line is another answer"


def test_a_line_makes_a_need_of_it(empty: Store) -> None:
    values(empty, *[10.0] * 20, *[60.0] * 20)
    own.declare(empty, own.measures_of(definition(30, "higher")))
    found = needs(empty, JUNE, None, {})
    assert [(n.measure, n.bad, n.of, n.label) for n in found.rows] == [
        ("own:minutes:share", 20, 40, "Minutes online: 30 minutes or less")]
    assert "20 of 40 students have 30 minutes or less" in f"{found.lead.bold} {found.lead.rest}"
