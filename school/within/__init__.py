"""What works here already, and what differs between classes? Never between people."""

from school.within.finding import within
from school.within.values import ClassMean, Steady, Variation, Within

__all__ = ["ClassMean", "Steady", "Variation", "Within", "within"]
