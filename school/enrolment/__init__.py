"""Who joined, who left, and where did they go? The roll of two days a year apart."""

from school.enrolment.finding import enrolment
from school.enrolment.forecast import forecast
from school.enrolment.growth import Growth, growth
from school.enrolment.values import Enrolment, Forecast, Step

__all__ = ["Enrolment", "Forecast", "Growth", "Step", "enrolment", "forecast", "growth"]
