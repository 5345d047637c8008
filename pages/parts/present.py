"""Present: one question a screen, large, without names; arrow keys go on, Esc leaves."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages import Page
from pages.parts import palette, session
from pages.parts.frame import Frame


def style() -> None:
    """Large type, nothing around it."""
    st.html(palette.PRESENT_CSS)


def keys(frame: Frame, order: Sequence[Page]) -> None:
    """Go on, go back, leave: by key and by button."""
    at = [p.url for p in order].index(frame.page.url) if frame.page in order else -1
    with st.container(horizontal=True, horizontal_alignment="distribute", key="present_keys"):
        before = st.button("Back", icon=":material/arrow_back:", type="tertiary", shortcut="Left",
                           disabled=at <= 0, key="present_back")
        leave = st.button("Leave", icon=":material/close:", type="tertiary", shortcut="Esc",
                          key="present_leave")
        after = st.button("Next", icon=":material/arrow_forward:", type="tertiary",
                          shortcut="Right", disabled=at >= len(order) - 1, key="present_next")
    st.caption(f"{frame.description}. {frame.drawn.stamp}. F11 fills the screen.")
    if leave:
        session.keep("presenting", False)
        st.rerun()
    if before or after:
        page = order[at + (1 if after else -1)]
        st.switch_page(frame.pages[page.url],
                       query_params={**frame.link_query(), "present": ["1"]})
