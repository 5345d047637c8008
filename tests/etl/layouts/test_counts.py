"""Published counts: levels and files are never added up, a total is never added to its parts."""

from __future__ import annotations

import time

import pytest

from etl import workbook
from etl.layouts import layouts
from etl.layouts.counts import choose
from etl.model import Recognition, Sheet
from tests.grids import context, read, real, rows, sheet, taken

TABLE = """
year|level|region_name|laestab|school_type|headcount
201617|National|||Total|30
201617|National|||primary|20
201617|Region|North||Total|30
201617|School|North|1001|primary|12
201617|School|North|1002|primary|8
201617|School|North|1003|special|10
"""


def facts(text: str, **answers: str) -> set[tuple[object, ...]]:
    got = read(sheet(text, file="counts.csv"), context("england", **answers), "enrollment_counts")
    return set(
        rows(got.facts["enrollment_counts"], "org_id", "level", "dimension", "value", "headcount")
    )


def test_each_level_stands_apart_and_a_school_s_kind_splits_nothing() -> None:
    assert facts(TABLE.replace("level|", "level|").replace("region_name", "region")) == {
        ("north", "region", "total", "total", 30),
        ("1001", "school", "total", "total", 12),
        ("1002", "school", "total", "total", 8),
        ("1003", "school", "total", "total", 10),
    } | {f for f in facts(TABLE) if f[1] == "national"}


def test_a_national_row_needs_a_country_to_stand_for() -> None:
    got = read(sheet(TABLE), context("england"), "enrollment_counts")
    assert got.rejected == {2, 3}
    named = TABLE.replace("region_name", "country_name|region_name").replace(
        "|National||", "|National|England||"
    )
    named = named.replace("|Region|", "|Region||").replace("|School|", "|School||")
    assert ("england", "national", "total", "total", 30) in facts(named)
    assert ("england", "national", "school_type", "primary", 20) in facts(named)


def test_the_two_lines_of_one_school_are_parts_of_its_total() -> None:
    many = "year|level|laestab|school_type|headcount\n" + "\n".join(
        f"201617|School|{n}|primary|10" for n in range(1000, 1200)
    )
    got = read(
        sheet(many + "\n201617|School|1007|secondary|5"), context("england"), "enrollment_counts"
    )
    school = [
        h for o, h in rows(got.facts["enrollment_counts"], "org_id", "headcount") if o == "1007"
    ]
    assert school == [15]
    assert any(f.rule == "parts of one school" for f in got.findings)


def test_boys_and_girls_without_a_total_add_up_to_one_and_say_so() -> None:
    text = """
UDISE Code|School Name|Class|Boys|Girls
101|Hillside|1|10|12
101|Hillside|2|9|11
"""
    got = read(sheet(text), context("india", year="2025-26"), "enrollment_counts")
    told = rows(got.facts["enrollment_counts"], "dimension", "value", "headcount")
    assert ("total", "total", 42) in told
    assert ("grade + sex", "1 + male", 10) in told
    assert any(f.rule == "total added up" for f in got.findings)


def test_a_symbol_is_left_out_and_a_wrong_number_is_named() -> None:
    got = read(
        sheet(TABLE.replace("|8\n", "|x\n").replace("|10", "|ten")),
        context("england"),
        "enrollment_counts",
    )
    assert 7 in got.rejected and 6 not in got.rejected
    finding = next(f for f in got.findings if f.rule == "count")
    assert (finding.row, finding.column, finding.found) == (7, "headcount", "ten")
    assert any(f.rule == "no number" and "x means not shown" in f.words for f in got.findings)


def test_of_two_different_numbers_for_one_thing_the_last_stands() -> None:
    again = TABLE + "201617|School|North|1001|primary|13\n201617|School|North|1002|primary|8\n"
    got = read(sheet(again), context("england"), "enrollment_counts")
    assert {5} == got.rejected - {2, 3}
    assert ("1001", 13) in rows(got.facts["enrollment_counts"], "org_id", "headcount")


def test_a_table_without_a_year_asks_for_it() -> None:
    text = "School Code|School Name|Enrolment\n1|Hillside|300\n2|Riverside|200"
    known = taken(sheet(text), context())
    assert [q.about for q in known.questions] == ["year"]


@pytest.fixture(scope="module")
def published() -> list[tuple[Sheet, Recognition]]:
    sheets = workbook.read_sheets(real("enrolment-242k-zip", "schpupnum.zip"))
    return [(s, taken(s, context("england"))) for s in sheets]


def test_of_three_real_overlapping_files_the_one_with_schools_is_used(
    published: list[tuple[Sheet, Recognition]],
) -> None:
    aside = choose(published)
    assert [s.name for s, _ in published if s.key not in aside] == ["schpupnum_geoglevels"]
    assert all("schpupnum_geoglevels.csv" in words for words in aside.values())


def test_real_england_2016_17_is_8_025_073_from_schools_and_8_025_075_as_published(
    published: list[tuple[Sheet, Recognition]],
) -> None:
    grid, known = next((s, r) for s, r in published if s.name == "schpupnum_geoglevels")
    begun = time.perf_counter()
    got = layouts()[known.layout].extract(grid, known, context("england"))
    assert time.perf_counter() - begun < 20
    assert (got.read + got.skipped, got.rejected) == (242_176, frozenset())
    lines = [
        r[2:]
        for r in rows(
            got.facts["enrollment_counts"], "academic_year", "dimension", "level", "headcount"
        )
        if r[:2] == ("2016-17", "total")
    ]
    assert sum(n for level, n in lines if level == "school") == 8_025_073
    assert [n for level, n in lines if level == "national"] == [8_025_075]
    assert sum(level == "school" for level, _ in lines) == 21_319
    keys = (
        got.facts["enrollment_counts"]
        .group_by(["org_id", "academic_year", "dimension", "value"])
        .aggregate([])
    )
    assert keys.num_rows == got.facts["enrollment_counts"].num_rows
