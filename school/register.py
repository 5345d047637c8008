"""The register's rows for the prelude: what was marked and missed, and what was due.

Whole months of a view come from `mart.attendance_months`, other days one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from school import months

if TYPE_CHECKING:
    from school.prelude import Prelude

Rows = tuple[str, str]  # SQL of the rows, and the columns to hand on


def attendance(prelude: Prelude) -> Rows:
    """Marks of whole months added up, of other days one by one; where a student has none in the
    time of a totals row, that row.

    A total of several months counts only where none of these months has a row of its own.
    """
    columns = "f.possible as possible_halves, f.absent as absent_halves, f.sessions"
    found = months.parts_of(prelude)
    rows = f"""
        select student, date, org_id, possible::integer as possible, absent::integer as absent,
            (possible > 0)::integer as sessions
        from mart.attendance
        where ({months.within(prelude, "date", found.days)}) and {prelude.in_schools("org_id")}"""
    if found.whole:
        rows += f"""
        union all select student, date, org_id, possible, absent, sessions
        from mart.attendance_months where ({months.within(prelude, "date", found.whole)})
            and {prelude.in_schools("org_id")}"""
    if not prelude.ground.has_totals or months.by_day(prelude.view):
        return f"({rows})", columns
    start, end = prelude.bind(prelude.view.start), prelude.bind(prelude.view.end)
    whole = prelude.period_of("t.begin_date"), prelude.period_of("t.end_date - 1")
    same = f"{whole[0]} = {whole[1]}" if prelude.view.period else "true"
    return f"""({rows}
        union all
        select t.student, t.begin_date, t.org_id, t.possible::integer, t.absent::integer,
            t.possible // 2
        from mart.attendance_periods t
        where t.begin_date >= {start} and t.end_date - 1 <= {end} and {same}
            and {prelude.in_schools('t.org_id')}
            and not exists (select 1 from mart.attendance a where a.student = t.student
                and a.date >= t.begin_date and a.date < t.end_date)
            and not exists (select 1 from mart.attendance_periods p where p.student = t.student
                and p.begin_date < t.end_date and p.end_date > t.begin_date
                and p.end_date - p.begin_date < t.end_date - t.begin_date))""", columns


def recorded(prelude: Prelude) -> Rows:
    """Half days that carry a mark, on school days: by month where the month is whole."""
    school = "coalesce(s.same_as, a.org_id)"
    halves = "case when a.session in ('AM', 'PM') then 1 else 2 end"
    found = months.parts_of(prelude)
    rows = f"""
        select a.student, a.date, a.org_id, {halves} as halves
        from mart.attendance a left join mart.organisations s on s.org_id = a.org_id
        join mart.school_days d on d.org_id = {school} and d.date = a.date
        where a.category <> 'not_recorded' and ({months.within(prelude, "a.date", found.days)})
            and {prelude.in_schools('a.org_id')}"""
    if found.whole:
        rows += f"""
        union all select student, date, org_id, had from mart.attendance_months
        where ({months.within(prelude, "date", found.whole)}) and {prelude.in_schools('org_id')}"""
    return f"({rows})", "f.halves"


def expected(prelude: Prelude) -> Rows:
    """Half days on which a mark was due: enrolled students times school days.

    School days are counted by the month beside a stay that covers them all, one by one beside
    another.
    """
    stays = f"s.basis <> 'place' and {prelude.in_schools('s.org_id')}"
    if prelude.daily or months.by_day(prelude.view):
        return f"""(
        select s.student, d.date, s.org_id, 2 as halves, d.how
        from mart.spells s join mart.school_days d on d.org_id = s.org_id
            and d.date >= s.begin_date and (s.end_date is null or d.date < s.end_date)
        where {stays} and {prelude.in_dates('d.date')})""", "f.halves, f.how"
    prelude.add("due_days", f"""
        select d.org_id, d.date, d.how, {prelude.period_of('d.date')} as period,
            date_trunc('month', d.date) as month
        from mart.school_days d
        where {prelude.in_dates('d.date')} and {prelude.in_schools('d.org_id')}""")
    prelude.add("due_months", """
        select org_id, period, month, count(*) as days, min(date) as first, max(date) as last,
            min(how) as how from due_days group by all""")
    covers = "s.begin_date <= m.first and (s.end_date is null or s.end_date > m.last)"
    return f"""(
        select s.student, m.first as date, s.org_id, 2 * m.days as halves, m.how
        from mart.spells s join due_months m on m.org_id = s.org_id and {covers}
        where {stays}
        union all
        select s.student, d.date, s.org_id, 2, d.how
        from mart.spells s join due_months m on m.org_id = s.org_id and not ({covers})
                and s.begin_date <= m.last and (s.end_date is null or s.end_date > m.first)
            join due_days d on d.org_id = m.org_id and d.month = m.month
                and d.period is not distinct from m.period
                and d.date >= s.begin_date and (s.end_date is null or d.date < s.end_date)
        where {stays})""", "f.halves, f.how"
