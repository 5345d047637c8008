"""A preview tells the truth: what it counts is what publishing counts, whatever stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import loading, losses, preview
from etl.publish import publish
from school.house import open_house
from tests import workbooks
from tests.drops import drop, mark, table

FIRST = date(2025, 6, 2)
COUNTS = ("read", "loaded", "unchanged", "changed", "rejected")
MARKS = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3), st.sampled_from("PA"),
                           st.integers(2, 6)), max_size=12)
PEOPLE = st.lists(st.tuples(st.integers(1, 4), st.sampled_from([None, "Asha", "Ravi"]),
                            st.integers(2, 6)), max_size=6)
SHEETS = st.lists(st.tuples(MARKS, PEOPLE), min_size=1, max_size=3)


def rows(marks: list[Any], people: list[Any]) -> dict[str, Any]:
    """A sheet of marks and students; several facts may come from one source row."""
    made = {
        "attendance": table("attendance", [mark(s, FIRST + timedelta(days=d), code, row=r)
                                           for s, d, code, r in marks]),
        "students": table("students", [{"student": s, "namespace": "hill", "student_id": str(s),
                                        "id_kind": "id", "name": name, "row": r}
                                       for s, name, r in people])}
    return {n: t for n, t in made.items() if t.num_rows}


@given(uploads=st.lists(SHEETS, min_size=1, max_size=3), rejected=st.integers(0, 2))
@settings(max_examples=20, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_preview_and_publish_count_alike(
    tmp_path_factory: Any, uploads: list[Any], rejected: int
) -> None:
    folder = tmp_path_factory.mktemp("agree")
    house = open_house(folder / "data", least_free=0)
    try:
        for sheets in uploads:
            files = {f"f{n}.csv": made for n, (marks, people) in enumerate(sheets)
                     if (made := rows(marks, people))}
            desk = drop(folder, files, rejected=rejected)
            stood = everything(house)
            told = preview.counts(house, desk)[0]
            assert everything(house) == stood, "a preview writes nothing"
            done = publish(house, desk, "Head")
            assert [[getattr(r, c) for c in COUNTS] for r in told] == \
                [[getattr(r, c) for c in COUNTS] for r in done]
            assert all(r.read == r.loaded + r.unchanged + r.changed + r.rejected for r in told)
            assert all(0 <= r.within[0] <= r.changed and 0 <= r.within[1] <= r.unchanged
                       for r in told)
            if not any(stood):
                assert all(r.within == (r.changed, r.unchanged) for r in told)
    finally:
        house.close()


@given(uploads=st.lists(SHEETS, min_size=2, max_size=3))
@settings(max_examples=20, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_publishing_by_the_verdicts_of_the_preview_is_publishing(
    tmp_path_factory: Any, uploads: list[Any]
) -> None:
    """Those of now are used, those of an older state are not; what stands is the same."""
    folder = tmp_path_factory.mktemp("verdicts")
    houses = [open_house(folder / n, least_free=0) for n in ("plain", "fresh", "stale")]
    try:
        desks = [drop(folder, {f"f{n}.csv": made for n, (marks, people) in enumerate(sheets)
                               if (made := rows(marks, people))}) for sheets in uploads]
        stale = [preview.counts(houses[2], desk)[1] for desk in desks]
        for desk, old in zip(desks, stale, strict=True):
            plain = publish(houses[0], desk, "Head")
            fresh = preview.counts(houses[1], desk)[1]
            assert publish(houses[1], replace(desk, judged=fresh), "Head") == plain
            assert publish(houses[2], replace(desk, judged=old), "Head") == plain
            assert everything(houses[0]) == everything(houses[1]) == everything(houses[2])
    finally:
        for house in houses:
            house.close()


def everything(house: Any) -> list[Any]:
    return [house.store.unsafe_run(f"select * from {t} order by all") for t in (
        "raw.attendance", "raw.students", "raw.loads", "mart.attendance", "mart.students")]


def test_file_that_stands_already_brings_nothing(tmp_path: Path) -> None:
    house = open_house(tmp_path / "data", least_free=0)
    file = {"a.csv": rows([(1, 0, "P", 2), (2, 0, "A", 3)], [])}
    publish(house, drop(tmp_path, file), "Head")
    found = preview.brings(preview.counts(house, drop(tmp_path, file))[0])
    assert found == preview.Brings(0, 0, 2)
    assert found is not None and found.nothing
    house.close()


def test_rows_that_meet_only_their_own_drop_change_nothing_that_stands(tmp_path: Path) -> None:
    house = open_house(tmp_path / "data", least_free=0)
    one, two = [(1, 0, "P", 2), (2, 0, "A", 3)], [(1, 0, "A", 2), (2, 0, "A", 3), (3, 0, "P", 4)]
    both = drop(tmp_path, {"a.csv": rows(one, []), "b.csv": rows(two, [])})
    assert preview.brings(preview.counts(house, both)[0]) == preview.Brings(3, 1, 1, 1, 1)
    publish(house, drop(tmp_path, {"c.csv": rows([(1, 0, "P", 2), (4, 0, "P", 3)], [])}), "Head")
    assert preview.brings(preview.counts(house, both)[0]) == preview.Brings(2, 1, 2, 0, 1), (
        "student 1 stands: the first file says the same, the second changes it; student 2 is said "
        "twice by the drop alone")
    house.close()


def test_sheet_that_waits_for_an_answer_is_not_counted(tmp_path: Path) -> None:
    house = open_house(tmp_path / "data", least_free=0)
    made = drop(tmp_path, {"a.csv": rows([(1, 0, "P", 2)], [])})
    waiting = replace(made, reports=[replace(r, state="question") for r in made.reports])
    assert preview.brings(preview.counts(house, waiting)[0]) is None
    house.close()


def attendance(classes: dict[str, int], month: int) -> bytes:
    lines = [["Student ID", "School", "Class", "Date", "Status"]]
    lines += [[f"{c}-{n}", "Hill School", c, date(2025, month, d).isoformat(), "P"]
              for c, many in classes.items() for n in range(many) for d in (2, 3)]
    return workbooks.text(lines)


def test_files_loaded_without_a_page_say_what_they_lack_and_are_loaded(tmp_path: Path) -> None:
    house = open_house(tmp_path / "data", least_free=0)
    june, july = tmp_path / "june.csv", tmp_path / "july.csv"
    june.write_bytes(attendance({"7 A": 12, "7 B": 9}, 6))
    july.write_bytes(attendance({"7 A": 12}, 7))
    first, = loading.load_into(house, [june], date(2025, 11, 14), preset="india")
    assert [f for f in first.findings if f.rule == losses.RULE] == []
    second, = loading.load_into(house, [july], date(2025, 11, 14))
    assert second.state == "loaded"
    assert [(f.level, f.count, f.words) for f in second.findings if f.rule == losses.RULE] == [
        ("warns", 9, "Class 7 B, 9 students, was in the last upload and is not in this one.")]
    about, = [q.about for q in second.questions]
    august = tmp_path / "august.csv"
    august.write_bytes(attendance({"7 A": 12}, 8))
    third, = loading.load_into(house, [august], date(2025, 11, 14), answers={about: "expected"})
    assert third.questions == (), "the last upload has no such class"
    house.close()


def test_what_cannot_be_compared_is_said_and_stops_nothing(tmp_path: Path) -> None:
    house = open_house(tmp_path / "data", least_free=0)
    made = drop(tmp_path, {"a.csv": rows([], [(1, "Asha", 2)])})
    with house.store.writing() as tx:
        tx.execute("drop table mart.students")  # stands for any fault of what only warns
    report, = preview.notice(house, made).reports  # type: ignore[type-var]
    assert report.state == "ready"
    assert [f.words for f in report.findings] == [preview.NOT_CHECKED]
    house.close()
