"""The school's own number: each student's latest value, as a mean, under its own name."""

from datetime import date
from typing import Any

import people
import pytest

from school import own
from school.answers import Better
from school.errors import UnknownMeasure
from school.measures import answer, catalogue, own_names, students
from school.records.numbers import OwnNumber
from school.store import Store
from school.view import View

JUNE = View(date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30))


def minutes(store: Store, *rows: tuple[int, int, float], name: str = "Minutes") -> Store:
    """Values by student and day of June."""
    facts: list[dict[str, Any]] = [
        {"student": s, "name": name, "date": date(2025, 6, day), "org_id": "hill", "value": value,
         "grade": "6" if s != people.ESHA else "7"} for s, day, value in rows]
    return people.fill(store, {"organisations": [people.school()], "numbers": facts})


def defined(store: Store, line: float | None = None, better: Better = "higher") -> None:
    own.declare(store, own.measures_of(OwnNumber(
        "minutes", "Minutes", "Minutes online", "minutes", better, 5, line, "owner",
        "2025-06-30T10:00:00", 1)))


def test_the_latest_value_of_each_student_counts(empty: Store) -> None:
    minutes(empty, (people.ASHA, 2, 10), (people.ASHA, 20, 30), (people.BILAL, 5, 50),
            (people.ESHA, 9, 0))
    defined(empty)
    found = answer(empty, "own:minutes", JUNE.with_(by=("grade",)))
    assert [(r.segments["grade"], r.value, r.people) for r in found.rows] == [("6", 40, 2),
                                                                             ("7", 0, 1)]
    assert (found.title, found.unit, found.better) == ("Minutes online", "minutes", "higher")
    earlier = answer(empty, "own:minutes", JUNE.with_(end=date(2025, 6, 10)))
    assert earlier.rows[0].value == 20
    assert [s.value for s in students(empty, "own:minutes", JUNE)] == [0, 30, 50]


def test_two_numbers_of_one_school_never_mix(empty: Store) -> None:
    minutes(empty, (people.ASHA, 2, 10))
    minutes(empty, (people.ASHA, 2, 999), name="Books")
    defined(empty)
    assert answer(empty, "own:minutes", JUNE).rows[0].value == 10
    assert own_names(empty, JUNE.scope) == {"Minutes": 1, "Books": 1}


def test_it_stands_in_the_catalogue_of_its_own_store_alone(empty: Store) -> None:
    defined(empty)
    assert "own:minutes" in catalogue(empty)
    assert not {n for n in catalogue(Store()) if n.startswith("own")}
    assert not {n for n in catalogue() if n.startswith("own")}
    with pytest.raises(UnknownMeasure):
        answer(Store(), "own:minutes", JUNE)


def test_another_definition_is_another_answer(empty: Store) -> None:
    minutes(empty, (people.ASHA, 2, 10))
    defined(empty)
    assert answer(empty, "own:minutes", JUNE).better == "higher"
    defined(empty, better="lower")
    assert answer(empty, "own:minutes", JUNE).better == "lower"
