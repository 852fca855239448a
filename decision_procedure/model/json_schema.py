"""The JSON Schema of a record: that of its model, with the form that files give to different sayings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decision_procedure.model.decision import Decision
from decision_procedure.model.disputes import MOST_SAYINGS, Said, Sourced
from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.sorts import models_below
from decision_procedure.model.translating import FLAGS
from decision_procedure.wording import Language, is_chinese

_SAYINGS = {
    "title": "Sayings",
    "description": "不同记载：各件文件所说的值 what each document says, where they differ",
    "type": "object",
    "properties": {
        "says": {
            "type": "array",
            "minItems": 2,
            "maxItems": MOST_SAYINGS,
            "items": {
                "type": "object",
                "properties": {"document": {"type": "string"}, "value": {}},
                "required": ["document", "value"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["says"],
    "additionalProperties": False,
}


# What is said of a field as a whole, whatever form its value has.
_OF_THE_FIELD = ("description", "x-file-only")


def built(record: type[Decision] = Decision) -> type[Decision]:
    """Return a model of records, it and its parts built: pydantic before 2.14 writes no schema of one put off."""
    for model in models_below(record):
        model.model_rebuild()
    return record


def record_schema(record: type[Decision] = Decision, lang: Language = "en") -> dict[str, Any]:
    """Return the JSON Schema of records of a model, with keys and words in English or in Chinese."""
    schema = built(record).model_json_schema()
    schema["properties"]["body"] = {
        "anyOf": [schema["properties"]["body"], {"type": "string", "minLength": 1}]
    }
    shapes = {**schema["$defs"], record.__name__: schema}
    for model in models_below(record):
        if not issubclass(model, Sourced):
            continue
        fields = shapes.get(model.__name__, {}).get("properties", {})
        for name in model.disputable():
            if name in fields:
                told = {key: fields[name][key] for key in _OF_THE_FIELD if key in fields[name]}
                fields[name] = {**told, "anyOf": [fields[name], {"$ref": "#/$defs/Sayings"}]}
    schema["$defs"]["Sayings"] = _SAYINGS
    return _in_chinese(schema, record) if is_chinese(lang) else schema


def _in_chinese(schema: dict[str, Any], record: type[Decision]) -> dict[str, Any]:
    """Return a schema of records for files with Chinese keys and words."""
    kinds, models = kinds_of(record), {model.__name__: model for model in models_below(record)}
    said = {"says": keys_of(Sourced)["says"].zh, **{name: key.zh for name, key in keys_of(Said).items()}}

    def names_of(name: str) -> Mapping[str, str]:
        model = models.get(name)
        return said if model is None else {key: called.zh for key, called in keys_of(model).items()}

    def words(found: list[Any]) -> list[Any]:
        called = kinds.words(tuple(found)) or {}
        return [called[word][0] if word in called else word for word in found]

    def translated(data: Any, name: str = "") -> Any:
        if isinstance(data, list):
            return [translated(item, name) for item in data]
        if not isinstance(data, dict):
            return data
        if data.get("type") == "boolean":
            return {"enum": [True, False, *FLAGS]}
        called = names_of(name)
        found = {key: translated(value, name) for key, value in data.items() if key not in _LEFT_OUT}
        if "properties" in data:
            found["properties"] = {
                called.get(key, key): {**translated(value), "title": called.get(key, key)}
                for key, value in data["properties"].items()
            }
            found["required"] = [called.get(key, key) for key in data.get("required", ())]
        if "enum" in data:
            found["enum"] = words(data["enum"])
        if "const" in data and data["const"] in kinds.acts:
            found["const"] = kinds.name(data["const"])
        return found

    whole = translated({key: value for key, value in schema.items() if key != "$defs"}, record.__name__)
    return {**whole, "$defs": {name: translated(shape, name) for name, shape in schema["$defs"].items()}}


# Of what is English, or is told by other words in Chinese.
_LEFT_OUT = ("default", "discriminator", "title", "pattern", "properties", "required")
