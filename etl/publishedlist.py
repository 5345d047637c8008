"""Published shares in the form of our own template: one a line, with source, year and place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pyarrow as pa

from etl.benchmarklines import TOTAL, number
from etl.cells import column
from etl.checks import Cells, rejections
from etl.fields import normalise, spaced
from etl.headers import data_rows
from etl.levels import LEVELS
from etl.model import Context, Extract, Finding, Recognition, Sheet
from etl.people import columns_of, header_of
from etl.places import place_id
from etl.rosters import sex_of
from etl.schoolyears import stated_year

_WHOLE = frozenset(("", "all", "all students", "all pupils", "total", "everyone"))
# What publications call our measures, beside their titles.
_CALLED: Mapping[str, str] = {
    "absence rate": "absence_rate", "overall absence": "absence_rate",
    "overall absence rate": "absence_rate", "attendance rate": "attendance_rate",
    "persistent absence": "chronic_absence", "persistently absent": "chronic_absence",
    "chronic absenteeism": "chronic_absence", "chronically absent": "chronic_absence",
    "pass percentage": "pass_rate", "passed": "pass_rate", "dropout rate": "dropout",
    "repetition rate": "repetition", "promotion rate": "promotion",
}
_LEVEL = {"district": "local", "region": "regional", "state": "regional",
          "national": "national", "school": "school"}
_WRONG = (
    ("source", "no source", "This line does not say who published the share.",
     "who published it, and what"),
    ("academic_year", "no year", "This line does not say which school year it is of.",
     "a school year such as 2025-26"),
    ("place", "no place", "This line does not say which place it is of.", "a country or a region"),
    ("measure", "unknown measure", "We have no number of our own that this could stand beside.",
     "the title of a measure, such as Attendance or Chronic absence"),
    ("percent", "no share", "This is not a percentage from 0 to 100.", "a number such as 10.8"),
)


@lru_cache(maxsize=1)
def _measures() -> Mapping[str, str]:
    """What a measure may be called -> its name; only shares."""
    # here: it brings the store, of which the child has no need for other lists
    from school.measures import catalogue

    found = {normalise(words): name for words, name in _CALLED.items()}
    for name, measure in catalogue().items():
        if measure.kind == "rate":
            found |= {normalise(name): name, normalise(measure.title): name}
    return found


def read_list(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Every line that says all of source, year, place, measure and value."""
    header, index = header_of(recognition), columns_of(recognition)
    body = data_rows(sheet, header, [index["measure"]])
    cells = {t: column(sheet, i, body.index).to_pylist() for t, i in index.items()}
    blank = [None] * len(body.index)
    lines = [_line({t: v[n] for t, v in cells.items()}, context) for n in range(len(blank))]
    findings: list[Finding] = []
    bad: set[int] = set()
    for name, rule, words, expected in _WRONG:
        missing = [n for n, line in enumerate(lines) if line[_FIELD.get(name, name)] is None
                   and n not in bad]
        findings += rejections(rule, words, sheet, Cells(header.names[index[name]], body.index),
                               missing, pa.array(cells[name], pa.string()), expected)
        bad |= set(missing)
    good = [{**line, "row": int(body.index[n]) + 1} for n, line in enumerate(lines)
            if n not in bad]
    facts = {"benchmarks": pa.Table.from_pylist(good, _SCHEMA)} if good else {}
    return Extract(facts, len(lines), frozenset(int(body.index[n]) + 1 for n in bad), body.skipped,
                   (), tuple(findings))


_FIELD = {"percent": "share"}
_SCHEMA = pa.schema([
    *((n, pa.string()) for n in ("source", "measure", "academic_year", "place", "dimension",
                                 "value", "name", "level")),
    *((n, pa.float64()) for n in ("numerator", "denominator", "share")), ("row", pa.int32())])


def _line(cells: Mapping[str, str | None], context: Context) -> dict[str, object]:
    place = " ".join((cells.get("place") or "").split())
    percent, of = (number(cells.get(n) or "") for n in ("percent", "of"))
    dimension, value = _part(cells.get("group"))
    return {
        "source": cells.get("source"), "measure": _measures().get(
            normalise(cells.get("measure") or "")),
        "academic_year": stated_year(cells.get("academic_year")),
        "place": place_id(place) or None, "name": place or None,
        "level": _level(place, cells.get("level"), context), "dimension": dimension,
        "value": value, "numerator": None, "denominator": of,
        "share": None if percent is None or percent > 100 else round(percent / 100, 9),
    }


def _part(group: str | None) -> tuple[str, str]:
    if spaced(group or "") in _WHOLE:
        return TOTAL, TOTAL
    sex = sex_of(group or "")
    return ("sex", sex) if sex in ("female", "male") else ("group", group or "")


def _level(place: str, said: str | None, context: Context) -> str:
    """The level that is stated; else a school that we know is one, and any other a country."""
    stated = LEVELS.get(spaced(said or ""))
    if stated is not None:
        return _LEVEL[stated]
    return "school" if place_id(place) in context.known.schools else "national"
