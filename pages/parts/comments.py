"""Comments on this view: each keeps the view it was made on, and opens it again."""

from __future__ import annotations

from urllib.parse import parse_qs

import streamlit as st

from pages.parts import session
from pages.parts.frame import Frame
from pages.parts.links import encoded
from school.records import comments
from school.records.comments import Comment

WHO = "owner"
READERS = ("Staff of this school", "Only me")
MOST = 2000


def below(frame: Frame) -> None:
    """The comments made on this view, and a box to write one; closed at first."""
    view = encoded(frame.link_query())
    made = comments.comments(frame.house.records, frame.page.url, view)
    label = f"Comments on this view ({len(made)})" if made else "Comment on this view"
    with st.expander(label, icon=":material/comment:"):
        for comment in made:
            shown(frame, comment, opens=False)
        _box(frame, view)


def shown(frame: Frame, comment: Comment, *, opens: bool = True) -> None:
    """One comment; with a link to the view it was made on."""
    st.text(comment.text)
    st.caption(f"{comment.about} · {comment.at[:10]} · read by {comment.readers.lower()}")
    if comment.answer:
        st.text(f"Answer: {comment.answer}")
    page = frame.pages.get(comment.page)
    if opens and page is not None:
        st.page_link(page, label="Open this view", icon=":material/open_in_new:",
                     query_params=parse_qs(comment.view))


def _box(frame: Frame, view: str) -> None:
    key = f"comment:{frame.page.url}:{session.state('comments', 0)}"
    text = st.text_area("Write a comment", key=key, max_chars=MOST, on_change="ignore",
                        placeholder="What do you see, and what should we ask?")
    readers = st.segmented_control("Who reads it", READERS, default=READERS[0], required=True,
                                   key=f"{key}:readers", on_change="ignore")
    st.caption("Please name no student.")
    if st.button("Keep this comment", key=f"{key}:keep", icon=":material/send:"):
        if not (text or "").strip():
            st.markdown("**Write something first.**")
            return
        about = f"{frame.page.title}, {frame.description}"
        comments.add_comment(frame.house.records, frame.page.url, view, about,
                             str(text).strip(), WHO, readers or READERS[0])
        session.keep("comments", session.state("comments", 0) + 1)
        st.rerun()
