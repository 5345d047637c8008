"""How is our school doing? What got better, what needs attention, what the last upload changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.data import brought
from pages.parts.elsewhere import elsewhere
from pages.parts.frame import Frame, Table, Tile
from pages.parts.goals import own_goal
from school.answers import Answer, Row
from school.line import Line
from school.overview import Figure, overview
from school.records.loads import Load, loads
from school.terms.dates import day_words
from school.terms.numbers import big, counted, percent
from school.terms.upload import upload_done_lead

TITLES = {"attendance_rate": "Attendance", "published_attendance": "Attendance",
          "pass_rate": "At or above pass",
          "headcount": "On roll", "chronic_absence": "Absent 1 day in 10+"}
NO_DATA = "There is nothing to show yet."


def question(frame: Frame) -> str:
    """The title, for one school or for several."""
    chosen = frame.view.values("school") or tuple(frame.known.get("school", ()))
    return "How are our schools doing?" if len(chosen) > 1 else frame.page.question


def draw(frame: Frame) -> None:
    """Four figures, then three short lists; each line leads to its page."""
    news = _news(frame)
    found = overview(frame.store, frame.view, frame.preset, frame.known, goal=own_goal(frame),
                     similar=elsewhere(frame))
    if not found.figures and not found.needs.rows:
        if frame.view == frame.default:
            frame.empty(NO_DATA)
        else:
            frame.nobody()
        return
    attendance = found.needs.attendance
    frame.drawn.answers += [f.now for f in found.figures]
    frame.heading(found.lead, stamp=frame.stamp(_dated(attendance, found.figures)),
                  tiles=[_tile(f, frame) for f in found.figures], on_wall=True)
    _who(found.figures, frame)
    _list("Getting better", found.better, frame)
    _list("Needs attention", found.attention, frame)
    if not found.attention and any(not n.beyond_chance and not n.within for n in found.needs.rows):
        frame.link("needs", "See what may need a look", icon="flag")
    brought.news(frame)
    if news and not frame.present:
        st.header("New since the last upload", anchor=False)
        st.markdown("\n".join(f"- {line}" for line in news))
        frame.link("quality", "See all uploads, and undo", icon="fact_check")
    if found.figures:
        frame.table(Table(_by_month(found.figures, frame), "The same by month"))
    frame.how(*(f.now for f in found.figures))


def _dated(attendance: Answer | None, figures: Sequence[Figure]) -> Answer | None:
    """The answer whose completeness or published tables stand beside the date."""
    if attendance is not None and attendance.card.completeness is not None:
        return attendance
    return next((f.now for f in figures if f.now.card.published), attendance)


def _who(figures: Sequence[Figure], frame: Frame) -> None:
    """The students behind each of the figures, in one place."""
    figures = [f for f in figures if not f.now.card.published]
    if frame.present or not frame.view.scope.staff or not figures:
        return
    with st.popover("See the students behind a number", icon=":material/group:", type="tertiary"):
        for figure in figures:
            if figure.now.total is not None and figure.now.total.value is not None:
                frame.students(figure.measure, label=_title(figure.measure))


def _list(title: str, lines: Sequence[Line], frame: Frame) -> None:
    if not lines:
        return
    st.header(title, anchor=False)
    for line in lines:
        if frame.present:
            st.markdown(f"- {line.words}")
        else:
            frame.link(line.page, line.words, line.view, **dict(line.params))


def _tile(figure: Figure, frame: Frame) -> Tile:
    row = figure.now.total
    assert row is not None
    spark = tuple(r.value for r in figure.months.rows if r.period is not None)
    title = _title(figure.measure)
    return Tile(title, _value(figure, row, frame), _base(figure, row, frame), spark)


def _title(measure: str) -> str:
    return TITLES.get(measure, measure)


def _value(figure: Figure, row: Row, frame: Frame) -> str:
    if row.value is None or row.coded:
        return row.coded or "not shown"
    if figure.now.kind == "count":
        return big(row.value, frame.preset)
    if figure.now.card.published:
        return percent(row.value, places=1)
    places = 1 if figure.measure == "attendance_rate" else 0
    return percent(row.value, row.n, places)


def _base(figure: Figure, row: Row, frame: Frame) -> str:
    """What stands under a figure: whom it is about, or how it moved over the view."""
    if row.value is None:
        return "too little is marked"
    if figure.now.card.published:
        return "published totals"
    if figure.now.kind == "count":
        return "students"
    if figure.measure == "pass_rate":
        return f"of {counted(round(row.denominator or 0), 'results', frame.preset)}"
    return f"of {counted(row.people or 0, 'students', frame.preset)}"


def _by_month(figures: Sequence[Figure], frame: Frame) -> tuple[dict[str, object], ...]:
    """The four figures by month: the twin of the sparklines."""
    months: dict[date, dict[str, object]] = {}
    for figure in figures:
        for row in figure.months.rows:
            if row.period is not None:
                line = months.setdefault(row.period.start, {"Month": row.period.label})
                line[_title(figure.measure)] = _value(figure, row, frame)
    return tuple(months[start] for start in sorted(months))


def _news(frame: Frame) -> list[str]:
    """What the last drop brought, in a sentence; its files are counted, not named."""
    standing = [one for one in loads(frame.house.records, "standing") if not one.typed]
    if not standing:
        return []
    last = [one for one in standing if one.drop_id == standing[0].drop_id]
    day = day_words(date.fromisoformat(last[0].at[:10]), frame.preset, short=True)
    lead = upload_done_lead(
        read=_sum(last, "read"), new=_sum(last, "loaded"), same=_sum(last, "unchanged"),
        changed=_sum(last, "changed"), left_out=_sum(last, "rejected"), preset=frame.preset)
    return [f"{counted(len(last), 'files', frame.preset)} added on {day}. {lead.bold}"]


def _sum(some: Sequence[Load], what: str) -> int:
    return sum(int(one.counts.get(what, 0)) for one in some)


