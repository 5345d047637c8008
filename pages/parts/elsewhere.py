"""What a school's numbers are in similar schools, or were published for its country."""

from __future__ import annotations

from pages.parts.frame import Frame
from school import benchmarks, similar
from school.needs.candidates import Similar
from school.needs.values import Reference
from school.view import View


def elsewhere(frame: Frame) -> Similar:
    """A lookup of the reference that the view asks for; None where there is none for a measure."""
    def look(measure: str, view: View) -> Reference | None:
        of = similar if view.compare == "similar" else benchmarks
        return of.reference(frame.store, measure, view, frame.preset)

    return look
