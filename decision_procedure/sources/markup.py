"""The tables and texts of a web page; nothing that it refers to is fetched, no script is run, no entity of its own read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from decision_procedure.sources.delimited import text_of
from decision_procedure.sources.faults import Faults, Flaw
from decision_procedure.sources.optional import needed
from decision_procedure.sources.table_file import TableBuilder, TableFile
from decision_procedure.sources.workbook import CellSheet

EXTRA = "catalogue"
MAX_TAGS = 800_000
_MUCH = Flaw(f"网页中的标记超过 {MAX_TAGS} 个", f"more than {MAX_TAGS} tags are on the page")
_NO_PAGE = Flaw("网页无法读取", "the page cannot be read")
_MOST_ACROSS, _MOST_DOWN = 100, 10_000
_BREAKS = re.compile(r"[\r\n\t]+")
_UNREAD = frozenset((
    "script", "style", "noscript", "template", "nav", "footer", "select", "button", "iframe", "object", "svg", "head",
))  # fmt: skip
_INLINE = frozenset((
    "a", "b", "br", "strong", "em", "i", "u", "s", "span", "font", "sub", "sup", "small", "big", "mark", "ins", "label", "o:p",
))  # fmt: skip


def read_markup(data: bytes, file: str) -> TableFile:
    """Return the tables of a page, and the texts round them that are no links. Raises UnusableInput for what is none.

    A table that holds tables only lays the page out: its texts stand outside. Raises UnusableArgument where the library
    that reads pages is absent.
    """
    needed("lxml", EXTRA)
    from lxml import etree

    faults = Faults(file)
    text = text_of(data, faults)
    if text.count("<") > MAX_TAGS:
        raise faults.fatal(None, _MUCH)
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise faults.fatal(None, _NO_PAGE)
    page = _Page(TableBuilder(faults))
    page.walk(root)
    return TableFile(file, "html", tuple(page.built.sheets), tuple(page.built.paragraphs))


class _Page:
    def __init__(self, built: TableBuilder) -> None:
        self.built = built
        self._said: list[str] = []
        self._own = False  # whether what is said holds more than links

    def walk(self, root: Any) -> None:
        """Read a page element by element, however deep they lie."""
        waiting: list[tuple[Any, bool, bool]] = [(root, False, False)]
        while waiting:
            element, is_left, linked = waiting.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if is_left:
                if tag not in _INLINE:
                    self._flush()
                self._say(element.tail, linked=linked)
                continue
            if tag == "br":
                self._said.append("\n")
            elif tag not in _INLINE:
                self._flush()
            waiting.append((element, True, linked))
            if tag in _UNREAD:
                continue
            if tag == "table" and element.find(".//table") is None:
                self._table(element)
                continue
            linked_inside = linked or tag == "a"
            self._say(element.text, linked=linked_inside)
            waiting += [(child, False, linked_inside) for child in reversed(element)]

    def _say(self, text: str | None, *, linked: bool) -> None:
        if text:
            self._said.append(_BREAKS.sub(" ", text))
            self._own = self._own or (not linked and not text.isspace())

    def _flush(self) -> None:
        if self._own:
            lines = (" ".join(line.split()) for line in "".join(self._said).split("\n"))
            self.built.say("\n".join(filter(None, lines)))
        self._said.clear()
        self._own = False

    def _table(self, element: Any) -> None:
        sheet = CellSheet(f"表{len(self.built.sheets) + 1}")
        taken: dict[int, int] = {}  # by column, the last row that a cell above reaches to
        for row, line in enumerate(element.iter("tr"), 1):
            column = 1
            for cell in line.iterchildren("td", "th"):
                while taken.get(column, 0) >= row:
                    column += 1
                across = _span(cell.get("colspan"), _MOST_ACROSS)
                low = row + _span(cell.get("rowspan"), _MOST_DOWN) - 1
                for at in range(column, column + across):
                    taken[at] = max(low, taken.get(at, 0))
                self.built.add(sheet, (row, column), _text(cell), (low, column + across - 1))
                column += across
        for caption in element.iterchildren("caption"):
            self.built.say(_text(caption))
        self.built.sheets.append(sheet)


def _span(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def _text(element: Any) -> str:
    """Return what a cell shows: blanks as one, lines where it breaks them."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(_parts(element)).split("\0"))))


def _parts(element: Any) -> Iterator[str]:
    from lxml import etree

    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if part.tag in ("br", "p", "div", "li"):
                yield "\0"
            if part.tag not in ("script", "style") and part.text:
                yield part.text
        elif part is not element and part.tail:
            yield part.tail


__all__ = ["read_markup"]
