"""Published tables that nobody need trust: one clear message or nothing but rows, in bounded time and memory, nothing run."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from conftest import HANGS
from hypothesis import given, settings
from hypothesis import strategies as st
from published_tables import FOLDER
from test_hostile_workbooks import ENTITIES, OLE, OUTSIDE
from test_hostile_workbooks import HOSTILE as WORKBOOKS
from test_hostile_workbooks import built as workbook_named
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.catalogues.importing import catalogue_of
from decision_procedure.catalogues.layout import tables_in
from decision_procedure.cli.main import app
from decision_procedure.sources.tables import tables_of
from decision_procedure.sources.workbook import CellSheet

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GIVEN = {"title": "目录", "issuer": "某县人民政府", "year": 2025, "level": "county"}
HEAD = "序号,事项名称,承办单位\n"


def word(body: str = "", before: str = "", more: tuple[str, ...] = ()) -> bytes:
    """Return a small Word file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(
            "word/document.xml", f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
        for name in more:
            target.writestr(name, "x")
    return stream.getvalue()


def word_row(*texts: str) -> str:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
    return f"<w:tr>{cells}</w:tr>"


OLD = (FOLDER / "示例县-2025.xls").read_bytes()
KEPT = ("a zip bomb", "a bomb of shared strings", "billion laughs", "an outside entity", "macros", "old macros", "links to other files",
    "data from elsewhere", "a password", "parts under a password", "slides", "an OpenDocument file", "a PDF", "a torn archive", "torn content",
    "a cell that is nowhere", "very many cells")  # fmt: skip
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    **{name: (lambda name=name: workbook_named(name), WORKBOOKS[name][1]) for name in KEPT},  # type: ignore[misc]
    "a binary workbook": (lambda: workbook_named("a binary workbook"), "旧格式"),
    "a bomb of Word": (lambda: word(" " * 60_000_000), "过大"),
    "entities in Word": (lambda: word("<w:p><w:t>&b;</w:t></w:p>", ENTITIES), "DOCTYPE"),
    "an outside entity in Word": (lambda: word("<w:p><w:t>&a;</w:t></w:p>", OUTSIDE), "DOCTYPE"),
    "macros in Word": (lambda: word(more=("word/vbaProject.bin",)), "宏"),
    "torn Word": (lambda: word("<w:p>" * 9)[:-90], "损坏"),
    "no XML in Word": (lambda: word("<w:p>"), "损坏"),
    "very many cells in Word": (lambda: word(f"<w:tbl>{word_row(*'x' * 1_000) * 101}</w:tbl>"), "单元格超过"),
    "old Word": (lambda: OLE + "WordDocument".encode("utf-16-le"), ".docx"),
    "an old workbook that is torn": (lambda: OLD[:3_000], "损坏"),
    "an old workbook of noise": (lambda: OLE + b"\x01" * 9_000, "损坏"),
    "an old workbook with macros": (lambda: OLD + "_VBA_PROJECT_CUR\0".encode("utf-16-le"), "宏"),
    "nothing": (lambda: b"", "空的"),
    "a picture": (lambda: b"\x89PNG\r\n", "图片"),
    "RTF": (lambda: b"{\\rtf1}", "RTF"),
    "an archive of another kind": (lambda: b"Rar!\x1a", "解压"),
    "noise": (lambda: bytes(range(256)) * 9, "编码"),
    "a text in no coding": (lambda: b"\xff\xff\x81", "编码"),
    "a field without end": (lambda: (HEAD + '1,"' + "甲" * 200_000).encode(), "分列"),
    "JSON without rows": (lambda: b'{"rows": 3}', "没有表格"),
    "JSON as deep as it goes": (lambda: b"[" * 100_000, "嵌套"),
    "JSON that is none": (lambda: b"[1,", ""),
    "merged over everything": (lambda: f"<table><tr>{'<td colspan=99 rowspan=9999>甲</td>' * 9}</tr>{'<tr><td>1</td></tr>' * 9999}</table>".encode(), "合并的单元格"),
    "very many tags on a page": (lambda: b"<p>x" * 900_000, "标记超过"),
    "very many cells on a page": (lambda: b"<table><tr>" + b"<td>1</td>" * 100_001, "单元格超过"),
    "a page without a table": (lambda: "<p>2025年度重大行政决策事项目录：一、城区停车收费</p>".encode(), "没有找到目录表"),
    "a table of something else": (lambda: "姓名,电话\n甲,1\n".encode(), "没有找到目录表"),
    "a header without titles": (lambda: "序号,承办单位,完成时限\n1,县水务局,6月\n".encode(), "--map"),
    "a header alone": (lambda: HEAD.encode(), "没有事项"),
}  # fmt: skip


@cache
def built(name: str) -> bytes:
    return HOSTILE[name][0]()


def read(data: bytes) -> dp.ImportedCatalogue:
    return catalogue_of(tables_of(data, "表"), given=GIVEN)


@pytest.mark.parametrize("name", HOSTILE)
def test_one_message_says_what_it_is(name: str) -> None:
    with pytest.raises(dp.UnusableInput) as told:
        read(built(name))

    (fault,) = told.value.faults
    assert HOSTILE[name][1] in fault.zh
    assert fault.en
    assert fault.file == "表"


HARMLESS: dict[str, Callable[[], bytes]] = {
    "entities on a page": lambda: f"{ENTITIES}<table><tr><td>事项名称<td>承办单位<tr><td>甲&b;<td>乙</table>".encode(),
    "an outside document type": lambda: f"{OUTSIDE}<table><tr><td>事项名称<td>承办单位<tr><td>甲<td>&a;乙</table>".encode(),
    "a page of elements without end": lambda: ("<div>" * 50_000 + "<a <b <!-- " * 20_000 + "<table><tr><td>事项名称<td>承办单位<tr><td>甲<td>乙").encode(),
    "pictures and frames of elsewhere": lambda: b"<iframe src=http://127.0.0.1:9/x></iframe><img src=file:///etc/passwd>" + "<table><tr><td>事项名称<td>承办单位<tr><td>甲<td>乙</table>".encode(),
    "spans without bound": lambda: "<table><tr><td>事项名称<td>承办单位<tr><td colspan=1000000000>甲<td rowspan=99999999999>乙</table>".encode(),
    "tables in tables of Word": lambda: word("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000 + f"<w:tbl>{word_row('事项名称', '承办单位')}{word_row('甲', '乙')}</w:tbl>"),
    "spans without bound in Word": lambda: word(f"<w:tbl>{word_row('事项名称', '承办单位')}{word_row('甲', '乙')}<w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr></w:tc></w:tr></w:tbl>"),
    "a formula as text": lambda: b'\xef\xbb\xbf' + "事项名称,承办单位\n\"=HYPERLINK(\"\"http://x\"\",\"\"甲\"\")\",乙\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in HARMLESS if "elements" not in name])
def test_what_does_no_harm_is_read_as_what_it_shows(name: str) -> None:
    (row,) = read(HARMLESS[name]()).catalogue.items

    assert "甲" in row.title
    assert "root" not in row.title + "".join(row.undertakers)


def test_neither_memory_nor_time_is_without_bound(tmp_path: Path) -> None:
    names = [
        "a zip bomb",
        "a bomb of Word",
        "merged over everything",
        "very many cells on a page",
        "JSON as deep as it goes",
    ]
    for number, name in enumerate(names):
        (tmp_path / f"{number}").write_bytes(built(name))
    (tmp_path / "2").write_bytes(HARMLESS["a page of elements without end"]())
    (tmp_path / "3").write_bytes(HEAD.encode() + b"," * 1_000_000)
    (tmp_path / "4").write_bytes(b"<table><tr>" + b"<td rowspan=9 colspan=9>" * 300_000)
    (tmp_path / "5").write_bytes((HEAD * 6_000).encode())
    (tmp_path / "6").write_bytes(("2025年\n" * 10_000 + HEAD).encode())
    for number, text in enumerate((" " * 150_000, "\n" * 150_000), 7):
        (tmp_path / f"{number}").write_bytes(
            word(
                f"<w:tbl>{word_row('事项名称', '承办单位')}{word_row('甲', f'乙{text}丙')}</w:tbl><w:p><w:t>附{text}目录</w:t></w:p>"
            )
        )
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "import decision_procedure as dp\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (60, 60))\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))\n"
        "for path in sorted(Path(sys.argv[1]).iterdir()):\n"
        "    try:\n"
        "        dp.import_catalogue(path)\n"
        "    except dp.UnusableInput as error:\n"
        "        print('refused', len(error.faults))\n"
    )

    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=HANGS)  # fmt: skip

    assert (run.returncode, run.stderr) == (0, "")
    assert [line.partition(" ")[0] for line in run.stdout.splitlines()] == ["refused"] * 9


def test_a_header_of_cells_merged_over_the_whole_sheet_stays_as_low_as_headers_are() -> None:
    row = "<tr><td rowspan=99999999>序号<td>事项名称<td>承办单位</tr>"
    (sheet,) = tables_of(f"<table>{row * 150}</table>".encode(), "表").sheets

    tables = tables_in(sheet, "表", {}).tables

    assert tables
    assert all(end - start <= 20 for start, end in (table.header_rows for table in tables))


def test_a_cell_of_a_page_stands_beside_one_that_reaches_down_though_another_lies_over_it() -> None:
    page = (
        "<table><tr><td>事项名称<td>承办单位<td rowspan=9><tr><td colspan=5>甲<tr><td>乙<td>丙<td>丁</table>"
    )

    (sheet,) = tables_of(page.encode(), "表").sheets

    assert sheet.cells[3, 4] == "丁"


def test_a_text_under_a_merged_cell_that_is_blank_is_read() -> None:
    texts = {(1, 1): "事项名称", (1, 3): "承办单位", (2, 1): "甲", (2, 3): "乙"}
    sheet = CellSheet("", texts, merged=[((1, 2), (1, 3))])

    (table,) = tables_in(sheet, "表", {}).tables

    assert [column.header for column in table.columns] == ["事项名称", "承办单位"]


@settings(max_examples=60)
@given(
    data=st.binary(max_size=400),
    kind=st.sampled_from([b"", b"<table>", b"[", b"PK\x03\x04", OLE, "序号,事项名称\n1,".encode()]),
)
def test_no_bytes_end_in_anything_but_a_message(data: bytes, kind: bytes) -> None:
    with suppress(dp.UnusableInput):
        read(kind + data)


@pytest.mark.parametrize(("at", "byte"), [(1572, 1), (1572, 8), (1620, 20), (1688, 20)])
def test_a_container_whose_chain_of_sectors_runs_in_a_circle_ends(at: int, byte: int) -> None:
    with suppress(dp.UnusableInput):
        read(OLD[:at] + bytes([byte]) + OLD[at + 1 :])


@settings(max_examples=40)
@given(at=st.integers(0, len(OLD) - 1), byte=st.integers(0, 255))
def test_no_damage_to_an_old_workbook_ends_in_anything_but_a_message(at: int, byte: int) -> None:
    with suppress(dp.UnusableInput):
        read(OLD[:at] + bytes([byte]) + OLD[at + 1 :])


def test_the_command_says_it_in_one_line_and_writes_nothing(tmp_path: Path) -> None:
    good, bad = FOLDER / "示例县-2025.xls", tmp_path / "表.xlsx"
    bad.write_bytes(built("macros"))

    run = CliRunner().invoke(app, ["catalogue", "import", str(good), str(bad), "-o", str(tmp_path / "出")])

    assert run.exit_code == 2
    assert len(run.stderr.splitlines()) == 1
    assert "宏" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["表.xlsx"]
