"""Every upload, newest first: when, who, file, counts, Undo and the original."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from etl.publish import revert
from etl.refold import GoesBack, what_goes_back
from pages.data import handing, history
from pages.parts import links, session
from pages.parts.frame import Frame
from pages.parts.tables import escaped
from school.errors import WrongUse
from school.quality import EXPECTED
from school.records import loads
from school.records.loads import Load
from school.terms.dates import day_words
from school.terms.numbers import counted, grouped, percent
from school.terms.upload import undo_sentence
from school.terms.words import noun

WHO = "owner"
SHOWN = 8
ASKING = "quality:asking"
_TABLES = {  # what a row of each table is to people: one, many
    "attendance": ("mark", "marks"), "attendance_periods": ("total", "totals"),
    "results": ("result", "results"), "students": ("student", "students"),
    "enrollment": ("place on the roll", "places on the roll"),
    "departures": ("student who left", "students who left"),
    "memberships": ("group of a student", "groups of students"),
    "organisations": ("entry about a school", "entries about schools"),
    "calendar": ("named day", "named days"),
    "survey_responses": ("survey answer", "survey answers"),
    "enrollment_counts": ("published count", "published counts"),
    "attendance_counts": ("published total", "published totals"),
    "benchmarks": ("published share", "published shares"),
    "support": ("plan of support", "plans of support"), "incidents": ("incident", "incidents"),
    "observations": ("observation", "observations"),
    "objectives": ("thing to be learned", "things to be learned"),
    "objective_parts": ("part of an outcome", "parts of outcomes"),
    "numbers": ("number of our own", "numbers of our own"),
    "class_students": ("place in a class", "places in classes"), "classes": ("class", "classes"),
}


def draw(frame: Frame, uploads: Sequence[Load]) -> None:
    """The list, and the question before an undo."""
    if frame.present or not uploads:
        return
    st.header("Uploads", anchor=False)
    for load in uploads[:SHOWN]:
        _row(frame, load)
    if len(uploads) > SHOWN:
        with st.expander(f"{len(uploads) - SHOWN} earlier uploads", icon=":material/history:"):
            for load in uploads[SHOWN:]:
                _row(frame, load)
    asked = session.state(ASKING)
    chosen = next((x for x in uploads if x.id == asked and x.state == "standing"), None)
    if chosen is not None:
        session.keep(ASKING, None)
        _ask(frame, chosen)


def _row(frame: Frame, load: Load) -> None:
    with (st.container(border=True),
          st.container(horizontal=True, vertical_alignment="center",
                       horizontal_alignment="distribute")):
        st.markdown(_words(frame, load), width="content")
        with st.container(horizontal=True, width="content"):
            if load.kept_sha256 is not None:
                _original(frame, load)
                handing.rows_back(frame.house, load, "list")
            _how(frame, load)
            if load.state == "standing":
                st.button("Undo", key=f"undo:{load.id}", icon=":material/undo:", type="tertiary",
                          help=f"Upload {load.id}", on_click=session.keep, args=(ASKING, load.id))


def _how(frame: Frame, load: Load) -> None:
    """How it was read, for whoever wants to know."""
    told = [escaped(line) for line in history.lines(frame, load)]
    if told:
        with st.popover("How it was read", icon=":material/info:", type="tertiary"):
            st.markdown("\n".join(f"- {line}" for line in told))


def _words(frame: Frame, load: Load) -> str:
    day = day_words(date.fromisoformat(load.at[:10]), frame.preset, short=True)
    name = load.words if load.typed else load.file
    state = {"reverted": " · **undone**", "lost": " · **rows missing, add it again**"}
    expected = "".join(f"  \n{escaped(words)}" for words in _expected(load))
    return (f"**{escaped(name)}**{state.get(load.state, '')}  \n"
            f"{day} · {_who(load.who)} · {_counts(frame, load)}{expected}")


def _expected(load: Load) -> list[str]:
    """What this upload lacked, and the reason that was given."""
    return [str(f["words"]) for f in load.findings if f["rule"] == EXPECTED]


def _who(who: str) -> str:
    return "you" if who == WHO else escaped(who)


def _counts(frame: Frame, load: Load) -> str:
    if load.typed:
        return "typed on this computer"
    counts = load.counts
    if not counts:
        return "counts not known"
    parts = [f"{counted(int(counts['read']), 'rows', frame.preset)}"]
    for name, words in (("loaded", "new"), ("changed", "changed"), ("unchanged", "the same"),
                        ("rejected", "left out")):
        if counts.get(name):
            parts.append(f"{grouped(int(counts[name]), frame.preset)} {words}")
    return ", ".join(parts)


def _original(frame: Frame, load: Load) -> None:
    """A link to the bytes that were kept, made when it is asked for."""
    key = f"original:{load.id}"
    address = session.state(f"{key}:at")
    if address:
        st.markdown(f"[Get it]({address})", width="content")
    else:
        label = "Original" if load.kept_sha256 == load.sha256 else "Copy without identities"
        st.button(label, key=key, icon=":material/download:", type="tertiary",
                  help=f"Upload {load.id}", on_click=_offer, args=(frame, load))


def _offer(frame: Any, load: Load) -> None:
    path = frame.house.uploads / str(load.kept_sha256)
    if path.exists():
        found = links.keep_export(path.read_bytes(), load.file.rsplit("/", 1)[-1],
                                  "application/octet-stream")
        session.keep(f"original:{load.id}:at", found)


def goes_back_words(back: GoesBack) -> str:
    """What an undo would do, in a sentence or two."""
    parts = []
    marks = back.rows.get("attendance", 0)
    if marks and back.before is not None and back.after is not None:
        parts.append(undo_sentence("attendance", percent(back.before, places=1),
                                   percent(back.after, places=1), marks))
    elif marks:
        parts.append(f"{marks:,} {noun(marks, 'marks')} {'goes' if marks == 1 else 'go'} away.")
    rest = {t: n for t, n in back.rows.items() if t in _TABLES and t != "attendance" and n}
    if rest:
        listed = ", ".join(f"{n:,} {_TABLES[t][n != 1]}" for t, n in rest.items())
        verb = "goes or changes" if sum(rest.values()) == 1 else "go or change"
        parts.append(f"{'Also ' if parts else ''}{listed} {verb} back.")
    return " ".join(parts) or "No number changes: other uploads say the same."


@st.dialog("Undo this upload?")
def _ask(frame: Any, load: Load) -> None:
    now = loads.load(frame.house.records, load.id)
    if now is None or now.state != "standing":  # the answer was yes: close the question
        st.rerun()
    name = load.words if load.typed else load.file
    st.markdown(f"**{escaped(name)}**")
    st.markdown(goes_back_words(what_goes_back(frame.house, load.id)))
    if not load.typed:
        st.markdown("The file itself can be added again at any time.")
    with st.container(horizontal=True):
        st.button("Undo it", type="primary", key="quality:undo", on_click=_undo,
                  args=(frame, load.id))
        if st.button("Keep it", key="quality:keep"):
            st.rerun()


def _undo(frame: Any, load_id: int) -> None:
    with contextlib.suppress(WrongUse):  # somebody else was faster: it is undone either way
        revert(frame.house, load_id, WHO)
