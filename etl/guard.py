"""What a file is, and whether it is safe to open: looked at before any parser sees it.

Only the first bytes and the zip directory are read here, and each part is unpacked once into
nowhere; a file that lies about its size, hides entities or unpacks too far is refused in a
sentence. `etl.sheetxml` measures the grid of each sheet afterwards.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

from school.errors import UnreadableFile

Kind = Literal["workbook", "xls", "ods", "text", "archive"]

MEGABYTE = 1024 * 1024
FILE_BYTES = 100 * MEGABYTE
WORKBOOK_MEMBERS = 300
WORKBOOK_BYTES = 150 * MEGABYTE
ARCHIVE_MEMBERS = 1000
ARCHIVE_BYTES = 300 * MEGABYTE
SHEETS = 250
CHUNK = 4 * MEGABYTE

TYPES = ("xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt", "zip")
SUFFIXES = frozenset(f".{name}" for name in TYPES)
TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xls"})

DAMAGED = "This file is damaged or locked with a password. Save it again in Excel without one."
WANTED = "We read Excel files (xlsx, xlsm, xls), ods, csv and tsv files, and zips of them."
TOO_BIG = "This file is larger than 100 MB. Split it into smaller files and add them together."
UNPACKS = (
    "This file unpacks to far more than a school's list would need, so we did not open it. "
    "Save it again in Excel."
)
TOO_MUCH = (
    "This file needs more memory or time than a school's list would, so we stopped reading it. "
    "Delete what is not the list, or split it, and save it again."
)
ODD_ZIP = "This zip holds something we do not open. Put only Excel and csv files in it."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"GIF8", b"%PDF", b"RIFF", b"\x7fELF", b"\xff\xd8\xff", b"MZ\x90")
_NOTHING = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"
_ROOT_WITHIN = 64 * 1024
_BAD_XML = (b"<!DOCTYPE", b"<!ENTITY")


def sniff(name: str, data: bytes) -> Kind:
    """What `data` is, judged by its content; `UnreadableFile` if it is nothing we open."""
    suffix = PurePosixPath(name.lower()).suffix
    if suffix not in SUFFIXES:
        raise UnreadableFile(f"We cannot read this kind of file. {WANTED}")
    if len(data) > FILE_BYTES:
        raise UnreadableFile(TOO_BIG)
    if not (data[:CHUNK].strip(_NOTHING) or data.strip(_NOTHING)):
        raise UnreadableFile("This file is empty. Export it again and check that it has rows.")
    if data[:4] == _ZIP or data[:4] == _EMPTY_ZIP:
        return _zip_kind(data, suffix)
    if data[:8] == _OLE:
        if _ENCRYPTED in data[: 4 * MEGABYTE] or suffix not in (".xls", ".csv", ".txt", ".tsv"):
            raise UnreadableFile(DAMAGED)
        return "xls"
    if suffix == ".xls" and data[:2] == b"\x09\x08":  # a bare BIFF stream, Excel 5 and older
        return "xls"
    if suffix not in TEXT_SUFFIXES:
        raise UnreadableFile(DAMAGED)
    return _text_kind(data)


def _zip_kind(data: bytes, suffix: str) -> Kind:
    names = {i.filename for i in open_zip(data).infolist()}
    if "xl/workbook.xml" in names:
        return "workbook"
    if "xl/workbook.bin" in names:
        raise UnreadableFile("This is an Excel binary workbook. Save it in Excel as xlsx.")
    if "mimetype" in names and "content.xml" in names:
        return "ods"
    if suffix in (".xlsx", ".xlsm", ".xls", ".ods"):
        raise UnreadableFile(DAMAGED)
    return "archive"


def _text_kind(data: bytes) -> Kind:
    head = data[:4096]
    if head.startswith(_PICTURES):
        raise UnreadableFile(f"This is not a list but a picture or a document. {WANTED}")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        raise UnreadableFile(
            "This file has the name of a list, but it is a web page. Open it in Excel and save it "
            "as xlsx."
        )
    return "text"


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The zip in `data`; `UnreadableFile` where it is cut short or damaged."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableFile(DAMAGED, type(error).__name__) from error


def check_directory(archive: zipfile.ZipFile, members: int, unpacked: int) -> None:
    """Refuse a zip with too many members, too large a promise, odd names or a password."""
    infos = archive.infolist()
    if len(infos) > members or sum(i.file_size for i in infos) > unpacked:
        raise UnreadableFile(UNPACKS)
    seen: set[str] = set()
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename[:3]:
            raise UnreadableFile(ODD_ZIP)
        if info.filename in seen:
            raise UnreadableFile(DAMAGED)
        seen.add(info.filename)
        if info.flag_bits & 0x1:
            raise UnreadableFile(DAMAGED)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableFile(DAMAGED)


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
    """The bytes of one member in pieces, refused beyond what it promised or `limit`."""
    done = 0
    for piece in _pieces(archive, info):
        done += len(piece)
        if done > info.file_size or done > limit:
            raise UnreadableFile(UNPACKS)
        yield piece
    if done != info.file_size:
        raise UnreadableFile(DAMAGED)


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack by hand: the `zipfile` module stops at the promised size, whatever follows."""
    raw = archive.fp
    if raw is None:
        raise UnreadableFile(DAMAGED)
    raw.seek(info.header_offset)
    header = raw.read(30)
    if header[:4] != _ZIP:
        raise UnreadableFile(DAMAGED)
    skip = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    raw.seek(info.header_offset + 30 + skip)
    left = info.compress_size
    inflater = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = raw.read(min(left, 256 * 1024))
        if not packed:
            raise UnreadableFile(DAMAGED)
        left -= len(packed)
        if inflater is None:
            yield packed
            continue
        try:
            while packed:
                piece = inflater.decompress(packed, CHUNK)
                if piece:
                    yield piece
                packed = inflater.unconsumed_tail
        except zlib.error as error:
            raise UnreadableFile(DAMAGED, "zlib") from error
    if inflater is not None and not inflater.eof:
        raise UnreadableFile(DAMAGED)


def check_prolog(head: bytes) -> None:
    """Refuse a document type or entity: they may stand only before the first element."""
    start = head[:_ROOT_WITHIN]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.decode("utf-16", "ignore").encode()
    if any(bad in start.upper() for bad in _BAD_XML):
        raise UnreadableFile(
            "This file holds hidden definitions that a spreadsheet never needs, so we did not open "
            "it. Save it again in Excel."
        )


def check_workbook(data: bytes) -> zipfile.ZipFile:
    """The zip of a workbook whose directory, sizes and XML heads are sound.

    Sheets are left to `sheetxml.scan`, which unpacks them in any case.
    """
    archive = open_zip(data)
    check_directory(archive, WORKBOOK_MEMBERS, WORKBOOK_BYTES)
    for info in archive.infolist():
        name = info.filename.lower()
        if name.startswith("xl/worksheets/sheet") or not name.endswith((".xml", ".rels", ".vml")):
            continue
        head = b""
        for piece in unpack(archive, info, WORKBOOK_BYTES):
            if len(head) < _ROOT_WITHIN:
                head += piece[:_ROOT_WITHIN]
        check_prolog(head)
    return archive


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file in a zip that could be a list; the rest is passed over.

    A zip inside the zip is opened once, never a third.
    """
    yield from _members(data, depth=0)


def _members(data: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    archive = open_zip(data)
    check_directory(archive, ARCHIVE_MEMBERS, ARCHIVE_BYTES)
    for info in archive.infolist():
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or path.name.startswith((".", "~$")) or "__MACOSX" in path.parts:
            continue
        if path.suffix.lower() not in SUFFIXES:
            continue
        content = b"".join(unpack(archive, info, FILE_BYTES))
        if path.suffix.lower() != ".zip":
            yield info.filename.replace("\\", "/"), content
        elif depth == 0:
            for name, inner in _members(content, depth + 1):
                yield f"{path}/{name}", inner
        else:
            raise UnreadableFile(
                "This zip holds a zip within a zip. Unpack it once and add it again."
            )


def read_bytes(path: Path) -> bytes:
    """The file's bytes, refused before reading where it is too large."""
    try:
        if path.stat().st_size > FILE_BYTES:
            raise UnreadableFile(TOO_BIG)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile("This file could not be opened. Close it in Excel and try again.",
                             type(error).__name__) from error
