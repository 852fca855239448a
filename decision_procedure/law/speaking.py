"""The order of speaking at a meeting, and whose word counts in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from decision_procedure.law.arguments import subject
from decision_procedure.law.evidence import Node, Tree, Truth
from decision_procedure.law.language import Compile, Compiled, Frame, Scope, bad
from decision_procedure.law.leaves import field_node
from decision_procedure.law.types import Bool, Many, Text
from decision_procedure.law.words import FurtherReads, word
from decision_procedure.model.posts import leads

_ASIDE = frozenset(("attending", "recorder"))
_MEMBERS = frozenset(("chief", "member"))


@word("last_speaker", FurtherReads(("act.attendees.person", "act.attendees.role")))
def last_speaker(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`last_speaker(order, person)`: no member of the body spoke after the person.

    Who is recorded as sitting in or as taking the record does not count; a recorded member does, and so does
    who surely held a leader's post in the deciding body that day; of any other it is unknown, also where the
    list of those present is whole. True only over a whole list in which the person speaks once. A person who
    spoke earlier as well leaves it unknown: whether that was a view, the list does not say.
    """
    if len(call.args) != 2:
        raise bad(call, "应有两个参数", "two arguments are wanted")
    if scope.act != ("deliberation",):
        raise bad(call, "只用于集体讨论", "it is for deliberations only")
    order, person = compile_(call.args[0], scope), compile_(call.args[1], scope)
    if not isinstance(order.kind, Many) or not isinstance(person.kind, Text):
        raise bad(call, "参数类型不符", "wrong types of arguments")
    zh, en = subject(person)
    node = Node("last_speaker", ast.unparse(call), f"{zh}末位发言", f"{en} speaks last")

    def run(frame: Frame) -> Tree:
        spoke, who = order.run(frame), person.run(frame)
        truth = _spoke_last(frame, (spoke.value, spoke.truth), who.value)
        unsettled = () if truth is not None else tuple(_unsettled(frame, spoke.value, who.value))
        return Tree(node, truth, truth, None, (spoke, who, *unsettled))

    return Compiled(
        Bool(), node, run, lambda frame: _spoke_last(frame, order.decide(frame), person.decide(frame))
    )


def _spoke_last(frame: Frame, speakers: tuple[tuple[str, ...], Truth], who: str | None) -> Truth:
    names, whole = speakers
    if who is None or who not in names:
        return None
    later = {_counts(frame, name) for name in _after(names, who)}
    if True in later:
        return False
    return True if None not in later and whole and names.count(who) == 1 else None


def _after(names: tuple[str, ...], who: str) -> tuple[str, ...]:
    """Return who spoke after the last word of a person."""
    return names[len(names) - names[::-1].index(who) :]


def _counts(frame: Frame, name: str) -> Truth:
    """Say whether a person's word counts in the order of speaking; None: the record does not settle it."""
    roles = {attendee.role for attendee in frame.act.attendees if attendee.person == name}
    if roles & _ASIDE:
        return None if roles & _MEMBERS else False
    return True if roles & _MEMBERS or _leads(frame, name) else None


def _leads(frame: Frame, name: str) -> bool:
    decision = frame.facts.decision
    people = [person for person in decision.people if person.id == name]
    return any(leads(person, decision.body.unit, frame.act.date) for person in people)


def _unsettled(frame: Frame, names: tuple[str, ...], who: str | None) -> Iterator[Tree]:
    """Yield what the record leaves out about those who spoke after the person."""
    if who is None or who not in names:
        return
    for name in dict.fromkeys(_after(names, who)):
        if _counts(frame, name) is None:
            yield Tree(_ROLE, None, None, _place_of_role(frame, name), ())


def _place_of_role(frame: Frame, name: str) -> Any:
    for index, attendee in enumerate(frame.act.attendees):
        if attendee.person == name:
            return ((frame.at, "attendees", index), "role")
    return (frame.at, "attendees")


_ROLE = field_node("role")
