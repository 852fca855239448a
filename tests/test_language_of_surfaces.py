"""What people read is in one language, with its own punctuation: every output of the examples, read as a person sees it.

What stands in quotation of the record is its own: it is taken out before an output is looked at.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from outputs import OUTPUTS

import decision_procedure as dp
from decision_procedure.cli.writers import view_of
from decision_procedure.model.reading import Read
from decision_procedure.render.office import PAPERS
from decision_procedure.render.text import Block, Detail, TextLine, report_lines

ROOT = Path(__file__).parent
RECORDS = {
    path.stem: path
    for folder in ("../examples", "records")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
}
DAY = date(2026, 1, 31)
FORMS = ("csv", "sarif", "junit", "github", "gitlab")
WHOLE = ("示例县-多处不合规", "示例县-办理中", "宁津县-2023-阳光大街中修征求意见")
HAN = "一-鿿"
HALF_WIDTH = re.compile(rf"[{HAN}“”《》（）、。][,:;] ?[{HAN}“《（]|[{HAN}”》]\([{HAN}\d]|[{HAN}]\)[{HAN}]")
CHINESE = re.compile(f"[{HAN}]+")
# Titles in their marks, and the numbers of orders and papers, which a line may break, are names.
NAME = re.compile(rf"《[^》]*》|[{HAN}]+(?:令第?|\s*[〔\[]\d{{4}}[〕\]]第?|第)\d+\s*号令?")
ARTICLE = re.compile(r'"article": "[^"]*"')  # what programs read: as the law has it
OUT = "▢"


@cache
def report(name: str) -> dp.Report:
    return dp.check(dp.load_decision(RECORDS[name]), as_of=DAY)


@cache
def quotations(name: str) -> tuple[str, ...]:
    """Return what the record itself says, the longest first, and the name of its file."""
    texts = {name, *strings(yaml.safe_load(RECORDS[name].read_text("utf-8")))}
    return tuple(sorted((text for text in texts if CHINESE.search(text)), key=len, reverse=True))


def strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from strings(value)


def seen(markup: str) -> str:
    """Return the text that a page or a picture shows."""
    shown = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "\n", shown))


def of_office(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [
            name for name in archive.namelist() if re.search(r"(document|sheet\d*|sharedStrings)\.xml$", name)
        ]
        text = "".join(archive.read(name).decode("utf-8") for name in names)
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|</si>|</c>|<w:br/>", "\n", text)))


def on_screen(name: str, lang: str) -> str:
    path = RECORDS[name]
    read = Read(path.name, 1, path.read_text("utf-8"), report(name).decision)
    view = view_of(report(name), read, lang)
    blocks = (
        block for everything in (True, False) for block in report_lines(view, Detail(everything, everything))
    )
    return "\n".join(line for block in blocks for line in shown_lines(block))


def shown_lines(block: Block) -> list[str]:
    if isinstance(block, TextLine):
        return [block.label, "" if "│" in str(block.pieces) else "".join(text for text, _ in block.pieces)]
    return [text for row in block.rows for text, _ in row]


def surfaces(name: str, lang: str) -> Iterator[tuple[str, str]]:
    found = report(name)
    yield "terminal", on_screen(name, lang)
    yield "html", seen(dp.as_html(found, lang=lang))
    for form in ("text", "trail", *FORMS):
        text = OUTPUTS[form](found, lang)
        yield form, ARTICLE.sub("", text) if form == "sarif" else text
    if name in WHOLE:
        for paper in PAPERS:
            yield paper, of_office(dp.as_word(found, paper=paper, lang=lang))
        yield "excel", of_office(dp.as_excel([(RECORDS[name].name, found)], lang=lang))
        yield "pictures", seen(OUTPUTS["pictures"](found, lang))


HOLDING = {"html": "pictures"}
"""A form whose pages hold those of another."""


def ours(name: str, form: str, text: str) -> str:
    """Return what of a text is not quoted from the record; the lines of a picture break words."""
    broken = form == "pictures"
    text = re.sub(r"\s+", "", text) if broken else text
    for quotation in quotations(name):
        text = text.replace(re.sub(r"\s+", "", quotation) if broken else quotation, OUT)
    return text


@pytest.mark.parametrize("name", RECORDS)
def test_no_half_width_mark_stands_between_chinese_characters(name: str) -> None:
    found = {
        form: [text[max(0, at.start() - 20) : at.end() + 20] for at in HALF_WIDTH.finditer(text)]
        for form, text in ((form, ours(name, form, text)) for form, text in surfaces(name, "zh"))
    }

    assert {form: places for form, places in found.items() if places} == {}


@pytest.mark.parametrize("name", RECORDS)
def test_no_chinese_stands_in_english_outside_names_and_quotations(name: str) -> None:
    found = {
        form: sorted(set(CHINESE.findall(NAME.sub(OUT, text))))
        for form, text in (
            (form, ours(name, HOLDING.get(form, form), text)) for form, text in surfaces(name, "en")
        )
    }

    assert {form: words for form, words in found.items() if words} == {}
