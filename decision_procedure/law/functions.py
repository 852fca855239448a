"""The functions that expressions may call, each with its counting rule; `words` says how one is declared."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from decision_procedure.clock import (
    Span,
    days_between,
    lead_days,
    returns_of,
    without_returns,
    workdays_left,
    workdays_within,
)
from decision_procedure.law import amounts, evaluating, lists, opinions, passing, speaking
from decision_procedure.law.arguments import act_kinds, inside_acts, subject, typed, words
from decision_procedure.law.drafts import MOST_DRAFTS_SHOWN, change_of
from decision_procedure.law.evidence import Node, Tree, Truth
from decision_procedure.law.language import (
    Compile,
    Compiled,
    Frame,
    Scope,
    bad,
    field,
    operation,
    presupposing,
    unknown,
)
from decision_procedure.law.leaves import field_node
from decision_procedure.law.lists import MANY
from decision_procedure.law.order import precedes
from decision_procedure.law.passage import passage_of
from decision_procedure.law.types import Bool, Moment, Number, Text
from decision_procedure.law.words import DECISIONS, DRAFTS, NEVER_FALSE, NOTHING, FurtherReads, Word, word
from decision_procedure.model.dates import MINUTES_A_DAY, NOT_DONE, PartialDate


@word("days", FurtherReads(DECISIONS, own=("begun", "round")))
def days(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`days(start, end)`: length of a comment period. Last day minus first; the other reading counts both.

    Where the decision came before the end (`act.end`), the days are counted up to it. A period whose end is
    denied has no end: how long it is, is unknown.
    """
    first, second = typed(call, scope, compile_, Moment, Moment)
    parts = [first, _up_to_decision(second) if second.node.text == "act.end" else second]
    return _measured(call, parts, days_between, "天数", "days", open_ended=True)


@word("lead_days", NOTHING)
def lead(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`lead_days(earlier, event)`: "N days before". Difference of dates; the other reading: clear days."""
    return _span(call, scope, compile_, lead_days, "提前天数", "days ahead")


@word("workdays", NOTHING)
def workdays(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`workdays(sent, meeting)`: working days left, both ends excluded; the other reading: meeting day in."""
    return _span(call, scope, compile_, workdays_left, "工作日", "working days")


@word("workdays_within", NOTHING)
def within(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`workdays_within(start, end)`: working days used up, first day out; the other reading: first day in.

    Where the end is denied, it took at least the days up to that on which the record was stated.
    """
    return _used_up(call, scope, compile_, workdays_within, "所用工作日", "working days used")


@word("days_within", NOTHING)
def within_days(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`days_within(start, end)`: days used up, first day out; the other reading: first day in. As `workdays_within`."""
    return _used_up(call, scope, compile_, days_between, "所用天数", "days used")


@word("period_end", FurtherReads(members=("begun", "done"), own=("begun",)))
def period_end(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`period_end("kind")`: the end of the one act of a kind during which the act tested began.

    Unknown where there is no such act, or it may be one of several.
    """
    (kind,) = act_kinds(call, scope)
    if not scope.act:
        raise bad(call, "须针对单个行为", "it is for duties on single acts")
    name, english = scope.kinds.names(kind)
    node = Node("period_end", ast.unparse(call), f"{name}结束", f"end of {english}")

    def found(frame: Frame) -> Any:
        start = frame.act.begun
        held = frame.facts.held((kind,))
        may = [
            act
            for act in held
            if precedes(start, act.begun) is not True and precedes(act.done, start) is not True
        ]
        return may[0] if start is not None and len(may) == 1 and _surely_during(start, may[0]) else None

    def read(frame: Frame) -> PartialDate | None:
        act = found(frame)
        return None if act is None else act.done

    def place(frame: Frame) -> Any:
        act = found(frame)
        return ("", f"acts({kind})") if act is None else (act.id, act.done_fields[0])

    return field(Moment(), node, read, place)


def _surely_during(moment: PartialDate, act: Any) -> bool:
    return precedes(moment, act.begun) is False and precedes(act.done, moment) is False


@word("workdays_net", FurtherReads(own=("returns",)))
def net(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`workdays_net(start, end)`: as `workdays_within`, without the working days while material was out for supplement.

    Those are the days after the act's material was returned, up to the day on which it came back; a return whose days
    are not recorded leaves the number open downwards.
    """
    return _less_returns(call, scope, compile_, workdays_within)


@word("workdays_left_net", FurtherReads(own=("returns",)))
def left_net(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`workdays_left_net(sent, meeting)`: as `workdays`, without the working days of supplement, as in `workdays_net`."""
    return _less_returns(call, scope, compile_, workdays_left)


def _less_returns(
    call: ast.Call,
    scope: Scope,
    compile_: Compile,
    measure: Callable[[PartialDate, PartialDate], Span],
) -> Compiled:
    parts = typed(call, scope, compile_, Moment, Moment)
    whole = _measured(call, parts, measure, "扣除补正后的工作日", "working days without those of supplement")
    (start, end) = (part.decide for part in parts)

    def less(frame: Frame, span: Any) -> Any:
        returns = returns_of(frame.act)
        if span is None or span == NOT_DONE or not returns:
            return span
        return without_returns(span, returns, start(frame), end(frame))

    def run(frame: Frame) -> Tree:
        node, value, truth, place, children = whole.run(frame)
        return Tree(node, less(frame, value), truth, place, children)

    return replace(whole, run=run, decide=lambda frame: less(frame, whole.decide(frame)))


@word("before", NOTHING)
def before(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`before(a, b)`: a certainly earlier than b. Two on one day without times, or in one minute: unknown.

    False, and not true when negated, if one of them is denied: what did not happen is in no order.
    """
    first, second = typed(call, scope, compile_, Moment, Moment)
    (zh, en), (zh_then, en_then) = subject(first), subject(second)
    node = Node("before", ast.unparse(call), f"{zh}早于{zh_then}", f"{en} before {en_then}")

    return presupposing(operation(Bool(), node, [first, second], precedes), [first, second], scope)


@word("same_body", NOTHING)
def same_body(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`same_body(a, b)`: two identifiers of units name the same body."""
    first, second = typed(call, scope, compile_, Text, Text)
    node = Node(
        "same",
        ast.unparse(call),
        f"{first.node.zh}与{second.node.zh}为同一单位",
        f"{first.node.en} and {second.node.en} are the same body",
    )

    def is_same(one: str | None, other: str | None) -> Truth:
        return None if one is None or other is None else one == other

    return operation(Bool(), node, [first, second], is_same)


@word("document", FurtherReads(("act.documents.kind",)), truths=NEVER_FALSE)
def document(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`document("kind", …)`: the act names a document of such a kind. Absence is unknown, never false."""
    kinds, known_kinds = words(call), scope.kinds.documents
    if not kinds or not scope.act:
        raise bad(call, "须写明文件种类，且针对单个行为", "kinds of document are wanted, on a single act")
    for kind in kinds:
        if kind not in known_kinds:
            raise unknown(call, "文件种类有误", "wrong kind of document", kind, known_kinds)
    wanted = frozenset(kinds)
    node = Node(
        "document",
        ast.unparse(call),
        "附有" + "或".join(scope.kinds.document_name(kind) for kind in kinds),
        "with " + " or ".join(scope.kinds.document_name(kind, "en") for kind in kinds),
    )

    def found(frame: Frame) -> str | None:
        held = frame.facts.documents
        return next((name for name in frame.act.documents if held[name].kind in wanted), None)

    def run(frame: Frame) -> Tree:
        name = found(frame)
        return Tree(node, name, name is not None or None, (frame.at, "documents"), ())

    return Compiled(Bool(), node, run, lambda frame: found(frame) is not None or None)


@word("known", NOTHING)
def known(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`known(date)`: the date is recorded. Absence is unknown, never false; a denied event has none: false."""
    (source,) = typed(call, scope, compile_, Moment)
    node = Node("known", ast.unparse(call), f"有{source.node.zh}", f"{source.node.en} recorded")

    return operation(Bool(), node, [source], _is_known)


def _is_known(date: PartialDate | None) -> Truth:
    return None if date is None else date != NOT_DONE


@word("same_draft", FurtherReads(DRAFTS, own=("draft",), item=("draft",)))
def same_draft(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`same_draft()`: the member and the act deal with one draft.

    Two drafts count as one while the later is recorded as not materially changed, or changed only as the review
    asked. A record that names only one draft, or none, speaks of one draft throughout; otherwise an unnamed
    draft is unknown.
    """
    inside_acts(call, scope)
    node = Node("same_draft", "same_draft()", "同一草案", "the same draft")

    def decide(frame: Frame) -> Truth:
        return passage_of(frame.facts).drafts.same(frame.item.draft, frame.act.draft)

    def run(frame: Frame) -> Tree:
        truth = decide(frame)
        children = tuple(_unnamed(frame)) if truth is None else ()
        passage = passage_of(frame.facts)
        unsaid = passage.drafts.unsaid(frame.item.draft, frame.act.draft, MOST_DRAFTS_SHOWN)
        children += tuple(change_of(draft, passage.drafts) for draft in unsaid)
        return Tree(node, truth, truth, (frame.item_at, "draft"), children)

    return Compiled(Bool(), node, run, decide)


@word("same_round", FurtherReads(own=("round",), item=("round",)))
def same_round(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`same_round()`: the member and the act belong to one round, or to rounds between which only a deferral lies."""
    inside_acts(call, scope)
    node = Node("same_round", "same_round()", "同一轮次", "the same round")

    def decide(frame: Frame) -> Truth:
        return passage_of(frame.facts, frame.act).linked(frame.item.round, frame.act.round)

    return field(Bool(), node, decide, lambda frame: (frame.item_at, "round"))


@word("first_known", NOTHING, conditions=(0, 1))
def first_known(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`first_known(a, b)`: the first condition whose truth is known; unknown when neither is."""
    parts = typed(call, scope, compile_, Bool, Bool)
    node = Node("first_known", ast.unparse(call), "依先明确者", "the first that is known")

    return operation(
        Bool(),
        node,
        parts,
        lambda one, other: other if one is None else one,
        counts_days=any(part.counts_days for part in parts),
    )


@word("in_whole_text", NOTHING, conditions=(0, 1))
def in_whole_text(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`in_whole_text(condition, complete)`: the condition; false when unknown although the text is whole."""
    stated, complete = typed(call, scope, compile_, Bool, Bool)
    node = Node("in_whole_text", ast.unparse(call), stated.node.zh, stated.node.en)

    def truth_of(frame: Frame, truth: Truth, is_whole: Truth) -> Truth:
        whole = is_whole is True or (is_whole is None and frame.facts.assume_complete)
        return False if truth is None and whole else truth

    def run(frame: Frame) -> Tree:
        one, other = stated.run(frame), complete.run(frame)
        truth = truth_of(frame, one.truth, other.truth)
        return Tree(node, truth, truth, None, (one, other))

    def decide(frame: Frame) -> Truth:
        return truth_of(frame, stated.decide(frame), complete.decide(frame))

    return Compiled(Bool(), node, run, decide, stated.counts_days)


def _span(
    call: ast.Call,
    scope: Scope,
    compile_: Compile,
    measure: Callable[[PartialDate, PartialDate], Any],
    zh: str,
    en: str,
) -> Compiled:
    return _measured(call, typed(call, scope, compile_, Moment, Moment), measure, zh, en)


def _measured(
    call: ast.Call,
    parts: list[Compiled],
    measure: Callable[[PartialDate, PartialDate], Any],
    zh: str,
    en: str,
    *,
    open_ended: bool = False,
) -> Compiled:
    (zh_from, en_from), (zh_to, en_to) = map(subject, parts)
    node = Node("days", ast.unparse(call), f"自{zh_from}至{zh_to}的{zh}", f"{en} from {en_from} to {en_to}")

    def measured(one: PartialDate | None, other: PartialDate | None) -> Any:
        if one == NOT_DONE or other == NOT_DONE:
            return None if open_ended and one != NOT_DONE else NOT_DONE
        return None if one is None or other is None else measure(one, other)

    return operation(Number(days=True), node, parts, measured, counts_days=True)


def _used_up(
    call: ast.Call,
    scope: Scope,
    compile_: Compile,
    measure: Callable[[PartialDate, PartialDate], Span],
    zh: str,
    en: str,
) -> Compiled:
    """Return how long something took; where it was not done, at least as long as the record answers for."""
    spent = _span(call, scope, compile_, measure, zh, en)
    start, end = typed(call, scope, compile_, Moment, Moment)

    def so_far(frame: Frame, value: Any) -> Any:
        began = start.decide(frame)
        if began is None or began == NOT_DONE or end.decide(frame) != NOT_DONE:
            return value
        least = measure(began, PartialDate.on(date.fromordinal(frame.facts.limit // MINUTES_A_DAY)))
        return Span(least.low, MANY, least.other_low, MANY)

    def run(frame: Frame) -> Tree:
        node, value, truth, place, children = spent.run(frame)
        return Tree(node, so_far(frame, value), truth, place, children)

    return Compiled(spent.kind, spent.node, run, lambda frame: so_far(frame, spent.decide(frame)), True)


def _up_to_decision(end: Compiled) -> Compiled:
    """Return the end of the act tested, or the day of the decision that came before it while the act ran."""

    def cut(frame: Frame, date: PartialDate | None) -> PartialDate | None:
        decision = passage_of(frame.facts, frame.act).decision_of(frame.act.round)
        made: PartialDate | None = None if decision is None else decision.begun
        if precedes(made, date) is True and precedes(frame.act.begun, made) is True:
            return made
        return date

    def run(frame: Frame) -> Tree:
        node, value, truth, place, children = end.run(frame)
        return Tree(node, cut(frame, value), truth, place, children)

    return Compiled(end.kind, end.node, run, lambda frame: cut(frame, end.decide(frame)))


def _unnamed(frame: Frame) -> Iterator[Tree]:
    """Yield the places of two acts that do not name the draft they deal with."""
    for at, act in ((frame.item_at, frame.item), (frame.at, frame.act)):
        if act.draft is None:
            yield Tree(_DRAFT, None, None, (at, "draft"), ())


_DRAFT = field_node("draft")


def _words(*modules: Mapping[str, Any]) -> Mapping[str, Word]:
    """Return the words that modules declare, by name."""
    found = (item for module in modules for item in module.values() if isinstance(item, Word))
    return MappingProxyType({word.name: word for word in found})


FUNCTIONS = _words(globals(), *map(vars, (amounts, lists, speaking, passing, opinions, evaluating)))
"""Every word: a function with `@word` in one of these modules is one."""
