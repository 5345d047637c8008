"""Checks that know schools: each finds what is planted, and nothing in what is sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl import odd
from etl.model import Finding
from etl.publish import publish
from school.house import House, open_house
from tests.drops import HandDrop, drop, table

Rows = Sequence[Mapping[str, Any]]
MONDAY = date(2025, 6, 2)
BORN = date(2013, 5, 1)
WEEK = [MONDAY + timedelta(days=i) for i in range(5)]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    opened.choose_preset("india")
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


def made(desk: Path, *sheets: Mapping[str, Rows]) -> HandDrop:
    return drop(desk, {f"f{n}.csv": {t: table(t, rows) for t, rows in sheet.items()}
                       for n, sheet in enumerate(sheets)})


def found(house: House, *sheets: HandDrop) -> list[Finding]:
    drops, = sheets
    return [f for r in odd.noticed(house, drops, drops.reports)  # type: ignore[arg-type]
            for f in r.findings]


def rules(house: House, made: HandDrop) -> list[tuple[str, int | None]]:
    return [(f.rule, f.row) for f in found(house, made)]


def person(student: int, number: str, name: str | None = None, **more: Any) -> dict[str, Any]:
    return {"student": student, "namespace": "hill", "student_id": number, "id_kind": "id",
            "name": name, **more}


def place(student: int, **more: Any) -> dict[str, Any]:
    return {"student": student, "org_id": "hill", "begin_date": date(2025, 4, 1), "grade": "7",
            "class": "7 B", "academic_year": "2025-26", **more}


def present(student: int, day: date, label: str = "7 B") -> dict[str, Any]:
    return {"student": student, "date": day, "session": "DAY", "org_id": "hill",
            "grade": label[0], "class": label, "code": "P", "possible": 2, "absent": 0,
            "category": "present"}


def test_more_absent_than_possible(house: House, desk: Path) -> None:
    month = {"begin_date": date(2025, 6, 1), "end_date": date(2025, 7, 1), "org_id": "hill"}
    rows = [{**month, "student": 1, "possible": 40, "absent": 41},
            {**month, "student": 2, "possible": 40, "absent": 40}]
    finding, = found(house, made(desk, {"attendance_periods": rows}))
    assert (finding.rule, finding.row, finding.found) == ("more than all", 2, "41 of 40 half days")


def taken(day: date, scores: Mapping[int, float | None], **more: Any) -> dict[str, Rows]:
    number = day.toordinal()
    test = {"assessment_id": number, "name": f"Test {day}", "subject": "Mathematics",
            "academic_year": "2025-26", "scale": "points", **more}
    return {"assessments": [test],
            "results": [{"student": s, "assessment_id": number, "date": day, "attempt": 1,
                         "org_id": "hill", "grade": "7", "class": "7 B", "score": score,
                         "status": "scored" if score is not None else "absent"}
                        for s, score in scores.items()]}


def test_score_over_a_maximum_that_an_earlier_upload_gave(house: House, desk: Path) -> None:
    publish(house, made(desk, taken(MONDAY, {1: 40.0}, max_score=50.0)), "Head")
    finding, = found(house, made(desk, taken(MONDAY, {1: 50.0, 2: 51.0})))
    assert (finding.rule, finding.row, finding.found) == ("over the maximum", 3, "51 of 50")
    extra = made(desk, taken(MONDAY, {1: 50.0, 2: 51.0}, max_score=50.0))
    assert found(house, extra) == [], "a file that states its maximum was read with it"


def test_number_of_students_below_zero(house: House, desk: Path) -> None:
    row = {"source": "x", "org_id": "hill", "academic_year": "2025-26", "dimension": "sex",
           "level": "school"}
    rows = [{**row, "value": "girls", "headcount": -1}, {**row, "value": "boys", "headcount": 0}]
    assert rules(house, made(desk, {"enrollment_counts": rows})) == [("fewer than none", 2)]


def test_days_outside_the_school_year(house: House, desk: Path) -> None:
    rows = [place(1), place(2, begin_date=date(2026, 4, 1)), place(3, begin_date=date(2019, 6, 1)),
            place(4, end_date=date(2023, 1, 1), begin_date=date(2019, 6, 1))]
    assert rules(house, made(desk, {"enrollment": rows})) == [
        ("outside the year", 3), ("outside the year", 5)]


def test_test_outside_its_school_year(house: House, desk: Path) -> None:
    sheet = taken(date(2023, 6, 2), {1: 5.0})
    assert rules(house, made(desk, sheet)) == [("test outside the year", 2)]


def test_birth_date_that_no_student_has(house: House, desk: Path) -> None:
    people = [person(1, "1", birth_date=BORN), person(2, "2", birth_date=date(2025, 5, 1)),
              person(3, "3", birth_date=date(1913, 5, 1))]
    sheet = {"students": people, "enrollment": [place(n) for n in (1, 2, 3)]}
    assert rules(house, made(desk, sheet)) == [("birth date", 3), ("birth date", 4)]


def test_number_that_lost_its_zeros(house: House, desk: Path) -> None:
    publish(house, made(desk, {"students": [person(1, "0142", "Asha Rao")]}), "Head")
    again = made(desk, {"students": [person(2, "142", "Asha Rao"), person(3, "1420", "Asha Rao")]})
    assert rules(house, again) == [("number without zeros", 2)]
    other = made(desk, {"students": [person(2, "142", "Vikram Sen")]})
    assert rules(house, other) == [], "two children whose numbers are alike"


@pytest.mark.parametrize("name", ["Rao Asha Devi", "ASHA DEVI RAO", "Asha Devi Roa"])
def test_one_student_under_two_numbers(house: House, desk: Path, name: str) -> None:
    first = person(1, "0142", "Asha Devi Rao", birth_date=BORN)
    publish(house, made(desk, {"students": [first]}), "Head")
    again = made(desk, {"students": [person(2, "9001", name, birth_date=BORN)]})
    assert rules(house, again) == [("one student twice", 2)]


def test_twins_are_two_students(house: House, desk: Path) -> None:
    twins = [person(1, "1", "Asha Devi Rao", birth_date=BORN),
             person(2, "2", "Usha Devi Rao", birth_date=BORN)]
    assert rules(house, made(desk, {"students": twins})) == []
    publish(house, made(desk, {"students": twins}), "Head")
    assert rules(house, made(desk, {"students": twins[:1]})) == [], "both were here"


def test_two_students_under_one_number(house: House, desk: Path) -> None:
    publish(house, made(desk, {"students": [person(1, "1", "Asha Rao", birth_date=BORN)]}), "Head")
    for name, born, expected in (
        ("Vikram Sen", date(2012, 1, 9), ["one number for two"]),
        ("Vikram Sen", None, ["one number for two"]),
        ("Rao, Asha", BORN, []), ("Asha R. Rao", None, []), (None, date(2012, 1, 9), []),
    ):
        sheet = made(desk, {"students": [person(1, "1", name, birth_date=born)]})
        assert [r for r, _ in rules(house, sheet)] == expected, name


def test_findings_about_students_hold_no_name(house: House, desk: Path) -> None:
    publish(house, made(desk, {"students": [person(1, "0142", "Asha Rao")]}), "Head")
    for finding in found(house, made(desk, {"students": [person(2, "142", "Asha Rao")]})):
        assert "Asha" not in repr(finding)


def test_student_of_two_schools_at_once(house: House, desk: Path) -> None:
    publish(house, made(desk, {"enrollment": [place(1), place(2, end_date=date(2025, 7, 1))]}),
            "Head")
    later = {"org_id": "vale", "begin_date": date(2025, 7, 1)}
    rows = [place(1, **later), place(2, **later),
            place(1, org_id="vale", begin_date=date(2026, 4, 1), academic_year="2026-27")]
    assert rules(house, made(desk, {"enrollment": rows})) == [("two schools at once", 2)]


def test_class_that_nobody_marked(house: House, desk: Path) -> None:
    marks = [present(n, day, label) for n, label in enumerate(("7 A", "7 B", "7 C"))
             for day in [*WEEK, WEEK[0] + timedelta(days=7)]]
    assert found(house, made(desk, {"attendance": marks})) == []
    silent = [m for m in marks if m["class"] != "7 B" or m["date"] in (WEEK[0], WEEK[0] +
                                                                       timedelta(days=7))]
    finding, = found(house, made(desk, {"attendance": silent}))
    assert (finding.rule, finding.count) == ("days nobody marked", 4)
    assert finding.words.startswith("Class 7 B has 4 days without a single mark")


def test_class_that_vanishes_in_the_middle_of_the_year(house: House, desk: Path) -> None:
    days = [MONDAY + timedelta(days=i) for i in range(40)]
    marks = [present(n, day, label) for n, label in enumerate(("7 A", "7 B"))
             for day in days if label == "7 A" or day < days[20]]
    assert [f.rule for f in found(house, made(desk, {"attendance": marks}))] == ["class gone"]
    later = [present(1, date(2025, 8, 1), "7 B")]
    publish(house, made(desk, {"attendance": later}), "Head")
    assert found(house, made(desk, {"attendance": marks})) == [], "it is marked again later"


def test_fewer_tested_than_the_time_before(house: House, desk: Path) -> None:
    publish(house, made(desk, taken(MONDAY, {n: 5.0 for n in range(30)})), "Head")
    later = date(2025, 9, 1)
    assert found(house, made(desk, taken(later, {n: 5.0 for n in range(25)}))) == []
    finding, = found(house, made(desk, taken(later, {n: 5.0 if n < 24 else None
                                                      for n in range(30)})))
    assert (finding.rule, finding.count) == ("fewer tested", 6)
    assert finding.words.startswith("In Mathematics 24 students of Class 7 B have a result; the "
                                    "time before it were 30.")


def test_fewer_marked_than_the_month_before_unless_they_are_stated_to_have_left(
    house: House, desk: Path
) -> None:
    marks = [present(n, day) for n in range(20) for day in (MONDAY, date(2025, 7, 1))
             if n < 14 or day == MONDAY]
    finding, = found(house, made(desk, {"attendance": marks}))
    assert (finding.rule, finding.count) == ("fewer marked", 6)
    gone = [place(n, end_date=date(2025, 6, 20), exit_type="transfer") for n in range(14, 20)]
    assert found(house, made(desk, {"attendance": marks}, {"enrollment": gone})) == []


def test_many_rows_are_named_in_part_and_counted_whole(house: House, desk: Path) -> None:
    rows = [place(n, begin_date=date(2026, 4, 1)) for n in range(50)]
    findings = found(house, made(desk, {"enrollment": rows}))
    assert len(findings) == odd.NAMED + 1
    assert sum(f.count for f in findings) == 50


def test_nothing_is_found_twice_and_nothing_is_left_behind(house: House, desk: Path) -> None:
    sheet = made(desk, {"enrollment": [place(1, begin_date=date(2026, 4, 1))]})
    assert found(house, sheet) == found(house, sheet)
    assert house.store.unsafe_run("select count(*) from mart.enrollment") == [(0,)]
    assert house.store.data_version == 0


def test_sheet_that_is_not_ready_is_not_looked_at(house: House, desk: Path) -> None:
    sheet = made(desk, {"enrollment": [place(1, begin_date=date(2026, 4, 1))]})
    waiting = replace(sheet, reports=[replace(r, state="question") for r in sheet.reports])
    assert found(house, waiting) == []
