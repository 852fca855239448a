"""Snippets: a few words of a record, laid over one minimal base record.

The base is a county government's decision on the year's catalogue, with no act and no trait. A key is a kind
of act (`hearing: {date: 2024-05-01}`), a trait (`professional: true`), any other key of a record, `complete`
(the kinds of act of which the record holds all, or `all`; stated up to the day of the check), or a claim.

An act may be a bare date, `true` (took place), `false` (did not), `null` (announced only), or a list of acts.
One whose own day the snippet does not state took place on `DAY`; a meeting is a 常务会议 and a decision adopts
unless `meeting_type` or `outcome` say otherwise (null: unknown). Each kind of document exists once, under its
kind as identifier; units and persons are those of `BASE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.law.said import PackPart, Said
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import SHIPPED, Kinds
from decision_procedure.model.messages import message, no_such_key
from decision_procedure.model.reading import record
from decision_procedure.sources import Source, path_text

AS_OF = date(2024, 12, 31)
DAY = "2024-06-03"
BASE: Mapping[str, Any] = {
    "schema": 1,
    "title": "示例事项 an example",
    "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
    "matter_class": "construction",
    "catalogue": {"listed": True, "year": 2024},
    "units": [
        {"id": name, "name": name} for name in ("government", "bureau", "bureau2", "institute", "college")
    ],
    "people": [{"id": name, "name": name} for name in ("chief", "deputy", "member")],
}


class Claims(PackPart):
    """What a snippet says of itself.

    `case` is what it shows, `as_of` the day of the check, `expect` its verdict where that is not the one its
    list stands for. `caps` names what lowered a breach, `missing` the places named as missing; None: not
    claimed.
    `elapsed`: the days that a duty to act promptly took, or has been waiting.
    `edge`: the other way of counting days decides otherwise.
    """

    case: Said | None = None
    as_of: date = AS_OF
    expect: (
        Literal["satisfied", "violated", "needs_judgement", "undetermined", "pending", "not_applicable"]
        | None
    ) = None
    caps: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None
    elapsed: int | None = None
    edge: bool = False


# What a meeting and a decision are unless the snippet says otherwise.
_USUAL: Mapping[str, Mapping[str, Any]] = {
    "deliberation": {"meeting_type": "executive"},
    "decision": {"outcome": "adopt"},
}


def _keys(kinds: Kinds) -> tuple[str, ...]:
    return (*kinds.acts, *kinds.traits.model_fields, *Claims.model_fields, *kinds.record.model_fields)


class Snippet(NamedTuple):
    """A snippet ready to check: the whole record, and what the snippet says of itself."""

    decision: Decision
    claims: Claims


def read_snippet(
    written: Mapping[str, Any],
    name: str,
    place: str = "cn",
    kinds: Kinds = SHIPPED,
    procedure: str | None = None,
) -> Snippet:
    """Return a snippet laid over the base record of a body in a place.

    `place` is a GB/T 2260 code, or `cn` for a body without one; `kinds` is what its record may hold,
    `procedure` the one that it is on (None: that of major decisions). Raises
    UnusableInput with every fault.
    """
    keys = _keys(kinds)
    unknown = [key for key in written if str(key).isascii() and key not in keys]
    if unknown:
        raise UnusableInput(Fault(name, None, str(key), *no_such_key(str(key), keys)) for key in unknown)
    claims = _claims({key: value for key, value in written.items() if key in Claims.model_fields}, name)
    data = {**BASE, "documents": [{"id": kind, "kind": kind} for kind in kinds.documents], "traits": {}}
    data["acts"] = list(_acts(written, kinds))
    if procedure is not None:
        data["procedure"] = procedure
    if place != "cn":
        data["body"] = {**BASE["body"], "code": place.ljust(6, "0")}
    for key, value in written.items():
        if key in kinds.traits.model_fields:
            data["traits"][key] = value
        elif key == "complete":
            data["complete"] = _completeness(value, claims.as_of)
        elif key not in kinds.acts and key not in Claims.model_fields:
            data[key] = value
    return Snippet(record(Source(name, data), lambda *_: kinds.record), claims)


def laid_over(given: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
    """Return a snippet with what its duty's examples have in common; its own word on a field prevails.

    An act written as a mapping keeps the fields of the given one that it does not name; any other replaces it.
    """
    merged = dict(given)
    for key, value in written.items():
        below = merged.get(key)
        merged[key] = {**below, **value} if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _claims(written: Mapping[str, Any], name: str) -> Claims:
    try:
        return Claims.model_validate(written)
    except ValidationError as error:
        raise UnusableInput(
            Fault(name, None, path_text(tuple(item["loc"])), *message(item, tuple(Claims.model_fields)))
            for item in error.errors(include_url=False)
        ) from None


def _acts(written: Mapping[str, Any], kinds: Kinds) -> Iterator[dict[str, Any]]:
    for kind, value in written.items():
        if kind in kinds.acts:
            several = value if isinstance(value, list) else [value]
            for index, item in enumerate(several):
                name = kind if index == 0 else f"{kind}{index + 1}"
                written = _fields(item, kinds.acts[kind].anchor_fields)
                usual = {} if written.get("held", True) is not True else _USUAL.get(kind, {})
                yield {"id": name, "kind": kind, **usual, **written}


def _fields(value: Any, days: tuple[str, ...]) -> Mapping[str, Any]:
    if value is False or value is None:
        return {"held": value}
    if not isinstance(value, Mapping):
        return {days[0]: DAY} if value is True else {"date": value}
    return value if any(day in value for day in days) else {days[0]: DAY, **value}


def _completeness(value: Any, day: date) -> Any:
    if isinstance(value, Mapping):
        return value
    return {"kinds": value if isinstance(value, list) else [value], "up_to": day.isoformat()}
