"""A choice of several values that stands in the link, at most a few of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.parts import session
from pages.parts.frame import Frame

BETWEEN = "."  # the keys' separator in the link; no key may hold it
PILLS = 8  # values that are shown side by side


def several(
    frame: Frame, param: str, label: str, options: Mapping[str, str], default: Sequence[str],
    most: int = 4,
) -> list[str]:
    """The chosen keys, in the order of `options`; the last ones where more are chosen."""
    asked = [k for k in (frame.query(param) or "").split(BETWEEN) if k in options][-most:]
    chosen = asked or [k for k in default if k in options][:most]
    if frame.present or len(options) < 2:
        return [k for k in options if k in chosen]
    key = f"pick:{frame.page.url}:{param}"
    session.keep(key, chosen)

    def changed() -> None:
        now = (session.state(key) or [])[-most:]
        frame.set_query(param, BETWEEN.join(now) or None)

    words: dict[str, Any] = {"format_func": lambda k: options.get(k, k), "key": key,
                             "on_change": changed}
    if len(options) <= PILLS:
        st.pills(label, list(options), selection_mode="multi", **words)
    else:
        st.multiselect(label, list(options), max_selections=most, **words)
    if not asked:
        frame.set_query(param, BETWEEN.join(chosen), chosen=False)
    return [k for k in options if k in chosen]
