"""Schools like this one: whom it can fairly be set beside, and what lies in the middle of them."""

from school.similar.middle import middle, reference
from school.similar.nearest import similar_schools, the_school
from school.similar.values import LEAST, MOST, Middle, Neighbour, Similar

__all__ = ["LEAST", "MOST", "Middle", "Neighbour", "Similar", "middle", "reference",
           "similar_schools", "the_school"]
