"""Functions over lists: acts of a kind, members that fit, words that are covered.

Over a list that is not known to be whole, `any_of` is true or unknown, `all_of` false or unknown, and
`count` a lower bound.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from decision_procedure.law.arguments import act_kinds, list_first
from decision_procedure.law.evidence import Node, Tree, Truth, joined
from decision_procedure.law.language import (
    Compile,
    Compiled,
    Decide,
    Evaluate,
    Frame,
    Scope,
    bad,
    check_choice,
    condition,
    field,
    literal_words,
    operation,
    word_labels,
)
from decision_procedure.law.types import Bool, Many, Moment, Number, Thing
from decision_procedure.law.words import NOTHING, FurtherReads, word
from decision_procedure.model.acts import Act

MANY = 1_000_000
# How many acts, and how many members of an act's own list, evidence shows: a bound for a made record.
MOST_SHOWN = 12
MOST_MEMBERS_SHOWN = 100


@word("acts", NOTHING)
def acts(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`acts("kind", …)`: the acts of these kinds that took place; closed where the record answers for them."""
    kinds = act_kinds(call, scope)
    node = Node(
        "acts",
        ast.unparse(call),
        "、".join(scope.kinds.name(kind) for kind in kinds),
        ", ".join(scope.kinds.name(kind, "en") for kind in kinds),
    )
    model = scope.kinds.acts[kinds[0]] if len(kinds) == 1 else Act
    place = ("", f"acts({', '.join(kinds)})")
    return field(Many(Thing(model)), node, _acts_of(kinds), lambda _: place)


@word("held", NOTHING)
def held(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`held("kind", …)`: some act of these kinds took place. False only where the record answers for it."""
    source = acts(call, scope, compile_)
    node = Node("held", ast.unparse(call), f"已进行：{source.node.zh}", f"took place: {source.node.en}")

    def is_held(found: tuple[tuple[Any, ...], Truth]) -> Truth:
        return True if found[0] else (False if found[1] else None)

    compiled = operation(Bool(), node, [source], is_held)
    kinds = act_kinds(call, scope)
    if len(kinds) > 1:
        return compiled
    (kind,) = kinds

    def decide(frame: Frame) -> Truth:
        facts = frame.facts
        if frame.limit is not None or frame.act is not None:
            return is_held(source.decide(frame))
        if kind in facts.acts:
            return True
        return False if facts.closed_until.get(kind, -1) >= frame.until else None

    return replace(compiled, decide=decide)


@word("first_date", FurtherReads(members=("done",)))
def first_date(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`first_date("kind", …)`: the earliest date on which such an act was complete; unknown when none is dated."""
    source = acts(call, scope, compile_)
    node = Node("first_date", ast.unparse(call), f"{source.node.zh}日期", f"date of {source.node.en}")
    return operation(Moment(), node, [source], _first_date)


@word("any_of", NOTHING, over_list=True, conditions=(1,))
def any_of(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`any_of(list, condition)`: true when one member fits; false only over a list known to be whole."""
    return _quantifier(call, scope, compile_, decisive=True, zh="其中有", en="some")


@word("all_of", NOTHING, over_list=True, conditions=(1,))
def all_of(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`all_of(list, condition)`: false when one member fails; true only over a list known to be whole."""
    return _quantifier(call, scope, compile_, decisive=False, zh="全部", en="every")


@word("count", NOTHING, over_list=True, conditions=(1,))
def count(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`count(list[, condition])`: members that fit; over an open list only a lower bound."""
    source, item = list_first(call, scope, compile_)
    test = condition(call.args[1], scope.inside(item), compile_) if len(call.args) == 2 else None
    node = Node("count", ast.unparse(call), f"{source.node.zh}数", f"number of {source.node.en}")
    if test is None:
        return operation(Number(), node, [source], lambda found: _counted([True] * len(found[0]), found[1]))
    members, check = source.run, test.run

    def run(frame: Frame) -> Tree:
        child = members(frame)
        results = _results(check, child, frame)
        number = _counted([result.truth for result in results], child.truth)
        return Tree(node, number, None, None, (child, *_shown(results, child, True)))

    return Compiled(Number(), node, run, lambda frame: run(frame).value)


@word("includes", NOTHING)
def includes(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`includes(list, "word")`: the word is in the list; false only when the list is whole."""
    return _coverage(call, scope, compile_, "包括", "includes")


@word("covers", NOTHING)
def covers(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`covers(list, ["a", "b"])`: all these words are in the list; false only when the list is whole."""
    return _coverage(call, scope, compile_, "涵盖", "covers")


def _acts_of(kinds: tuple[str, ...]) -> Decide:
    def of_one(frame: Frame) -> tuple[tuple[Any, ...], Truth]:
        facts, kind, limit = frame.facts, kinds[0], frame.limit
        found, whole = facts.acts.get(kind, ()), facts.closed_until.get(kind, -1) >= frame.until or None
        return (_alike(found, frame.act), whole) if limit is None else limit.within(found, whole)

    def of_several(frame: Frame) -> tuple[tuple[Any, ...], Truth]:
        facts, limit = frame.facts, frame.limit
        found, whole = facts.held(kinds), facts.closed(kinds, frame.until) or None
        return (_alike(found, frame.act), whole) if limit is None else limit.within(found, whole)

    return of_one if len(kinds) == 1 else of_several


def _alike(found: tuple[Any, ...], tested: Any) -> tuple[Any, ...]:
    """Return the acts that serve what the act tested serves: the decision, or one act that followed it."""
    return found if tested is None else tuple([act for act in found if act.for_ == tested.for_])


def _first_date(found: tuple[tuple[Any, ...], Truth]) -> Any:
    dates = [act.done for act in found[0] if act.done is not None]
    return min(dates, key=lambda date: (date.first, date.last), default=None)


def _counted(truths: Sequence[Truth], whole: Truth) -> tuple[int, int, int, int]:
    sure = truths.count(True)
    high = sure + truths.count(None) if whole else MANY
    return sure, high, sure, high


def _quantifier(
    call: ast.Call, scope: Scope, compile_: Compile, *, decisive: bool, zh: str, en: str
) -> Compiled:
    if len(call.args) != 2:
        raise bad(call, "应有列表和条件两个参数", "a list and a condition are wanted")
    source, item = list_first(call, scope, compile_)
    test = condition(call.args[1], scope.inside(item), compile_)
    node = Node(
        "any_of" if decisive else "all_of",
        ast.unparse(call),
        f"{source.node.zh}{zh}：{test.node.zh}",
        f"{en} of {source.node.en}: {test.node.en}",
    )

    members, check, found, judge = source.run, test.run, source.decide, test.decide

    def run(frame: Frame) -> Tree:
        child = members(frame)
        results = _results(check, child, frame, one=decisive)
        unnamed = None if not child.truth else not decisive  # what an open list may hold besides is unknown
        truth = joined((unnamed, *(result.truth for result in results)), decisive=decisive)
        return Tree(node, truth, truth, None, (child, *_shown(results, child, decisive)))

    def decide(frame: Frame) -> Truth:
        items, whole = found(frame)
        truth: Truth = not decisive if whole else None
        kept = frame.item
        for item in items:
            frame.item = item
            result = judge(frame)
            if result is decisive:
                truth = decisive
                break
            if result is None:
                truth = None
        frame.item = kept
        return truth

    return Compiled(Bool(), node, run, decide, test.counts_days)


def _shown(results: list[Tree], source: Tree, decisive: bool) -> list[Tree]:
    """Return the results that evidence shows: all, or, of many, those that decide, then those left open, then others."""
    most = MOST_SHOWN if source.node.operator == "acts" else MOST_MEMBERS_SHOWN
    if len(results) <= most:
        return results
    order = {decisive: 0, None: 1, not decisive: 2}
    ranked = sorted(range(len(results)), key=lambda index: (order[results[index].truth], index))
    return [results[index] for index in sorted(ranked[:most])]


def _results(check: Evaluate, source: Tree, frame: Frame, *, one: bool = False) -> list[Tree]:
    """Return the test of each member; `one`: up to and with the first that fits."""
    are_acts = source.node.operator == "acts"
    kept = (frame.item, frame.item_at)
    results = []
    for index, item in enumerate(source.value):
        frame.item = item
        frame.item_at = item.id if are_acts else (*source.place, index)
        result = check(frame)
        results.append(result)
        if one and result.truth is True:
            break
    frame.item, frame.item_at = kept
    return results


def _coverage(call: ast.Call, scope: Scope, compile_: Compile, zh: str, en: str) -> Compiled:
    source, item = list_first(call, scope, compile_)
    if len(call.args) != 2:
        raise bad(call, "应有列表和文字两个参数", "a list and words are wanted")
    argument = call.args[1]
    words = (str(argument.value),) if isinstance(argument, ast.Constant) else literal_words(argument)
    check_choice(argument, item, words)
    wanted = frozenset(words)
    labels = [word_labels(item, word, scope.kinds) for word in words]
    node = Node(
        "covers",
        ast.unparse(call),
        f"{source.node.zh}{zh}：{'、'.join(zh for zh, _ in labels)}",
        f"{source.node.en} {en}: {', '.join(en for _, en in labels)}",
    )

    def covered(found: tuple[tuple[str, ...], Truth]) -> Truth:
        return True if wanted.issubset(found[0]) else (False if found[1] else None)

    return operation(Bool(), node, [source], covered)


__all__: list[Any] = [
    "acts", "all_of", "any_of", "count", "covers", "first_date", "held", "includes",
]  # fmt: skip
