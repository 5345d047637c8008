"""Writes the invented cluster as the small workbooks that a cluster office would send.

Run `python data/samples/make.py` to write them again; the same seed gives the same cells. `world`
says what is true; here it only gets its title rows, its mixed date styles and its two spellings.
"""

from __future__ import annotations

import csv
import json
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

sys.path.insert(0, str(Path(__file__).parent))
import care
import world as w

HERE = Path(__file__).parent / "cluster"
WEEKDAYS = ("M", "T", "W", "T", "F", "S", "S")
ITEMS = (
    "I feel safe at school.", "I feel that I belong in this school.",
    "My teachers explain things so that I understand.", "Adults here act on what we tell them.",
    "I am treated with respect by other students.", "I know what I need to do to improve.",
    "I get help when I do not understand.", "I look forward to coming to school.",
)
ANSWERS = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
AGREE = (0.82, 0.74, 0.76, 0.55, 0.68, 0.71, 0.66, 0.73)  # per question, in every school alike


def main(folder: Path = HERE) -> None:
    """Write every file of the cluster into `folder`."""
    rng = np.random.default_rng(w.SEED)
    students = w.people(rng)
    w.mark(rng, students)
    for part in ("1 places", "2 class lists", "3 registers", "4 marks", "5 reading", "6 survey",
                 "7 learning", "8 support and incidents"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    _places(folder / "1 places")
    for year in w.YEARS:
        _class_lists(folder / "2 class lists", year, students)
        for number, school in enumerate(w.SCHOOLS):
            mine = _on_list(students, school, year)
            _register(folder / "3 registers", number, school, year, mine)
    failed: dict[str, list[str]] = {}
    for year, term, day in (("2024-25", "Term 1", date(2024, 9, 27)), ("2024-25", "Term 2", date(2025, 3, 21)),
                            ("2025-26", "Term 1", date(2025, 9, 19))):
        failed = _marks(folder / "4 marks", rng, year, term, day, students)
    levels: dict[str, str] = {}
    for year in w.YEARS:
        levels = _reading(folder / "5 reading", rng, year, students)
    _survey(folder / "6 survey", rng, students)
    _learning(folder / "7 learning", students)
    care.write(folder / "8 support and incidents", students,
               care.needs(students, failed, levels))
    _answers(folder)
    _zip(folder / "4 marks/Marks lists.zip", *sorted((folder / "4 marks").glob("*.csv")))
    _zip(folder / "5 reading/Reading levels.zip", *sorted((folder / "5 reading").glob("*.csv")))
    for path in folder.glob("*/*.xlsx"):
        _pack(path)


def _on_list(students: list[w.Student], school: str, year: str) -> list[w.Student]:
    mine = [s for s in students if s.school == school and s.on_list(year)]
    return sorted(mine, key=lambda s: (s.grade(year) or 0, s.section, s.name, s.id))


def _book(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": path.stem, "comments": "Invented. Nothing here is real.",
                         "created": datetime(2025, 11, 14)})
    return book


def _pack(path: Path) -> None:
    """Squeeze a finished workbook as small as zip can."""
    with zipfile.ZipFile(path) as book:
        parts = [(info, book.read(info)) for info in book.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as book:
        for info, content in parts:
            info.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(info, content, compresslevel=9)


def _zip(path: Path, *files: Path) -> None:
    """Move `files` into one zip, with a fixed date so that the bytes do not change."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for file in files:
            info = zipfile.ZipInfo(file.name, (2025, 11, 14, 12, 0, 0))
            out.writestr(info, file.read_bytes(), zipfile.ZIP_DEFLATED, 9)
            file.unlink()


def _csv(path: Path, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _places(folder: Path) -> None:
    _csv(folder / "Schools of the cluster.csv",
         ("UDISE Code", "School Name", "Cluster", "Block", "District", "State", "School Category",
          "Rural or Urban", "Boys/Girls/Co-ed", "Medium"),
         [(f"99260100{n:03d}", school, w.CLUSTER, w.BLOCK, w.DISTRICT, w.STATE,
           "Primary with Upper Primary", "Urban" if school in w.IN_TOWN else "Rural",
           "Co-educational", "Kannada") for n, school in enumerate(w.SCHOOLS, 101)])
    book = _book(folder / "School calendar 2024-25 and 2025-26.xlsx")
    sheet = book.add_worksheet("Calendar")
    sheet.write(0, 0, "Calendar of all schools of the cluster")
    sheet.write_row(2, 0, ("Date", "Day type", "Name"))
    for n, (day, kind, name) in enumerate(w.calendar(), 3):
        sheet.write_datetime(n, 0, datetime(day.year, day.month, day.day))
        sheet.write_row(n, 1, (kind, name))
    book.close()


def _birth_style(number: int) -> Callable[[date], Any]:
    """Three ways of writing a birth date, as three offices do."""
    return (lambda d: f"{d:%d/%m/%Y}", lambda d: d, lambda d: f"{d:%d-%b-%Y}")[number % 3]


def _class_lists(folder: Path, year: str, students: list[w.Student]) -> None:
    book = _book(folder / f"Class lists {year}.xlsx")
    bold = book.add_format({"bold": True})
    for number, school in enumerate(w.SCHOOLS):
        sheet = book.add_worksheet(school)
        sheet.write(0, 0, f"School: {school}", bold)
        sheet.write(1, 0, f"Academic year: {year}")
        header = ("Sl No", "Student ID", "Student Name", "Class", "Section", "Sex", "Date of Birth",
                  "Mother Tongue", "CWSN", "Economic Status", "First Generation Learner",
                  "Date of Joining", "Date of Leaving", "Reason for Leaving", "Left For")
        sheet.write_row(3, 0, header, bold)
        birth = _birth_style(number)
        for n, s in enumerate(_on_list(students, school, year), 1):
            left = s.left if s.left and w.FIRST[year] <= s.left <= w.LAST[year] else None
            joined = s.joined if s.joined and w.FIRST[year] <= s.joined else None
            row = (n, s.id, s.name, s.grade(year), s.section, s.sex, birth(s.birth), s.language,
                   s.disability, s.economic, s.first_generation, joined, left,
                   s.reason if left else None, s.destination if left else None)
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(n + 3, column, datetime(value.year, value.month, value.day))
                elif column == 1:
                    sheet.write_string(n + 3, column, str(value))
                elif value is not None:
                    sheet.write(n + 3, column, value)
    book.close()


def _months(year: str) -> Iterator[tuple[date, list[date]]]:
    """First day of each month of marks, with the days that the register has columns for."""
    day = w.FIRST[year].replace(day=1)
    while day <= w.LAST[year]:
        after = (day + timedelta(days=32)).replace(day=1)
        count = (min(after, w.LAST[year] + timedelta(days=1)) - day).days
        yield day, [day + timedelta(days=n) for n in range(count)]
        day = after


def _register(folder: Path, number: int, school: str, year: str, mine: list[w.Student]) -> None:
    book = _book(folder / f"{school} register {year}.xlsx")
    bold = book.add_format({"bold": True})
    dates = book.add_format({"num_format": "dd-mmm", "bold": True})
    closed = w.holidays()
    for month, days in _months(year):
        sheet = book.add_worksheet(f"{month:%b %Y}")
        sheet.set_column(5, 5 + len(days), 4)
        sheet.merge_range(0, 0, 0, 8, "ATTENDANCE REGISTER", bold)
        sheet.write(1, 0, f"School: {school}")
        sheet.write(2, 0, f"Month: {month:%B %Y}")
        sheet.write_row(4, 0, ("Sl No", "Student ID", "Name", "Class", "Section"), bold)
        for n, day in enumerate(days, 5):
            if number % 4 == 3:
                sheet.write_datetime(4, n, datetime(day.year, day.month, day.day), dates)
            else:
                sheet.write_number(4, n, day.day, bold)
            if number % 4 == 2:
                sheet.write(3, n, WEEKDAYS[day.weekday()])
        sheet.write_row(4, 5 + len(days), ("Days present", "Days absent"), bold)
        shown = [s for s in mine if any(s.here(day) for day in days)]
        for n, s in enumerate(shown, 5):
            _register_line(sheet, n, s, year, days, closed, number % 4 == 0)
        sheet.write(len(shown) + 6, 2, "Signature of the headteacher")
    book.close()


def _register_line(sheet: Any, n: int, s: w.Student, year: str, days: list[date],
                   closed: dict[date, str], plain: bool) -> None:
    """One student's line; only in some schools are Sundays and holidays written out (`plain`)."""
    sheet.write_number(n, 0, n - 4)
    sheet.write_string(n, 1, s.id)
    sheet.write_string(n, 2, s.name)
    sheet.write_number(n, 3, s.grade(year))
    sheet.write_string(n, 4, s.section)
    for column, day in enumerate(days, 5):
        if not s.here(day):
            continue
        code = "S" if day.weekday() == 6 else "H" if day in closed else s.marks.get(day)
        if not plain and code in ("S", "H"):
            continue
        if code and w.FIRST[year] <= day:
            sheet.write_string(n, column, code)
    codes = [s.marks[d] for d in days if d in s.marks]
    missed = sum(c in ("A", "L", "ML") for c in codes) + 0.5 * sum(c == "HD" for c in codes)
    sheet.write_number(n, 5 + len(days), len(codes) - missed)
    sheet.write_number(n, 6 + len(days), missed)


def _marks(folder: Path, rng: np.random.Generator, year: str, term: str, day: date,
           students: list[w.Student]) -> dict[str, list[str]]:
    """Twelve schools send a mark sheet, four send one list out of their program.

    The subjects in which each student is below pass, by id.
    """
    failed: dict[str, list[str]] = {}
    book = _book(folder / f"Mark sheets {term} {year}.xlsx")
    bold = book.add_format({"bold": True})
    listed: list[tuple[Any, ...]] = []
    for number, school in enumerate(w.SCHOOLS):
        mine = [s for s in _on_list(students, school, year) if (s.grade(year) or 0) >= 3 and s.here(day)]
        scores = [[w.score(rng, s, year, subject) for subject in w.SUBJECTS] for s in mine]
        failed |= {s.id: low for s, row in zip(mine, scores, strict=True)
                   if (low := [subject for subject, value in zip(w.SUBJECTS, row, strict=True)
                               if value is not None and 100 * value < w.PASS * 50])}
        if number % 4 == 1 and school != w.GIRLS_GAP:
            when = f"{day:%d/%m/%Y}" if year == w.YEARS[0] else day.isoformat()
            listed += [(school, s.id, s.name, s.grade(year), s.section, subject, term, when, 50,
                        "AB" if value is None else value)
                       for s, row in zip(mine, scores, strict=True)
                       for subject, value in zip(w.SUBJECTS, row, strict=True)]
            continue
        _mark_sheet(book.add_worksheet(school), bold, school, year, term, day, mine, scores)
    book.close()
    _csv(folder / f"Marks list {term} {year}.csv",
         ("School", "Student ID", "Student Name", "Class", "Section", "Subject", "Assessment", "Test Date",
          "Max Marks", "Marks Obtained"), listed)
    return failed


def _mark_sheet(sheet: Any, bold: Any, school: str, year: str, term: str, day: date,
                mine: list[w.Student], scores: list[list[int | None]]) -> None:
    sheet.merge_range(0, 0, 0, 7, "MARK SHEET", bold)
    sheet.write(1, 0, f"School: {school}")
    sheet.write(2, 0, f"Examination: {term}")
    sheet.write(2, 4, f"Year: {year}")
    sheet.write(3, 0, f"Date: {day:%d/%m/%Y}")
    sheet.write_row(5, 0, ("Sl No", "Student ID", "Student Name", "Class", "Section",
                           *(f"{subject} (50)" for subject in w.SUBJECTS), "Total"), bold)
    for n, (s, row) in enumerate(zip(mine, scores, strict=True), 6):
        sheet.write_number(n, 0, n - 5)
        sheet.write_string(n, 1, s.id)
        sheet.write_string(n, 2, s.name)
        sheet.write_number(n, 3, s.grade(year))
        sheet.write_string(n, 4, s.section)
        for column, value in enumerate(row, 5):
            sheet.write(n, column, "AB" if value is None else value)
        sheet.write_number(n, 8, sum(v or 0 for v in row))
    sheet.write(len(mine) + 6, 2, "Class average")
    for column in range(3):
        known = [row[column] for row in scores if row[column] is not None]
        sheet.write_number(len(mine) + 6, 5 + column, round(float(np.mean(known)), 1))


def _reading(folder: Path, rng: np.random.Generator, year: str,
             students: list[w.Student]) -> dict[str, str]:
    """Every reading check; the last level of each student before plans were made, by id."""
    levels: dict[str, str] = {}
    rest: list[tuple[Any, ...]] = []
    header = ("School", "Student ID", "Student Name", "Class", "Section", "Subject", "Assessment",
              "Test Date", "Reading Level (ASER)")
    for school in w.SCHOOLS:
        rows = []
        for day in w.reading_days(school, year):
            for s in _on_list(students, school, year):
                if s.grade(year) in (3, 4, 5) and s.here(day) and s.marks.get(day, "A") not in ("A", "L", "ML"):
                    level = w.level(rng, s, day)
                    rows.append((school, s.id, s.name, s.grade(year), s.section, "Reading",
                                 "Reading check", day, level))
                    if day < care.DECIDED:
                        levels[s.id] = level
        if school not in (w.WORKED, w.DID_NOT):
            rest += rows
            continue
        book = _book(folder / f"{school} reading {year}.xlsx")
        sheet = book.add_worksheet("Reading")
        sheet.write(0, 0, "Two-minute reading check, Classes 3 to 5")
        sheet.write_row(2, 0, header)
        for n, row in enumerate(rows, 3):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(n, column, datetime(value.year, value.month, value.day))
                else:
                    sheet.write(n, column, value)
        book.close()
    _csv(folder / f"Reading levels {year}.csv", header,
         [(*row[:7], f"{row[7]:%d-%m-%Y}", row[8]) for row in rest])
    return levels


def _survey(folder: Path, rng: np.random.Generator, students: list[w.Student]) -> None:
    """One wave in October 2025, Classes 5 to 8: every school answers alike but for chance."""
    year = w.YEARS[1]
    rows = []
    for school in w.SCHOOLS:
        for s in _on_list(students, school, year):
            day = date(2025, 10, 13) + timedelta(days=int(rng.integers(0, 12)))
            if (s.grade(year) or 0) < 5 or not s.here(day) or rng.random() > 0.86:
                continue
            mood = 0.45 * float(rng.normal())
            rows.append((f"{day:%d/%m/%Y} {int(rng.integers(9, 15)):02d}:{int(rng.integers(0, 60)):02d}:00",
                         w.OTHER_SPELLING.get(school, school), s.grade(year), s.sex,
                         *(_answer(rng, share, mood) for share in AGREE)))
    _csv(folder / "Student survey October 2025.csv", ("Timestamp", "School", "Class", "Gender", *ITEMS), rows)


def _answer(rng: np.random.Generator, share: float, mood: float) -> str:
    if rng.random() < 0.02:
        return ""
    if rng.random() < 0.03:
        return "Don't know"
    chance = 1 / (1 + float(np.exp(-(np.log(share / (1 - share)) + mood))))
    if rng.random() < chance:
        return ANSWERS[0 if rng.random() < 0.4 else 1]
    return ANSWERS[int(rng.choice((2, 3, 4), p=(0.4, 0.42, 0.18)))]


def _learning(folder: Path, students: list[w.Student]) -> None:
    """The map of Class 3 mathematics, and two grids a term of the schools that keep them."""
    rng = np.random.default_rng(w.SEED)  # its own, so that nothing else changes
    book = _book(folder / "Map of learning outcomes.xlsx")
    sheet = book.add_worksheet("Mathematics")
    sheet.write_row(0, 0, ("Learning outcome", "Subject", "Class", "Abilities", "Concepts", "Order", "Skill"),
                    book.add_format({"bold": True}))
    for n, goal in enumerate(w.OUTCOMES, 1):
        sheet.write_row(n, 0, (goal.name, "Mathematics", 3, "; ".join(goal.abilities),
                               "; ".join(goal.concepts), n, goal.skill))
    book.close()
    for school in w.WITH_GRIDS:
        book = _book(folder / f"{school} Class 3 A mathematics.xlsx")
        for day in w.GRID_DAYS:
            mine = [s for s in _on_list(students, school, w.YEARS[1])
                    if s.grade(w.YEARS[1]) == 3 and s.section == "A" and s.here(day)]
            _outcome_grid(book.add_worksheet(f"{day:%d %b %Y}"), rng, school, day, mine)
        book.close()


def _outcome_grid(sheet: Any, rng: np.random.Generator, school: str, day: date,
                  mine: list[w.Student]) -> None:
    sheet.write(0, 0, "Learning outcomes, mathematics")
    sheet.write(1, 0, f"School: {school}")
    sheet.write(2, 0, "Class: 3 A")
    sheet.write(3, 0, f"Date: {day:%d/%m/%Y}")
    sheet.write_row(5, 0, ("Sl No", "Student ID", "Student Name", *(g.name for g in w.OUTCOMES)))
    for n, s in enumerate(mine, 6):
        sheet.write_number(n, 0, n - 5)
        sheet.write_string(n, 1, s.id)
        sheet.write_string(n, 2, s.name)
        for column, goal in enumerate(w.OUTCOMES, 3):
            seen = w.seen(rng, s, goal, day)
            if seen is not None:
                sheet.write_string(n, column, seen)


def _answers(folder: Path) -> None:
    answers = {f"school:{other}": school for school, other in w.OTHER_SPELLING.items()}
    (folder / "answers.json").write_text(json.dumps(answers, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
