"""How an upload was read: the kinds of file, the day it speaks up to, and the answers of then."""

from __future__ import annotations

from collections.abc import Iterator

from etl.layouts import layouts
from etl.remembered import spoken
from pages.parts.frame import Frame
from school.records.loads import Load
from school.terms.dates import day_words


def lines(frame: Frame, load: Load) -> Iterator[str]:
    """One line a fact, in words; none for what was typed on a page."""
    if load.typed:
        return
    yield f"Upload {load.id}, added {load.at.replace('T', ' at ')[:19]}, by {load.who}."
    yield f"Speaks up to {day_words(load.as_of, frame.preset)}."
    known = layouts()
    for sheet, name in load.layouts.items():
        kind = known.get(name.split(" ")[0])
        where = sheet.strip("|").replace("|", ", ") or "The sheet"
        yield f"{where}: read as {kind.title if kind else name}."
    shared = {k: v for k, v in load.answers.items() if isinstance(v, str)}
    own = [v for k, v in load.answers.items()
           if isinstance(v, dict) and k.startswith((f"{load.file}|", f"{load.file}/"))]
    layout = next(iter(load.layouts.values()), "").split(" ")[0]
    for answers in (shared, *own):
        for about, value in answers.items():
            yield f"Answered: {spoken(about, value, layout)}"
