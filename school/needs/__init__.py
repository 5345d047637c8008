"""What students need most: yes-or-no measures, ranked in students rather than in points."""

from school.needs.beside import beside
from school.needs.candidates import declared_titles
from school.needs.finding import needs
from school.needs.graver import graver
from school.needs.values import Need, Needs, Reference

__all__ = ["Need", "Needs", "Reference", "beside", "declared_titles", "graver", "needs"]
