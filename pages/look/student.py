"""How is this student doing? Days, results against the own start, signs and support."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from pages.parts import session, tables
from pages.parts.charts import alt_text
from pages.parts.filters import column_words
from pages.parts.frame import Frame, Tile
from pages.parts.spec import Bar, Cell, Chart, Level
from school.records import attention as notes
from school.stats import half_up
from school.student import Day, Profile, Result, profile
from school.terms.dates import day_words
from school.terms.learning import growth_words
from school.terms.numbers import counted
from school.terms.words import lower_first

AGAIN = "Choose a student again."
NO_RIGHT = "You cannot open this page. Ask the head of your school."
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
ENDS = (Level(0.0, "0%"), Level(1.0, "100%"))  # the same scale for every subject
WORTH = {"present": 0.0, "half": 0.5, "absent": 1.0}
CALENDAR = ("One column a week. Dark: absent. Middle: half a day. Pale: present. Dotted frame: a "
            "school day that nobody marked. Blank: no school.")


def draw(frame: Frame) -> None:
    """One student, chosen in this tab; a reload asks again."""
    student = session.state("student")
    if not student or frame.present:
        frame.drawn.lead = None
        st.markdown(f"**{AGAIN}**")
        frame.link("attention", "Early attention", icon="notifications")
        frame.link("needs", "Needs", icon="flag")
        return
    found = profile(frame.store, int(student), frame.view, frame.preset)
    if found is None:
        st.markdown(f"**{NO_RIGHT}**")
        return
    if session.state("student:noted") != student:
        tables.audited(frame.house, "opened a student", 1)
        session.keep("student:noted", student)
    _who(frame, found)
    frame.heading(found.lead, tiles=_tiles(found, frame))
    frame.drawn.lead = None  # nothing of a single student is taken along
    _calendar(frame, found)
    _results(frame, found)
    _said(frame, found, int(student))
    _counted(frame, found)
    st.caption("Opening this page is recorded. You see it because "
               f"{lower_first(found.reason)}.")


def _who(frame: Frame, found: Profile) -> None:
    place = found.class_name or f"{column_words('grade', frame.preset)} {found.grade}"
    with st.container(key="who"):  # where it appears the page begins at its top (palette.py)
        st.markdown(f"**{tables.escaped(found.name or found.student_id)}** · "
                    f"{tables.escaped(place)} · {tables.escaped(found.school)}")


def _tiles(found: Profile, frame: Frame) -> list[Tile]:
    latest = found.latest
    tiles = []
    if found.possible:
        tiles.append(Tile("Days attended", f"{half_up(found.attended, 1):g}",
                          f"of {counted(round(found.possible), 'days', frame.preset)}"))
    if latest is not None:
        value = latest.level or (f"{half_up(latest.percent):g}%" if latest.percent is not None
                                 else f"{latest.score:g}")
        tiles.append(Tile("Latest result", value[:14], latest.subject[:20]))
    if found.left:
        over = found.left.startswith("over")  # note of the measure days_left
        tiles.append(Tile("May still miss", "none" if over else found.left,
                          "over the line already" if over else "and stay under it"))
    holds = [p for p in found.plans if p.until is None or p.until >= frame.view.end]
    tiles.append(Tile("Support", counted(len(holds), "plans") if holds else "none",
                      holds[0].need[:20] if holds else "no plan holds"))
    return tiles


def _calendar(frame: Frame, found: Profile) -> None:
    """Weeks across, days down; what was not marked is no absence."""
    if not found.days:
        return
    cells = tuple(_cell(d, frame) for d in found.days if d.day.weekday() < len(DAYS))
    missed = sum(1 for d in found.days if d.state in ("absent", "half"))
    alt = alt_text("Calendar", f"{len(found.days)} school days", [], "one student",
                   f"{missed} with an absence.")
    frame.chart(Chart("grid", "Days at school", CALENDAR, cells, alt, sparse=True,
                      wide=max(1.0, len({c.column for c in cells}) / 16)), taken=False)


def _cell(day: Day, frame: Frame) -> Cell:
    week = day.day - timedelta(days=day.day.weekday())
    return Cell(DAYS[day.day.weekday()], day_words(week, frame.preset, short=True),
                WORTH.get(day.state), "", day.day.isoformat())


def _results(frame: Frame, found: Profile) -> None:
    """Dots of each subject in the order of time, and the table by date."""
    told = [r for r in found.results if r.percent is not None]
    for subject in dict.fromkeys(r.subject for r in told):
        mine = [r for r in told if r.subject == subject]
        if len(mine) > 1:
            frame.chart(_dots(subject, mine, frame), taken=False)
    if found.results:
        with st.expander("Results by date", icon=":material/table:"):
            st.dataframe([_line(r, frame) for r in reversed(found.results)], hide_index=True,
                         row_height=36, alt="Results by date")


def _dots(subject: str, mine: list[Result], frame: Frame) -> Chart:
    rows = tuple(Bar(f"{subject}:{n}", f"{r.test}, {day_words(r.day, frame.preset, short=True)}",
                     (r.percent or 0) / 100, text=f"{half_up(r.percent or 0):g}%",
                     state="chance" if n == 0 else "ours") for n, r in enumerate(mine[-8:]))
    alt = alt_text("Dot chart", f"results in {subject} in the order of time",
                   [(b.label, b.text) for b in rows], "one student", "")
    return Chart("dots", f"{subject}, in the order of time", "Grey: the own start here.", rows, alt,
                 percent=True, levels=ENDS)


def _line(result: Result, frame: Frame) -> dict[str, str]:
    score = "" if result.score is None else f"{result.score:g}"
    return {
        "Date": day_words(result.day, frame.preset, short=True),
        "Subject": result.subject, "Test": result.test,
        "Result": result.level or score or result.status.replace("_", " "),
        "Of the maximum": "" if result.percent is None else f"{half_up(result.percent):g}%",
    }


def _said(frame: Frame, found: Profile, student: int) -> None:
    """Signs, plans of support and what was noted, as short lists."""
    signs = [s.words for s in found.signs]
    plans = [f"{p.need}: {p.plan or 'a plan'}, since {_day(p.since, frame)}"
             + (f", until {_day(p.until, frame)}" if p.until else "") for p in found.plans]
    noted = [f"{_day(n.day, frame)}: {n.text}"
             for n in notes.notes(frame.house.records, student)[:10]]
    learned = [growth_words(g.goal.name, g.first, g.last, _day(g.since, frame), g.up, g.lower)
               for g in found.learned]
    for title, lines in (("Learning", learned), ("Signs", signs), ("Support", plans),
                         ("What was done", noted)):
        if lines:
            st.header(title, anchor=False)
            st.markdown("\n".join(f"- {tables.escaped(line)}" for line in lines))


def _counted(frame: Frame, found: Profile) -> None:
    """Which days and results the figures above rest on, and which are left out."""
    halves, unmarked = (sum(d.state == state for d in found.days) for state in ("half", "unmarked"))
    scored = sum(r.percent is not None for r in found.results)
    with st.expander("How this is computed", icon=":material/calculate:"):
        st.markdown("\n".join(f"- {line}" for line in (
            f"Days counted: {found.possible:g} school days on roll that were marked, up to "
            f"{_day(frame.view.end, frame)}. Half days missed: {halves}; each counts half.",
            f"Left out: {counted(unmarked, 'school days', frame.preset)} that nobody marked. They "
            "count neither as present nor as absent.",
            f"Results drawn: {scored} of {len(found.results)}, those with a score and a maximum, "
            "as percent of it. A test that was missed is no score.",
            "A sign is a count that passes its line; it is no forecast.")))


def _day(day: date, frame: Frame) -> str:
    return day_words(day, frame.preset, short=True)
