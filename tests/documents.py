"""Builds OpenDocument spreadsheets (ods) for tests, cell by cell as programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.sax.saxutils import escape

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"),
                        ("style", "style"))
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_STYLES = (
    '<office:automatic-styles><style:style style:name="seen" style:family="table">'
    '<style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="unseen" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def cell(value: Any) -> str:
    """One cell as LibreOffice writes it; text that begins with '<' is put in as it stands."""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str) and value.startswith("<"):
        return value
    kind, stated, shown = _told(value)
    return (f'<table:table-cell office:value-type="{kind}" {stated}>'
            f"<text:p>{escape(shown)}</text:p></table:table-cell>")


def _told(value: Any) -> tuple[str, str, str]:
    if isinstance(value, bool):
        word = str(value).lower()
        return "boolean", f'office:boolean-value="{word}"', word.upper()
    if isinstance(value, int | float):
        return "float", f'office:value="{value}"', f"{value:.2f}"
    if isinstance(value, datetime):
        return "date", f'office:date-value="{value.isoformat()}"', f"{value:%d/%m/%y %H:%M}"
    if isinstance(value, date):
        return "date", f'office:date-value="{value.isoformat()}"', f"{value:%d/%m/%y}"
    if isinstance(value, time):
        return "time", f'office:time-value="PT{value:%HH%MM%SS}"', f"{value:%H:%M}"
    return "string", "", str(value)


def row(cells: Sequence[Any], times: int = 1) -> str:
    """A row, said to stand `times` times."""
    again = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{again}>{''.join(map(cell, cells))}</table:table-row>"


def table(name: str, rows: Sequence[Sequence[Any] | str], hidden: bool = False) -> str:
    """A sheet; a row that is text is put in as it stands."""
    inner = "".join(r if isinstance(r, str) else row(r) for r in rows)
    style = "unseen" if hidden else "seen"
    return f'<table:table table:name="{name}" table:style-name="{style}">{inner}</table:table>'


def ods(*tables: str, prolog: str = "", kind: str = KIND, manifest: str = "") -> bytes:
    """A document of these sheets."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {_SPACES}>'
        f"{_STYLES}<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest or _manifest())
    return stream.getvalue()


def _manifest() -> str:
    return (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )


def simple(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A document of these rows."""
    return ods(*(table(name, rows) for name, rows in sheets.items()))
