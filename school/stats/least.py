"""How much data there must be before a figure is told: METHODS section 13, in one place.

Counts of people or rows unless the name says otherwise. Defaults of this house, but for those with
a source beside them.
"""

from __future__ import annotations

SHARE = 10  # people behind a share outside the school's own staff; inside it 1, with
SHARE_SMALL = 30  # the word "small" beside it below this
GAP = 10  # people in each of two groups before their gap is told
EXPECTED = 5  # in each of four counts, before two groups are held apart by a score test (Cochran)
QUANTILE = 10  # values before a median or a quantile
MEAN = 5  # values before a mean has a range
ALPHA = 30  # complete answer sheets before alpha
KAPPA = 20  # things rated by both before agreement is told
GROUPS = 6  # groups, and
MEMBERS = 5  # members of each, before the spread between groups is told
SHRUNK = 5  # groups before anything is pulled toward the middle
FUNNEL = 8  # units before expected ranges are drawn
RANGE = 12  # points before a series has a usual range
RUN_CHART = 10  # points off the median before runs about it are counted
SEASON = 24  # months before one season is held against another
FORECAST = 8  # points before anything is said of the future
BEFORE, AFTER = 8, 8  # points on either side of a change
EVENTS = 20  # outcomes before a list is judged inside the school, and
EVENTS_PUBLISHED = 100  # before the judgement is shown to others
NEIGHBOURS = 8  # schools that are alike before one is held against them
POSSIBLE_DAYS = 20  # possible days before a student can be chronically absent
WEEKDAY = 8  # school days of every weekday before they are compared
ANSWERS = 5  # answers before a question is shown (Panorama, The Learning Bar)
ANSWERS_GROUP = 10  # answers of a group of students
ANSWERS_TEXT = 10  # written answers (The Learning Bar)
ANSWERS_ALIKE = 10  # answers under which nobody's is told where all are the same
