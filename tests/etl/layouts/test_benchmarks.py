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


# Invented figures in the published shape; whom a line speaks of is told in two columns.
BY_WHOM = (
    ("Free school meals", "FSM eligible", "free school meals"),
    ("Free school meals", "FSM eligible in last 6 years", "free school meals"),
    ("Ethnic group (major)", "Asian or Asian British", "ethnic group major"),
    ("SEN provision", "Education, health and care plan", "sen provision"),
    ("First language", "Known or believed to be other than English", "first language"),
    ("National curriculum year", "Year 7", "national curriculum year"),
)


@pytest.mark.parametrize("heads", [
    ("characteristic_group", "characteristic"), ("breakdown_topic", "breakdown"),
    ("characteristic_topic", "characteristic")])
@pytest.mark.parametrize("kind", ["school_type", "education_phase"])
def test_absence_by_any_characteristic_keeps_what_it_is_split_by(
    heads: tuple[str, str], kind: str
) -> None:
    names = [*COLUMNS[:9], kind, *heads, *COLUMNS[11:]]
    lines = [("Total", "Total", "Total"), *(("Total", g, c) for g, c, _ in BY_WHOM)]
    text = "\n".join(["|".join(names), *(
        f"202324|Academic year|{NATION}|{'|'.join(line)}|1000|{70 + n}|{7 + n / 10}|100|{20 + n}|"
        f"{20 + n}" for n, line in enumerate(lines))])
    got = read(sheet(text, file="absence.csv"), context("england"), "benchmarks")
    told = rows(got.facts["benchmarks"], "measure", "dimension", "value", "share")
    assert [t[1:] for t in told if t[0] == "chronic_absence"] == [
        ("total", "total", 0.2),
        *((dim, value, pytest.approx(0.21 + n / 100))
          for n, (_, value, dim) in enumerate(BY_WHOM))]
    assert (got.read, got.rejected, got.findings) == (7, frozenset(), ())


def test_a_column_that_has_a_total_of_its_own_splits_the_lines_too() -> None:
    names = [*COLUMNS[:10], "pupil_fsm_status", *COLUMNS[11:]]
    text = "\n".join(["|".join(names), *(
        f"202324|Academic year|{NATION}|Total|{who}|1000|70|7|100|{n}|{n}"
        for who, n in (("Total", 20), ("FSM eligible", 30), ("Not eligible", 15)))])
    got = read(sheet(text, file="absence.csv"), context("england"), "benchmarks")
    told = [r for r in rows(got.facts["benchmarks"], "measure", "dimension", "value", "share")
            if r[0] == "chronic_absence"]
    assert told == [("chronic_absence", "total", "total", 0.2),
                    ("chronic_absence", "pupil fsm status", "FSM eligible", 0.3),
                    ("chronic_absence", "pupil fsm status", "Not eligible", 0.15)]


def test_lines_that_are_split_by_what_nobody_knows_are_refused_in_words() -> None:
    names = [*COLUMNS[:11], "pupil_fsm_status", *COLUMNS[11:]]
    text = "\n".join(["|".join(names), *(
        f"202324|Academic year|{NATION}|Total|Total|{who}|1000|70|7|100|{n}|{n}"
        for who, n in (("FSM eligible", 30), ("Not eligible", 15)))])
    got = read(sheet(text, file="absence.csv"), context("england"), "benchmarks")
    (finding,) = [f for f in got.findings if f.level == "stops"]
    assert "“pupil_fsm_status”" in finding.words and not got.facts
