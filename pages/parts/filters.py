"""The row of filters: the same on every page, read from the link and written back to it.

A value that a page cannot use stays in the link, and is shown as not used. A filter with one
possible value is not drawn. No list offers more than 300 values at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from pages import Page
from pages.parts import periods, session
from school.config import Preset
from school.similar import LEAST, the_school
from school.terms.dates import span_words
from school.terms.words import upper_first, word
from school.view import View

MOST = 300
SENSITIVE = ("caste", "category", "disability", "economic", "income", "religion", "first_gen")
COMPARE = {
    "preset": "the usual line",
    "goal": "our goals",
    "last_year": "last year",
    "similar": "similar schools",
    "published": "a published number",
}
SEXES = {"female": "girls", "male": "boys", "unknown": "not known"}
Known = Mapping[str, Sequence[Any]]  # column -> values with .value and .label


@dataclass(frozen=True)
class Place:
    """Where filters are drawn: for which page, over which values, data and country words."""

    page: Page
    known: Known
    first: date
    last: date
    preset: Preset | None
    published: bool = False  # whether shares of other places were loaded


def seed(view: View, place: Place) -> None:
    """Set every filter from a view that came in by a link, Back or Forward."""
    for column in place.known:
        session.keep(_key(column), list(view.values(column)))
    stretch = (view.start, view.end)
    names = periods.named(place.first, place.last, place.preset)
    session.keep("f:period", next((n for n, s in names.items() if s == stretch), periods.DATES))
    session.keep("f:dates", stretch)
    session.keep("f:compare", view.compare)


def draw(base: View, default: View, place: Place) -> View:
    """Draw the row; the view as it is chosen now. What is not drawn stays as it is in `base`."""
    view = base
    with st.container(horizontal=True, key="bar", gap="xsmall"):
        for label, columns in _chips(place):
            view = _chip(label, columns, view, place)
        if "period" in place.page.uses:
            view = _period(view, place)
        if "compare" in place.page.uses:
            view = _compare(view, place)
        if view != default:
            st.button("Clear", type="tertiary", icon=":material/filter_alt_off:", key="f:clear",
                      on_click=lambda: seed(default, place))
    return view


def usable(view: View, page: Page) -> tuple[View, list[str]]:
    """The view without the columns that the page cannot use, and which those are.

    By what a number is split each page decides itself: a split in the link stays in the link.
    """
    unused = [c for c, _ in view.where if not uses(page, c)]
    for column in unused:
        view = view.choose(column, ())
    return view.with_(by=(), period=None), unused


def uses(page: Page, column: str) -> bool:
    """Whether a page can be narrowed by a column."""
    return column in page.uses or (column.startswith("group.") and "group" in page.uses)


def column_words(column: str, preset: Preset | None) -> str:
    """A column's name on screen: 'Home language' for 'group.home_language'."""
    plain = column.removeprefix("group.").replace("_", " ")
    if column in ("grade", "class", "school"):
        plain = word(preset, column)
    return upper_first({"assessment": "test", "wave": "survey"}.get(column, plain))


def labels(known: Known, column: str) -> dict[str, str]:
    """Value to label, of one column."""
    plain = SEXES if column == "group.sex" else {}
    return {v.value: plain.get(v.label, v.label) for v in known.get(column, ())}


def _chips(place: Place) -> list[tuple[str, list[str]]]:
    """Chips of this page: label and columns, in the order of the screen."""
    groups = sorted((c for c in place.known if c.startswith("group.")), key=_delicate)
    wanted = [
        (column_words("school", place.preset), ["cluster", "school"]),
        (column_words("grade", place.preset), ["grade", "class"]),
        ("Group", groups),
        *((column_words(c, place.preset), [c]) for c in ("subject", "assessment", "wave")),
    ]
    out = []
    for label, columns in wanted:
        drawn = [c for c in columns if len(place.known.get(c, ())) > 1]
        if drawn and (any(uses(place.page, c) for c in drawn)
                      or any(session.state(_key(c)) for c in drawn)):
            out.append((label, drawn))
    return out


def _delicate(column: str) -> tuple[bool, str]:
    return any(s in column for s in SENSITIVE), column


def _key(column: str) -> str:
    return f"f:{column}"


def _chip(label: str, columns: list[str], view: View, place: Place) -> View:
    chosen = {c: _kept(c, place) for c in columns}
    said = [labels(place.known, c).get(v, v) for c in columns for v in chosen[c]]
    shown = "all" if not said else said[0] if len(said) == 1 else f"{len(said)} chosen"
    usable_here = [c for c in columns if uses(place.page, c)]
    popover = st.popover(
        f"{label}: **{shown}**", icon=":material/filter_alt:" if said else None,
        disabled=not usable_here,
        help=None if usable_here else "This page does not use this filter.",
    )
    if not usable_here:
        return view
    with popover:
        for column in usable_here:
            if _delicate(column)[0] and not _delicate(usable_here[0])[0]:
                st.caption("Only for staff")
            view = view.choose(column, _values(column, place))
    return view


def _kept(column: str, place: Place) -> list[str]:
    """What is chosen, without values that no longer exist."""
    exists = labels(place.known, column)
    kept = [v for v in session.state(_key(column)) or [] if v in exists]
    session.keep(_key(column), kept)
    return kept


def _values(column: str, place: Place) -> list[str]:
    named = labels(place.known, column)
    options = list(named)

    def format_of(value: str) -> str:
        return named.get(value, value)

    title = column_words(column, place.preset)
    if len(options) <= 8:
        picked = st.pills(title, options, selection_mode="multi", format_func=format_of,
                          key=_key(column), persist_state="session")
        return list(picked or [])
    if len(options) > MOST:
        options = _narrowed(title, column, options, format_of)
    return list(st.multiselect(title, options, format_func=format_of, key=_key(column),
                               placeholder="All", persist_state="session"))


def _narrowed(title: str, column: str, options: list[str],
              format_of: Callable[[str], str]) -> list[str]:
    """At most 300 of many values: those chosen, then those whose name holds what was typed."""
    typed = st.text_input(f"Part of the name ({len(options)} in all)", key=f"f:part:{column}",
                          persist_state="session") or ""
    chosen = list(session.state(_key(column)) or [])
    found = [v for v in options if typed.casefold() in format_of(v).casefold() and v not in chosen]
    if len(found) + len(chosen) > MOST:
        st.caption(f"Showing the first {MOST}. Type part of the name to see the others.")
    return [*chosen, *found][:MOST]


def _period(view: View, place: Place) -> View:
    names = periods.named(place.first, place.last, place.preset)
    options = [*names, periods.DATES]
    if session.state("f:period") not in options:
        session.keep("f:period", periods.DATES)
    chosen = session.state("f:period")
    shown = chosen.lower() if chosen in names else span_words(view.start, view.end, place.preset)
    with st.popover(f"Period: **{shown}**",
                    icon=None if chosen == "This year" else ":material/filter_alt:"):
        picked = st.segmented_control("Period", options, key="f:period", required=True,
                                      persist_state="session", label_visibility="collapsed")
        if picked in names:
            start, end = names[picked]
            session.keep("f:dates", (start, end))
            return view.with_(start=start, end=min(end, view.as_of))
        days = st.date_input("From and to", key="f:dates", persist_state="session",
                             min_value=min(place.first, view.start),
                             max_value=max(place.last, view.end))
    if isinstance(days, tuple) and len(days) == 2:
        return view.with_(start=days[0], end=min(days[1], view.as_of))
    return view


def _comparisons(view: View, place: Place) -> list[str]:
    """What this view can be compared with: similar schools only for one of enough schools."""
    enough = len(place.known.get("school", ())) > LEAST and the_school(view) is not None
    there = {"similar": enough, "published": place.published}
    return [c for c in COMPARE if there.get(c, True)]


def _compare(view: View, place: Place) -> View:
    offered = _comparisons(view, place)
    if session.state("f:compare") not in offered:
        session.keep("f:compare", view.compare if view.compare in offered else "preset")
    chosen = session.state("f:compare")
    with st.popover(f"Compare with: **{COMPARE[chosen]}**",
                    icon=None if chosen == "preset" else ":material/filter_alt:"):
        picked = st.radio("Compare with", offered, format_func=lambda c: COMPARE[c],
                          key="f:compare", persist_state="session",
                          label_visibility="collapsed")
    return view.with_(compare=picked or "preset")


def moved_on(view: View, before: View | None, now: View) -> View:
    """The same view after data came or went: what stood at the old default stands at the new."""
    if before is None or before == now:
        return view
    if view.as_of == before.as_of:
        view = view.with_(as_of=now.as_of)
    if (view.start, view.end) == (before.start, before.end):
        return view.with_(start=now.start, end=now.end)
    return view.with_(end=min(view.end, view.as_of))
