"""Files about the shape of a table: where its header stands, what is stacked, turned or summed."""

from __future__ import annotations

from collections.abc import Sequence

from tests import documents
from tests.etl.corpus.case import DAYS, Case, Rows, attendance, register
from tests.workbooks import text, xlsx

_ROLLS = ("2025-26/4 a/1", "2025-26/4 a/2", "2025-26/4 a/3")
_CHILDREN = (("1", "Asha", "4 A"), ("2", "Bilal", "4 A"), ("3", "Chitra", "4 A"))
_NAMED = ["Roll No", "Name", "Class"]
_SCORES = ((45, 38), (30, 22), (12, 50))
_HEAD = [*_NAMED, "Maths (50)", "Science (50)"]
_BODY = [[*child, *scores] for child, scores in zip(_CHILDREN, _SCORES, strict=True)]
_TITLE: list[list[object]] = [["School: Hill"], ["Academic year: 2025-26"]]
_SAID = {"school": "Hill", "year": "2025-26"}
Facts = dict[str, tuple[tuple[str, ...], Rows]]


def _facts(*columns: tuple[str, float, Sequence[float | None]],
           rolls: Sequence[str] = _ROLLS) -> Facts:
    """Results by subject, highest mark and student."""
    rows = [(r, s, t, m) for s, t, many in columns for r, m in zip(rolls, many, strict=True)]
    return {"results": (("student", "subject", "max_score", "score"), rows)}


_BOTH = _facts(("Maths", 50, (45, 30, 12)), ("Science", 50, (38, 22, 50)))


def _sheet(name: str, rows: Rows, facts: Facts = _BOTH, merged: Sequence[
        tuple[int, int, int, int]] = (), **more: object) -> Case:
    data = xlsx({"Marks Term 1": rows}, merges={"Marks Term 1": merged})
    return Case(name, "marks.xlsx", data, facts, answers=_SAID, **more)  # type: ignore[arg-type]


_TERMS = [
    [*_NAMED, "Term 1", None, None, None],
    [None, None, None, "Maths", None, "Science", None],
    [None, None, None, "Theory (40)", "Practical (10)", "Theory (40)", "Practical (10)"],
    *([*c, 35, 8, 30, 9] for c in _CHILDREN),
]
_MERGED = [(0, 3, 0, 6), (1, 3, 1, 4), (1, 5, 1, 6), (0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 2, 2)]
_TERM_FACTS: Facts = {"results": (("student", "subject", "item", "max_score", "score"), [
    (r, s, i, t, m) for s, i, t, m in (
        ("Maths", "Theory", 40, 35), ("Maths", "Practical", 10, 8),
        ("Science", "Theory", 40, 30), ("Science", "Practical", 10, 9)) for r in _ROLLS])}
_TWO = [_NAMED[0], _NAMED[1], "Maths (50)", "Science (50)"]
_OTHER = ("2025-26/4 b/1", "2025-26/4 b/2")

CASES = [
    _sheet("header in the first row", [_HEAD, *_BODY]),
    _sheet("header in row 38", [*_TITLE, *([f"Note {n}"] for n in range(35)), _HEAD, *_BODY]),
    _sheet("three rows of header with merged cells", _TERMS, _TERM_FACTS, _MERGED),
    _sheet("three rows of header without merged cells", _TERMS, _TERM_FACTS),
    _sheet("a row of units", [[*_NAMED, "Maths", "Science"], [None, None, None, "marks", "marks"],
                              [None, None, None, "(50)", "(50)"], *_BODY]),
    _sheet("a row of highest marks", [[*_NAMED, "Maths", "Science"],
                                      [None, "Max marks", None, 50, 50], *_BODY]),
    _sheet("rows of totals, averages and signatures", [
        _HEAD, *_BODY, [None, "Total", None, 87, 110], [None, "Average", None, 29, 36.7], [],
        ["Signature of class teacher"]]),
    _sheet("columns of totals, percent, rank and result", [
        [*_HEAD, "Total (100)", "%", "Rank", "Result"], *([*b, 83, 83, 1, "Pass"] for b in _BODY)]),
    _sheet("the header again within the list", [_HEAD, *_BODY[:2], _HEAD, *_BODY[2:]]),
    _sheet("blank rows within the list", [_HEAD, _BODY[0], [], _BODY[1], [], [], _BODY[2]]),
    _sheet("a list that begins in column D and row 4", [[], [], [], *(
        [None, None, None, *r] for r in [_HEAD, *_BODY])]),
    _sheet("class under class with one header each", [
        ["Class: 4 A"], _TWO, ["1", "A", 1, 2], ["2", "B", 3, 4], [],
        ["Class: 4 B"], _TWO, ["1", "C", 5, 6], ["2", "D", 7, 8]],
        _facts(("Maths", 50, (1, 3, 5, 7)), ("Science", 50, (2, 4, 6, 8)),
               rolls=(*_ROLLS[:2], *_OTHER))),
    _sheet("class under class with other columns each", [
        ["Class: 4 A"], _TWO, ["1", "A", 1, 2], ["2", "B", 3, 4], [],
        ["Class: 4 B"], [*_TWO[:2], "English (20)", "Maths (50)"], ["1", "C", 5, 6],
        ["2", "D", 7, 8]],
        {"results": (("student", "subject", "max_score", "score"), [
            (_ROLLS[0], "Maths", 50, 1), (_ROLLS[1], "Maths", 50, 3),
            (_ROLLS[0], "Science", 50, 2), (_ROLLS[1], "Science", 50, 4),
            (_OTHER[0], "English", 20, 5), (_OTHER[1], "English", 20, 7),
            (_OTHER[0], "Maths", 50, 6), (_OTHER[1], "Maths", 50, 8)])}),
    _sheet("subject under subject", [
        ["Class: 4 A"], ["Subject: Maths"], [*_TWO[:2], "Unit 1 (20)"], ["1", "A", 1],
        ["2", "B", 3],
        [], ["Subject: Science"], [*_TWO[:2], "Unit 1 (20)"], ["1", "A", 5], ["2", "B", 7]],
        {"results": (("student", "subject", "max_score", "score"), [
            (_ROLLS[0], "Maths", 20, 1), (_ROLLS[1], "Maths", 20, 3),
            (_ROLLS[0], "Science", 20, 5), (_ROLLS[1], "Science", 20, 7)])}),
    _sheet("students across", [list(r) for r in zip(_HEAD, *_BODY, strict=True)],
           found=(("turned", None, None),)),
    Case("one sheet a class", "marks.xlsx",
         xlsx({"4 A": [_TWO, ["1", "A", 1, 2], ["2", "B", 3, 4]],
               "4 B": [_TWO, ["1", "C", 5, 6], ["2", "D", 7, 8]]}),
         answers={**_SAID, "class": "4 A"}, facts={
             "results": (("subject", "score"), [
                 ("Maths", 1), ("Maths", 3), ("Science", 2), ("Science", 4),
                 ("Maths", 5), ("Maths", 7), ("Science", 6), ("Science", 8)])}),
    Case("a marksheet of an ods", "marks.ods",
         documents.simple({"Marks Term 1": [_HEAD, *_BODY]}), _BOTH, answers=_SAID),
    _sheet("a header and nothing below", [_HEAD], {}, refused="empty template"),
    _sheet("a list without any header", [list(b) for b in _BODY], {},
           asked=tuple(f"column:Column {c}" for c in "ABCDE")),
    Case("a list without any header, once a person has said what its columns hold", "a.csv",
         text([*register(DAYS)[1:], ["Hill", "0104", "Dev", "4 A", "31/02/2025", "P"]]),
         attendance(), (("date", 4, "Date"),), answers={
             f"column:Column {c}": said for c, said in zip("ABCDEF", (
                 "School name", "Student id", "student_name", "Class", "Date",
                 "Attendance code"), strict=True)}),
]
