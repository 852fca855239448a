"""What a duty asks, read off its parsed conditions: on what it depends, what it wants before an act, its numbers."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from decision_procedure.clock import Span, days_between, lead_days, workdays_left
from decision_procedure.law.language import parsed
from decision_procedure.law.pack import Duty, Step
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.kinds import Kinds
from decision_procedure.model.vocabulary import label
from decision_procedure.wording import Bilingual, Words, say

_SPANS = ("workdays", "workdays_within", "workdays_net", "days_within", "workdays_left_net")
LEAST: Mapping[str, Callable[[PartialDate, PartialDate], Span]] = {
    "days": days_between, "lead_days": lead_days, "workdays": workdays_left, "workdays_left_net": workdays_left,
}  # fmt: skip
"""The words by which a duty sets a least span, with how each counts; those of `spans.NET` take off the supplement."""
_SIGNS: dict[type[ast.cmpop], str] = {ast.GtE: "at_least", ast.Lt: "within", ast.LtE: "within"}


class Triggers(NamedTuple):
    """What a duty depends on: traits and classes of the matter, and kinds of act of which one took place.

    With the traits stand what the catalogue says of the matter, and what an act that the duty looks for has.
    """

    traits: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    held: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((*self,))

    def said(self, steps: Mapping[str, Step], kinds: Kinds) -> tuple[Bilingual, ...]:
        """Return each of them in words; kinds of act that make up one of the steps go by its name."""
        whole = [step.name for step in steps.values() if step.kinds == self.held and not step.at][:1]

        def held(lang: str) -> str:
            names = [name.text(lang) for name in whole] or [kinds.name(kind, lang) for kind in self.held]
            return say("condition.once_held", lang, steps=Words(lang).listed(names))

        return (
            *(Bilingual(*kinds.key_names(name)) for name in self.traits),
            *(Bilingual.by(partial(label, "matter_class", name)) for name in self.classes),
            *([Bilingual.by(held)] if self.held else ()),
        )


class Period(NamedTuple):
    """A least span on an act from a day of it; `until` is another day of it, None the meeting that follows."""

    span: str
    start: str
    until: str | None
    param: str


def triggers(duty: Duty) -> Triggers:
    """Return on what a duty depends; false where only an exception (`not …`) lifts it, or nothing does."""
    return Triggers() if duty.when is None else _triggers(duty.when)


@lru_cache(maxsize=1024)
def _triggers(when: str) -> Triggers:
    traits, classes, held = list[str](), list[str](), list[str]()
    for node in _asked(parsed(when)):
        match node:
            case ast.Attribute(ast.Name("traits" | "it"), name):
                traits.append(name)
            case ast.Attribute(ast.Attribute(ast.Name("decision"), "catalogue"), name):
                traits.append(name)
            case ast.Compare(ast.Attribute(attr="matter_class"), [ast.Eq()], [ast.Constant(str(name))]):
                classes.append(name)
            case ast.Call(ast.Name("held"), kinds):
                held += _words(kinds)
    return Triggers(*(tuple(dict.fromkeys(names)) for names in (traits, classes, held)))


def kinds_before(duty: Duty) -> tuple[str, ...]:
    """Return the kinds of act that a duty wants before the act tested; empty where it wants none."""
    ordered = any(map(_looks_back, _parts(duty)))
    return _kinds(duty, "acts", "last_opinion") if ordered else ()


def thresholds(duty: Duty, kinds: Kinds) -> list[tuple[Bilingual, str, str]]:
    """Return the numbers that a duty sets, of alternatives the outermost.

    Each is what it counts, how (`at_least`, `lead` or `within`), and the name of its parameter.
    """
    found = [
        (
            Bilingual.by(partial(_counted, left, duty, kinds)),
            "lead" if _called(left) == "lead_days" else sign,
            param,
        )
        for left, operator, param in _compared(duty)
        if (sign := _SIGNS.get(type(operator)))
    ]
    return found[:1] if any(_called(node) == "first_known" for node in _parts(duty)) else found


def periods(duty: Duty) -> Iterator[Period]:
    """Yield the least spans that a duty wants from a day of the act tested."""
    for left, sign, param in _compared(duty):
        match left, sign:
            case (
                ast.Call(ast.Name(span), [ast.Attribute(ast.Name("act"), start), end]),
                ast.GtE(),
            ) if span in LEAST:
                match end:
                    case ast.Attribute(ast.Name("act"), until):
                        yield Period(span, start, until, param)
                    case ast.Attribute(ast.Name("it")) | ast.Call(ast.Name("first_meeting")):
                        yield Period(span, start, None, param)


def _asked(tree: ast.AST, asked: bool = True) -> Iterator[ast.AST]:
    """Yield the parts of a condition that it asks for, in the order written; none under a single `not`."""
    if asked:
        yield tree
    turns = isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not)
    for part in ast.iter_child_nodes(tree):
        yield from _asked(part, asked is not turns)


def _compared(duty: Duty) -> Iterator[tuple[ast.expr, ast.cmpop, str]]:
    """Yield what is compared with a parameter, how, and the parameter, the outermost first."""
    for node in _parts(duty):
        match node:
            case ast.Compare(left, [sign], [ast.Attribute(ast.Name("params"), name)]):
                yield left, sign, name


def _counted(left: ast.expr, duty: Duty, kinds: Kinds, lang: str) -> str:
    """Return what is counted: a field, the length of an act, the time before it, the time between two things."""
    if not isinstance(left, ast.Call):
        return _end(left, duty, kinds, lang)
    if _called(left) == "days" and duty.per != "decision":
        return kinds.name(duty.per[0], lang)
    first, *last = [_end(item, duty, kinds, lang) for item in left.args]
    return first if _called(left) not in _SPANS else say("condition.from_to", lang, first=first, last=last[0])


def _end(item: ast.expr, duty: Duty, kinds: Kinds, lang: str) -> str:
    if _called(item) == "first_meeting":
        return kinds.name("deliberation", lang)
    if isinstance(item, ast.Call) and _called(item) == "period_end":
        return say("condition.end_of", lang, act=kinds.name(next(_words(item.args)), lang))
    if not isinstance(item, ast.Attribute):
        return ast.unparse(item)
    if isinstance(item.value, ast.Name) and item.value.id == "it":
        named = _kinds(duty, "acts")
        return kinds.name(named[0], lang) if named else kinds.key_name(item.attr, lang)
    if item.attr in ("date", "done", "begun"):
        return kinds.name(duty.per[0], lang)
    return kinds.key_name(item.attr, lang).removesuffix("日期").removesuffix(" date")


def _parts(duty: Duty) -> tuple[ast.AST, ...]:
    return _walked(duty.require)


@lru_cache(maxsize=1024)
def _walked(require: str) -> tuple[ast.AST, ...]:
    """Return the parts of a condition, the outermost first."""
    return tuple(ast.walk(parsed(require)))


def _kinds(duty: Duty, *functions: str) -> tuple[str, ...]:
    """Return the kinds of act that a duty looks for by these functions."""
    calls = (node for node in _parts(duty) if isinstance(node, ast.Call) and _called(node) in functions)
    return tuple(kind for call in calls for kind in _words(call.args))


def _looks_back(node: ast.AST) -> bool:
    """Say whether a part wants an act to have come before the act tested."""
    match node:
        case ast.Call(ast.Name("last_opinion")):
            return True
        case ast.Call(ast.Name("before"), [ast.Attribute(ast.Name("it")), ast.Attribute(ast.Name("act"))]):
            return True
    return False


def _words(parts: Iterable[ast.expr]) -> Iterator[str]:
    """Yield the words written directly among parts."""
    return (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
