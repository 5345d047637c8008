"""What exists is written down: measures, files, pages, columns, presets; links lead somewhere."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from etl.layouts import layouts
from pages import PAGES
from school.config import PRESETS, Preset, Value
from school.measures import catalogue
from school.schema import TABLES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def rows(text: str) -> list[list[str]]:
    """The cells of every table row of a page, without their marks."""
    lines = (line for line in text.splitlines() if line.startswith("|"))
    return [[c.strip().strip("`") for c in line.strip("|").split("|")] for line in lines]


def test_every_measure_is_documented_with_its_title_and_meaning() -> None:
    text = " ".join(read("measures.md").split())
    for name, measure in catalogue().items():
        assert name in text and measure.title in text, name
        assert measure.meaning in text, name


def test_every_measure_has_a_test_of_its_own() -> None:
    for name in catalogue():
        assert (ROOT / "tests" / "school" / "measures" / f"test_{name}.py").exists(), name


def test_every_table_and_column_is_documented_with_its_meaning() -> None:
    text = " ".join(read("data-dictionary.md").replace("\\|", "|").split())
    for table in TABLES:
        grain = table.grain[:1].upper() + table.grain[1:]
        assert f"## {table.name} {grain}" in text, table.name
        for column in table.columns:
            assert column.name in text, f"{table.name}.{column.name}"
            assert column.meaning in text, f"{table.name}.{column.name}"


def test_every_kind_of_file_is_documented() -> None:
    named = {cell for row in rows(read("pages-and-files.md")) for cell in row[:1]}
    modules = {p.stem for p in (ROOT / "etl" / "layouts").glob("*.py") if p.stem != "__init__"}
    kinds = {layout.extract.__module__.rpartition(".")[2] for layout in layouts().values()}
    assert kinds <= modules
    missing = {k for k in kinds if k not in named and not any(k.startswith(f"{n}_") for n in named)}
    assert not missing


def test_every_page_is_documented_with_its_address_and_question() -> None:
    written = {row[1]: row for row in rows(read("pages-and-files.md")) if len(row) == 3}
    for page in PAGES:
        row = written.get(f"/{page.url}")
        assert row is not None, page.url
        assert row[0] == page.title and row[2] == page.question


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda p: p.name)
def test_every_value_of_a_preset_is_documented_as_it_is(preset: Preset) -> None:
    part = read("presets.md").split(f"## {preset.title} (`{preset.name}`)")[1].split("\n## ")[0]
    written = {row[0]: row for row in rows(part)}
    for field in fields(preset):
        value = getattr(preset, field.name)
        if isinstance(value, Value):
            row = written[field.name]
            assert row[2:] == [str(value.value), value.basis, value.source,
                               "yes" if value.checked else "no"], field.name
    codes = [row for row in rows(part) if len(row) == 4][2:]
    assert [(r[0], r[1], r[3]) for r in codes] == [
        (c, code.label, str(code.absent_halves)) for c, code in preset.codes.items()]


def test_every_link_inside_the_documents_leads_to_a_file() -> None:
    broken = []
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md"),
                 ROOT / "data" / "samples" / "STORIES.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert not broken


def test_the_readme_gives_the_two_commands_and_who_may_see_what() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "    pip install -r requirements.txt && streamlit run app.py\n" in text
    assert "    pip install -r requirements-dev.txt && pytest\n" in text
    assert "## Who may see what" in text and "## Add a measure" in text


def test_adding_things_names_one_place_for_each_of_the_six() -> None:
    text = read("adding-things.md")
    for place in ("school/measures/<name>.sql", "etl/layouts/", "pages/__init__.py",
                  "pages/parts/", "school/access.py", "school/schema.py"):
        assert place in text and (ROOT / place.split("<")[0]).exists(), place


def test_decisions_are_numbered_one_after_another() -> None:
    numbers = sorted(int(p.name[:4]) for p in (DOCS / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    for page in (DOCS / "decisions").glob("*.md"):
        text = page.read_text("utf-8")
        assert all(f"**{part}.**" in text for part in ("Context", "Choice", "Cost")), page.name
