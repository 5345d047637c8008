"""The one way to a number: `answer(store, measure, view)`. A measure is a `.sql` file here."""

from school.measures.asking import answer, answers
from school.measures.catalogue import Measure, catalogue, measure_of
from school.measures.known import DataSpan, Value, known_values, own_names, span
from school.measures.list_of_students import StudentRow, behind, students, with_room
from school.measures.overlap import Overlap, overlap, overlap_by
from school.measures.reckoning import title_of

__all__ = [
    "DataSpan", "Measure", "Overlap", "StudentRow", "Value", "answer", "answers", "behind",
    "catalogue", "known_values", "measure_of", "overlap", "overlap_by", "own_names", "span",
    "students", "title_of", "with_room",
]
