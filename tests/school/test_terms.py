"""Numbers, dates and every sentence on screen, for none, one, two, many, uncertain, incomplete."""

from __future__ import annotations

import inspect
import re
from datetime import date

import pytest

from school import terms
from school.config import ENGLAND, INDIA, US
from school.terms import Lead, NeedPhrase, feedback, overview, progress, register

OURS = "our goal allows"
ABSENCE = NeedPhrase("Absence", "missed 1 day in 10 or more", 112, 604, 52, 34, OURS)
MATHS = NeedPhrase("Mathematics", "are below pass in mathematics", 141, 588, 23, 4, OURS)
SHIFT = progress.Shift("above its usual range", "week of 8 Sep", "93.4%", "91.1%")


# Numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "n", "expected"),
    [(112, 604, "112 of 604 students"), (1, 604, "1 of 604 students"),
     (0, 604, "none of the 604 students"), (604, 604, "all 604 students"), (0, 0, "no students"),
     (0, 1, "not the one student"), (1, 1, "the one student"),
     (2, 113249, "2 of 1,13,249 students")],
)
def test_a_count_stands_with_its_base(x: int, n: int, expected: str) -> None:
    assert terms.count_of(x, n, "students", INDIA) == expected


@pytest.mark.parametrize(
    ("x", "n", "expected"),
    [(33, 264, "1 in 8"), (112, 604, "nearly 1 in 5"), (102, 1000, "about 1 in 10"),
     (360, 1000, "more than 1 in 3"), (42, 100, "42 of every 100"), (0, 60, "none"),
     (60, 60, "all"), (10, 29, None), (1, 400, "fewer than 1 of every 100"),
     (399, 400, "more than 99 of every 100"), (340, 400, "85 of every 100")],
)
def test_one_in_m_only_where_it_is_near(x: int, n: int, expected: str | None) -> None:
    assert terms.one_in(x, n) == expected


@pytest.mark.parametrize(
    ("rate", "n", "places", "expected"),
    [(112 / 604, 604, 0, "19%"), (0.9312, 12000, 1, "93.1%"), (0.9312, 80, 1, "93%"),
     (0.004, 604, 0, "under 1%"), (0.0, 604, 0, "0%"), (0.9999, 604, 0, "over 99%"),
     (1.0, 604, 0, "100%"), (0.0001, 5000, 1, "under 0.1%"), (0.9999, 5000, 1, "over 99.9%"),
     (1.0, 12000, 1, "100%"), (0.125, 8, 0, "13%"), (0.285, None, 0, "29%")],
)
def test_percent(rate: float, n: int | None, places: int, expected: str) -> None:
    assert terms.percent(rate, n, places) == expected


def test_differences_are_points() -> None:
    assert terms.points(0.04) == "4 points"
    assert terms.points(-0.01) == "1 point"
    assert terms.points(0.004) == "under 1 point"
    assert terms.points(0.0004, 1) == "under 0.1 points"
    assert terms.points(0) == "0 points"
    assert terms.change_words(0.971, 0.931, 12000, 1) == "4 points lower (97.1% to 93.1%)"
    assert terms.change_words(0.91, 0.93) == "2 points higher (91% to 93%)"
    assert terms.change_words(0.931, 0.9312, 12000, 1) == "the same (93.1%)"


def test_ranges_are_words() -> None:
    assert terms.range_words(33.6, 71.5) == "34 to 72"
    assert terms.range_words(3.5, 4.4) == "4"
    assert terms.percent_range(0.896, 0.926, 9000, 1) == "89.6% to 92.6%"
    assert terms.percent_range(0.9, 0.9) == "90%"
    assert terms.at_least(33.5) == "at least 34"
    assert terms.at_least(0.49) == "could be chance"


def test_big_numbers_are_grouped_as_in_the_country() -> None:
    assert terms.grouped(113249, INDIA) == "1,13,249"
    assert terms.grouped(12345678, INDIA) == "1,23,45,678"
    assert terms.grouped(999, INDIA) == "999"
    assert terms.grouped(113249, US) == "113,249"
    assert terms.grouped(-1234.5, None, 1) == "−1,234.5"
    assert terms.grouped(-0.4) == "0"
    assert [terms.big(n, INDIA) for n in (9999, 12_400, 113_249, 25_000_000)] == [
        "9,999", "12.4 thousand", "1.13 lakh", "2.50 crore"]
    assert [terms.big(n, US) for n in (113_249, 8_025_073)] == ["113.2 thousand", "8.03 million"]


def test_counted_and_small_numbers() -> None:
    assert [terms.counted(n, "weeks") for n in (0, 1, 12)] == ["no weeks", "1 week", "12 weeks"]
    assert [terms.small(n) for n in (0, 2, 9, 10)] == ["no", "two", "nine", "10"]
    assert terms.noun(1, "visitors") == "visitors", "an unknown noun stays as it is"


# Dates and country words --------------------------------------------------------------------------


def test_dates_are_written_as_in_the_country() -> None:
    day = date(2025, 11, 14)
    assert terms.day_words(day, INDIA) == "14 Nov 2025"
    assert terms.day_words(day, ENGLAND) == "14 November 2025"
    assert terms.day_words(day, ENGLAND, short=True) == "14 Nov 2025"
    assert terms.day_words(day, US) == "Nov 14, 2025"
    assert terms.day_words(day) == "14 Nov 2025"
    assert terms.week_of(date(2025, 11, 10), INDIA) == "week of 10 Nov"
    assert terms.week_of(date(2025, 11, 10), US) == "week of Nov 10"
    assert terms.week_of(date(2025, 11, 10), US, year=True) == "week of Nov 10, 2025"
    assert terms.month_words(day) == "Nov 2025"
    assert terms.year_label("2025-26", ENGLAND) == "2025/26"
    assert terms.year_label("2025-26", INDIA) == terms.year_label("2025-26") == "2025-26"


def test_spans_say_each_part_once() -> None:
    assert terms.span_words(date(2025, 4, 1), date(2025, 11, 14), INDIA) == "1 Apr to 14 Nov 2025"
    assert terms.span_words(date(2022, 1, 3), date(2022, 1, 28)) == "3 to 28 Jan 2022"
    assert terms.span_words(date(2022, 1, 3), date(2022, 1, 28), US) == "Jan 3 to Jan 28, 2022"
    assert terms.span_words(date(2024, 4, 1), date(2025, 3, 31)) == "1 Apr 2024 to 31 Mar 2025"
    assert terms.span_words(date(2024, 4, 1), date(2024, 4, 1)) == "1 Apr 2024"


def test_country_words() -> None:
    assert [terms.word(p, "grade") for p in (INDIA, US, ENGLAND, None)] == [
        "class", "grade", "year", "grade"]
    assert terms.word(ENGLAND, "chronic") == "persistently absent"
    assert terms.word(INDIA, "schools") == "schools"
    assert terms.word(None, "something") == "something"


def test_certainty_has_five_fixed_labels() -> None:
    assert terms.CERTAINTIES == (
        "Clear", "Close call", "Could be chance", "Too few to say", "Data incomplete")


# Leads ------------------------------------------------------------------------------------------


def texts(*leads: Lead) -> list[str]:
    return [lead.text for lead in leads]


def test_needs_lead_for_every_case() -> None:
    many = terms.needs_lead([ABSENCE, MATHS], chance=2, measures=14)
    assert many == Lead(
        "Absence comes first: 112 of 604 students missed 1 day in 10 or more, 52 more than our "
        "goal allows.",
        "Even allowing for chance it is at least 34. Mathematics is next; two others could be "
        "chance.")
    assert texts(
        terms.needs_lead([], chance=0, measures=0),
        terms.needs_lead([], chance=0, measures=1),
        terms.needs_lead([], chance=3, measures=14),
        terms.needs_lead([], chance=3, measures=14, goals=False),
        terms.needs_lead([MATHS], chance=4, measures=5),
        terms.needs_lead([MATHS], chance=1, measures=2),
        terms.needs_lead([MATHS], chance=0, measures=1, completeness=0.84),
        terms.needs_lead([ABSENCE, MATHS], chance=0, measures=2, tie=True),
        terms.needs_lead([], chance=0, measures=0, completeness=0.61),
    ) == [
        "We need attendance or marks to look for needs.",
        "No need stands out. The one measure we can judge is no worse than our goal beyond chance.",
        "No need stands out. None of 14 measures is worse than our goals beyond chance.",
        "No need stands out. None of 14 measures is worse than its line beyond chance.",
        "One need is clear: 141 of 588 students are below pass in mathematics, 23 more than our "
        "goal allows. The other 4 could be chance.",
        "One need is clear: 141 of 588 students are below pass in mathematics, 23 more than our "
        "goal allows. The other one could be chance.",
        "One need is clear: 141 of 588 students are below pass in mathematics, 23 more than our "
        "goal allows. The register is 84% complete, so this may change.",
        "Absence and mathematics are too close to call for first place. 112 of 604 students missed "
        "1 day in 10 or more; 141 of 588 students are below pass in mathematics.",
        "Only 61% of the register is marked.",
    ]
    assert terms.needs_lead([ABSENCE, MATHS], chance=1, measures=3).rest.endswith(
        "Mathematics is next; one other could be chance.")
    assert terms.needs_lead([ABSENCE, MATHS], chance=0, measures=2).rest.endswith(
        "Mathematics is next.")


def test_overview_lead_for_every_case() -> None:
    gain = "Reading in Class 3 is getting better."
    assert texts(
        terms.overview_lead([ABSENCE, MATHS, MATHS], gain=gain),
        terms.overview_lead([MATHS]),
        terms.overview_lead([ABSENCE, MATHS], gain=gain, completeness=0.84),
        terms.overview_lead([]),
        terms.overview_lead([], gain=gain),
        terms.overview_lead([], uncertain=1),
        terms.overview_lead([], uncertain=2),
        terms.overview_lead([], completeness=0.61),
        terms.overview_lead([], completeness=0.84),
        terms.overview_lead([MATHS], completeness=0.61),
        terms.overview_lead([], judged=False),
    ) == [
        "Three things need attention, absence first: 112 of 604 students missed 1 day in 10 or "
        "more. Reading in Class 3 is getting better.",
        "One thing needs attention: 141 of 588 students are below pass in mathematics.",
        "Two things need attention, absence first: 112 of 604 students missed 1 day in 10 or more. "
        "The register is 84% complete, so this may change.",
        "Nothing stands out beyond the usual ups and downs.",
        "Reading in Class 3 is getting better. Nothing else stands out.",
        "Nothing is certain yet; one thing may need a look.",
        "Nothing is certain yet; two things may need a look.",
        "Only 61% of the register is marked, too little to judge attendance.",
        "Nothing stands out beyond the usual ups and downs. The register is 84% complete, so this "
        "may change.",
        "Only 61% of the register is marked, too little to judge attendance. One thing needs "
        "attention: 141 of 588 students are below pass in mathematics.",
        "Nothing can be judged yet. It takes attendance or marks.",
    ]


def test_a_gain_of_a_part_of_the_students_says_of_how_many() -> None:
    assert overview.gain_sentence([]) == ""
    assert overview.gain_sentence(["attendance"]) == "Attendance is getting better."
    assert overview.gain_sentence(["Reading"], (84, 1486)) == (
        "Reading is getting better for about 84 of 1,486 students.")
    assert overview.gain_sentence(["Reading", "attendance"], (84, 486)) == (
        "Two things are getting better, reading first.")


def test_progress_lead_for_every_case() -> None:
    assert progress.question("attendance", "higher") == "Is attendance getting better?"
    assert progress.question("the number of students", "neither") == (
        "Is the number of students changing?")
    assert progress.noun_of("attendance_rate", "Attendance") == "attendance"
    assert progress.noun_of("new_one", "ASER reading") == "ASER reading"
    assert progress.noun_of("new_one", "Home reading") == "home reading"
    assert texts(
        progress.better_lead("Attendance", SHIFT),
        progress.worse_lead("attendance", SHIFT, "More."),
        progress.changed_lead("on roll", SHIFT),
        progress.once_lead("attendance", "below its usual range", "84.1%", "week of 10 Nov",
                           "89.6% to 92.6%"),
        progress.same_lead("91.2%", "week of 10 Nov", "89.6% to 92.6%"),
        progress.same_lead("91.2%", "week of 10 Nov", "89.6% to 92.6%", ["week of 4 Aug"]),
        progress.same_lead("91.2%", "week of 10 Nov", "89.6% to 92.6%",
                           ["week of 4 Aug", "week of 1 Sep"]),
        progress.early_lead(7, "weeks", 12, "20 Dec"),
        progress.early_lead(1, "months", 12),
        progress.early_lead(0, "weeks", 12),
        progress.no_points_lead("marks"),
        progress.one_student_lead(),
        progress.withheld_lead(0.61),
    ) == [
        "Yes. Attendance has been above its usual range since the week of 8 Sep: now 93.4%, before "
        "91.1%.",
        "No, it is getting worse. Attendance has been above its usual range since the week of "
        "8 Sep: now 93.4%, before 91.1%. More.",
        "On roll has been above its usual range since the week of 8 Sep: now 93.4%, before 91.1%.",
        "Attendance was below its usual range in the week of 10 Nov: 84.1%, usually 89.6% to "
        "92.6%. One point alone often has a cause of its own.",
        "No change beyond the usual ups and downs: 91.2% in the week of 10 Nov, usually 89.6% to "
        "92.6%. Nothing here needs explaining.",
        "No change beyond the usual ups and downs: 91.2% in the week of 10 Nov, usually 89.6% to "
        "92.6%. One earlier point was beyond them: week of 4 Aug.",
        "No change beyond the usual ups and downs: 91.2% in the week of 10 Nov, usually 89.6% to "
        "92.6%. 2 earlier points were beyond them, the last in the week of 1 Sep.",
        "Too early to say: 7 weeks so far, 12 are needed (about 20 Dec).",
        "Too early to say: 1 month so far, 12 are needed.",
        "Too early to say: no weeks so far, 12 are needed.",
        "There are no marks here yet.",
        "This is one student, so no rate is shown. Widen to the whole class or grade.",
        "Only 61% of the register is marked. Below 70% a rate would mislead.",
    ]


def test_tests_that_moved_say_so_and_those_that_did_not_too() -> None:
    moved = progress.tests_moved_lead(
        "Reading", "Term 1", "Term 2", "41%", "55%", "14 points", True)
    assert moved.text == ("Yes. Reading moved from 41% in Term 1 to 55% in Term 2. That is 14 "
                          "points, more than chance explains.")
    worse = progress.tests_moved_lead("Reading", "A", "B", "55%", "41%", "14 points", False)
    assert worse.bold.startswith("No, it is getting worse. Reading moved from 55%")
    assert progress.tests_moved_lead("Roll", "A", "B", "5", "4", "1", None).bold.startswith("Roll")
    same = progress.tests_same_lead("Reading", "A", "B", "41%", "43%", "2 points")
    assert same.text == ("No clear change: reading was 41% in A and 43% in B. The difference, 2 "
                         "points, could be chance.")


def test_a_change_stands_with_its_range() -> None:
    said = progress.change_range
    assert said(0.07, (0.03, 0.11), 0, True, "") == "7 points up, likely 3 to 11"
    assert said(-0.07, (-0.11, -0.03), 0, True, "") == "7 points down, likely 3 to 11"
    assert said(0.02, (-0.01, 0.05), 0, True, "") == "2 points up, likely between 1 down and 5 up"
    assert said(0.0, (-0.02, 0.02), 0, True, "") == (
        "no difference, likely between 2 down and 2 up")
    assert said(13.65, (12.1, 15.2), 1, False, "scale points") == (
        "13.7 scale points up, likely 12.1 to 15.2")


def test_target_sentences() -> None:
    assert progress.target_sentence("93%", "missed", "higher") == (
        "As things are, 93% will not be reached; it lies above the usual range.")
    assert progress.target_sentence("5%", "missed", "lower") == (
        "As things are, 5% will not be reached; it lies below the usual range.")
    assert progress.target_sentence("92%", "mixed", "higher") == (
        "92% is reached in some weeks and missed in others.")
    assert progress.target_sentence("89%", "met", "higher", "months") == (
        "As things are, 89% is reached every month.")
    assert progress.target_sentence("89%", None, "neither") == ""
    assert progress.count_last_year_sentence("71", "102", "14 Nov 2024") == (
        "It is 71 now; a year earlier, on 14 Nov 2024, it was 102.")
    assert progress.last_year_sentence("93.1%", "92.0%", "14 Nov 2024") == (
        "This year so far it is 93.1%; last year to the same date, 14 Nov 2024, it was 92.0%.")


def test_feedback_lead_for_every_case() -> None:
    most = feedback.ItemPhrase("I feel that I belong here.", 214, 342)
    least = feedback.ItemPhrase("Adults act on what we say", 150, 342)
    assert texts(
        feedback.items_lead(most, least, "students", feedback.answered_sentence(342, 600)),
        feedback.items_lead(most, most, "students"),
        feedback.one_item_lead(feedback.ItemPhrase("Is the bus safe?", 19, 31), "families"),
        feedback.one_item_lead(feedback.ItemPhrase("Is it safe?", 1, 31), "families"),
        feedback.one_item_lead(feedback.ItemPhrase("Is it safe?", 0, 31), "families"),
        feedback.no_survey_lead(0), feedback.no_survey_lead(1), feedback.no_survey_lead(4),
        feedback.few_lead(0), feedback.few_lead(1), feedback.few_lead(3),
        feedback.schools_lead(("Safety", "8.1"), ("Rigor", "6.9"), 1829),
        feedback.schools_lead(("Safety", "8.1"), ("Safety", "8.1"), 1),
    ) == [
        "63% of students agree with “I feel that I belong here” (214 of 342). Fewest agree with "
        "“Adults act on what we say”: 44%. 342 of 600 people answered.",
        "63% of students agree with “I feel that I belong here” (214 of 342). No question gets "
        "clearly more agreement than another.",
        "19 of 31 families agree with “Is the bus safe?”.",
        "1 of 31 families agrees with “Is it safe?”.",
        "None of the 31 families agree with “Is it safe?”.",
        "No survey yet.", "No survey yet. One comment waits for an answer.",
        "No survey yet. 4 comments wait for an answer.",
        "Nobody has answered yet.",
        "Only one person answered, so the answer stays hidden from everyone.",
        "Only 3 people answered, so answers stay hidden from everyone.",
        "1,829 schools answered; Safety is highest with 8.1 on average. Rigor is lowest with 6.9.",
        "1 school answered; Safety is highest with 8.1 on average.",
    ]


def test_feedback_answered_hidden_and_long_questions() -> None:
    assert feedback.answered_sentence(342, None) == "342 people answered."
    assert feedback.answered_sentence(5, 4) == "5 people answered.", "more than were asked"
    assert feedback.answered_sentence(0, 10) == "None of the 10 people answered."
    assert feedback.answered_sentence(1, None) == "1 person answered."
    assert feedback.hidden_words(1, 5) == (
        "Hidden to protect people: 1 answer here, fewer than 5.")
    assert feedback.alike_words(7) == "Hidden to protect people: all 7 answers are alike."
    long = feedback.ItemPhrase("word " * 40, 1, 2).quoted
    assert long.endswith("word …”") and len(long) <= feedback.LONGEST + 4


def test_upload_lead_for_every_case() -> None:
    assert texts(
        terms.upload_lead(ready=0),
        terms.upload_lead(ready=3, questions=1),
        terms.upload_lead(ready=1),
        terms.upload_lead(ready=0, refused=2, aside=1, known=1),
        terms.upload_one_lead(
            "This is daily attendance: 600 students, 5 schools, 3 to 28 Jan 2022.", True),
        terms.upload_one_lead("This is a marksheet: 10 students.", False),
        terms.upload_refused_lead("it is a printed report, not a list of students."),
        terms.upload_same_lead("7 Nov"),
        terms.upload_done_lead(read=12000, new=11962, same=0, changed=0, left_out=38),
        terms.upload_done_lead(read=1, new=0, same=1, changed=0, left_out=0),
        terms.upload_done_lead(read=0, new=0, same=0, changed=0, left_out=0),
        terms.upload_stopped_lead(),
    ) == [
        "Drop attendance, marks, class lists or surveys. Excel, CSV or a zip, in any layout.",
        "4 files read: 3 are ready, 1 needs an answer.",
        "1 file read: 1 is ready.",
        "4 files read: 2 could not be used, 1 was here already, 1 set aside. Files set aside hold "
        "no list of data.",
        "This is daily attendance: 600 students, 5 schools, 3 to 28 Jan 2022. Ready.",
        "This is a marksheet: 10 students. An answer is needed first.",
        "We could not use this file: it is a printed report, not a list of students.",
        "You have already added this file on 7 Nov. Nothing changes.",
        "12,000 rows read: 11,962 new, 0 the same, 0 changed, 38 left out.",
        "1 row read: 0 new, 1 the same, 0 changed, 0 left out. Nothing changes.",
        "No rows were read, so nothing changed.",
        "Stopped. Nothing was changed.",
    ]


def test_undo_says_what_goes_back() -> None:
    assert terms.undo_sentence("attendance", "93.1%", "92.8%", 118) == (
        "Attendance goes back from 93.1% to 92.8%; 118 marks change back.")
    assert terms.undo_sentence("attendance", "93.1%", "93.1%", 1) == (
        "Attendance stays at 93.1%; 1 mark changes back.")
    assert terms.undo_sentence("attendance", "93.1%", "93.1%", 0) == "Attendance stays at 93.1%."


def test_quality_lead_for_every_case() -> None:
    assert texts(
        terms.quality_lead(rows=0),
        terms.quality_lead(rows=12000, completeness=1.0),
        terms.quality_lead(rows=1),
        terms.quality_lead(rows=12000, completeness=0.998,
                           gap=("Class 7 B", "week of 6 Oct", 0.87)),
        terms.quality_lead(rows=12000, completeness=0.94, to_day="14 Nov",
                           emptiest=("Class 7 B", 6)),
        terms.quality_lead(rows=12000, completeness=0.94, emptiest=("Class 7 B", 1), odd=2,
                           first_odd="2 students share a number"),
        terms.quality_lead(rows=12000, completeness=0.84),
        terms.quality_lead(rows=12000, completeness=0.61, odd=1, first_odd="a mark on a Sunday"),
        terms.quality_lead(rows=9, silent=3, schools=16, month="October", emptiest=("7 B", 0)),
        terms.quality_lead(rows=9, odd=1, first_odd="2 students share a number"),
        terms.quality_lead(rows=9, odd=3, first_odd="2 students share a number"),
    ) == [
        "Nothing uploaded yet.",
        "Nothing is missing and nothing looks odd in 12,000 rows.",
        "Nothing looks odd in 1 row.",
        "Yes for attendance: over 99% of the register is marked. Least in Class 7 B, week of "
        "6 Oct: 87%.",
        "Yes for attendance to 14 Nov: 94% of the register is marked. Class 7 B has 6 empty days.",
        "Yes for attendance: 94% of the register is marked. Class 7 B has 1 empty day. 2 things to "
        "check, first: 2 students share a number.",
        "Mostly for attendance: 84% of the register is marked.",
        "Not for attendance: only 61% of the register is marked. One thing to check: a mark on a "
        "Sunday.",
        "Not yet: 3 of 16 schools sent nothing for October.",
        "One thing to check: 2 students share a number.",
        "3 things to check, first: 2 students share a number.",
    ]


def test_register_words() -> None:
    assert register.register_note(None) == register.register_note(0.9) == ""
    assert register.register_note(0.84) == "The register is 84% complete, so this may change."
    assert register.register_note(0.61) == "Only 61% of the register is marked."
    assert [register.people_few(n) for n in (0, 1, 4)] == [
        "No students here yet.", "Only one student. We show counts, not rates.",
        "Only 4 students. We show counts, not rates."]


def test_no_sentence_praises_blames_or_speaks_in_jargon() -> None:
    from school.terms import needs, overview, quality, upload

    words = re.compile(r"\bpp\b|±|\bCI\b|significant|pupil|!\"|completeness\W+is", re.IGNORECASE)
    for module in (needs, overview, quality, upload, progress, feedback, register):
        shown = re.findall(r'f?"([^"\n]*)"', inspect.getsource(module))
        assert shown, module
        assert [s for s in shown if words.search(s)] == []
