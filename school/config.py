"""Presets as data: the codes, thresholds, words and dates that a country's schools live by.

A preset is a starting point, never a claim: each value carries its `Basis` (law, official
statistic or convention) and whether its source was read when it was written down. `docs/presets.md`
lists them all and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from school.errors import WrongUse

Category = Literal[
    "present", "approved_activity", "absent_authorised", "absent_unauthorised", "not_possible",
    "not_recorded",
]
Basis = Literal["law", "official statistic", "convention"]

CATEGORY_WORDS: Mapping[Category, str] = MappingProxyType({
    "present": "Present",
    "approved_activity": "On duty or approved activity",
    "absent_authorised": "Absent with leave",
    "absent_unauthorised": "Absent",
    "not_possible": "Holiday or not expected",
    "not_recorded": "Not marked",
})


@dataclass(frozen=True)
class Code:
    """What a mark in the register means. `absent_halves` of two half days were missed; `late`: it
    says that the student came late.
    """

    category: Category
    label: str
    absent_halves: int = 0
    late: bool = False


@dataclass(frozen=True)
class Value:
    """A number with what it rests on. `checked` is False where the source was not re-read."""

    value: int
    basis: Basis
    source: str
    checked: bool


@dataclass(frozen=True)
class Preset:
    """Everything that changes with the country. Percentages are whole numbers out of 100."""

    name: str
    title: str
    date_order: Literal["dmy", "mdy"]
    year_start: tuple[int, int]  # month, day
    year_separator: Literal["-", "/"]
    census: str  # words
    school_week: tuple[int, ...]  # ISO weekdays, 1 is Monday
    sessions_per_day: int
    codes: Mapping[str, Code]
    chronic: Value  # percent of own days
    severe: Value
    minimum_days: Value  # possible days before the flag is shown
    chronic_allowed: Value  # percent of students above which chronic absence is a need
    attendance_target: Value
    pass_percent: Value
    pass_allowed: Value  # percent of students below pass that is still no need
    level_allowed: Value  # percent of students below the expected level that is still no need
    run_alert: Value  # school days missed in a row that somebody must look at
    late_often: Value  # percent of own sessions from which a student is often late
    census_on: tuple[int, ...]  # month and day, or month, week and ISO weekday
    words: Mapping[str, str]
    run_unauthorised: bool = False  # only days without leave count for `run_alert`
    penalty_codes: tuple[str, ...] = ()  # marks that count for `penalty_sessions`
    penalty_sessions: Value | None = None  # such sessions from which a notice is considered
    penalty_weeks: Value | None = None  # school weeks in which they are added up
    titles: Mapping[str, str] = field(default_factory=dict)  # its own names of measures
    tiers: tuple[tuple[str, int], ...] = ()  # name, lower bound in percent absent, ascending
    grouping: Literal["indian", "western"] = "western"  # of digits in large numbers

    @property
    def late_codes(self) -> tuple[str, ...]:
        """The marks that say that a student came late."""
        return tuple(mark for mark, code in self.codes.items() if code.late)


def _codes(
    spec: Mapping[Category, str], labels: Mapping[str, str], half: str = "", late: str = ""
) -> Mapping[str, Code]:
    """Code table from 'category -> codes in a row'. Codes in `half` missed one of two half days,
    codes in `late` say that a student came late.
    """
    out: dict[str, Code] = {}
    for category, codes in spec.items():
        absent = 2 if category.startswith("absent") else 0
        for code in codes.split():
            label = labels.get(code, CATEGORY_WORDS[category])
            missed = 1 if code in half.split() else absent
            out[code] = Code(category, label, missed, code in late.split())
    return MappingProxyType(out)


_TIERS = (("satisfactory", 0), ("at risk", 5), ("moderate", 10), ("severe", 20))

_SHARED_WORDS = {
    "student": "student", "students": "students", "school": "school", "class": "class",
    "classes": "classes",
    "grade": "grade", "grades": "grades", "head": "principal", "year": "year",
}

# Who publishes how much school was missed, as it is cited; by the country's name in small letters.
ABSENCE_IN: Mapping[str, str] = MappingProxyType({"england": "DfE, pupil absence in schools"})

INDIA = Preset(
    name="india",
    title="India",
    date_order="dmy",
    year_start=(4, 1),
    year_separator="-",
    census="30 September",
    school_week=(1, 2, 3, 4, 5, 6),
    sessions_per_day=1,
    codes=_codes(
        {"present": "P HD", "absent_unauthorised": "A", "absent_authorised": "L ML",
         "not_possible": "H S", "approved_activity": "OD"},
        {"L": "Leave", "ML": "Medical leave", "H": "Holiday", "S": "Sunday", "HD": "Half day",
         "OD": "On duty"},
        half="HD",
    ),
    chronic=Value(10, "convention", "common practice; no national rule", True),
    severe=Value(20, "convention", "Attendance Works tiers", False),
    minimum_days=Value(20, "convention", "our default", True),
    chronic_allowed=Value(10, "convention", "our default", True),
    attendance_target=Value(90, "convention", "our default", True),
    pass_percent=Value(33, "convention", "CBSE pass mark per subject", False),
    pass_allowed=Value(20, "convention", "our default", True),
    level_allowed=Value(30, "convention", "our default", True),
    run_alert=Value(3, "convention", "alert after 3 school days; states differ", False),
    late_often=Value(10, "convention", "our default", True),
    census_on=(9, 30),
    words=MappingProxyType({**_SHARED_WORDS, "grade": "class", "grades": "classes",
                            "class": "section",
                            "classes": "sections", "head": "headteacher",
                            "chronic": "absent 1 day in 10 or more"}),
    tiers=_TIERS,
    grouping="indian",
)

US = Preset(
    name="us",
    title="United States",
    date_order="mdy",
    year_start=(8, 1),
    year_separator="-",
    census="1 October",
    school_week=(1, 2, 3, 4, 5),
    sessions_per_day=1,
    codes=_codes(
        {"present": "P T L ED ISS", "absent_unauthorised": "A U UA OSS",
         "absent_authorised": "E EA",
         "approved_activity": "FT", "not_possible": "H NS"},
        {"T": "Tardy", "L": "Late", "ED": "Early departure", "ISS": "In-school suspension",
         "A": "Absent", "U": "Unexcused absence", "UA": "Unexcused absence",
         "OSS": "Out-of-school suspension", "E": "Excused absence", "EA": "Excused absence",
         "FT": "Field trip", "H": "Holiday", "NS": "No school"},
        late="T L",
    ),
    chronic=Value(10, "official statistic", "EDFacts FS195; Attendance Works", True),
    severe=Value(20, "convention", "Attendance Works tiers", False),
    minimum_days=Value(20, "convention", "our default; EDFacts counts from 10 days", True),
    chronic_allowed=Value(10, "convention", "our default", True),
    attendance_target=Value(95, "convention", "our default", True),
    pass_percent=Value(60, "convention", "common course pass mark", False),
    pass_allowed=Value(20, "convention", "our default", True),
    level_allowed=Value(30, "convention", "our default", True),
    run_alert=Value(3, "convention", "alert after 3 school days; states differ", False),
    late_often=Value(10, "convention", "our default", True),
    census_on=(10, 1),
    words=MappingProxyType({**_SHARED_WORDS, "class": "homeroom", "classes": "homerooms",
                            "chronic": "chronically absent"}),
    tiers=_TIERS,
)

ENGLAND = Preset(
    name="england",
    title="England",
    date_order="dmy",
    year_start=(9, 1),
    year_separator="/",
    census="third Thursday of January",
    school_week=(1, 2, 3, 4, 5),
    sessions_per_day=2,
    codes=_codes(
        {"present": "/ \\ L", "approved_activity": "B K P V W",
         "absent_authorised": "C C1 C2 E I J1 M R S T", "absent_unauthorised": "G N O U",
         "not_possible": "D Q X Y Y1 Y2 Y3 Y4 Y5 Y6 Y7 Z #", "not_recorded": "-"},
        {"/": "Present in the morning", "\\": "Present in the afternoon",
         "L": "Late, before the register closed",
         "B": "Educated off site", "K": "Provision arranged by the authority",
         "P": "Sporting activity",
         "V": "Educational visit", "W": "Work experience", "C": "Exceptional circumstances",
         "C1": "Performance or employment", "C2": "Part-time timetable", "E": "Suspended",
         "I": "Illness",
         "J1": "Interview", "M": "Medical appointment", "R": "Religious observance",
         "S": "Study leave",
         "T": "Mobile child", "G": "Holiday not granted", "N": "Reason not yet known",
         "O": "Other, not authorised",
         "U": "Late, after the register closed", "D": "At another school",
         "X": "Not required to be in school",
         "Z": "Not on the roll", "#": "School closed"},
        late="L U",
    ),
    chronic=Value(10, "official statistic", "DfE pupil absence in schools", True),
    severe=Value(50, "official statistic", "DfE pupil absence in schools", True),
    minimum_days=Value(20, "convention", "our default; DfE publishes over a term or a year", True),
    chronic_allowed=Value(10, "convention", "our default", True),
    attendance_target=Value(95, "convention", "our default", True),
    pass_percent=Value(40, "convention", "our default; no national rule for class tests", True),
    pass_allowed=Value(20, "convention", "our default", True),
    level_allowed=Value(30, "convention", "our default", True),
    run_alert=Value(10, "law", "10 days in a row without leave go to the authority", True),
    run_unauthorised=True,
    late_often=Value(10, "convention", "our default", True),
    penalty_codes=("G", "O", "U"),
    penalty_sessions=Value(10, "law", "national framework for penalty notices, 2024", True),
    penalty_weeks=Value(10, "law", "national framework for penalty notices, 2024", True),
    census_on=(1, 3, 4),
    words=MappingProxyType({**_SHARED_WORDS, "grade": "year", "grades": "years",
                            "class": "tutor group",
                            "classes": "tutor groups", "head": "headteacher",
                            "chronic": "persistently absent"}),
    titles=MappingProxyType({"chronic_absence": "Persistent absence"}),
    tiers=(("satisfactory", 0), ("at risk", 5), ("persistent", 10), ("severe", 50)),
)

PRESETS: Mapping[str, Preset] = MappingProxyType({p.name: p for p in (INDIA, US, ENGLAND)})

# Without a preset only these are read; every other mark is asked about.
BARE_CODES: Mapping[str, Code] = MappingProxyType({
    "P": Code("present", "Present"),
    "A": Code("absent_unauthorised", "Absent", 2),
})


def preset(name: str | None) -> Preset | None:
    """The preset called `name`; None for None. `WrongUse` for a name nobody knows."""
    if name is None:
        return None
    if name not in PRESETS:
        raise WrongUse(f"There is no preset of that name. Choose one of: {', '.join(PRESETS)}.")
    return PRESETS[name]


def academic_year(day: date, start: tuple[int, int]) -> str:
    """The academic year of `day` as 'YYYY-YY', for years that begin on `start` (month, day)."""
    first = day.year if (day.month, day.day) >= start else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"
