"""The loss alarm on a card: what is missing, whether that is meant, and why."""

from __future__ import annotations

from html import escape

import streamlit as st

from etl.intake import Asked
from etl.losses import ANSWER
from pages.parts import session
from pages.parts.palette import PALE, WORSE
from school.terms.losses import ON_PURPOSE

LONGEST = 200


def is_alarm(asked: Asked) -> bool:
    """Whether a question of a card is about a loss."""
    return asked.question.about.startswith("loss:")


def draw(asked: Asked, key: str, out: str) -> None:
    """What is missing, in vermillion; 'This is expected' with its reason, or leave the card out."""
    told = asked.question.words.removesuffix(ON_PURPOSE).strip()
    st.html(f'<div role="alert" style="border-left:4px solid {WORSE};background:{PALE[WORSE]};'
            f'padding:8px 12px"><b>{escape(told)}</b> {ON_PURPOSE}</div>')
    st.checkbox("This is expected", key=key, persist_state="session", on_change="ignore")
    st.text_input("Why? It is kept with this upload.", key=f"{key}:why", max_chars=LONGEST,
                  placeholder="For example: the class comes in another file",
                  persist_state="session", on_change="ignore")
    st.button("Stop, leave this out", key=f"{key}:stop", icon=":material/block:",
              on_click=session.keep, args=(out, True))


def value(key: str) -> str:
    """The answer that stands in the fields: blank until it is expected and says why."""
    why = " ".join(str(session.state(f"{key}:why") or "").split())
    return f"{ANSWER}: {why}" if session.state(key) and why else ""
