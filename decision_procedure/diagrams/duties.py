"""What the law in force says about each step: whether it is needed, where it says so, its numbers, its gates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from decision_procedure.diagrams.governing import Governing, Instrument
from decision_procedure.diagrams.numbers import Number, numbers_of
from decision_procedure.graph import Procedure
from decision_procedure.law.gates import gated_step
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Duty, Step
from decision_procedure.model.keys import key_label
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.vocabulary import label
from decision_procedure.reporting.steps import drawn_steps
from decision_procedure.wording import Words, say

_TRAIT = re.compile(r"(?<!not )traits\.(\w+)")
_HELD = re.compile(r"(?<!not )held\(([^)]*)\)")
_CLASS = re.compile(r'decision\.matter_class == "(\w+)"')
_DONE = re.compile(r"(?:held|acts)\(([^)]*)\)")
_BINDINGS = ("direct", "", "reference", "uncertain", "internal")


class ProcedureLaw(NamedTuple):
    """A procedure with all the instruments of a place, whatever their dates; `name` says of whom it is."""

    procedure: Procedure
    packs: tuple[Pack, ...]
    name: str = ""


class Cited(NamedTuple):
    """Articles of one instrument, as its file cites them."""

    instrument: str
    articles: tuple[str, ...]


class Gate(NamedTuple):
    """A duty that forbids the step until it is met; one that does not bind the body directly closes nothing."""

    instrument: str
    article: str
    text: str
    direct: bool

    @property
    def name(self) -> str:
        """The word for it: `gate`, or `precondition` where it closes nothing."""
        return "gate" if self.direct else "precondition"


class StepLaw(NamedTuple):
    """One step as the law has it.

    `need` is mandatory, conditional or optional; `when` names what a conditional step
    depends on, for each duty that demands it, the shortest first. `binding` is the strongest with which an instrument binds
    the body to it. `numbers` are the statutory numbers, each with
    the instruments that set it. `duties` are those of the step, with the identifiers of their instruments.
    """

    step: Step
    need: str
    when: tuple[tuple[str, ...], ...]
    binding: str
    cited: tuple[Cited, ...]
    numbers: Mapping[Number, tuple[str, ...]]
    gates: tuple[Gate, ...]
    duties: tuple[tuple[str, Duty], ...]


Owned = tuple[Instrument, Duty]


def steps_of(law: Governing, lang: str) -> dict[str, StepLaw]:
    """Return the steps on which a duty in force bears, in the order of the law."""
    shown = drawn_steps(Procedure(law.steps, ()))
    own = list(duties_in_force(law))
    on: dict[str, list[Owned]] = {}
    gates: dict[str, list[Owned]] = {}
    for item in own:
        on.setdefault(shown_as(item[1].step, law.steps, shown), []).append(item)
        if item[1].closes is not None:
            gates.setdefault(gated_step(item[1].closes), []).append(item)
    named = {
        (owner.pack.head.id, name, step.id)
        for owner in law.instruments
        for step in owner.pack.file.steps
        for name in step.required_by
    }
    found = {}
    for name, step in shown.items():
        required = [
            (owner, duty)
            for owner, duty in own
            if (owner.pack.head.id, duty.id, name) in named or _demands(duty, step)
        ]
        speaking = _distinct([*on.get(name, ()), *required, *gates.get(name, ())])
        if speaking:
            found[name] = _step(step, speaking, required, gates.get(name, ()), law.steps, lang)
    return found


def duties_in_force(law: Governing) -> Iterator[Owned]:
    """Yield the duties of the instruments that govern, but for those that give way to others."""
    for item in law.instruments:
        for duty in item.pack.file.duties:
            if f"{item.pack.head.id}.{duty.id}" not in law.replaced:
                yield item, duty


def shown_as(name: str, steps: Mapping[str, Step], shown: Mapping[str, Step]) -> str:
    """Return the step that stands for a step in a picture: a moment of an act is part of the act."""
    if name in shown or name not in steps:
        return name
    return next((other for other, step in shown.items() if step.kinds == steps[name].kinds), name)


def need_of(required: Sequence[Duty]) -> str:
    """Return whether duties make a step mandatory, conditional on the matter, or (without duties) leave it optional.

    A duty that only an exception lifts (`not traits.…`) is mandatory.
    """
    if not required:
        return "optional"
    return "conditional" if all(_depends(duty) for duty in required) else "mandatory"


def _step(
    step: Step, speaking: Sequence[Owned], required: Sequence[Owned], gates: Sequence[Owned],
    steps: Mapping[str, Step], lang: str,
) -> StepLaw:  # fmt: skip
    cited: dict[str, dict[str, None]] = {}
    numbers: dict[Number, dict[str, None]] = {}
    for owner, duty in speaking:
        cited.setdefault(owner.pack.head.id, {})[duty.article] = None
        for number in numbers_of(duty, lang):
            numbers.setdefault(number, {})[owner.pack.head.id] = None
    for number in [
        item for item in numbers if item.conditional and item._replace(conditional=False) in numbers
    ]:
        numbers[number._replace(conditional=False)].update(numbers.pop(number))
    need = need_of([duty for _, duty in required])
    conditions = [tuple(_conditions(duty, steps, lang)) for _, duty in required]
    deciding = [owner for owner, duty in required if need == "conditional" or not _depends(duty)]
    bindings = [owner.binding for owner in deciding or [owner for owner, _ in speaking]]
    return StepLaw(
        step,
        need,
        tuple(dict.fromkeys(sorted(conditions, key=len))) if need == "conditional" else (),
        min(bindings, key=_BINDINGS.index),
        tuple(Cited(name, tuple(articles)) for name, articles in cited.items()),
        {number: tuple(names) for number, names in numbers.items()},
        tuple(
            Gate(owner.pack.head.id, duty.article, duty.text.text(lang), owner.binding in ("direct", ""))
            for owner, duty in gates
        ),
        tuple((owner.pack.head.id, duty) for owner, duty in speaking),
    )


def _distinct(items: Iterable[Owned]) -> list[Owned]:
    return list({id(duty): (owner, duty) for owner, duty in items}.values())


def _demands(duty: Duty, step: Step) -> bool:
    """Say whether a duty demands that a step be done at all: outright, or before a gate opens."""
    if duty.effect == "practice" or duty.force in ("may", "principle"):
        return False
    if duty.requires_step is not None:
        return duty.requires_step == step.id
    here = duty.step == step.id if duty.per == "decision" else duty.effect == "gate"
    return here and step.at is None and step.kinds[0] in kinds_in(_DONE.findall(duty.require))


def kinds_in(arguments: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of act that arguments of `acts(…)` and `held(…)` name."""
    return tuple(re.findall(r'"(\w+)"', " ".join(arguments)))


def _depends(duty: Duty) -> bool:
    return duty.when is not None and any(pattern.search(duty.when) for pattern in (_TRAIT, _HELD, _CLASS))


def _conditions(duty: Duty, steps: Mapping[str, Step], lang: str) -> Iterator[str]:
    """Yield what must be so for a duty to apply, in words."""
    text = duty.when or ""
    for name in _TRAIT.findall(text):
        yield key_label(name, lang)
    for name in _CLASS.findall(text):
        yield label("matter_class", name, lang)
    if held := kinds_in(_HELD.findall(text)):
        whole = [step.name.text(lang) for step in steps.values() if step.kinds == held and not step.at]
        names = whole[:1] or [SHIPPED.name(kind, lang) for kind in held]
        yield say("diagram.once_held", lang, steps=Words(lang).listed(names))
