"""The one way to a number: `answer(store, measure, view)`. A measure is a `.sql` file here."""

from school.measures.asking import answer, answers
from school.measures.catalogue import Measure, catalogue, measure_of
from school.measures.known import DataSpan, Value, known_values, span
from school.measures.list_of_students import StudentRow, students
from school.measures.overlap import Overlap, overlap

__all__ = [
    "DataSpan", "Measure", "Overlap", "StudentRow", "Value", "answer", "answers", "catalogue",
    "known_values", "measure_of", "overlap", "span", "students",
]
