"""Words: plain English on screen, and a project that speaks of itself alone."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Words for the trade, and what a school secretary reads instead (screens, section 6).
JARGON = {
    "pupil": "student", "mapping": "which column is which", "suppressed": "hidden",
    "suppression": "hidden to protect students", "denominator": "who is counted",
    "favourable": "agree", "favorable": "agree", "special cause": "beyond the usual ups and downs",
    "common cause": "usual ups and downs", "control limit": "usual range", "xmr": "usual range",
    "response rate": "answered", "risk ratio": "times as likely", "outlier": "stands out",
    "disproportionality": "gap", "intervention": "support", "mastery": "reached",
    "false discovery": "would stand out by chance", "regression to the mean": "rises by itself",
    "cautious excess": "at least", "percentage point": "points", "traceback": "the code",
    "exception": "what went wrong", "dataframe": "table", "parse": "read",
    "sql error": "what went wrong", "invalid": "what was found and expected",
}
# Pages' and terms' sentences where such a word is itself what is explained.
EXPLAINS = {"pages/parts/how.py", "pages/parts/explain.py"}
OF_ANOTHER_KIND = re.compile(
    r"^\s*(select|with|insert|delete|create|update)\b|[<{]/?\w+[^>]*[>}]", re.I)
MACHINE = re.compile(r"(?<![\w.])/(?:root|opt|home/\w+|srv|mnt|[w]ork)/\w")
PRIVATE = re.compile(r"\bissue\s*#?\d+|\b(?:co-?authored|generated)[- ]by\b|\bbuilder [A-Z]", re.I)


def tracked() -> list[Path]:
    """Text files that belong to the project."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("this copy of the project is not a git checkout")
    kinds = {".py", ".md", ".toml", ".sql", ".txt", ".json", ".bat", ".command", ".typ", ".css", ""}
    return [ROOT / name for name in listed.stdout.splitlines()
            if Path(name).suffix in kinds and (ROOT / name).is_file() and name != "LICENSE"]


def sentences(path: Path) -> list[tuple[int, str]]:
    """Strings that read like words for a person: no docstrings, no SQL, no markup."""
    tree = ast.parse(path.read_text("utf-8"))
    doc = {id(node.body[0].value) for node in ast.walk(tree)
           if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
           and isinstance(node.body[0], ast.Expr)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in doc:
            text = node.value
            said = text.strip()
            whole = said[:1].isupper() or said[-1:] in (".", "?", ":")
            if " " in said and whole and not OF_ANOTHER_KIND.search(text):
                found.append((node.lineno, text))
    return found


def spoken() -> list[Path]:
    """Modules whose sentences a person reads."""
    paths = [p for part in ("pages", "school/terms", "etl") for p in (ROOT / part).rglob("*.py")]
    return [*paths, ROOT / "server.py", ROOT / "school" / "errors.py"]


def test_words_on_screen_are_those_of_a_school() -> None:
    wrong = []
    for path in spoken():
        if path.relative_to(ROOT).as_posix() in EXPLAINS:
            continue
        for line, text in sentences(path):
            for word, better in JARGON.items():
                if re.search(rf"\b{re.escape(word)}s?\b", text, re.I):
                    place = f"{path.relative_to(ROOT)}:{line}"
                    wrong.append(f"{place} {word!r} -> {better!r}: {text[:60]}")
    assert not wrong, "\n".join(wrong)


def test_definitions_of_measures_are_written_for_a_school() -> None:
    for path in (ROOT / "school" / "measures").glob("*.sql"):
        head = "\n".join(line for line in path.read_text("utf-8").splitlines()
                         if re.match(r"-- (title|question|meaning):", line))
        for word in ("pupil", "favourable", "denominator", "xmr", "suppress"):
            assert not re.search(rf"\b{word}", head, re.I), f"{path.name}: {word}"


def test_sentences_do_not_shout_or_blame() -> None:
    wrong = [f"{p.relative_to(ROOT)}:{n} {t[:60]}" for p in spoken() for n, t in sentences(p)
             if re.search(r"[a-z]!(\s|$)|\b(oops|sorry|error occurred)\b", t, re.I)]
    assert not wrong, "\n".join(wrong)


def test_no_file_knows_a_machine_it_was_made_on() -> None:
    here = Path(__file__)
    wrong = [f"{p.relative_to(ROOT)}: {m.group()}" for p in tracked() if p != here
             for m in [MACHINE.search(p.read_text("utf-8", errors="replace"))] if m]
    assert not wrong, "\n".join(wrong)


def test_the_project_speaks_of_itself_alone() -> None:
    here = Path(__file__)
    wrong = [f"{p.relative_to(ROOT)}: {m.group()}" for p in tracked() if p != here
             for m in [PRIVATE.search(p.read_text("utf-8", errors="replace"))] if m]
    assert not wrong, "\n".join(wrong)
