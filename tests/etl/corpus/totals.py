"""Files of totals and published counts, in every shape people lay them out in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests import documents
from tests.etl.corpus.case import Case, Rows
from tests.workbooks import text, xlsx

Facts = dict[str, tuple[tuple[str, ...], Rows]]
Line = tuple[str, date, int, int]

APRIL, MAY, JUNE = date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)
_CHILDREN = (("1", "Asha", "7 B"), ("2", "Bilal", "7 B"))
_TITLE: list[list[object]] = [["School: Hill"], ["Academic Year: AY 25/26"]]
_NAMED = ["Adm No", "Name", "Class"]
_PAIRS = ["Apr Working days", "Apr Present", "May Working days", "May Present"]
_BODY = [[*_CHILDREN[0], 20, 18.5, 22, 22], [*_CHILDREN[1], 20, 20, 22, 11]]
_TOTAL: list[object] = [None, "Grand total", None, 40, 38.5, 44, 33]
_SAID: tuple[Line, ...] = (("1", APRIL, 40, 3), ("2", APRIL, 40, 0), ("1", MAY, 44, 0),
                           ("2", MAY, 44, 22))


def _periods(*lines: Line) -> Facts:
    return {"attendance_periods": (("student", "begin_date", "possible", "absent"), lines)}


def _counts(*lines: tuple[str, str, str, int], org: str = "hill") -> Facts:
    """Year, dimension, value and number of one school."""
    return {"enrollment_counts": (("org_id", "academic_year", "dimension", "value", "headcount"),
                                  [(org, *line) for line in lines])}


def _days(name: str, rows: Rows, facts: Facts | None = None, merged: Sequence[
        tuple[int, int, int, int]] = (), **more: object) -> Case:
    data = xlsx({"Totals": rows}, merges={"Totals": merged})
    return Case(name, "totals.xlsx", data, _periods(*_SAID) if facts is None else facts,
                **more)  # type: ignore[arg-type]


def _roll(name: str, rows: Rows, facts: Facts, **more: object) -> Case:
    return Case(name, "numbers.xlsx", xlsx({"Enrolment": rows}), facts, **more)  # type: ignore[arg-type]


_PRESENT = [[*_CHILDREN[0], 18.5, 22], [*_CHILDREN[1], 20, 11]]
_YEARS = (("2022-23", "sex", "male", 30), ("2022-23", "sex", "female", 31),
          ("2022-23", "total", "total", 61), ("2023-24", "sex", "male", 32),
          ("2023-24", "sex", "female", 33), ("2023-24", "total", "total", 65))

CASES = [
    _days("months across in pairs, with totals beside and below", [
        *_TITLE, [*_NAMED, *_PAIRS, "Apr-May", "Total Present", "%"],
        *([*b, 40.5, 40.5, "96%"] for b in _BODY), [*_TOTAL, 72, 72, None]],
        found=(("total rows", 6, None), ("total columns", None, "Apr-May"))),
    _days("months across under three rows of header with merged cells", [
        *_TITLE, [*_NAMED, "Term 1", None, None, None],
        [None, None, None, "Apr", None, "May", None],
        [None, None, None, "Working days", "Present", "Working days", "Present"], *_BODY, _TOTAL],
        merged=[(2, 3, 2, 6), (3, 3, 3, 4), (3, 5, 3, 6)]),
    _days("months across under two rows of header without merged cells", [
        *_TITLE, [*_NAMED, "Apr", None, "May", None],
        [None, None, None, "Working days", "Present", "Working days", "Present"], *_BODY]),
    _days("months across with a row of units and a row of working days", [
        *_TITLE, [*_NAMED, "Apr", "May"], [None, None, None, "days present", "days present"],
        [None, "No. of working days", None, 20, 22], *_PRESENT]),
    _days("months across as real dates in row 38", [
        *([f"Note {n}"] for n in range(34)), *_TITLE, ["Days present by month"],
        [*_NAMED, APRIL, MAY], ["Working days", None, None, 20, 22], *_PRESENT]),
    _days("months across that say nothing of what they count are asked about", [
        *_TITLE, [*_NAMED, "Apr", "May"], *_PRESENT], {}, asked=("counted", "days_possible")),
    _days("months across, once a person has said what they count", [
        *_TITLE, [*_NAMED, "Apr", "May"], *_PRESENT],
        answers={"counted": "days present", "days_possible": "20, 22"}),
    _days("the header of months again within the list", [
        *_TITLE, [*_NAMED, *_PAIRS], _BODY[0], [*_NAMED, *_PAIRS], _BODY[1]]),
    _days("class under class with months across", [
        ["School: Hill"], ["Academic Year: 2025-26"],
        ["Class: 7 A"], [*_NAMED[:2], *_PAIRS], ["1", "Asha", 20, 18.5, 22, 22], _TOTAL[1:], [],
        ["Class: 7 B"], [*_NAMED[:2], *_PAIRS], ["2", "Bilal", 20, 20, 22, 11], _TOTAL[1:],
        ["Signature of class teacher"]],
        {"attendance_periods": (("student", "class", "begin_date", "absent"), [
            ("1", "7 A", APRIL, 3), ("1", "7 A", MAY, 0), ("2", "7 B", APRIL, 0),
            ("2", "7 B", MAY, 22)])}, found=(("total rows", 6, None),)),
    _days("signs and words for no number are no days", [
        *_TITLE, [*_NAMED, *_PAIRS], [*_CHILDREN[0], 20, "AB", 22, "-"],
        [*_CHILDREN[1], 20, 20, 22, "N/A"]],
        _periods(("2", APRIL, 40, 0)),
        found=(("not stated", 4, "Apr Present"), ("not stated", 4, "May Present"))),
    Case("one sheet a month of totals", "totals.xlsx", xlsx({
        "April 2025": [["School: Hill"], [*_NAMED, "Working days", "Days present"],
                       [*_CHILDREN[0], 20, 18.5], [*_CHILDREN[1], 20, 20]],
        "May 2025": [["School: Hill"], [*_NAMED, "Working days", "Days present"],
                     [*_CHILDREN[0], 22, 22], [*_CHILDREN[1], 22, 11]]}), _periods(*_SAID)),
    Case("totals with decimal commas and percent as text", "totals.csv", text([
        ["School", *_NAMED, "Month", "Working days", "Days present", "%"],
        ["Hill", *_CHILDREN[0], "April 2025", "20", "18,5", "92,5%"],
        ["Hill", *_CHILDREN[1], "May 2025", "22", "11", "50,0%"]], ";"),
        _periods(_SAID[0], _SAID[3])),
    Case("months across in an ods", "totals.ods",
         documents.simple({"Totals": [*_TITLE, [*_NAMED, *_PAIRS], *_BODY]}), _periods(*_SAID)),
    _roll("years across in many writings, with totals and a change", [
        ["School", "20212022", "202223", "AY 23/24", "24-25", "Total", "2021-25", "% change"],
        ["Hill", 30, 31, 32, 33, 126, 126, 10], ["Total", 30, 31, 32, 33, 126, 126, None]],
        _counts(*((y, "total", "total", n) for y, n in (
            ("2021-22", 30), ("2022-23", 31), ("2023-24", 32), ("2024-25", 33)))),
        found=(("total columns", None, "Total"), ("total rows", 3, None))),
    _roll("years down", [
        ["School: Hill"], ["Year", "Boys", "Girls", "Total"], ["20222023", 30, 31, 61],
        ["AY 23/24", 32, 33, 65], ["Total", 62, 64, 126]], _counts(*_YEARS)),
    _roll("years across and boys and girls down", [
        ["School: Hill"], [None, "2022-23", "2023-24"], ["Boys", 30, 32], ["Girls", 31, 33],
        ["Total", 61, 65]], _counts(*_YEARS)),
    _roll("years across over boys and girls", [
        ["School: Hill"], ["Grade", "2022-23", None, "2023-24", None],
        [None, "Boys", "Girls", "Boys", "Girls"], ["1", 30, 31, 32, 33], ["Total", 30, 31, 32, 33]],
        _counts(*((y, "grade + sex", f"1 + {s}", n) for y, _, s, n in _YEARS if s != "total"),
                *(line for line in _YEARS if line[1] == "total"))),
    _roll("age by sex", [
        ["School", "Academic Year", "Age", "Sex", "Enrolment"], ["Hill", "2011-12", 6, "Boys", 20],
        ["Hill", "2011-12", 6, "Girls", 22], ["Hill", "201112", 7, "Boys", 21]],
        _counts(("2011-12", "age + sex", "6 + male", 20),
                ("2011-12", "age + sex", "6 + female", 22),
                ("2011-12", "age + sex", "7 + male", 21), ("2011-12", "total", "total", 63))),
    _roll("numbers on roll by month", [
        *_TITLE, ["Grade", "Apr", "May", "Apr-May"], ["1", 30, 31, 61], ["Total", 30, 31, 61]],
        _counts(("2025-26", "grade + month", "1 + 2025-04", 30),
                ("2025-26", "grade + month", "1 + 2025-05", 31),
                ("2025-26", "grade", "1", 31), ("2025-26", "total", "total", 31))),
    _roll("a grade that became a date in a table of counts is asked", [
        ["School", "Grade", "2022-23", "2023-24"], ["Hill", "12-Sep", 30, 32]], {},
        asked=("grade:12-Sep",), found=(("date for a grade", 2, "Grade"),)),
]
