"""Pages made from the definitions: `docs/measures.md` and `docs/data-dictionary.md`."""

from __future__ import annotations

from pathlib import Path

from school import schema
from school.measures.catalogue import Measure, every_file

_BETTER = {"higher": "Higher is better.", "lower": "Lower is better.",
           "neither": "Neither more nor less is better."}


def measures_page() -> str:
    """Every measure with its meaning, its source and the select that counts it."""
    parts = ["# Measures", "",
             "Made from the headers of `school/measures/*.sql` by `python -m school docs`; "
             "do not edit by hand.", "",
             "Rates are fractions between 0 and 1. Attendance counts half days, so a whole day "
             "missed adds 2 to the numerator. A number about fewer people than its minimum is "
             "shown only to the school's own staff; answers to surveys are hidden from everyone "
             "under it.", "",
             "| measure | title | kind | unit | version |", "|---|---|---|---|---|"]
    known = every_file().values()
    parts += [f"| [`{m.name}`](#{m.name}) | {m.title} | {m.kind} | {m.unit} | {m.version} |"
              for m in known]
    for measure in known:
        parts += ["", *_measure(measure)]
    return "\n".join(parts) + "\n"


def _measure(measure: Measure) -> list[str]:
    splits = ", ".join("every group" if b == "group.*" else b for b in measure.breakdowns)
    params = f"Set by the preset: {', '.join(measure.params)}." if measure.params else ""
    return [
        f"## {measure.name}", "",
        f"**{measure.title}.** {measure.question}", "",
        measure.meaning, "",
        f"{_BETTER[measure.better]} Minimum people: {measure.minimum}. Can be split by: {splits}. "
        f"Source: {measure.source}. {params} {_need(measure)}".rstrip(), "",
        "```sql", measure.sql, "```",
    ]


def _need(measure: Measure) -> str:
    """How it is ranked among the needs, if it is."""
    need = measure.need
    if need is None:
        return ""
    each = f" one a {need.per}," if need.per else ""
    if need.inside:
        return f"Told inside the need of `{need.inside}`."
    return f"Ranked among the needs,{each} above `{need.line}` percent of students."


def dictionary_page() -> str:
    """Every table and column of the facts store."""
    parts = ["# Data dictionary", "",
             "Made from `school/schema.py` by `python -m school docs`; do not edit by hand.", "",
             "Schema `raw` holds all rows of all loads, `mart` one row a key. Both also carry "
             "`load_id`, the upload it came from; `raw` also carries `row`, its line in the sheet."]
    for table in schema.TABLES:
        parts += ["", *_table(table)]
    parts += ["", "# Derived tables", "",
              "Worked out from the tables above at the end of a publish, in schema `mart` only."]
    for table in schema.DERIVED:
        parts += ["", *_table(table)]
    return "\n".join(parts) + "\n"


def _table(table: schema.Table) -> list[str]:
    return [
        f"## {table.name}", "",
        f"{table.grain[0].upper()}{table.grain[1:]}. Key: {', '.join(table.key)}.", "",
        "| column | type | meaning |", "|---|---|---|",
        *(f"| {c.name} | {c.type} | {c.meaning}{' Required.' if c.required else ''} |"
          for c in table.columns),
    ]


def write(folder: Path) -> list[Path]:
    """Write both pages into `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"measures.md": measures_page(), "data-dictionary.md": dictionary_page()}
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages]
