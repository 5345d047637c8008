"""The script behind every page: who is it, which house, filters, view, menu, then the page itself.

The address is written here and nowhere else: it is read before any filter is drawn and holds
every value of the view after them, so a cold link, Back and a second browser show the same.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from pages import PAGES, Page
from pages.data import first
from pages.parts import (
    actions,
    comments,
    filters,
    guard,
    houses,
    palette,
    periods,
    present,
    session,
    states,
)
from pages.parts.frame import Frame, Shown
from school.access import OWNER
from school.describe import describe
from school.errors import StaffroomError
from school.house import House
from school.view import View

BUILT = tuple(p for p in PAGES if importlib.util.find_spec(p.module))
MENU_ICON = ":material/{}:"


@dataclass(frozen=True)
class Ground:
    """What a run stands on, before any filter: the house, its values and the fresh view."""

    data: session.HouseName
    house: House
    known: Mapping[str, Any]
    first: date | None
    last: date | None
    default: View
    presenting: bool

    @property
    def empty(self) -> bool:
        """Whether this house holds no data yet."""
        return self.last is None

    def place(self, page: Page) -> filters.Place:
        """Where the filters of `page` are drawn."""
        today = self.default.as_of
        return filters.Place(page, self.known, self.first or today, self.last or today,
                             self.house.preset, houses.has(self.house, "published"))


def main() -> None:
    """Draw one run."""
    st.set_page_config(page_title="Staffroom", layout="wide")
    st.html(palette.CSS)
    try:
        query = session.query()
        arrived = query != session.written()
        ground = _ground(query, arrived)
        pages = {p.url: _navigation_page(p) for p in BUILT}
        current = st.navigation(list(pages.values()), position="hidden")
        page = next(p for p in BUILT if pages[p.url].title == current.title)
        if ground.empty and page.wants != "nothing":
            session.write_query({"data": [ground.data]})
            first.draw(ground.data, ground.house, pages)
            return
        view, dropped = _view(query, arrived, ground, page)
    except StaffroomError as error:
        states.failed(guard.note(error, "start"), error.words)
        return
    except Exception as error:
        states.failed(guard.note(error, "start"))
        return
    _page(page, pages, ground, view, dropped)


def _navigation_page(page: Page) -> Any:
    # No icon here: the browser would fetch it from outside for the tab.
    return st.Page(lambda: None, title=page.title, url_path=page.url, default=page is BUILT[0])


def _ground(query: session.Query, arrived: bool) -> Ground:
    """Which house, what is in it, and whether this is Present."""
    asked = (query.get("data") or [""])[0] if arrived else session.state("data", "")
    data, house = houses.chosen(asked)
    session.keep("data", data)
    if arrived:
        session.keep("presenting", (query.get("present") or [""])[0] == "1")
    presenting = bool(session.state("presenting"))
    # A projector shows no small group exactly, nor does a file for others: the staff's own right
    # is put down there.
    outside = presenting or actions.for_others()
    scope = replace(OWNER, staff=False) if outside else OWNER
    covered, known = houses.contents(house, scope)
    if covered is None:
        today = date.today()
        return Ground(data, house, {}, None, None, View(today, today, today, scope=scope), False)
    start, end = periods.default(covered.start, covered.end, house.preset)
    default = View(start, end, covered.end, scope=scope)
    return Ground(data, house, known, covered.start, covered.end, default, presenting)


def _view(query: session.Query, arrived: bool, ground: Ground,
          page: Page) -> tuple[View, list[str]]:
    """The view before this run's filters: from the address if it changed, else as it was."""
    place, default, dropped = ground.place(page), ground.default, list[str]()
    had = session.view()
    if session.state("clear"):
        session.keep("clear", False)
        view, arrived = default, False
        filters.seed(view, place)
    elif arrived or had is None:
        ids = {c: [v.value for v in values] for c, values in ground.known.items()}
        view, dropped = View.from_query(query, default, ids)
        params = session.params(page.url)
        params.clear()
        session.unsaid(page.url).clear()
        params.update({k: query[k][:1] for k in page.params if _plain(query.get(k))})
        filters.seed(view, place)
    else:
        view = filters.moved_on(had, session.state("default"), default)
        if view != had:
            filters.seed(view, place)
    session.keep("default", default)
    return view.with_(scope=default.scope), dropped


def _plain(values: list[str] | None) -> bool:
    return values is not None and bool(values) and len(values[0]) <= 120 and values[0].isprintable()


def _page(page: Page, pages: Mapping[str, Any], ground: Ground, view: View,
          dropped: list[str]) -> None:
    """The frame around one page, and the page inside the guard."""
    if ground.data == "sample" and not ground.empty:
        houses.strip(ground.presenting)
    if ground.presenting:
        present.style()
    with st.container(horizontal=True, horizontal_alignment="distribute",
                      vertical_alignment="center", key="title"):
        heading = st.empty()
        slot = st.container(horizontal=True, key="actions", width="content", gap="xsmall")
    if not ground.presenting and page.uses:
        view = filters.draw(view, ground.default, ground.place(page))
    session.keep_view(view)
    usable, unused = filters.usable(view, page)
    frame = Frame(
        page, ground.data, ground.house, usable, view, ground.default, ground.known,
        ground.house.preset, ground.first, ground.last, ground.presenting,
        describe(usable, ground.known, ground.house.preset), pages,
    )
    frame.question = _question(frame)
    heading.title(frame.question, width="content", anchor=False)
    if not ground.presenting:
        _menu(frame)
    _notes(frame, dropped, unused)
    _draw(frame)  # a page that asks for another run leaves the address to that run
    _write(frame)
    with slot:
        if not ground.presenting and page.uses:
            actions.draw(frame)
    actions.done()


def _question(frame: Frame) -> str:
    """The question in the title: the page's own where it depends on what is looked at."""
    own = getattr(importlib.import_module(frame.page.module), "question", None)
    if own is None:
        return frame.page.question
    try:
        return str(own(frame))
    except Exception as error:
        guard.note(error, frame.page.url)  # the page itself will say what is wrong
        return frame.page.question


def _write(frame: Frame) -> None:
    query = {**frame.link_query(), **session.params(frame.page.url)}
    if frame.present:
        query["present"] = ["1"]
    session.write_query(query, session.unsaid(frame.page.url))


def _notes(frame: Frame, dropped: list[str], unused: list[str]) -> None:
    if dropped:
        names = ", ".join(filters.column_words(c, frame.preset).lower() for c in dropped)
        st.caption(f"The link named something that is not here ({names}). It was left out.")
    if unused:
        names = ", ".join(filters.column_words(c, frame.preset).lower() for c in unused)
        st.caption(f"This page cannot be narrowed by: {names}. The link keeps it.")


def _draw(frame: Frame) -> None:
    """Run the page; whatever breaks becomes a sentence and a code.

    Title, filters and menu stand already, and shapes stand in for what is still worked out.
    """
    try:
        with st.container(key="body"):
            seen = session.drew(frame.page.url, frame.view, frame.store.data_version)
            frame.arrived = states.waiting(seen or frame.page.section == "Data")
            importlib.import_module(frame.page.module).draw(frame)
            if not frame.present and frame.page.wants not in ("nothing", "chosen"):
                comments.below(frame)
    except Shown:
        pass
    except StaffroomError as error:
        states.failed(guard.note(error, frame.page.url), error.words)
    except Exception as error:
        states.failed(guard.note(error, frame.page.url))
    finally:
        frame.arrived()
    if frame.present:
        present.keys(frame, [p for p in _open(frame) if p.section == "Look"])


def _open(frame: Frame) -> list[Page]:
    """The pages that have something to show."""
    return [p for p in BUILT if p.wants == "nothing" or (frame.last is not None and (
        houses.has(frame.house, p.wants)))]


def _menu(frame: Frame) -> None:
    with st.sidebar:
        with st.container(key="whose"):
            st.markdown("**Staffroom**")
            st.markdown(houses.name(frame.known, frame.data))
        section = ""
        for page in _open(frame):
            if page.section != section:
                section = page.section
                st.caption(section)
            st.page_link(frame.pages[page.url], label=page.title,
                         icon=MENU_ICON.format(page.icon), width="stretch",
                         query_params=frame.link_query())


main()
