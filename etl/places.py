"""Which school a row belongs to, and the schools a sheet names.

A column wins over an answer, an answer over the title block. A spelling that is nearly a known
school's is asked about and remembered; nothing is joined by likeness alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from rapidfuzz import fuzz

from etl.cells import groups, over_groups, repeat, unique
from etl.checks import Cells
from etl.fields import spaced
from etl.model import Context, Question, Sheet

NEAR = 90  # of 100: from here two spellings may be one school
NEW = "It is another school"

_COMMON = frozenset(
    [
        "school",
        "schools",
        "primary",
        "secondary",
        "elementary",
        "middle",
        "high",
        "higher",
        "upper",
        "lower",
        "senior",
        "junior",
        "government",
        "govt",
        "gov",
        "public",
        "academy",
        "the",
        "of",
        "and",
        "st",
        "college",
        "model",
        "central",
        "community",
        "gps",
        "ghs",
        "ups",
        "lps",
        "hps",
    ]
)


@dataclass(frozen=True)
class Places:
    """Schools of a sheet: the org_id of each row (null where nothing says it) and the rows to
    store.
    """

    org_id: pa.Array
    facts: pa.Table  # organisations, one row a school, with `row`
    questions: tuple[Question, ...]
    bad: frozenset[int]  # positions without a school, where a column should say it


def place_id(name: str) -> str:
    """The id of a school without a code: its name in small letters with single spaces."""
    return " ".join(name.lower().split())


def is_code(text: str) -> bool:
    """Whether a 'school' column holds codes (numbers, GUIDs, '01M015') and not names."""
    text = text.strip()
    return bool(
        re.fullmatch(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,30}|[A-Za-z]{0,3}\d[\dA-Za-z/-]*", text)
    )


def read_places(
    sheet: Sheet,
    context: Context,
    cells: Cells,
    code: pa.Array | None = None,
    name: pa.Array | None = None,
    hints: Mapping[str, str] | None = None,
    cluster: pa.Array | None = None,
) -> Places:
    """The school of each row of `cells`, from columns, the card's answer or the title block."""
    count, hints = len(cells.rows), hints or {}
    if code is None and name is None:
        said = context.answer("school", sheet)
        if said is not None and said.strip():
            name = repeat(" ".join(said.split()), count)
        elif "school" in hints or "school_id" in hints:
            name, code = repeat(hints.get("school"), count), repeat(hints.get("school_id"), count)
        else:
            return _unnamed(context, count)
    codes = repeat(None, count) if code is None else code
    names = repeat(None, count) if name is None else name
    spelled = [n for c, n in _pairs(codes, names) if c is None and n is not None]
    chosen, questions = choose_schools(spelled, context, sheet)
    known = context.known.schools

    def identify(c: str | None, n: str | None) -> str | None:
        if c is not None:
            return known.get(c, known.get(c.lower(), c))
        return chosen.get(n) if n is not None else None

    org_id = over_groups([codes, names], identify, pa.string())
    bad = (
        frozenset(i for i, v in enumerate(org_id.to_pylist()) if v is None)
        if org_id.null_count
        else frozenset()
    )
    return Places(org_id, _facts(cells, codes, names, cluster, identify), questions, bad)


def _unnamed(context: Context, count: int) -> Places:
    """Rows of no school, and the question; where only one school is known, its rows and the same
    question left open to another answer, so that its next file needs no click.
    """
    schools = context.known.school_names
    only = next(iter(schools)) if len(schools) == 1 else None
    return Places(repeat(only, count), organisations([], []), (school_question(context, only),),
                  frozenset())


def choose_schools(
    spellings: Sequence[str], context: Context, sheet: Sheet
) -> tuple[dict[str, str], tuple[Question, ...]]:
    """org_id for each spelling, and a question for each that is nearly a known one."""
    known = context.known.schools
    chosen: dict[str, str] = {}
    questions: list[Question] = []
    fresh: list[str] = []
    for spelling in dict.fromkeys(spellings):
        own = place_id(spelling)
        said = context.answer(f"school:{spelling}", sheet)
        if own in known or spelling in known:
            chosen[spelling] = known.get(own) or known[spelling]
        elif said is not None:
            chosen[spelling] = (
                own if place_id(said) in ("new", place_id(NEW)) else _named(said, context)
            )
        else:
            chosen[spelling] = own
            like = _near(spelling, [*context.known.school_names.values(), *fresh])
            if like:
                questions.append(
                    Question(
                        f"school:{spelling}",
                        f"Is “{spelling}” one of the schools we know already?",
                        (*like, NEW),
                        (spelling,),
                    )
                )
            fresh.append(spelling)
    return chosen, tuple(questions)


def school_question(context: Context, only: str | None = None) -> Question:
    """Asked where neither the file nor the command line names a school; not required where it is
    taken as that of `only`, the one school that is known.
    """
    schools = context.known.school_names
    names = tuple(sorted(set(schools.values())))[:300]
    if only is None:
        return Question("school", "Which school is this file from? The file does not say.", names)
    told = f"The file names no school. We take it as that of {schools[only]}. Another?"
    return Question("school", told, names, required=False)


def organisations(
    ids: Sequence[str], names: Sequence[str | None], **more: Sequence[object]
) -> pa.Table:
    """Facts of schools: `more` are further columns of the table, such as code, parent_id or
    same_as.
    """
    rows = more.pop("row", [1] * len(ids))
    data: dict[str, pa.Array] = {
        "org_id": pa.array(ids, pa.string()),
        "name": pa.array(names, pa.string()),
        "type": pa.array(more.pop("type", ["school"] * len(ids)), pa.string()),
    }
    data |= {k: pa.array(v, pa.string()) for k, v in more.items()}
    return pa.table({**data, "row": pa.array(rows, pa.int32())})


def _named(said: str, context: Context) -> str:
    """The org_id an answer means: a known id or spelling, else the name as a new school."""
    known = context.known.schools
    for org_id, name in context.known.school_names.items():
        if said == org_id or place_id(said) == place_id(name):
            return org_id
    return known.get(said) or known.get(place_id(said)) or place_id(said)


def _near(spelling: str, names: Sequence[str]) -> tuple[str, ...]:
    """Names at least `NEAR` like the spelling, with the same numbers and alike in their own words.
    """
    mine = spaced(spelling)
    out = []
    for name in dict.fromkeys(names):
        other = spaced(name)
        digits = re.findall(r"\d+", mine) == re.findall(r"\d+", other)
        if not digits or max(fuzz.ratio(mine, other), fuzz.token_sort_ratio(mine, other)) < NEAR:
            continue
        if fuzz.token_sort_ratio(_own(mine), _own(other)) >= NEAR - 5 or _own(mine) == _own(other):
            out.append(name)
    return tuple(out[:10])


def _own(text: str) -> str:
    return " ".join(w for w in text.split() if w not in _COMMON)


def _pairs(codes: pa.Array, names: pa.Array) -> list[tuple[str | None, str | None]]:
    return [(c, n) for c, n in groups([codes, names])[1]] if len(codes) else []


def _facts(
    cells: Cells, codes: pa.Array, names: pa.Array, cluster: pa.Array | None, identify: object
) -> pa.Table:
    """One row a school, and one for each spelling that stands for another school (`same_as`)."""
    ids: list[str] = []
    out: dict[str, list[object]] = {
        k: [] for k in ("name", "code", "same_as", "parent_id", "type", "row")
    }
    if not len(codes):
        return organisations([], [])
    places = [codes, names] if cluster is None else [codes, names, cluster]
    _, combinations, first = groups(places)
    for (code, name, *above), at in zip(combinations, first.tolist(), strict=True):
        org = identify(code, name)  # type: ignore[operator]
        if org is None:
            continue
        row = int(cells.rows[at]) + 1
        parent = place_id(above[0]) if above and above[0] else None
        if org not in ids:
            _add(
                ids,
                out,
                org,
                name if code is not None or place_id(name or "") == org else None,
                code,
                None,
                parent,
                "school",
                row,
            )
        if (
            code is None
            and name is not None
            and place_id(name) != org
            and place_id(name) not in ids
        ):
            _add(ids, out, place_id(name), name, None, org, None, "school", row)
        if parent is not None and parent not in ids:
            _add(ids, out, parent, above[0], None, None, None, "cluster", row)
    return organisations(ids, out.pop("name"), **out)  # type: ignore[arg-type]


def _add(
    ids: list[str],
    out: dict[str, list[object]],
    org: str,
    name: str | None,
    code: str | None,
    same_as: str | None,
    parent: str | None,
    kind: str,
    row: int,
) -> None:
    ids.append(org)
    for key, value in (
        ("name", name),
        ("code", code),
        ("same_as", same_as),
        ("parent_id", parent),
        ("type", kind),
        ("row", row),
    ):
        out[key].append(value)


def spellings(values: pa.Array) -> list[str]:
    """Distinct names of a column, in order."""
    return unique(values)
