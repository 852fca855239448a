"""What clerks hand in: catalogues as files and as published, answers to questions, forms that were filled in."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

import decision_procedure as dp
from tools.fuzz.cases import BAD, ROOT, RUNNING, Case, commands, data_of, formed, record_text
from tools.fuzz.mutation import HOSTILE, Pool, changed, scratched, written

_ON_CATALOGUES = [
    *formed(("catalogue", "advise", "FILE"), "json text", ("--lang", "en")),
    *formed(("catalogue", "status", "FILE", "records", "--output", "out"), "text json html xlsx docx"),
    *formed(("catalogue", "reconcile", "FILE", "records", "--output", "out"), "text json html xlsx docx"),
    ("catalogue", "status", "FILE", "records", "--lang", "en"),
    ("catalogue", "reconcile", "FILE", "records", "--earlier", "records/目录.json"),
    ("diagram", "catalogue", "FILE", "--output", "out.svg", "--plain"), ("new", "out.yaml", "--from", "FILE#1"),
]  # fmt: skip
_TOLD = ("--issuer", "示例县人民政府", "--year", "2024", "--level", "county", "--title", "目录")
_ON_PUBLISHED = [
    ("catalogue", "import", "FILE", "--output", "out.yaml", *_TOLD), ("catalogue", "import", "FILE", "--dry-run"),
    ("catalogue", "import", "FILE", "--lang", "en", *_TOLD),
]  # fmt: skip


@lru_cache(maxsize=1)
def _catalogues() -> list[Any]:
    return [data_of(file) for file in sorted((ROOT / "catalogs").glob("*.yaml"))]


@lru_cache(maxsize=1)
def _catalogue_pool() -> Pool:
    return Pool(_catalogues())


def catalogue(source: Random) -> Case:
    """Return a catalogue with changes, and records beside it."""
    found = source.choice(_catalogues())
    other = changed(found, source, _catalogue_pool(), source.choice((1, 1, 2, 4)))
    file = source.choice(("目录.yaml", "目录.json"))
    files = {
        file: written(other, source, file[2:]),
        "records/目录.json": json.dumps(found, ensure_ascii=False).encode(),
        "records/甲.json": record_text(BAD),
        "records/乙.json": record_text(RUNNING),
    }
    return Case(files, commands(source, _ON_CATALOGUES, 1, FILE=file))


def published(source: Random) -> Case:
    """Return a table of a catalogue as it is published, as CSV or as a page, with changes."""
    items = source.choice(_catalogues())["items"]
    rows = [["序号", "事项名称", "承办单位", "备注"]]
    rows += [
        [str(item.get("item", "")), item["title"], "、".join(item.get("undertakers", ())), ""]
        for item in items
    ]
    rows = changed(rows, source, _catalogue_pool(), source.choice((1, 2, 5)))
    rows = [row if isinstance(row, list) else [row] for row in rows] if isinstance(rows, list) else [[rows]]
    file = source.choice(("目录.csv", "目录.html"))
    text = _page(rows, source) if file.endswith("html") else _csv(rows)
    data = text.encode(source.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030")), "replace")
    data = scratched(data, source) if source.random() < 0.3 else data
    return Case({file: data}, commands(source, _ON_PUBLISHED, 2, FILE=file))


def _csv(rows: list[list[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, escapechar="\\").writerows(rows)
    return text.getvalue()


def _page(rows: list[list[Any]], source: Random) -> str:
    spans = (
        "",
        "",
        "",
        ' rowspan="2"',
        ' colspan="3"',
        ' rowspan="99999999"',
        ' colspan="-1"',
        ' rowspan="x"',
    )
    lines = (
        "".join(f"<td{source.choice(spans)}>{html.escape(str(cell))}</td>" for cell in row) for row in rows
    )
    return f"<html><h1>重大行政决策事项目录</h1><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></html>"


# --- answers --------------------------------------------------------------------------------------------------

_VALUES: tuple[Any, ...] = (
    True, False, None, "是", "否", "不详", "未办理", 3, "7", "2024-06-03", "2024年6月3日", "adopt", "通过", [], ["a"],
    [{"name": "甲"}], {"name": "甲"}, "司法局",
)  # fmt: skip
_ON_ANSWERS = [
    ("ask", "record.json", "--answers", "FILE"), ("ask", "record.json", "--answers", "FILE", "--lang", "en"),
    ("ask", "record.json", "--answers", "FILE", "--assume-complete"),
]  # fmt: skip


@lru_cache(maxsize=2)
def _places(name: str) -> list[str]:
    report = dp.check(dp.parse_decision(record_text(name).decode()), as_of=date(2024, 9, 30))
    return [question.place for question in dp.questions(report) if question.place]


def answers(source: Random) -> Case:
    """Return answers to questions on a record, with changes."""
    name = source.choice((BAD, RUNNING))
    places = source.sample(_places(name), min(source.choice((1, 3, 30)), len(_places(name))))
    found = {place: source.choice(_VALUES) for place in places}
    found = changed(found, source, _catalogue_pool(), source.choice((0, 1, 2)))
    file = source.choice(("答案.yaml", "答案.json", "答案.csv"))
    if file.endswith("csv") and isinstance(found, dict):
        data = _csv([["位置", "回答"], *([place, value] for place, value in found.items())]).encode(
            "utf-8", "replace"
        )
    else:
        data = written(found, source, file[2:])
    return Case({file: data, "record.json": record_text(name)}, commands(source, _ON_ANSWERS, 1, FILE=file))


# --- forms ----------------------------------------------------------------------------------------------------

_TEXT = re.compile(rb"<t(?: [^>]*)?>([^<]*)</t>")


@lru_cache(maxsize=1)
def _form() -> dict[str, bytes]:
    record = dp.parse_decision(record_text(RUNNING).decode())
    with zipfile.ZipFile(io.BytesIO(dp.form(record, as_of=date(2024, 9, 30)).data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def form(source: Random) -> Case:
    """Return a form with other words in some cells, or with damage."""
    parts = dict(_form())
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    for _ in range(source.choice((1, 2, 6))):
        name = source.choice(sheets)
        if found := [*_TEXT.finditer(parts[name])]:
            at = source.choice(found)
            words = html.escape(str(source.choice((*HOSTILE, *_VALUES)))).encode("utf-8", "replace")
            parts[name] = parts[name][: at.start(1)] + words + parts[name][at.end(1) :]
    if source.random() < 0.2:
        name = source.choice([*parts])
        parts[name] = scratched(parts[name], source)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    data = scratched(packed.getvalue(), source) if source.random() < 0.1 else packed.getvalue()
    return Case(
        {"案卷.xlsx": data},
        commands(source, [("import", "FILE"), ("import", "FILE", "--lang", "en")], 1, FILE="案卷.xlsx"),
    )
