"""Rules about the repository that a tool can check: lint, types, who imports whom."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ("app.py", "server.py", "etl", "school", "pages")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600,
                          check=False)


def sources(*parts: str) -> list[Path]:
    found: list[Path] = []
    for part in parts:
        place = ROOT / part
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert found, f"nothing under {parts}"
    return found


def imported(path: Path) -> set[str]:
    """Every module that a file imports, wherever in the file it does so."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_ruff_finds_nothing() -> None:
    done = run(sys.executable, "-m", "ruff", "check", ".")
    assert done.returncode == 0, done.stdout[-4000:]


def test_types_of_school_and_etl_are_strict() -> None:
    done = run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout[-4000:]


def test_imports_run_one_way() -> None:
    lint = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    done = run(sys.executable, "-c", lint)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "Contracts: 5 kept, 0 broken" in done.stdout


def test_the_server_imports_no_page_and_nothing_imports_the_launcher() -> None:
    assert not {m for m in imported(ROOT / "server.py") if m.split(".")[0] in ("pages", "app")}
    for path in sources("server.py", "etl", "school", "pages"):
        assert "app" not in {m.split(".")[0] for m in imported(path)}, path


@pytest.mark.parametrize(("library", "allowed"), [
    ("duckdb", {"school/store.py"}),
    ("streamlit", {"app.py", "server.py", "pages"}),
    ("plotly", {"pages"}),
    ("sqlalchemy", {"school/records"}),
])
def test_a_library_is_spoken_to_in_its_place_alone(library: str, allowed: set[str]) -> None:
    for path in sources(*HOUSE):
        if library in {m.split(".")[0] for m in imported(path)}:
            name = path.relative_to(ROOT).as_posix()
            assert any(name == a or name.startswith(f"{a}/") for a in allowed), name


def test_no_clock_below_the_pages_except_where_it_is_handed_in() -> None:
    """`as_of` is a field of the view; a clock is an argument, never a call inside."""
    clock = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.utcnow)\(")
    for path in sources("school"):
        if path.name != "__main__.py":  # a command line stands above the rule, as pages do
            assert not clock.search(path.read_text("utf-8")), path


def test_unscoped_reading_stays_in_etl_and_with_the_store_itself() -> None:
    """A page reaches numbers through `answer` alone."""
    for path in sources("pages"):
        assert "unsafe_" not in path.read_text("utf-8"), path


def test_figures_are_dicts_and_never_built_by_plotly_express() -> None:
    for path in sources("pages"):
        assert not {m for m in imported(path) if m.startswith("plotly.express")}, path


def test_session_state_is_touched_only_by_the_frame() -> None:
    for path in sources("pages"):
        frame = path.relative_to(ROOT).parts[:2] == ("pages", "parts")
        if not frame and path.name != "shell.py":
            assert "session_state" not in path.read_text("utf-8"), path
