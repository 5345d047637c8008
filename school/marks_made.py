"""Marks of the register one by one: the tables `marks`, `runs` and `due` of the prelude.

Totals of a month have no marks, so they stand in none of these. `day_numbers` and `week_numbers`
number the school days and school weeks of each school, so that holidays break nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from school import months

if TYPE_CHECKING:
    from school.prelude import Prelude

Parts = tuple[str, str, str, str]  # source, columns, day, joins


def marks(prelude: Prelude) -> Parts:
    """One row a mark, whatever it says; a mark that is not possible or not there has no half days.

    `late` as the mark was explained when it was loaded, else by the preset's codes.
    """
    here = prelude.in_schools("org_id")
    prelude.add("day_numbers", f"""
        select org_id as school_id, date, row_number() over (partition by org_id order by date)
            as day_number from mart.school_days where {here}""")
    prelude.add("week_numbers", f"""
        select school_id, week, row_number() over (partition by school_id order by week)
            as week_number
        from (select distinct org_id as school_id, date_trunc('week', date)::date as week
            from mart.school_days where {here})""")
    codes = prelude.preset.late_codes if prelude.preset else ()
    late = f"upper(a.code) in (select unnest({prelude.bind(list(codes))}))" if codes else "false"
    sql = f"""(
        select a.student, a.date, a.org_id, coalesce(s.same_as, a.org_id) as school_id,
            upper(a.code) as code, a.category, a.possible, a.absent, a.minutes_late,
            coalesce(a.minutes_late > 0, false) or coalesce(a.late, {late}) as late
        from mart.attendance a left join mart.organisations s on s.org_id = a.org_id
        where {prelude.in_dates("a.date")} and {prelude.in_schools("a.org_id")})"""
    columns = ("f.school_id, f.code, f.category, f.possible as possible_halves, "
               "f.absent as absent_halves, f.minutes_late, f.late")
    return sql, columns, "f.date", ""


def add_runs(prelude: Prelude) -> None:
    """`runs`: one row a student with her longest run of school days missed in full.

    Days on which she was not expected neither break a run nor lengthen it. A day without a mark
    breaks it, and `open_end` says that one stands before or after the longest.
    """
    missed = "absent > 0 and absent = possible"
    if prelude.preset is not None and prelude.preset.run_unauthorised:
        missed = "without_leave > 0 and without_leave = possible"
    prelude.add("run_days", f"""
        select m.period, m.segment, m.student, d.day_number, sum(m.possible_halves) as possible,
            sum(m.absent_halves) as absent, coalesce(sum(m.absent_halves)
                filter (m.category = 'absent_unauthorised'), 0) as without_leave,
            case when sum(m.possible_halves) = 0 then
                    case when bool_or(m.category = 'not_recorded') then 'open' else 'out' end
                when {missed} then 'missed' else 'there' end as state
        from marks m join day_numbers d on d.school_id = m.school_id and d.date = m.date
        group by m.period, m.segment, m.student, d.day_number""")
    prelude.add("run_islands", """
        select *, day_number - row_number() over (
            partition by period, segment, student order by day_number) as island
        from run_days where state in ('missed', 'out')""")
    prelude.add("run_lengths", """
        select period, segment, student, count(*) filter (state = 'missed') as days,
            min(day_number) as first, max(day_number) as last
        from run_islands group by period, segment, student, island""")
    prelude.add("run_longest", """
        select period, segment, student, max(days) as days, arg_max(first, days) as first,
            arg_max(last, days) as last
        from run_lengths where days > 0 group by period, segment, student""")
    prelude.add("run_whole", """
        select period, segment, student, count(*) filter (possible > 0) as possible_days,
            min(day_number) filter (state <> 'open') as first_seen,
            max(day_number) filter (state <> 'open') as last_seen
        from run_days group by period, segment, student having possible_days > 0""")
    same = "{0}.period is not distinct from w.period and {0}.segment = w.segment " \
           "and {0}.student = w.student"
    prelude.add("runs", f"""
        select w.period, w.segment, w.student, w.possible_days, coalesce(l.days, 0) as longest_run,
            coalesce(l.days > 0 and (
                (l.first > w.first_seen and coalesce(before.state, 'open') = 'open')
                or (l.last < w.last_seen and coalesce(after.state, 'open') = 'open')), false)
                as open_end
        from run_whole w left join run_longest l on {same.format("l")}
            left join run_days before on {same.format("before")}
                and before.day_number = l.first - 1
            left join run_days after on {same.format("after")} and after.day_number = l.last + 1""")


def due(prelude: Prelude) -> Parts:
    """One row a student and school day of hers: half days due, and how many carry a mark."""
    prelude.add("had_marks", f"""
        select a.student, coalesce(s.same_as, a.org_id) as school_id, a.date,
            least(sum(case when a.session in ('AM', 'PM') then 1 else 2 end), 2) as had
        from mart.attendance a left join mart.organisations s on s.org_id = a.org_id
        where a.category <> 'not_recorded' and {prelude.in_dates("a.date")}
            and {prelude.in_schools("a.org_id")} group by all""")
    sql = f"""(
        select s.student, d.date, s.org_id, 2 as due, coalesce(h.had, 0) as had
        from mart.spells s join mart.school_days d on d.org_id = s.org_id
            and d.date >= s.begin_date and (s.end_date is null or d.date < s.end_date)
            left join had_marks h on h.student = s.student and h.school_id = s.org_id
                and h.date = d.date
        where s.basis <> 'place' and {prelude.in_dates("d.date")}
            and {prelude.in_schools("s.org_id")})"""
    return sql, "f.due as due_halves, f.had as marked_halves", "f.date", ""


def year_left(prelude: Prelude) -> Parts:
    """One row a student who is enrolled at the end of the view: her school days of the whole
    academic year, and the half days missed of it so far.

    The year's days are known only where a calendar names them all; else `year_known` is false.
    """
    month, day = prelude.ground.starts(prelude.preset)
    end = prelude.view.end
    first = (end.year if (end.month, end.day) >= (month, day) else end.year - 1)
    first_day = end.replace(year=first, month=month, day=day)
    opens = prelude.bind(first_day)
    closes = prelude.bind(end.replace(year=first + 1, month=month, day=day))
    until = prelude.bind(end)
    prelude.add("years_named", f"""
        select d.org_id, count(*) = (select count(distinct c.date) from mart.calendar c
                where c.org_id in (d.org_id, '*') and c.day_type in ('school', 'exam')
                    and c.date >= {opens} and c.date < {closes}) as named
        from mart.school_days d where d.date >= {opens} and d.date < {closes}
            and {prelude.in_schools("d.org_id")} group by d.org_id""")
    # Stays that begin and end alike have the same days; where two of a student overlap, the later
    # one counts from the end of the earlier.
    prelude.add("year_stays", f"""
        select student, org_id, until, greatest(first, max(until) over (
            partition by org_id, student order by first, until
            rows between unbounded preceding and 1 preceding)) as first
        from (select s.student, s.org_id, greatest(s.begin_date, {opens}) as first,
                least(coalesce(s.end_date, {closes}), {closes}) as until
            from mart.spells s where s.basis <> 'place' and {prelude.in_schools("s.org_id")})""")
    prelude.add("year_lengths", """
        select y.org_id, y.first, y.until, count(*) as days
        from (select distinct org_id, first, until from year_stays) y
            join mart.school_days d on d.org_id = y.org_id and d.date >= y.first
                and d.date < y.until
        group by all""")
    prelude.add("year_days", """
        select s.student, s.org_id, sum(l.days) as days from year_stays s
            join year_lengths l on l.org_id = s.org_id and l.first = s.first and l.until = s.until
        group by all""")
    found = months.parts(first_day, end, (), prelude.ground.marked)
    prelude.add("year_missed", f"""
        select m.student, coalesce(s.same_as, m.org_id) as org_id, sum(m.absent) as absent
        from (select student, org_id, absent::integer as absent from mart.attendance
                where ({months.within(prelude, "date", found.days)})
            union all select student, org_id, absent from mart.attendance_months
                where ({months.within(prelude, "date", found.whole)})) m
            left join mart.organisations s on s.org_id = m.org_id
        where {prelude.in_schools("m.org_id")} group by all""")
    sql = f"""(
        select y.student, y.org_id, {until}::date as date, 2 * y.days as year_halves,
            coalesce(m.absent, 0) as absent, coalesce(n.named, false) as named
        from year_days y left join year_missed m on m.student = y.student and m.org_id = y.org_id
            left join years_named n on n.org_id = y.org_id
        where exists (select 1 from mart.spells s where s.student = y.student
            and s.org_id = y.org_id and s.basis <> 'place' and s.begin_date <= {until}
            and (s.end_date is null or s.end_date > {until})))"""
    return (sql, "f.year_halves, f.absent as absent_halves, f.named as year_known", "f.date", "")
