"""The parts of an Office archive that nobody need trust: bounded in size, none of them run, none a document type.

Read with what comes with Python. A library that lays a sheet out as a table needs room for all between two cells: calamine
0.9 ends the process on a file of 5 KB that fills A1 and XFD1048576. openpyxl opens much before it can be asked how large it is.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.parsers import expat

from decision_procedure.sources.faults import Faults, Flaw

MAX_FILE = 10_000_000
MAX_UNPACKED = 50_000_000
MAX_ELEMENTS = 3_000_000
_MAX_PARTS = 2_000


class OfficeForm(NamedTuple):
    """A form of Office file: what it is called, what its names end in, its main part, and what parts link it to others."""

    zh: str
    en: str
    suffix: str
    main: str
    links: tuple[str, ...]


WORKBOOK = OfficeForm(
    "工作簿",
    "workbook",
    ".xlsx",
    "xl/workbook.xml",
    ("xl/externalLinks/", "xl/connections.xml", "xl/queryTables/"),
)
WORD = OfficeForm("Word 文件", "Word file", ".docx", "word/document.xml", ())

LARGE = Flaw(
    f"{{zh}}过大：文件不超过 {MAX_FILE // 1_000_000} MB，展开后不超过 {MAX_UNPACKED // 1_000_000} MB",
    f"too large a {{en}}: at most {MAX_FILE // 1_000_000} MB, {MAX_UNPACKED // 1_000_000} MB once unpacked",
)
BROKEN = Flaw("{zh}已损坏，无法读取", "the {en} is corrupt and cannot be read")
LOCKED = Flaw(
    "{zh}设有打开密码，请去掉密码后另存", "the {en} is protected by a password: save it without one"
)
_OLD = Flaw(
    "这是旧版的 .xls 或者其他旧格式文件，请在 Excel、WPS 中另存为 {suffix}",
    "this is an old .xls or another file of old form: save it as {suffix}",
)
MACROS = Flaw(
    "{zh}含有宏，未读取；请另存为不含宏的 {suffix}",
    "the {en} holds macros and was not read: save it as {suffix} without them",
)
_LINKED = Flaw(
    "{zh}链接其他文件或者数据源，未读取；请断开链接后另存",
    "the {en} is linked to other files or sources and was not read: break the links and save it",
)
_DOCTYPE = Flaw(
    "{zh}中有文件类型声明 (DOCTYPE)，可能是攻击，未读取",
    "the {en} holds a document type (DOCTYPE), as attacks do, and was not read",
)
_NO_WORKBOOK: Mapping[bytes, Flaw] = {
    b"%PDF": Flaw("这是 PDF 文件，不是工作簿", "this is a PDF, not a workbook"),
    b"<": Flaw("这是网页或者 XML，不是工作簿；请另存为 .xlsx", "this is a web page or XML, not a workbook: save it as .xlsx"),
    b"{\\rtf": Flaw("这是 RTF 文件，不是工作簿", "this is RTF, not a workbook"),
}  # fmt: skip
_TEXT = Flaw("这是文本文件（如 CSV），不是工作簿；请另存为 .xlsx", "this is a text (such as CSV), not a workbook: save it as .xlsx")  # fmt: skip
_OTHER = Flaw("这不是 Excel 工作簿 (.xlsx)", "this is no Excel workbook (.xlsx)")
_ARCHIVES = {
    "word/": Flaw("这是 Word 文件，不是工作簿", "this is a Word file, not a workbook"),
    "ppt/": Flaw("这是演示文稿，不是工作簿", "these are slides, not a workbook"),
    "content.xml": Flaw("这是 OpenDocument 文件，请另存为 .xlsx", "this is an OpenDocument file: save it as .xlsx"),
}  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Element(NamedTuple):
    """An element of a part as it begins, by its name without that of its space."""

    name: str
    attributes: Mapping[str, str]


def named(flaw: Flaw, form: OfficeForm) -> Flaw:
    """Return a flaw with the names of the form of file that it is in."""
    return Flaw(*(text.format_map(form._asdict()) for text in flaw))


class OfficeArchive:
    """An archive of Excel or Word. Raises UnusableInput, with one message, for what is none or may not be read."""

    def __init__(self, data: bytes, file: str, form: OfficeForm = WORKBOOK) -> None:
        self._faults, self._form = Faults(file), form
        self._left, self._elements = MAX_UNPACKED, 0
        if len(data) > MAX_FILE or data.count(b"PK\x01\x02") > _MAX_PARTS:
            raise self.fatal(LARGE)
        if not data.startswith(b"PK"):
            raise self.fatal(_told(data))
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise self.fatal(BROKEN) from None
        self.parts = frozenset(self._archive.namelist())
        self._refuse()

    def _refuse(self) -> None:
        names = sorted(self.parts)
        if self._form.main not in self.parts:
            found = (flaw for start, flaw in _ARCHIVES.items() if any(n.startswith(start) for n in names))
            binary = any(name.startswith("xl/workbook") for name in names)
            raise self.fatal(_OLD if binary else next(found, _OTHER))
        if any(
            name.casefold().endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in names
        ):
            raise self.fatal(MACROS)
        if any(name.startswith(self._form.links) for name in names):
            raise self.fatal(_LINKED)

    def fatal(self, flaw: Flaw) -> Exception:
        """Return the error to raise when the archive cannot be read any further."""
        return self._faults.fatal(None, named(flaw, self._form))

    def broken(self) -> Exception:
        """Return the error to raise where a part is not as it should be."""
        return self.fatal(BROKEN)

    def read(
        self, part: str, begin: Callable[[Element], None], end: Callable[[str, str], None] | None = None
    ) -> None:
        """Tell the elements of a part as they begin, and as they end with the text that stood last in them."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        text: list[str] = []

        def started(name: str, attributes: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > MAX_ELEMENTS:
                raise self.fatal(LARGE)
            text.clear()
            begin(Element(_local(name), {_local(key): value for key, value in attributes.items()}))

        def ended(name: str) -> None:
            if end is not None:
                end(_local(name), "".join(text))
            text.clear()

        parser.StartElementHandler, parser.EndElementHandler = started, ended
        parser.CharacterDataHandler = text.append
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(self._content(part), True)
        except expat.ExpatError:
            raise self.broken() from None

    def _doctype(self, *_: object) -> None:
        raise self.fatal(_DOCTYPE)

    def _content(self, part: str) -> bytes:
        try:
            item = self._archive.getinfo(part)
            if item.flag_bits & 1:
                raise self.fatal(LOCKED)
            if item.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.broken()
            with self._archive.open(item) as stream:
                data = stream.read(self._left + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            raise self.broken() from None
        self._left -= len(data)
        if self._left < 0:
            raise self.fatal(LARGE)
        return data


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _told(data: bytes) -> Flaw:
    """Return what a file is that is no archive."""
    if data.startswith(OLE):
        return LOCKED if "EncryptedPackage".encode("utf-16-le") in data else _OLD
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, flaw in _NO_WORKBOOK.items():
        if start.startswith(mark):
            return flaw
    return _OTHER if not start or b"\0" in start else _TEXT


__all__ = ["Element", "OfficeArchive", "OfficeForm", "named"]
