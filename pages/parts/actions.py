"""Copy link, Present and Export: at the same place on every page, for what is on the screen."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import exports, links, session
from pages.parts.frame import Frame
from pages.parts.tables import HALF_DAYS, WHO, audited, student_table
from school.measures import measure_of
from school.measures import students as behind
from school.release import release
from school.terms.numbers import counted
from school.terms.words import Lead

HERE_ONLY = "This link works on this computer only. To show others: Present, or Export a picture."
ANYWHERE = "Opens this view. Readers see only what they are allowed to see."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OUTSIDE, WANTED = "export:outside", "export:wanted"  # of one run
OTHERS, STAFF = "others", "staff"
READERS = {OTHERS: "Others", STAFF: "Staff of this school"}
HIDES = ("For others small groups are hidden, and so is what would give them away; shares near 0 "
         "and 100 are told as at most and at least.")
SHOWN = "As others will see it."
KINDS = {"png": ("picture", "image/png"), "pdf": ("picture", "application/pdf"),
         "xlsx": ("numbers", XLSX)}


def draw(frame: Frame) -> None:
    """The three actions, side by side; drawn after the page, because they take what it drew."""
    _copy_link(frame)
    if frame.drawn.lead is not None:
        if st.button("Present", icon=":material/slideshow:", type="tertiary", key="present"):
            session.keep("presenting", True)
            st.rerun()
        _export(frame)


def _copy_link(frame: Frame) -> None:
    with st.popover("Copy link", icon=":material/link:", type="tertiary"):
        base = st.context.url or "http://127.0.0.1/"
        query = {**frame.link_query(), **session.params(frame.page.url)}
        st.code(links.address(base, frame.page.url, query), language=None, wrap_lines=True)
        st.caption(HERE_ONLY if links.here_only(base) else ANYWHERE)


def for_others() -> bool:
    """Whether this run draws the page for readers outside the staff, because it is exported."""
    return bool(session.state(OUTSIDE))


def done() -> None:
    """The export is made; the next run shows the page to the staff again."""
    session.keep(OUTSIDE, False)
    session.keep(WANTED, None)


def _export(frame: Frame) -> None:
    """Who will read it, then the file. For others the page is drawn once as they may see it."""
    with st.popover("Export", icon=":material/download:", type="tertiary"):
        st.caption("What is on the screen, with its sentence, dates and numbers of students.")
        readers = st.segmented_control("Who will read it?", list(READERS), default=OTHERS,
                                       required=True, key=f"readers:{frame.page.url}",
                                       format_func=READERS.__getitem__)
        names = False
        if readers == STAFF and frame.drawn.listed is not None:
            names = st.checkbox("Put the names of the students into the Excel file",
                                key=f"names:{frame.page.url}", on_change="ignore")
        if readers == OTHERS:
            st.caption(HIDES)
        with st.container(horizontal=True):
            for kind, label in (("png", "Picture"), ("pdf", "PDF"), ("xlsx", "Excel")):
                st.button(label, key=f"export:{kind}", on_click=_wish, args=(kind, readers))
        wanted = session.state(WANTED)
        if wanted:
            why_not = _released(frame, wanted) if for_others() else ""
            if why_not:
                st.html(f'<p role="status"><b>{escape(why_not)}</b></p>')
            else:
                _offer(_made(frame, wanted, names), wanted)
    if for_others():
        st.html(f'<p role="status">{SHOWN}</p>')


def _wish(kind: str, readers: str) -> None:
    """Have the next run draw the page for its readers, and make the file of it."""
    session.keep(WANTED, kind)
    session.keep(OUTSIDE, readers == OTHERS)


def _made(frame: Frame, kind: str, names: bool) -> str:
    handout = _handout(frame)
    if kind == "xlsx":
        content = exports.workbook(handout, frame.drawn.answers, _names(frame, names))
    else:
        content = exports.picture(handout, "pdf" if kind == "pdf" else "png")
    word, mime = KINDS[kind]
    name = f"{frame.page.url}-{word}-{frame.view.as_of.isoformat()}.{kind}"
    return links.keep_export(content, name, mime)


def _released(frame: Frame, kind: str) -> str:
    """Write down what others are told; why they may not be told, where an earlier file and this
    one together would tell about a few."""
    return release(frame.store, frame.house.records,
                   [*frame.drawn.answers, *frame.drawn.told], frame.preset,
                   page=frame.page.url, kind=kind, who=WHO)


def _handout(frame: Frame) -> exports.Handout:
    """The page as it was drawn, as plain values."""
    drawn = frame.drawn
    people = max((a.card.included for a in drawn.answers), default=0)
    return exports.Handout(
        title=frame.question,
        lead=drawn.lead or Lead(""),
        filters=frame.description,
        as_of=frame.view.as_of,
        people=counted(people, "students", frame.preset) if people else "",
        stamp=drawn.stamp,
        tiles=tuple((t.label, t.value, t.words) for t in drawn.tiles),
        charts=tuple(c for c in drawn.charts if c.rows),
        invented=frame.data == "sample",
    )


def _names(frame: Frame, ticked: bool) -> exports.Handed | None:
    if not ticked or frame.drawn.listed is None:
        return None
    measure, view, params = frame.drawn.listed
    rows = student_table(
        behind(frame.store, measure, view, preset=frame.preset, params=params or None),
        days=measure_of(measure, frame.store).reads in HALF_DAYS)
    audited(frame.house, "put the list of students into an export", len(rows))
    columns = list(rows[0]) if rows else ["Name"]
    return exports.Handed(columns, [[row[c] for c in columns] for row in rows])


def _offer(href: str, kind: str) -> None:
    name = {"png": "picture", "pdf": "PDF", "xlsx": "Excel file"}[kind]
    st.html(f'<p role="status"><a class="collect" href="{escape(href)}" download>'
            f"Save the {name}</a></p>")
    st.caption("It can be collected for one hour.")
