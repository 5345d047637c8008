"""Which column of a sheet holds what: known synonyms first, a near spelling last, an answer above
all.

Two columns never claim one target unless the target says that many may. A near match carries its
confidence, so that the card can show it; a header that is another target's own word is never near.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from etl.cells import column, tally
from etl.model import ColumnGuess, Context, Finding, Question, Sheet
from etl.synonyms import SYNONYMS, WORDS

NEAR = 86  # of 100: below this a spelling is somebody else's word

_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_]+")
_YEAR_GROUP = re.compile(
    r"^(?:(?:year|yr|y)\.?\s*)?(?:\d|1[0-4]|r|reception|n1?|n2|nursery)$", re.IGNORECASE
)
_SHORT = {"no": "number", "num": "number", "nbr": "number", "nr": "number"}


@dataclass(frozen=True)
class Target:
    """One thing a column can hold. `synonyms` in order of trust; `near` allows near spellings."""

    name: str
    synonyms: tuple[str, ...]
    words: str
    required: bool = False
    near: bool = True
    many: bool = False


@dataclass(frozen=True)
class Matched:
    """The columns of a sheet with what each was taken for."""

    columns: tuple[ColumnGuess, ...]
    index: Mapping[str, int]  # target -> first column
    every: Mapping[str, tuple[int, ...]]  # target -> all its columns
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]
    known: int  # columns matched by a synonym or an answer

    def has(self, *targets: str) -> bool:
        """Whether each of these targets has a column."""
        return all(t in self.index for t in targets)


def target(
    name: str, *more: str, required: bool = False, near: bool = True, many: bool = False
) -> Target:
    """The shared target `name` with its synonyms, and `more` of a layout's own before them."""
    return Target(
        name, (*more, *SYNONYMS.get(name, ())), WORDS.get(name, name), required, near, many
    )


@lru_cache(maxsize=20_000)
def spaced(text: str) -> str:
    """Small letters without accents and punctuation, camelCase split: 'StudentID ' -> 'student id'.
    """
    text = (
        text.replace("đ", "d").replace("Đ", "D").replace("#", " number ").replace("%", " percent ")
    )
    marks = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in marks if not unicodedata.combining(c) or ord(c) > 0x036F)
    plain = plain.replace("'", "").replace("’", "")
    if plain.isascii():
        parts = _PART.findall(plain)
    else:  # vowel signs of Indian scripts are marks, not letters: they belong to the word
        kept = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in plain)
        parts = "".join(kept).split()
    return " ".join(_SHORT.get(p.lower(), p.lower()) for p in parts)


def normalise(text: str) -> str:
    """`spaced` without its spaces: the form in which headers are compared."""
    return spaced(text).replace(" ", "")


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    return frozenset(normalise(s) for words in SYNONYMS.values() for s in words)


def is_known(header: str | None) -> bool:
    """Whether this header is some target's own word."""
    return header is not None and normalise(header) in _own_words()


def knows(targets: Iterable[Target]) -> frozenset[str]:
    """The normalised synonyms of these targets, for the header search."""
    return _index(targets if isinstance(targets, tuple) else tuple(targets))[1]


# By identity: a layout asks for every cell, and hashing its targets costs more than the answer.
Named = dict[str, list[tuple[str, int]]]
_indexes: dict[int, tuple[tuple[Target, ...], Named, frozenset[str]]] = {}


def _index(targets: tuple[Target, ...]) -> tuple[Named, frozenset[str]]:
    """Per normalised synonym the targets it names, with its rank among theirs."""
    found = _indexes.get(id(targets))
    if found is None or found[0] is not targets:
        words: Named = {}
        for goal in targets:
            for rank, synonym in enumerate(goal.synonyms):
                words.setdefault(normalise(synonym), []).append((goal.name, rank))
        if len(_indexes) > 200:
            _indexes.clear()
        found = _indexes[id(targets)] = (targets, words, frozenset(words))
    return found[1], found[2]


def match(
    names: Sequence[str], targets: Sequence[Target], sheet: Sheet, context: Context
) -> Matched:
    """Give each column at most one target. Answers 'column:<HEADER>' and 'target:<NAME>' stand
    first.
    """
    guesses = [ColumnGuess(n, None, 0.0, i) for i, n in enumerate(names)]
    fixed = _answered(guesses, targets, sheet, context)
    claims = [c for g in guesses if g.index not in fixed and g.source for c in _claims(g, targets)]
    claims = _year_groups(claims, targets, sheet)
    taken: dict[str, list[int]] = {}
    findings: list[Finding] = []
    done = dict(fixed)
    for name, confidence, _, index in sorted(claims, key=lambda c: (-c[1], c[2], c[3])):
        goal = next(t for t in targets if t.name == name)
        if index in done or (not goal.many and name in {g.target for g in done.values()}):
            continue
        done[index] = replace(guesses[index], target=name, confidence=confidence)
    for guess in done.values():
        if guess.target is not None:
            taken.setdefault(guess.target, []).append(guess.index)
    findings += _doubles(guesses, done, claims, sheet)
    columns = tuple(done.get(g.index, g) for g in guesses)
    return Matched(
        columns,
        {t: min(i) for t, i in taken.items()},
        {t: tuple(sorted(i)) for t, i in taken.items()},
        _missing(targets, taken, columns),
        tuple(findings),
        sum(g.confidence >= 1 and g.target is not None for g in columns),
    )


def _answered(
    guesses: Sequence[ColumnGuess], targets: Sequence[Target], sheet: Sheet, context: Context
) -> dict[int, ColumnGuess]:
    """Columns that a person has decided: a target's name, or 'ignore'."""
    fixed: dict[int, ColumnGuess] = {}
    for guess in guesses:
        said = context.answer(f"column:{guess.source}", sheet) if guess.source else None
        if said is not None:
            fixed[guess.index] = replace(
                guess, target=None if said in ("ignore", "") else said, confidence=1.0
            )
    for goal in targets:
        header = context.answer(f"target:{goal.name}", sheet)
        for guess in guesses:
            if header is not None and guess.source == header and guess.index not in fixed:
                fixed[guess.index] = replace(guess, target=goal.name, confidence=1.0)
    return fixed


def _claims(guess: ColumnGuess, targets: Sequence[Target]) -> list[tuple[str, float, int, int]]:
    """Targets this column could hold: (target, confidence, rank of the synonym, column)."""
    wanted = normalise(guess.source)
    named = _index(targets if isinstance(targets, tuple) else tuple(targets))[0].get(wanted, ())
    exact = [(name, 1.0, rank, guess.index) for name, rank in named]
    if exact or is_known(guess.source) or len(wanted) < 5:
        return exact
    near: list[tuple[str, float, int, int]] = []
    for t in targets:
        if t.near and t.synonyms:
            found = process.extractOne(
                spaced(guess.source),
                [spaced(s) for s in t.synonyms],
                scorer=fuzz.ratio,
                score_cutoff=NEAR,
            )
            if found is not None and found[1] < 100:
                near.append((t.name, round(found[1] / 100, 2), found[2], guess.index))
    return near


def _year_groups(
    claims: Sequence[tuple[str, float, int, int]], targets: Sequence[Target], sheet: Sheet
) -> list[tuple[str, float, int, int]]:
    """A 'Year' column of 8 and 9 holds grades, as England says them, and no school years."""
    out = []
    for name, confidence, rank, index in claims:
        if name == "academic_year" and _holds_grades(sheet, index):
            if any(t.name == "grade" for t in targets):
                out.append(("grade", confidence, rank + 1000, index))
            continue
        if name == "period" and _holds_years(sheet, index):
            continue  # '2025-2026 Fall' names a part of the year and no lesson
        out.append((name, confidence, rank, index))
    return out


def _holds_years(sheet: Sheet, index: int) -> bool:
    counts = tally(column(sheet, index))
    years = sum(n for text, n in counts.items() if re.search(r"(?<!\d)(19|20)\d\d(?!\d)", text))
    return years > 0 and years >= 0.8 * (sum(counts.values()) - 1)


def _holds_grades(sheet: Sheet, index: int) -> bool:
    counts = tally(column(sheet, index))
    grades = sum(n for text, n in counts.items() if _YEAR_GROUP.match(text))
    years = sum(n for text, n in counts.items() if re.search(r"\d{4}", text))
    return grades > 0 and not years and grades >= 0.8 * (sum(counts.values()) - 1)


def _doubles(
    guesses: Sequence[ColumnGuess],
    done: Mapping[int, ColumnGuess],
    claims: Sequence[tuple[str, float, int, int]],
    sheet: Sheet,
) -> list[Finding]:
    """Columns left out because another one is clearly the same thing."""
    out = []
    for name, confidence, rank, index in claims:
        winner = next((g for g in done.values() if g.target == name), None)
        same = any(
            c[0] == name and c[2] == rank and winner and c[3] == winner.index for c in claims
        )
        if index not in done and winner is not None and confidence == 1 and same:
            out.append(
                Finding(
                    "two columns",
                    "warns",
                    f"Two columns look like {WORDS.get(name, name)}. "
                    "We read the first and left the other out.",
                    sheet.name,
                    column=guesses[index].source,
                    found=guesses[index].source,
                    expected=f"one column; we read “{winner.source}”",
                )
            )
    return out


def _missing(
    targets: Sequence[Target], taken: Mapping[str, list[int]], columns: Sequence[ColumnGuess]
) -> tuple[Question, ...]:
    free = tuple(g.source for g in columns if g.target is None and g.source)
    return tuple(
        Question(f"target:{t.name}", f"Which column holds {t.words}?", free)
        for t in targets
        if t.required and t.name not in taken
    )
