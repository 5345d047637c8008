"""The size budget: modules and functions small enough to be read in one go."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULE, FUNCTION, FUNCTION_MEDIAN, FUNCTION_P90 = 300, 60, 10, 30
MODULE_MEDIAN = 140  # about 120 is aimed at
DECLARATIONS = {"school/schema.py"}  # one list of tables and columns, read from top to bottom
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "base"}


def modules() -> list[Path]:
    found = [ROOT / "app.py", ROOT / "server.py"]
    for part in ("etl", "school", "pages"):
        found += sorted((ROOT / part).rglob("*.py"))
    return [p for p in found if p.read_text("utf-8").strip()]


def functions() -> list[tuple[str, int]]:
    """Every function with its length in lines."""
    out = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                out.append((name, (node.end_lineno or node.lineno) - node.lineno + 1))
    return out


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_module_is_longer_than_300_lines() -> None:
    named = {p.relative_to(ROOT).as_posix(): lines(p) for p in modules()}
    assert not {n: k for n, k in named.items() if k > MODULE and n not in DECLARATIONS}


def test_half_of_the_modules_have_about_120_lines_or_fewer() -> None:
    assert statistics.median(lines(p) for p in modules()) <= MODULE_MEDIAN


def test_no_function_is_longer_than_60_lines() -> None:
    assert not {name: length for name, length in functions() if length > FUNCTION}


def test_functions_are_short_in_the_middle_and_at_the_long_end() -> None:
    lengths = sorted(length for _, length in functions())
    assert statistics.median(lengths) <= FUNCTION_MEDIAN
    assert lengths[int(len(lengths) * 0.9)] <= FUNCTION_P90


def test_every_module_says_what_it_is_for() -> None:
    for path in modules():
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_public_functions_of_school_and_etl_have_a_docstring() -> None:
    bare = []
    for path in modules():
        if path.relative_to(ROOT).parts[0] not in ("school", "etl"):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if named and not ast.get_docstring(node):
                bare.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not bare


def test_files_are_named_for_what_they_hold() -> None:
    assert not [p for p in modules() if p.stem in EMPTY_NAMES or p.parent.name in EMPTY_NAMES]
