"""The text of a record changed in place: what it states, and its comments, stay where they are.

The text is first read as any record is, so that nothing hostile comes to the editing library; what comes out is read
again, and refused where it is not the record it should be.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Self

from decision_procedure.errors import UnusableArgument
from decision_procedure.forms.answering import RecordEdit, apply
from decision_procedure.model.decision import Decision
from decision_procedure.model.giving import given
from decision_procedure.model.reading import Models, head_of, read_record, shipped
from decision_procedure.model.translating import FLAGS, Translation
from decision_procedure.model.writing import written
from decision_procedure.sources import Path, read_json, read_yaml
from decision_procedure.sources.optional import needed
from decision_procedure.wording import LANGUAGES, Language, is_chinese, say

EXTRA = "edit"


class RecordText:
    """The text of one record, YAML or JSON, that can be changed and written again.

    Raises UnusableInput with every fault of a text that is no record, UnusableArgument where the library that keeps
    comments is absent.
    """

    def __init__(self, text: str, file: str, models: Models = shipped, *, is_json: bool) -> None:
        self.decision = read_record(text, file, models, json=is_json)
        self._file, self._json, self._models = file, is_json, models
        self.text = text.removeprefix("\ufeff")
        source = (read_json if is_json else read_yaml)(text, file)
        model = shipped(*head_of(source.data)) if models is shipped else models(*head_of(source.data))
        self._translation = Translation(source, model)
        self.lang: Language = LANGUAGES[0] if any(not key.isascii() for key in source.data) else LANGUAGES[1]

    def with_edits(self, edits: Sequence[RecordEdit]) -> str:
        """Return the text with these edits made. Raises UnusableInput with the faults of what cannot stand in a record."""
        data = written(self.decision)
        places = [_settled(edit, data) for edit in edits]
        wanted = given(data, lambda *_: type(self.decision))
        said = _Said(wanted, self.lang)
        document = self._loaded()
        for place in places:
            self._set(document, place, said)
        return self._checked(self._dumped(document), wanted)

    def edited(self, edits: Sequence[RecordEdit]) -> Self:
        """Return the record with these edits made, as `with_edits` does."""
        return type(self)(self.with_edits(edits), self._file, self._models, is_json=self._json)

    @property
    def data(self) -> bytes:
        """The text as a file holds it."""
        return self.text.encode()

    def in_language(self, lang: Language) -> str:
        """Return the text with the keys and words of a language, its order and comments kept."""
        document = self._loaded()
        self._rename(document, (), (), _Said(self.decision, lang), lang)
        return self._checked(self._dumped(document), self.decision)

    def _set(self, document: Any, place: Path, said: _Said) -> None:
        part = document
        for number, step in enumerate(place):
            prefix, last = place[: number + 1], number + 1 == len(place)
            if last and isinstance(part, list) and isinstance(step, int) and step < len(part):
                return  # it came with the list, which was not there before
            key = self._key(part, prefix, said)
            if last or (isinstance(part, list) and isinstance(step, int) and step >= len(part)):
                _put(part, key, self._fresh(said.value(prefix)))
                return
            if isinstance(part, dict) and part.get(key) is None:
                _put(part, key, self._fresh(said.value(prefix)))
                return
            part = part[key]

    def _key(self, part: Any, prefix: Path, said: _Said) -> Any:
        """Return the key under which a file has a part, or will have it."""
        known = self._translation.place(prefix)
        if isinstance(part, dict) and known and known[-1] in part:
            return known[-1]
        return said.key(prefix)

    def _rename(self, part: Any, place: Path, path: Path, said: _Said, lang: Language) -> None:
        """Put the keys and words below a part into a language; `place` is where it stands in the file."""
        entries: list[tuple[Any, Any]] = list(enumerate(part) if isinstance(part, list) else part.items())
        renamed: dict[Any, Any] = {}
        for key, value in entries:
            at = (*place, key)
            inner = self._translation.path_at(at) or (*path, self._translation.key(key))
            if isinstance(value, list | dict):
                self._rename(value, at, inner, said, lang)
            elif (word := said.word(inner, value, lang)) is not None:
                part[key] = self._fresh(word)
            renamed[key] = key if isinstance(key, int) else self._named(str(key), inner, said, lang)
        if isinstance(part, dict):
            _renamed(part, renamed)

    def _named(self, key: str, path: Path, said: _Said, lang: Language) -> str:
        found = said.key(path) if said.has(path) else None
        return str(found) if found is not None else self._translation.named(key, lang)

    def _loaded(self) -> Any:
        return json.loads(self.text) if self._json else _yaml(self.text).load(self.text)

    def _dumped(self, document: Any) -> str:
        if self._json:
            return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        stream = io.StringIO()
        _yaml(self.text).dump(document, stream)
        return stream.getvalue()

    def _fresh(self, value: Any) -> Any:
        return value if self._json else _as_yaml(value)

    def _checked(self, text: str, wanted: Decision) -> str:
        """Return a text that is the record it should be, with every comment. Raises UnusableArgument for any other."""
        found = read_record(text, self._file, self._models, json=self._json)
        lost = Counter() if self._json else _comments(self.text) - _comments(text)
        if found != wanted or lost:
            raise UnusableArgument(
                " ".join(say("question.not_kept", lang, file=self._file) for lang in LANGUAGES)
            )
        return text


class _Said:
    """What a record states, by the paths of the model, with the keys and words of one language."""

    def __init__(self, record: Decision, lang: Language) -> None:
        self._data, self._said = written(record), written(record, lang)

    def _at(self, path: Path) -> tuple[Any, Any, str | int]:
        data: Any = self._data
        said: Any = self._said
        found: str | int = ""
        for step in path:
            if isinstance(step, int):
                data, said, found = data[step], said[step], step
            else:
                place = list(data).index(step)
                found = list(said)[place]
                data, said = data[step], said[found]
        return data, said, found

    def has(self, path: Path) -> bool:
        """Say whether the record states something at a path."""
        try:
            self._at(path)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError):
            return False
        return True

    def key(self, path: Path) -> str | int:
        """Return the last key of a path."""
        return self._at(path)[2]

    def value(self, path: Path) -> Any:
        """Return what is stated at a path."""
        return self._at(path)[1]

    def word(self, path: Path, stands: Any, lang: Language) -> Any:
        """Return what stands in place of a plain value in this language; None: it may stay as it is."""
        if not self.has(path):
            return None
        data, said, _ = self._at(path)
        if isinstance(data, bool) and stands in FLAGS:
            return None if is_chinese(lang) else data
        same = not isinstance(said, str) or str(stands) == said
        return None if same else said


def _settled(edit: RecordEdit, data: Any) -> Path:
    """Make an edit, and return the path at which its value then stands."""
    apply(data, edit)
    if not edit.added:
        return edit.path
    part = data
    for step in edit.path:
        part = part[step]
    return (*edit.path, len(part) - 1)


def _put(part: Any, key: Any, value: Any) -> None:
    if isinstance(part, list):
        if not part and hasattr(part, "fa"):
            part.fa.set_block_style()
        part.append(value)
    elif isinstance(part.get(key), list) and isinstance(value, list) and len(value) >= len(part[key]):
        stood = part[key]  # changed in place: what stands after a list is noted with its last member
        for index, one in enumerate(value):
            if index >= len(stood):
                stood.append(one)
            elif stood[index] != one:
                stood[index] = one
    else:
        part[key] = value


def _renamed(part: dict[Any, Any], names: Mapping[Any, Any]) -> None:
    """Give the keys of a mapping other names, in the order and with the comments that they have."""
    if all(key == name for key, name in names.items()):
        return
    notes = dict(part.ca.items) if hasattr(part, "ca") else {}
    items = [(names[key], value) for key, value in part.items()]
    for key in list(part):
        del part[key]
    part.update(items)
    if notes:
        part.ca.items.clear()  # type: ignore[attr-defined]
        part.ca.items.update({names.get(key, key): note for key, note in notes.items()})  # type: ignore[attr-defined]


# -- YAML with its comments ----------------------------------------------------------------------------------

_COMMENT = re.compile(r"^\s*(#.*?)\s*$", re.MULTILINE)
_ITEM = re.compile(r"^( *)[^\s#-][^\n]*:\s*\n(?:\s*#[^\n]*\n|\s*\n)*( *)- ", re.MULTILINE)
_RESOLVED = frozenset(("bool", "int", "float", "null", "timestamp", "merge", "value"))
_READ_OTHERWISE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|true|false|null|~|")


def _comments(text: str) -> Counter[str]:
    return Counter(_COMMENT.findall(text))


def _yaml(text: str) -> Any:
    """Return a reader and writer of YAML that takes every plain value for a text, and writes it as it stood."""
    needed("ruamel", EXTRA)
    from ruamel.yaml import YAML
    from ruamel.yaml.resolver import VersionedResolver

    class Plain(VersionedResolver):
        """Resolves no plain value but nothing at all: this library has its own reading of them."""

        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            plain = isinstance(value, str) and value != ""
            tag = super().resolve(kind, value, implicit)
            return self.DEFAULT_SCALAR_TAG if plain and str(tag).rpartition(":")[2] in _RESOLVED else tag

    found = YAML(typ="rt")
    found.Resolver = Plain
    found.preserve_quotes = True
    found.width = 4096
    item = _ITEM.search(text)
    offset = 0 if item is None else len(item[2]) - len(item[1])
    found.indent(mapping=2, sequence=offset + 2, offset=offset)
    return found


def _as_yaml(value: Any) -> Any:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, dict):
        found = CommentedMap()
        for key, one in value.items():
            found[key] = _as_yaml(one)
        return found
    if isinstance(value, list):
        listed = CommentedSeq(map(_as_yaml, value))
        if not any(isinstance(one, dict | list) for one in value):
            listed.fa.set_flow_style()
        return listed
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str) and _READ_OTHERWISE.fullmatch(value):
        return DoubleQuotedScalarString(value)
    return value


__all__ = ["EXTRA", "RecordText"]
