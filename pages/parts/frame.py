"""What every page is drawn with: heading, chart, table, "How this is computed", students, links.

A page gives words and plain values; where they stand on the screen, and what Present and Export
take of them, is decided here once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from pages import Page
from pages.parts import charts, how, palette, session, states, tables
from pages.parts.drawn import Drawn, Shown, Table, Tile
from pages.parts.filters import Known
from pages.parts.spec import Chart
from school.answers import Answer
from school.config import Preset
from school.house import House
from school.measures import answer as ask
from school.store import Store
from school.terms.words import Lead
from school.view import View

__all__ = ["Drawn", "Frame", "Shown", "Table", "Tile"]

REGISTER = "register"  # stands in every sentence that withholds a rate for want of marks


@dataclass
class Frame:
    """One drawing of one page. `view` holds only what the page can use; `link_view` everything."""

    page: Page
    data: session.HouseName
    house: House
    view: View
    link_view: View
    default: View
    known: Known
    preset: Preset | None
    first: date | None
    last: date | None
    present: bool
    description: str
    pages: Mapping[str, Any]  # url -> page of the navigation, for links
    question: str = ""  # in the title
    drawn: Drawn = field(default_factory=Drawn)
    arrived: Callable[[], None] = lambda: None  # takes away what stands in for the page

    @property
    def store(self) -> Store:
        """The facts of this house."""
        return self.house.store

    # --- numbers

    def answer(self, measure: str, view: View | None = None, **params: Any) -> Answer:
        """The answer to a measure in a view (this page's, unless said); kept for the export."""
        found = ask(self.store, measure, view or self.view, preset=self.preset,
                    params=params or None)
        self.drawn.answers.append(found)
        return found

    # --- query parameters of the page

    def query(self, name: str, default: str | None = None) -> str | None:
        """The page's own query parameter, such as the chosen row."""
        self._declared(name)
        found = session.params(self.page.url).get(name)
        return found[0] if found else default

    def set_query(self, name: str, value: str | None, *, chosen: bool = True) -> None:
        """Set it; the shell writes it into the address. `chosen` is False for a mere default."""
        self._declared(name)
        unsaid = session.unsaid(self.page.url)
        (unsaid.discard if chosen else unsaid.add)(name)
        mine = session.params(self.page.url)
        if value is None:
            mine.pop(name, None)
        else:
            mine[name] = [value]

    def _declared(self, name: str) -> None:
        if name not in self.page.params:
            raise KeyError(f"{self.page.url} has no query parameter of that name in PAGES")

    def link_query(self, view: View | None = None, **params: str) -> session.Query:
        """The whole query of a link to `view` in this house."""
        out: session.Query = {"data": [self.data], **(view or self.link_view).to_query()}
        return {**out, **{k: [v] for k, v in params.items()}}

    def link(self, url: str, label: str, view: View | None = None, *, icon: str | None = None,
             **params: str) -> None:
        """A link to another page, with this view or another one."""
        if url in self.pages and not self.present:
            st.page_link(self.pages[url], label=label, query_params=self.link_query(view, **params),
                         icon=f":material/{icon}:" if icon else "")

    # --- the page from top to bottom

    def heading(self, lead: Lead, *, stamp: str = "", tiles: Sequence[Tile] = (),
                on_wall: bool = False) -> None:
        """Stamp, the finding in one or two sentences, and at most four tiles.

        `on_wall` keeps the tiles in Present, for a page whose tiles are its chart.
        """
        self.arrived()
        self.drawn.lead, self.drawn.stamp, self.drawn.tiles = lead, stamp, tuple(tiles[:4])
        if stamp and not self.present:
            st.caption(stamp)
        words = f"<b>{escape(lead.bold)}</b> {escape(lead.rest)}"
        st.html(f'<p role="status" class="lead">{words.strip()}</p>')
        if self.drawn.tiles and (on_wall or not self.present):
            tables.tiles(self.drawn.tiles)

    def chart(self, chart: Chart, *, param: str | None = None, level: int = 2,
              taken: bool = True) -> None:
        """Heading, the line that teaches it, and the chart. A click on a row sets `param`.

        One of a panel is not `taken` along by Present and Export: they show the page's finding.
        """
        if taken:
            self.drawn.charts.append(chart)
        _heading(chart.title, level)
        if chart.caption:
            st.caption(chart.caption)
        if not chart.rows:
            return
        chosen = self.query(param) if param else None
        key = f"chart:{self.page.url}:{len(self.drawn.charts) if taken else chart.title}"
        with st.container(key="slide" if chart.wide > 1 else None):
            if chart.wide > 1:
                st.html(palette.SLIDE_CSS.format(share=round(chart.wide * 100)))
                st.html('<p tabindex="0" class="slide">Slide for what was earlier</p>')
            st.plotly_chart(
                charts.figure(chart, chosen, large=self.present), theme=None, key=key,
                config=charts.CONFIG, alt=chart.alt, selection_mode="points",
                on_select=(lambda: self._clicked(key, str(param))) if param else "ignore",
            )
        if self.present:
            raise Shown

    def _clicked(self, key: str, param: str) -> None:
        points = (session.state(key) or {}).get("selection", {}).get("points", [])
        keys = [p.get("customdata") for p in points if p.get("customdata")]
        if keys:
            found = keys[-1]
            self._choose(param, str(found[0] if isinstance(found, list) else found))

    def _choose(self, param: str, value: str) -> None:
        self.set_query(param, value)
        session.keep(self._pick_key(param), value)

    def _pick_key(self, param: str) -> str:
        return f"pick:{self.page.url}:{param}"

    def pick(self, param: str, label: str, options: Mapping[str, str], *,
             default: str | None = None, pills: bool = False) -> str | None:
        """A choice that stands in the link: by keyboard here, by click in the chart. Key chosen."""
        if not options:
            return None
        current = self.query(param) or default
        if current not in options:
            current = default if default in options else next(iter(options))
        key = self._pick_key(param)
        session.keep(key, current)
        if self.present:
            return current
        widget: Any = st.segmented_control if pills and len(options) <= 5 else st.selectbox
        chosen = widget(label, list(options), format_func=lambda k: options.get(k, k), key=key,
                        on_change=lambda: self.set_query(param, session.state(key) or current))
        found = chosen or current
        if found != self.query(param):
            self.set_query(param, found, chosen=False)
        return found

    def table(self, table: Table, *, param: str | None = None, keys: Sequence[str] = ()) -> None:
        """The twin of the chart, in an expander. A click on a row sets `param` to its key."""
        self.drawn.tables.append(table)
        if not self.present and table.rows:
            choose = (lambda i: self._choose(param, keys[i])) if param and keys else None
            tables.twin(table.title, table.rows, table.formats, choose,
                        f"table:{self.page.url}:{len(self.drawn.tables)}")

    def how(self, *answers: Answer) -> None:
        """How this is computed: definition, who is counted, source and the query."""
        self.drawn.told += answers
        if not self.present:
            how.draw(self.page.url, answers or tuple(self.drawn.answers), self.store, self.preset)

    def students(self, measure: str, view: View | None = None, *,
                 label: str = "See the students", **params: Any) -> None:
        """A button that lists who is behind a number; own staff only, written down, never shown."""
        looked_at = view or self.view
        self.drawn.listed = (measure, looked_at, params)
        if self.present or not looked_at.scope.staff:
            return
        key = f"students:{self.page.url}:{measure}:{abs(hash(looked_at)) % 10**8}"
        if st.button(label, icon=":material/group:", key=key):
            tables.students(self.house, measure, looked_at, self.preset, params,
                            self.open_student)

    def open_student(self, student: int) -> None:
        """Go to the page of one student. Who it is stands in this tab alone, never in the link."""
        session.keep("student", student)
        session.keep("student:noted", None)
        st.switch_page(self.pages["student"], query_params=self.link_query())

    def stamp(self, answer: Answer | None = None, today: date | None = None) -> str:
        """How fresh and how complete: 'Data to 14 Nov 2025 · register 94% complete'."""
        return tables.stamp(self.last, answer, self.preset, today)

    # --- states

    def empty(self, words: str) -> None:
        """Nothing yet, with the two ways on."""
        states.empty(words, lambda label: self.link("upload", label, icon="upload_file"), None)

    def nobody(self) -> None:
        """The filters leave no student; where nothing is filtered there are no numbers yet."""
        if self.view.with_(compare=self.default.compare) == self.default:
            self.empty("There are no numbers for this here yet.")
        else:
            states.nobody(self.description, self.clear)

    def withheld(self, words: str) -> None:
        """Too little of the register is marked for a rate, or the scores do not add up."""
        self.drawn.lead = Lead(words)
        states.withheld(words, lambda: self._way_on(words))

    def _way_on(self, words: str) -> None:
        if REGISTER in words:
            self.link("quality", "See the empty days", icon="fact_check")
        elif "subject" in words and "subject" in self.page.uses:
            mine = {k: v[0] for k, v in session.params(self.page.url).items()}
            for value in self.known.get("subject", ())[:8]:
                self.link(self.page.url, f"Only {value.label}",
                          self.link_view.choose("subject", (value.value,)), **mine)

    def first_known(self, measures: Sequence[str]) -> str:
        """The first measure that says something in this view; the first one if none does.

        That too little of the register is marked is said, scores that do not add up are passed by.
        """
        plain = self.view.with_(by=(), period=None)
        for name in measures:
            found = ask(self.store, name, plain, preset=self.preset)
            mixed = found.withheld is not None and REGISTER not in found.withheld
            if found.total is not None and found.total.people and not mixed:
                return name
        return measures[0]

    def few(self, words: str) -> None:
        """Too few students for a rate."""
        states.few(words, self.clear)

    def clear(self) -> None:
        """Take all filters away (as a callback)."""
        session.keep("clear", True)


def _heading(title: str, level: int) -> None:
    if level == 2:
        st.header(title)
    else:
        st.subheader(title)
