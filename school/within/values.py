"""The values of the page Within our school: gains first, then how the differences are spread."""

from __future__ import annotations

from dataclasses import dataclass

from school.answers import Answer
from school.stats import Interval
from school.terms.words import Lead
from school.view import View


@dataclass(frozen=True)
class Steady:
    """A class that gained from each test to the next, its students' gain clearly above none."""

    class_name: str
    subject: str
    tests: int
    gain: float
    range: Interval
    view: View


@dataclass(frozen=True)
class Variation:
    """Shares of the differences in gain: between classes, between subjects, between students.

    The ranges are those of the first and, with what lies between subjects taken as it is, of the
    last; the shares add up to 1.
    """

    classes: float
    classes_range: Interval
    subjects: float
    students: float
    students_range: Interval
    count: int  # classes
    members: int  # students


@dataclass(frozen=True)
class ClassMean:
    """A class in one subject: its mean gain, pulled toward all, and what chance allows."""

    class_name: str
    subject: str
    students: int
    gain: float
    pulled: float
    expected: Interval


@dataclass(frozen=True)
class Within:
    """Everything the page says of one school. `refused` says why differences are not drawn."""

    lead: Lead
    steady: tuple[Steady, ...]
    variation: Variation | None
    classes: tuple[ClassMean, ...]
    refused: str
    answer: Answer | None
    longer: bool  # whether tests of the year before were needed
    asks: bool = False  # whether an answer would let the differences be drawn
