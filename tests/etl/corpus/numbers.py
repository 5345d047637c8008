"""Files about numbers: ids with zeros and many digits, decimal commas, percent, formulas."""

from __future__ import annotations

from datetime import date

from tests import documents, workbooks
from tests.etl.corpus.case import Case, attendance, classes, marks, register, results, scored
from tests.workbooks import cell, raw_xlsx, sheet_xml, text, xlsx

_LONG = ("12345678901234561", "12345678901234562", "12345678901234563")
_HEAD = "".join(cell(f"{c}1", h) for c, h in zip("ABCDEF", (
    "School", "Student ID", "Name", "Class", "Maths (50)", "Academic Year"), strict=True))


def _row(number: int, score: str) -> str:
    told = "".join(cell(f"{c}{number}", v) for c, v in (
        ("A", "Hill"), ("B", f"00{number - 1}"), ("C", f"Child {number}"), ("D", "4 A")))
    return f'<row r="{number}">{told}{score}{cell(f"F{number}", "2025-26")}</row>'


def _sheet(*scores: str) -> bytes:
    rows = "".join(_row(n, s) for n, s in enumerate(scores, 2))
    return raw_xlsx(sheet_xml(f'<row r="1">{_HEAD}</row>{rows}'))


CASES = [
    Case("ids with zeros in front, as text", "a.xlsx",
         xlsx({"S": register(ids=["0007", "007", "7"])}), attendance(ids=("0007", "007", "7"))),
    Case("ids with zeros in front, csv", "a.csv",
         text(register(ids=["0007", "007", "7"])), attendance(ids=("0007", "007", "7"))),
    Case("ids with zeros in front, ods", "a.ods",
         documents.simple({"S": register(ids=["0007", "007", "7"])}),
         attendance(ids=("0007", "007", "7"))),
    Case("ids of 17 digits as text", "a.xlsx", xlsx({"S": register(ids=_LONG)}),
         attendance(ids=_LONG)),
    Case("ids of 17 digits in csv", "a.csv", text(register(ids=_LONG)), attendance(ids=_LONG)),
    Case("ids of 17 digits as numbers", "a.xlsx",
         xlsx({"S": register(ids=[12345678901234500, 22345678901234500, 32345678901234500])}),
         attendance(ids=("12345678901234500", "22345678901234500", "32345678901234500")),
         (("long number", 2, "B"),)),
    Case("ids that were shortened to 1.23E+16", "a.csv",
         text(register(ids=["1.23457E+16", "0102", "1.23457E+16"])),
         attendance(("2025-06-13",), ("0102",), (2,)),
         (("shortened number", 2, "Student ID"), ("shortened number", 4, "Student ID"))),
    Case("ids that are whole numbers with a point", "a.xlsx",
         xlsx({"S": register(ids=[101.0, 102.0, 103.0])}), attendance(ids=("101", "102", "103"))),
    Case("marks as numbers", "m.xlsx", xlsx({"S": marks([45, 37.5, 0])}), scored(45, 37.5, 0)),
    Case("marks as text", "m.xlsx", xlsx({"S": marks(["45", "37.5", "0"])}), scored(45, 37.5, 0)),
    Case("decimal commas", "m.csv", text(marks(["45", "37,5", "9,25"]), ";"),
         scored(45, 37.5, 9.25)),
    Case("percent as text", "m.csv", text([r[:8] for r in marks(["85%", "70 %", "62,5%"])]),
         scored(85, 70, 62.5)),
    Case("percent as a format of a number is a share of one", "m.ods",
         documents.simple({"S": marks([
             '<table:table-cell office:value-type="percentage" office:value="0.85"><text:p>85%'
             "</text:p></table:table-cell>", 0.7, 1], 1)}), scored(0.85, 0.7, 1)),
    Case("a part of a whole", "m.csv", text([r[:8] for r in marks(["18/20", "9/20", "20/20"])]),
         scored(18, 9, 20)),
    Case("words that say why there is no mark", "m.csv",
         text(marks(["45", "AB", "N/A", "-", "Tested Out", "s", "*", "<5", ">95", "Exempt", ""])),
         results(("001", 45.0, "scored"), ("002", None, "absent"), ("003", None, "unknown"),
                 ("004", None, "unknown"), ("005", None, "tested_out"), ("006", None, "unknown"),
                 ("007", None, "unknown"), ("008", None, "unknown"), ("009", None, "unknown"),
                 ("010", None, "exempt"), ("011", None, "unknown"))),
    Case("marks that cannot be", "m.csv", text(marks(["45", "51", "-3", "1e2", "4o", "#N/A"])),
         scored(45), (("over the maximum", 3, "Score"), ("mark below zero", 4, "Score"),
                      ("mark", 5, "Score"), ("mark", 6, "Score"), ("mark", 7, "Score"))),
    Case("#N/A and #DIV/0! of formulas", "m.xlsx",
         _sheet('<c r="E2"><v>45</v></c>', '<c r="E3" t="e"><f>NA()</f><v>#N/A</v></c>',
                '<c r="E4" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '<c r="E5"><v>12</v></c>'),
         results(("001", 45.0, "scored"), ("004", 12.0, "scored")),
         (("mark", 3, "Maths (50)"), ("mark", 4, "Maths (50)"))),
    Case("formulas with their results", "m.xlsx",
         _sheet('<c r="E2"><f>40+5</f><v>45</v></c>', '<c r="E3"><f>3*4</f><v>12</v></c>',
                '<c r="E4" t="str"><f>IF(1,"AB")</f><v>AB</v></c>'),
         results(("001", 45.0, "scored"), ("002", 12.0, "scored"), ("003", None, "absent"))),
    Case("formulas without their results", "m.xlsx",
         _sheet('<c r="E2"><v>45</v></c>', '<c r="E3"><f>3*4</f></c>', '<c r="E4"><v>7</v></c>'),
         results(("001", 45.0, "scored"), ("003", 7.0, "scored")),
         (("formula_without_value", 3, "E"),)),
    Case("formulas that all show 0", "m.xlsx",
         _sheet(*(f'<c r="E{n}"><f>SUM(G{n})</f><v>0</v></c>' for n in (2, 3, 4))),
         scored(0, 0, 0), (("formulas_all_zero", None, None),)),
    Case("true and false", "a.xlsx",
         xlsx({"S": [["School", "Student ID", "Name", "Class", "Date", "Is present"],
                     ["Hill", "0101", "A", "4 A", date(2025, 6, 2), True],
                     ["Hill", "0102", "B", "4 A", date(2025, 6, 2), False]]}),
         attendance(("2025-06-02",) * 2, ("0101", "0102"), (0, 2))),
    Case("grades that became dates", "l.csv",
         text(classes(["12-Sep", "4", "03-Apr"], ["2025-26"] * 3)),
         found=(("date for a grade", 2, "Class"), ("date for a grade", 4, "Class")),
         asked=("grade:12-Sep", "grade:03-Apr")),
    Case("grades that became real dates", "l.xlsx",
         xlsx({"S": classes([date(2025, 9, 12), "4", "5"], ["2025-26"] * 3)}),
         found=(("date for a grade", 2, "Class"),), asked=("grade:2025-09-12",)),
    Case("grades that became dates, once a person has said what they are", "l.csv",
         text(classes(["12-Sep", "4", "03-Apr"], ["2025-26"] * 3)),
         {"enrollment": (("student", "class"), [("001", "9-12"), ("002", "4"), ("003", "3-4")])},
         answers={"grade:12-Sep": "9-12", "grade:03-Apr": "3-4"}),
    Case("a zip of two lists", "a.zip",
         workbooks.zipped({"m.csv": text(marks([45, 30])), "a.csv": text(register())}),
         {**scored(45, 30), **attendance()}),
]
