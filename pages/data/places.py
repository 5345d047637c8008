"""Which schools are these, and when do they meet? Names, clusters, years, holidays, spellings.

Every change is an upload of its own, so Undo under Data quality takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from etl import typed
from pages.data.uploads import WHO, escaped
from pages.parts import session
from pages.parts.frame import Frame, Table, Tile
from school.directory import ALL, Directory, School, directory
from school.errors import StaffroomError
from school.terms.dates import day_month, day_words
from school.terms.numbers import counted, grouped
from school.terms.words import Lead, noun, small, upper_first

NOTHING = "There are no schools here yet."
SAID = "places:said"
SHOWN_PAIRS = 5
LONGEST = 120  # days in one stretch of holidays


def draw(frame: Frame) -> None:
    """The schools as a table; then what can be said about the chosen one, and holidays."""
    known = directory(frame.store)
    if not known.schools:
        frame.empty(NOTHING)
        return
    pairs = typed.alike(known)
    frame.heading(lead(known, len(pairs)), tiles=_tiles(frame, known))
    _said()
    if frame.present:
        return
    if pairs:
        _spellings(frame, pairs)
    _schools(frame, known)
    _holidays(frame, known)


def lead(known: Directory, pairs: int) -> Lead:
    """What is missing about the schools, first what hinders most."""
    total = len(known.schools)
    nameless = sum(not s.named for s in known.schools)
    rest = _days_words(known)
    if nameless:
        verb = "has" if nameless == 1 else "have"
        of = "The school" if total == nameless == 1 else f"{nameless} of {total} " \
            f"{noun(total, 'schools')}"
        return Lead(f"{of} {verb} no name yet, only a number.", "Type what people call it.")
    if pairs:
        count = f"{upper_first(small(pairs))} {noun(pairs, 'schools')}"
        return Lead(f"{count} may be written in two ways.", f"Join them or leave them. {rest}")
    if total == 1:
        return Lead(f"One school: {known.schools[0].name}.", rest)
    return Lead(f"{upper_first(small(total))} schools, and all have their names.", rest)


def _days_words(known: Directory) -> str:
    closed = [h for h in known.holidays if h.kind in ("holiday", "closure")]
    if not closed:
        return "No holidays are known, so school days are read from the marks."
    return f"{len({h.day for h in closed})} holidays and closed days are known."


def _tiles(frame: Frame, known: Directory) -> list[Tile]:
    inside = [s for s in known.schools if s.cluster]
    return [
        Tile("Schools", grouped(len(known.schools), frame.preset)),
        Tile("Without a name", str(sum(not s.named for s in known.schools) or "none")),
        Tile("In a cluster", str(len(inside)), f"of {len(known.schools)}"),
        Tile("Days named", grouped(len({h.day for h in known.holidays}), frame.preset)),
    ]


def _said() -> None:
    """What the last change did, once."""
    words = session.state(SAID)
    if words:
        session.keep(SAID, None)
        st.html(f'<p role="status">{_plain(words)}</p>')


def _plain(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spellings(frame: Frame, pairs: Sequence[tuple[School, School]]) -> None:
    st.header("One school, or two?", anchor=False)
    for small_one, large in pairs[:SHOWN_PAIRS]:
        with (st.container(border=True),
              st.container(horizontal=True, vertical_alignment="center",
                           horizontal_alignment="distribute")):
            st.markdown(
                f"**{escaped(small_one.name)}** and **{escaped(large.name)}**  \n"
                f"{counted(small_one.students, 'students', frame.preset)} and "
                f"{counted(large.students, 'students', frame.preset)}", width="content")
            st.button("They are one school", key=f"join:{small_one.org_id}",
                      help=f"{small_one.name} becomes {large.name}",
                      on_click=_do, args=(frame, _joining(frame, small_one, large),
                                          f"{small_one.name} is now {large.name}."))
    if len(pairs) > SHOWN_PAIRS:
        st.caption(f"And {len(pairs) - SHOWN_PAIRS} more.")


def _joining(frame: Frame, one: School, into: School) -> Callable[[], int | None]:
    return lambda: typed.join(frame.house, WHO, one, into, _as_of(frame))


def _as_of(frame: Frame) -> date:
    return frame.last or frame.view.as_of


def _do(frame: Any, change: Callable[[], int | None], words: str) -> None:
    """Make a change (as a callback) and say what it did."""
    try:
        made = change()
    except StaffroomError as error:
        session.keep(SAID, error.words)
        return
    session.keep(SAID, f"{words} Undo is under Data quality." if made else
                 "Nothing changes: this stood already.")


def _schools(frame: Frame, known: Directory) -> None:
    st.header("Schools", anchor=False)
    frame.table(Table(tuple(
        {"School": s.name, "Code": s.code or "", "Cluster": s.cluster or "",
         "Year starts": _start(frame, s.year_start), "Students": s.students,
         "Data to": day_words(s.last, frame.preset, short=True) if s.last else "",
         "Also written": ", ".join(_others(s))}
        for s in known.schools), title="All schools"))
    options = {s.org_id: s.name for s in sorted(known.schools, key=lambda s: s.named)[:300]}
    chosen = known.school(frame.pick("place", "Say more about", options) or "")
    if chosen is not None:
        _form(frame, known, chosen)


def _others(school: School) -> list[str]:
    return [s.name for s in school.spellings if s.name.lower() != school.name.lower()]


def _start(frame: Frame, text: str | None) -> str:
    if text is None and frame.preset is not None:
        month, day = frame.preset.year_start
        return f"{day_month(date(2024, month, day), frame.preset)} (country)"
    return day_month(date.fromisoformat(f"2024-{text}"), frame.preset) if text else ""


def _form(frame: Frame, known: Directory, school: School) -> None:
    key = f"place:{school.org_id}"
    with st.form(key, border=True):
        with st.grid(3, min_column_width=200):
            st.text_input("Name", value=school.name if school.named else "", key=f"{key}:name",
                          placeholder="What people call it")
            st.text_input("Cluster", value=school.cluster or "", key=f"{key}:cluster",
                          placeholder="Schools it works with")
            st.text_input("School year starts (month-day)", key=f"{key}:start",
                          value=school.year_start or "", placeholder="06-01")
        st.form_submit_button("Save", type="primary", icon=":material/check:",
                              on_click=_save, args=(frame, school, key))
    others = {s.org_id: s.name for s in known.schools if s.org_id != school.org_id}
    if others:
        with st.expander("This is another spelling of a school", icon=":material/merge:"):
            into = st.selectbox("It is the same school as", list(others)[:300],
                                format_func=lambda o: others.get(o, o), key=f"{key}:into")
            target = known.school(into or "")
            if target is not None:
                st.button("Join them", key=f"{key}:join", on_click=_do, args=(
                    frame, _joining(frame, school, target),
                    f"{school.name} is now {target.name}."))


def _save(frame: Any, school: School, key: str) -> None:
    name, cluster, start = (str(session.state(f"{key}:{part}") or "").strip()
                            for part in ("name", "cluster", "start"))
    _do(frame, lambda: typed.change_school(
        frame.house, WHO, school, _as_of(frame), name=name, cluster=cluster, year_start=start),
        f"Saved for {name or school.name}.")


def _holidays(frame: Frame, known: Directory) -> None:
    st.header("Holidays and other days", anchor=False)
    names = {ALL: "All schools", **{s.org_id: s.name for s in known.schools[:299]}}
    if known.holidays:
        frame.table(Table(tuple(
            {"Day": h.day, "What": typed.DAY_TYPES.get(h.kind, h.kind), "Name": h.name,
             "For": names.get(h.org_id, h.org_id)} for h in reversed(known.holidays)),
            title=f"{counted(len(known.holidays), 'days', frame.preset)} named"))
    else:
        st.markdown("No days are named yet. A list of holidays can also be dropped as a file.")
    last = _as_of(frame)
    with st.form("days", border=True):
        with st.grid(2, min_column_width=220):
            st.selectbox("For", list(names), format_func=lambda o: names.get(o, o),
                         key="days:for")
            st.selectbox("What", list(typed.DAY_TYPES), key="days:kind",
                         format_func=lambda k: typed.DAY_TYPES[k])
            st.date_input("From", value=last, key="days:from", format="YYYY-MM-DD")
            st.date_input("To", value=last, key="days:to", format="YYYY-MM-DD")
        st.text_input("Name", key="days:name", placeholder="Independence Day")
        st.form_submit_button("Add these days", icon=":material/event:", on_click=_add_days,
                              args=(frame,))


def _add_days(frame: Any) -> None:
    start, end = session.state("days:from"), session.state("days:to")
    if start is None or end is None or end < start or (end - start).days >= LONGEST:
        session.keep(SAID, f"Choose a first and a last day, at most {LONGEST} days.")
        return
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    kind, name = str(session.state("days:kind")), str(session.state("days:name") or "")
    _do(frame, lambda: typed.name_days(
        frame.house, WHO, str(session.state("days:for")), days, kind, name, _as_of(frame)),
        f"{counted(len(days), 'days')} added.")
