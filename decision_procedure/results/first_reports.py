"""Reports of schema 1: in their conclusions a dash stood for nothing, and, before a duty, for what was not done of it.

Some keys that say nothing were left out, which schema 2 always writes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from decision_procedure.results.conclusions import ACTS
from decision_procedure.results.stages import STAGES

_DASH = "—"
_MAY_BE_NOTHING = (*ACTS, "unit", "party")


def of_schema_1(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a report of schema 1 as those of schema 2.

    A dash before a duty of the report is taken for an omission of it, although an act could bear that name.
    """
    duties = data["duties"].keys()
    return _with_facts(data, 2, lambda fact: _read(fact, duties))


def as_schema_1(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a report as schema 1 had them: what was bound by a receipt then is held against these."""
    stated = {
        "waiver_notes": [_without_nothing(item, "file", "line", "place") for item in data["waiver_notes"]],
        "duties": {
            name: duty if duty["step"] else {**duty, "cure": _without_nothing(duty["cure"], *STAGES)}
            for name, duty in data["duties"].items()
        },
    }
    return {**_with_facts(data, 1, _written), **stated}


def _with_facts(
    data: Mapping[str, Any], schema: int, changed: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    conclusions = [
        {**changed(item), "premises": [changed(premise) for premise in item["premises"]]}
        for item in data["conclusions"]
    ]
    return {**data, "schema": schema, "conclusions": conclusions}


def _without_nothing(item: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return data without those of these keys that say nothing, which schema 1 left out."""
    return {name: value for name, value in item.items() if value or name not in names}


def _read(fact: Mapping[str, Any], duties: Collection[str]) -> dict[str, Any]:
    nothing = {
        name: value[1:]
        for name, value in fact["values"].items()
        if name in _MAY_BE_NOTHING and value[:1] == _DASH and (value == _DASH or value[1:] in duties)
    }
    values = {name: None if name in nothing else value for name, value in fact["values"].items()}
    return {**fact, "values": values, "omits": next(filter(None, nothing.values()), None)}


def _written(fact: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        name: value if value is not None else f"{_DASH}{fact['omits']}" if name in ACTS else _DASH
        for name, value in fact["values"].items()
    }
    return {name: values if name == "values" else value for name, value in fact.items() if name != "omits"}
