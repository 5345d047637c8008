"""Every table and column that the facts store holds: the one place to add a column.

A `Table` says its grain in words, its key, and how several loads of one key fold into one row:
`row` keeps the last row whole (a mark, a score); `columns` keeps the last stated value of each
column, because a blank says nothing (a student's birth date given by one file and not another).
Every table stands twice: in schema `raw` with all rows of all loads, and in `mart` with one row
a key. Both carry `load_id`; `raw` also carries `row`, the row of the sheet it came from.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from school.derived import DERIVED
from school.tables import ORG, STUDENT, Column, Table

__all__ = ["BY_NAME", "DERIVED", "TABLES", "Column", "Table", "ddl", "derived_ddl", "fingerprint"]

_GRADE = Column("grade", "TEXT", "Grade stated in the same row; blank where the file does not say.")
_CLASS = Column("class", "TEXT", "Class or section name as stated in the same row, such as '7 B'.")
_YEAR = Column("academic_year", "TEXT", "Academic year as 'YYYY-YY'.", True)

TABLES: tuple[Table, ...] = (
    Table(
        "organisations",
        "one row an organisation: a school, or a place above it in the tree",
        ("org_id",),
        (
            Column("org_id", "TEXT", "Its code, else its name in small letters.", True),
            Column("name", "TEXT", "Name as people write it."),
            Column("type", "TEXT", "state, district, block, cluster or school."),
            Column("parent_id", "TEXT", "The organisation it belongs to."),
            Column("code", "TEXT", "UDISE code, URN, NCES or local number, as text."),
            Column("same_as", "TEXT", "Set when this is another spelling of that organisation."),
            Column("year_start", "TEXT", "First day of its year as MM-DD, if not the preset's."),
            Column("phase", "TEXT", "Primary, secondary, all-through, as stated."),
            Column("location", "TEXT", "rural, urban, or as stated."),
            Column("intake", "TEXT", "girls, boys, mixed, or as stated."),
            Column("medium", "TEXT", "Language in which it teaches, as stated."),
            Column("board", "TEXT", "Board or body whose examinations it takes, as stated."),
        ),
        "columns",
    ),
    Table(
        "students",
        "one row a student",
        ("student",),
        (
            STUDENT,
            Column("namespace", "TEXT", "Whose ids these are: the school, or '*' if shared.", True),
            Column("student_id", "TEXT", "The id as it was typed, leading zeros kept.", True),
            Column("id_kind", "TEXT", "id, roll (roll number in class and year) or name.", True),
            Column("name", "TEXT", "Name as it was typed."),
            Column("birth_date", "DATE", "Date of birth."),
        ),
        "columns",
    ),
    Table(
        "memberships",
        "one row a student, kind of group and day from which it holds",
        ("student", "kind", "valid_from"),
        (
            STUDENT,
            Column("kind", "TEXT", "sex, language, disability, economic_status, first_generation, "
                   "or any other column that the school calls a group.", True),
            Column("valid_from", "DATE", "First day on which the value holds.", True),
            Column("value", "TEXT", "The value, such as 'female'.", True),
        ),
    ),
    Table(
        "support",
        "one row a student, need and day from which a plan of support holds",
        ("student", "need", "begin_date"),
        (
            STUDENT,
            Column("need", "TEXT", "What the support is for, as the school says it.", True),
            Column("begin_date", "DATE", "First day of the plan.", True),
            Column("end_date", "DATE", "First day after it; blank while it lasts."),
            ORG,
            Column("plan", "TEXT", "What is done."),
        ),
        "columns",
    ),
    Table(
        "enrollment",
        "one row a spell of a student at a school; the end is the first day not enrolled",
        ("student", "org_id", "begin_date"),
        (
            STUDENT,
            ORG,
            Column("begin_date", "DATE", "First day enrolled.", True),
            Column("end_date", "DATE", "First day no longer enrolled; blank while it lasts."),
            _GRADE,
            _CLASS,
            Column("academic_year", "TEXT", "Academic year as 'YYYY-YY'."),
            Column("roll_number", "TEXT", "Roll number in the class."),
            Column("entry_type", "TEXT", "How she came: new, transfer, promoted, repeated."),
            Column("exit_type", "TEXT", "transfer, completed, dropped_out, died or unknown."),
            Column("exit_destination", "TEXT", "Where to, as stated."),
        ),
        "columns",
    ),
    Table(
        "classes",
        "one row a class: a homeroom, or a class that is taught a subject",
        ("class_id",),
        (
            Column("class_id", "TEXT", "Its id in the file, with the school in front.", True),
            ORG,
            Column("name", "TEXT", "Name as people say it."),
            Column("grade", "TEXT", "Grade, where a class has one."),
            Column("subject", "TEXT", "Subject, where it is taught one."),
            Column("kind", "TEXT", "homeroom or scheduled."),
            Column("academic_year", "TEXT", "Academic year as 'YYYY-YY'."),
        ),
        "columns",
    ),
    Table(
        "class_students",
        "one row a student of a class",
        ("class_id", "student"),
        (
            Column("class_id", "TEXT", "As in classes.", True),
            STUDENT,
            ORG,
        ),
    ),
    Table(
        "departures",
        "one row a student, a school or class there, and the day from which she is gone from it",
        ("student", "org_id", "class_id", "date"),
        (
            Column("student", "BIGINT", "The student; 0 for everybody of the class.", True),
            ORG,
            Column("class_id", "TEXT", "The class that was left; '*' for the whole school.", True),
            Column("date", "DATE", "First day no longer there.", True),
        ),
    ),
    Table(
        "incidents",
        "one row a student, day and kind of incident",
        ("student", "date", "kind"),
        (
            STUDENT,
            Column("date", "DATE", "The day.", True),
            Column("kind", "TEXT", "suspension, or the incident as the school names it.", True),
            ORG,
            Column("times", "SMALLINT", "How many that day; 1 where the file does not say."),
        ),
    ),
    Table(
        "calendar",
        "one row a school and day that somebody named; org_id '*' speaks for all schools",
        ("org_id", "date"),
        (
            ORG,
            Column("date", "DATE", "The day.", True),
            Column("day_type", "TEXT", "school, holiday, exam or closure.", True),
            Column("name", "TEXT", "What the day is called."),
        ),
    ),
    Table(
        "attendance",
        "one row a student, day and session",
        ("student", "date", "session"),
        (
            STUDENT,
            Column("date", "DATE", "The day.", True),
            Column("session", "TEXT", "DAY, AM, PM or a period such as P1.", True),
            ORG,
            _GRADE,
            _CLASS,
            Column("code", "TEXT", "The mark as typed; '(blank)' where blank is present.", True),
            Column("category", "TEXT", "present, approved_activity, absent_authorised, "
                   "absent_unauthorised, not_possible or not_recorded.", True),
            Column("possible", "TINYINT", "Half days that were possible.", True),
            Column("absent", "TINYINT", "Half days missed.", True),
            Column("minutes_late", "SMALLINT", "Minutes late, where stated."),
            Column("late", "BOOLEAN", "Whether the mark, or a column for it, says that the student "
                   "came late; empty in what was loaded before this was kept."),
        ),
    ),
    Table(
        "attendance_periods",
        "one row a student and period, for files that hold only totals",
        ("student", "begin_date", "end_date"),
        (
            STUDENT,
            Column("begin_date", "DATE", "First day of the period.", True),
            Column("end_date", "DATE", "First day after it.", True),
            ORG,
            _GRADE,
            _CLASS,
            Column("possible", "SMALLINT", "Half days that were possible.", True),
            Column("absent", "SMALLINT", "Half days missed.", True),
        ),
    ),
    Table(
        "assessments",
        "one row an assessment, subject, part and window of an academic year",
        ("assessment_id",),
        (
            Column("assessment_id", "BIGINT", "Hash of what is tested and the school.", True),
            Column("name", "TEXT", "Name as the school says it, such as 'Term 1'.", True),
            Column("subject", "TEXT", "Subject."),
            Column("item", "TEXT", "Part or item; blank for the whole."),
            Column("window", "TEXT", "Named window such as Fall; blank where only a date is."),
            _YEAR,
            Column("scale", "TEXT", "points (of a maximum), scale_score, or of levels.", True),
            Column("min_score", "DOUBLE", "Lowest possible score; 0 where unsaid."),
            Column("max_score", "DOUBLE", "Highest possible score, for points."),
            Column("pass_score", "DOUBLE", "Score from which a student has passed, if stated."),
        ),
        "columns",
    ),
    Table(
        "results",
        "one row a student, assessment, day and attempt",
        ("student", "assessment_id", "date", "attempt"),
        (
            STUDENT,
            Column("assessment_id", "BIGINT", "As in assessments.", True),
            Column("date", "DATE", "Day of the test, else the first day of its window.", True),
            Column("attempt", "SMALLINT", "1, 2, … of one student on one day.", True),
            ORG,
            _GRADE,
            _CLASS,
            Column("score", "DOUBLE", "The score; blank if absent or exempt, never 0."),
            Column("status", "TEXT", "scored, absent, exempt, not_submitted, tested_out…", True),
            Column("level", "TEXT", "Learning level, where one is stated."),
        ),
    ),
    Table(
        "levels",
        "one row a level of a scale",
        ("scale", "level"),
        (
            Column("scale", "TEXT", "The scale, such as ASER reading.", True),
            Column("level", "TEXT", "The level as it is written.", True),
            Column("level_order", "SMALLINT", "1 is the lowest.", True),
            Column("reached", "BOOLEAN", "Whether this level counts as reached, if stated."),
            Column("meaning", "TEXT", "What a student at this level can do."),
        ),
        "columns",
    ),
    Table(
        "objectives",
        "one row a thing to be learned: an outcome, or an ability or concept that outcomes rest on",
        ("objective_id",),
        (
            Column("objective_id", "TEXT", "Kind, subject, grade and name in small letters.", True),
            Column("name", "TEXT", "As the book or the school says it.", True),
            Column("kind", "TEXT", "outcome, ability or concept.", True),
            Column("subject", "TEXT", "Subject; blank for abilities."),
            Column("grade", "TEXT", "Grade for which it is planned; blank for the others."),
            Column("objective_order", "SMALLINT", "Place in the book, 1 first."),
            Column("tier", "TEXT", "basic or advanced, where stated."),
        ),
        "columns",
    ),
    Table(
        "objective_parts",
        "one row an outcome and an ability or concept it rests on",
        ("objective_id", "part_id"),
        (
            Column("objective_id", "TEXT", "The outcome, as in objectives.", True),
            Column("part_id", "TEXT", "The ability or concept, as in objectives.", True),
        ),
    ),
    Table(
        "observations",
        "one row a student, thing to be learned and day on which a teacher looked",
        ("student", "objective_id", "date"),
        (
            STUDENT,
            Column("objective_id", "TEXT", "As in objectives.", True),
            Column("date", "DATE", "Day of the observation.", True),
            ORG,
            _GRADE,
            _CLASS,
            Column("scale", "TEXT", "The scale of the level, as in levels."),
            Column("level", "TEXT", "The level that was seen; blank where none was."),
            Column("correct", "SMALLINT", "Questions answered rightly, where they were counted."),
            Column("items", "SMALLINT", "Questions asked."),
            Column("status", "TEXT", "observed, or not observed; blank where the cell was blank, "
                   "which says the same and takes nothing back."),
        ),
        "columns",
    ),
    Table(
        "enrollment_counts",
        "one row a published count: file, organisation, year, breakdown and value",
        ("source", "org_id", "academic_year", "dimension", "value"),
        (
            Column("source", "TEXT", "Which published table.", True),
            ORG,
            _YEAR,
            Column("dimension", "TEXT", "total, or what the count is split by.", True),
            Column("value", "TEXT", "The part counted; 'total' for the total.", True),
            Column("level", "TEXT", "school, district, region, state or national.", True),
            Column("headcount", "BIGINT", "Students counted.", True),
            Column("census_date", "DATE", "The day of the count, where known."),
        ),
    ),
    Table(
        "benchmarks",
        "one row a published share: source, measure, year, place, breakdown and value",
        ("source", "measure", "academic_year", "place", "dimension", "value"),
        (
            Column("source", "TEXT", "Who published it, and what.", True),
            Column("measure", "TEXT", "The measure that it can stand beside.", True),
            _YEAR,
            Column("place", "TEXT", "The place's code, else its name in small letters.", True),
            Column("dimension", "TEXT", "total, or what the share is split by.", True),
            Column("value", "TEXT", "The part it speaks of; 'total' for all.", True),
            Column("name", "TEXT", "The place as people write it."),
            Column("level", "TEXT", "school, local, regional or national.", True),
            Column("numerator", "DOUBLE", "What was counted, if stated."),
            Column("denominator", "DOUBLE", "Out of how many, if stated."),
            Column("share", "DOUBLE", "The share, from 0 to 1.", True),
        ),
    ),
    Table(
        "attendance_counts",
        "one row a published total of attendance: file, organisation, period, breakdown and value",
        ("source", "org_id", "begin_date", "end_date", "dimension", "value"),
        (
            Column("source", "TEXT", "Which published table.", True),
            ORG,
            Column("begin_date", "DATE", "First day of the period.", True),
            Column("end_date", "DATE", "First day after it.", True),
            Column("dimension", "TEXT", "total, class or grade.", True),
            Column("value", "TEXT", "The class or grade; 'total' for the school.", True),
            Column("possible", "BIGINT", "Half days possible of all its students, if stated."),
            Column("absent", "BIGINT", "Half days missed of all its students, if stated."),
            Column("rate", "DOUBLE", "Share attended, from 0 to 1.", True),
        ),
    ),
    Table(
        "survey_waves",
        "one row a survey and time it was asked",
        ("wave_id",),
        (
            Column("wave_id", "TEXT", "Survey and date.", True),
            Column("survey", "TEXT", "Name of the survey.", True),
            Column("wave", "TEXT", "When it was asked, in words.", True),
            Column("date", "DATE", "First day of answers."),
            Column("audience", "TEXT", "students, families, staff or schools."),
            Column("invited", "INTEGER", "How many were asked, where known."),
            Column("unit", "TEXT", "response, or school where a row is a school's average.", True),
        ),
        "columns",
    ),
    Table(
        "survey_items",
        "one row a question of a wave",
        ("item_id",),
        (
            Column("item_id", "TEXT", "Wave and number of the question.", True),
            Column("wave_id", "TEXT", "As in survey_waves.", True),
            Column("text", "TEXT", "The question as it was asked.", True),
            Column("item_order", "SMALLINT", "Place in the survey."),
            Column("kind", "TEXT", "agreement, choice, number or text.", True),
            Column("reversed", "BOOLEAN", "Whether agreeing is the bad answer."),
        ),
        "columns",
    ),
    Table(
        "survey_responses",
        "one row a response and question; a response has no key to a student",
        ("response_id", "item_id"),
        (
            Column("response_id", "TEXT", "Wave, file and row, or the school.", True),
            Column("item_id", "TEXT", "As in survey_items.", True),
            Column("wave_id", "TEXT", "As in survey_waves.", True),
            Column("org_id", "TEXT", "The school, where known."),
            Column("date", "DATE", "Day of the answer; the time is cut off."),
            Column("role", "TEXT", "students, families or staff."),
            Column("grade", "TEXT", "Grade the respondent named."),
            Column("segment", "TEXT", "Another group that the respondent named, such as gender."),
            Column("value", "TEXT", "The answer as it was given; blank if none.", False),
            Column("value_order", "SMALLINT", "Place on the agreement scale, 1 lowest."),
            Column("favourable", "TINYINT", "1 agrees, 0 does not; blank: don't know, no scale."),
            Column("number", "DOUBLE", "The answer as a number, where it is one."),
        ),
    ),
    Table(
        "numbers",
        "one row a student, number of the school's own and day",
        ("student", "name", "date"),
        (
            STUDENT,
            Column("name", "TEXT", "What is counted, as the column was headed.", True),
            Column("date", "DATE", "The day it holds for, else the day of the upload.", True),
            ORG,
            _GRADE,
            _CLASS,
            Column("value", "DOUBLE", "The number.", True),
        ),
    ),
)

BY_NAME: dict[str, Table] = {t.name: t for t in TABLES}

def fingerprint() -> str:
    """Twelve hex digits that change whenever a table, column, key or fold does."""
    return hashlib.sha256(repr((TABLES, DERIVED)).encode()).hexdigest()[:12]


def derived_ddl() -> list[str]:
    """`create table` statements of the derived tables."""
    return [
        f'create table if not exists mart.{t.name} '
        f'({", ".join(f"{chr(34)}{c.name}{chr(34)} {c.type}" for c in t.columns)})'
        for t in DERIVED
    ]


def ddl(schema: Literal["raw", "mart"]) -> list[str]:
    """`create table` statements of one schema. No keys or constraints: refold keeps the grain."""
    out = []
    for table in TABLES:
        columns = [f'"{c.name}" {c.type}' for c in table.columns] + ["load_id INTEGER"]
        if schema == "raw":
            columns.append('"row" INTEGER')
        out.append(f'create table if not exists {schema}.{table.name} ({", ".join(columns)})')
    return out
