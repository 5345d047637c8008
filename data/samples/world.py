"""The invented cluster as numbers: sixteen schools, their students and what happened to them.

Everything comes from one seed. Outside the stories of STORIES.md nothing differs truly between
schools, groups, classes or weekdays; what else stands out there is noise of a realistic size.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np

SEED = 20251114
CLUSTER, BLOCK, DISTRICT, STATE = "Kalyanagiri", "Mysore Rural", "Mysuru", "Karnataka"
YEARS = ("2024-25", "2025-26")
FIRST = {"2024-25": date(2024, 6, 1), "2025-26": date(2025, 6, 2)}
LAST = {"2024-25": date(2025, 3, 29), "2025-26": date(2025, 11, 14)}
ENDS = {"2024-25": date(2025, 3, 29), "2025-26": date(2026, 3, 28)}  # marks of the second stop before
PASS = 33  # percent
SUBJECTS = ("Kannada", "Mathematics", "Science")
LEVELS = ("Beginner", "Letter", "Word", "Paragraph", "Story")

MONDAY, GIRLS_GAP, WORKED, DID_NOT, LOSING = (
    "GHPS Hosakere", "GHPS Belagudi", "GHPS Nelligere", "GHPS Tavaregatta", "GHPS Kerebeedu"
)
SCHOOLS = (
    MONDAY, GIRLS_GAP, WORKED, DID_NOT, LOSING,
    "GHPS Doddamarali", "GHPS Chikkakoppa", "GHPS Honnemadu", "GHPS Gulagunji",
    "GHPS Maralakatte", "GHPS Nandigudda", "GHPS Bilikallu", "GHPS Kabbinagere",
    "GHPS Arasinagudi", "GHPS Hunasevadi", "GHPS Mallanapura",
)
IN_TOWN = ("GHPS Kabbinagere", "GHPS Arasinagudi", "GHPS Hunasevadi", "GHPS Mallanapura")
OTHER_SPELLING = {"GHPS Chikkakoppa": "GHPS Chikka Koppa"}
# Students in each of the nine cohorts, the youngest (Class 1 in 2025-26) first.
SIZES = {
    MONDAY: (12, 12, 12, 12, 12, 12, 12, 12, 12),
    GIRLS_GAP: (8, 8, 8, 8, 8, 48, 8, 8, 8),
    WORKED: (12, 11, 15, 15, 15, 11, 11, 10, 10),
    DID_NOT: (12, 11, 15, 15, 15, 11, 11, 10, 10),
    LOSING: (13, 13, 13, 13, 13, 13, 13, 12, 12),
}

BOYS = ("Abhishek Aditya Ajay Anand Arjun Ashok Bharath Chandan Chethan Darshan Deepak Ganesh Girish "
        "Harish Hemanth Imran Irfan Jeevan Karthik Kiran Lohith Madan Mahesh Manoj Mohan Nandan Naveen "
        "Nikhil Pavan Pradeep Prajwal Rahul Rajesh Rakesh Ravi Rohan Sagar Salman Sanjay Santosh Shivu "
        "Siddu Srinivas Sumanth Suresh Tejas Umesh Varun Vijay Yashas").split()
GIRLS = ("Aishwarya Akshata Amrutha Anitha Anusha Asha Ayesha Bhavya Bindu Chaitra Chandana Deepa Divya "
         "Fathima Gayathri Geetha Hema Indu Jyothi Kavya Keerthana Lakshmi Lavanya Latha Meghana Nagma "
         "Nandini Nayana Nisha Pallavi Pooja Prema Priya Ramya Rekha Roopa Sahana Sandhya Savitha Shilpa "
         "Shreya Shwetha Sindhu Sneha Soumya Spoorthi Sushma Tejaswini Uma Vidya").split()
PARENTS = ("Basavaraju Chikkanna Devaraju Eregowda Gangadhar Hanumanthu Javaregowda Kempanna Krishnappa "
           "Lingaraju Madaiah Mahadeva Manjunath Nagaraju Ningaiah Puttaswamy Ramesh Rangaswamy Sannappa "
           "Shivanna Siddaiah Somashekar Swamy Thimmaiah Venkatesh Yogesh Khan Pasha Sharif Dasa").split()

HOLIDAYS: dict[date, str] = {
    date(2024, 6, 17): "Bakrid", date(2024, 7, 17): "Muharram", date(2024, 8, 15): "Independence Day",
    date(2024, 9, 7): "Ganesha festival", date(2024, 9, 16): "Eid Milad",
    date(2024, 10, 31): "Naraka Chaturdashi", date(2024, 11, 1): "Kannada Rajyotsava",
    date(2024, 11, 2): "Deepavali", date(2024, 11, 18): "Kanakadasa Jayanthi",
    date(2024, 12, 25): "Christmas", date(2025, 1, 14): "Sankranti", date(2025, 2, 26): "Shivaratri",
    date(2025, 6, 7): "Bakrid",
    date(2025, 8, 15): "Independence Day", date(2025, 8, 27): "Ganesha festival",
    date(2025, 9, 5): "Eid Milad", date(2025, 10, 20): "Naraka Chaturdashi",
    date(2025, 10, 22): "Deepavali", date(2025, 11, 1): "Kannada Rajyotsava",
    date(2025, 11, 8): "Kanakadasa Jayanthi", date(2025, 12, 25): "Christmas",
    date(2026, 1, 14): "Sankranti", date(2026, 1, 26): "Republic Day",
}
VACATIONS = ((date(2024, 10, 3), date(2024, 10, 19), "Dasara holidays"),
             (date(2025, 3, 30), date(2025, 6, 1), "Summer holidays"),
             (date(2025, 9, 22), date(2025, 10, 7), "Dasara holidays"))
# Weeks of heavy rain or fever in the whole cluster: first Monday, how many times the usual absence.
WEATHER = {date(2024, 7, 15): 1.8, date(2024, 7, 22): 1.6, date(2024, 11, 25): 1.5,
           date(2025, 1, 27): 1.4, date(2025, 7, 21): 1.8, date(2025, 8, 18): 1.5}
PROGRAMME_STARTS = date(2025, 10, 8)


@dataclass(frozen=True)
class Outcome:
    """A learning outcome of Class 3 mathematics, and how many of a class have reached it by November."""

    name: str
    abilities: tuple[str, ...]
    concepts: tuple[str, ...]
    skill: str
    reached: float
    nearly: float


OUTCOMES = (
    Outcome("Reads and writes numbers to 999", ("Observe", "Communicate"), ("Place value",), "Basic", 0.96, 0.04),
    Outcome("Adds three-digit numbers", ("Comprehend",), ("Addition", "Place value"), "Basic", 0.93, 0.05),
    Outcome("Subtraction with borrowing", ("Comprehend", "Analyse"), ("Subtraction", "Place value"), "Basic",
            0.38, 0.30),
    Outcome("Word problems in two steps", ("Interpret", "Analyse", "Communicate"), ("Addition", "Subtraction"),
            "Advanced", 0.25, 0.25),
    Outcome("Tells time to five minutes", ("Observe", "Interpret"), ("Time",), "Basic", 0.0, 0.0),
)
GRID_DAYS = (date(2025, 8, 14), date(2025, 11, 12))


def holidays() -> dict[date, str]:
    """Every day without school that the calendar names, Sundays aside."""
    out = dict(HOLIDAYS)
    for first, last, name in VACATIONS:
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            if day.weekday() != 6:
                out.setdefault(day, name)
    return dict(sorted(out.items()))


def school_days(year: str) -> list[date]:
    """Monday to Saturday, without holidays, from the first to the last day of marks."""
    closed = holidays()
    span = (LAST[year] - FIRST[year]).days + 1
    days = [FIRST[year] + timedelta(days=n) for n in range(span)]
    return [d for d in days if d.weekday() != 6 and d not in closed]


def calendar() -> list[tuple[date, str, str]]:
    """Every day of both school years but Sundays, the coming ones too: day, kind and name."""
    closed = holidays()
    days = {d: ("Holiday", name) for d, name in closed.items()}
    for year in YEARS:
        for n in range((ENDS[year] - FIRST[year]).days + 1):
            day = FIRST[year] + timedelta(days=n)
            if day.weekday() != 6:
                days.setdefault(day, ("School day", ""))
    return [(day, *days[day]) for day in sorted(days)]


@dataclass
class Student:
    """One invented student; `cohort` 0 is in Class 1 in 2025-26."""

    id: str
    school: str
    name: str
    sex: str
    cohort: int
    section: str
    birth: date
    language: str
    disability: str
    economic: str
    first_generation: str
    absence: float  # share of days missed, in the long run
    mondays: float  # further share of Mondays missed
    ability: float
    reading: float
    joined: date | None = None
    left: date | None = None
    reason: str = ""
    destination: str = ""
    marks: dict[date, str] = field(default_factory=dict)

    def grade(self, year: str) -> int | None:
        """Class in that year; None before Class 1 and after Class 8."""
        grade = self.cohort + 1 - (1 if year == YEARS[0] else 0)
        return grade if 1 <= grade <= 8 else None

    def here(self, day: date) -> bool:
        """Whether the student is on the roll on that day."""
        return (self.joined is None or day >= self.joined) and (self.left is None or day <= self.left)

    def on_list(self, year: str) -> bool:
        """Whether the student belongs in that year's class list."""
        if self.grade(year) is None:
            return False
        return ((self.left is None or self.left >= FIRST[year])
                and (self.joined is None or self.joined <= LAST[year]))


def people(rng: np.random.Generator) -> list[Student]:
    """All students of all schools, with late joiners, leavers and the school that loses many."""
    out: list[Student] = []
    for number, school in enumerate(SCHOOLS):
        sizes = SIZES.get(school) or tuple(int(n) for n in rng.integers(7, 12, 9))
        for cohort, size in enumerate(sizes):
            for k in range(size):
                out.append(_student(rng, number, school, cohort, k, size, len(out)))
    for school in (WORKED, DID_NOT):
        for cohort in range(9):
            _weak_readers(rng, [s for s in out if s.school == school and s.cohort == cohort])
    _come_and_go(rng, out)
    return out


def _weak_readers(rng: np.random.Generator, cohort: list[Student]) -> None:
    """Low reading, spread alike in every cohort: a new school year changes nothing by itself."""
    for place, index in enumerate(rng.permutation(len(cohort))):
        share = (place + 0.5) / len(cohort)
        cohort[int(index)].reading = -1.75 + NormalDist().inv_cdf(share)


def _student(rng: np.random.Generator, number: int, school: str, cohort: int, k: int, size: int,
             count: int) -> Student:
    girl = (k % 2 == 0) if size >= 30 else bool(rng.random() < 0.49)
    first = str(rng.choice(GIRLS if girl else BOYS))
    heavy = rng.random() < 0.05
    absence = rng.normal(0.19, 0.03) if heavy else rng.normal(0.053, 0.009)
    mondays = 0.5 if school == MONDAY and rng.random() < 0.45 else 0.0
    born = date(2019 - cohort, 6, 1) + timedelta(days=int(rng.integers(0, 365)))
    return Student(
        id=f"{214_500_000 + number * 1000 + count % 1000 + 17 * number}", school=school,
        name=f"{first} {rng.choice(PARENTS)[0]}. {rng.choice(PARENTS)}" if rng.random() < 0.3
        else f"{first} {rng.choice(PARENTS)}",
        sex="Female" if girl else "Male", cohort=cohort,
        section="B" if size >= 30 and k >= size / 2 else "A", birth=born,
        language=str(rng.choice(("Kannada", "Urdu", "Tamil", "Telugu", "Hindi"),
                                p=(0.70, 0.12, 0.07, 0.06, 0.05))),
        disability="Yes" if rng.random() < 0.03 else "No",
        economic="BPL" if rng.random() < 0.72 else "APL",
        first_generation="Yes" if rng.random() < 0.35 else "No",
        absence=float(np.clip(absence, 0.01, 0.4)), mondays=mondays,
        ability=float(rng.normal()), reading=float(rng.normal()),
    )


def _come_and_go(rng: np.random.Generator, students: list[Student]) -> None:
    days = [d for year in YEARS for d in school_days(year)]
    for s in students:
        if s.school == LOSING:
            continue
        if rng.random() < 0.015:
            s.joined = days[int(rng.integers(15, len(days) - 40))]
        elif rng.random() < 0.015:
            s.left = days[int(rng.integers(40, len(days) - 10))]
            s.reason, s.destination = "Transfer", "Moved away with family"
    for s in students:
        last = LAST[YEARS[0]]
        if s.grade(YEARS[1]) is None and (s.left is None or s.left > last):  # Class 8 is the last
            s.left, s.reason, s.destination = last, "Completed Class 8", "High school"
    autumn = [d for d in school_days(YEARS[1]) if date(2025, 7, 1) <= d <= date(2025, 11, 8)]
    stay = [s for s in students if s.school == LOSING and s.grade(YEARS[1])]
    for place, index in enumerate(rng.permutation(len(stay))[:32]):
        s = stay[int(index)]
        s.left = autumn[int((place + 0.5) * len(autumn) / 32)]
        s.reason = "Transfer"
        s.destination = str(rng.choice(("Vidya Jyothi English School", "Sri Guru Convent",
                                        "GHPS Maralakatte"), p=(0.5, 0.35, 0.15)))


def mark(rng: np.random.Generator, students: list[Student]) -> None:
    """Fill every student's register, day by day, with P A L ML HD OD."""
    for year in YEARS:
        before = None
        for day in school_days(year):
            weather = WEATHER.get(day - timedelta(days=day.weekday()), 1.0)
            weather *= float(rng.normal(1.0, 0.06))
            for s in students:
                if s.grade(year) is None or not s.here(day):
                    continue
                s.marks[day] = _code(rng, s, day, before, weather)
            before = day
    _leave_gaps(rng, students)


def _code(rng: np.random.Generator, s: Student, day: date, before: date | None,
          weather: float) -> str:
    chance = s.absence * weather * 0.93
    if before and s.marks.get(before) == "ML":  # an illness lasts about two days
        chance = 0.45
    if s.mondays and day.weekday() == 0:
        chance += s.mondays
    if rng.random() < chance:
        return str(rng.choice(("A", "L", "ML"), p=(0.76, 0.12, 0.12)))
    other = rng.random()
    return "HD" if other < 0.004 else "OD" if other < 0.008 else "P"


def _leave_gaps(rng: np.random.Generator, students: list[Student]) -> None:
    """Registers nobody filled: about one class-day in a hundred, and a week of one class."""
    for school in SCHOOLS:
        mine = [s for s in students if s.school == school]
        for year in YEARS:
            for day in school_days(year):
                for grade in range(1, 9):
                    if rng.random() < 0.010 or _forgotten(school, grade, day):
                        for s in mine:
                            if s.grade(year) == grade:
                                s.marks.pop(day, None)


def _forgotten(school: str, grade: int, day: date) -> bool:
    return (school == "GHPS Gulagunji" and grade == 2
            and date(2025, 10, 27) <= day <= date(2025, 11, 1))


def score(rng: np.random.Generator, s: Student, year: str, subject: str) -> int | None:
    """Marks out of 50 in a term test; None if absent."""
    if rng.random() < 0.04:
        return None
    mean = 52.0
    gap = (s.school == GIRLS_GAP and year == YEARS[1] and s.grade(year) == 6
           and s.sex == "Female" and subject == "Mathematics")
    if gap:
        mean -= 32
    percent = mean + 13 * s.ability + 12 * float(rng.normal())
    return int(np.clip(round(percent / 2), 0, 50))


def level(rng: np.random.Generator, s: Student, day: date) -> str:
    """Reading level (ASER) seen on that day: ability, the programme's gain and a day's luck."""
    theta = s.reading + 0.35 * float(rng.normal())
    if s.school == WORKED and day >= PROGRAMME_STARTS:
        weeks = (day - PROGRAMME_STARTS).days / 7
        theta += 1.6 * min(1.0, 0.4 + weeks / 4)
    cuts = (-2.6, -2.0, -1.45, -0.85)
    return LEVELS[int(np.searchsorted(cuts, theta))]


WITH_GRIDS = (WORKED, DID_NOT)


def seen(rng: np.random.Generator, s: Student, goal: Outcome, day: date) -> str | None:
    """What a teacher saw on that day: a level, or nothing yet. In August only the first was taught."""
    luck, absent = float(rng.random()), bool(rng.random() < 0.06)
    early = day == GRID_DAYS[0]
    if goal.reached == 0 or absent or (early and goal is not OUTCOMES[0]):
        return None
    reached = goal.reached * (0.6 if early else 1.0)
    return "Reached" if luck < reached else "Nearly" if luck < reached + goal.nearly else "Not yet"


def reading_days(school: str, year: str) -> list[date]:
    """Weekly in the programme schools in 2025-26, monthly there before, else three times a year."""
    days = school_days(year)
    if school in (WORKED, DID_NOT) and year == YEARS[1]:
        return [d for d in days if d.weekday() == 4]
    if school in (WORKED, DID_NOT):
        fridays = [d for d in days if d.weekday() == 4]
        return [d for d, after in zip(fridays, [*fridays[1:], None]) if after is None or after.month != d.month]
    wanted = (date(2024, 7, 26), date(2024, 11, 29), date(2025, 3, 21), date(2025, 7, 25),
              date(2025, 11, 7))
    return [d for d in days if d in wanted]
