"""Totals and published numbers lie beside the details and never add to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl import desk, known
from etl.publish import publish
from school.house import House, open_house
from school.measures import answer
from school.view import View
from tests import workbooks

AS_OF = date(2026, 3, 31)
CHILDREN = (("1", "Asha", "7 B"), ("2", "Bilal", "7 B"))
DAYS = [date(2025, 6, d) for d in (2, 3, 4, 5, 6)]
REGISTER = [["School: Hill"], ["Adm No", "Name", "Class", *DAYS],
            [*CHILDREN[0], "P", "P", "A", "P", "P"], [*CHILDREN[1], "P", "P", "P", "P", "P"]]
TOTALS = [["School: Hill"], ["Academic Year: 2025-26"],
          ["Adm No", "Name", "Class", "Jun Working days", "Jun Present", "Jul Working days",
           "Jul Present", "Jun-Jul", "Total Present"],
          [*CHILDREN[0], 5, 4, 10, 8, 12, 12], [*CHILDREN[1], 5, 5, 10, 10, 15, 15],
          [None, "Grand total", None, 10, 9, 20, 18, 27, 27]]
TERM = [["Adm No", "Name", "School", "Start Date", "End Date", "Days Possible", "Days Present"],
        ["1", "Asha", "Hill", "01/06/2025", "31/07/2025", 15, 12],
        ["2", "Bilal", "Hill", "01/06/2025", "31/07/2025", 15, 15]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    opened.choose_preset("india")
    yield opened
    opened.close()


def use(house: House, name: str, rows: workbooks.Rows) -> dict[str, int]:
    """Add a workbook of one sheet as a person does; what its rows became."""
    path = house.folder / name
    path.write_bytes(workbooks.xlsx({"Sheet1": rows}))
    drop = desk.check([path], known.context(house, AS_OF), house.staging)
    assert [r.state for r in drop.reports] == ["ready"], drop.reports
    (report,) = publish(house, drop, "Head")
    return dict(report.facts)


def attended(house: House, *by: str) -> list[tuple[int, int]]:
    """Half days attended and possible from June to July 2025."""
    view = View(date(2025, 6, 1), date(2025, 7, 31), AS_OF, by=by)
    found = answer(house.store, "attendance_rate", view, preset=house.preset).rows
    return [(int(r.numerator or 0), int(r.denominator or 0)) for r in found]


def test_totals_of_june_beside_the_register_of_june_double_nothing(house: House) -> None:
    use(house, "register.xlsx", REGISTER)
    assert attended(house) == [(18, 20)]
    facts = use(house, "totals.xlsx", TOTALS)
    assert facts["attendance_periods"] == 4 and "attendance" not in facts
    assert attended(house) == [(18 + 16 + 20, 20 + 40)]  # June of the register, July of the totals


def test_a_total_of_two_months_beside_their_own_totals_doubles_nothing(house: House) -> None:
    use(house, "totals.xlsx", TOTALS)
    assert attended(house) == [(18 + 36, 20 + 40)]
    use(house, "term.xlsx", TERM)
    assert attended(house) == [(18 + 36, 20 + 40)]
    stand = house.store.unsafe_run("select count(*) from mart.attendance_periods")
    assert stand == [(6,)]  # the term stands beside its months and replaces none of them


def test_published_attendance_and_numbers_on_roll_change_no_number_of_the_marks(
    house: House,
) -> None:
    use(house, "register.xlsx", REGISTER)
    before = attended(house, "class")
    published = use(house, "published.xlsx", [
        ["School: Hill"], ["Academic Year: 2025-26"], ["Attendance percentage by month"],
        ["Class", "Jun", "Jul", "Total"], ["7 B", 50, 60, 55], ["7 C", 10, 20, 15]])
    roll = use(house, "Enrolment.xlsx", [
        ["School: Hill"], ["Grade", "2024-25", "2025-26", "Total"], ["7", 500, 600, 1100]])
    assert published["attendance_counts"] == 4 and roll["enrollment_counts"] == 4
    assert attended(house, "class") == before == [(18, 20)]
    on_roll = answer(house.store, "headcount", View(DAYS[0], DAYS[-1], AS_OF),
                     preset=house.preset).rows
    assert [r.numerator for r in on_roll] == [2]  # counted one by one, though 600 are published
