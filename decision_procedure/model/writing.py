"""A record written as data or text that reads back as the same record, with its keys and words in either language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel

from decision_procedure.model.base import NAMES_ACTS
from decision_procedure.model.catalogue import Catalogue, CatalogueItem, shorten
from decision_procedure.model.decision import Decision
from decision_procedure.model.disputes import Said
from decision_procedure.model.keys import fields_by_key, keys_below, keys_of, names_below
from decision_procedure.model.kinds import SHIPPED, Kinds, kinds_of
from decision_procedure.model.sorts import members_of
from decision_procedure.model.vocabulary import ALL_KINDS
from decision_procedure.wording import Language, check_language, is_chinese


def written(decision: Decision, lang: Language = "en") -> dict[str, Any]:
    """Return a record as JSON data: what it states, and nothing that it leaves open.

    Raises UnusableArgument for another language.
    """
    check_language(lang)
    data = decision.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return _Chinese(type(decision)).part(data, type(decision)) if is_chinese(lang) else data


def catalogue_written(catalogue: Catalogue, lang: Language = "en") -> dict[str, Any]:
    """Return a catalogue as JSON data: what it states; plans as their texts, where these read as the same."""
    check_language(lang)
    data = catalogue.model_dump(mode="json", by_alias=True, exclude_unset=True)
    shorten(data)
    return _Chinese(Catalogue).part(data, Catalogue) if is_chinese(lang) else data


def catalogue_yaml(catalogue: Catalogue, lang: Language = "en") -> str:
    """Return a catalogue as YAML text, each published cell on a line of its own."""
    data = catalogue_written(catalogue, lang)
    rows, notes = (_called(Catalogue, name, lang) for name in ("items", "notes"))
    cells = _called(CatalogueItem, "origin", lang)
    for part, key in ((data, notes), *((row, cells) for row in data[rows])):
        if key in part:
            part[key] = [
                _OnOneLine({name: _InQuotes(text) for name, text in cell.items()}) for cell in part[key]
            ]
    return as_yaml(data)


def _called(model: type[BaseModel], name: str, lang: Language) -> str:
    return keys_of(model)[name].zh if is_chinese(lang) else name


class _OnOneLine(dict[str, Any]):
    """What is written in brackets, on one line where it has room."""


class _InQuotes(str):
    """A text whose lines are written as marks, not as lines."""


def json_text(decision: Decision, lang: Language = "en") -> str:
    """Return a record as JSON text. Raises UnusableArgument as `written`."""
    return as_json(written(decision, lang))


def as_json(data: Mapping[str, Any]) -> str:
    """Return the data of a file as JSON text."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def yaml_text(decision: Decision, lang: Language = "en") -> str:
    """Return a record as YAML text. Raises UnusableArgument as `written`."""
    return as_yaml(written(decision, lang))


def as_yaml(data: Mapping[str, Any]) -> str:
    """Return the data of a file as YAML text."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


class _Dumper(yaml.SafeDumper):
    """Writes every text that YAML could read as something else in quotes, and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


_Dumper.add_representer(
    _OnOneLine,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True),
)
_Dumper.add_representer(
    _InQuotes,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", str(text), style='"' if "\n" in text else None
    ),
)


class _Chinese:
    """Puts the keys and words of a record or catalogue into Chinese, where they read back as the same."""

    def __init__(self, model: type[BaseModel]) -> None:
        self._kinds: Kinds = kinds_of(model) if issubclass(model, Decision) else SHIPPED
        self._anywhere, self._called = names_below(model), keys_below(model)

    def part(self, data: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
        called, fields = keys_of(model), fields_by_key(model)
        found = {}
        for key, value in data.items():
            info = model.model_fields[fields[key]]
            name = called[key].zh if key in called else key
            found[name] = (
                self._said(value, model) if key == "says" and value else self._value(value, info.annotation)
            )
        return found

    def _value(self, value: Any, annotation: Any) -> Any:
        if isinstance(value, list):
            (item,) = [get_args(part)[0] for part in members_of(annotation) if get_origin(part) is tuple]
            return [self._value(one, item) for one in value]
        if isinstance(value, dict):
            models = [
                part
                for part in members_of(annotation)
                if isinstance(part, type) and issubclass(part, BaseModel)
            ]
            model = models[0] if len(models) == 1 else self._kinds.acts[value["kind"]]
            return self.part(value, model)
        return self._word(value, annotation) if isinstance(value, str) else value

    def _word(self, value: str, annotation: Any) -> str:
        if NAMES_ACTS in getattr(annotation, "__metadata__", ()):
            return _EVERY_KIND if value == "all" else self._kind(value)
        for part in members_of(annotation):
            if get_origin(part) is Literal:
                words = get_args(part)
                if words[0] in self._kinds.acts:
                    return self._kind(value)
                called = self._kinds.words(words)
                return self._field(value) if called is None else self._of(value, called)
        return value

    def _kind(self, value: str) -> str:
        label = self._kinds.name(value)
        return label if self._kinds.by_label.get(label) == value else value

    def _field(self, value: str) -> str:
        """Return the name of a field that is named as a word."""
        key = self._called.get(value)
        return key.zh if key is not None and self._anywhere.get(key.zh) == value else value

    @staticmethod
    def _of(value: str, called: Mapping[str, tuple[str, str]]) -> str:
        if value not in called:
            return value
        label = called[value][0]
        first = next(word for word, (zh, _) in called.items() if zh == label)
        return label if first == value else value

    def _said(self, said: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
        called, keys = keys_of(model), keys_of(Said)
        return {
            called[name].zh if name in called and self._anywhere.get(called[name].zh) == name else name: [
                {
                    keys["document"].zh: one["document"],
                    keys["value"].zh: self._value(one["value"], model.model_fields[name].annotation),
                }
                for one in sayings
            ]
            for name, sayings in said.items()
        }


_EVERY_KIND = next(iter(ALL_KINDS))

__all__ = [
    "as_json",
    "as_yaml",
    "catalogue_written",
    "catalogue_yaml",
    "json_text",
    "written",
    "yaml_text",
]
