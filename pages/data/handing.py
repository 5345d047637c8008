"""A file that is made when it is asked for, and then waits behind a link for an hour."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Protocol

import streamlit as st

from etl import errorbook
from pages.parts import links, session
from school.errors import StaffroomError
from school.house import House
from school.records.loads import Load
from school.terms.words import noun


class Made(Protocol):
    """What can be handed over."""

    @property
    def content(self) -> bytes: ...
    @property
    def name(self) -> str: ...
    @property
    def mime(self) -> str: ...


def offer(key: str, label: str, make: Callable[[], Made], save: str = "Save it",
          icon: str = "download") -> None:
    """A button that makes the file; afterwards the link to it in its place."""
    address = session.state(f"{key}:at")
    if address:
        st.html(f'<a class="collect" href="{escape(address)}" download>{escape(save)}</a>')
        return
    st.button(label, key=key, icon=f":material/{icon}:", type="tertiary", on_click=_make,
              args=(key, make))
    why = session.state(f"{key}:why")
    if why:
        st.markdown(str(why))


def _make(key: str, make: Callable[[], Made]) -> None:
    try:
        made = make()
    except StaffroomError as error:
        session.keep(f"{key}:why", error.words)
        return
    session.keep(f"{key}:at", links.keep_export(made.content, made.name, made.mime))


def rows_back(house: House, load: Load, where: str) -> None:
    """The rows of an upload that need mending, marked; nothing where there is none to mark."""
    left = int(load.counts.get("rejected", 0))
    if load.kept_sha256 is None or not any(f.get("row") for f in load.findings):
        return
    offer(f"marked:{where}:{load.id}", back_words(left),
          lambda: errorbook.marked_upload(house, load.id), "Save the marked file", "edit_note")


def back_words(left: int) -> str:
    """'Get the 38 rows back, marked': how many were left out, where any was."""
    if not left:
        return "Get the rows back, marked"
    return f"Get the {left:,} {noun(left, 'rows')} back, marked" if left > 1 else \
        "Get the row back, marked"
