"""Records changed at random into others that can still be read: for properties that hold on every record."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import decision_procedure as dp
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.traits import Traits
from decision_procedure.sources import read_yaml

EXAMPLES = Path(__file__).parents[2] / "examples"
RECORDS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(json.dumps(read_yaml(path.read_text(encoding="utf-8"), path.name).data))
    for path in sorted(EXAMPLES.rglob("*.yaml"))
}
# Bodies of 广宁, for which every instrument that ships may speak, and of the other ways of being bound.
BODIES = [
    {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223"},
    {"name": "肇庆市人民政府", "level": "city", "kind": "government", "code": "441200"},
    {"name": "广宁县某局", "level": "county", "kind": "department", "code": "441223"},
    {"name": "广宁县某镇人民政府", "level": "township", "kind": "government", "code": "441223"},
    {"name": "某县人民政府", "level": "county", "kind": "government"},
]  # fmt: skip
YEARS = ("2012", "2017", "2020", "2022", "2024")
Holder = Any
Place = tuple[Holder, str | int]


def in_chinese(data: Any) -> Any:
    """Return data with every key that has a Chinese name under that name."""
    if isinstance(data, dict):
        called = SHIPPED.keys()
        return {called[key].zh if key in called else key: in_chinese(value) for key, value in data.items()}
    return [in_chinese(item) for item in data] if isinstance(data, list) else data


def parsed(data: dict[str, Any]) -> dp.Decision | None:
    """Return the record, or None where what was changed makes it unusable."""
    try:
        return dp.parse_decision(json.dumps(data, ensure_ascii=False))
    except dp.UnusableInput:
        return None


def mutated(data: dict[str, Any], source: random.Random, changes: int) -> tuple[dict[str, Any], dp.Decision]:
    """Return a readable record that differs from another in up to so many places, its body and its years."""
    data = moved(data, source.choice(YEARS))
    unit = data["body"].get("unit")
    data["body"] = source.choice(BODIES) | ({} if unit is None else {"unit": unit})
    decision = parsed(data)
    assert decision is not None
    for _ in range(changes):
        other = {"acts": [], **copy.deepcopy(data)}
        source.choice(CHANGES)(other, source)
        found = parsed(other)
        if found is not None:
            data, decision = other, found
    return data, decision


def moved(data: dict[str, Any], year: str) -> dict[str, Any]:
    """Return a record with every date as many years earlier or later as brings its last act into a year."""
    years = [int(value[:4]) for _, _, value in leaves(data["acts"]) if is_date(value)]
    shift = int(year) - max(years, default=int(year))
    found: dict[str, Any] = shifted(
        data, lambda day: f"{int(day[:4]) + shift}{day[4:]}".replace("-02-29", "-02-28")
    )
    return found


def shifted(part: Any, move: Callable[[str], str]) -> Any:
    """Return a part of a record with every date in it moved."""
    if isinstance(part, dict):
        return {key: shifted(value, move) for key, value in part.items()}
    if isinstance(part, list):
        return [shifted(value, move) for value in part]
    return move(part) if is_date(part) else part


def is_date(value: Any) -> bool:
    """Say whether a value of a record is a day, or a time on a day."""
    return isinstance(value, str) and _DAY.match(value) is not None


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$")


def leaves(part: Any) -> Iterator[tuple[Any, str | int, Any]]:
    """Yield every value of a record that is no mapping and no list, with its holder and key."""
    for key, value in list(part.items()) if isinstance(part, dict) else list(enumerate(part)):
        if isinstance(value, dict | list):
            yield from leaves(value)
        else:
            yield part, key, value


def parts(part: Any) -> Iterator[Place]:
    """Yield every part of a record, from the outside in, as its holder and key."""
    for key, value in list(part.items()) if isinstance(part, dict) else list(enumerate(part)):
        yield part, key
        if isinstance(value, dict | list):
            yield from parts(value)


def _drop_part(data: dict[str, Any], source: random.Random) -> None:
    holder, key = source.choice([*parts(data)])
    del holder[key]


def _drop_statement(data: dict[str, Any], source: random.Random) -> None:
    stated = [
        (holder, key)
        for holder, key in parts(data)
        if str(key) == "complete" or str(key).endswith("_complete")
    ]
    if stated:
        holder, key = source.choice(stated)
        del holder[key]


def _shift_date(data: dict[str, Any], source: random.Random) -> None:
    days = [(holder, key, value) for holder, key, value in leaves(data) if is_date(value)]
    if days:
        holder, key, value = source.choice(days)
        shift = timedelta(days=source.choice((-400, -31, -8, -7, -1, 1, 7, 8, 31, 400)))
        holder[key] = (date.fromisoformat(value[:10]) + shift).isoformat() + value[10:]


def _blur_date(data: dict[str, Any], source: random.Random) -> None:
    days = [(holder, key, value) for holder, key, value in leaves(data["acts"]) if is_date(value)]
    if days:
        holder, key, value = source.choice(days)
        holder[key] = value[: source.choice((4, 7))]


def _hold_otherwise(data: dict[str, Any], source: random.Random) -> None:
    if data["acts"]:
        source.choice(data["acts"])["held"] = source.choice((None, False, True))


def _turn(data: dict[str, Any], source: random.Random) -> None:
    flags = [(holder, key, value) for holder, key, value in leaves(data) if isinstance(value, bool)]
    if flags:
        holder, key, value = source.choice(flags)
        holder[key] = source.choice((not value, None))


def _deny(data: dict[str, Any], source: random.Random) -> None:
    if data["acts"]:
        act = source.choice(data["acts"])
        names = [name for name in ACT_CLASSES[act["kind"]].deniable() if act.get(name) in (None, [])]
        act["denied"] = source.sample(names, min(len(names), source.randint(1, 3)))


def _say_of_the_matter(data: dict[str, Any], source: random.Random) -> None:
    traits = data.setdefault("traits", {})
    traits[source.choice(sorted(Traits.model_fields))] = source.choice((True, False, None))


def _repeat_act(data: dict[str, Any], source: random.Random) -> None:
    if data["acts"]:
        act = copy.deepcopy(source.choice(data["acts"]))
        data["acts"].append(act | {"id": f"again{len(data['acts'])}", "round": source.choice((1, 2))})


CHANGES = (
    _drop_part, _drop_part, _drop_statement, _shift_date, _shift_date, _blur_date, _hold_otherwise, _turn, _turn,
    _say_of_the_matter, _repeat_act, _deny,
)  # fmt: skip
