"""A table pasted from Excel: a short list goes in without being saved as a file first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from etl import pasted
from pages.parts import session
from pages.parts.frame import Frame
from school.errors import WrongUse
from school.terms.dates import day_month

WHY, OPEN = "paste:why", "paste:open"


def draw(frame: Frame, start: Callable[[list[tuple[str, bytes]]], None]) -> None:
    """The text field; `start` reads the file that the table becomes."""
    key = f"paste:text:{session.state('upload:round', 0)}"

    def read() -> None:
        session.drop([WHY])
        try:
            file = pasted.file_of(session.state(key) or "", day_month(date.today(), frame.preset))
        except WrongUse as error:
            session.keep(WHY, error.words)
        else:
            session.drop([OPEN])
            start([file])

    why = session.state(WHY)
    shown = bool(why or session.state(OPEN))
    with st.expander("Or paste a table", icon=":material/content_paste:", expanded=shown):
        # No limit on the field itself: it would cut the table off without a word.
        st.text_area("The cells, with their column names in the first row", key=key, height=160,
                     on_change="ignore", placeholder="Student ID\tDate\tStatus")
        st.caption(f"For short lists: up to {pasted.ROWS:,} rows and {pasted.BYTES // 1000} KB. It "
                   "is checked like a file, and can be undone like one.")
        if why:
            st.markdown(f"**{why}**")
        st.button("Read this table", key="paste:read", on_click=read, icon=":material/table_view:")
