"""Days and classes that are silent: nobody marked, while the rest of the school was."""

from __future__ import annotations

from etl.odd.check import Check, Noticed
from school.store import Transaction

LEAST = 3  # days of one class before they are told
GONE = 15  # school days without a class before it is called gone

# Who was marked on which day, for both checks.
_MARKS = """
create or replace temp table drop_marks as
select distinct r.sheet, coalesce(s.school, r.org_id) as school, r.date,
    coalesce(nullif(r.class, ''), nullif(r.grade, '')) as label
from drop_attendance r left join drop_same s using (org_id)
where r.category <> 'not_recorded'"""
# A school day is one on which at least half of the classes that the school has then are marked.
_MARKED = """
with marks as (from drop_marks), classes as (
    select school, label, min(sheet) as sheet, min(date) as first, max(date) as last
    from marks where label is not null group by school, label
), every as (
    select school, date, count(distinct label) as there from marks group by school, date
), school_days as (
    select e.school, e.date from every e join classes c
        on c.school = e.school and e.date between c.first and c.last
    group by e.school, e.date, e.there having e.there * 2 >= count(*) and count(*) > 1
)"""
_SILENT = _MARKED + """
select c.sheet, c.label, count(*)
from classes c join school_days d on d.school = c.school and d.date between c.first and c.last
where not exists (select 1 from marks m
    where m.school = c.school and m.label = c.label and m.date = d.date)
group by c.sheet, c.school, c.label having count(*) >= $least order by 1, 2"""
_GONE = _MARKED + """
select c.sheet, c.label, count(distinct e.date)
from classes c join every e on e.school = c.school and e.date > c.last
where not exists (select 1 from mart.attendance m left join drop_same s using (org_id)
    where coalesce(s.school, m.org_id) = c.school and m.date > c.last
        and coalesce(nullif(m.class, ''), nullif(m.grade, '')) = c.label)
    and year_of(e.date) = year_of(c.last)
group by c.sheet, c.school, c.label having count(distinct e.date) >= $gone order by 1, 2"""


def lay_out(tx: Transaction) -> None:
    """What both checks look at, worked out once for a drop."""
    tx.execute(_MARKS)


def _silent(tx: Transaction) -> list[Noticed]:
    return [Noticed(s, words=f"{{who}} has {n} days without a single mark, on which other classes "
                             "were marked. They count as not marked.", count=n, label=c)
            for s, c, n in tx.execute(_SILENT, {"least": LEAST})]


def _gone(tx: Transaction) -> list[Noticed]:
    return [Noticed(s, words=f"{{who}} is not marked any more: the school has {n} later days "
                             "without it.", label=c)
            for s, c, n in tx.execute(_GONE, {"gone": GONE})]


CHECKS = (
    Check("days nobody marked", "A class has days without a single mark.", ("attendance",),
          _silent),
    Check("class gone", "A class is not marked any more.", ("attendance",), _gone),
)
