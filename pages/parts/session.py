"""What one browser tab remembers between clicks: the only place that touches `st.session_state`.

Anything that must survive a closed tab stands in the link or in the records, never only here.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any, Literal

import streamlit as st

import server
from school.house import House
from school.view import View

HouseName = Literal["own", "sample"]
Query = dict[str, list[str]]
_REMEMBERED = 60  # drawings a tab


def house(name: HouseName) -> House | None:
    """The own data or the invented schools; None while those do not exist."""
    return server.house(name)


def query() -> Query:
    """The query parameters as they stand in the address now."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def write_query(wanted: Query, unsaid: Container[str] = ()) -> None:
    """Put `wanted` into the address if it says something else; remember what stands there.

    Values that nobody chose (`unsaid`) are not worth a step of Back of their own.
    """
    now = query()
    said = {k: v for k, v in wanted.items() if k not in unsaid or k in now}
    if now != said:
        st.query_params.from_dict(wanted)
        now = wanted
    st.session_state["written"] = now


def written() -> Query | None:
    """What this tab last wrote into the address."""
    found: Query | None = st.session_state.get("written")
    return found


def view() -> View | None:
    """The view this tab last drew."""
    found: View | None = st.session_state.get("view")
    return found


def keep_view(looked_at: View) -> None:
    """Remember the view, for the filters that the next page does not draw."""
    st.session_state["view"] = looked_at


def drew(page: str, looked_at: View, version: int) -> bool:
    """Whether this tab has drawn a page of this view and version of the data before; it has now."""
    seen: dict[object, None] = st.session_state.setdefault("drew", {})
    key = (page, looked_at, version)
    before = key in seen
    seen[key] = None
    while len(seen) > _REMEMBERED:
        seen.pop(next(iter(seen)))
    return before


def params(page: str) -> Query:
    """Query parameters of one page, such as the chosen row."""
    found: Query = st.session_state.setdefault("params", {}).setdefault(page, {})
    return found


def unsaid(page: str) -> set[str]:
    """Names of those parameters of a page that stand at their default, chosen by nobody."""
    found: set[str] = st.session_state.setdefault("unsaid", {}).setdefault(page, set())
    return found


def state(key: str, default: Any = None) -> Any:
    """What a widget or a page keeps under `key`."""
    return st.session_state.get(key, default)


def keep(key: str, value: Any) -> None:
    """Set what a widget (before it is drawn) or a page keeps under `key`."""
    st.session_state[key] = value


def drop(keys: Iterable[str]) -> None:
    """Forget what stands under these keys."""
    for key in keys:
        st.session_state.pop(key, None)


def hand_over(files: list[tuple[str, bytes]]) -> None:
    """Pass dropped files (name, bytes) from the first page to Upload."""
    st.session_state["handed_over"] = files


def handed_over() -> list[tuple[str, bytes]]:
    """Take the files that the first page passed on; the next call finds none."""
    found: list[tuple[str, bytes]] = st.session_state.pop("handed_over", [])
    return found


def start_over(data: HouseName) -> None:
    """Forget view, filters and chosen rows, and look at the other house."""
    ours = ("view", "default", "params", "unsaid", "presenting")
    for key in [str(k) for k in st.session_state]:
        if key in ours or key.startswith(("f:", "pick:")):
            st.session_state.pop(key, None)
    st.session_state["data"] = data
    st.query_params.from_dict({"data": [data]})
    st.session_state["written"] = {"data": [data]}
