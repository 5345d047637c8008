"""The command line of numbers: `python -m school measures`, `answer` and `docs`.

Exit 0 when it was answered, 2 for wrong usage, 3 when Staffroom is open on the data folder.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

from school import documents
from school.access import OWNER
from school.answers import Answer, Row
from school.errors import StaffroomError, StoreBusy, UnknownMeasure, WrongUse
from school.house import House, open_house
from school.measures import Value, answer, catalogue, known_values, measure_of, span
from school.own import PREFIX
from school.stats import half_up
from school.view import PERIODS, View, is_column

_NAMED = ("school", "cluster")  # shown by name; the store holds a code


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUse(f"{message}\n\n{self.format_usage()}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except StoreBusy as error:
        print(error.words, file=sys.stderr)
        return 3
    except (WrongUse, UnknownMeasure) as error:
        print(error.words, file=sys.stderr)
        return 2
    except StaffroomError as error:
        print(error.words, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m school", description="Numbers about a school, defined once.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    listing = commands.add_parser("measures", help="every number that is defined")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_measures)
    asking = commands.add_parser("answer", help="one number, split and narrowed as you like")
    asking.add_argument("measure", metavar="MEASURE")
    asking.add_argument("--by", default="", metavar="COLUMN[,COLUMN]")
    asking.add_argument("--period", choices=PERIODS)
    asking.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE")
    asking.add_argument("--from", dest="start", metavar="DATE")
    asking.add_argument("--to", dest="end", metavar="DATE")
    asking.add_argument("--data", default="data", metavar="DIR")
    asking.add_argument("--json", action="store_true")
    asking.set_defaults(run=_answer)
    writing = commands.add_parser("docs", help="write the pages made from the definitions")
    writing.add_argument("--folder", default="docs", metavar="DIR")
    writing.set_defaults(run=_docs)
    return parser


def _measures(options: argparse.Namespace) -> int:
    listed = [
        {"measure": m.name, "version": m.version, "title": m.title, "question": m.question,
         "meaning": m.meaning, "kind": m.kind, "unit": m.unit, "better": m.better,
         "minimum": m.minimum, "source": m.source, "breakdowns": list(m.breakdowns)}
        for m in catalogue().values()
    ]
    if options.json:
        print(json.dumps({"measures": listed}, indent=2))
    else:
        for row in listed:
            print(f"{row['measure']:<18} {row['title']}: {row['meaning']}")
    return 0


def _docs(options: argparse.Namespace) -> int:
    for path in documents.write(Path(options.folder)):
        print(path)
    return 0


def _answer(options: argparse.Namespace) -> int:
    if not options.measure.startswith(PREFIX):  # the school's own are known once it is open
        measure_of(options.measure)
    folder = Path(options.data)
    if not (folder / "facts.duckdb").exists():
        raise WrongUse("There are no data in this folder yet. Load a file first.")
    house = open_house(folder)
    try:
        known = known_values(house.store, OWNER, house.preset)
        found = answer(house.store, options.measure, _view(options, house, known),
                       preset=house.preset)
    finally:
        house.close()
    typed = [name.strip().lower() for name in options.by.split(",") if name.strip()]
    named = _with_names(found, known, dict(zip(found.view.by, typed, strict=True)))
    if options.json:
        print(json.dumps(named.as_json(), indent=2))
    else:
        _table(named)
    return 0


def _view(options: argparse.Namespace, house: House, known: dict[str, list[Value]]) -> View:
    whole = span(house.store, OWNER, house.preset)
    start = _day(options.start) or (whole.start if whole else date.today())
    end = _day(options.end) or (whole.end if whole else start)
    if start > end:
        raise WrongUse("The first day lies after the last one.")
    by = tuple(_column(name, known) for name in options.by.split(",") if name.strip())
    if len(by) > 2:
        raise WrongUse("A number can be split by two columns at most.")
    where: dict[str, tuple[str, ...]] = {}
    for text in options.where:
        name, equals, value = text.partition("=")
        if not equals:
            raise WrongUse("Write --where as COLUMN=VALUE, for example --where grade=7.")
        column = _column(name, known)
        where[column] = (*where.get(column, ()), *_matching(column, value.strip(), known))
    return View(start, end, max(end, whole.end if whole else end), tuple(where.items()), by,
                options.period)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse("Write a date as YEAR-MONTH-DAY, for example 2025-09-01.") from None


def _column(name: str, known: dict[str, list[Value]]) -> str:
    name = name.strip().lower()
    if f"group.{name}" in known and name not in known:
        return f"group.{name}"
    if not is_column(name):
        groups = [c.removeprefix("group.") for c in known if c.startswith("group.")]
        raise WrongUse("There is no such column. Known are: "
                       f"{', '.join([c for c in known if not c.startswith('group.')] + groups)}.")
    return name


def _matching(column: str, text: str, known: dict[str, list[Value]]) -> tuple[str, ...]:
    """The values that the person means: by value, else by the words on screen."""
    values = known.get(column, [])
    found = [v.value for v in values if v.value == text] or [
        v.value for v in values if text.lower() in (v.value.lower(), v.label.lower())]
    if not found and column != "window":
        some = ", ".join(v.label for v in values[:20]) or "none yet"
        raise WrongUse(f"No {column.removeprefix('group.')} of that name is known. Known: {some}.")
    return tuple(found) or (text,)


def _with_names(found: Answer, known: dict[str, list[Value]], typed: dict[str, str]) -> Answer:
    """The same answer in the words of the question: columns as they were typed ('sex'), schools
    and clusters by name where a name stands for one alone.
    """
    names: dict[str, dict[str, str]] = {}
    for column in _NAMED:
        listed = known.get(column, [])
        times = Counter(v.label for v in listed)
        names[column] = {v.value: v.label for v in listed if times[v.label] == 1}

    def named(row: Row) -> Row:
        return replace(row, segments={
            typed.get(c, c): names.get(c, {}).get(v, v) for c, v in row.segments.items()})

    return replace(found, rows=tuple(named(r) for r in found.rows))


def _table(found: Answer) -> None:
    print(f"{found.title} ({found.unit}), data to {found.as_of.isoformat()}")
    if found.withheld:
        print(found.withheld)
    for row in found.rows:
        where = [row.period.label] if row.period else []
        where += [f"{k} {v}" for k, v in row.segments.items()]
        print(f"  {', '.join(where) or 'all':<40} {_figure(found, row)}")
    if not found.rows:
        print("  Nothing in this view.")
    for reason, people in found.card.left_out:
        print(f"  left out: {people} ({reason})")
    for note in found.card.notes:
        print(f"  {note}")


def _figure(found: Answer, row: Row) -> str:
    if row.hidden:
        return row.hidden
    if row.value is None:
        return f"not shown; {row.people} people"
    if found.kind == "count":
        return f"{row.value:,.0f}"
    scale, sign = (100, "%") if found.kind == "rate" else (1, "")
    text = f"{half_up(scale * row.value, 2):g}{sign}"
    if row.low is not None and row.high is not None:
        low, high = (half_up(scale * end, 1) for end in (row.low, row.high))
        text += f" (likely {low:g} to {high:g}{sign})"
    return f"{text}, {row.people} people, n {row.n}"


if __name__ == "__main__":
    sys.exit(main())
