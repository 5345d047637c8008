"""Builds files in memory for tests: clean ones, dirty ones, and ones made to do harm."""

from __future__ import annotations

import csv
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_ROOT_RELS = (
    '<?xml version="1.0"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), system: int = 1900,
         merges: Mapping[str, Sequence[tuple[int, int, int, int]]] | None = None) -> bytes:
    """A workbook of these sheets. Text stays text, dates and times are real ones, None is empty."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": system == 1904})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    clock = book.add_format({"num_format": "hh:mm"})
    length = book.add_format({"num_format": "[h]:mm"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for a, b, c, d in (merges or {}).get(name, ()):
            page.merge_range(a, b, c, d, "")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, str) and value.startswith("="):
                    page.write_formula(r, c, value, value="")
                elif isinstance(value, bool):
                    page.write_boolean(r, c, value)
                elif isinstance(value, int | float):
                    page.write_number(r, c, value)
                elif isinstance(value, datetime):
                    page.write_datetime(r, c, value, moment)
                elif isinstance(value, date):
                    page.write_datetime(r, c, value, day)
                elif isinstance(value, time):
                    page.write_datetime(r, c, value, clock)
                elif isinstance(value, timedelta):
                    page.write_datetime(r, c, value, length)
                else:
                    page.write_string(r, c, str(value))
        if name in hidden:
            page.hide()
    book.close()
    return stream.getvalue()


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    """A csv file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(
        ["" if v is None else v for v in row] for row in rows
    )
    return out.getvalue().encode(encoding)


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def raw_xlsx(*sheets: str | bytes, names: Sequence[str] = (),
             extra: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook whose sheets are exactly this XML, however wrong."""
    called = list(names) or [f"Sheet{i + 1}" for i in range(len(sheets))]
    book = "".join(
        f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(called, 1)
    )
    rels = "".join(
        f'<Relationship Id="rId{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _ROOT_RELS.encode(),
        "xl/workbook.xml": (
            f'<workbook {_MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships"><sheets>{book}</sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{rels}</Relationships>"
        ).encode(),
    }
    for i, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = sheet if isinstance(sheet, bytes) else sheet.encode()
    return zipped({**parts, **(extra or {})})


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    """Sheet XML around these rows."""
    return f"{before}<worksheet {_MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"


def cell(ref: str, value: str) -> str:
    """A cell with text written in place."""
    return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'


def bomb() -> bytes:
    """Two cells in the far corners: 17 billion cells to a reader that lays out the whole grid."""
    return raw_xlsx(sheet_xml(
        f'<row r="1">{cell("A1", "x")}</row><row r="1048576">{cell("XFD1048576", "y")}</row>'
    ))


def sparse() -> bytes:
    """One hundred columns over all rows, nearly all of them empty."""
    return raw_xlsx(sheet_xml(
        f'<row r="1">{cell("A1", "x")}</row><row r="1048576">{cell("CV1048576", "y")}</row>'
    ))


def claims_little() -> bytes:
    """A large sheet that says it is two columns wide, with a cell in the far corner."""
    rows = "".join(f'<row r="{r}">{cell(f"A{r}", "some words")}{cell(f"B{r}", "more words")}</row>'
                   for r in range(1, 50_001))
    far = f'<row r="1048576">{cell("XFD1048576", "y")}</row>'
    xml = sheet_xml(rows + far).replace("<sheetData>", '<dimension ref="A1:B50000"/><sheetData>', 1)
    return raw_xlsx(xml)


def hidden_reach() -> bytes:
    """The bomb written so that a hasty look for cell addresses misses it."""
    return raw_xlsx(
        "<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData>"
        "<x:row r='1'><x:c\n r='A1'><x:v>1</x:v></x:c></x:row>"
        "<x:row r='1048576'><x:c\tr='XFD1048576'><x:v>1</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    )


def laughs(where: str = "sheet") -> bytes:
    """Entities that grow ten times a level."""
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    prolog = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "ha">{levels}]>'
    if where == "strings":
        strings = f'{prolog}<sst {_MAIN}><si><t>&l9;</t></si></sst>'.encode()
        return raw_xlsx(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
                        extra={"xl/sharedStrings.xml": strings})
    return raw_xlsx(sheet_xml(f'<row r="1">{cell("A1", "&l9;")}</row>', before=prolog))


def outside(uri: str = "file:///etc/passwd") -> bytes:
    """A cell whose text is to be fetched from another file or address."""
    prolog = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY far SYSTEM "{uri}">]>'
    return raw_xlsx(sheet_xml(f'<row r="1">{cell("A1", "&far;")}</row>', before=prolog))


def echo(cells: int = 900_000, letters: int = 30_000) -> bytes:
    """One long text that very many cells show: 27 GB to a reader that copies it for each."""
    rows = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>'
                   for r in range(1, cells + 1))
    strings = f'<sst {_MAIN}><si><t>{"a" * letters}</t></si></sst>'.encode()
    return raw_xlsx(sheet_xml(rows), extra={"xl/sharedStrings.xml": strings})


def lying() -> bytes:
    """A member that unpacks to 40 MB and promises 100 bytes, in both of its headers."""
    honest = sheet_xml(f'<row r="1">{cell("A1", "a" * 40_000_000)}</row>').encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(honest) + packer.flush()
    data = bytearray(raw_xlsx(honest))
    size = struct.pack("<I", len(honest))
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", 100)
        at = data.find(size, at + 4)
    assert len(packed) < len(honest)
    return bytes(data)


def fat_cell(megabytes: int = 500) -> bytes:
    """One cell of very many letters, small on disk."""
    return raw_xlsx(sheet_xml(f'<row r="1">{cell("A1", "a" * (megabytes * 1_000_000))}</row>'))


def many_sheets(count: int = 10_000) -> bytes:
    """A workbook of very many small sheets."""
    return raw_xlsx(*[sheet_xml(f'<row r="1">{cell("A1", "x")}</row>')] * count)


def deep_merges(count: int = 200_000) -> bytes:
    """Merged ranges that lie over each other, very many."""
    ranges = "".join(f'<mergeCell ref="A{i}:C{i + 5}"/>' for i in range(1, count))
    rows = f'<row r="1">{cell("A1", "x")}{cell("B1", "y")}</row>'
    return raw_xlsx(sheet_xml(rows, after=f"<mergeCells>{ranges}</mergeCells>"))


def encrypted() -> bytes:
    """The outside of a workbook that Excel locked with a password."""
    outside = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
    return outside + "EncryptedPackage".encode("utf-16-le") + random.Random(1).randbytes(8000)


def mutated(data: bytes, seed: int) -> bytes:
    """The same file with a few bytes changed, cut out or doubled."""
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        if not out:  # a small one may be cut away altogether
            break
        at = chance.randrange(len(out))
        kind = chance.randrange(4)
        if kind == 0:
            out[at] = chance.randrange(256)
        elif kind == 1:
            del out[at : at + chance.randint(1, 40)]
        elif kind == 2:
            out[at:at] = out[at : at + chance.randint(1, 40)]
        else:
            out[at : at + 4] = chance.randbytes(4)
    return bytes(out)


def mutated_inside(data: bytes, seed: int) -> bytes:
    """The same zip or workbook with one of its members mutated, packed so that it opens."""
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([n for n, content in sorted(parts.items()) if content])
    return zipped({**parts, name: mutated(parts[name], seed)})
