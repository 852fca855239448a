"""The functions that expressions may call, each with its counting rule.

A builder gets the call and its scope, checks the arguments and returns the compiled call.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from decision_procedure.clock import days_between, lead_days, workdays_left
from decision_procedure.law.evidence import Node, Tree, Truth
from decision_procedure.law.expression import (
    BadExpression,
    Compiled,
    Evaluate,
    Frame,
    Scope,
    check_choice,
    compile_node,
    literal_words,
    suggestion,
)
from decision_procedure.law.types import Bool, Many, Moment, Number, Thing, Type, Words, name_of
from decision_procedure.model.acts import ACT_CLASSES, Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.vocabulary import LABELS, domain_of, label

Builder = Callable[[ast.Call, Scope], Compiled]
MANY = 1_000_000


def days(call: ast.Call, scope: Scope) -> Compiled:
    """`days(start, end)`: length of a comment period. Last day minus first; the other reading counts both."""
    return _span(call, scope, days_between, "天数", "days")


def lead(call: ast.Call, scope: Scope) -> Compiled:
    """`lead_days(earlier, event)`: "N days before". Difference of dates; the other reading: clear days."""
    return _span(call, scope, lead_days, "提前天数", "days ahead")


def workdays(call: ast.Call, scope: Scope) -> Compiled:
    """`workdays(sent, meeting)`: working days left, both ends excluded; the other reading: meeting day in."""
    return _span(call, scope, workdays_left, "工作日", "working days")


def before(call: ast.Call, scope: Scope) -> Compiled:
    """`before(a, b)`: a certainly earlier than b. Two acts on one day without times: unknown."""
    first, second = _arguments(call, scope, Moment, Moment)
    node = Node(
        "before",
        ast.unparse(call),
        f"{_subject(first)[0]}早于{_subject(second)[0]}",
        f"{_subject(first)[1]} before {_subject(second)[1]}",
    )

    def run(frame: Frame) -> Tree:
        one, other = first.run(frame), second.run(frame)
        a, b = one[1], other[1]
        truth: Truth = None
        if a is not None and b is not None:
            truth = True if a.last < b.first else (False if a.first >= b.last else None)
        return (node, truth, truth, None, (one, other))

    return Compiled(Bool(), node, run)


def acts(call: ast.Call, scope: Scope) -> Compiled:
    """`acts("kind", …)`: the acts of these kinds that took place; closed where the record answers for them."""
    kinds = _act_kinds(call)
    model = ACT_CLASSES[kinds[0]] if len(kinds) == 1 else Act
    zh = "、".join(label("act_kind", kind) for kind in kinds)
    en = ", ".join(label("act_kind", kind, "en") for kind in kinds)
    node = Node("acts", ast.unparse(call), zh, en)
    place = ("", f"acts({', '.join(kinds)})")
    only = kinds[0] if len(kinds) == 1 else None

    def run(frame: Frame) -> Tree:
        facts = frame.facts
        found = facts.acts.get(only, ()) if only else facts.held(kinds)
        closed = all(facts.closed(kind, frame.until) for kind in kinds)
        return (node, tuple(found), closed or None, place, ())

    return Compiled(Many(Thing(model)), node, run)


def held(call: ast.Call, scope: Scope) -> Compiled:
    """`held("kind", …)`: some act of these kinds took place. False only where the record answers for it."""
    source = acts(call, scope)
    node = Node("held", ast.unparse(call), f"已进行:{source.node.zh}", f"took place: {source.node.en}")

    def run(frame: Frame) -> Tree:
        child = source.run(frame)
        truth = True if child[1] else (False if child[2] else None)
        return (node, truth, truth, None, (child,))

    return Compiled(Bool(), node, run)


def any_of(call: ast.Call, scope: Scope) -> Compiled:
    """`any_of(list, condition)`: true when one member fits; false only over a list known to be whole."""
    return _quantifier(call, scope, decisive=True, zh="其中有", en="some")


def all_of(call: ast.Call, scope: Scope) -> Compiled:
    """`all_of(list, condition)`: false when one member fails; true only over a list known to be whole."""
    return _quantifier(call, scope, decisive=False, zh="全部", en="every")


def count(call: ast.Call, scope: Scope) -> Compiled:
    """`count(list[, condition])`: members that fit; over an open list only a lower bound."""
    source = _list(call, scope)
    test = compile_node(call.args[1], scope.inside(_item(source))) if len(call.args) == 2 else None
    node = Node("count", ast.unparse(call), f"{source.node.zh}数", f"number of {source.node.en}")

    def run(frame: Frame) -> Tree:
        child = source.run(frame)
        results = _results(test.run, child, frame) if test else ()
        sure = sum(1 for result in results if result[2] is True) if test else len(child[1])
        perhaps = sum(1 for result in results if result[2] is None)
        high = sure + perhaps if child[2] else MANY
        return (node, (sure, high, sure, high), None, None, (child, *results))

    return Compiled(Number(), node, run)


def includes(call: ast.Call, scope: Scope) -> Compiled:
    """`includes(list, "word")`: the word is in the list; false only when the list is whole."""
    return _coverage(call, scope, "包括", "includes")


def covers(call: ast.Call, scope: Scope) -> Compiled:
    """`covers(list, ["a", "b"])`: all these words are in the list; false only when the list is whole."""
    return _coverage(call, scope, "涵盖", "covers")


def same_body(call: ast.Call, scope: Scope) -> Compiled:
    """`same_body(a, b)`: two identifiers of units name the same body."""
    return _identity(call, scope, "同一单位", "the same body")


def last_speaker(call: ast.Call, scope: Scope) -> Compiled:
    """`last_speaker(order, person)`: nobody spoke after the person.

    False as soon as somebody did; true only over a whole list in which the person speaks once, at the end.
    A person who spoke earlier as well leaves it unknown: whether that was a view, the list does not say.
    """
    if len(call.args) != 2:
        raise _wrong(call, "应有两个参数", "two arguments are wanted")
    order, person = compile_node(call.args[0], scope), compile_node(call.args[1], scope)
    if not isinstance(order.kind, Many) or not isinstance(person.kind, Words):
        raise _wrong(call, "参数类型不符", "wrong types of arguments")
    node = Node(
        "last_speaker", ast.unparse(call), f"{person.node.zh}末位发言", f"{person.node.en} speaks last"
    )

    def run(frame: Frame) -> Tree:
        speakers, who = order.run(frame), person.run(frame)
        names = speakers[1]
        truth: Truth = None
        if who[1] is not None and who[1] in names:
            if names[-1] != who[1]:
                truth = False
            elif speakers[2] and names.count(who[1]) == 1:
                truth = True
        return (node, truth, truth, None, (speakers, who))

    return Compiled(Bool(), node, run)


def document(call: ast.Call, scope: Scope) -> Compiled:
    """`document("kind", …)`: the act names a document of such a kind. Absence is unknown, never false."""
    kinds = _words(call)
    unknown = [kind for kind in kinds if kind not in LABELS["document_kind"]]
    if unknown or not scope.act or not kinds:
        hint = suggestion(unknown[0], LABELS["document_kind"]) if unknown else ""
        raise _wrong(call, f"文件种类有误{hint}", f"wrong kind of document{hint}")
    wanted = frozenset(kinds)
    node = Node(
        "document",
        ast.unparse(call),
        "附有" + "或".join(label("document_kind", kind) for kind in kinds),
        "with " + " or ".join(label("document_kind", kind, "en") for kind in kinds),
    )

    def run(frame: Frame) -> Tree:
        known = frame.facts.document_kinds
        named = () if frame.act is None else frame.act.documents
        found = next((name for name in named if known.get(name) in wanted), None)
        return (node, found, found is not None or None, (frame.at, "documents"), ())

    return Compiled(Bool(), node, run)


def known(call: ast.Call, scope: Scope) -> Compiled:
    """`known(date)`: the date is recorded. Absence is unknown, never false."""
    (source,) = _arguments(call, scope, Moment)
    node = Node("known", ast.unparse(call), f"有{source.node.zh}", f"{source.node.en} recorded")

    def run(frame: Frame) -> Tree:
        child = source.run(frame)
        truth = child[1] is not None or None
        return (node, truth, truth, None, (child,))

    return Compiled(Bool(), node, run)


def same_draft(call: ast.Call, scope: Scope) -> Compiled:
    """`same_draft()`: the member and the act deal with one draft.

    Two drafts count as one while the later is recorded as not materially changed. A record that names only
    one draft, or none, speaks of one draft throughout; otherwise an unnamed draft is unknown.
    """
    if call.args or not scope.act or not isinstance(scope.item, Thing):
        raise _wrong(call, "same_draft() 只能用于行为列表", "same_draft() belongs inside a list of acts")
    node = Node("same_draft", "same_draft()", "同一草案", "the same draft")

    def run(frame: Frame) -> Tree:
        ours = None if frame.act is None else frame.act.draft
        truth = _one_draft(frame.facts.decision.drafts, frame.item.draft, ours)
        return (node, truth, truth, (frame.item_at, "draft"), ())

    return Compiled(Bool(), node, run)


def same_round(call: ast.Call, scope: Scope) -> Compiled:
    """`same_round()`: the member and the act belong to one round of the procedure."""
    if call.args or not scope.act or not isinstance(scope.item, Thing):
        raise _wrong(call, "same_round() 只能用于行为列表", "same_round() belongs inside a list of acts")
    node = Node("same_round", "same_round()", "同一轮次", "the same round")

    def run(frame: Frame) -> Tree:
        truth = frame.act is not None and frame.item.round == frame.act.round
        return (node, truth, truth, (frame.item_at, "round"), ())

    return Compiled(Bool(), node, run)


def first_known(call: ast.Call, scope: Scope) -> Compiled:
    """`first_known(a, b)`: the first condition whose truth is known; unknown when neither is."""
    parts = _arguments(call, scope, Bool, Bool)
    node = Node("first_known", ast.unparse(call), "依先明确者", "the first that is known")

    def run(frame: Frame) -> Tree:
        children = tuple([part.run(frame) for part in parts])
        truth = next((child[2] for child in children if child[2] is not None), None)
        return (node, truth, truth, None, children)

    return Compiled(Bool(), node, run, any(part.counts_days for part in parts))


def in_whole_text(call: ast.Call, scope: Scope) -> Compiled:
    """`in_whole_text(condition, complete)`: the condition; false when unknown although the text is whole."""
    stated, complete = _arguments(call, scope, Bool, Bool)
    node = Node("in_whole_text", ast.unparse(call), stated.node.zh, stated.node.en)

    def run(frame: Frame) -> Tree:
        one, other = stated.run(frame), complete.run(frame)
        truth = one[2]
        whole = other[2] is True or (other[2] is None and frame.facts.assume_complete)
        if truth is None and whole:
            truth = False
        return (node, truth, truth, None, (one, other))

    return Compiled(Bool(), node, run, stated.counts_days)


def prepared_decision(call: ast.Call, scope: Scope) -> Compiled:
    """`prepared_decision(body)`: that body did expert review or risk assessment for this decision.

    False only where every such act and every body in it is recorded.
    """
    (body,) = _arguments(call, scope, Words)
    node = Node(
        "prepared_decision",
        ast.unparse(call),
        f"{body.node.zh}承担过论证评估",
        f"{body.node.en} argued or assessed before",
    )
    place = ("", "acts(expert_review, risk_assessment)")

    def run(frame: Frame) -> Tree:
        child = body.run(frame)
        facts = frame.facts
        reviews, assessments = facts.acts.get("expert_review", ()), facts.acts.get("risk_assessment", ())
        bodies = {expert.body for act in reviews for expert in act.experts} | {
            act.third_party for act in assessments
        }
        whole = (
            all(facts.closed(kind, frame.until) for kind in ("expert_review", "risk_assessment"))
            and all(act.experts_complete is True or facts.assume_complete for act in reviews)
            and all(act.third_party or act.third_party_commissioned is False for act in assessments)
        )
        truth: Truth = (
            None if child[1] is None else (True if child[1] in bodies else (False if whole else None))
        )
        return (node, truth, truth, place, (child,))

    return Compiled(Bool(), node, run)


def _one_draft(drafts: tuple[Any, ...], one: str | None, other: str | None) -> Truth:
    if one == other or len(drafts) <= 1:
        return True
    if one is None or other is None:
        return None
    order = [draft.id for draft in drafts]
    low, high = sorted((order.index(one), order.index(other)))
    changes = [draft.materially_changed for draft in drafts[low + 1 : high + 1]]
    if True in changes:
        return False
    return True if all(change is False for change in changes) else None


FUNCTIONS: dict[str, Builder] = {
    "days": days,
    "lead_days": lead,
    "workdays": workdays,
    "before": before,
    "acts": acts,
    "held": held,
    "any_of": any_of,
    "all_of": all_of,
    "count": count,
    "includes": includes,
    "covers": covers,
    "same_body": same_body,
    "last_speaker": last_speaker,
    "document": document,
    "known": known,
    "same_draft": same_draft,
    "same_round": same_round,
    "first_known": first_known,
    "in_whole_text": in_whole_text,
    "prepared_decision": prepared_decision,
}


def _span(
    call: ast.Call, scope: Scope, measure: Callable[[PartialDate, PartialDate], Any], zh: str, en: str
) -> Compiled:
    first, second = _arguments(call, scope, Moment, Moment)
    node = Node(
        "days",
        ast.unparse(call),
        f"自{_subject(first)[0]}至{_subject(second)[0]}的{zh}",
        f"{en} from {_subject(first)[1]} to {_subject(second)[1]}",
    )

    def run(frame: Frame) -> Tree:
        one, other = first.run(frame), second.run(frame)
        value = None if one[1] is None or other[1] is None else measure(one[1], other[1])
        return (node, value, None, None, (one, other))

    return Compiled(Number(days=True), node, run, counts_days=True)


def _quantifier(call: ast.Call, scope: Scope, *, decisive: bool, zh: str, en: str) -> Compiled:
    if len(call.args) != 2:
        raise _wrong(call, "应有列表和条件两个参数", "a list and a condition are wanted")
    source = _list(call, scope)
    test = compile_node(call.args[1], scope.inside(_item(source)))
    if not isinstance(test.kind, Bool):
        raise _wrong(call, "第二个参数应为条件", "the second argument must be a condition")
    node = Node(
        "any_of" if decisive else "all_of",
        ast.unparse(call),
        f"{source.node.zh}{zh}:{test.node.zh}",
        f"{en} of {source.node.en}: {test.node.en}",
    )
    check = test.run

    def run(frame: Frame) -> Tree:
        child = source.run(frame)
        results = _results(check, child, frame, stop=decisive)
        truth: Truth = None
        if results and results[-1][2] is decisive:
            truth = decisive
        elif child[2] and all(result[2] is not None for result in results):
            truth = not decisive
        return (node, truth, truth, None, (child, *results))

    return Compiled(Bool(), node, run, test.counts_days)


def _results(check: Evaluate, source: Tree, frame: Frame, stop: Truth = None) -> tuple[Tree, ...]:
    place = source[3]
    are_acts = source[0].operator == "acts"
    kept = (frame.item, frame.item_at)
    results = []
    for index, item in enumerate(source[1]):
        frame.item = item
        frame.item_at = item.id if are_acts else (place[0], place[1], index)
        result = check(frame)
        results.append(result)
        if stop is not None and result[2] is stop:
            break
    frame.item, frame.item_at = kept
    return tuple(results)


def _coverage(call: ast.Call, scope: Scope, zh: str, en: str) -> Compiled:
    source = _list(call, scope)
    if len(call.args) != 2:
        raise _wrong(call, "应有列表和文字两个参数", "a list and words are wanted")
    argument = call.args[1]
    words = (str(argument.value),) if isinstance(argument, ast.Constant) else literal_words(argument)
    item = _item(source)
    check_choice(argument, item, words)
    wanted = frozenset(words)
    domain = _domain(item)
    node = Node(
        "covers",
        ast.unparse(call),
        f"{source.node.zh}{zh}:{'、'.join(label(domain, word) for word in words)}",
        f"{source.node.en} {en}: {', '.join(label(domain, word, 'en') for word in words)}",
    )

    def run(frame: Frame) -> Tree:
        child = source.run(frame)
        truth: Truth = True if wanted.issubset(child[1]) else (False if child[2] else None)
        return (node, truth, truth, None, (child,))

    return Compiled(Bool(), node, run)


def _identity(call: ast.Call, scope: Scope, zh: str, en: str) -> Compiled:
    first, second = _arguments(call, scope, Words, Words)
    node = Node(
        "same",
        ast.unparse(call),
        f"{first.node.zh}与{second.node.zh}为{zh}",
        f"{first.node.en} and {second.node.en} are {en}",
    )

    def run(frame: Frame) -> Tree:
        one, other = first.run(frame), second.run(frame)
        truth = None if one[1] is None or other[1] is None else one[1] == other[1]
        return (node, truth, truth, None, (one, other))

    return Compiled(Bool(), node, run)


def _arguments(call: ast.Call, scope: Scope, *kinds: type[Any]) -> list[Compiled]:
    if len(call.args) != len(kinds):
        raise _wrong(call, f"应有 {len(kinds)} 个参数", f"{len(kinds)} arguments are wanted")
    compiled = [compile_node(argument, scope) for argument in call.args]
    for part, kind in zip(compiled, kinds, strict=True):
        if not isinstance(part.kind, kind):
            raise _wrong(call, f"参数类型不符:{part.node.text}", f"{part.node.text} is {name_of(part.kind)}")
    return compiled


def _list(call: ast.Call, scope: Scope) -> Compiled:
    if not call.args:
        raise _wrong(call, "缺少参数", "an argument is missing")
    source = compile_node(call.args[0], scope)
    if not isinstance(source.kind, Many):
        raise _wrong(
            call, "第一个参数应为列表", f"the first argument must be a list, it is {name_of(source.kind)}"
        )
    return source


def _item(source: Compiled) -> Type:
    return source.kind.item if isinstance(source.kind, Many) else source.kind


def _act_kinds(call: ast.Call) -> tuple[str, ...]:
    kinds = _words(call)
    for kind in kinds:
        if kind not in ACT_CLASSES:
            hint = suggestion(kind, ACT_CLASSES)
            raise _wrong(call, f"没有这种行为:{kind}{hint}", f"no such kind of act: {kind}{hint}")
    if not kinds:
        raise _wrong(call, "缺少行为种类", "a kind of act is wanted")
    return kinds


def _words(call: ast.Call) -> tuple[str, ...]:
    return literal_words(ast.List(elts=call.args, ctx=ast.Load()))


def _domain(kind: Type) -> str:
    return (domain_of(kind.choices) or "") if isinstance(kind, Words) and kind.choices else ""


def _subject(part: Compiled) -> tuple[str, str]:
    text = part.node.text
    if text.startswith("it."):
        return f"其{part.node.zh}", f"its {part.node.en}"
    return part.node.zh, part.node.en


def _wrong(call: ast.Call, zh: str, en: str) -> BadExpression:
    text = ast.unparse(call)[:80]
    return BadExpression(f"{zh}({text})", f"{en} ({text})", call.col_offset)
