"""Published shares keep source, year and place, and are never counts or totals of our own."""

from __future__ import annotations

import pytest

from etl import workbook
from tests.etl.test_systems import SYSTEMS
from tests.grids import context, read, rows, sheet, taken

LIST = """
Source|Year|Place|Measure|Group|Value in percent|Of how many
DfE report|2016/17|England|Persistent absence|All|10.8 %|6899770
DfE report|2016/17|England|Persistent absence|Boys|10,9|
DfE report|2016/17|England|Pass rate|Mathematics|65|
"""
COLUMNS = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_code", "region_name", "new_la_code", "la_name", "school_type", "characteristic",
    "sess_possible", "sess_overall", "sess_overall_percent", "enrolments",
    "enrolments_pa_10_exact", "enrolments_pa_10_exact_percent")
NATION = "National|E92|England||||"
REGION = "Regional|E92|England|E12|London||"
CAMDEN = "|E92|England|E12|London|E09|Camden"
ABSENCE = "\n".join(["|".join(COLUMNS), *(
    f"{year}|{place}|{rest}" for year, place, rest in (
        ("202324|Academic year", NATION, "Total|Total|1000|70|7|100|20|20"),
        ("202324|Academic year", REGION, "Total|Total|500|30|6|50|8|16"),
        ("202324|Academic year", f"Local authority{CAMDEN}", "Total|Total|z|z|6.5|z|z|17.5"),
        ("202324|Academic year", f"Local authority{CAMDEN}", "Primary|Female|c|c|c|c|c|c"),
        ("202324|Academic year", f"Local authority{CAMDEN}", "Primary|Female|100|5|5|10|1|10"),
        ("202324|Academic year", f"School{CAMDEN}", "Total|Total|100|5|5|10|1|10"),
        ("202425|Autumn term", NATION, "Total|Total|1000|60|6|100|15|15"),
        ("soon|Academic year", NATION, "Total|Total|1000|60|6|100|15|15")))])


def test_kat_2_england_2016_17_is_what_was_published() -> None:
    (grid,) = workbook.read_sheets(SYSTEMS / "england" / "absence national.csv")
    got = read(grid, context("england"), "benchmarks")
    told = {(r["measure"], r["value"]): r for r in got.facts["benchmarks"].to_pylist()}
    whole = told["chronic_absence", "total"]
    assert (whole["source"], whole["academic_year"], whole["name"], whole["level"]) == (
        "DfE, pupil absence in schools", "2016-17", "England", "national")
    assert (whole["numerator"], whole["denominator"]) == (744275, 6899770)
    assert {k: round(100 * r["share"], 1) for k, r in told.items()} == {
        ("absence_rate", "total"): 4.7, ("attendance_rate", "total"): 95.3,
        ("chronic_absence", "total"): 10.8, ("absence_rate", "male"): 4.7,
        ("attendance_rate", "male"): 95.3, ("chronic_absence", "male"): 10.9}
    assert set(got.facts) == {"benchmarks"}


def test_levels_parts_and_parts_of_a_year_stay_apart() -> None:
    got = read(sheet(ABSENCE, file="absence.csv"), context("england"), "benchmarks")
    table = got.facts["benchmarks"]
    told = [r for r in rows(table, "measure", "level", "place", "dimension", "value", "share")
            if r[0] == "chronic_absence"]
    assert told == [
        ("chronic_absence", "national", "E92", "total", "total", 0.2),
        ("chronic_absence", "regional", "E12", "total", "total", 0.16),
        ("chronic_absence", "local", "E09", "total", "total", 0.175),
        ("chronic_absence", "local", "E09", "school type + sex", "Primary + female", 0.1),
        ("chronic_absence", "national", "E92", "total", "total", 0.15)]
    assert set(table["source"].to_pylist()) == {
        "DfE, pupil absence in schools", "DfE, pupil absence in schools, autumn term"}
    assert (got.read, got.rejected) == (6, frozenset({9}))
    assert {f.rule: f.count for f in got.findings} == {"no year": 1, "no share": 2}


def test_a_list_of_our_own_form_says_source_year_place_and_measure() -> None:
    got = read(sheet(LIST), context(), "benchmarks")
    assert rows(got.facts["benchmarks"], "measure", "academic_year", "dimension", "value",
                "share", "denominator", "level") == [
        ("chronic_absence", "2016-17", "total", "total", 0.108, 6899770.0, "national"),
        ("chronic_absence", "2016-17", "sex", "male", 0.109, None, "national"),
        ("pass_rate", "2016-17", "group", "Mathematics", 0.65, None, "national")]
    assert not got.rejected and not got.findings


@pytest.mark.parametrize(("line", "rule"), [
    ("|2016/17|England|Absence|All|5|", "no source"),
    ("DfE|some day|England|Absence|All|5|", "no year"),
    ("DfE|2016/17||Absence|All|5|", "no place"),
    ("DfE|2016/17|England|Happiness|All|5|", "unknown measure"),
    ("DfE|2016/17|England|Absence|All|108|", "no share"),
    ("DfE|2016/17|England|Absence|All|-5|", "no share")])
def test_a_line_that_cannot_stand_beside_a_number_is_named_and_the_others_load(
    line: str, rule: str
) -> None:
    got = read(sheet(LIST + line), context(), "benchmarks")
    (finding,) = got.findings
    assert (finding.rule, finding.row, got.rejected) == (rule, 5, frozenset({5}))
    assert got.facts["benchmarks"].num_rows == 3


def test_a_line_said_twice_counts_as_it_stands_last() -> None:
    header, first = ABSENCE.strip().splitlines()[:2]
    twice = [header, first, first.replace("|20|20", "|30|30")]
    got = read(sheet("\n".join(twice)), context("england"), "benchmarks")
    shares = {r["measure"]: r["share"] for r in got.facts["benchmarks"].to_pylist()}
    assert shares["chronic_absence"] == 0.3
    (finding,) = got.findings
    assert (finding.rule, finding.row, got.rejected) == ("said twice", 2, frozenset({2}))


def test_a_file_of_schools_alone_still_counts_their_pupils() -> None:
    (grid,) = workbook.read_sheets(SYSTEMS / "england" / "absence by school.csv")
    assert taken(grid, context("england")).layout == "enrollment_counts"
