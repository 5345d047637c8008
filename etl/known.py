"""What a house knows before it reads a file: its schools, its preset, and answers given before.

An answer about a shape (does a blank mean present, which column is which) is kept under the
fingerprint of the headers; the meaning of a mark and the spelling of a school count everywhere.
What belongs to one file only (its school, its year, its maximum) is never remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl import desk
from etl.desk import Drop
from etl.model import Context, Known, SheetReport
from school.house import House
from school.records import settings

MOST_SPELLS = 200_000
_OF_A_SHAPE = ("blank", "counted", "dates", "ids", "column", "target")
_EVERYWHERE = ("code", "school")


def known(house: House) -> Known:
    """Every spelling and code of a school, and the names to choose from."""
    rows = house.store.unsafe_run(
        "select o.org_id, o.name, o.code, coalesce(o.same_as, o.org_id), t.name "
        "from mart.organisations as o left join mart.organisations as t on t.org_id = o.same_as "
        "where coalesce(o.type, 'school') = 'school' order by o.org_id"
    )
    schools: dict[str, str] = {}
    names: dict[str, str] = {}
    for org_id, name, code, target, target_name in rows:
        for spelling in (name, code, org_id):
            if spelling:
                schools[str(spelling)] = str(target)
                schools[" ".join(str(spelling).lower().split())] = str(target)
        if target == org_id:
            names[str(org_id)] = str(name or org_id)
        else:
            names.setdefault(str(target), str(target_name or target))
    return Known(schools, names, _closed(house), _enrolled(house))


def _closed(house: House) -> dict[str, frozenset[date]]:
    """Holidays and closures by school."""
    out: dict[str, set[date]] = {}
    for org_id, day in house.store.unsafe_run(
        "select org_id, date from mart.calendar where day_type in ('holiday', 'closure')"
    ):
        out.setdefault(str(org_id), set()).add(day)
    return {org_id: frozenset(days) for org_id, days in out.items()}


def _enrolled(house: House) -> dict[int, tuple[tuple[date, date | None], ...]]:
    """Stated spells by student; none where there are too many to hand on."""
    rows = house.store.unsafe_run(
        f"select student, begin_date, end_date from mart.enrollment limit {MOST_SPELLS + 1}"
    )
    out: dict[int, tuple[tuple[date, date | None], ...]] = {}
    for student, begin, end in rows if len(rows) <= MOST_SPELLS else ():
        out[student] = (*out.get(student, ()), (begin, end))
    return out


def context(
    house: House, as_of: date, answers: Mapping[str, Any] | None = None,
    preset: str | None = None,
) -> Context:
    """The context of a new drop. What is answered now goes before what was answered once."""
    mine = house.preset
    return Context(
        as_of, preset or (mine.name if mine else None),
        {**settings.remembered(house.records), **(answers or {})}, known(house),
    )


def check(
    house: House, paths: Sequence[Path], context: Context, *, folder: Path | None = None,
    progress: desk.Progress | None = None, stopped: Callable[[], bool] | None = None,
) -> Drop:
    """Read files as `etl.desk.check` does, and answer what was answered for their shape before."""
    drop = desk.check(paths, context, house.staging, folder=folder, progress=progress,
                      stopped=stopped)
    try:
        recalled = _recalled(house, drop)
        if recalled == dict(context.answers):
            return drop
        again = Context(context.as_of, context.preset, recalled, context.known)
        return desk.again(drop, again, progress=progress, stopped=stopped)
    except BaseException:
        drop.close()
        raise


def remember(house: House, drop: Drop) -> None:
    """Keep the answers of a drop that was loaded, for the next file of the same shape."""
    everywhere: dict[str, str] = {}
    for report in drop.reports:
        given = _given(drop.context, report)
        shape = {k: v for k, v in given.items() if _kind(k) in _OF_A_SHAPE}
        everywhere |= {k: v for k, v in given.items() if _kind(k) in _EVERYWHERE and ":" in k}
        if report.fingerprint and shape and report.layout:
            settings.remember(house.records, report.fingerprint, shape)
    if everywhere:
        settings.remember(house.records, settings.EVERYWHERE, everywhere)


def _recalled(house: House, drop: Drop) -> dict[str, Any]:
    answers = dict(drop.context.answers)
    for report in drop.reports:
        if not (report.layout and report.fingerprint):
            continue
        before = settings.remembered(house.records, report.fingerprint)
        fresh = {k: v for k, v in before.items() if k not in answers}
        if fresh:
            key = f"{report.file}|{report.sheet}"
            answers[key] = {**fresh, **dict(answers.get(key, {}))}
    return answers


def _given(context: Context, report: SheetReport) -> dict[str, str]:
    shared = {k: v for k, v in context.answers.items() if not isinstance(v, Mapping)}
    own = context.answers.get(f"{report.file}|{report.sheet}")
    return {k: str(v) for k, v in {**shared, **(own if isinstance(own, Mapping) else {})}.items()}


def _kind(about: str) -> str:
    return about.partition(":")[0]
