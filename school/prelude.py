"""The scoped tables that stand before every measure: `attendance`, `results`, `enrollment`, …

Each comes with `period` (first day of the period, or null) and `segment` (an integer made of the
one or two columns of the breakdown), narrowed to the view and to what the person may see. Only the
joins that a view needs are written, and every value is bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from school import places, sources
from school.config import Preset
from school.ground import Ground, Span, periods
from school.store import ScopedQuery
from school.view import View

STEP = 1_000_000  # segment = code of the first column + STEP * code of the second
ABOUT_STUDENTS = ("attendance", "marks", "runs", "due", "year_left", "results", "scores", "entered",
                  "numbers", "learned")  # tables whose units are students
OF_STUDENTS = (*ABOUT_STUDENTS, "enrollment", "heads", "rolls")  # each row speaks of one student
TABLES = (*OF_STUDENTS, "responses", "counts",
          "totals")
PUBLISHED = ("totals",)  # where no single student stands: nothing to hide, nothing drawn by chance
REGISTER = ("attendance", "marks", "runs")  # which say less where less of the register is marked
BESIDE = ("support", "incidents")  # may be read beside one of them: joined by student, never split
UNIT_COLUMNS = ("tier", "level")  # worked out by a measure, not read from a row

_PLACES = ("school", "cluster", "grade", "class")
_TESTS = (*_PLACES, "subject", "assessment", "item", "window", "band")
_BY_TABLE: dict[str, tuple[str, ...]] = {
    "attendance": (*_PLACES, "weekday"),
    "marks": (*_PLACES, "weekday"),
    "runs": _PLACES,
    "due": (*_PLACES, "weekday"),
    "year_left": _PLACES,
    "numbers": _PLACES,
    "scores": _TESTS,
    "entered": _TESTS,
    "enrollment": _PLACES,
    "results": _TESTS,
    "responses": ("school", "cluster", "grade", "item", "wave"),
    "counts": ("school", "cluster", "grade"),
    "totals": _PLACES,
    "heads": _PLACES,
    "rolls": _PLACES,
    "learned": (*_PLACES, "subject", "outcome"),
}


def applies(column: str, table: str) -> bool:
    """Whether rows of `table` can be narrowed to or split by `column`."""
    if column.startswith("group."):
        return table in (*OF_STUDENTS, "counts")
    return column in _BY_TABLE[table]


class Prelude:
    """The common table expressions of one question. Lives as long as its SQL is being written."""

    def __init__(
        self, view: View, ground: Ground, preset: Preset | None, late: tuple[str, ...] = (),
        prefix: str = "", daily: bool = False,
    ) -> None:
        self.view = view
        self.daily = daily  # rows of the register day by day, with the date of each
        self.late = late  # places that are joined to the units, after counting
        self.prefix = prefix
        self.ground = ground
        self.preset = preset
        self.spans: tuple[Span, ...] = periods(view, ground, preset)
        self.by = tuple(c for c in view.by if c not in UNIT_COLUMNS)
        self.from_start = False  # grade and class are those of the first day, not of the last
        self.params: dict[str, Any] = {}
        self.ctes: dict[str, str] = {}
        self.labels: list[str] = []  # one relation (code, value) a column of `by`
        predicate, values = view.scope.predicate()
        for value in values:
            predicate = predicate.replace("?", self.bind(value), 1)
        self.predicate = predicate
        self.sees_all = predicate == "true"

    def bind(self, value: Any) -> str:
        """A name that stands for `value` in the SQL."""
        name = f"{self.prefix}p{len(self.params)}"
        self.params[name] = value
        return f"${name}"

    def one_of(self, values: Iterable[Any]) -> str:
        """The inside of `in (…)` for these values."""
        listed = list(values)
        if len(listed) > 50:
            return f"select unnest({self.bind(listed)})"
        return ", ".join(self.bind(v) for v in listed)

    def add(self, name: str, sql: str) -> None:
        """Put a relation before the measure, once."""
        self.ctes.setdefault(name, sql)

    def period_of(self, day: str) -> str:
        """SQL for the first day of the period in which `day` lies."""
        match self.view.period:
            case None:
                return "null::date"
            case "day":
                return day
            case "week" | "month" as unit:
                return f"date_trunc('{unit}', {day})::date"
            case _:
                steps = "".join(f" when {day} >= {self.bind(s.start)} then {self.bind(s.start)}"
                                for s in reversed(self.spans))
                return f"case{steps} end::date" if steps else "null::date"

    def in_dates(self, day: str) -> str:
        """SQL that keeps the days of the view."""
        return f"{day} between {self.bind(self.view.start)} and {self.bind(self.view.end)}"

    def schools(self) -> tuple[str, ...] | None:
        """Every org_id of the view's schools and clusters that the person may see; None for all."""
        chosen: set[str] | None = None
        limits = [v for c in ("school", "cluster") if (v := self.view.values(c))]
        if "org_id" in self.scope_columns:
            limits.append(dict(self.view.scope.allowed).get("org_id", ()))
        for values in limits:
            found = set(self.ground.within(values))
            chosen = found if chosen is None else chosen & found
        return None if chosen is None else tuple(sorted(chosen)) or ("\x00nobody",)

    def in_schools(self, column: str) -> str:
        """SQL that keeps the rows of the view's schools."""
        schools = self.schools()
        return "true" if schools is None else f"{column} in ({self.one_of(schools)})"

    def need(self, *tables: str) -> None:
        """Write these tables and everything they rest on."""
        self.from_start = self.from_start or "rolls" in tables
        for table in tables:
            if table not in self.ctes:
                sources.write(self, table)

    def segment(self, codes: list[str]) -> str:
        """SQL for the segment's integer from the codes of `by`, in order."""
        if not codes:
            return "0"
        return " + ".join(c if n == 0 else f"{STEP}::bigint * ({c})" for n, c in enumerate(codes))

    def label_joins(self) -> tuple[str, str]:
        """Joins and columns that turn the segment of `t` back into the words of the breakdown."""
        joins, labels = "", ""
        codes = [f"t.segment % {STEP}", f"t.segment // {STEP}"]
        if len(self.labels) == 1:
            codes = ["t.segment"]
        for n, relation in enumerate(self.labels):
            joins += f" left join ({relation}) label{n} on label{n}.code = {codes[n]}"
            labels += f", coalesce(label{n}.value, 'unknown')"
        return joins, labels

    def scoped(self, select: str) -> str:
        """`select` narrowed to what the person may see; it must offer org_id and grade."""
        return select if self.sees_all else f"select * from ({select}) where {self.predicate}"

    @property
    def scope_columns(self) -> tuple[str, ...]:
        """Columns that the scope's rule looks at."""
        return self.view.scope.rule.columns

    def query(self, tail: str, extra: dict[str, Any] | None = None) -> ScopedQuery:
        """The whole statement: these relations, then `tail`."""
        head = ", ".join(f"{name} as ({sql})" for name, sql in self.ctes.items())
        sql = f"with {head}, {tail}" if head else f"with {tail}"
        used = set(re.findall(r"\$(\w+)", sql))
        given = {**self.params, **(extra or {})}
        return ScopedQuery(sql, {k: v for k, v in given.items() if k in used})

    def place_columns(self) -> tuple[str, ...]:
        """Columns of the view (and of the scope) that are read off a student's place."""
        early = self.early_places()
        return (*early, *(c for c in self.late if c not in early))

    def early_places(self) -> tuple[str, ...]:
        """Those of them that every row needs, before anything is counted."""
        asked = (*self.by, *(c for c, _ in self.view.where))
        found = [c for c in dict.fromkeys(asked) if places.is_place(c)]
        if "grade" in self.scope_columns and "grade" not in found:
            found.append("grade")
        return tuple(found)

    def placed(self, units: str, student: str) -> str:
        """`units` with the late places of each student as columns late0, late1, and so on."""
        if not self.late:
            return f"select * from {units}"
        places.add_place(self)
        numbers = [self.place_columns().index(c) for c in self.late]
        columns = "".join(f", coalesce(pl.col{n}, '{places.UNKNOWN}') as late{i}"
                          for i, n in enumerate(numbers))
        on = f"pl.student = u.{student}" + (" and pl.period = u.period" if self.view.period else "")
        return f"select u.*{columns} from {units} u left join place pl on {on}"


def together(parts: Sequence[ScopedQuery], name: str, tail: str) -> ScopedQuery:
    """Several whole statements as one relation `name`, then `tail`. Their prefixes differ."""
    united = " union all ".join(f"select * from ({part.sql})" for part in parts)
    params = {k: v for part in parts for k, v in part.params.items()}
    return ScopedQuery(f"with {name} as ({united}), {tail}", params)
