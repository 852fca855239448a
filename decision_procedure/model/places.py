"""Where the parts of a record stand in its file: for quoting the line that a finding rests on."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cached_property
from typing import Any, NamedTuple

from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import Kinds, kinds_of
from decision_procedure.sources import Path, Source, read_json, read_yaml

JOINED = "⏎"
_PART = re.compile(r"(\w+)(?:\[(\d+)\](?:\.(\w+))?)?")
_MEMBER = re.compile(r"(waivers|judgements|cited_law)\[(\d+)\]")


class Place(NamedTuple):
    """A place as evidence names it: a field of an act (`act` None: of the decision), a member, its field."""

    act: str | None
    field: str
    number: int | None = None
    member: str | None = None


class Quote(NamedTuple):
    """A line of a file, counted from 1, without the spaces around it; of a workbook a cell, such as `文件!B3`."""

    file: str
    line: int | None
    text: str
    cell: str = ""

    @property
    def at(self) -> int | str:
        """Where it stands in its file."""
        return self.cell if self.line is None else self.line


def parse_place(text: str, acts: Container[str]) -> Place | None:
    """Return the place written as `acts[a12].attendees[2].view` or `traits.professional`; None when it is none.

    `acts` are the identifiers known: an identifier may itself hold brackets and dots.
    """
    if not text.startswith("acts["):
        return None if not text or text.startswith("acts(") else Place(None, text)
    for end in re.finditer(r"\]\.", text):
        act = text[5 : end.start()]
        match = _PART.fullmatch(text, end.end())
        if act in acts and match:
            return Place(act, match[1], None if match[2] is None else int(match[2]), match[3])
    return None


class Places:
    """The lines of one record's text, which is parsed a second time when the first question is asked.

    `line` is the line of the file on which the text begins: above 1 for a record of a JSONL file. `source` is where the
    record was read from if not from the text: a workbook.
    """

    def __init__(
        self, file: str, text: str, decision: Decision, line: int = 1, source: Source | None = None
    ) -> None:
        self.file = file
        self._given = source
        self._text, self._kinds = text, kinds_of(type(decision))
        self.line = line
        self._index = {act.id or "": index for index, act in enumerate(decision.acts)}

    @property
    def first(self) -> int | str:
        """Where the record begins: a line, or the cell of a workbook."""
        told = None if self._given is None else self._given.cell(())
        return self.line if told is None else told.at

    def act(self, act: str) -> Quote | None:
        """Return the line on which an act begins; None when it is not in the file."""
        index = self._index.get(act)
        return None if index is None else self._quote(("acts", index))

    def member(self, text: str) -> Quote | None:
        """Return the line of a member of a list of the decision, such as `waivers[2]`; None for any other text."""
        match = _MEMBER.fullmatch(text)
        return None if match is None else self._quote((match[1], int(match[2])))

    def place(self, text: str) -> Quote | None:
        """Return the line of a place named in evidence, or of the nearest part around it."""
        place = parse_place(text, self._index)
        if place is None:
            return None
        if place.act is None:
            steps = tuple(place.field.split("."))
            return self._trait(steps) if steps[0] == "traits" else self._quote(steps)
        path: Path = ("acts", self._index[place.act], place.field)
        if place.number is not None:
            path = (*path, place.number)
        return self._quote(path if place.member is None else (*path, place.member))

    def _trait(self, path: Path) -> Quote | None:
        """Return the line of a trait's value, with that of its name where it has one of its own."""
        name, value = self._quote(path), self._quote((*path, "value"))
        if name is None or value is None or name.at == value.at or value.cell:
            return value if value is not None and value.cell else name
        return value._replace(text=f"{name.text} {JOINED} {value.text}")

    def _quote(self, path: Path) -> Quote | None:
        line = self._source.line(self._written(path))
        if line is None:
            return self._cell(path)
        text = self._texts[line - self.line] if 0 <= line - self.line < len(self._texts) else ""
        return Quote(self.file, line, text.strip())

    def _cell(self, path: Path) -> Quote | None:
        told = self._source.cell(self._written(path))
        return None if told is None else Quote(self.file, None, told.text, told.at)

    def _written(self, path: Path) -> Path:
        """Return the path by the keys that the file uses: Chinese ones, and the field behind a derived one."""
        found: list[str | int] = []
        data: Any = self._source.data
        for part in path:
            if isinstance(data, dict):
                part = _key(data, str(part), self._kinds)
            try:
                data = data[part]
            except (KeyError, IndexError, TypeError):
                data = None
            found.append(part)
        return tuple(found)

    @cached_property
    def _source(self) -> Source:
        if self._given is not None:
            return self._given
        if self.file.endswith((".json", ".jsonl")):
            return read_json(self._text, self.file, self.line)
        return read_yaml(self._text, self.file)

    @cached_property
    def _texts(self) -> list[str]:
        return re.split(r"\r\n?|\n", self._text)


def _key(data: dict[str, Any], name: str, kinds: Kinds) -> str:
    """Return the key by which a file has a field: its own or its Chinese name; of a derived date the field behind it."""
    called = kinds.keys()

    def written(key: str) -> str:
        return key if key in data or key not in called else called[key].zh

    if name not in data:
        kind = str(data.get("kind", data.get(called["kind"].zh)))
        act = kinds.acts.get(kinds.by_label.get(kind, kind))
        derived = None if act is None else act.derived().get(name)
        if derived is not None:
            fields = [field for field in derived.fields if "." not in field]
            name = next((field for field in fields if written(field) in data), fields[0])
    return written(name)
