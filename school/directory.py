"""Which schools there are, what they belong to, when their year begins, and their holidays."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from school.store import Store

ALL = "*"  # the org_id of a day that counts for every school


@dataclass(frozen=True)
class Spelling:
    """Another name under which a school appears in files."""

    org_id: str
    name: str


@dataclass(frozen=True)
class School:
    """One school as it stands: `named` is False where files give only a number or a code."""

    org_id: str
    name: str
    named: bool
    code: str | None
    cluster_id: str | None
    cluster: str | None
    year_start: str | None  # MM-DD
    students: int
    last: date | None  # of its marks, results and observations
    spellings: tuple[Spelling, ...] = ()


@dataclass(frozen=True)
class Holiday:
    """A named day; `org_id` is '*' where it counts for all schools."""

    org_id: str
    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class Directory:
    """All of it. Clusters are id and name."""

    schools: tuple[School, ...]
    clusters: tuple[Spelling, ...]
    holidays: tuple[Holiday, ...] = field(default=())

    def school(self, org_id: str) -> School | None:
        """The school of this id, or None."""
        return next((s for s in self.schools if s.org_id == org_id), None)

    def holidays_of(self, org_id: str) -> tuple[Holiday, ...]:
        """Days named for all schools or for this one; its own word goes before."""
        mine = {h.day for h in self.holidays if h.org_id == org_id}
        return tuple(h for h in self.holidays
                     if h.org_id == org_id or (h.org_id == ALL and h.day not in mine))


_SCHOOLS = """
with seen as (
    select org_id, max(date) as last from mart.attendance group by org_id
    union all select org_id, max(date) from mart.results group by org_id
    union all select org_id, max(date) from mart.observations group by org_id
    union all select org_id, max(end_date) - 1 from mart.attendance_periods group by org_id
    union all select org_id, null from mart.enrollment group by org_id
), known as (
    select org_id, coalesce(same_as, org_id) as school from mart.organisations
    where coalesce(type, 'school') = 'school'
    union
    select org_id, org_id from seen where org_id not in (select org_id from mart.organisations)
), days as (
    select k.school, max(s.last) as last from known k join seen s using (org_id) group by k.school
), heads as (
    select org_id as school, count(distinct student) as students from mart.spells group by org_id
)
select k.org_id, o.name, o.code, o.parent_id, p.name, o.year_start,
    coalesce(h.students, 0), d.last
from known k left join mart.organisations o on o.org_id = k.org_id
    left join mart.organisations p on p.org_id = o.parent_id
    left join days d on d.school = k.org_id left join heads h on h.school = k.org_id
where k.org_id = k.school
order by lower(coalesce(o.name, k.org_id)), k.org_id
"""


def directory(store: Store) -> Directory:
    """Everything the Places page shows, read anew."""
    others: dict[str, list[Spelling]] = {}
    for org_id, name, target in store.unsafe_run(
        "select org_id, coalesce(name, org_id), same_as from mart.organisations "
        "where same_as is not null order by org_id"
    ):
        others.setdefault(str(target), []).append(Spelling(str(org_id), str(name)))
    schools = []
    for org_id, name, code, parent, above, start, students, last in store.unsafe_run(_SCHOOLS):
        named = bool(name) and name != code and not _is_number(str(name))
        schools.append(School(
            org_id=str(org_id), name=str(name or org_id), named=named, code=code,
            cluster_id=parent, cluster=above or parent, year_start=start,
            students=int(students), last=last, spellings=tuple(others.get(str(org_id), ())),
        ))
    clusters = store.unsafe_run(
        "select org_id, coalesce(name, org_id) from mart.organisations where type = 'cluster' "
        "and same_as is null order by 2")
    days = store.unsafe_run(
        "select org_id, date, day_type, coalesce(name, '') from mart.calendar order by date, 1")
    return Directory(
        tuple(schools), tuple(Spelling(str(i), str(n)) for i, n in clusters),
        tuple(Holiday(str(o), d, str(k), str(n)) for o, d, k, n in days),
    )


def _is_number(name: str) -> bool:
    """Whether a name is rather a code: a number, or a long mix such as a GUID."""
    plain = name.replace("-", "").replace(" ", "")
    return plain.isdigit() or (len(plain) >= 20 and any(c.isdigit() for c in plain))
