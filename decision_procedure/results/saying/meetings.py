"""Meetings in a sentence: who spoke last, what a decision rests on, what was found of the risk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from decision_procedure.law.evidence import Tree, Truth, value_data
from decision_procedure.results.saying.clauses import Clause

if TYPE_CHECKING:
    from decision_procedure.results.saying.facts import Clauses

_MEETINGS = ("executive", "plenary")
_ASIDE = frozenset(("attending", "recorder"))


def last_speaker(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield in which place somebody spoke, and who spoke after that."""
    order, who, *unsettled = tree.children
    called, about = facts.called, facts.about(order.place)
    names, person = list(value_data(order.value) or ()), value_data(who.value)
    if tree.truth is None:
        yield from _speaking_open(facts, order, who, unsettled, names)
        return
    speaker = called.value(person, who.place)
    if tree.truth is True:
        yield Clause(about, called.say("spoke_last", who=speaker))
        return
    number, after = spoken_after(facts, tree)
    yield Clause("", called.say("spoke_earlier", meeting=about, who=speaker, number=number, after=after))


def spoken_after(facts: Clauses, tree: Tree) -> tuple[int, str]:
    """Return in what place somebody spoke last, and which others spoke after that, but for who only sat in or wrote."""
    order, who = tree.children[:2]
    names, person = list(value_data(order.value) or ()), value_data(who.value)
    meeting = facts.called.acts.get(facts.tested or "")
    roles: dict[str | None, set[str | None]] = {}
    for attendee in getattr(meeting, "attendees", ()):
        roles.setdefault(attendee.person, set()).add(attendee.role)
    last = len(names) - 1 - names[::-1].index(person)
    after = [name for name in names[last + 1 :] if not roles.get(name, {None}) <= _ASIDE]
    return last + 1, facts.called.words.listed(facts.called.value(name, order.place) for name in after)


def _speaking_open(
    facts: Clauses, order: Tree, who: Tree, unsettled: list[Tree], names: list[str]
) -> Iterator[Clause]:
    called, about = facts.called, facts.about(order.place)
    if who.value is None:
        yield facts.open_field(who)
    if not names:
        yield Clause(about, called.field(order.place), open=True)
    elif unsettled:
        for part in unsettled:
            member = called.member(part.place)
            yield Clause(
                about,
                called.say("whether_counts", who=member) if member else called.field(part.place),
                open=True,
            )
    elif who.value is not None:
        yield Clause(about, called.say("whether_whole", list=called.field(order.place)), open=True)


def decided(facts: Clauses, tree: Tree, truth: Truth) -> Iterator[Clause]:
    """Yield on what meeting a decision rests, or that it rests on none."""
    called, state = facts.called, value_data(tree.value)
    decision = called.act(facts.tested or "")
    kinds = [part for part in tree.children if part.node.text == "meeting_type"]
    if truth is True:
        for part in kinds:
            yield facts.word_of(part)
        return
    others = [part for part in kinds if value_data(part.value) not in (None, *_MEETINGS)]
    if state == "for_a_person":
        yield from _for_a_person(facts, kinds, decision)
        return
    if state is not None or not kinds:
        yield Clause("", called.say("no_meeting", decision=decision), open=False)
    for part in others:
        value = called.value(part.value, part.place)
        yield Clause("", called.say("meeting_is", meeting=facts.about(part.place), kind=value))
    if state is None:
        for part in tree.children:
            if part.node.text == "meeting_type" and part.value is None:
                yield facts.open_field(part)
            elif part.node.operator == "before" and part.truth is None:
                yield from facts.of(part)
            elif part.node.operator == "acts":
                what = called.kind("deliberation")
                yield Clause("", called.say("whether_other", what=what), open=True)


def _for_a_person(facts: Clauses, kinds: list[Tree], decision: str) -> Iterator[Clause]:
    called = facts.called
    for part in kinds[-1:]:
        found = called.parsed(part.place)
        meeting = None if found is None or found.act is None else called.acts.get(found.act)
        absent = getattr(meeting, "chief_present", None) is False
        key = "chief_absent" if absent else "discussed_for_a_person"
        yield Clause("", called.say(key, meeting=facts.about(part.place), decision=decision))


def risk(facts: Clauses, tree: Tree, truth: Truth) -> Iterator[Clause]:
    """Yield what the last meeting found of the risk before the decision tested."""
    called = facts.called
    found = [part for part in tree.children if part.node.text == "risk_finding"]
    if truth is False and found:
        value = called.value(found[-1].value, found[-1].place)
        decision = called.acts.get(facts.tested or "")
        day = "" if decision is None or decision.date is None else called.day(decision.date)
        meeting = facts.about(found[-1].place)
        yield Clause("", called.say("risk_not_controllable", finding=value, meeting=meeting, day=day))
        return
    for part in found:
        yield facts.word_of(part)
    for part in tree.children:
        if part.node.operator == "before" and part.truth is None:
            yield from facts.of(part)
    if truth is None and not found:
        yield Clause("", called.kinds.key_name("risk_finding", called.lang), open=True)


def outcome(facts: Clauses, tree: Tree, truth: Truth) -> Iterator[Clause]:
    """Yield what the last decision before the act tested came to."""
    called = facts.called
    for part in tree.children:
        if part.node.text == "outcome" and part.value is None:
            yield facts.open_field(part)
        elif part.node.text == "outcome":
            value = called.value(part.value, part.place)
            yield Clause("", called.say("last_outcome", decision=facts.about(part.place), outcome=value))


def prepared(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield in what act before the decision a body had argued or assessed."""
    called, (body, *works) = facts.called, tree.children
    if tree.truth is None:
        yield from map(
            facts.open_field, [body] if body.value is None else [part for part in works if part.value is None]
        )
        if body.value is not None and not any(part.value is None for part in works):
            kinds = called.words.listed(map(called.kind, ("expert_review", "risk_assessment")))
            yield Clause("", called.say("whether_other", what=kinds), open=True)
        return
    name = called.value(body.value, body.place)
    acts = [called.act(found.act) for part in works if (found := called.parsed(part.place)) and found.act]
    if acts:
        listed = called.words.listed(dict.fromkeys(acts))
        yield Clause("", called.say("did_work", body=name, act=listed))
    else:
        yield Clause("", called.say("worked_before", body=name))


def no_earlier(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield that there may have been an earlier meeting than those on record."""
    if tree.truth is None:
        what = facts.called.kind("deliberation")
        yield Clause("", facts.called.say("whether_other", what=what), open=True)
