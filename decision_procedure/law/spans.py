"""What the law asks of time between two moments, read off the compiled rules and the order of the steps.

Nothing here knows an article: it knows what the words of conditions ask of dates (`law.functions`, `law.passing`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from decision_procedure.law.language import parsed
from decision_procedure.law.linting import order_id
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.pack import Step
from decision_procedure.law.said import Article
from decision_procedure.model.kinds import Kinds

Count = Literal["order", "together", "days", "workdays", "workdays_within"]


class Instant(NamedTuple):
    """A date inside acts of a kind: `field` is the one that states it, `read` the one that rules read it as.

    `place` is the kind and the field, by which plans know it.
    """

    kind: str
    field: str
    read: str
    place: tuple[str, str]


class TimeDemand(NamedTuple):
    """What one rule asks of the time from `start` to `end`.

    `measure`: `order` (the next day at the earliest, since the order of two acts of one day is unknown), `together` (the
    same day will do), or what is counted. `least` and `most` are by the default reading; None: no such bound. `rule` is
    the duty or order edge, `net` that the days of supplement are not counted, `trigger` the duty on whose trigger it depends (None: on the acts alone).
    """

    rule: str
    pack: str
    article: Article
    measure: Count
    least: int | None
    most: int | None
    start: Instant
    end: Instant
    bearer: str
    trigger: Rule | None = None
    net: bool = False


@lru_cache(maxsize=64)
def demands_of(packs: tuple[Pack, ...]) -> tuple[TimeDemand, ...]:
    """Return everything that these instruments ask of time, each once."""
    steps: dict[str, Step] = {}
    for pack in packs:
        for step in pack.file.steps:
            steps.setdefault(step.id, step)
    found: dict[tuple[object, ...], TimeDemand] = {}
    for demand in map(_at_one_meeting, (*_of_edges(packs, steps), *_of_rules(packs, steps))):
        if demand.start.place != demand.end.place:
            found.setdefault((*demand[:8], demand.trigger and demand.trigger.id), demand)
    return tuple(found.values())


@lru_cache(maxsize=64)
def rules_by_name(packs: tuple[Pack, ...]) -> Mapping[str, Rule]:
    """Return the duties and tests of order of these instruments by their identifiers."""
    return {rule.id: rule for pack in packs for rule in pack.rules}


@lru_cache(maxsize=2048)
def instant(kinds: Kinds, kind: str, read: str) -> Instant:
    """Return the moment of a kind of act that rules read by a name such as `begun`; a date stated is its own."""
    model = kinds.acts[kind]
    derived = model.derived().get(read)
    field = derived.fields[0] if derived else read
    return Instant(kind, field, read, (kind, field))


def _of_edges(packs: Iterable[Pack], steps: Mapping[str, Step]) -> Iterator[TimeDemand]:
    for pack in packs:
        for edge in pack.file.order:
            before, after = steps[edge.before], steps[edge.after]
            name = f"{pack.head.id}.{edge.tested_by or order_id(edge)}"
            tested = pack.rule(name)
            trigger = tested if tested is not None and tested.when is not None else None
            for start in _ends(pack.kinds, before):
                for end in _begins(pack.kinds, after):
                    yield TimeDemand(
                        name, pack.head.id, edge.article, "order", 1, None, start, end, edge.bearer, trigger
                    )


def _at_one_meeting(demand: TimeDemand) -> TimeDemand:
    """Return a demand; discussion and decision may fall on the day of one meeting (`semantics.md` section 1)."""
    if demand.measure == "order" and (demand.start.kind, demand.end.kind) == ("deliberation", "decision"):
        return demand._replace(measure="together", least=0)
    return demand


def _ends(kinds: Kinds, step: Step) -> Iterator[Instant]:
    yield from (instant(kinds, kind, step.at or "done") for kind in step.kinds if kind in kinds.acts)


def _begins(kinds: Kinds, step: Step) -> Iterator[Instant]:
    yield from (instant(kinds, kind, step.at or "begun") for kind in step.kinds if kind in kinds.acts)


def _of_rules(packs: Iterable[Pack], steps: Mapping[str, Step]) -> Iterator[TimeDemand]:
    for pack in packs:
        for rule in pack.rules:
            for kind in rule.per:
                yield from _TimeReader(rule, pack.kinds, kind).demands()
            yield from _of_whole(rule, pack, steps)


def _of_whole(rule: Rule, pack: Pack, steps: Mapping[str, Step]) -> Iterator[TimeDemand]:
    """Yield what a duty asks that says by when its step must be done, or how many days after another one."""
    duty, own = rule.duty, steps.get(rule.duty.step)
    made = (rule.id, pack.head.id, duty.article)
    if own is not None and duty.before is not None:
        for later in filter(None, (duty.before.strict, duty.before.implied)):
            step = steps.get(later)
            for start in _ends(pack.kinds, own) if step is not None else ():
                for end in _begins(pack.kinds, step) if step is not None else ():
                    yield TimeDemand(*made, "order", 1, None, start, end, duty.bearer, rule)
    if own is not None and duty.deadline is not None:
        limit = duty.params[duty.deadline.param]
        unit: Count = "workdays_within" if limit.unit == "工作日" else "days"
        for start in _ends(pack.kinds, steps[duty.deadline.after]):
            for end in _ends(pack.kinds, own):
                yield TimeDemand(*made, unit, None, limit.value, start, end, duty.bearer, rule)


class _TimeReader:
    """Reads what a rule on acts of one kind asks of time."""

    def __init__(self, rule: Rule, kinds: Kinds, kind: str) -> None:
        self._rule, self._kinds, self._kind = rule, kinds, kind
        self._params = {name: param.value for name, param in rule.duty.params.items()}

    def demands(self) -> Iterator[TimeDemand]:
        """Yield what the condition demands of every act."""
        yield from self._part(parsed(self._rule.duty.require), None)

    def _part(self, node: ast.expr, listed: str | None) -> Iterator[TimeDemand]:
        """Yield what a part asks; `listed` is the kind of the acts that `it` stands for (None: it stands for none)."""
        match node:
            case ast.BoolOp(ast.And(), parts):
                for part in parts:
                    yield from self._part(part, listed)
            case ast.Compare(ast.Call(ast.Name(word), [one, other]), [sign], [limit]):
                yield from self._counted(word, one, other, sign, limit, listed)
            case ast.Call(ast.Name("before"), [one, other]):
                yield from self._ordered(one, other, listed)
            case ast.UnaryOp(ast.Not(), ast.Call(ast.Name("before"), [one, other])):
                yield from self._ordered(other, one, listed)
            case ast.Call(ast.Name("any_of"), [ast.Call(ast.Name("acts"), kinds), condition]):
                named = [str(item.value) for item in kinds if isinstance(item, ast.Constant)]
                yield from self._part(condition, named[0])
            case ast.Compare(
                ast.Call(ast.Name("last_opinion"), [ast.Constant(str(kind)), *_]), [ast.Eq()], _
            ):
                end = instant(self._kinds, self._kind, "begun")
                yield self._made("order", 1, None, instant(self._kinds, kind, "done"), end)

    def _counted(
        self, word: str, one: ast.expr, other: ast.expr, sign: ast.cmpop, limit: ast.expr, listed: str | None
    ) -> Iterator[TimeDemand]:
        count, number = _COUNTS.get(word), number_in(limit, self._params)
        start, end = self._moment(one, listed), self._moment(other, listed)
        if count is None or number is None or start is None or end is None:
            return
        number += {ast.Gt: 1, ast.Lt: -1}.get(type(sign), 0)
        net = word in NET
        if isinstance(sign, ast.GtE | ast.Gt):
            yield self._made(count, number, None, start, end)._replace(net=net)
        elif isinstance(sign, ast.LtE | ast.Lt):
            yield self._made(count, None, number, start, end)._replace(net=net)

    def _ordered(self, one: ast.expr, other: ast.expr, listed: str | None) -> Iterator[TimeDemand]:
        start, end = self._moment(one, listed), self._moment(other, listed)
        if start is not None and end is not None:
            yield self._made("order", 1, None, start, end)

    def _made(
        self, count: Count, least: int | None, most: int | None, start: Instant, end: Instant
    ) -> TimeDemand:
        rule = self._rule
        trigger = rule if rule.when is not None else None
        return TimeDemand(
            rule.id,
            rule.pack.head.id,
            rule.duty.article,
            count,
            least,
            most,
            start,
            end,
            rule.duty.bearer,
            trigger,
        )

    def _moment(self, node: ast.expr, listed: str | None) -> Instant | None:
        match node:
            case ast.Attribute(ast.Name("act"), name):
                return instant(self._kinds, self._kind, name)
            case ast.Attribute(ast.Name("it"), name) if listed is not None:
                return instant(self._kinds, listed, name)
            case ast.Call(ast.Name("first_meeting")):
                return instant(self._kinds, "deliberation", "begun")
            case ast.Call(ast.Name("first_date"), [ast.Constant(str(kind))]):
                return instant(self._kinds, kind, "begun")
        return None


_COUNTS: Mapping[str, Count] = {
    "days": "days",
    "lead_days": "days",
    "workdays": "workdays",
    "workdays_within": "workdays_within",
    "workdays_net": "workdays_within",
    "workdays_left_net": "workdays",
}
NET = frozenset({"workdays_net", "workdays_left_net"})
"""The words that do not count the days on which material was out for supplement."""


__all__ = [
    "NET",
    "Count",
    "Instant",
    "TimeDemand",
    "demands_of",
    "instant",
    "rules_by_name",
]


def number_in(node: ast.expr, params: Mapping[str, int]) -> int | None:
    """Return the number that a part of a condition is: written there, or one of its parameters; None: it is none."""
    match node:
        case ast.Constant(int(number)):
            return number
        case ast.Attribute(ast.Name("params"), name):
            return params.get(name)
    return None
