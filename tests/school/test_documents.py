"""The generated pages say what the code says today."""

from pathlib import Path

import pytest

from school import documents

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(("name", "page"), [
    ("measures.md", documents.measures_page), ("data-dictionary.md", documents.dictionary_page)])
def test_generated_page_is_not_stale(name: str, page: object) -> None:
    assert callable(page)
    assert (DOCS / name).read_text(encoding="utf-8") == page(), "run: python -m school docs"
