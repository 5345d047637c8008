"""Inside the panel of a need: which schools are similar, and what lies in the middle of them."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame import Frame
from school.needs import Need
from school.similar import middle, similar_schools
from school.terms.similar import (
    LESS,
    compared_sentence,
    likeness,
    middle_sentence,
    not_measured,
    place_sentence,
)


def draw(frame: Frame, need: Need) -> None:
    """Said only where the view is compared with similar schools; the list is by name, no rank."""
    if need.view.compare != "similar":
        return
    found = similar_schools(frame.store, need.view, frame.preset)
    if found is None:
        return
    if found.refused:
        st.info(found.refused)
        return
    made = middle(frame.store, need.measure, need.view, frame.preset, found)
    if made is None:
        st.info(not_measured(len(found.neighbours)))
    else:
        st.markdown(f"{middle_sentence(made)} {place_sentence(made, frame.preset)}")
    with st.expander("Which schools are similar", icon=":material/location_city:"):
        st.caption(f"{compared_sentence(found)} In the order of their names. {LESS}")
        st.dataframe([{"School": n.name, "How near": likeness(n.distance)}
                      for n in found.neighbours], hide_index=True, alt="Similar schools")
