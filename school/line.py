"""One sentence of a list, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from school.view import View


@dataclass(frozen=True)
class Line:
    """One sentence of a list, and the page and view that it opens."""

    words: str
    page: str
    view: View
    params: tuple[tuple[str, str], ...] = ()
