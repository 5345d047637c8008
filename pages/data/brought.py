"""What the watched folder brought: told on the Upload page and on the Overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from etl import watching
from pages.parts.frame import Frame
from school.records import folder as records
from school.records.folder import Arrived
from school.terms import folder as words
from school.terms.words import joined


def since(frame: Frame, days: int = 0) -> list[Arrived]:
    """Files that are open, and all of today and of so many days before, newest first."""
    day = date.today() - timedelta(days=days)
    return records.arrived(frame.house.records, day.isoformat())


def told(frame: Frame, files: Sequence[Arrived]) -> str:
    """What was used today and what waits, in a sentence each; blank where there is nothing."""
    used = sum(one.state == "used" for one in files)
    return words.told(used, Counter(one.state for one in files if one.open), frame.preset)


def news(frame: Frame) -> None:
    """A section of the Overview, where there is something to tell."""
    if frame.present or frame.data == "sample" or records.folder(frame.house.records) is None:
        return
    files = since(frame)
    trouble = watching.status(frame.house).trouble
    said = joined(told(frame, files), trouble)
    if said:
        st.header("From the watched folder", anchor=False)
        st.markdown(said)
        if trouble or any(one.open for one in files):
            frame.link("upload", "See the folder" if trouble else "See what waits",
                       icon="upload_file")
