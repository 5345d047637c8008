"""Lists of schools: one row a school, with the places above it where the list names them.

A school with a code and a name is stored under its code; its name points there, so that files which
only name the school find it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from etl.cells import column, tally
from etl.checks import Cells, rejections
from etl.fields import Target, knows, match, normalise, spaced, target
from etl.headers import data_rows, find_header
from etl.model import Context, Extract, Layout, Recognition, Sheet
from etl.people import columns_of, header_of
from etl.places import organisations, place_id
from etl.rosters import kind_of

_TARGETS: tuple[Target, ...] = (
    target("school_id", "sis id", "sourced id", "school sis id", "dfe number"),
    Target(
        "name",
        (
            "school name",
            "name of school",
            "name of the school",
            "name",
            "school",
            "org name",
            "title",
            "institution",
        ),
        "the school's name",
    ),
    Target("cluster", ("cluster", "cluster name", "crc", "crc name"), "the cluster"),
    Target("block", ("block", "block name", "taluk", "mandal", "tehsil"), "the block"),
    Target("district", ("district", "district name", "local authority", "la name"), "the district"),
    Target("state", ("state", "state name"), "the state"),
    Target("type", ("type", "org type", "organisation type"), "the kind of place", near=False),
    Target("parent", ("parent sourced id", "parent id", "parent org"), "the place above"),
    Target(
        "phase",
        ("phase", "school category", "school type", "category", "school phase"),
        "the phase",
    ),
    Target(
        "location",
        ("rural urban", "urban rural", "rural or urban", "urban rural name", "location",
         "location type", "area type", "locale", "school location"),
        "whether it is rural or urban",
        near=False,
    ),
    Target(
        "intake",
        ("boys girls co ed", "boys girls mixed", "gender name", "gender", "intake", "gender type",
         "gender of entry", "school gender", "coeducation", "co ed", "school for",
         "school type"),
        "whether it takes girls, boys or both",
        near=False,
    ),
    Target(
        "medium",
        ("medium", "medium of instruction", "medium of teaching", "language of instruction",
         "teaching language", "medium 1", "medium of instruction 1"),
        "the language it teaches in",
        near=False,
    ),
    Target(
        "board",
        ("board", "affiliation board", "affiliation", "board of affiliation", "examination board",
         "exam board"),
        "its board",
        near=False,
    ),
    Target(
        "other_number",
        ("school number", "school nces id", "state id", "urn"),
        "another number",
        near=False,
        many=True,
    ),
)
_ABOVE = ("cluster", "block", "district", "state")
_TYPES: Mapping[str, str] = {
    "school": "school",
    "college": "school",
    "university": "school",
    "department": "school",
    "campus": "school",
    "faculty": "school",
    "district": "district",
    "local": "district",
    "cluster": "cluster",
    "block": "block",
    "state": "state",
    "national": "state",
}
# The same thing in the words of several systems; what is in none of them stays as it is written.
_PLAIN: Mapping[str, Mapping[str, str]] = {
    "location": {
        "1rural": "rural", "2urban": "urban", "rural": "rural", "urban": "urban",
        "village": "rural", "town": "urban", "city": "urban",
        **{f"rural{w}": "rural" for w in ("area", "remote", "distant", "fringe",
                                          "townandfringe", "village")},
        **{f"urban{w}": "urban" for w in ("area", "cityandtown", "majorconurbation",
                                          "minorconurbation")},
    },
    "intake": {
        "1boys": "boys", "2girls": "girls", "3coeducational": "mixed", "3coed": "mixed",
        **dict.fromkeys(("boys", "boysonly", "boy", "male"), "boys"),
        **dict.fromkeys(("girls", "girlsonly", "girl", "female"), "girls"),
        **dict.fromkeys(("mixed", "coed", "coeducational", "coeducation", "both",
                         "boysandgirls", "girlsandboys"), "mixed"),
    },
}  # fmt: skip
_TRAITS = ("phase", "location", "intake", "medium", "board")
_STUDENT = frozenset(
    normalise(s)
    for n in ("student_id", "first_name", "roll_number", "student_name")
    for s in target(n).synonyms
) - {"id", "name", "names", "sisid", "students", "pupils", "idnumber", "number"}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """Schools down, and nothing about students."""
    kind = kind_of(sheet)
    if kind not in (None, "schools"):
        return None
    header = find_header(sheet, lambda c: normalise(c) in knows(_TARGETS), minimum=2)
    if header is None or any(normalise(n) in _STUDENT for n in header.names):
        return None
    found = match(header.names, _TARGETS, sheet, context)
    if not found.has("name"):
        return None
    above = sum(found.has(t) for t in _ABOVE)
    numbers = sum(
        _counts(sheet, c.index, header.first_row) for c in found.columns if c.target is None
    )
    spoken = "school" in spaced(header.names[found.index["name"]]) and (
        found.has("school_id") or above
    )
    if kind is None and (not spoken or numbers > 1):
        return None
    return Recognition(
        "schools",
        0.95 if kind else 0.75,
        header.row,
        header.first_row,
        found.columns,
        (),
        found.findings,
        {"header": header},
    )


def _counts(sheet: Sheet, index: int, first: int) -> bool:
    """Whether an unclaimed column holds numbers: then the list counts or scores something."""
    values = tally(column(sheet, index))
    return sum(v.replace(".", "").isdigit() for v in values) > max(len(values) // 2, 1)


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """One organisation a row, one for each spelling that a code stands behind, and those above."""
    header, index = header_of(recognition), columns_of(recognition)
    body = data_rows(sheet, header, [index["name"]])
    cells = {t: column(sheet, i, body.index).to_pylist() for t, i in index.items()}
    blank = [None] * len(body.index)
    names, codes = cells["name"], cells.get("school_id", blank)
    nobody = [i for i, (n, c) in enumerate(zip(names, codes, strict=True)) if not n and not c]
    findings = rejections(
        "no school",
        "This row names no school.",
        sheet,
        Cells(header.names[index["name"]], body.index),
        nobody,
        None,
        "a name",
    )
    lines = _Lines(context)
    once = {n for n in names if n and names.count(n) == 1} if len(names) < 5000 else set()
    for i, row in enumerate(body.index.tolist()):
        if i not in nobody:
            _read_line(lines, {t: v[i] for t, v in cells.items()}, row + 1, once)
    return Extract(
        {"organisations": lines.table()},
        len(body.index),
        frozenset(int(body.index[i]) + 1 for i in nobody),
        body.skipped,
        (),
        tuple(findings),
    )


class _Lines:
    """Organisations in the order in which they are named, each id once."""

    def __init__(self, context: Context) -> None:
        self._known = context.known.schools
        self._rows: dict[str, dict[str, Any]] = {}

    def add(self, org_id: str, row: int, **more: Any) -> str:
        """Keep an organisation; what it says later fills what it did not say before."""
        kept = self._rows.setdefault(org_id, {"org_id": org_id, "row": row})
        kept.update({k: v for k, v in more.items() if v is not None})
        return org_id

    def known(self, code: str) -> str:
        """The id under which a code is already stored."""
        return self._known.get(code, self._known.get(code.lower(), code))

    def level_of(self, org_id: str) -> str | None:
        return self._rows.get(org_id, {}).get("type")

    def table(self) -> pa.Table:
        """The organisations as facts."""
        rows = list(self._rows.values())
        more = {
            k: [r.get(k) for r in rows]
            for k in ("code", "parent_id", "same_as", *_TRAITS, "row")
        }
        kinds = [r.get("type") for r in rows]
        return organisations(
            [r["org_id"] for r in rows], [r.get("name") for r in rows], type=kinds, **more
        )


def _read_line(lines: _Lines, cells: Mapping[str, str | None], row: int, once: set[str]) -> None:
    name, code = cells.get("name"), cells.get("school_id")
    above = cells.get("parent")
    parent = _above(lines, cells, row) or (lines.known(above) if above else None)
    org_id = lines.known(code) if code else place_id(name or "")
    kind = _kind(cells.get("type"))
    said = _traits(cells)
    lines.add(org_id, row, name=name, code=code, type=kind, parent_id=parent, **said)
    if code and name and name in once and kind == "school" and place_id(name) != org_id:
        lines.add(place_id(name), row, name=name, type="school", same_as=org_id)


def _traits(cells: Mapping[str, str | None]) -> dict[str, str | None]:
    """What is said of a school; a type that is girls, boys or both is no phase."""
    said = {t: _plain(t, cells.get(t)) for t in _TRAITS}
    if said["phase"] and normalise(said["phase"]) in _PLAIN["intake"]:
        said |= {"phase": None, "intake": said["intake"] or _plain("intake", said["phase"])}
    return said


def _plain(trait: str, text: str | None) -> str | None:
    """What a cell says of a school, in one word where several systems have their own."""
    if text is None:
        return None
    return _PLAIN.get(trait, {}).get(normalise(text), " ".join(text.split()))


def _kind(text: str | None) -> str:
    word = normalise(text or "school")
    return _TYPES.get(word, "state" if "ministry" in word else "school")


def _above(lines: _Lines, cells: Mapping[str, str | None], row: int) -> str | None:
    """The chain of places above a school, from the state down; the id of the nearest one."""
    parent: str | None = None
    for level in reversed(_ABOVE):
        name = cells.get(level)
        if not name:
            continue
        org_id = place_id(name)
        if lines.level_of(org_id) not in (None, level):
            org_id = f"{org_id} ({level})"
        parent = lines.add(org_id, row, name=name, type=level, parent_id=parent)
    return parent


LAYOUT = Layout(
    "schools",
    "roster",
    "a list of schools",
    5,
    "1",
    {t.name: t.words for t in _TARGETS},
    recognise,
    extract,
)
