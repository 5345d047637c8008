"""A view in English, as it heads pages and exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from school.config import ENGLAND, INDIA, US
from school.describe import describe
from school.view import View


@dataclass(frozen=True)
class Shown:
    value: str
    label: str


KNOWN = {
    "school": [Shown("s1", "Hillside"), Shown("s2", "Lakeview")],
    "cluster": [Shown("c1", "North cluster")],
    "grade": [Shown(str(n), f"Class {n}") for n in range(1, 9)],
    "group.sex": [Shown("female", "female"), Shown("male", "male")],
}
DAYS = {"start": date(2025, 4, 1), "end": date(2025, 11, 14), "as_of": date(2025, 11, 14)}


def view(**where: tuple[str, ...]) -> View:
    named = {k.replace("group_", "group."): v for k, v in where.items()}
    return View(**DAYS, where=tuple(named.items()))


def test_place_class_and_group_come_before_the_dates() -> None:
    said = describe(view(school=("s1",), grade=("7",), group_sex=("female",)), KNOWN, INDIA)
    assert said == "Hillside, Class 7, girls, 1 Apr to 14 Nov 2025"


@pytest.mark.parametrize(("where", "said"), [
    ({}, "All schools"),
    ({"school": ("s1", "s2")}, "Hillside and Lakeview"),
    ({"cluster": ("c1",)}, "North cluster"),
    ({"grade": ("6", "7", "8")}, "All schools, Classes 6, 7 and 8"),
    ({"class": ("6 A", "6 B", "7 A", "7 B", "8 A")}, "All schools, 5 sections"),
    ({"group_sex": ("female", "male")}, "All schools, girls and boys"),
    ({"group_first_generation": ("yes",)}, "All schools, first-generation learners"),
    ({"group_disability": ("no",)}, "All schools, students without a disability"),
    ({"group_language": ("Urdu",)}, "All schools, language: Urdu"),
    ({"school": ("\x00nobody",)}, "none"),
])
def test_every_kind_of_filter_has_its_words(where: dict[str, tuple[str, ...]], said: str) -> None:
    assert describe(view(**where), KNOWN, INDIA) == f"{said}, 1 Apr to 14 Nov 2025"


def test_the_country_changes_words_and_dates() -> None:
    narrowed = view(school=("s1",), grade=("7",))
    known = {**KNOWN, "grade": [Shown("7", "7")]}
    assert describe(narrowed, known, ENGLAND) == "Hillside, Year 7, 1 Apr to 14 Nov 2025"
    assert describe(narrowed, known, US) == "Hillside, Grade 7, Apr 1 to Nov 14, 2025"


def test_an_only_school_is_named_without_being_chosen() -> None:
    assert describe(view(), {"school": [Shown("s1", "Hillside")]}, INDIA).startswith("Hillside, ")


def test_an_older_as_of_date_is_said() -> None:
    later = View(**{**DAYS, "as_of": date(2025, 11, 30)})
    assert describe(later, KNOWN, INDIA).endswith("14 Nov 2025, as known on 30 Nov 2025")
