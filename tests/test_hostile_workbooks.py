"""Workbooks that nobody need trust: one clear message in both languages, in bounded time and memory, nothing worked out."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from commands import call
from conftest import HANGS

import decision_procedure as dp
from decision_procedure.sources import archive
from decision_procedure.sources.workbook import MAX_CELLS, read_workbook, workbook_of

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ENTITIES = '<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return f'{before}<worksheet xmlns="{SPACE}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(rows: str = "", more: Mapping[str, str | bytes] | None = None, *, before: str = "", after: str = "", method: int = zipfile.ZIP_DEFLATED) -> bytes:  # fmt: skip
    """Return a small workbook with one sheet, 基本情况, and further parts."""
    kinds = {
        "worksheet": "worksheets/sheet1.xml",
        "sharedStrings": "sharedStrings.xml",
        "styles": "styles.xml",
    }
    relations = "".join(f'<Relationship Id="r{number}" Type="{REL}/{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(kinds.items(), 1))  # fmt: skip
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{SPACE}" xmlns:r="{REL}"><sheets><sheet name="基本情况" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{SPACE}"><si><t>甲</t></si></sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{SPACE}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": sheet(rows, before, after),
        **(more or {}),
    }  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def archive_of(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in names:
            target.writestr(name, "x")
    return stream.getvalue()


def locked() -> bytes:
    """Return a workbook whose parts are marked as encrypted."""
    data = bytearray(workbook())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


def torn() -> bytes:
    data = workbook("<row/>" * 1000)
    return data[: len(data) // 2] + data[len(data) // 2 + 200 :]


def a_cell(at: str, inside: str = "<v>1</v>", kind: str = "n") -> str:
    return f'<row><c r="{at}" t="{kind}">{inside}</c></row>'


HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a zip bomb": (lambda: workbook("", {"xl/worksheets/sheet1.xml": b" " * 60_000_000}), "过大", "too large"),
    "a bomb of shared strings": (lambda: workbook("", {"xl/sharedStrings.xml": b"<sst>" + b"<si><t/></si>" * 4_000_000}), "过大", "too large"),
    "billion laughs": (lambda: workbook(before=ENTITIES), "DOCTYPE", "DOCTYPE"),
    "an outside entity": (lambda: workbook("", {"xl/sharedStrings.xml": f"{OUTSIDE}<sst><si><t>&a;</t></si></sst>"}), "DOCTYPE", "DOCTYPE"),
    "more parts than a workbook has": (lambda: workbook("", {f"xl/x{number}": "" for number in range(2_500)}), "过大", "too large"),
    "macros": (lambda: workbook("", {"xl/vbaProject.bin": b"x"}), "宏", "macros"),
    "old macros": (lambda: workbook("", {"xl/macrosheets/sheet1.xml": "<x/>"}), "宏", "macros"),
    "links to other files": (lambda: workbook("", {"xl/externalLinks/externalLink1.xml": "<x/>"}), "链接", "linked"),
    "data from elsewhere": (lambda: workbook("", {"xl/connections.xml": "<x/>"}), "链接", "linked"),
    "a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "密码", "password"),
    "parts under a password": (locked, "密码", "password"),
    "an old workbook": (lambda: OLE + b"\0" * 600, ".xls", ".xls"),
    "a binary workbook": (lambda: archive_of("xl/workbook.bin"), "旧格式", "old form"),
    "a Word file": (lambda: archive_of("word/document.xml"), "Word", "Word"),
    "slides": (lambda: archive_of("ppt/presentation.xml"), "演示文稿", "slides"),
    "an OpenDocument file": (lambda: archive_of("mimetype", "content.xml"), "OpenDocument", "OpenDocument"),
    "another archive": (lambda: archive_of("a.txt"), "不是 Excel", "no Excel"),
    "a table as text": (lambda: "名称,编号\n甲,1\n".encode(), "CSV", "CSV"),
    "a table in GBK": (lambda: "名称,编号\n甲,1\n".encode("gbk"), "CSV", "CSV"),
    "a web page": (lambda: b"\xef\xbb\xbf <html><table></table>", "网页", "web page"),
    "a PDF": (lambda: b"%PDF-1.4", "PDF", "PDF"),
    "noise": (lambda: b"\0\1\2\3" * 50, "不是 Excel", "no Excel"),
    "nothing": (lambda: b"", "不是 Excel", "no Excel"),
    "a torn archive": (lambda: workbook()[:-300], "损坏", "corrupt"),
    "torn content": (torn, "损坏", "corrupt"),
    "no XML": (lambda: workbook("<row>"), "损坏", "corrupt"),
    "a part that is not there": (lambda: workbook("", {"xl/workbook.xml": "<a/>", "xl/_rels/workbook.xml.rels": '<a><Relationship Id="r" Type="/styles" Target="no.xml"/></a>'}), "损坏", "corrupt"),
    "a text that is not there": (lambda: workbook(a_cell("A1", "<v>7</v>", "s")), "损坏", "corrupt"),
    "a cell that is nowhere": (lambda: workbook(a_cell("AAAA1")), "损坏", "corrupt"),
    "a row that is nowhere": (lambda: workbook(f'<row r="{"9" * 5_000}"/>'), "损坏", "corrupt"),
    "a number that is none": (lambda: workbook(a_cell("A1", "<v>1e</v>")), "损坏", "corrupt"),
    "another way of packing": (lambda: workbook(method=zipfile.ZIP_BZIP2), "损坏", "corrupt"),
    "very many cells": (lambda: workbook("<row>" + "<c><v>1</v></c>" * (MAX_CELLS + 1) + "</row>"), "单元格超过", "cells are filled"),
}  # fmt: skip


@cache
def built(name: str) -> bytes:
    return HOSTILE[name][0]()


@pytest.mark.parametrize("name", HOSTILE)
def test_one_message_says_what_it_is(name: str) -> None:
    _, zh, en = HOSTILE[name]

    with pytest.raises(dp.UnusableInput) as told:
        workbook_of(built(name), "表.xlsx")

    (fault,) = told.value.faults
    assert zh in fault.zh
    assert en in fault.en
    assert (fault.file, fault.line) == ("表.xlsx", None)


def test_a_large_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with path.open("wb") as file:
        file.write(b"PK")
        file.truncate(200_000_000)

    with pytest.raises(dp.UnusableInput, match="too large"):
        read_workbook(path)


@pytest.mark.parametrize("suffix", [".xlsm", ".xls", ".ods", ".et"])
def test_workbooks_of_other_kinds_are_told_by_the_command_as_well(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"表{suffix}"
    path.write_bytes(built("macros" if suffix == ".xlsm" else "an old workbook"))

    found = call("check", path, "--as-of", "2024-09-30")

    assert found.returncode == 2
    assert len(found.stderr.splitlines()) == 2
    assert "宏" in found.stderr or ".xls" in found.stderr


def test_a_workbook_that_is_no_form_is_told(tmp_path: Path) -> None:
    path = tmp_path / "别的表.xlsx"
    path.write_bytes(workbook("", {"xl/workbook.xml": "<workbook/>"}))

    found = call("import", path)

    assert found.returncode == 2
    assert "不是案卷表" in found.stderr


def test_a_cell_at_the_far_corner_takes_no_room() -> None:
    book = workbook_of(workbook(a_cell("XFD1048576")), "表.xlsx")

    assert book.sheets[0].cells == {(1_048_576, 16_384): 1}


def test_neither_a_formula_nor_the_value_beside_it_is_taken() -> None:
    rows = a_cell("A1", "<f>WEBSERVICE(&quot;http://x&quot;)</f><v>7</v>") + a_cell("B2", "<v>#REF!</v>", "e")

    (found,) = workbook_of(workbook(rows), "表.xlsx").sheets

    assert found.cells == {}
    assert (found.formulas, found.errors) == ([(1, 1)], [(2, 2)])


def test_memory_and_time_are_bounded(tmp_path: Path) -> None:
    names = ["a zip bomb", "a bomb of shared strings", "billion laughs"]
    for number, name in enumerate(names):
        (tmp_path / f"{number}.xlsx").write_bytes(built(name))
    rows = "".join(f'<row r="{number}"><c s="0"/></row>' for number in range(1, 1_048_576, 8))
    (tmp_path / "9.xlsx").write_bytes(workbook(rows + a_cell("XFD1048576")))
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from decision_procedure.errors import UnusableInput\n"
        "from decision_procedure.sources.workbook import read_workbook\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (60, 60))\n"
        "resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))\n"
        "for path in sorted(Path(sys.argv[1]).glob('*.xlsx')):\n"
        "    try:\n"
        "        print(len(read_workbook(path).sheets[0].cells))\n"
        "    except UnusableInput as error:\n"
        "        print('refused', len(error.faults))\n"
    )

    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True, timeout=HANGS)  # fmt: skip

    assert run.stdout.split("\n") == [*["refused 1"] * 3, "1", ""]


def test_the_limits_stand_where_the_message_says() -> None:
    assert str(archive.MAX_FILE // 1_000_000) in archive.LARGE.zh
    assert archive.MAX_UNPACKED >= archive.MAX_FILE
