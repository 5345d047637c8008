"""Tiles, tables, the freshness stamp and the list of students."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import session
from pages.parts.palette import OURS
from school.answers import Answer
from school.config import Preset
from school.house import House
from school.measures import StudentRow, measure_of
from school.measures import students as behind
from school.records import audit
from school.terms.dates import day_words
from school.terms.numbers import percent
from school.terms.published import published_stamp
from school.view import View

WHO = "owner"
STALE_DAYS = 14
HALF_DAYS = ("attendance", "year_left")  # tables whose counts are half days


def tiles(shown: Sequence[Any]) -> None:
    """At most four figures in a row, two by two on a phone; their course below, on all or none."""
    courses = [[v for v in tile.spark if v is not None] for tile in shown]
    drawn = all(len(known) > 2 for known in courses)
    with st.grid(4, min_column_width=150):
        for tile in shown:
            with st.container(gap="xsmall"):
                st.metric(tile.label, tile.value, delta=None, delta_description=tile.words or None)
                if drawn:
                    st.html(f'<img alt="" src="{spark(tile.spark)}">')


def plain(caption: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A few rows as a table of the page itself; on a phone its first three columns."""
    head = "".join(f"<th scope='col'>{escape(n)}</th>" for n in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{'' if v is None else escape(str(v))}</td>" for v in row) + "</tr>"
        for row in rows)
    return (f"<div class='few'><table><caption>{escape(caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>")


def spark(values: Sequence[float | None], width: int = 160, height: int = 36) -> str:
    """A small line for the eye alone, as an image in the page: the figures stand in the table."""
    known = [v for v in values if v is not None]
    low, room = min(known), (max(known) - min(known)) or 1.0
    step = (width - 8) / max(len(values) - 1, 1)
    at = [None if v is None else (4 + i * step, height - 4 - (v - low) / room * (height - 8))
          for i, v in enumerate(values)]
    path, pen = "", "M"
    for point in at:
        path += f"{pen}{point[0]:.1f} {point[1]:.1f}" if point else ""
        pen = "L" if point else "M"
    x, y = next(p for p in reversed(at) if p)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<path d="{path}" fill="none" stroke="{OURS}" stroke-width="2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{OURS}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"


def stamp(last: date | None, answer: Answer | None, preset: Preset | None,
          today: date | None) -> str:
    """'Data to 14 Nov 2025 · register 94% complete', how long ago where that is long, and the
    published tables that it was read from, if it was.
    """
    if last is None:
        return ""
    text = f"Data to {day_words(last, preset, short=True)}"
    if today is not None and (today - last).days > STALE_DAYS:
        text += f", {(today - last).days} days ago"
    complete = answer.card.completeness if answer is not None else None
    if answer is not None and answer.card.published:
        text += f" · {published_stamp(answer.card.published)}"
    return text + (f" · register {percent(complete)} complete" if complete is not None else "")


def twin(title: str, rows: Sequence[Mapping[str, Any]], formats: Mapping[str, str],
         choose: Callable[[int], None] | None, key: str) -> None:
    """The same values as a table, closed at first."""
    frame = pd.DataFrame([dict(r) for r in rows])
    config = {name: st.column_config.NumberColumn(format=f) for name, f in formats.items()}

    def clicked() -> None:
        picked = (session.state(key) or {}).get("selection", {}).get("rows", [])
        if picked and choose is not None:
            choose(int(picked[0]))

    with st.expander(title, icon=":material/table:"):
        st.dataframe(
            frame, hide_index=True, column_config=config, key=key, alt=title, row_height=40,
            on_select=clicked if choose else "ignore", selection_mode="single-row",
        )


def students(house: House, measure: str, view: View, preset: Preset | None,
             params: Mapping[str, Any], opens: Callable[[int], None]) -> None:
    """Open the list of students behind a number and write down that it was opened.

    A row that is chosen can be opened: `opens` is given the student's key.
    """
    rows = behind(house.store, measure, view, preset=preset, params=params or None)
    audited(house, "opened the list of students", len(rows))
    days = measure_of(measure, house.store).reads in HALF_DAYS
    _dialog(student_table(rows, days=days), [r.student for r in rows], opens)


def audited(house: House, what: str, count: int) -> None:
    """Write down that names were taken out, and how many; never which."""
    audit.note(house.records, WHO, what, {"students": count})


def student_table(rows: Sequence[StudentRow], *, days: bool = False) -> list[dict[str, Any]]:
    """Rows of the list as people read them; the key of a student is not among them.

    With `days` the counts behind a number are half days, and told in days.
    """
    out = []
    for row in rows:
        line: dict[str, Any] = {"Name": row.name or "", "Id": row.student_id, "School": row.school,
                                "Class": row.class_name or row.grade}
        if row.level:
            line["Level"] = row.level
        if row.base and row.amount is not None:
            part = 2 if days else 1
            name = "Days" if days else "Count"
            line[name] = f"{row.amount / part:g} of {row.base / part:g}"
        elif row.value is not None:
            line["Count"] = f"{row.value:.3g}"
        line["Note"] = row.note or ""
        line["Not counted because"] = row.left_out or ""
        out.append(line)
    same = ("Not counted because", "Level", "School", "Note")
    idle = [c for c in same if len({line.get(c, "") for line in out}) == 1]
    return [{k: v for k, v in line.items() if k not in idle or k == "Level"
             or (k == "Note" and v)} for line in out]


@st.dialog("Students", width="large", icon=":material/group:")
def _dialog(rows: list[dict[str, Any]], keys: list[int], opens: Callable[[int], None]) -> None:
    st.caption("For staff of this school. Opening this list is recorded. It is not in the link.")
    if not rows:
        st.markdown("**No student is behind this number.**")
        return
    chosen = st.dataframe(pd.DataFrame(rows), hide_index=True, row_height=36, alt="Students",
                          key="students:rows", on_select="rerun", selection_mode="single-row")
    picked = chosen["selection"]["rows"]
    if picked and st.button("Open this student", icon=":material/person:", key="students:open"):
        opens(keys[picked[0]])
    elif not picked:
        st.caption("Choose a row to open the page of that student.")


def escaped(text: str) -> str:
    """Words of a file as plain text: nothing in them is markup."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-!|<>~$:" else c for c in text)
