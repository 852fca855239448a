"""Sources that disagree (`semantics.md` section 1): one record with alternatives, checked as the records they allow.

A record in which documents say different things of a field is first checked without that field. A verdict
depends on the field if taking one of the sayings for true changes it, or if it is open and the field is named by
its duty. For every combination of the sayings of the fields it depends on it is then worked out: where all come
to one outcome, that is the verdict, with proof `contradicted`; otherwise it is `undetermined`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any, NamedTuple

from decision_procedure.law.evidence import value_data
from decision_procedure.law.facts import Facts
from decision_procedure.model.acts import Act
from decision_procedure.model.base import Part
from decision_procedure.model.decision import Decision
from decision_procedure.model.disputes import Disputed, Saying
from decision_procedure.model.parts import parts_of
from decision_procedure.results.report import Dispute, Report, Verdict
from decision_procedure.sources import Path

MOST_COMBINATIONS = 8
"""How many combinations are tried for one verdict."""
_FEWEST_RUNS, _MOST_RUNS, _MOST_ACTS = 32, 256, 16_000  # what one record may cost: checks, and acts checked

Check = Callable[[Decision], tuple[Facts, Report]]
_Place = tuple[str, str | None]
_Choice = tuple[tuple[int, int], ...]  # which saying is taken of which disputed field, by their numbers


class Contested(NamedTuple):
    """A field that documents say differently: where it is, and what a duty calls it.

    `path` leads to its part. `names` are what duties call it (`law.naming`) on any act; `own` what a duty tested
    on the act `act` calls it. `places` are what evidence calls it: the field, and the dates derived from it.
    """

    path: Path
    disputed: Disputed
    act: str | None
    own: str
    names: str
    places: tuple[str, ...]

    @property
    def is_list(self) -> bool:
        """Whether it holds a list: without its sayings that is empty, and not unknown."""
        return any(isinstance(value, tuple) for value in self.disputed.values)

    @property
    def told(self) -> Dispute:
        """What a report says of it."""
        said = tuple(Saying(item.document, _data(item.value)) for item in self.disputed.sayings)
        return Dispute(self.places, said)


def _data(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_data(item) for item in value]
    if isinstance(value, Part):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return value_data(value)


def contested(decision: Decision) -> tuple[Contested, ...]:
    """Return the fields of a record that its documents say differently; empty for almost every record."""
    found = [
        _contested(decision, path if key is None else (*path, key), disputed)
        for path, keys, parts in parts_of(decision)
        for key, part in zip(keys, parts, strict=True)
        if part.__dict__.get("says")  # not every part has it, and each check of every record asks
        for disputed in part.__dict__["says"]
    ]
    return tuple(sorted(found, key=_order))


def _order(item: Contested) -> tuple[Any, ...]:
    """Return what disputed fields are ordered by: the order of acts says nothing, their identifiers very little."""
    return item.names, [str(_data(value)) for value in item.disputed.values], item.places


def settled(decision: Decision, found: Sequence[Contested], check: Check) -> tuple[Facts, Report]:
    """Return what a record establishes without its disputed fields, and the verdicts that their sayings allow."""
    facts, report = check(_with(decision, {item: None for item in found if item.disputed.field == "held"}))
    runs = _Runs(decision, found, check)
    alone = [runs.alone(number) for number in range(len(found))]
    whole = runs.combined(range(len(found)))
    base = _by_place(report.verdicts)
    duties = dict(report.duties)
    for run in runs.reports:
        duties = {**run.duties, **duties}
    merged: list[Verdict] = []
    for duty, places in _grouped(base, [run for tried in (*alone, whole) for run in tried or ()]).items():
        names = duties[duty].names
        for place in places:
            verdict = base.get(place)
            on = [
                number
                for number, item in enumerate(found)
                if _depends(item, place, verdict, alone[number], _is_named(item, place[1], names, report))
            ]
            if not on and any(_changed(verdict, run.get(place)) for run in whole or ()):
                on = list(range(len(found)))
            merged += _merged(place, verdict, on, runs, whole) if on else [verdict] if verdict else []
    return facts, replace(report, decision=decision, verdicts=tuple(merged), duties=duties)


def _contested(decision: Decision, path: Path, disputed: Disputed) -> Contested:
    field = disputed.field
    inner = ".".join(str(key) for key in path if isinstance(key, str))
    if path[:1] == ("acts",):
        act = decision.acts[int(path[1])]
        suffix = ".".join([*(str(key) for key in path[2:] if isinstance(key, str)), field])
        spot = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in (*path[2:], field))
        return Contested(
            path,
            disputed,
            act.id,
            f"act.{suffix}",
            f"acts.{act.kind}.{suffix}",
            (f"acts[{act.id}]{spot}", *(f"acts[{act.id}].{name}" for name in _derived(act, path, field))),
        )
    if path[:1] == ("traits",):
        return Contested(path, disputed, None, inner, inner, (inner,))
    name = f"{inner}.{field}" if inner else field
    spot = "".join(
        f"[{_label(decision, path)}]" if isinstance(key, int) else f".{key}" for key in (*path, field)
    )
    return Contested(path, disputed, None, f"decision.{name}", f"decision.{name}", (spot.removeprefix("."),))


def _label(decision: Decision, path: Path) -> str:
    """Return what stands for a member of one of the record's lists: its identifier."""
    return str(getattr(decision, str(path[0]))[path[1]].id)


def _derived(act: Act, path: Path, field: str) -> Iterator[str]:
    """Yield the dates of an act that may be read off this field, or this field of a member of one of its lists."""
    name = field if len(path) == 2 else f"{path[2]}.{field}"
    for date, found in act.derived().items():
        if name in found.fields or any(one.startswith(f"{name}.") for one in found.fields):
            yield date


class _Runs:
    """The checks of a record with sayings taken for true: each choice is checked once, up to a limit."""

    def __init__(self, decision: Decision, found: Sequence[Contested], check: Check) -> None:
        self.found = found
        self.reports: list[Report] = []
        self._decision, self._check = decision, check
        self._known: dict[_Choice, Mapping[_Place, Verdict]] = {}
        acts = max(1, len(decision.acts))
        self._left = min(_MOST_RUNS, max(_FEWEST_RUNS, _MOST_ACTS // acts))

    def alone(self, number: int) -> list[Mapping[_Place, Verdict]] | None:
        """Return the verdicts for each saying of one field by itself; None: too many."""
        sayings = min(len(self.found[number].disputed.values), MOST_COMBINATIONS)
        return self._all(((number, saying),) for saying in range(sayings))

    def combined(self, numbers: Sequence[int]) -> list[Mapping[_Place, Verdict]] | None:
        """Return the verdicts for every combination of the sayings of some fields; None: too many."""
        sizes = [len(self.found[number].disputed.values) for number in numbers]
        if prod(sizes) > MOST_COMBINATIONS:
            return None
        choices = product(*[range(size) for size in sizes])
        return self._all(tuple(zip(numbers, choice, strict=True)) for choice in choices)

    def _all(self, choices: Iterable[_Choice]) -> list[Mapping[_Place, Verdict]] | None:
        found = []
        for choice in choices:
            if choice not in self._known:
                if self._left == 0:
                    return None
                self._left -= 1
                self._known[choice] = self._run(choice)
            found.append(self._known[choice])
        return found

    def _run(self, choice: _Choice) -> Mapping[_Place, Verdict]:
        chosen = {self.found[number]: self.found[number].disputed.values[saying] for number, saying in choice}
        open_still = {item: None for item in self.found if item.disputed.field == "held"}
        _, report = self._check(_with(self._decision, open_still | chosen))
        self.reports.append(report)
        return _by_place(report.verdicts)


def _by_place(verdicts: Iterable[Verdict]) -> dict[_Place, Verdict]:
    return {(verdict.duty, verdict.act): verdict for verdict in verdicts}


def _grouped(
    base: Mapping[_Place, Verdict], runs: Iterable[Mapping[_Place, Verdict]]
) -> dict[str, list[_Place]]:
    """Return where each duty was tested in any of the runs, in their order.

    Where some runs test it on an act and others find none to test it on, it is on the act.
    """
    found: dict[str, dict[_Place, None]] = {}
    runs = [base, *runs]
    for run in runs:
        for place in run:
            found.setdefault(place[0], {})[place] = None
    for duty, places in found.items():
        alone = (duty, None)
        if len(places) > 1 and alone in places and not all(alone in run for run in runs):
            del places[alone]
    return {duty: list(places) for duty, places in found.items()}


def _is_named(item: Contested, act: str | None, names: Sequence[str], report: Report) -> bool:
    """Say whether a duty, tested on an act, names a disputed field, or a list that holds it or that it holds."""
    is_own = item.act is not None and act is not None and item.act == report.source_of(act)
    called = (item.names, item.own) if is_own or item.act is None else (item.names,)
    return any(
        name == known or name.startswith(known + ".") or known.startswith(name + ".")
        for known in called
        for name in names
    )


def _depends(
    item: Contested,
    place: _Place,
    base: Verdict | None,
    alone: list[Mapping[_Place, Verdict]] | None,
    is_named: bool,
) -> bool:
    if alone is None:
        return is_named
    if is_named and (item.is_list or (base is not None and base.outcome == "undetermined")):
        return True
    return any(_changed(base, run.get(place)) for run in alone)


def _changed(base: Verdict | None, found: Verdict | None) -> bool:
    if base is None or found is None:
        return base is not found
    return _told(base) != _told(found)


def _told(verdict: Verdict) -> tuple[Any, ...]:
    return (
        verdict.outcome,
        verdict.caps,
        verdict.reasons,
        verdict.elapsed,
        verdict.related,
        verdict.made_good_by,
    )


def _merged(
    place: _Place,
    base: Verdict | None,
    on: Sequence[int],
    runs: _Runs,
    whole: list[Mapping[_Place, Verdict]] | None,
) -> list[Verdict]:
    """Return the verdict of a duty that depends on some disputed fields.

    `whole` are the verdicts for every combination of the sayings of all fields; None: too many of them.
    """
    tried = runs.combined(on) if whole is None else whole
    found = [run.get(place) for run in tried or ()]
    known = [verdict for verdict in found if verdict is not None]
    disputes = tuple(runs.found[number].told for number in on)
    first = known[0] if known else base
    if first is None:
        return [_first_seen(place, runs, disputes)]
    if known and len(known) == len(found) and len({verdict.outcome for verdict in known}) == 1:
        return [_agreed(known, base, disputes, is_contradicted=len(found) > 1)]
    return [_open(base or first, disputes, too_many=tried is None)]


def _first_seen(place: _Place, runs: _Runs, disputes: tuple[Dispute, ...]) -> Verdict:
    seen = next(item for run in runs.reports for item in run.verdicts if (item.duty, item.act) == place)
    return _open(seen, disputes, too_many=True)


def _agreed(
    found: Sequence[Verdict], base: Verdict | None, disputes: tuple[Dispute, ...], *, is_contradicted: bool
) -> Verdict:
    """Return the verdict that every combination comes to; what they differ in is left out."""
    first = found[0]
    if not is_contradicted:  # the documents say the same after all
        return first
    is_one_day = len({item.day for item in found}) == 1
    return first._replace(
        caps=tuple(dict.fromkeys(cap for item in found for cap in item.caps)),
        reasons=tuple(dict.fromkeys(reason for item in found for reason in item.reasons)),
        day=first.day if is_one_day or base is None else base.day,
        proof="contradicted",
        elapsed=first.elapsed if len({item.elapsed for item in found}) == 1 else None,
        made_good_by=first.made_good_by if len({item.made_good_by for item in found}) == 1 else None,
        disputes=disputes,
    )


def _open(verdict: Verdict, disputes: tuple[Dispute, ...], *, too_many: bool) -> Verdict:
    reasons = ("sources_disagree", "too_many_sayings") if too_many else ("sources_disagree",)
    return verdict._replace(
        outcome="undetermined",
        caps=(),
        reasons=reasons,
        proof="contradicted",
        elapsed=None,
        made_good_by=None,
        disputes=disputes,
    )


def _with(decision: Decision, values: Mapping[Contested, Any]) -> Decision:
    """Return a record in which fields hold these values."""
    for item, value in values.items():
        decision = _replaced(decision, item.path, item.disputed.field, value)
    return decision


def _replaced(part: Any, path: Path, field: str, value: Any) -> Any:
    """Return a part of the record with one field below it changed."""
    if isinstance(part, tuple):
        index = int(path[0])
        return (*part[:index], _replaced(part[index], path[1:], field, value), *part[index + 1 :])
    if not path:
        return part.changed({field: value})
    name = str(path[0])
    return part.changed({name: _replaced(getattr(part, name), path[1:], field, value)})
