"""Files about days: orders, date systems, numbers without a format, years left out."""

from __future__ import annotations

from datetime import date, datetime

from tests import documents
from tests.etl.corpus.case import DAYS, IDS, Case, attendance, classes, register
from tests.workbooks import text, xlsx

_TIMED = [datetime(2025, 6, 2), datetime(2025, 6, 13, 8, 30), datetime(2025, 6, 14)]
_YEARS = ("20252026", "2025-26", "AY 25/26", "2025/26", "2025-2026", "AY 2025-26")


def _csv(name: str, *days: str, read: tuple[str, ...] = DAYS, **more: object) -> Case:
    return Case(name, "april.csv", text(register(days)), attendance(read), **more)  # type: ignore[arg-type]


CASES = [
    Case("real dates", "a.xlsx", xlsx({"S": register()}), attendance()),
    Case("real dates of the 1904 system", "a.xlsx", xlsx({"S": register()}, system=1904),
         attendance()),
    Case("day numbers without a format", "a.xlsx",
         xlsx({"S": register([45810, 45821, 45822])}), attendance()),
    Case("day numbers without a format, 1904 system", "a.xlsx",
         xlsx({"S": register([44348, 44359, 44360])}, system=1904), attendance()),
    Case("real dates with and without a time", "a.xlsx", xlsx({"S": register(_TIMED)}),
         attendance()),
    Case("real dates of an ods", "a.ods", documents.simple({"S": register()}), attendance()),
    _csv("day first, told by a day over twelve", "02/06/2025", "13/06/2025", "14/06/2025"),
    _csv("month first, told by a day over twelve", "06/02/2025", "06/13/2025", "06/14/2025",
         preset="us"),
    _csv("year first", "2025-06-02", "2025-06-13", "2025-06-14"),
    _csv("dots", "02.06.2025", "13.06.2025", "14.06.2025"),
    _csv("two digits of the year", "02-06-25", "13-06-25", "14-06-25"),
    _csv("months in words", "2 June 2025", "13-Jun-2025", "Sat, 14 Jun 2025"),
    _csv("eight digits", "20250602", "20250613", "20250614"),
    _csv("order that nothing tells follows the country and is said", "02/06/2025", "03/06/2025",
         "04/06/2025", read=("2025-06-02", "2025-06-03", "2025-06-04"),
         found=(("date order", None, "Date"),)),
    Case("a day that the month does not have", "a.csv",
         text(register(["31/06/2025", "13/06/2025", "14/06/2025"])),
         attendance(DAYS[1:], IDS[1:], (2, 0)), (("date", 2, "Date"),)),
    Case("a day in the future", "a.csv",
         text(register(["02/06/2025", "13/06/2035", "14/06/2025"])),
         attendance((DAYS[0], DAYS[2]), (IDS[0], IDS[2]), (0, 0)),
         (("date outside", 3, "Date"),)),
    Case("a word in a column of dates", "a.xlsx",
         xlsx({"S": register([date(2025, 6, 2), "Holi", date(2025, 6, 14)])}),
         attendance((DAYS[0], DAYS[2]), (IDS[0], IDS[2]), (0, 0)), (("date", 3, "Date"),)),
    Case("a formula for the day without its result", "a.xlsx",
         xlsx({"S": register([date(2025, 6, 2), "=TODAY()", date(2025, 6, 14)])}),
         attendance((DAYS[0], DAYS[2]), (IDS[0], IDS[2]), (0, 0)),
         (("formula_without_value", 3, "E"), ("no date", 3, "Date"))),
    Case("school years in many writings", "list.csv",
         text(classes(["4"] * len(_YEARS), _YEARS)),
         {"enrollment": (("student", "academic_year"),
                         [(f"{n:03d}", "2025-26") for n in range(1, len(_YEARS) + 1)])}),
]
