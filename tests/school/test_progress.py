"""What Progress says of known series: better, worse, the same, too early, withheld, tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import people
import pytest

from school.config import ENGLAND, INDIA
from school.progress import Goal, Progress, default_goal, measures_over_time, progress
from school.store import Store
from school.view import View

MONDAY = date(2025, 4, 7)
STUDENTS = 40
USUAL = [4, 6, 3, 5, 4, 6, 5, 3, 6, 4, 5, 4]  # absences a day-week of 40 students
EASY = INDIA


def weeks(absences: Sequence[int | None], first: date = MONDAY) -> list[dict[str, Any]]:
    """Forty students, five days a week; of each week's 200 marks so many are absences."""
    rows: list[dict[str, Any]] = []
    for number, missed in enumerate(absences):
        if missed is None:
            continue
        monday = first + timedelta(days=7 * number)
        for i in range(STUDENTS * 5):
            absent = 2 if (i * 7 + number) % (STUDENTS * 5) < missed else 0
            rows.append({
                "student": i % STUDENTS + 1, "date": monday + timedelta(days=i // STUDENTS),
                "session": "DAY", "org_id": "hill", "grade": "6", "class": "6 A",
                "code": "A" if absent else "P", "possible": 2, "absent": absent,
                "category": "absent_unauthorised" if absent else "present"})
    return rows


def year_view(end: date = date(2026, 3, 31), **more: Any) -> View:
    return View(date(2025, 4, 1), end, end, **more)


def put(store: Store, rows: list[dict[str, Any]]) -> Store:
    return people.fill(store, {"organisations": [people.school()], "attendance": rows})


def look(store: Store, absences: Sequence[int | None], measure: str = "attendance_rate",
         **more: Any) -> Progress:
    return progress(put(store, weeks(absences)), measure, year_view(), EASY, **more)


def test_twelve_quiet_weeks_are_the_same(empty: Store) -> None:
    found = look(empty, USUAL)
    assert (found.verdict, found.every, len(found.points)) == ("same", "week", 12)
    assert found.chart is not None and found.chart.baseline == 12
    assert found.chart.mean == pytest.approx(1 - sum(USUAL) / 12 / 200)
    assert found.lead.bold.startswith(
        "No change beyond the usual ups and downs: 98.0% in the week of 23 Jun, usually ")
    assert "Nothing here needs explaining." in found.lead.rest
    assert found.assurance == "met"


def test_a_fall_is_named_from_its_week_with_now_and_before(empty: Store) -> None:
    found = look(empty, [*USUAL, 20, 22, 19, 21, 20, 23, 20])
    assert found.verdict == "worse"
    assert found.since == MONDAY + timedelta(days=7 * 12)
    assert found.up is False
    before = 1 - sum(USUAL) / (12 * 200)
    now = 1 - (20 + 22 + 19 + 21 + 20 + 23 + 20) / (7 * 200)
    assert found.lead.bold == (
        "No, it is getting worse. Attendance has been below its usual range since the week of "
        f"30 Jun: now {now:.1%}, before {before:.1%}.")
    assert found.assurance == "mixed", "judged at the new level, not at the old one"


def test_the_same_fall_is_good_news_for_absence_and_the_range_stays_frozen(empty: Store) -> None:
    fewer = [30, 28, 31, 29, 30, 32, 29, 31, 30, 28, 31, 30, *[12, 10, 11, 13, 10, 12, 11, 10]]
    found = look(empty, fewer, "absence_rate")
    assert found.verdict == "better"
    assert found.lead.bold.startswith("Yes. Absence has been below its usual range since the week")
    assert found.chart is not None
    assert found.chart.baseline == 12, "it stops where the change begins"
    assert found.chart.mean == pytest.approx(sum(fewer[:12]) / 12 / 200)
    assert [p.signal for p in found.points[:12]] == [None] * 12
    assert {p.signal for p in found.points[12:]} == {"better"}


def test_a_bad_week_that_is_over_is_named_and_is_no_verdict(empty: Store) -> None:
    found = look(empty, [*USUAL, 24, *USUAL[:5]])
    assert found.verdict == "same"
    assert "One earlier point was beyond them: week of 30 Jun." in found.lead.rest
    assert [p.label for p in found.points if p.signal] == ["week of 30 Jun"]


def test_only_the_latest_week_beyond_is_said_with_care(empty: Store) -> None:
    found = look(empty, [*USUAL, 24])
    assert found.verdict == "worse"
    assert found.lead.bold.startswith(
        "Attendance was below its usual range in the week of 30 Jun: 88.0%, usually ")
    assert found.lead.rest.startswith("One point alone often has a cause of its own.")


def test_seven_weeks_are_too_early_and_say_when(empty: Store) -> None:
    found = look(empty, USUAL[:7])
    assert found.verdict == "early"
    assert found.chart is None and found.usual == ""
    # the seventh week begins on 19 May; five more end on 28 June
    assert found.ready_on == date(2025, 6, 28)
    assert found.lead.bold == (
        "Too early to say: 7 weeks so far, 12 are needed (about 28 Jun).")


def test_holidays_break_the_line(empty: Store) -> None:
    found = look(empty, [*USUAL[:6], None, None, None, *USUAL[6:]])
    assert len(found.points) == 15
    assert [p.value for p in found.points[6:9]] == [None, None, None]
    assert found.verdict == "same"
    assert found.chart is not None and found.chart.baseline == 12


def test_a_short_week_is_drawn_and_not_judged(empty: Store) -> None:
    rows = weeks([*USUAL, 4])
    last = MONDAY + timedelta(days=7 * 12)
    rows = [r for r in rows if r["date"] <= last]  # the last week has one day
    for row in rows:
        if row["date"] == last:
            row.update(absent=2, category="absent_unauthorised")
    found = progress(put(empty, rows), "attendance_rate", year_view(), EASY)
    assert found.points[-1].value == 0.0
    assert found.points[-1].judged is False
    assert found.points[-1].note == "short week, not judged"
    assert found.verdict == "same"
    assert found.latest is not None and found.latest.label == "week of 23 Jun"


def cut(rows: list[dict[str, Any]], short: dict[int, int]) -> list[dict[str, Any]]:
    """Without the last days of some weeks: week number to the days that stay."""
    return [r for r in rows
            if (r["date"] - MONDAY).days % 7 < short.get((r["date"] - MONDAY).days // 7, 7)]


def test_a_week_of_four_days_is_judged_and_one_of_three_is_not(empty: Store) -> None:
    store = put(empty, cut(weeks(USUAL * 2), {5: 4, 9: 3}))
    for measure in ("attendance_rate", "long_run", "unrecorded"):
        found = progress(store, measure, year_view(), EASY)
        assert [p.label for p in found.partial] == ["week of 9 Jun"], measure
        assert found.partial[0].note == "short week, not judged"
    found = progress(store, "attendance_rate", year_view(), EASY)
    assert "24 weeks, 1 of them not judged." in found.alt
    assert found.rules[0] == ("A week is judged where at least three quarters of the usual school "
                              "days stand behind it: 23 of 24 weeks.")


def test_short_weeks_neither_break_a_run_nor_hide_a_change(empty: Store) -> None:
    """Seven whole weeks below, every third of all weeks cut to two days that are all absent."""
    whole = [*USUAL, 16, 17, 15, 16, 17, 16, 15]
    rows: list[dict[str, Any]] = []
    number, short = 0, {}
    for at, missed in enumerate(whole):
        rows += weeks([missed], MONDAY + timedelta(days=7 * number))
        number += 1
        if at % 2:
            rows += weeks([200], MONDAY + timedelta(days=7 * number))
            short[number] = 2
            number += 1
    found = progress(put(empty, cut(rows, short)), "attendance_rate", year_view(), EASY)
    assert len(found.partial) == len(short) == 9
    assert found.verdict == "worse"
    assert found.since == MONDAY + timedelta(days=7 * 18), "the first whole week of the fall"
    assert all(p.signal is None for p in found.partial)
    assert found.lead.bold.endswith("now 92.0%, before 97.7%.")


def test_a_roll_that_shrinks_by_a_third_makes_no_week_short(empty: Store) -> None:
    rows = [r for r in weeks([4] * 24) if r["student"] > 14 or (r["date"] - MONDAY).days < 130]
    found = progress(put(empty, rows), "attendance_rate", year_view(), EASY)
    assert found.points[-1].people == 26 and found.partial == ()


def test_a_week_of_hardly_any_student_is_not_judged(empty: Store) -> None:
    rows = [r for r in weeks([4] * 13) if r["student"] <= 12 or (r["date"] - MONDAY).days < 84]
    found = progress(put(empty, rows), "attendance_rate", year_view(), EASY)
    assert [p.note for p in found.partial] == ["few students, not judged"]


def test_short_weeks_of_a_year_earlier_draw_no_line(empty: Store) -> None:
    last = cut(weeks([10] * 12, date(2024, 4, 8)), {4 - 52: 2})
    put(empty, [*last, *weeks(USUAL)])
    found = progress(empty, "attendance_rate", year_view(MONDAY + timedelta(days=81)), None)
    assert [i for i, p in enumerate(found.points) if p.before is None] == [4]


def test_a_change_that_chance_makes_too_is_said_to_be_unclear(empty: Store) -> None:
    """Eight weeks a little worse: the rules see a run on one side, and chance makes many such."""
    drift = [4, 6, 3, 5, 4, 6, 5, 3, 6, 4, 5, 4, 6, 3, 5, 5, 6, 5, 7, 5, 6, 5]
    found = look(empty, drift)
    assert found.verdict == "same" and found.since is None
    assert found.lead.bold == ("No clear change: 97.5% in the week of 1 Sep, usually "
                               f"{found.usual}.")
    assert found.lead.rest.startswith("Attendance has been lower than usual since the week of ")
    assert "That could still be chance." in found.lead.rest
    assert found.chance == "Chance alone shows as much in more than 5 of 100 charts this long."


def test_one_last_week_beyond_may_be_chance_and_is_drawn_all_the_same(empty: Store) -> None:
    found = look(empty, [6, 8, 10, 12, 10, 8] * 3 + [6, 8, 10, 12, 15])
    assert found.verdict == "same" and found.points[-1].signal == "worse"
    assert found.lead.bold.startswith("No clear change: 92.5% in the week of 8 Sep, usually ")
    assert found.lead.rest.startswith("It lies beyond them, and that could still be chance.")


def test_how_rare_chance_is_stands_beside_every_verdict(empty: Store) -> None:
    found = look(empty, USUAL)
    assert found.chance == ("A change is named only where chance shows as much in fewer than 5 of "
                            "100 charts this long.")
    put(empty, weeks([20, 22, 19, 21, 20, 23, 20], MONDAY + timedelta(days=84)))
    worse = progress(empty, "attendance_rate", year_view(), EASY)
    assert worse.verdict == "worse"
    assert worse.chance == "Chance alone shows as much in fewer than 1 of 100 charts this long."


def test_a_week_marked_too_little_is_a_gap(empty: Store) -> None:
    calendar = [{"org_id": "*", "date": MONDAY + timedelta(days=7 * w + d), "day_type": "school"}
                for w in range(13) for d in range(5)]
    rows = [r for r in weeks([*USUAL, 4])
            if r["date"] < MONDAY + timedelta(days=84) or r["date"].isoweekday() <= 2]
    store = people.fill(empty, {"organisations": [people.school()], "attendance": rows,
                                "calendar": calendar,
                                "enrollment": [{"student": i + 1, "org_id": "hill",
                                                "begin_date": date(2025, 4, 1),
                                                "academic_year": "2025-26", "grade": "6"}
                                               for i in range(STUDENTS)]})
    found = progress(store, "attendance_rate", year_view(), EASY)
    assert len(found.points) == 12, "the last week is a gap, and a gap at the end is not drawn"


def test_a_register_hardly_marked_is_withheld(empty: Store) -> None:
    calendar = [{"org_id": "*", "date": MONDAY + timedelta(days=7 * w + d), "day_type": "school"}
                for w in range(12) for d in range(5)]
    rows = [r for r in weeks(USUAL) if r["date"].isoweekday() <= 2]
    store = people.fill(empty, {"organisations": [people.school()], "attendance": rows,
                                "calendar": calendar,
                                "enrollment": [{"student": i + 1, "org_id": "hill",
                                                "begin_date": date(2025, 4, 1),
                                                "academic_year": "2025-26", "grade": "6"}
                                               for i in range(STUDENTS)]})
    found = progress(store, "attendance_rate", year_view(), EASY)
    assert found.verdict == "withheld"
    assert "Below 70% a rate would mislead." in found.lead.text


def test_nothing_and_one_student(empty: Store, june: View) -> None:
    found = progress(empty, "attendance_rate", june, INDIA)
    assert (found.verdict, found.points, found.latest) == ("none", (), None)
    assert found.lead.bold == "There are no marks here yet."
    assert found.alt == "No chart: There are no marks here yet."
    one = [r for r in weeks(USUAL) if r["student"] == 1]
    found = progress(put(empty, one), "attendance_rate", year_view(), INDIA)
    assert found.lead.bold == "This is one student, so no rate is shown."
    assert found.points == ()


def test_months_where_only_months_are_there(empty: Store) -> None:
    rows = []
    for month in range(4, 8):
        for i in range(1, 31):
            rows.append({"student": i, "begin_date": date(2025, month, 1),
                         "end_date": date(2025, month + 1, 1), "org_id": "hill", "grade": "6",
                         "possible": 40, "absent": 4})
    store = people.fill(empty, {"organisations": [people.school()], "attendance_periods": rows})
    found = progress(store, "attendance_rate", year_view(), INDIA)
    assert (found.every, [p.label for p in found.points]) == (
        "month", ["Apr 2025", "May 2025", "Jun 2025", "Jul 2025"])
    assert found.lead.bold == "Too early to say: 4 months so far, 12 are needed (about Mar 2026)."


def test_this_year_stands_beside_last_year_to_the_same_date(empty: Store) -> None:
    last = weeks([10] * 12, date(2024, 4, 8))
    put(empty, [*last, *weeks(USUAL)])
    end = MONDAY + timedelta(days=7 * 12 - 3)
    found = progress(empty, "attendance_rate", year_view(end), None)
    assert found.year_before == pytest.approx(0.95, abs=1e-3)
    assert found.year_before_end == end.replace(year=2024)
    assert found.year_now == pytest.approx(1 - sum(USUAL) / 2400)
    assert [p.before for p in found.points] == pytest.approx([0.95] * 12)
    assert "last year to the same date, 27 Jun 2024, it was 95.0%." in found.lead.rest


def test_the_target_is_the_presets_until_one_is_set(empty: Store) -> None:
    found = look(empty, USUAL)
    assert found.goal == default_goal("attendance_rate", INDIA) == Goal(0.9, None, "India default")
    assert "As things are, 90% is reached every week." in found.lead.rest
    own = progress(empty, "attendance_rate", year_view(), EASY, Goal(0.98))
    assert own.assurance == "mixed"
    assert "98% is reached in some weeks and missed in others." in own.lead.rest
    assert default_goal("absence_rate", ENGLAND) == Goal(0.05, None, "England default")
    assert default_goal("headcount", INDIA) is None and default_goal("pass_rate", None) is None


def test_a_target_above_the_usual_range_will_not_be_reached(empty: Store) -> None:
    found = look(empty, [a + 40 for a in USUAL])
    assert found.assurance == "missed"
    assert ("As things are, 90% will not be reached; it lies above the usual range."
            in found.lead.rest)


def test_a_school_that_loses_students_says_so(empty: Store) -> None:
    stays = [{"student": i, "org_id": "hill", "begin_date": date(2025, 4, 1), "grade": "6",
              "academic_year": "2025-26",
              "end_date": date(2025, 7, 14) + timedelta(days=4 * i) if i <= 25 else None}
             for i in range(1, STUDENTS + 1)]
    store = people.fill(empty, {"organisations": [people.school()], "enrollment": stays,
                                "attendance": weeks([4] * 30)})
    found = progress(store, "headcount", year_view(date(2025, 10, 31)), INDIA)
    assert found.verdict == "changed"
    assert found.up is False
    assert found.question == "Is the number of students changing?"
    assert found.lead.bold.startswith("The number of students has been below its usual range since")
    assert found.chance == "" and found.rules == (
        "A change is looked for by its size: a week beyond the usual range.",)


def with_tests(store: Store, scores: dict[tuple[str, str, date], list[float]]) -> Store:
    assessments, results = [], []
    for number, ((year, name, day), values) in enumerate(scores.items(), start=1):
        assessments.append({"assessment_id": number, "name": name, "subject": "Mathematics",
                            "academic_year": year, "scale": "points", "max_score": 100.0})
        results += [{"student": i, "assessment_id": number, "date": day, "attempt": 1,
                     "org_id": "hill", "grade": "6", "status": "scored", "score": v}
                    for i, v in enumerate(values, start=1)]
    return people.fill(store, {"organisations": [people.school()], "assessments": assessments,
                               "results": results})


LOW = [30.0 + (i * 7) % 30 for i in range(40)]
HIGH = [v + 20 for v in LOW]


def test_a_test_is_held_against_the_same_test_of_last_year(empty: Store) -> None:
    with_tests(empty, {("2024-25", "Term 1", date(2024, 9, 20)): LOW,
                     ("2024-25", "Term 2", date(2025, 3, 20)): HIGH,
                     ("2025-26", "Term 1", date(2025, 9, 20)): HIGH})
    found = progress(empty, "mean_score", View(date(2024, 4, 1), date(2025, 11, 14),
                                               date(2025, 11, 14)), INDIA)
    assert [p.label for p in found.points] == [
        "Term 1, 2024-25", "Term 2, 2024-25", "Term 1, 2025-26"]
    assert found.verdict == "better"
    assert found.lead.bold.startswith(
        "Yes. The mean score moved from 44.3% in Term 1, 2024-25 to 64.3% in Term 1, 2025-26.")
    assert found.lead.rest.startswith("That is 20 points up, likely ")
    assert found.points[2].before == found.points[0].value
    assert found.alt.startswith("Dots with ranges of the mean score by test, 3 tests.")


def test_tests_that_hardly_differ_are_chance_and_say_that_tests_differ(empty: Store) -> None:
    with_tests(empty, {("2025-26", "Term 1", date(2025, 9, 20)): LOW,
                     ("2025-26", "Term 2", date(2026, 3, 20)): [v + 1 for v in LOW]})
    found = progress(empty, "mean_score", year_view(), INDIA)
    assert found.verdict == "same"
    assert found.lead.bold.startswith("No clear change: the mean score was 44.3% in Term 1")
    assert "could be chance" in found.lead.rest
    assert "Different tests can differ in difficulty." in found.lead.rest


def test_one_test_is_too_early(empty: Store) -> None:
    with_tests(empty, {("2025-26", "Term 1", date(2025, 9, 20)): LOW})
    found = progress(empty, "pass_rate", year_view(), INDIA)
    assert found.verdict == "early"
    assert found.lead.bold == "Too early to say: 1 test so far, 2 are needed."


def reading(store: Store, reached: Sequence[int], all_tested: Sequence[int] = ()) -> Store:
    """Weekly reading checks of 40 students: in each week so many have reached the level.

    In the weeks of `all_tested` 160 others, who read well, are tested too.
    """
    levels = [{"scale": "ASER reading", "level": "Letter", "level_order": 1, "reached": False},
              {"scale": "ASER reading", "level": "Paragraph", "level_order": 2, "reached": True}]
    results = [{"student": i, "assessment_id": 1, "date": date(2025, 6, 4) + timedelta(days=7 * w),
                "attempt": 1, "org_id": "hill", "grade": "3", "status": "scored",
                "level": "Paragraph" if (i * 3 + w) % STUDENTS < many else "Letter"}
               for w, many in enumerate(reached)
               for i in range(STUDENTS * (5 if w in all_tested else 1))]
    for row in results:
        row["level"] = "Paragraph" if row["student"] >= STUDENTS else row["level"]
    return people.fill(store, {
        "organisations": [people.school()], "levels": levels, "results": results,
        "assessments": [{"assessment_id": 1, "name": "Reading check", "subject": "Reading",
                         "academic_year": "2025-26", "scale": "ASER reading"}]})


def test_a_reading_programme_that_worked_is_named_from_its_week(empty: Store) -> None:
    before = [16, 18, 15, 17, 16, 14, 17, 16, 18, 15, 16, 17, 15, 16, 18, 17]
    found = progress(reading(empty, [*before, 22, 28, 33, 36, 36, 35]), "share_at_level",
                     year_view(date(2025, 11, 14)), INDIA)
    assert (found.verdict, found.every) == ("better", "week")
    assert found.since == date(2025, 9, 22)
    assert found.lead.bold.startswith("Yes. The share at the expected level has been above its "
                                      "usual range since the week of 22 Sep: now 79%, before 41%.")


def test_a_programme_that_did_not_work_is_no_change(empty: Store) -> None:
    flat = [16, 18, 15, 17, 16, 14, 17, 16, 18, 15, 16, 17, 15, 16, 18, 17, 16, 15, 17, 18, 16, 15]
    found = progress(reading(empty, flat), "share_at_level", year_view(date(2025, 11, 14)), INDIA)
    assert found.verdict == "same"


def test_a_target_that_some_weeks_missed_is_not_said_to_be_reached_every_week(
    empty: Store,
) -> None:
    store = put(empty, weeks([*USUAL, 5, 4, 40, 5, 4, 3]))
    found = progress(store, "attendance_rate", year_view(), EASY, Goal(0.90))
    assert found.assurance == "met"
    assert "90% is reached in usual weeks; 1 of 18 weeks missed it." in found.lead.rest


def test_weeks_in_which_others_were_tested_too_are_no_change(empty: Store) -> None:
    flat = [16, 18, 15, 17, 16, 14, 17, 16, 18, 15, 16, 17, 15, 16, 18, 17, 16, 15, 17, 18, 16, 15]
    found = progress(reading(empty, flat, all_tested=(6, 21)), "share_at_level",
                     year_view(date(2025, 11, 14)), INDIA)
    assert found.verdict == "same"
    assert [p.note for p in found.points if p.note] == ["other students too: 200, usually 40"]
    assert found.part == (40, 200)
    assert "Most weeks tell of about 40 of the 200 students, not of all." in found.lead.rest


def test_alt_text_is_whole_and_short(empty: Store) -> None:
    found = look(empty, [*USUAL, 20, 22, 19, 21, 20, 23, 20])
    assert found.alt.startswith("Line chart of attendance by week, 19 weeks. Lowest 88.5%, week of")
    assert found.alt.endswith("All values are in the table below.")
    assert len(found.alt) <= 300


def test_gain_and_surveys_are_not_followed_by_week(empty: Store) -> None:
    known = measures_over_time(empty, ENGLAND)
    assert known["chronic_absence"] == "Persistent absence"
    assert not {"days_left", "census_headcount", "net_score"} & set(known)
    assert "attendance_rate" in known and "headcount" in known
    assert "gain" not in known and "favourable_share" not in known
