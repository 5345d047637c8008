"""Checks that know schools: each a sentence, a level and a query over a drop and what stands.

They run before anything is used, over all sheets of a drop at once; a module of this folder holds
those about one thing and lists them in `CHECKS`. They suggest and never change a row.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from etl.desk import Drop
from etl.facts import tidy
from etl.model import Finding, SheetReport
from etl.odd import days, newyear, people, shrunk, spells, values
from etl.odd.check import Check, Noticed
from school import schema
from school.config import Preset
from school.errors import NotRecognised
from school.house import House
from school.store import Transaction
from school.terms.losses import class_words

NAMED = 20  # rows named one by one before the rest is counted
CHECKS: tuple[Check, ...] = (
    *values.CHECKS, *people.CHECKS, *spells.CHECKS, *days.CHECKS, *shrunk.CHECKS,
    *newyear.CHECKS)
_SAME_AS = {"days nobody marked": "days without a mark"}  # said of a whole sheet already
_USED = ("students", "enrollment", "attendance", "attendance_periods", "results", "assessments",
         "enrollment_counts", "organisations", "calendar")


def noticed(house: House, drop: Drop, reports: Sequence[SheetReport]) -> tuple[SheetReport, ...]:
    """The reports with what these checks find in the sheets that are ready."""
    out = list(reports)
    ready = {n: drop.facts(f"{r.file}|{r.sheet}") for n, r in enumerate(out) if r.state == "ready"}
    if not any(set(_USED) & set(tables) for tables in ready.values()):
        return tuple(out)
    try:
        shaped = {name: _together(name, ready) for name in _USED}
    except NotRecognised:  # publishing says so, and uses nothing of it
        return tuple(out)
    found: dict[int, list[Finding]] = defaultdict(list)
    start = house.preset.year_start if house.preset else (4, 1)
    with house.store.writing() as tx, contextlib.ExitStack() as beside:
        for name, rows in shaped.items():
            beside.enter_context(tx.relation(f"drop_{name}", rows))
        _lay_out(tx, start)
        if shaped["attendance"].num_rows:
            days.lay_out(tx)
        for check in CHECKS:
            if all(shaped[name].num_rows for name in check.needs):
                for sheet, findings in _findings(check, check.find(tx), house.preset).items():
                    found[sheet] += [replace(f, sheet=out[sheet].sheet) for f in findings]
        tx.execute("drop table drop_same")
        tx.execute("drop table if exists drop_marks")
    for number, findings in found.items():
        said = {f.rule for f in out[number].findings}
        new = [f for f in findings if _SAME_AS.get(f.rule) not in said]
        out[number] = replace(out[number], findings=(*out[number].findings, *new))
    return tuple(out)


def _together(name: str, sheets: Mapping[int, Mapping[str, pa.Table]]) -> pa.Table:
    """One fact table of all sheets, with the number of the sheet."""
    parts = []
    for number, tables in sheets.items():
        if name in tables:
            rows = tidy(name, tables[name])
            sheet = pa.repeat(pa.scalar(number, pa.int32()), rows.num_rows)
            parts.append(rows.append_column("sheet", sheet))
    if parts:
        return pa.concat_tables(parts)
    wanted = [c for c in schema.BY_NAME[name].columns if not c.required]
    made = tidy(name, pa.table({c.name: pa.array([], pa.string()) for c in wanted})) if wanted \
        else pa.table({})
    return made.append_column("sheet", pa.array([], pa.int32()))


def _lay_out(tx: Transaction, start: tuple[int, int]) -> None:
    """One spelling a school for the drop, which lies beside what stands as `drop_…`."""
    tx.execute("""
        create or replace temp table drop_same as
        select org_id, any_value(same_as) as school from (
            select org_id, same_as from mart.organisations where same_as is not null
            union all select org_id, same_as from drop_organisations where same_as is not null)
        group by org_id""")
    tx.execute(
        f"create or replace temp macro year_start() as '{start[0]:02d}-{start[1]:02d}'")
    tx.execute(f"""
        create or replace temp macro year_begin(label) as
            try_cast(left(label, 4) || '-{start[0]:02d}-{start[1]:02d}' as date)""")
    tx.execute(f"""
        create or replace temp macro year_of(day) as year(day)
            - (strftime(day, '%m-%d') < '{start[0]:02d}-{start[1]:02d}')::integer""")


def _findings(
    check: Check, rows: Sequence[Noticed], country: Preset | None
) -> dict[int, list[Finding]]:
    out: dict[int, list[Finding]] = {}
    for sheet in dict.fromkeys(r.sheet for r in rows):
        mine = [r for r in rows if r.sheet == sheet]
        out[sheet] = list(_each(check, mine, country))
    return out


def _each(
    check: Check, rows: Sequence[Noticed], country: Preset | None
) -> Iterator[Finding]:
    for row in rows[:NAMED]:
        words = (row.words or check.words).replace("{who}", class_words(row.label, country))
        yield Finding(check.rule, check.level, words, row=row.row, found=row.found,
                      expected=check.expected, count=row.count)
    rest = len(rows) - NAMED
    if rest > 0:
        yield Finding(check.rule, check.level, f"{check.words} {rest:,} more rows like this.",
                      expected=check.expected, count=rest)
