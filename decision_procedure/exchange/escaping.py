"""Text of records in JSON and XML: nothing unseen, nothing that a reader would take for structure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from decision_procedure.sources.characters import spelt

_UNSEEN = re.compile(r"[^\n\x20-\x7e\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]")


def json_text(data: Any, indent: int | None = None) -> str:
    """Return data as JSON in which invisible characters are written as JSON escapes: the data stay the same.

    So is the second of two `#`, with which the commands to a pipeline begin that reads what is printed.
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent, sort_keys=True)
    return _UNSEEN.sub(lambda match: _json_escape(match[0]), text).replace("##", "#\\u0023")


def json_array(items: Iterable[Any], *, indent: int | None = None) -> Iterator[str]:
    """Yield a JSON array member by member, so that it never stands in memory whole."""
    opening = "[\n"
    for item in items:
        yield opening + json_text(item, indent)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def xml_text(text: str) -> str:
    """Return a text for XML content or a quoted attribute value."""
    return escape(spelt(text))


def _json_escape(character: str) -> str:
    return character if spelt(character) == character else json.dumps(character)[1:-1]
