"""What students have learned and what comes next: a grid of goals by classes, and who stands where.

Levels that teachers gave and questions that were counted meet in one state a student and goal
(`school.observed`); blank is not yet observed. Names are for the school's own staff alone.
"""

from school.learning.board import board, next_step
from school.learning.groups import Groups, Learner, groups
from school.learning.growth import Growth, growth
from school.learning.questions import Question, questions
from school.learning.values import ABILITIES, Board, Cell, Goal, Kind, Room

__all__ = [
    "ABILITIES", "Board", "Cell", "Goal", "Groups", "Growth", "Kind", "Learner", "Question", "Room",
    "board", "groups", "growth", "next_step", "questions",
]
