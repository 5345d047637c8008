"""Empty workbooks to fill in, and everything that is held to take along."""

from __future__ import annotations

import streamlit as st

from etl.held import what_we_hold
from etl.templates import Template, blank, templates
from pages.data import handing
from pages.parts.frame import Frame
from school.config import Preset
from school.records import audit

WHO = "owner"


def empty_ones(frame: Frame) -> None:
    """The templates, one button a kind."""
    with st.expander("Templates", icon=":material/draft:"):
        st.caption("Empty workbooks with drop-downs and an example. A filled one is read without "
                   "a question.")
        with st.container(horizontal=True):
            for template in templates(frame.preset):
                _one(template, frame.preset)


def _one(template: Template, preset: Preset | None) -> None:
    country = preset.name if preset else ""
    handing.offer(f"template:{country}:{template.name}", template.title,
                  lambda: blank(template, preset), f"Save {template.title}")


def everything(frame: Frame) -> None:
    """All facts as lists that load back, whoever reads them."""
    if frame.present or frame.data == "sample":
        return
    st.header("Export what we hold", anchor=False)
    st.markdown("One list for each kind of thing: schools, students, groups, enrolment, "
                "attendance, results, calendar, counts and survey answers. Added to an empty "
                "Staffroom, they give the same numbers. The lists hold names.")

    def make() -> handing.Made:
        audit.note(frame.house.records, WHO, "export what is held", {})
        return what_we_hold(frame.store)

    handing.offer(f"held:{frame.store.data_version}", "Make the lists", make, "Save the lists",
                  "folder_zip")
