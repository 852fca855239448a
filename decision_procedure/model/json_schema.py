"""The JSON Schema of a record: that of its model, with the form that files give to different sayings."""

from __future__ import annotations

from typing import Any

from decision_procedure.model.decision import Decision
from decision_procedure.model.disputes import MOST_SAYINGS, Sourced
from decision_procedure.model.sorts import models_below

_SAYINGS = {
    "title": "Sayings",
    "description": "不同记载:各件文件所说的值 what each document says, where they differ",
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


def record_schema(record: type[Decision] = Decision) -> dict[str, Any]:
    """Return the JSON Schema of records of a model."""
    schema = built(record).model_json_schema()
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
    return schema
