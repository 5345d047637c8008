"""The designed states of a page that has no picture to show; each names its next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

SKELETON = 320  # pixels, about the lead, the tiles and the head of a chart
FAILED = "This page could not be drawn. Your data are safe."


def waiting(known: bool) -> Callable[[], None]:
    """Grey shapes where the page will stand, at once; what is returned takes them away.

    `known`: this was drawn before, and what is worked out already needs no shapes.
    """
    shapes: Any = st.empty() if known else st.skeleton(height=SKELETON)

    def away() -> None:
        if not known:
            shapes.empty()

    return away


def empty(
    what: str, to_upload: Callable[[str], None], to_sample: Callable[[], None] | None
) -> None:
    """Nothing yet: `what` is the whole sentence, such as 'There are no marks here yet.'"""
    st.markdown(f"**{what}**")
    with st.container(horizontal=True):
        to_upload("Drop a file")
        if to_sample is not None:
            to_sample()


def nobody(filters: str, clear: Callable[[], None]) -> None:
    """The filters leave no student; `filters` says which they are."""
    st.markdown(f"**No student fits: {filters}.**")
    st.button("Clear filters", icon=":material/filter_alt_off:", on_click=clear, type="primary")


def withheld(words: str, see: Callable[[], None]) -> None:
    """Too little is marked for a rate; `see` leads to the days that are empty."""
    st.html(f'<p role="status" class="lead"><b>{_plain(words)}</b></p>')
    see()


def few(words: str, widen: Callable[[], None]) -> None:
    """Too few students for a rate."""
    st.markdown(f"**{words}**")
    st.button("Widen to everyone", on_click=widen)


def hidden(words: str = "Hidden to protect students: fewer than 10 in this group.") -> None:
    """A number that may not be shown here."""
    st.markdown(f"**{words}**")


def failed(code: str, words: str = FAILED) -> None:
    """Something broke, or a sentence of ours says what; the code finds it in the log."""
    st.error(words, icon=":material/report:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Try again", icon=":material/refresh:", type="primary", key="again")
        st.caption("For whoever helps you, the code is")
        st.code(code, language=None, width="content")


def _plain(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
