"""The one way to a number: `answer(store, measure, view)`. A measure is a `.sql` file here."""

from school.measures.asking import answer
from school.measures.catalogue import Measure, catalogue, measure_of
from school.measures.known import DataSpan, Value, known_values, span
from school.measures.list_of_students import StudentRow, students

__all__ = [
    "DataSpan", "Measure", "StudentRow", "Value", "answer", "catalogue", "known_values",
    "measure_of", "span", "students",
]
