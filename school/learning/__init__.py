"""What students have learned and what comes next: a grid of goals by classes, and who stands where.

Levels that teachers gave and questions that were counted meet in one state a student and goal
(`school.observed`); blank is not yet observed. Names are for the school's own staff alone.
"""

from school.learning.board import board, classes, next_step
from school.learning.groups import Classmate, Groups, Learner, classmates, groups
from school.learning.growth import Growth, growth
from school.learning.questions import Question, questions
from school.learning.values import Board, Cell, Goal, Kind, Room

__all__ = [
    "Board", "Cell", "Classmate", "Goal", "Groups", "Growth", "Kind", "Learner",
    "Question", "Room", "board", "classes", "classmates", "groups", "growth", "next_step",
    "questions",
]
