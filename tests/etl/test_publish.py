"""Publishing: the counts are in source rows, twice is once, and an error keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.publish import publish, publish_typed, revert
from school.errors import NotRecognised, Stopped
from school.house import House, open_house
from school.records import audit, loads
from tests.drops import drop, mark, table

MONDAY, TUESDAY, WEDNESDAY = date(2025, 6, 2), date(2025, 6, 3), date(2025, 6, 4)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


def counts(report: object) -> tuple[int, ...]:
    names = ("read", "loaded", "unchanged", "changed", "rejected")
    return tuple(getattr(report, n) for n in names)


def marks(house: House) -> list[tuple[object, ...]]:
    return house.store.unsafe_run(
        "select student, date, code, load_id from mart.attendance order by all")


def test_a_first_file_is_loaded_whole(house: House, desk: Path) -> None:
    first = table("attendance", [mark(1, MONDAY), mark(2, MONDAY, "A")])
    report, = publish(house, drop(desk, {"june.csv": {"attendance": first}}, rejected=1), "Head")
    assert counts(report) == (3, 2, 0, 0, 1)
    assert (report.state, report.load_id, report.facts) == ("loaded", 1, {"attendance": 2})
    assert marks(house) == [(1, MONDAY, "P", 1), (2, MONDAY, "A", 1)]
    assert house.store.data_version == 1


def test_the_same_file_twice_changes_nothing(house: House, desk: Path) -> None:
    file = {"june.csv": {"attendance": table("attendance", [mark(1, MONDAY)])}}
    publish(house, drop(desk, file), "Head")
    report, = publish(house, drop(desk, file), "Head")
    assert counts(report) == (1, 0, 1, 0, 0)
    assert (report.state, report.load_id) == ("known", 1)
    assert house.store.data_version == 1
    assert len(loads.loads(house.records)) == 1
    assert house.store.unsafe_run("select count(*) from raw.attendance") == [(1,)]


def test_one_file_under_two_names_is_loaded_once(house: House, desk: Path) -> None:
    rows = {"attendance": table("attendance", [mark(1, MONDAY)])}
    both = publish(house, drop(desk, {"a.csv": rows}), "Head")
    same = drop(desk, {"a.csv": rows, "b.csv": rows})
    again = publish(house, same, "Head")
    assert [r.state for r in both] == ["loaded"]
    assert [(r.state, r.load_id) for r in again] == [("known", 1), ("known", 1)]
    revert(house, 1, "Head")
    anew = publish(house, drop(desk, {"a.csv": rows, "b.csv": rows}), "Head")
    assert [(r.state, r.load_id, counts(r)) for r in anew] == [
        ("loaded", 2, (1, 1, 0, 0, 0)), ("known", 2, (1, 0, 1, 0, 0))]


def test_an_overlapping_file_updates(house: House, desk: Path) -> None:
    publish(house, drop(desk, {"a.csv": {"attendance": table(
        "attendance", [mark(1, MONDAY), mark(1, TUESDAY)])}}), "Head")
    report, = publish(house, drop(desk, {"b.csv": {"attendance": table(
        "attendance", [mark(1, MONDAY), mark(1, TUESDAY, "A"), mark(1, WEDNESDAY)])}}), "Head")
    assert counts(report) == (3, 1, 1, 1, 0)
    assert [m[:3] for m in marks(house)] == [
        (1, MONDAY, "P"), (1, TUESDAY, "A"), (1, WEDNESDAY, "P")]


def test_an_exact_repeat_inside_a_file_is_unchanged(house: House, desk: Path) -> None:
    rows = table("attendance", [mark(1, MONDAY), mark(1, MONDAY), mark(1, TUESDAY)])
    report, = publish(house, drop(desk, {"a.csv": {"attendance": rows}}), "Head")
    assert counts(report) == (3, 2, 1, 0, 0)


def test_a_register_line_is_one_source_row(house: House, desk: Path) -> None:
    line = [mark(1, day, row=5) for day in (MONDAY, TUESDAY, WEDNESDAY)]
    publish(house, drop(desk, {"a.csv": {"attendance": table("attendance", line)}}), "Head")
    line[1] = mark(1, TUESDAY, "A", row=5)
    line += [mark(2, MONDAY, row=6)]
    second = drop(desk, {"b.csv": {"attendance": table("attendance", line)}})
    report, = publish(house, second, "Head")
    assert counts(report) == (2, 1, 0, 1, 0)


def test_a_blank_says_nothing_and_changes_nothing(house: House, desk: Path) -> None:
    person = {"student": 1, "namespace": "hill", "student_id": "007", "id_kind": "id"}
    born = date(2013, 5, 1)
    publish(house, drop(desk, {"a.csv": {"students": table(
        "students", [{**person, "name": "Asha", "birth_date": born}])}}), "Head")
    report, = publish(house, drop(desk, {"b.csv": {"students": table(
        "students", [{**person, "name": None}])}}), "Head")
    assert counts(report) == (1, 0, 1, 0, 0)
    assert house.store.unsafe_run("select student_id, name, birth_date from mart.students") == [
        ("007", "Asha", born)]


def test_a_school_named_above_a_register_is_no_source_row(house: House, desk: Path) -> None:
    place = {"org_id": "hill", "name": "Hill", "row": 1}
    sheet = {"organisations": table("organisations", [place]),
             "attendance": table("attendance", [mark(1, MONDAY, row=4), mark(2, MONDAY, row=5)])}
    made = drop(desk, {"a.csv": sheet})
    object.__setattr__(made.reports[0], "read", 2)
    report, = publish(house, made, "Head")
    assert counts(report) == (2, 2, 0, 0, 0)


def test_files_of_one_drop_stand_or_fall_together(house: House, desk: Path) -> None:
    broken = table("attendance", [mark(1, MONDAY)]).drop_columns(["category"])
    made = drop(desk, {"a.csv": {"attendance": table("attendance", [mark(1, MONDAY)])},
                       "b.csv": {"attendance": broken}})
    with pytest.raises(NotRecognised, match="nothing of it was used"):
        publish(house, made, "Head")
    assert marks(house) == []
    assert loads.loads(house.records) == []


@pytest.mark.parametrize("step", range(5))
def test_stopping_keeps_nothing(house: House, desk: Path, step: int) -> None:
    asked = iter(range(100))
    made = drop(desk, {"a.csv": {"attendance": table("attendance", [mark(1, MONDAY)])}})
    if step == 4:  # four steps may be stopped; then all of it stands
        publish(house, made, "Head", stopped=lambda: next(asked) == step)
        assert len(marks(house)) == 1
        return
    with pytest.raises(Stopped):
        publish(house, made, "Head", stopped=lambda: next(asked) == step)
    assert marks(house) == []
    assert loads.loads(house.records) == []
    assert list(house.uploads.iterdir()) == []
    assert house.store.data_version == 0


def test_progress_rises_to_its_end(house: House, desk: Path) -> None:
    told: list[tuple[int, int, str]] = []
    made = drop(desk, {"a.csv": {"attendance": table("attendance", [mark(1, MONDAY)])}})
    publish(house, made, "Head", progress=lambda *step: told.append(step))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][0] == told[-1][1]
    assert all(words for _, _, words in told)


def test_the_original_is_kept_by_its_hash(house: House, desk: Path) -> None:
    made = drop(desk, {"a.csv": {"attendance": table("attendance", [mark(1, MONDAY)])}})
    publish(house, made, "Head")
    load, = loads.loads(house.records)
    assert load.kept_sha256 == load.sha256 == made.files[0].sha256
    assert (house.uploads / str(load.kept_sha256)).read_bytes() == made.files[0].path.read_bytes()


def test_only_the_redacted_copy_of_a_file_with_passwords_is_kept(house: House, desk: Path) -> None:
    made = drop(desk, {"a.csv": {"attendance": table("attendance", [mark(1, MONDAY)])}},
                copies={"a.csv": b"id\n1\n"})
    publish(house, made, "Head")
    load, = loads.loads(house.records)
    assert load.sha256 == made.files[0].sha256 != load.kept_sha256
    assert [p.read_bytes() for p in house.uploads.iterdir()] == [b"id\n1\n"]


def test_a_load_keeps_who_when_answers_and_counts(house: House, desk: Path) -> None:
    made = drop(desk, {"a.csv": {"attendance": table("attendance", [mark(1, MONDAY)])}},
                answers={"blank": "yes"})
    publish(house, made, "Head")
    load, = loads.loads(house.records)
    assert (load.who, load.as_of, load.answers) == ("Head", date(2025, 11, 14), {"blank": "yes"})
    assert load.counts == {"read": 1, "loaded": 1, "unchanged": 0, "changed": 0, "rejected": 0,
                           "skipped": 0}
    assert load.layouts == {"|Sheet1": "by_hand"}
    assert [e.what for e in audit.trail(house.records)] == ["load"]


def test_other_answers_make_another_load_of_the_same_bytes(house: House, desk: Path) -> None:
    blank = mark(1, TUESDAY, code="(blank)")
    first = drop(desk, {"a.csv": {"attendance": table("attendance", [mark(1, MONDAY)])}})
    publish(house, first, "Head")
    answered = drop(desk, {"a.csv": {"attendance": table(
        "attendance", [mark(1, MONDAY), blank])}}, answers={"blank": "yes"})
    answered.files[0].path.write_bytes(b"the same bytes")
    same = [type(f)(f.label, f.path, first.files[0].sha256) for f in answered.files]
    object.__setattr__(answered, "files", same)
    report, = publish(house, answered, "Head")
    assert counts(report) == (2, 1, 1, 0, 0)
    assert report.load_id == 2


def test_typed_changes_are_loads_that_can_be_undone(house: House) -> None:
    name = table("organisations", [{"org_id": "hill", "name": "Hill School", "type": "school"}])
    load_id = publish_typed(house, "Head", {"organisations": name}, "Named Hill School",
                            date(2025, 11, 14))
    assert house.store.unsafe_run("select name from mart.organisations") == [("Hill School",)]
    again = publish_typed(house, "Head", {"organisations": name}, "Again", date(2025, 11, 14))
    assert again is None
    assert len(loads.loads(house.records)) == 1
    assert load_id is not None
    revert(house, load_id, "Head")
    assert house.store.unsafe_run("select name from mart.organisations") == []


def test_load_numbers_are_never_given_twice(house: House, desk: Path) -> None:
    one = drop(desk, {"a.csv": {"attendance": table("attendance", [mark(1, MONDAY)])}})
    publish(house, one, "Head")
    revert(house, 1, "Head")
    with pytest.raises(Stopped):
        publish(house, one, "Head", stopped=iter([False, False, True]).__next__)
    report, = publish(house, one, "Head")
    assert report.load_id == 3


_ROW = st.tuples(st.integers(1, 3), st.sampled_from([MONDAY, TUESDAY]), st.sampled_from("PA"))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(_ROW, min_size=1, max_size=6, unique_by=lambda r: r[:2]),
                min_size=1, max_size=4), st.integers(0, 2))
def test_read_is_loaded_unchanged_changed_and_rejected(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[int, date, str]]],
    rejected: int,
) -> None:
    folder = tmp_path_factory.mktemp("counts")
    house = open_house(folder / "data", least_free=0)
    try:
        stand: dict[tuple[int, date], str] = {}
        for number, rows in enumerate(files):
            tables = {"attendance": table("attendance", [mark(*r) for r in rows])}
            made = drop(folder, {f"{number}.csv": tables}, rejected=rejected)
            report, = publish(house, made, "Head")
            new = sum(r[:2] not in stand for r in rows)
            other = sum(r[:2] in stand and stand[r[:2]] != r[2] for r in rows)
            if report.state == "loaded":
                assert (report.loaded, report.changed) == (new, other)
                stand |= {r[:2]: r[2] for r in rows}
            assert report.read == (
                report.loaded + report.unchanged + report.changed + report.rejected)
            assert report.rejected == rejected
    finally:
        house.close()


def test_facts_of_no_known_table_are_refused_before_anything_is_written(
    house: House, desk: Path
) -> None:
    made = drop(desk, {"a.csv": {"attendance": table("attendance", [mark(1, MONDAY)])}})
    strange = made.rows["a.csv|Sheet1"]["attendance"].append_column("password", pa.array(["x"]))
    object.__setattr__(made, "rows", {"a.csv|Sheet1": {"attendance": strange}})
    with pytest.raises(NotRecognised) as error:
        publish(house, made, "Head")
    assert "password" in error.value.detail
    assert list(house.uploads.iterdir()) == []
