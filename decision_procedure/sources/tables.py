"""A file of tables that nobody need trust, read by what it holds and not by its name; nothing is run, worked out or fetched."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import NamedTuple

from decision_procedure.sources.archive import LOCKED, MAX_FILE, OLE, WORD, WORKBOOK, named
from decision_procedure.sources.delimited import read_delimited, text_of
from decision_procedure.sources.faults import Faults, Flaw
from decision_procedure.sources.files import label_of, read_bytes
from decision_procedure.sources.json_rows import read_rows
from decision_procedure.sources.markup import read_markup
from decision_procedure.sources.old_workbook import read_old_workbook
from decision_procedure.sources.table_file import TableFile
from decision_procedure.sources.word import read_word
from decision_procedure.sources.workbook import workbook_of

SUFFIXES: dict[str, tuple[str, ...]] = {
    "xlsx": (".xlsx",), "xls": (".xls", ".et"), "docx": (".docx",), "html": (".html", ".htm"), "csv": (".csv", ".tsv", ".txt"),
    "json": (".json",),
}  # fmt: skip
"""What files of each kind are called."""

_OLD_WORD = Flaw("这是旧版 Word 文件 (.doc、.wps)，请另存为 .docx", "this is an old Word file (.doc, .wps): save it as .docx")  # fmt: skip
_STARTS = (
    (b"%PDF", Flaw("这是 PDF，其中没有可读的表格；请取得 Word、Excel 原件，或者录入", "this is a PDF, which holds no table that can be read: get the Word or Excel file, or type it in")),
    (b"\x89PNG", Flaw("这是图片，无法读取；请取得原件，或者录入", "this is a picture: get the file itself, or type it in")),
    (b"\xff\xd8\xff", Flaw("这是图片，无法读取；请取得原件，或者录入", "this is a picture: get the file itself, or type it in")),
    (b"{\\rtf", Flaw("这是 RTF 文件，请另存为 .docx", "this is RTF: save it as .docx")),
    (b"MIME-Version:", Flaw("这是网页存档 (.mht)，请另存为 .html", "this is a page archive (.mht): save it as .html")),
    (b"Rar!", Flaw("这是压缩包，请先解压", "this is an archive: unpack it first")),
    (b"7z\xbc\xaf", Flaw("这是压缩包，请先解压", "this is an archive: unpack it first")),
)  # fmt: skip
_OTHER = Flaw("这不是能够读取的表格文件", "this is no file of tables that can be read")


class TablesRead(NamedTuple):
    """What a file of tables holds, and whether its name says another kind."""

    found: TableFile
    misnamed: bool


def read_tables(path: FilePath) -> TablesRead:
    """Return the tables of a file. Raises UnusableInput, with one message, for what is none or may not be read."""
    found = tables_of(read_bytes(path, MAX_FILE), label_of(path))
    return TablesRead(found, path.suffix.lower() not in SUFFIXES[found.kind])


def tables_of(data: bytes, file: str) -> TableFile:
    """Return the tables of what a file holds as `read_tables` does; `file` is what it is called."""
    faults = Faults(file)
    for mark, flaw in _STARTS:
        if data.startswith(mark):
            raise faults.fatal(None, flaw)
    if data.startswith(b"PK"):
        if b"word/document.xml" in data:
            return read_word(data, file)
        return TableFile(file, "xlsx", workbook_of(data, file).sheets)
    if data.startswith(OLE):
        return _old(data, file, faults)
    text = text_of(data, faults)
    start = text[:4096].lstrip()
    if start.startswith("<"):
        return read_markup(data, file)
    if start.startswith(("{", "[")):
        return read_rows(text, file)
    if sum(character < " " and character not in "\t\r\n\f" for character in start) > 0:
        raise faults.fatal(None, _OTHER)
    return read_delimited(data, file)


def _old(data: bytes, file: str, faults: Faults) -> TableFile:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise faults.fatal(None, named(LOCKED, WORD if file.lower().endswith(".docx") else WORKBOOK))
    if "WordDocument".encode("utf-16-le") in data:
        raise faults.fatal(None, _OLD_WORD)
    return read_old_workbook(data, file)


__all__ = ["SUFFIXES", "TablesRead", "read_tables", "tables_of"]
