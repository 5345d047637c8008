"""Whatever stands in a sheet: an answer comes back, and every row is accounted for."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.facts import tidy
from etl.layouts import layouts
from etl.model import Finding, Recognition
from etl.recognise import Aside, recognise
from tests.grids import context, sheet

WORDS = [
    "Student ID", "Name", "Roll No", "School", "Class", "Section", "Date", "Status", "Session",
    "AM", "PM", "Present", "Absent", "Month", "Working Days", "Days Present", "Type", "Holiday",
    "Total", "June 2025", "School: Hill", "Class: 7 B", "Month: June 2025", "1", "2", "3", "4",
    "5", "6", "7", "30", "31", "2025-06-02", "2025-06-03", "02/06/2025", "31/02/2025", "25-Aug",
    "P", "A", "L", "HD", "x", "✓", "/", "0", "20", "18.5", "Asha", "Bilal", "007", "M", "T", "W",
    None, None, None,
]  # fmt: skip
IDS = ["1", "2", "007", "Asha", None]
DAYS = ["2025-06-02", "2025-06-03", "02/06/2025", "13/06/2025", "31/02/2025", "2099-01-01", None]
MARKS = ["P", "P", "P", "A", "L", "HD", "x", None]
COUNTS = ["20", "18.5", "0", "25", "many", None]
HEADERS: dict[str, list[list[str | None]]] = {
    "Roll No|Name|2|3|4|5|6|7": [IDS, IDS, *[MARKS] * 6],
    "Student ID|School|Date|Status|Session": [
        IDS, ["Hill", None], DAYS, MARKS, ["AM", "PM", "1", None],
    ],
    "Student ID|Name|Month|Working Days|Days Present": [
        IDS, IDS, ["June", "July 2025", "x", None], COUNTS, COUNTS,
    ],
    "Date|Type|Holiday": [DAYS, ["Holiday", "Exam", "x", None], IDS],
}  # fmt: skip


@st.composite
def grids(draw: st.DrawFn) -> list[list[str | None]]:
    """Rows of what belongs below a header, with anything at all in between; or anything at all."""
    name = draw(st.sampled_from([*HEADERS, None]))
    kinds = HEADERS[name] if name else [WORDS] * 4
    noise = st.lists(st.sampled_from(WORDS), min_size=len(kinds), max_size=len(kinds))
    line = st.tuples(*(st.sampled_from(k) for k in kinds)).map(list)
    above = draw(st.lists(noise, max_size=1))
    body = draw(st.lists(line, min_size=2, max_size=10))
    below = draw(st.lists(noise, max_size=1))
    return [*above, *([name.split("|")] if name else []), *body, *below]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grids(), st.sampled_from([None, "india", "us", "england"]), st.booleans())
def test_every_row_is_accounted_for(
    cells: list[list[str | None]], preset: str | None, told: bool
) -> None:
    answers = {"school": "Hill", "month": "June 2025", "year": "2025-26", "blank": "yes"}
    known = context(preset, **(answers if told else {}))
    grid = sheet(cells)
    found = recognise(grid, known)
    assert isinstance(found, Recognition | Aside | Finding)
    if not isinstance(found, Recognition):
        assert found.words
        return
    got = layouts()[found.layout].extract(grid, found, known)
    assert 0 <= len(got.rejected) <= got.read
    assert got.read + got.skipped <= len(cells)
    rows = {r for table in got.facts.values() for r in table["row"].to_pylist()}
    assert all(1 <= r <= len(cells) for r in rows | got.rejected)
    for name, table in got.facts.items():
        assert tidy(name, table).num_rows == table.num_rows
    if "attendance" in got.facts:
        marks = got.facts["attendance"]
        assert not set(marks["row"].to_pylist()) & got.rejected
        assert all(0 <= a <= p <= 2 for a, p in zip(
            marks["absent"].to_pylist(), marks["possible"].to_pylist(), strict=True))  # fmt: skip
    told_rows = {f.row for f in got.findings if f.level == "rejects"}
    attendance = ("attendance_daily", "register", "attendance_totals", "calendar")
    waits = any(q.required for q in (*found.questions, *got.questions))  # nothing is loaded yet
    if found.layout in attendance and not waits and not any(f.count > 1 for f in got.findings):
        assert got.rejected <= told_rows | {None}
