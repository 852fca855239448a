"""No table that a spreadsheet opens holds a formula, however it is written, and nothing unseen; one escaper for all."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping

import openpyxl
import pytest
from conftest import record, report
from hypothesis import given
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.sources.characters import cell, is_formula, spelt
from decision_procedure.trails.matrix import matrix

FORMULAS = [
    "=HYPERLINK(1)", "+1", "-1+1", "@SUM(1)", "＝HYPERLINK(1)", "＋1", "－1", "＠SUM(1)", "﹦1+1", "﹢1", "﹣1", "﹫SUM(1)",
    "\u3000=HYPERLINK(1)", "\u3000\u3000＝1", " =1", "\u00a0=1", "\u2003=1", "'=1", " '\u3000=1",
    "\u3164=1", "\u2800=1",
]  # fmt: skip
HARMLESS = ["示例县人民政府", "第1号=甲", "甲-乙", "a+b", "“=”号", "1=1", "", "　甲"]


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet that drops blanks before a sign, and reads any width of it, would take a text for one."""
    bare = "".join(c for c in text if not c.isspace() and c not in "\u3164\u2800\u200b").removeprefix('"')
    return bool(bare) and unicodedata.normalize("NFKC", bare[0]) in "=+-@"


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_what_could_be_a_formula_gets_a_mark_before_it(text: str) -> None:
    assert is_formula(text)
    assert cell(text) == f"'{spelt(text)}"


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_what_could_not_be_a_formula_stays_as_it_is(text: str) -> None:
    assert not is_formula(text)
    assert cell(text) == text


def named(text: str) -> dp.Report:
    """The record of many breaches in which title, body, units, people and documents bear a name."""
    data = record("示例县-多处不合规")
    data["title"] = data["body"]["name"] = text
    for group, key in (("units", "name"), ("people", "name"), ("documents", "title")):
        for number, item in enumerate(data[group]):
            item[key] = f"{text}{number}"
    return report(data)


def rows_of_csv(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        yield from row


def rows_of_findings(found: dp.Report) -> Iterator[str]:
    yield from rows_of_csv("".join(WRITERS["csv"]([(found.title, found)], FindingsView())))


def rows_of_matrix(found: dp.Report) -> Iterator[str]:
    yield from rows_of_csv(matrix(found, dp.procedure(found.decision)).csv())


def rows_of_matrix_text(found: dp.Report) -> Iterator[str]:
    for line in matrix(found, dp.procedure(found.decision)).text().splitlines():
        if "\t" in line:
            yield from line.split("\t")


TABLES: Mapping[str, Callable[[dp.Report], Iterator[str]]] = {
    "findings": rows_of_findings, "matrix": rows_of_matrix, "matrix as text": rows_of_matrix_text,
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("text", [*FORMULAS, "甲"], ids=ascii)
def test_no_cell_of_a_table_of_text_can_be_taken_for_a_formula(text: str, table: str) -> None:
    cells = list(TABLES[table](named(text)))

    assert cells
    assert not [item for item in cells if starts_a_formula(item)]
    if table != "matrix as text":
        assert any(spelt(text) in item for item in cells)


@pytest.mark.parametrize(
    "text", [text for text in FORMULAS if "'" not in text and spelt(text) == text][::3], ids=ascii
)
def test_every_cell_of_a_workbook_that_begins_like_a_formula_is_marked_as_text(text: str) -> None:
    data = dp.as_excel([(f"{text}.yaml", named(text))])

    found = [
        item
        for sheet in openpyxl.load_workbook(io.BytesIO(data))
        for row in sheet.iter_rows()
        for item in row
        if isinstance(item.value, str) and starts_a_formula(item.value)
    ]

    assert found
    assert all(item.data_type == "s" and item.quotePrefix for item in found)


@given(
    st.text(" \u3000\u00a0\u2003'\u200b\u3164\ufeff\t\r\n", max_size=4),
    st.sampled_from("=+-@＝＋－＠﹦﹣"),
    st.text(),
)
def test_no_text_begins_a_formula_whatever_stands_before_its_sign(before: str, sign: str, after: str) -> None:
    shown = cell(before + sign + after)

    assert not starts_a_formula(shown)
    assert shown.startswith(("'", "\\"))


@pytest.mark.parametrize("form", ["csv", "github", "gitlab", "sarif", "junit"])
@pytest.mark.parametrize(
    "text", ["甲\u202e乙", "甲\u3164乙", "甲\u200b乙", "甲\u2800乙", "甲\u034f乙", "甲\u2028乙"], ids=ascii
)
def test_nothing_unseen_comes_out_in_any_list_of_findings(text: str, form: str) -> None:
    found = named(text)

    written = "".join(WRITERS[form]([("案卷.yaml", found)], FindingsView()))

    assert text[1] not in written


@pytest.mark.parametrize(
    "text", ["甲\u202e乙", "甲\u3164乙", "甲\u200b乙", "甲\u2800乙", "甲\u2028乙", "甲\x1b[31m乙"], ids=ascii
)
def test_nothing_unseen_comes_out_for_people(text: str) -> None:
    found = named(text)
    outputs = {
        "text": dp.as_text(found), "html": dp.as_html(found), "trail": dp.trail(found).text("zh"),
        "status": dp.diagram(found).svg, "drawn trail": dp.diagram(dp.trail(found), kind="trail").svg,
        "timeline": dp.diagram(found, kind="timeline").svg,
    }  # fmt: skip

    for name, written in outputs.items():
        assert text[1] not in written, name
