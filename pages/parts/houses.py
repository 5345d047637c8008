"""The two houses: the school's own data and the invented schools, never mixed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

import server
from pages.parts import session
from school.access import OWNER, Scope
from school.benchmarks import published
from school.errors import StoreDamaged
from school.house import House
from school.measures import DataSpan, Value, known_values, span
from school.records import comments

MOST_KEPT = 32
_contents: dict[tuple[Path, Scope, str],
                tuple[int, DataSpan | None, dict[str, list[Value]]]] = {}
_lock = threading.Lock()


def chosen(asked: str) -> tuple[session.HouseName, House]:
    """The house that a link asks for, else the one that has data; the own one if neither has."""
    own = session.house("own")
    if own is None:
        raise StoreDamaged("The data folder does not open.")
    sample = session.house("sample")
    if asked == "sample" and sample is not None:
        return "sample", sample
    if asked != "own" and sample is not None and contents(own, OWNER)[0] is None \
            and contents(sample, OWNER)[0] is not None:
        return "sample", sample
    return "own", own


def contents(house: House, scope: Scope) -> tuple[DataSpan | None, dict[str, list[Value]]]:
    """First and last day and the values that exist; asked once for each version of the data."""
    version = house.store.data_version
    name = house.preset.name if house.preset else ""
    key = (house.folder, scope, name)
    with _lock:
        found = _contents.get(key)
    # an Undo or a load changes the version
    if found is None or found[0] != version:
        covered = span(house.store, scope)
        known = known_values(house.store, scope, house.preset) if covered else {}
        found = (version, covered, known)
        with _lock:
            if len(_contents) > MOST_KEPT:
                _contents.clear()
            _contents[key] = found
    return found[1], found[2]


def name(known: Mapping[str, Any], data: session.HouseName) -> str:
    """Whose data these are, for the top of the menu: one school's name, or how many."""
    schools = [v.label for v in known.get("school", ())]
    clusters = [v.label for v in known.get("cluster", ())]
    words = schools[0] if len(schools) == 1 else f"{len(schools):,} schools" if schools else ""
    if len(clusters) == 1:
        words = f"{words} · {clusters[0]}" if words else clusters[0]
    return words or ("Invented schools" if data == "sample" else "No data yet")


def has(house: House, wants: str) -> bool:
    """Whether a house holds what a page needs: what people said, groups, outcomes, shares of other
    places, or data.
    """
    if wants == "published":
        return bool(published(house.store))
    known = contents(house, OWNER)[1]
    if wants == "voice":
        return bool(known.get("wave")) or bool(comments.comments(house.records))
    if wants == "groups":
        return any(c.startswith("group.") for c in known)
    if wants == "learning":
        return bool(known.get("outcome"))
    return wants != "chosen"


def strip(presenting: bool = False) -> None:
    """The strip on top of every page of the invented schools; on a wall without its button."""
    with st.container(horizontal=True, vertical_alignment="center", key="invented",
                      horizontal_alignment="distribute"):
        st.markdown("**Invented schools. Nothing here is real.**", width="content")
        if not presenting and st.button("Start with our own data", key="leave_sample",
                                        type="tertiary", icon=":material/arrow_forward:"):
            _ask()


@st.dialog("Start with our own data")
def _ask() -> None:
    st.markdown("Your files never meet the invented schools. Shall we remove those now?")
    with st.container(horizontal=True):
        remove = st.button("Remove them and start", type="primary", key="sample:remove")
        leave = st.button("Keep them for later", key="sample:keep")
    if remove:
        server.remove_sample()
    if remove or leave:
        session.start_over("own")
        st.rerun()
