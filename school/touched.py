"""What a refold touched, kept in the transaction until what is derived of it is made anew.

Only facts that something is derived of are noted: who (a student at a school, from day to day),
which days of a school, and schools that came, went or changed their name or year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from school import schema

if TYPE_CHECKING:
    from school.store import Transaction

_TABLES = (
    "create temp table if not exists touched_people "
    "(org_id TEXT, student BIGINT, first DATE, last DATE)",  # no days: whenever it was
    "create temp table if not exists touched_days (org_id TEXT, date DATE)",
    "create temp table if not exists touched_places "
    "(org_id TEXT, same_as TEXT, year_start TEXT, now BOOLEAN)",
)
_PEOPLE = {  # from which day to which a row says something of a student
    "attendance": ("min(date)", "max(date)"),
    "attendance_periods": ("min(begin_date)", "max(greatest(begin_date, end_date - 1))"),
    "results": ("min(date)", "max(date)"),
    "numbers": ("min(date)", "max(date)"),
    "observations": ("min(date)", "max(date)"),
    "enrollment": ("null", "null"),
}


def begin(tx: Transaction) -> None:
    """Be ready to note; what was noted earlier in this transaction stays."""
    for statement in _TABLES:
        tx.execute(statement)


def note(tx: Transaction, table: schema.Table, rows: str, *, now: bool) -> None:
    """Note what these rows (a relation in SQL) of a table speak of, before or after the fold."""
    if table.name in _PEOPLE:
        first, last = _PEOPLE[table.name]
        tx.execute(f"insert into touched_people select org_id, student, {first}, {last} "
                   f"from {rows} group by org_id, student")
    if table.name in ("attendance", "calendar"):
        tx.execute(f"insert into touched_days select distinct org_id, date from {rows}")
    if table.name == "organisations":
        tx.execute("insert into touched_places "
                   f"select org_id, same_as, year_start, {now} from {rows}")


def moved(tx: Transaction) -> set[str]:
    """Schools of which everything must be made anew, and the names they had before and after.

    They came or went, became another spelling of a school, or begin their year on another day; a
    school that no file describes may have come with any row.
    """
    rows = tx.execute("""
        with differs as (
            select org_id, same_as from touched_places
            group by org_id, same_as, year_start having count(distinct now) = 1
        ), strangers as (
            select org_id from touched_people union select org_id from touched_days
        )
        select org_id from differs union select same_as from differs where same_as is not null
        union select org_id from strangers
        where org_id not in (select org_id from mart.organisations)
    """)
    return {str(row[0]) for row in rows}


def forget(tx: Transaction) -> None:
    """What was noted has been dealt with."""
    for name in ("touched_people", "touched_days", "touched_places"):
        tx.execute(f"drop table if exists {name}")
