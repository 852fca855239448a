"""Which instruments govern a body on a day, and how each binds it: what the procedure is drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from decision_procedure.errors import UnusableArgument
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law, binding_of, in_force, scope_of
from decision_procedure.law.facts import Facts
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Duty
from decision_procedure.law.precedence import LEVELS
from decision_procedure.law.relations import replacements
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Body, Decision
from decision_procedure.model.divisions import level_of, place_name, short_code
from decision_procedure.model.vocabulary import label
from decision_procedure.results.report import Report
from decision_procedure.wording import LANGUAGES, Words, in_both

BINDINGS = ("direct", "", "reference", "uncertain", "internal")
"""How an instrument binds, the firmest first; empty where no body was named."""
_END = date(2199, 12, 31)


class Instrument(NamedTuple):
    """An instrument that governs.

    `binding` is direct, reference, internal or uncertain; empty where no body was named. `sure`: whether it
    surely was in force on the day, and is known to bind until now.
    """

    pack: Pack
    binding: str
    sure: bool

    def full(self, duty: Duty) -> str:
        """Return the full identifier of one of its duties."""
        return f"{self.pack.head.id}.{duty.id}"


@dataclass(frozen=True)
class Governing:
    """The law of one body on one day.

    `names` says whose law it is, in Chinese and English; `day` None: what is in force without end. `special`
    are procedures that govern only matters of their own kind. `procedure` has the steps that any of the
    instruments speaks of, in the order of the law, but not their order, which instruments may give otherwise;
    `replaced` are the duties that give way to others.
    """

    instruments: tuple[Instrument, ...]
    special: tuple[Pack, ...]
    names: tuple[str, str]
    day: PartialDate | None
    procedure: Procedure
    replaced: frozenset[str]

    def name(self, lang: str) -> str:
        """Return whose law of which day it is."""
        return " ".join(filter(None, (Words(lang).pair(self.names), self.day.text[:10] if self.day else "")))


def governing(source: Any, law: Law) -> Governing:
    """Return the law of a record, a report, a Procedure, or of a GB/T 2260 code or a Body on a day.

    A record is governed by the law of its last dated act before execution. Raises UnusableArgument for
    anything else.
    """
    if isinstance(source, Procedure):
        named = {instrument for instrument, _ in source.edges}
        packs = [pack for pack in law.packs if pack.head.id in named]
        return _governing(law, [Instrument(pack, "", sure=True) for pack in packs], (), ("", ""), None)
    if isinstance(source, Report):
        return _of_record(source.decision, law, PartialDate.on(date.fromisoformat(source.as_of)))
    if isinstance(source, Decision):
        return _of_record(source, law, None)
    if isinstance(source, tuple) and len(source) == 2 and isinstance(source[1], date):
        return _of_place(source[0], source[1], law)
    raise UnusableArgument(f"不能画成程序图 no procedure can be drawn of: {type(source).__name__}")


def body_of(
    code: str, *, name: str | None = None, level: str | None = None, kind: str = "government"
) -> Body:
    """Return the body of a place; its level is that of the place, its name made up from place, level and kind.

    Raises UnusableArgument for a code, a level or a kind that there is not.
    """
    code = short_code(code.strip())
    level = level or level_of(code)
    words = f"{place_name(code, LANGUAGES[0])}{label('level', level or '')}{label('body_kind', kind)}"
    try:
        return Body.model_validate(
            {"name": name or words, "level": level, "kind": kind, "code": code or None}
        )
    except ValidationError:
        raise UnusableArgument(f"没有这样的机关 no such body: {code[:20]} {level} {kind[:40]}") from None


def _of_place(where: Any, day: date, law: Law) -> Governing:
    if isinstance(where, Body):
        body, names = where, (where.name, where.name)
    else:
        code = str(where or "")
        names = in_both(lambda lang: place_name(code, lang))
        if not short_code(code.strip()):
            there = [pack for pack in law.packs if pack.head.place == "cn"]
            return _dated(law, [(pack, "") for pack in there], None, names, PartialDate.on(day))
        body = body_of(code)
    decision = Decision.model_validate({"schema": 1, "title": body.name, "body": body})
    return _dated(law, _binding(law, Facts(decision, day)), None, names, PartialDate.on(day))


def _of_record(decision: Decision, law: Law, as_of: PartialDate | None) -> Governing:
    late = {
        kind
        for pack in law.packs
        for step in pack.file.steps
        if step.phase == "execution"
        for kind in step.kinds
    }
    dated = [
        act.anchor for act in decision.acts if act.kind not in late and act.held is not False and act.anchor
    ]
    day = max(dated, key=lambda moment: moment.last, default=as_of)
    facts = Facts(decision, _END if day is None else date.fromordinal(day.last_day))
    return _dated(law, _binding(law, facts), facts, (decision.body.name, decision.body.name), day)


def _binding(law: Law, facts: Facts) -> list[tuple[Pack, str]]:
    found = [(pack, binding_of(pack, facts)) for pack in law.for_body(facts.decision)]
    return [(pack, binding) for pack, binding in found if binding != "not_bound"]


def _dated(
    law: Law, bound: Iterable[tuple[Pack, str]], facts: Facts | None, names: tuple[str, str], day: PartialDate | None
) -> Governing:  # fmt: skip
    """Return what of the instruments that bind is in force; special procedures only where a record is of their kind."""
    found, special = [], []
    for pack, binding in bound:
        force = pack.head.in_force_to is None if day is None else in_force(pack, day)
        if force is False:
            continue
        scope = "unclear" if facts is None else scope_of(pack, facts)[0]
        if pack.file.scope.belongs is not None and (facts is None or scope in ("out", "unstated")):
            special.append(pack)
        elif scope != "out":
            found.append(Instrument(pack, binding, force is True and pack.head.end_known))
    return _governing(law, found, special, names, day)


def _governing(
    law: Law, found: Iterable[Instrument], special: Iterable[Pack], names: tuple[str, str], day: PartialDate | None
) -> Governing:  # fmt: skip
    instruments = tuple(sorted(found, key=_place))
    spoken = {name for item in instruments for name in (item.pack.head.id, *item.pack.head.uses)}
    steps = Procedure.of(pack for pack in law.packs if pack.head.id in spoken).steps
    sure = {item.pack.head.id for item in instruments if item.sure}
    replaced = {
        name
        for name, items in replacements([item.pack for item in instruments]).items()
        for item in items
        if item.rule.pack.head.id in sure and not (item.only_where_it_applies and item.rule.when)
    }
    return Governing(instruments, tuple(special), names, day, Procedure(steps, ()), frozenset(replaced))


def _place(item: Instrument) -> tuple[object, ...]:
    head = item.pack.head
    since = head.in_force_from or head.in_force_by
    return (
        not item.pack.file.order,
        BINDINGS.index(item.binding),
        LEVELS.index(head.level),
        since.first if since else 0,
        head.id,
    )
