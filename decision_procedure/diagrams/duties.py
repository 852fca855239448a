"""What the law says about each step: articles, numbers, and whether every decision needs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from decision_procedure.diagrams.state import shown_steps
from decision_procedure.diagrams.words import articles, say
from decision_procedure.graph import Procedure
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Duty, Step

_POSITIVE = re.compile(r"(?<!not )traits\.")
_BOUND = re.compile(r"(>=|<=)\s*params\.(\w+)")


class StepLaw(NamedTuple):
    """One step as the law has it.

    `need` is mandatory, conditional (on a trait of the matter) or optional. `numbers` are the statutory
    numbers with their unit, `basis` the articles of its duties.
    """

    step: Step
    need: str
    basis: str
    numbers: tuple[str, ...]
    duties: tuple[str, ...]


class ProcedureLaw(NamedTuple):
    """A procedure with the instruments it comes from; `name` says of which place and day it is."""

    procedure: Procedure
    packs: tuple[Pack, ...]
    name: str = ""

    def steps(self, lang: str) -> dict[str, StepLaw]:
        """Return the steps shown, in the order of the law."""
        shown = shown_steps(self.procedure)
        found: dict[str, list[tuple[Pack, Duty]]] = {name: [] for name in shown}
        for pack in self.packs:
            for duty in pack.file.duties:
                found.setdefault(self._shown(duty.step, shown), []).append((pack, duty))
        return {name: self._step(step, found[name], lang) for name, step in shown.items()}

    def titles(self, lang: str) -> tuple[str, ...]:
        """Return the titles of the instruments, with their numbers."""
        return tuple(f"{pack.head.title.text(lang)}({pack.head.number})" for pack in self.packs)

    def _shown(self, name: str, shown: dict[str, Step]) -> str:
        if name in shown or name not in self.procedure.steps:
            return name
        kinds = self.procedure.steps[name].kinds
        return next((other for other, step in shown.items() if step.kinds == kinds), name)

    def _step(self, step: Step, duties: list[tuple[Pack, Duty]], lang: str) -> StepLaw:
        local = {duty.id: duty for pack in self.packs for duty in pack.file.duties}
        required = [local[name] for name in step.required_by if name in local]
        cited: dict[str, tuple[str, ...]] = {}
        for pack in self.packs:
            own = tuple(duty.article for owner, duty in duties if owner is pack)
            own += tuple(duty.article for duty in required if duty in pack.file.duties)
            if own:
                cited[pack.head.id] = own
        main = next((pack.head.id for pack in self.packs if step in pack.file.steps), "")
        basis = [articles(cited.pop(main), lang)] if main in cited else []
        if cited:
            basis.append(say("more_instruments", lang, len(cited)))
        numbers = dict.fromkeys(text for _, duty in duties for text in _numbers(duty, lang))
        return StepLaw(
            step,
            need_of(required),
            ("、" if lang == "zh" else ", ").join(basis),
            tuple(numbers),
            tuple(duty.id for _, duty in duties),
        )


def need_of(required: Sequence[Duty]) -> str:
    """Return whether duties make a step mandatory, conditional on a trait, or (without duties) leave it optional.

    A duty that only an exception lifts (`not traits.…`) is mandatory.
    """
    if not required:
        return "optional"
    conditional = all(duty.when is not None and _POSITIVE.search(duty.when) for duty in required)
    return "conditional" if conditional else "mandatory"


def bounds(duty: Duty) -> Iterable[tuple[str, int, str]]:
    """Yield the numbers that a duty sets, as sign (`≥` or `≤`), value and unit."""
    for sign, name in dict.fromkeys(_BOUND.findall(duty.require)):
        if name in duty.params:
            yield ("≥" if sign == ">=" else "≤"), duty.params[name].value, duty.params[name].unit


def _numbers(duty: Duty, lang: str) -> Iterable[str]:
    general = {"zh": "一般", "en": "in general "}[lang] if duty.force == "general" else ""
    for sign, value, unit in bounds(duty):
        gap = "" if lang == "zh" else " "
        yield f"{general}{sign}{gap}{value}{gap}{say(unit, lang)}"
