"""Files as checked models: Chinese keys and words made those of the model, every fault at once where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.acts import Act
from decision_procedure.model.base import NAMES_ACTS
from decision_procedure.model.decision import Decision
from decision_procedure.model.disputes import MOST_SAYINGS, Said, Sourced, valued
from decision_procedure.model.keys import fields_by_key, keys_below, keys_of, names_below, names_of
from decision_procedure.model.kinds import SHIPPED, kinds_of
from decision_procedure.model.messages import NOT_DISPUTABLE, expected, keys_at, message
from decision_procedure.model.sorts import members_of
from decision_procedure.model.traits import Trait
from decision_procedure.model.vocabulary import ALL_KINDS, also
from decision_procedure.sources import MAX_FAULTS, TOO_MANY, Path, Source, read_source
from decision_procedure.wording import is_chinese

Model = TypeVar("Model", bound=BaseModel)


class Translation:
    """The data of a file in the words of a model, and the faults met: keys that stand in both languages.

    What the model refuses, `refused` tells in the words of the file.
    """

    def __init__(self, source: Source, model: type[BaseModel]) -> None:
        self._source, self._model = source, model
        self._kinds = kinds_of(model) if issubclass(model, Decision) else SHIPPED
        self._anywhere, self._called = names_below(model), keys_below(model)
        self._written: dict[Path, Path] = {}
        self._inside: Path | None = None  # the field whose different sayings are being read
        self.faults: list[Fault] = []
        self.data = self._translate(source.data, model, (), ())

    def _translate(self, data: Any, annotation: Any, path: Path, place: Path) -> Any:
        self._written[path] = place
        if isinstance(data, list):
            item = _item_type(annotation)
            return [
                self._translate(part, item, (*path, index), (*place, index))
                for index, part in enumerate(data)
            ]
        if not isinstance(data, dict):
            return self._word(data, annotation)
        if (kept := _values_of(annotation)) is not None:
            return {key: data[key] if kept is Any else self._translate(data[key], kept, (*path, key), (*place, key)) for key in data}  # fmt: skip
        model = self._model_at(annotation, data)
        names = {} if model is None else names_of(model)
        found: dict[str, Any] = {}
        said: dict[str, Any] = {}
        for key, value in data.items():
            name = names.get(key) or self._key(key)
            if name in found or name in said:
                self._add((*place, key), f"与 {name} 重复", f"repeats {name} in the other language")
                continue
            if model is not None and issubclass(model, Sourced):
                disputes = self._disputes(model, name, value, (*place, key))
                if disputes is not None:
                    for field, _, at in disputes:
                        if field in said:
                            self._add(at, f"与 {field} 重复", f"repeats {field}")
                    said |= self._said(model, disputes, path)
                    continue
            own = None if model is None else fields_by_key(model).get(name)
            kind = None if model is None or own is None else model.model_fields[own].annotation
            if name == "denied" and isinstance(value, list):  # one name may be that of another key elsewhere
                value = [names.get(item, item) if isinstance(item, str) else item for item in value]
            found[name] = self._translate(value, kind, (*path, name), (*place, key))
        return found | _disputed(said)

    def _disputes(
        self, model: type[Sourced], name: str, value: Any, place: Path
    ) -> list[tuple[str, Any, Path]] | None:
        """Return each field of which an entry holds different sayings, with these and where they stand.

        None: the entry is no such thing.
        """
        if name == "says":
            if isinstance(value, list) and "value" in model.model_fields:
                return [("value", value, place)]  # what is said of a trait is said of its value
            if isinstance(value, dict):
                return [(self._key(key), said, (*place, key)) for key, said in value.items()]
            self._add(place, *expected("dict_type"))
            return []
        if name in model.disputable() and isinstance(value, dict) and len(value) == 1:
            ((key, said),) = value.items()
            if self._key(key) == "says":
                return [(name, said, (*place, key))]
        return None

    def _said(
        self, model: type[Sourced], disputes: list[tuple[str, Any, Path]], path: Path
    ) -> dict[str, Any]:
        """Return the sayings of each field that are as they should be; of the others the faults are remembered."""
        found = {name: self._sayings(model, name, said, path, place) for name, said, place in disputes}
        return {name: said for name, said in found.items() if said is not None}

    def _sayings(self, model: type[Sourced], name: str, sayings: Any, path: Path, place: Path) -> Any:
        """Return what documents say of a field in the words of the model; None, with a fault, for what is none."""
        if self._inside is not None:
            return self._add(place, "不同记载之内不能再有不同记载", "sayings must not stand inside sayings")
        if name not in model.disputable():
            return self._add(place, *NOT_DISPUTABLE)
        if not isinstance(sayings, list):
            return self._add(place, *expected("tuple_type"))
        if not 2 <= len(sayings) <= MOST_SAYINGS:
            return self._add(
                place,
                f"不同记载应有 2 至 {MOST_SAYINGS} 项，此处有 {len(sayings)} 项",
                f"2 to {MOST_SAYINGS} sayings are wanted, there are {len(sayings)}",
            )
        at, known = (*path, "says", name), len(self.faults)
        self._written[at], self._inside = place, path
        found = [
            self._saying(model, name, saying, (*at, index), (*place, index))
            for index, saying in enumerate(sayings)
        ]
        self._inside = None
        return found if len(self.faults) == known else None

    def _saying(self, model: type[Sourced], name: str, saying: Any, path: Path, place: Path) -> Any:
        found = self._translate(saying, None, path, place)
        try:
            Said.model_validate(found)
        except ValidationError as error:
            self.faults += [self._told(item, path, tuple(Said.model_fields)) for item in _errors(error)]
            return None
        key = next(key for key in saying if self._key(key) == "value")
        kind = model.model_fields[name].annotation
        found["value"] = self._translate(saying[key], kind, (*path, "value"), (*place, key))
        try:
            valued(model, name).validate_python(found["value"])
        except ValidationError as error:
            self.faults += [self._told(item, (*path, "value"), ()) for item in _errors(error)]
        return found

    def _add(self, place: Path, zh: str, en: str) -> None:
        if len(self.faults) <= MAX_FAULTS:
            self.faults.append(self._source.fault(place, zh, en))

    def refused(self, error: ValidationError) -> Iterator[Fault]:
        """Yield the faults of an error, each where it stands in the file; past `MAX_FAULTS` say that there are more."""
        found = _errors(error)
        for item in found[:MAX_FAULTS]:
            yield self._told(item, (), keys_at(self._model, item["loc"][:-1], self._kinds.acts))
        if len(found) > MAX_FAULTS:
            yield self._source.fault((), *TOO_MANY)

    def _told(self, item: Any, path: Path, keys: tuple[str, ...]) -> Fault:
        """Return one error below a path as a fault in the words of the file; `keys` may stand there."""
        place = self.place((*path, *self._without_tag(item["loc"])))
        key = str(place[-1]) if place else ""
        if item["type"] == "missing":
            key = self._in_chinese(key)
        elif not key.isascii():
            keys = tuple(map(self._in_chinese, keys))
        return self._source.fault(place, *message(item, keys, self._kinds, key=key))

    def fault(self, path: Path, zh: str, en: str) -> Fault:
        """Return the fault of what the model holds at a path, where it stands in the file."""
        return self._source.fault(self.place(path), zh, en)

    def line(self, path: Path) -> int | None:
        """Return the line of what the model holds at a path; None: not known."""
        return self._source.line(self.place(path))

    def place(self, path: Path) -> Path:
        """Return where a file has what the model holds at a path, as far as it has it."""
        rest: Path = ()
        while path not in self._written and path:
            path, rest = path[:-1], (path[-1], *rest)
        return (*self._written.get(path, path), *rest)

    def path_at(self, place: Path) -> Path | None:
        """Return the path at which the model holds what a file has at a place; None: it is no part of its own."""
        return self._read_at.get(place)

    @cached_property
    def _read_at(self) -> dict[Path, Path]:
        return {place: path for path, place in self._written.items()}

    def key(self, name: Any) -> Any:
        """Return the key of the model that goes by a name somewhere in a file; any other name as it is."""
        return self._key(name)

    def named(self, name: str, lang: str) -> str:
        """Return a key of a file as it is called in a language."""
        key = str(self._key(name))
        return self._in_chinese(key) if is_chinese(lang) else key

    def _key(self, name: Any) -> Any:
        """Return the key that goes by a name somewhere in the file; any other name as it is."""
        return self._anywhere.get(name, name)

    def _in_chinese(self, key: str) -> str:
        called = self._called.get(key)
        return key if called is None else called.zh

    def _without_tag(self, path: Path) -> Path:
        """Return the path of an error without the kind of act that pydantic puts after its number."""
        is_tagged = len(path) > 2 and isinstance(path[2], str) and path[2] in self._kinds.acts
        return (*path[:2], *path[3:]) if is_tagged else path

    def _word(self, value: Any, annotation: Any) -> Any:
        if not isinstance(value, str):
            return value
        if NAMES_ACTS in getattr(annotation, "__metadata__", ()):
            return ALL_KINDS.get(value) or self._kinds.by_label.get(value, value)
        for part in members_of(annotation):
            if (part is bool or part is Trait) and value in FLAGS:
                return FLAGS[value]
            if get_origin(part) is Literal:
                return self._of_words(value, get_args(part))
        return value

    def _of_words(self, value: str, words: tuple[str, ...]) -> str:
        if words[0] in self._kinds.acts:
            return self._kinds.by_label.get(value, value)
        called = self._kinds.words(words)
        if called is None:  # no vocabulary of its own: names of fields
            return self._anywhere.get(value, value)
        return next((word for word, (zh, _) in called.items() if zh == value), None) or also(value, called)

    def _model_at(self, annotation: Any, data: dict[str, Any]) -> type[BaseModel] | None:
        parts = [
            part for part in members_of(annotation) if isinstance(part, type) and issubclass(part, BaseModel)
        ]
        if len(parts) > 1:
            kind = next((data[key] for key in _KIND if key in data), None)
            return (
                self._kinds.acts.get(self._kinds.by_label.get(kind, kind)) if isinstance(kind, str) else None
            )
        return parts[0] if parts else None


def validated(source: Source, model: type[Model]) -> tuple[Model, Translation]:
    """Return a file as a model, and its translation for further faults. Raises UnusableInput with every fault."""
    translation = Translation(source, model)
    try:
        found = model.model_validate(translation.data)
    except ValidationError as error:
        raise UnusableInput([*translation.faults, *translation.refused(error)]) from None
    if translation.faults:
        raise UnusableInput(translation.faults)
    return found, translation


def read_validated(path: FilePath, model: type[Model]) -> tuple[Model, Translation]:
    """Return a YAML or JSON file (by its suffix) as `validated` does. Raises UnusableInput with every fault."""
    return validated(read_source(path), model)


def _errors(error: ValidationError) -> list[Any]:
    return list(error.errors(include_url=False))


def _disputed(said: dict[str, Any]) -> dict[str, Any]:
    """Return what a part holds of fields that documents say differently; whether it was held is then open."""
    if not said:
        return {}
    return {"says": said} | ({"held": None} if "held" in said else {})


FLAGS = {"是": True, "否": False, "不详": None}
_KIND = ("kind", keys_of(Act)["kind"].zh, *keys_of(Act)["kind"].also)


def _values_of(annotation: Any) -> Any:
    """Return what the values of a mapping are whose keys are no keys of a model; None: it is none."""
    return next((get_args(part)[1] for part in members_of(annotation) if get_origin(part) is dict), None)


def _item_type(annotation: Any) -> Any:
    for part in members_of(annotation):
        if get_origin(part) is tuple:
            return get_args(part)[0]
    return None
