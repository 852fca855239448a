"""Tables as text, divided by commas or tabs, in the codings in which offices save them: UTF-8, UTF-16, GB18030."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from decision_procedure.sources.archive import MAX_FILE
from decision_procedure.sources.faults import Faults, Flaw
from decision_procedure.sources.table_file import TableBuilder, TableFile
from decision_procedure.sources.workbook import CellSheet

LARGE_TEXT = Flaw(
    f"文件过大：不超过 {MAX_FILE // 1_000_000} MB", f"too large: at most {MAX_FILE // 1_000_000} MB"
)
UNKNOWN_CODING = Flaw(
    "文字编码无法识别，请另存为 UTF-8、UTF-16 或者 GB18030",
    "the coding of the text is not known: save it as UTF-8, UTF-16 or GB18030",
)
_NO_TABLE = Flaw("表格文本有误，无法分列", "the text cannot be divided into columns")
_NOTHING = Flaw("文件是空的", "the file is empty")
CODING_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_OF_A_WORKBOOK = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
_LOOKED_AT = 65_536


def read_delimited(data: bytes, file: str) -> TableFile:
    """Return a table that is text, its one sheet without a name. Raises UnusableInput, with one message, for what is none."""
    faults = Faults(file)
    text = text_of(data, faults)
    told = _OF_A_WORKBOOK.match(text)
    mark = told[1] if told else _mark(text)
    built, sheet = TableBuilder(faults), CellSheet("")
    for row, cells in enumerate(rows_of(text[told.end() if told else 0 :], mark, faults), 2 if told else 1):
        for column, value in enumerate(cells, 1):
            built.add(sheet, (row, column), value)
    return TableFile(file, "csv", (sheet,))


def rows_of(text: str, mark: str, faults: Faults) -> Iterator[list[str]]:
    """Yield the rows of a text whose columns a mark divides. Raises UnusableInput for one that cannot be divided."""
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error:
        raise faults.fatal(None, _NO_TABLE) from None


def _mark(text: str) -> str:
    """Return what divides the columns: of tab, comma and semicolon the one that stands oftenest in what comes first."""
    start = text[:_LOOKED_AT]
    return max("\t,;|", key=start.count)


def text_of(data: bytes, faults: Faults) -> str:
    """Return the text of a file by its byte order mark, or by the first coding in which it is one.

    A web page that names its coding is tried in that first. Raises UnusableInput for none.
    """
    if len(data) > MAX_FILE:
        raise faults.fatal(None, LARGE_TEXT)
    codings = [name for mark, name in CODING_MARKS if data.startswith(mark)] or [
        *_named(data),
        *_likely(data),
    ]
    for coding in codings:
        try:
            text = data.decode(coding)
        except (UnicodeError, LookupError):
            continue
        if "\0" not in text:
            if not text.strip():
                raise faults.fatal(None, _NOTHING)
            return text.removeprefix("\ufeff")
    raise faults.fatal(None, UNKNOWN_CODING)


def _named(data: bytes) -> Iterator[str]:
    """Yield the coding that a page names, of those that pages have; GB18030 for its older parts."""
    found = _CHARSET.search(data[:8192])
    name = "" if found is None else found[1].decode("ascii").casefold()
    if name in ("gb2312", "gbk", "gb18030"):
        yield "gb18030"
    elif name in ("utf-8", "big5"):
        yield name


def _likely(data: bytes) -> Iterator[str]:
    """Yield codings, likeliest first. UTF-16 without a mark shows by what every second byte of its ASCII is."""
    start = data[:4096]
    for at, coding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[at::2].count(0) > 2 and 0 not in start[1 - at :: 2]:
            yield coding
    yield "utf-8"
    yield "gb18030"


__all__ = ["CODING_MARKS", "UNKNOWN_CODING", "read_delimited", "rows_of", "text_of"]
