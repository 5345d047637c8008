"""Files about letters: encodings, delimiters, scripts, and text that was torn on its way."""

from __future__ import annotations

from tests import documents
from tests.etl.corpus.case import DAYS, IDS, Case, attendance, named, register
from tests.workbooks import text, xlsx

HINDI = ("आशा उदाहरण", "बिलाल उदाहरण", "चित्रा उदाहरण")
ARABIC = ("عائشة مثال", "بلال مثال", "ليلى مثال")
VIETNAMESE = ("Nguyễn Thị Ánh", "Trần Văn Đức", "Lê Hoàng Yến")
SPANISH = ("José Muñoz", "Inés Ibáñez", "Begoña Peña")


def _csv(name: str, encoding: str, names: tuple[str, ...], delimiter: str = ",",
         **more: object) -> Case:
    data = text(register(DAYS, names=names), delimiter, encoding)
    return Case(name, "a.csv", data, {**attendance(), **named(names)}, **more)  # type: ignore[arg-type]


def _headed(header: tuple[str, ...], names: tuple[str, ...], codes: tuple[str, ...]) -> bytes:
    rows = [["Hill", i, n, "4 A", d, c]
            for i, n, d, c in zip(IDS, names, DAYS, codes, strict=True)]
    return xlsx({"S": [list(header), *rows]})


_TORN = tuple(n.encode().decode("cp1252") for n in SPANISH)

CASES = [
    _csv("utf-8", "utf-8", HINDI),
    _csv("utf-8 with its mark", "utf-8-sig", ARABIC),
    _csv("utf-16 with its mark", "utf-16", VIETNAMESE),
    _csv("utf-16 without its mark", "utf-16-le", SPANISH),
    _csv("utf-16 the other way round", "utf-16-be", SPANISH),
    _csv("windows text", "cp1252", SPANISH, found=(("encoding", None, None),)),
    _csv("tabs", "utf-8", SPANISH, "\t"),
    _csv("semicolons", "utf-8", VIETNAMESE, ";"),
    _csv("bars", "utf-8", ARABIC, "|"),
    Case("names in four scripts in a workbook", "a.xlsx",
         xlsx({"S": register(names=(HINDI[0], ARABIC[1], VIETNAMESE[2]))}),
         {**attendance(), **named((HINDI[0], ARABIC[1], VIETNAMESE[2]))}),
    Case("names in Hindi in an ods", "a.ods", documents.simple({"S": register(names=HINDI)}),
         {**attendance(), **named(HINDI)}),
    Case("Hindi headers", "a.xlsx",
         _headed(("विद्यालय का नाम", "Student ID", "विद्यार्थी का नाम", "कक्षा", "दिनांक", "Status"),
                 HINDI, ("P", "A", "P")), {**attendance(), **named(HINDI)}),
    Case("Spanish headers", "a.xlsx",
         _headed(("Escuela", "Matrícula", "Nombre del alumno", "Grupo", "Fecha", "Asistencia"),
                 SPANISH, ("P", "A", "P")), {**attendance(), **named(SPANISH)}),
    Case("Arabic headers", "a.xlsx",
         _headed(("المدرسة", "رقم الطالب", "اسم الطالب", "الصف", "التاريخ", "الحضور"),
                 ARABIC, ("P", "A", "P")), {**attendance(), **named(ARABIC)}),
    Case("Vietnamese headers", "a.xlsx",
         _headed(("Trường", "Mã HS", "Họ và tên", "Lớp", "Ngày", "Điểm danh"),
                 VIETNAMESE, ("P", "A", "P")), {**attendance(), **named(VIETNAMESE)}),
    Case("letters torn on their way are put right where that is certain, and said", "a.csv",
         text(register(DAYS, names=_TORN)), {**attendance(), **named(SPANISH)},
         (("torn letters", 2, "C"),)),
    Case("letters lost for good are named", "a.csv",
         text(register(DAYS, names=("Jos\ufffd Mu\ufffdoz", "Ana", "Eva"))),
         {**attendance(), **named(("Jos\ufffd Mu\ufffdoz", "Ana", "Eva"))},
         (("lost letters", 2, "C"),)),
    Case("an open quotation mark", "a.csv",
         text(register(DAYS)).replace(b"Asha", b'"Asha', 1), attendance(),
         (("open_quote", None, None),)),
    Case("a line break within a cell", "a.csv",
         text(register(DAYS, names=("Asha\nExample", "Bilal", "Chitra"))), attendance()),
    Case("spaces around what is typed", "a.csv",
         text(register(DAYS, ids=(" 0101", "0102 ", "\t0103"), codes=(" P", "A ", "P"))),
         attendance()),
    Case("zeros instead of text", "a.csv", b"\x00" * 4000, refused="empty"),
    Case("a web page with the name of a workbook", "a.xls", b"<html><table><tr><td>1</td></tr>",
         refused="web page"),
]
