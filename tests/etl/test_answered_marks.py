"""What a person says an unknown mark means is what the measures count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl import desk, known
from etl.codes import ANSWERS
from etl.publish import publish
from school.house import House, open_house
from school.measures import answer
from school.view import View
from tests import workbooks

AS_OF = date(2026, 3, 31)
DAYS = [date(2025, 6, d) for d in (2, 3, 4, 5, 6)]
VIEW = View(date(2025, 6, 1), date(2025, 6, 30), AS_OF)
# Asha has the mark twice in ten marks; half days, or sessions for lateness.
RATES = ("attendance_rate", "lateness", "authorised_absence", "unauthorised_absence", "unrecorded")
NOBODY = None  # the register does not say it, and none is counted
COUNTED = {
    "Present": ((20, 20), NOBODY, (0, 20), (0, 20), (0, 20)),
    "Late": ((20, 20), (2, 10), (0, 20), (0, 20), (0, 20)),
    "Half day": ((18, 20), NOBODY, (0, 20), (2, 20), (0, 20)),
    "On duty or approved activity": ((20, 20), NOBODY, (0, 20), (0, 20), (0, 20)),
    "Absent with leave": ((16, 20), NOBODY, (4, 20), (0, 20), (0, 20)),
    "Absent": ((16, 20), NOBODY, (0, 20), (4, 20), (0, 20)),
    "Holiday or not expected": ((16, 16), NOBODY, (0, 16), (0, 16), (0, 20)),
    "Not marked": ((16, 16), NOBODY, (0, 16), (0, 16), (4, 20)),
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    yield opened
    opened.close()


def counted(house: House, rows: workbooks.Rows, said: dict[str, str]) -> tuple[object, ...]:
    """Numerator and denominator of each measure, once the file is used with these answers."""
    path = house.folder / "register.xlsx"
    path.write_bytes(workbooks.xlsx({"Sheet1": rows}))
    drop = desk.check([path], known.context(house, AS_OF, {"school": "Hill", **said}),
                      house.staging)
    assert [r.state for r in drop.reports] == ["ready"], drop.reports
    publish(house, drop, "Head")
    found = (answer(house.store, m, VIEW, preset=house.preset).rows for m in RATES)
    return tuple((int(r[0].numerator or 0), int(r[0].denominator or 0)) if r else NOBODY
                 for r in found)


def test_every_answer_that_is_offered_has_its_figures() -> None:
    assert set(COUNTED) == set(ANSWERS)


@pytest.mark.parametrize("said", COUNTED)
def test_a_mark_is_counted_as_it_was_answered(house: House, said: str) -> None:
    house.choose_preset("india")
    register = [["Adm No", "Name", *DAYS], ["1", "Asha", "P", "ZQ", "P", "ZQ", "P"],
                ["2", "Bilal", *"PPPPP"]]
    assert counted(house, register, {"code:ZQ": said}) == COUNTED[said]


@pytest.mark.parametrize(("country", "said", "late"), [
    ("england", {}, (2, 10)), ("england", {"code:L": "Present"}, (0, 10)),
    ("us", {}, (2, 10)), ("india", {"code:L": "Late"}, (2, 10)),
])
def test_an_answer_stands_above_what_the_country_says_of_lateness(
    house: House, country: str, said: dict[str, str], late: tuple[int, int]
) -> None:
    house.choose_preset(country)
    plain = "/" if country == "england" else "P"
    register = [["ID", "Name", *DAYS], ["1", "Asha", plain, "L", plain, "L", plain],
                ["2", "Bilal", *[plain] * 5]]
    assert counted(house, register, said)[1] == late


def test_a_word_for_late_and_a_column_for_it_count_in_any_country(house: House) -> None:
    house.choose_preset("india")
    rows = [["Adm No", "Name", "Date", "Mark", "Tardy Flag"],
            *(["1", "Asha", d, "Late" if d == DAYS[0] else "P", "Y" if d == DAYS[1] else "N"]
              for d in DAYS), *(["2", "Bilal", d, "P", "N"] for d in DAYS)]
    assert counted(house, rows, {})[1] == (2, 10)


def test_a_day_is_late_where_one_of_its_lessons_was(house: House) -> None:
    house.choose_preset("us")
    rows = [["ID", "Name", "Date", "Period", "Mark"],
            *([who, name, d, p, "T" if (who, d, p) == ("1", DAYS[1], "P2") else "P"]
              for who, name in (("1", "Asha"), ("2", "Bilal")) for d in DAYS
              for p in ("P1", "P2"))]
    assert counted(house, rows, {})[1] == (1, 10)


def test_a_correction_takes_the_lateness_back(house: House) -> None:
    house.choose_preset("india")
    first = [["Adm No", "Name", *DAYS], ["1", "Asha", "P", "Late", "P", "P", "P"],
             ["2", "Bilal", *"PPPPP"]]
    assert counted(house, first, {})[1] == (1, 10)
    second = [["Adm No", "Name", *DAYS], ["1", "Asha", "Late", *"PPPP"], ["2", "Bilal", *"PPPPP"]]
    assert counted(house, second, {})[1] == (1, 10)
