"""The numbers and sentences that stand on screen: one place, tested for none, one, two and many.

`numbers`, `dates` and `words` hold the parts; `needs`, `progress`, `feedback`, `overview`,
`upload` and `quality` hold the whole sentences of their page. Nothing is glued from half sentences.
"""

from __future__ import annotations

from school.terms.dates import day_month, day_words, month_words, span_words, week_of, year_label
from school.terms.needs import NeedPhrase, needs_lead
from school.terms.numbers import (
    at_least,
    big,
    change_words,
    count_of,
    counted,
    grouped,
    one_in,
    percent,
    percent_range,
    points,
    range_words,
)
from school.terms.overview import overview_lead
from school.terms.quality import quality_lead
from school.terms.register import WARNED, WITHHELD, people_few, register_note, withheld_words
from school.terms.upload import (
    undo_sentence,
    upload_done_lead,
    upload_empty_lead,
    upload_lead,
    upload_one_lead,
    upload_refused_lead,
    upload_same_lead,
    upload_stopped_lead,
)
from school.terms.words import (
    CERTAINTIES,
    Certainty,
    Lead,
    joined,
    lower_first,
    noun,
    small,
    upper_first,
    word,
)

__all__ = [
    "CERTAINTIES", "WARNED", "WITHHELD", "Certainty", "Lead", "NeedPhrase", "at_least", "big",
    "change_words", "count_of", "counted", "day_month", "day_words", "grouped", "joined",
    "lower_first", "month_words", "needs_lead", "noun", "one_in", "overview_lead", "people_few",
    "percent", "percent_range", "points", "quality_lead", "range_words", "register_note", "small",
    "span_words", "undo_sentence", "upload_done_lead", "upload_empty_lead", "upload_lead",
    "upload_one_lead", "upload_refused_lead", "upload_same_lead", "upload_stopped_lead",
    "upper_first", "week_of", "withheld_words", "word", "year_label",
]
