"""Incidents: the day and the kind are counted; what happened is not kept."""

from datetime import date

from tests.grids import context, read, rows, sheet

LIST = """
School|Student ID|Name|Incident date|Incident type|Action taken|Remarks
Hill|0142|Asha Rao|18/06/2025|Late to class|Talk|about Bilal
Hill|0142|Asha Rao|18/06/2025|Late to class|Talk|again
Hill|0143|Bilal Khan|25/06/2025|Fighting|Suspended for 1 day|
Hill|0144|Chitra Devi|26/06/2025|||
"""


def test_incidents_of_a_day_are_counted_and_a_suspension_is_known_by_any_column() -> None:
    got = read(sheet(LIST), context(), "incidents")
    assert rows(got.facts["incidents"], "date", "kind", "times", "org_id") == [
        (date(2025, 6, 18), "late to class", 2, "hill"),
        (date(2025, 6, 25), "suspension", 1, "hill"),
    ]  # fmt: skip


def test_a_row_without_a_kind_is_left_out_and_named() -> None:
    got = read(sheet(LIST), context(), "incidents")
    assert (got.read, got.rejected) == (4, frozenset({5}))
    assert [(f.rule, f.row) for f in got.findings if f.level == "rejects"] == [("no incident", 5)]


def test_what_happened_is_not_kept() -> None:
    got = read(sheet(LIST), context(), "incidents")
    assert all("about Bilal" not in str(t.to_pydict()) for t in got.facts.values())
