"""What the tests of pages share: folders of pages, and a record that is hostile in every text of it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from conftest import DAY, record
from pydantic import BaseModel

import decision_procedure as dp
from decision_procedure.api.checking import provisions
from decision_procedure.law.applicable import standard_law
from decision_procedure.render.html import Book, Shown
from decision_procedure.render.text import View

SPELLS = (
    "<script>document.title='owned';alert(1)</script>",
    '"><img src=http://outside.invalid/x.png onerror="document.title=\'owned\'">',
    "' onmouseover='document.title=1' owned-attribute='1",
    "]]><svg onload=alert(1)><![CDATA[",
    "\u202e\u2066gnp.exe\u2069",
    "{{ 7 * 7 }}{% raw %}</style></title><base href='http://outside.invalid/'>",
)
_FREE = ("title", "name", "note", "post", "number", "location", "basis", "issuer")


def shown(found: dp.Report, lang: str = "zh") -> Shown:
    decision = found.decision
    return Shown(View(found, lang, dp.procedure(decision), provisions(decision)), standard_law())


def pages_of(paths: Iterable[Path], folder: Path, lang: str) -> dict[str, str]:
    """Return the pages that records make, by name."""
    reports = [dp.check(dp.load_decision(path), as_of=DAY) for path in paths]
    return book_of(reports, folder, lang)


def book_of(reports: Iterable[dp.Report], folder: Path, lang: str) -> dict[str, str]:
    folder.mkdir()
    with closing(Book(folder, lang)) as book:
        for item in reports:
            book.add(shown(item, lang))
        book.finish()
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }


def hostile(length: int, *, as_of: date = DAY) -> dp.Report:
    """Return the report on the defective record with every free text made hostile and at least `length` long."""
    data = _spoilt(record("示例县-多处不合规"), [0])
    return dp.check(
        dp.Decision.model_validate(data), as_of=as_of
    )  # past the reader, which takes 20 MB at most


def _spoilt(data: Any, count: list[int]) -> Any:
    if isinstance(data, list):
        return [_spoilt(item, count) for item in data]
    if not isinstance(data, dict):
        return data
    found = {}
    for key, value in data.items():
        if key in _FREE and isinstance(value, str):
            count[0] += 1
            found[key] = f"{SPELLS[count[0] % len(SPELLS)]}{count[0]}"
        else:
            found[key] = _spoilt(value, count)
    return found


def _swollen(part: Any, length: int) -> Any:
    if isinstance(part, tuple):
        return tuple(_swollen(item, length) for item in part)
    if not isinstance(part, BaseModel):
        return part
    update = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in _FREE and isinstance(value, str):
            update[name] = value * (length // len(value) + 1)
        elif isinstance(value, tuple | BaseModel):
            update[name] = _swollen(value, length)
    return part.model_copy(update=update)
