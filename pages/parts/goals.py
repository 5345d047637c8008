"""The school's own targets, as the pages look them up."""

from __future__ import annotations

from collections.abc import Callable

from pages.parts.frame import Frame
from school.records.targets import target
from school.view import View


def goal_key(view: View) -> str:
    """Under which a target is kept: whom it is about, not which days are looked at."""
    return "&".join(f"{column}={'|'.join(values)}" for column, values in view.where) or "all"


def own_goal(frame: Frame) -> Callable[[str, View], float | None]:
    """A lookup of the school's own target for a measure in a view; None where nobody set one."""
    def look(measure: str, view: View) -> float | None:
        found = target(frame.house.records, measure, goal_key(view))
        return found.value if found else None

    return look
