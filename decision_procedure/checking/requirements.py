"""What the law in force asks of each step: whether it is needed, where it says so, its numbers, its gates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from decision_procedure.checking.compiled import required_by
from decision_procedure.checking.governing import BINDINGS, Governing, Instrument
from decision_procedure.law.demands import thresholds, triggers
from decision_procedure.law.gates import gated_step
from decision_procedure.law.pack import Duty, Step
from decision_procedure.law.said import Said
from decision_procedure.model.kinds import Kinds
from decision_procedure.wording import Bilingual


class Cited(NamedTuple):
    """Articles of one instrument, as its file cites them."""

    instrument: str
    articles: tuple[str, ...]


class Gate(NamedTuple):
    """A duty that forbids the step until it is met; one that does not bind the body directly closes nothing."""

    instrument: str
    article: str
    text: Said
    direct: bool

    @property
    def name(self) -> str:
        """The word for it: `gate`, or `precondition` where it closes nothing."""
        return "gate" if self.direct else "precondition"


class LawNumber(NamedTuple):
    """A number of the law: what it counts, how (`at_least`, `lead` or `within`), value and unit.

    `lead` counts back from the act. `general`: the law says "in general". `conditional`: it is set for some
    matters only.
    """

    counts: tuple[Bilingual, ...]
    sign: str
    value: int
    unit: str
    general: bool
    conditional: bool


class StepLaw(NamedTuple):
    """One step as the law has it.

    `need` is mandatory, conditional or optional; `triggers` name what a conditional step depends on, for each duty
    that demands it, the shortest first. `binding` is the strongest with which an instrument binds the body to it.
    `numbers` are the statutory numbers, each with the instruments that set it. `duties` are those of the step,
    with the identifiers of their instruments.
    """

    step: Step
    need: str
    triggers: tuple[tuple[Bilingual, ...], ...]
    binding: str
    cited: tuple[Cited, ...]
    numbers: Mapping[LawNumber, tuple[str, ...]]
    gates: tuple[Gate, ...]
    duties: tuple[tuple[str, Duty], ...]


Owned = tuple[Instrument, Duty]


def steps_of(law: Governing) -> dict[str, StepLaw]:
    """Return the steps on which a duty in force bears, in the order of the law."""
    own = list(duties_in_force(law))
    on: dict[str, list[Owned]] = {}
    gates: dict[str, list[Owned]] = {}
    for item in own:
        on.setdefault(law.procedure.told_in(item[1].step), []).append(item)
        if item[1].closes is not None:
            gates.setdefault(gated_step(item[1].closes), []).append(item)
    demanding = required_by(law.procedure.steps, [owner.pack for owner in law.instruments])
    found = {}
    for name, step in law.procedure.drawn.items():
        required = [(owner, duty) for owner, duty in own if owner.full(duty) in demanding[name]]
        speaking = {id(item[1]): item for item in (*on.get(name, ()), *required, *gates.get(name, ()))}
        if speaking:
            found[name] = _step(
                step, [*speaking.values()], required, gates.get(name, ()), law.procedure.steps
            )
    return found


def duties_in_force(law: Governing) -> Iterator[Owned]:
    """Yield the duties of the instruments that govern, but for those that give way to others."""
    for item in law.instruments:
        for duty in item.pack.file.duties:
            if item.full(duty) not in law.replaced:
                yield item, duty


def need_of(required: Iterable[Duty]) -> str:
    """Return whether duties make a step mandatory, conditional on the matter, or (without duties) leave it optional.

    A duty that only an exception lifts (`not traits.…`) is mandatory.
    """
    depends = [bool(triggers(duty)) for duty in required]
    return "optional" if not depends else "conditional" if all(depends) else "mandatory"


def _step(
    step: Step, speaking: Sequence[Owned], required: Sequence[Owned], gates: Sequence[Owned],
    steps: Mapping[str, Step],
) -> StepLaw:  # fmt: skip
    cited: dict[str, dict[str, None]] = {}
    numbers: dict[LawNumber, dict[str, None]] = {}
    for owner, duty in speaking:
        cited.setdefault(owner.pack.head.id, {})[duty.article] = None
        for number in numbers_of(duty, owner.pack.kinds):
            numbers.setdefault(number, {})[owner.pack.head.id] = None
    for number in [
        item for item in numbers if item.conditional and item._replace(conditional=False) in numbers
    ]:
        numbers[number._replace(conditional=False)].update(numbers.pop(number))
    need = need_of(duty for _, duty in required)
    conditions = [triggers(duty).said(steps, owner.pack.kinds) for owner, duty in required]
    deciding = [owner for owner, duty in required if need == "conditional" or not triggers(duty)]
    bindings = [owner.binding for owner in deciding or [owner for owner, _ in speaking]]
    return StepLaw(
        step,
        need,
        tuple(dict.fromkeys(sorted(conditions, key=len))) if need == "conditional" else (),
        min(bindings, key=BINDINGS.index),
        tuple(Cited(name, tuple(articles)) for name, articles in cited.items()),
        {number: tuple(names) for number, names in numbers.items()},
        tuple(
            Gate(owner.pack.head.id, duty.article, duty.text, owner.binding in ("direct", ""))
            for owner, duty in gates
        ),
        tuple((owner.pack.head.id, duty) for owner, duty in speaking),
    )


def numbers_of(duty: Duty, kinds: Kinds) -> Iterator[LawNumber]:
    """Yield the numbers that a duty sets."""
    found: dict[tuple[str, int, str], dict[Bilingual, None]] = {}
    for what, sign, name in thresholds(duty, kinds):
        param = duty.params[name]
        found.setdefault((sign, param.value, param.unit), {})[what] = None
    for number, counts in found.items():
        yield LawNumber(tuple(counts), *number, duty.force == "general", bool(triggers(duty).traits))
