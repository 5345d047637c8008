"""Subjects by the words schools write: is a header a subject, which one does a name say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.scales import plain

_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "Mathematics": (
        "mathematics",
        "maths",
        "math",
        "arithmetic",
        "numeracy",
        "algebra",
        "geometry",
        "toan",
        "ganit",
    ),
    "English": ("english", "ela", "english language arts", "tieng anh", "english language"),
    "Reading": ("reading", "literacy", "reading comprehension"),
    "Writing": ("writing", "gps", "spag"),
    "Science": (
        "science",
        "general science",
        "evs",
        "environmental studies",
        "environmental science",
        "vigyan",
        "khoa hoc",
    ),
    "Physics": ("physics", "vat ly"),
    "Chemistry": ("chemistry", "hoa hoc"),
    "Biology": ("biology", "sinh hoc"),
    "Social Science": ("social science", "social studies", "social", "sst", "humanities"),
    "History": ("history", "lich su"),
    "Geography": ("geography", "dia ly"),
    "Hindi": ("hindi",),
    "Kannada": ("kannada",),
    "Tamil": ("tamil",),
    "Telugu": ("telugu",),
    "Marathi": ("marathi",),
    "Sanskrit": ("sanskrit",),
    "Urdu": ("urdu",),
    "Bengali": ("bengali",),
    "Gujarati": ("gujarati",),
    "Malayalam": ("malayalam",),
    "Punjabi": ("punjabi",),
    "Odia": ("odia", "oriya"),
    "French": ("french",),
    "Spanish": ("spanish",),
    "German": ("german",),
    "Welsh": ("welsh",),
    "Vietnamese": ("tieng viet", "ngu van", "van"),
    "Computer Science": (
        "computer science",
        "computer",
        "computers",
        "computing",
        "ict",
        "it",
        "tin hoc",
        "information technology",
    ),
    "Physical Education": (
        "physical education",
        "pe",
        "sports",
        "health and physical education",
        "the duc",
    ),
    "Art": ("art", "arts", "drawing", "art and design"),
    "Music": ("music",),
    "Economics": ("economics",),
    "Accountancy": ("accountancy", "accounts", "accounting"),
    "Business Studies": ("business studies", "commerce"),
    "Religious Education": ("religious education", "re", "religious studies"),
    "General Knowledge": ("general knowledge", "gk"),
    "Moral Science": ("moral science", "value education"),
    "First Language": ("first language", "l1"),
    "Second Language": ("second language", "l2"),
    "Third Language": ("third language", "l3"),
}
_WORDS = {word: name for name, words in _SUBJECTS.items() for word in words}
_SHORT = 3  # a word of two letters in a file's name says nothing


def is_subject(header: str) -> bool:
    """Whether a header is a subject's name: 'Maths', 'Social Science', 'English II'."""
    words = plain(header)
    return words in _WORDS or re.sub(r" (i{1,3}|iv|[1-4a-d])$", "", words) in _WORDS


def subject_in(text: str) -> str | None:
    """The one subject that a file's or sheet's name speaks of; None for none or several."""
    words = f" {plain(text)} "
    found = {name for word, name in _WORDS.items() if len(word) >= _SHORT and f" {word} " in words}
    if len(found) > 1 and "English" in found and "english language" not in words:
        found.discard("English")
    return found.pop() if len(found) == 1 else None
