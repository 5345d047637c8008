"""The invented cluster, month by month: no alarm and nothing odd but what is planted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

from etl import known, odd, preview
from etl.desk import Drop
from etl.losses import RULE
from etl.model import Finding, SheetReport
from etl.publish import publish
from school.house import House, open_house

HERE = Path(__file__).parents[2] / "data" / "samples" / "cluster"
AS_OF = date(2025, 11, 14)
LOSING, GAPS, PLAIN = "GHPS Kerebeedu", "GHPS Gulagunji", "GHPS Belagudi"
ODD = {check.rule for check in odd.CHECKS}
Asked = list[tuple[str, tuple[str, ...]]]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Places, holidays and both years' class lists; no register yet."""
    opened = open_house(tmp_path_factory.mktemp("cluster") / "data", least_free=0)
    opened.choose_preset("india")
    for part in ("1 places", "2 class lists"):
        for path in sorted((HERE / part).iterdir()):
            use(opened, read(opened, [path]))
    yield opened
    opened.close()


def read(house: House, paths: Sequence[Path]) -> Drop:
    answers = json.loads((HERE / "answers.json").read_text("utf-8"))
    return known.check(house, paths, known.context(house, AS_OF, answers))


def use(house: House, found: Drop) -> Drop:
    seen = preview.look(house, found)
    publish(house, seen, "Head")
    return seen


def of_month(drop: Drop, sheet: str) -> Drop:
    """The drop as if it held the sheets of one month alone."""
    return replace(drop, reports=tuple(
        r if r.sheet == sheet else replace(r, state="aside") for r in drop.reports))


def alarms(reports: Sequence[SheetReport]) -> list[str]:
    return [q.words for r in reports for q in r.questions if q.about.startswith("loss:")]


def strange(reports: Sequence[SheetReport]) -> list[Finding]:
    return [f for r in reports for f in r.findings if f.rule in ODD]


@pytest.fixture(scope="module")
def months(house: House) -> Iterator[tuple[Drop, list[str]]]:
    """The registers of three schools for one year, and the months they hold, in order."""
    paths = [HERE / "3 registers" / f"{name} register 2025-26.xlsx"
             for name in (LOSING, GAPS, PLAIN)]
    drop = read(house, paths)
    yield drop, list(dict.fromkeys(r.sheet for r in drop.reports if r.state == "ready"))
    drop.close()


def test_class_lists_that_say_who_completed_raise_no_alarm_and_nothing_in_them_is_odd(
    house: House
) -> None:
    path = HERE / "2 class lists" / "Class lists 2025-26.xlsx"
    drop = read(house, [path])
    found = preview.look(house, drop).reports
    drop.close()
    assert alarms(found) == []
    assert strange(found) == []


def test_register_after_register_raises_no_alarm_and_a_missing_class_does(
    house: House, months: tuple[Drop, list[str]]
) -> None:
    drop, names = months
    assert len(names) >= 5
    for name in names[:-1]:
        seen = use(house, of_month(drop, name))
        assert alarms(seen.reports) == [], name
        assert [f.words for r in seen.reports for f in r.findings if f.rule == RULE] == [], name
        assert {f.rule for f in strange(seen.reports)} <= {"days nobody marked"}, name
    last = of_month(drop, names[-1])
    assert alarms(preview.look(house, last).reports) == []
    lacking = Without(last.reports, last.folder, last.context, last.files, lost=(PLAIN, "5"))
    planted = preview.look(house, lacking).reports
    words, = alarms(planted)
    assert words.startswith("Class 5") and f"of {PLAIN}" in words
    assert words.count("was in the last upload") == 1


@dataclass(frozen=True)
class Without(Drop):
    """A drop that lost one class of one school on its way."""

    lost: tuple[str, str] = ("", "")

    def facts(self, sheet_key: str) -> dict[str, Any]:
        school, grade = self.lost
        tables = super().facts(sheet_key)
        if not sheet_key.startswith(school):
            return tables
        return {n: t.filter(pc.not_equal(t["grade"], grade)) if "grade" in t.column_names else t
                for n, t in tables.items()}
