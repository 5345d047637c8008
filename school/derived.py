"""The derived tables: worked out by `school.derive` at the end of every publish, never loaded."""

from __future__ import annotations

from school.tables import ORG, STUDENT, Column, Table

DERIVED: tuple[Table, ...] = (
    Table(
        "places",
        "one row an organisation, other spellings too",
        ("org_id",),
        (
            ORG,
            Column("school", "TEXT", "Itself, or what it is another spelling of.", True),
            Column("cluster", "TEXT", "Its cluster, else what it belongs to, else unknown.", True),
            Column("school_code", "BIGINT", "A number for the school.", True),
            Column("cluster_code", "BIGINT", "A number for the cluster.", True),
        ),
    ),
    Table(
        "register_days",
        "one row a school day, grade and class: how much of the register is marked",
        ("org_id", "date", "grade", "class"),
        (
            ORG,
            Column("date", "DATE", "The school day.", True),
            Column("how", "TEXT", "calendar, or derived from the marks.", True),
            Column("grade", "TEXT", "Grade on that day; blank where unknown."),
            Column("class", "TEXT", "Class on that day; blank where unknown."),
            Column("due", "BIGINT", "Half days on which a mark was due.", True),
            Column("had", "BIGINT", "Half days of these that carry a mark.", True),
        ),
    ),
    Table(
        "attendance_months",
        "one row a student, school and month, as its daily marks add up; a month in which a school "
        "year begins stands in two rows",
        ("student", "org_id", "date"),
        (
            STUDENT,
            ORG,
            Column("date", "DATE", "First day of the month, or of the school year in it.", True),
            Column("possible", "INTEGER", "Half days that were possible.", True),
            Column("absent", "INTEGER", "Half days missed.", True),
            Column("sessions", "INTEGER", "Marks with a half day that was possible.", True),
            Column("had", "INTEGER", "Half days that carry a mark, on school days.", True),
        ),
    ),
    Table(
        "school_days",
        "one row a school and day on which it was open",
        ("org_id", "date"),
        (
            ORG,
            Column("date", "DATE", "The day.", True),
            Column("how", "TEXT", "calendar, or derived from the marks.", True),
        ),
    ),
    Table(
        "spells",
        "one row a student and unbroken time at a school in one grade and class",
        ("student", "org_id", "begin_date"),
        (
            STUDENT,
            ORG,
            Column("begin_date", "DATE", "First day.", True),
            Column("end_date", "DATE", "First day no longer there; blank while it lasts."),
            Column("grade", "TEXT", "Grade: stated, else as in the marks and results."),
            Column("class", "TEXT", "Class: stated, else as in the marks and results."),
            Column("academic_year", "TEXT", "Academic year as 'YYYY-YY'."),
            Column("derived", "BOOLEAN", "True where no file states the spell.", True),
            Column("basis", "TEXT", "stated; marks (first to last mark); or place, for results and "
                   "marks outside every spell, which says where a student belonged but never that "
                   "a mark was expected.", True),
        ),
    ),
)
