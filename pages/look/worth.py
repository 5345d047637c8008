"""Does this list work? The list of a year ago beside what became of those on it."""

from __future__ import annotations

import streamlit as st

from pages.parts.filters import labels
from pages.parts.frame import Frame
from school.attention.worth import Worth, worth
from school.stats.screening import Share
from school.terms.attention import worth_sentence
from school.terms.numbers import percent_range

CARE = ("A listed student is not destined to fail. Whoever was helped did not fail, which makes a "
        "good list look worse than it is; and the rarer an outcome, the more of those listed it "
        "will spare.")


def draw(frame: Frame) -> None:
    """An expander, worked out when it is asked for."""
    with st.expander("Does this list work?", icon=":material/rule:"):
        if not st.toggle("Look at the list of a year ago", key="attention:worth"):
            return
        kinds = tuple(c.removeprefix("group.") for c in ("group.sex",) if c in frame.known)
        found = worth(frame.store, frame.view, frame.preset, kinds)
        if not found:
            st.markdown("Nobody was on roll a year ago, so there is nothing to look back on.")
            return
        st.markdown(worth_sentence(found[0], frame.preset))
        st.caption(CARE)
        named = labels(frame.known, "group.sex")
        rows = [_line(one, named.get(one.group, one.group) or "all students") for one in found
                if one.judged]
        if rows:
            st.dataframe(rows, hide_index=True, row_height=40, alt="How well the list of a year "
                         "ago told what came to pass")


def _line(one: Worth, name: str) -> dict[str, str]:
    return {
        "Students": name,
        "Listed": f"{one.listed} of {one.people}",
        "Of those listed, left or failed": _words(one.of_listed),
        "Of those who left or failed, were listed": _words(one.of_events),
        "Of the others, were not listed": _words(one.of_well),
        "Of those not listed, did well": _words(one.of_unlisted),
    }


def _words(share: Share) -> str:
    if share.range is None:
        return "–"
    low, high = share.range
    return f"{share.x} of {share.n}, likely {percent_range(low, high, share.n)}"
