"""What a person can choose from: the values of each column in her scope, and the dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from school import observed
from school.access import Scope
from school.config import Preset, academic_year
from school.ground import Ground, ground
from school.measures.reckoning import natural
from school.places import UNKNOWN
from school.sources import WEEKDAYS
from school.store import Store


@dataclass(frozen=True)
class Value:
    """One value of a column, and how it is written on screen."""

    value: str
    label: str


@dataclass(frozen=True)
class DataSpan:
    """First and last day of all facts, and the academic years they touch, oldest first."""

    start: date
    end: date
    years: tuple[str, ...]


_TEXTS = {
    "grade": "select distinct org_id, grade, grade from mart.spells where grade <> ''"
             " union select distinct org_id, value, value from mart.attendance_counts "
             "where dimension = 'grade'",
    "class": 'select distinct org_id, grade, "class" from mart.spells where "class" <> \'\''
             " union select distinct org_id, null, value from mart.attendance_counts "
             "where dimension = 'class'",
    "window": 'select distinct null, null, "window" from mart.assessments where "window" <> \'\'',
    "subject": "select distinct null, null, subject from mart.assessments where subject <> ''",
    "assessment": "select distinct null, null, name from mart.assessments",
    "item": "select distinct null, null, item from mart.assessments where item <> '' "
            "union select null, null, text from mart.survey_items",
    "wave": "select distinct null, null, wave from mart.survey_waves",
    "outcome": "select distinct null, null, name from mart.objectives union "
               f"select null, null, name from ({observed.TESTS})",
    "level": "select distinct null, null, level from mart.results where level <> ''",
}


def known_values(
    store: Store, scope: Scope, preset: Preset | None = None
) -> dict[str, list[Value]]:
    """Per column of a view the values that exist in this scope, in the order of a list."""
    land = ground(store)
    out = {column: _listed(store, sql, scope) for column, sql in _TEXTS.items()}
    out["school"] = _schools(store, land, scope)
    out["cluster"] = _clusters(land, scope, {v.value for v in out["school"]})
    order = {level: n for n, level in enumerate(land.levels)}
    out["level"].sort(key=lambda v: order.get(v.value, len(order)))
    out["weekday"] = [Value(d, d) for d in WEEKDAYS]
    out["band"] = [Value(b, f"{b} percent") for b in
                   ("0 to 19", "20 to 39", "40 to 59", "60 to 79", "80 to 100")]
    tiers = preset.tiers if preset and preset.tiers else (
        ("satisfactory", 0), ("at risk", 5), ("moderate", 10), ("severe", 20))
    out["tier"] = [Value(name, name) for name, _ in tiers]
    for kind in land.kinds:
        values = store.unsafe_run(
            "select distinct value from mart.memberships where kind = ?", [kind])
        listed = sorted((v for (v,) in values if v), key=natural)
        out[f"group.{kind}"] = [Value(v, v) for v in (*listed, UNKNOWN)]
    return {column: values for column, values in out.items() if values}


def _listed(store: Store, sql: str, scope: Scope) -> list[Value]:
    found = {
        text for org, grade, text in store.unsafe_run(sql)
        if org is None or scope.why_visible({"org_id": org, "grade": grade})
    }
    return sorted((Value(t, t) for t in found), key=lambda v: natural(v.label))


def own_names(store: Store, scope: Scope) -> dict[str, int]:
    """Names of the numbers that the school counts itself, with the students who have a value."""
    rows = store.unsafe_run("select name, org_id, grade, count(distinct student) "
                            "from mart.numbers group by all order by name")
    out: dict[str, int] = {}
    for name, org, grade, students in rows:
        if scope.why_visible({"org_id": org, "grade": grade}):
            out[name] = out.get(name, 0) + int(students)
    return out


def _schools(store: Store, land: Ground, scope: Scope) -> list[Value]:
    """Schools that hold facts or were named, without other spellings of them."""
    found: list[Value] = []
    allowed = dict(scope.allowed).get("org_id")
    published = {r[0] for r in store.unsafe_run(
        "select distinct org_id from mart.enrollment_counts where level <> 'school'")}
    for place in land.places.values():
        if place.school != place.org_id:
            continue
        if place.type != "school" and place.org_id not in published:
            continue
        if scope.rule.columns and place.org_id not in (allowed or ()):
            continue
        found.append(Value(place.org_id, place.name))
    return sorted(found, key=lambda v: natural(v.label))


def _clusters(land: Ground, scope: Scope, schools: set[str]) -> list[Value]:
    found: dict[str, str] = {}
    for org_id in schools:
        parent = land.places[org_id].parent if org_id in land.places else None
        while parent and parent in land.places:
            place = land.places[parent]
            found[place.org_id] = place.name
            parent = place.parent if place.parent != parent else None
    if scope.rule.columns:
        return []
    return sorted((Value(k, n) for k, n in found.items()), key=lambda v: natural(v.label))


_SPAN = """
select min(first), max(last) from (
    select min(date) as first, max(date) as last from mart.attendance
    union all select min(begin_date), max(end_date) - 1 from mart.attendance_periods
    union all select min(date), max(date) from mart.results
    union all select min(date), max(date) from mart.numbers
    union all select min(date), max(date) from mart.observations
    union all select min(date), max(date) from mart.survey_responses
    union all select min(date), max(date) from mart.survey_waves)
"""


def span(store: Store, scope: Scope, preset: Preset | None = None) -> DataSpan | None:
    """First and last day of marks, results and answers; of spells and counts where that is all."""
    start = ground(store).starts(preset)
    first, last = store.unsafe_run(_SPAN)[0]
    if first is None:
        first, last = _span_of_lists(store, start)
    if first is None or last is None:
        return None
    years, day = [], first
    while academic_year(day, start) not in years:
        years.append(academic_year(day, start))
        day = min(day.replace(day=1) + timedelta(days=366), last)
    return DataSpan(first, last, tuple(years))


def _span_of_lists(store: Store, start: tuple[int, int]) -> tuple[date | None, date | None]:
    """Where nothing is dated but lists of students, published counts or published attendance."""
    first, last = store.unsafe_run(
        "select min(first), max(last) from ("
        "select min(begin_date) as first, max(coalesce(end_date - 1, begin_date)) as last "
        "from mart.spells union all "
        "select min(begin_date), max(end_date - 1) from mart.attendance_counts)")[0]
    years = store.unsafe_run(
        "select min(academic_year), max(academic_year) from mart.enrollment_counts")[0]
    if years[0]:
        opened = date(int(years[0][:4]), *start)
        closed = date(int(years[1][:4]) + 1, *start) - timedelta(days=1)
        first, last = min(first or opened, opened), max(last or closed, closed)
    return first, last
