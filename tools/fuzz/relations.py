"""What must not change a verdict, and how: the same record written otherwise, with more, with less, or a day later.

Each relation takes a record and its report and returns what is broken, as text; nothing: it holds.
"""

from __future__ import annotations

import copy
import json
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any, get_args

import yaml

import decision_procedure as dp
from decision_procedure.law.applicable import Law
from decision_procedure.law.loading import load_pack
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.content import ordered_fields
from decision_procedure.model.sorts import members_of
from tools.fuzz.records import EXAMPLES, RECORDS, in_chinese, leaves, mutated, parsed
from tools.fuzz.removing import references, removed, spots

LISTS = ("units", "people", "documents", "drafts", "acts")
FORMS = (
    "{}~1",
    "{}~submission",
    "acts[{}]",
    "—{}",
    "甲{}",
    "{}.date",
    "{}/1",
    "cn-713.{}",
    "{}{}",
    "0{}",
    "all{}",
)
DAYS = (date(2024, 9, 30), date(2024, 12, 31), date(2026, 11, 29))
_NAMING = frozenset().union(*references().values()) | {"id", "by"}
Told = Mapping[tuple[str, str | None], tuple[Any, ...]]


@dataclass(frozen=True)
class Base:
    """A record as plain data, every act of it with an identifier, and the report on it."""

    data: dict[str, Any]
    report: dp.Report

    @property
    def day(self) -> date:
        """The day of the report."""
        return date.fromisoformat(self.report.as_of)


def base(source: Random) -> Base:
    """Return a readable record: a worked one, mostly changed in some places."""
    data = source.choice([*RECORDS.values()])
    if source.random() < 0.85:
        data, _ = mutated(data, source, source.randint(0, 8))
    data = copy.deepcopy(data)
    for number, act in enumerate(data.get("acts", ())):
        act.setdefault("id", f"unnamed{number}")
    for number in range(source.choice((0, 0, 1, 3))):
        data = _with_twin(data, source, f"twin{number}")
    day = source.choice(DAYS)
    return Base(data, checked(data, day, assume_complete=source.random() < 0.2))


def _with_twin(data: dict[str, Any], source: Random, name: str) -> dict[str, Any]:
    """Return a record in which an act happened twice on one day, the second time with another result if that is readable."""
    if not data.get("acts"):
        return data
    twin = {**copy.deepcopy(source.choice(data["acts"])), "id": name}
    fields = ACT_CLASSES[twin["kind"]].model_fields
    for key in source.sample(sorted(fields), len(fields)):
        if key in twin and key not in ("kind", "held"):
            kind: Any = fields[key].annotation
            words: list[Any] = [word for part in members_of(kind) for word in get_args(part)]
            if isinstance(twin[key], bool):
                words = [not twin[key]]
            if twin[key] in words or len(words) == 1:
                twin[key] = source.choice(words)
                break
    other = {**data, "acts": [*data["acts"], twin]}
    return data if parsed(other) is None else other


def checked(data: Any, as_of: date, *, assume_complete: bool = False, law: Law | None = None) -> dp.Report:
    """Return the report on a record given as plain data."""
    decision = dp.parse_decision(json.dumps(data, ensure_ascii=False))
    return dp.check(decision, as_of=as_of, assume_complete=assume_complete, law=law)


def again(known: Base, data: Any, *, as_of: date | None = None, law: Law | None = None) -> dp.Report:
    """Return the report on another record, checked as that of a base was."""
    return checked(data, as_of or known.day, assume_complete=known.report.assume_complete, law=law)


def told(report: dp.Report, names: Mapping[str, str] | None = None) -> Told:
    """Return what a report says, by duty and act; `names` gives the identifiers that stand for its own."""
    names = names or {}

    def act(name: str | None) -> str | None:
        if name is None or name not in report.implied:
            return None if name is None else names.get(name, name)
        source = report.source_of(name)
        return f"{report.implied[name].kind} of {names.get(source, source)}"

    return {
        (v.duty, act(v.act)): (
            v.outcome, v.binding, v.caps, v.reasons, v.proof, v.day, v.elapsed, act(v.made_good_by), v.judged, v.unrecorded,
            v.if_complete, act(v.would_be_made_good_by), v.exceptions,
        )
        for v in report.verdicts
    }  # fmt: skip


def different(before: Told, after: Told) -> Iterator[str]:
    """Yield what two reports say differently."""
    for place in sorted(before.keys() | after.keys(), key=str):
        if before.get(place) != after.get(place):
            yield f"{place}: {before.get(place)} → {after.get(place)}"


# --- written otherwise ----------------------------------------------------------------------------------------


def renaming_identifiers(known: Base, source: Random) -> Iterator[str]:
    """Replace every identifier of a unit, person, document, draft and act, wherever it stands."""
    ids = identifiers_in(known.data)
    form, letters = source.choice(FORMS), string.ascii_lowercase
    names = {name: form.format(*("".join(source.choices(letters, k=6)) for _ in range(2))) for name in ids}
    after = again(known, referring(known.data, names))
    yield from different(told(known.report, names), told(after))
    yield from _counted(known.report, after)


def renaming_names(known: Base, source: Random) -> Iterator[str]:
    """Replace every name of a body, unit, person and expert wherever it stands, and every title."""
    letters = "甲乙丙丁戊己庚辛壬癸"
    named = [value for _, key, value in leaves(known.data) if key == "name"]
    named += [alias for unit in known.data.get("units", ()) for alias in unit.get("aliases", ())]
    names = {name: "".join(source.choices(letters, k=8)) for name in named if isinstance(name, str)}
    data = _replaced(known.data, names)
    for holder, key, value in leaves(data):
        if key in ("title", "number", "location", "note", "source", "post") and isinstance(value, str):
            holder[key] = f"重大行政决策{value}~1"
    after = again(known, data)
    yield from different(told(known.report), told(after))
    yield from _counted(known.report, after)


def ordering(known: Base, source: Random) -> Iterator[str]:
    """Put keys, and members of every list whose order is no fact, in another order."""
    after = again(known, _shuffled(known.data, source))
    yield from different(told(known.report), told(after))
    yield from _counted(known.report, after)
    data = {key: known.data[key] for key in source.sample(sorted(known.data), len(known.data))}
    for name in ("units", "people", "documents", "acts"):
        data[name] = source.sample(data.get(name, []), len(data.get(name, [])))
    if again(known, data).to_json() != known.report.to_json():
        yield "the reports differ in JSON"


def writing_otherwise(known: Base, source: Random) -> Iterator[str]:
    """Write the same record in YAML, in JSON with escapes, and with Chinese keys."""
    chinese = in_chinese(known.data)
    for text, is_json in (
        (yaml.safe_dump(known.data, allow_unicode=True, sort_keys=False), False),
        (json.dumps(known.data, ensure_ascii=True, indent=1), True),
        (json.dumps(chinese, ensure_ascii=False), True),
        (yaml.safe_dump(chinese, allow_unicode=True, width=60), False),
    ):
        decision = dp.parse_decision(text, json=is_json)
        after = dp.check(decision, as_of=known.day, assume_complete=known.report.assume_complete)
        if after.to_json() != known.report.to_json():
            yield f"{'JSON' if is_json else 'YAML'}: " + "; ".join(different(told(known.report), told(after)))


# --- with more, with less -------------------------------------------------------------------------------------


def adding_what_is_irrelevant(known: Base, source: Random) -> Iterator[str]:
    """Add a unit, a person with a post in it and a document that nothing refers to."""
    data = copy.deepcopy(known.data)
    added: dict[str, dict[str, Any]] = {
        "units": {"id": "irrelevant", "name": "无关单位"},
        "people": {"id": "nobody", "name": "无关人员", "posts": [{"unit": "irrelevant", "post": "科员", "capacity": "staff"}]},
        "documents": {"id": "paper", "kind": "other", "date": "2020-01-01", "title": "无关文件"},
    }  # fmt: skip
    for kind, item in added.items():
        held = data.setdefault(kind, [])
        held.insert(source.randint(0, len(held)), item)
    after = again(known, data)
    yield from different(told(known.report), told(after))
    yield from _counted(known.report, after)


def removing(known: Base, source: Random) -> Iterator[str]:
    """Remove some parts with the statements that cover them: nothing may become violated by that."""
    data, before = known.data, _violated(known.report)
    for spot in source.sample([*spots(data)], min(4, len([*spots(data)]))):
        try:
            smaller = removed(data, spot)
            after = checked(smaller, known.day)
        except (dp.UnusableInput, LookupError, TypeError):
            continue
        if new := _violated(after) - before:
            yield f"without {spot}: {sorted(new, key=str)}"
            return
        data = smaller


def adding_law_of_a_county(known: Base, source: Random) -> Iterator[str]:
    """Add rules of a county: those of another say nothing, those of this one lower nothing that others say."""
    code = (known.data["body"].get("code") or "")[:6]
    for place in dict.fromkeys((code, "999902")):
        if len(place) != 6 or place.endswith("00"):
            continue
        for law in _with_county(place):
            after = again(known, known.data, law=law)
            ours = {
                duty: what for duty, what in told(after).items() if not duty[0].startswith("example-county")
            }
            yield from (f"{place}: {line}" for line in different(told(known.report), ours))
            if place != code and len(ours) != len(after.verdicts):
                yield f"{place}: the rules of another county apply"


def checking_later(known: Base, source: Random) -> Iterator[str]:
    """Check on a later day, nothing dated in between: violated stays violated, satisfied does not become it."""
    later = known.day + timedelta(days=source.choice((1, 40, 400)))
    dates = [str(value)[:10] for _, _, value in leaves(known.data) if str(value)[:2] in ("19", "20")]
    if any(known.day.isoformat()[: len(day)] <= day <= later.isoformat()[: len(day)] for day in dates):
        return
    before, after = told(known.report), told(again(known, known.data, as_of=later))
    for place, what in before.items():
        now = after.get(place)
        if what[0] == "violated" and (now is None or now[0] != "violated"):
            yield f"{later} {place}: {what} → {now}"
        if what[0] == "satisfied" and now is not None and now[0] == "violated":
            yield f"{later} {place}: {what} → {now}"


RELATIONS: Mapping[str, Callable[[Base, Random], Iterable[str]]] = {
    function.__name__: function
    for function in (
        renaming_identifiers, renaming_names, ordering, writing_otherwise, adding_what_is_irrelevant, removing,
        adding_law_of_a_county, checking_later,
    )
}  # fmt: skip


def broken(seed: int, number: int, relations: Iterable[str] = RELATIONS) -> Iterator[tuple[str, str]]:
    """Yield each relation that does not hold on a record, with what is broken; the record follows from the numbers."""
    known = base(Random(f"{seed}:{number}"))
    for name in relations:
        for text in RELATIONS[name](known, Random(f"{seed}:{number}:{name}")):
            yield name, text


def _violated(report: dp.Report) -> set[tuple[str, str | None]]:
    return {(verdict.duty, verdict.act) for verdict in report.of("violated")}


def _counted(before: dp.Report, after: dp.Report) -> Iterator[str]:
    for what in ("worst", "scope", "uncovered"):
        one, other = getattr(before, what), getattr(after, what)
        if one != other:
            yield f"{what}: {one} → {other}"
    kinds = [sorted(item.kind for item in report.conclusions) for report in (before, after)]
    if kinds[0] != kinds[1]:
        yield f"conclusions: {kinds[0]} → {kinds[1]}"


def identifiers_in(data: Mapping[str, Any]) -> list[str]:
    """Return every identifier that a record gives."""
    return [item["id"] for kind in LISTS for item in data.get(kind, ()) if "id" in item]


def referring(data: Any, names: Mapping[str, str], key: str = "") -> Any:
    """Return a record in which every identifier gives way to another."""
    if isinstance(data, dict):
        return {name: referring(value, names, name) for name, value in data.items()}
    if isinstance(data, list):
        return [referring(value, names, key) for value in data]
    return names.get(data, data) if key in _NAMING and isinstance(data, str) else data


def _replaced(data: Any, names: Mapping[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _replaced(value, names) for key, value in data.items()}
    if isinstance(data, list):
        return [_replaced(value, names) for value in data]
    return names.get(data, data) if isinstance(data, str) else data


def _shuffled(data: Any, source: Random, key: str = "") -> Any:
    if isinstance(data, dict):
        return {name: _shuffled(data[name], source, name) for name in source.sample(sorted(data), len(data))}
    if isinstance(data, list):
        members = [_shuffled(item, source, key) for item in data]
        return members if key in ordered_fields() else source.sample(members, len(members))
    return data


@lru_cache(maxsize=8)
def _with_county(place: str) -> tuple[Law, ...]:
    """Return the shipped law with the rules of the example county, as those of a place."""
    shipped = dp.load_law()
    found = []
    for file in sorted((EXAMPLES.parent / "docs" / "county-rules").glob("*.yaml")):
        text = file.read_text("utf-8").replace('place: "999901"', f'place: "{place}"')
        pack = load_pack(text, file.name)
        packs = tuple(sorted((*shipped.packs, pack), key=lambda item: item.head.id))
        found.append(Law(packs, shipped.register))
    return tuple(found)


__all__ = [
    "RELATIONS", "Base", "base", "broken", "checked", "different", "identifiers_in", "referring", "told",
]  # fmt: skip
