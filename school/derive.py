"""Tables worked out from the facts inside the publisher's transaction: school days and spells.

A spell says where a student was from when to when; a school day is a day on which a mark was
expected. Both are made anew for what changed and for nothing else: whole schools, or, where a
refold noted it, the spells of some students and some academic years of a school.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from school import schema, spells, touched
from school.register_days import (
    HAD,
    HAD_WHOLE,
    MARKED_DAYS,
    MONTHS,
    PARTS_OF_DAYS,
    REGISTER,
    SCHOOL_DAYS,
)
from school.scope import WHOLE, Scope, of_what_was_touched

if TYPE_CHECKING:
    from school.store import Transaction

DEFAULT_YEAR_START = (4, 1)

# Every spelling of a school counts as the school itself.
_SCHOOLS = """
create or replace temp table derive_schools as
with asked as (
    select unnest($org_ids) as org_id
    union select same_as from mart.organisations
), strangers as (
    {strangers}
), known as (
    select org_id, coalesce(same_as, org_id) as school, year_start from mart.organisations
    union all
    select distinct org_id, org_id, null from strangers
    where org_id not in (select org_id from mart.organisations)
), wanted as (
    select school from known where $everything or org_id in (select unnest($org_ids))
)
select known.org_id, known.school,
    coalesce(own.year_start, $year_start) as year_start,
    replace(coalesce(own.year_start, $year_start), '-', '')::integer as starts
from known left join known as own on own.org_id = known.school
where known.school in (select school from wanted)
"""
_STRANGERS = """
    select distinct org_id from mart.{table}
    where org_id <> '*' and ($everything or org_id in (select org_id from asked))
"""
_WITH_SCHOOLS = ("attendance", "attendance_periods", "results", "numbers", "observations",
                 "enrollment",
                 "calendar")

# 'YYYY-YY' of a date, for years that begin on MM-DD.
_YEAR = """
create or replace temp macro derive_year(day, start) as
    case when strftime(day, '%m-%d') >= start
        then year(day)::text || '-' || lpad(((year(day) + 1) % 100)::text, 2, '0')
        else (year(day) - 1)::text || '-' || lpad((year(day) % 100)::text, 2, '0') end
"""
_YEAR_END = """
create or replace temp macro derive_year_end(label, start) as
    cast((left(label, 4)::integer + 1)::text || '-' || start as date)
"""

# A school whose last file was undone is no longer known, and its rows go all the same.
_CLEAR = """
delete from mart.{table} where $everything or org_id in (select unnest($org_ids))
    or org_id in (select org_id from derive_schools union all select school from derive_schools)
"""

# The tree of places is small, and one change can move many schools: it is made anew as a whole.
_PLACES = """
insert into mart.places
select *, dense_rank() over (order by school), dense_rank() over (order by cluster)
from (
    select o.org_id, s.org_id as school,
        coalesce(case when s.type = 'cluster' then s.org_id when p1.type = 'cluster' then p1.org_id
            when p2.type = 'cluster' then p2.org_id when p3.type = 'cluster' then p3.org_id end,
            p1.org_id, 'unknown') as cluster
    from mart.organisations o
        join mart.organisations s on s.org_id = coalesce(o.same_as, o.org_id)
        left join mart.organisations p1 on p1.org_id = s.parent_id
        left join mart.organisations p2 on p2.org_id = p1.parent_id
        left join mart.organisations p3 on p3.org_id = p2.parent_id)
"""


def derive(
    tx: Transaction,
    org_ids: Iterable[str] | None = None,
    year_start: tuple[int, int] = DEFAULT_YEAR_START,
    *,
    noted: bool = False,
) -> None:
    """Make the derived tables anew for these schools, or for all when `org_ids` is None.

    `year_start` (the preset's) holds for schools that state none of their own. With `noted`, what
    `school.touched` holds of this transaction is all that changed in these schools.
    """
    for statement in (*schema.derived_ddl(), _YEAR, _YEAR_END):
        tx.execute(statement)
    start = f"{year_start[0]:02d}-{year_start[1]:02d}"
    if org_ids is None or not noted:
        _whole(tx, None if org_ids is None else sorted(set(org_ids)), start)
    else:
        moved = sorted(touched.moved(tx))
        done = _whole(tx, moved, start) if moved else set()
        scope = of_what_was_touched(tx, done, start)
        if scope is not None:
            _make(tx, scope)
    touched.forget(tx)
    tx.execute("delete from mart.places")
    tx.execute(_PLACES)


def _whole(tx: Transaction, org_ids: list[str] | None, start: str) -> set[str]:
    """Make everything of these schools anew; the schools."""
    named = {"everything": org_ids is None, "org_ids": org_ids or []}
    strangers = " union all ".join(_STRANGERS.format(table=name) for name in _WITH_SCHOOLS)
    tx.execute(_SCHOOLS.format(strangers=strangers), {**named, "year_start": start})
    tx.execute(spells.STATED.format(people=""))
    for table in ("spells", "school_days", "register_days", "attendance_months"):
        tx.execute(_CLEAR.format(table=table), named)
    _make(tx, WHOLE)
    return {str(r[0]) for r in tx.execute("select distinct school from derive_schools")}


def _make(tx: Transaction, scope: Scope) -> None:
    """Fill the derived tables where the scope has cleared them."""
    spells.fill(tx, scope.people)
    days = scope.days(tx)
    (in_parts,), = tx.execute(PARTS_OF_DAYS.format(**days))
    had = HAD if in_parts else HAD_WHOLE
    for statement in (had, MARKED_DAYS, SCHOOL_DAYS, REGISTER, MONTHS):
        tx.execute(statement.format(**days))
