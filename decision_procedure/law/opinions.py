"""Functions on the opinion that governs a gate: the last one recorded on a draft before the act tested.

`semantics.md`, "Several reviews of one draft": one given later never reaches back, one not on record is not
assumed. A favourable one is enough over an open list too; an unfavourable one, or none, only over a closed list.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice, pairwise
from typing import Any, NamedTuple, get_args

from decision_procedure.law.arguments import list_of_kind
from decision_procedure.law.drafts import MOST_DRAFTS_SHOWN, change_of
from decision_procedure.law.evidence import Node, Tree, Truth, all_true
from decision_procedure.law.language import Compile, Compiled, Frame, Scope, bad, condition
from decision_procedure.law.leaves import leaf, open_list
from decision_procedure.law.lists import MOST_SHOWN
from decision_procedure.law.order import agreed, precedes
from decision_procedure.law.passage import Passage, passage_of
from decision_procedure.law.types import Bool, Text, Thing
from decision_procedure.law.undertaking import own_unit
from decision_procedure.law.words import (
    BODY,
    DRAFTS,
    NEVER_UNKNOWN,
    UNITS,
    FurtherReads,
    fields_of_acts,
    word,
)
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.vocabulary import OpinionState

FAVOURABLE: OpinionState
UNFAVOURABLE: OpinionState
FOR_A_PERSON: OpinionState
NONE: OpinionState
FAVOURABLE, UNFAVOURABLE, FOR_A_PERSON, NONE = get_args(OpinionState)
_UNDERTAKER = (*UNITS, *BODY, "decision.lead_unit", *fields_of_acts("initiation", "undertakers"))
# What the opinion that governs is told by, and what it comes to.
_OPINION = FurtherReads(
    (*DRAFTS, *_UNDERTAKER),
    own=("begun", "round", "draft"),
    members=(
        "done", "round", "draft", "conclusion", "changes_asked", "changes_made", "unit", "no_other_reviewer",
        "end_set", "market_department_reviewed",
    ),
)  # fmt: skip


class _Opinion(NamedTuple):
    """An opinion that may govern: whether it surely speaks of the act tested, and what it comes to.

    `state` None: unknown, for want of the fields `lacking`.
    """

    act: Any
    sure: bool
    state: OpinionState | None
    lacking: tuple[str, ...]


@word("last_opinion", _OPINION, over_list=True, conditions=(1,))
def last_opinion(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`last_opinion("kind"[, condition])`: what the opinion that governs the act tested comes to.

    `favourable`, `unfavourable`, `for_a_person` (changes asked for and refused, a draft changed as the review
    asked and not confirmed, a review by the undertaking unit, …), or `none`: the record answers that there was
    none. Unknown while two that differ may govern, and over an open list instead of `unfavourable` and `none`.
    """
    kind, test = _arguments(call, scope, compile_, 1)
    zh, en = _names(kind)
    node = Node("last_opinion", ast.unparse(call), zh, en)

    def state_of(frame: Frame) -> OpinionState | None:
        return _governing(frame, kind, test)[0]

    def run(frame: Frame) -> Tree:
        state, found, whole = _governing(frame, kind, test)
        shown = tuple(part for one in found[:MOST_SHOWN] for part in _shown(frame, one))
        rest = (_tested(frame, kind, test), _set_aside(frame, kind, test), _unordered(found, state))
        tested, aside, unordered = (islice(trees, MOST_SHOWN) for trees in rest)
        children: tuple[Tree, ...] = (*tested, *shown, *aside, *unordered)
        if state is None and not whole:
            children = (*children, open_list(kind))
        return Tree(node, state, None, None, children)

    return Compiled(Text(get_args(OpinionState)), node, run, state_of)


@word("of_last_opinion", _OPINION, over_list=True, conditions=(1, 2))
def of_last_opinion(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`of_last_opinion("kind", which, condition)`: whether the condition holds of the opinion that governs."""
    kind, which = _arguments(call, scope, compile_, 2)
    test = condition(call.args[2], scope.inside(Thing(scope.kinds.acts[kind])), compile_)
    zh, en = _names(kind)
    node = Node("of_last_opinion", ast.unparse(call), f"{zh}：{test.node.zh}", f"{en}: {test.node.en}")

    def run(frame: Frame) -> Tree:
        _, found, whole = _governing(frame, kind, which)
        kept = frame.item, frame.item_at
        children = []
        for opinion in found:
            frame.item, frame.item_at = opinion.act, opinion.act.id
            children.append(test.run(frame))
        frame.item, frame.item_at = kept
        truths: set[Truth] = {child.truth for child in children}
        if not any(opinion.sure for opinion in found):
            truths.add(False if whole else None)
        truth = agreed(truths)
        return Tree(node, truth, truth, None, tuple(children))

    return Compiled(Bool(), node, run, lambda frame: run(frame).truth)


@word("by_undertaker", FurtherReads(_UNDERTAKER, item=("unit", "no_other_reviewer")), truths=NEVER_UNKNOWN)
def by_undertaker(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`by_undertaker()`: the member was done by the undertaking unit or a part of it.

    Not where it is the 司法行政部门 itself, or the body, bound by reference, says that it has no other reviewer.
    """
    if call.args or not isinstance(scope.item, Thing):
        raise bad(call, "by_undertaker() 只能用于行为列表", "by_undertaker() belongs inside a list of acts")
    node = Node(
        "by_undertaker", "by_undertaker()", "由承办单位自行审查", "reviewed by the undertaking unit itself"
    )

    def decide(frame: Frame) -> bool:
        return _own_review(frame.item, frame)

    def run(frame: Frame) -> Tree:
        truth = decide(frame)
        unit = leaf("unit", frame.item.unit, (frame.item_at, "unit"))
        return Tree(node, truth, truth, None, (unit,))

    return Compiled(Bool(), node, run, decide)


def _arguments(call: ast.Call, scope: Scope, compile_: Compile, wanted: int) -> tuple[str, Compiled | None]:
    kind = list_of_kind(call, scope, tuple(_READERS))
    if len(call.args) < wanted or len(call.args) > wanted + 1:
        raise bad(call, "参数个数不符", "wrong number of arguments")
    if len(call.args) == 1:
        return kind, None
    return kind, condition(call.args[1], scope.inside(Thing(scope.kinds.acts[kind])), compile_)


def _names(kind: str) -> tuple[str, str]:
    zh, en = SHIPPED.names(kind)
    return f"此前最后一次{zh}", f"the last {en} before it"


def _governing(
    frame: Frame, kind: str, test: Compiled | None
) -> tuple[OpinionState | None, list[_Opinion], bool]:
    """Return what governs, the opinions that may govern, and whether the list of them is closed."""
    facts = frame.facts
    passage = passage_of(facts, frame.act)
    whole = facts.closed((kind,), frame.until)
    read = partial(_READERS[kind], passage, frame)
    found = [
        _Opinion(act, truth is True, *read(act))
        for act in facts.held((kind,))
        if (truth := _speaks_of(act, frame, passage, test, kind)) is not False
    ]
    sure = [opinion for opinion in found if opinion.sure]
    last = max((opinion.act.done for opinion in sure), key=lambda done: done.first, default=None)
    possible = [opinion for opinion in found if precedes(opinion.act.done, last) is not True]
    states: set[OpinionState | None] = {opinion.state for opinion in possible}
    if not sure:
        states.add(NONE)
    state: OpinionState | None = states.pop() if len(states) == 1 else None
    if state in (UNFAVOURABLE, NONE) and not whole:
        state = None
    return state, possible, whole


def _speaks_of(act: Any, frame: Frame, passage: Passage, test: Compiled | None, kind: str) -> Truth:
    """Say whether an opinion was given before the act tested, on its draft and in its passage."""
    given = _given(act, frame, passage, test, kind)
    if kind not in _OF_A_DRAFT or given is False:
        return given
    return all_true((given, _on_its_draft(act, frame.act, passage)))


def _given(act: Any, frame: Frame, passage: Passage, test: Compiled | None, kind: str) -> Truth:
    """Say whether an opinion was given before the act tested and in its passage, on whatever draft."""
    tested = frame.act
    if act.for_ != tested.for_ or act.denies("done"):
        return False  # it serves another act, or was sent, but no opinion was given
    found = precedes(act.done, tested.begun)
    if found is not False and kind in _OF_A_DRAFT:
        found = all_true((found, passage.linked(act.round, tested.round)))
    if found is not False and test is not None:
        kept = frame.item, frame.item_at
        frame.item, frame.item_at = act, act.id
        found = all_true((found, test.decide(frame)))
        frame.item, frame.item_at = kept
    return found


def _set_aside(frame: Frame, kind: str, test: Compiled | None) -> Iterator[Tree]:
    """Yield the drafts on whose silence it rests that opinions given do not count, a record taken as it stands."""
    passage = passage_of(frame.facts, frame.act)
    if kind in _OF_A_DRAFT and frame.facts.as_it_stands:
        for act in frame.facts.held((kind,)):
            if _given(act, frame, passage, test, kind) is not False:
                for draft in passage.drafts.unsaid(act.draft, frame.act.draft, MOST_SHOWN):
                    yield change_of(draft, passage.drafts)


def _on_its_draft(act: Any, tested: Any, passage: Passage) -> Truth:
    same = passage.drafts.same(act.draft, tested.draft)
    if (
        same is True
        and passage.drafts.is_later(act.draft, tested.draft)
        and _as_reviewed(passage, act, tested)
    ):
        return None  # given on what was changed only afterwards
    return same


def _as_reviewed(passage: Passage, act: Any, tested: Any) -> tuple[Any, ...]:
    """Return the drafts between those of two acts that were changed only as the review asked."""
    return passage.drafts.changed_as_reviewed(act.draft, tested.draft)


_Read = tuple[OpinionState | None, tuple[str, ...]]


def _legality(passage: Passage, frame: Frame, act: Any) -> _Read:
    if act.conclusion is None:
        return None, ("conclusion",)
    if act.conclusion == "not_passed":
        return UNFAVOURABLE, ()
    asked = True if act.conclusion == "passed_with_changes" else act.changes_asked
    changed = _as_reviewed(passage, act, frame.act)
    if changed and not all(draft.changes_confirmed is True for draft in changed):
        return (FOR_A_PERSON, ()) if asked else (None, ("changes_asked",) if asked is None else ())
    if asked and not changed and act.changes_made is None:
        return None, ("changes_made",)
    refused = asked and not changed and act.changes_made is False
    return (FOR_A_PERSON if refused or _own_review(act, frame) else FAVOURABLE), ()


def _own_review(act: Any, frame: Frame) -> bool:
    """Say whether the undertaking unit reviewed its own draft (713-25), with the exceptions of the page above."""
    facts = frame.facts
    if getattr(act, "no_other_reviewer", None) and not facts.decision.body.is_county_or_above:
        return False
    return own_unit(act, facts)


def _competition(passage: Passage, frame: Frame, act: Any) -> _Read:
    """Return what a fair-competition review comes to (公平竞争审查条例 12, 14, 18)."""
    if act.conclusion is None:
        return None, ("conclusion",)
    if act.conclusion == "restriction":
        return UNFAVOURABLE, ()
    wanted = ["end_set"] if act.conclusion == "exception_applies" else []
    if frame.facts.decision.body.is_county_or_above:
        wanted.append("market_department_reviewed")
    truths: dict[str, Truth] = {name: getattr(act, name) for name in wanted}
    truths[""] = passage.drafts.unchanged(act.draft, frame.act.draft)
    if False in truths.values():
        return FOR_A_PERSON, ()
    lacking = tuple(name for name, truth in truths.items() if truth is None)
    return (None, tuple(name for name in lacking if name)) if lacking else (FAVOURABLE, ())


def _of_the_unit(passage: Passage, frame: Frame, act: Any) -> _Read:
    """Return what the review by the unit's own legal section comes to (粤府令第288号 31)."""
    if act.conclusion is None:
        return None, ("conclusion",)
    if act.conclusion == "not_passed":
        return UNFAVOURABLE, ()
    changed = _as_reviewed(passage, act, frame.act)
    confirmed = all(draft.changes_confirmed is True for draft in changed)
    return (FAVOURABLE if confirmed else FOR_A_PERSON), ()


_READERS: Mapping[str, Callable[[Passage, Frame, Any], _Read]] = {
    "legality_review": _legality,
    "fair_competition_review": _competition,
    "unit_review": _of_the_unit,
}
PLAINLY_FAVOURABLE: Mapping[str, str] = {
    "legality_review": "passed",
    "fair_competition_review": "no_restriction",
    "unit_review": "passed",
}
"""The conclusion of each kind of opinion that is favourable without a further condition."""
_OF_A_DRAFT = ("legality_review", "unit_review")


def _tested(frame: Frame, kind: str, test: Compiled | None) -> Iterator[Tree]:
    """Yield what the condition comes to on each act of the kind."""
    if test is None:
        return
    kept = frame.item, frame.item_at
    for act in frame.facts.held((kind,)):
        frame.item, frame.item_at = act, act.id
        yield test.run(frame)
    frame.item, frame.item_at = kept


def _shown(frame: Frame, opinion: _Opinion) -> Iterator[Tree]:
    """Yield what an opinion says, and what is missing to know whether it governs and what it comes to."""
    act, tested = opinion.act, frame.act
    yield _in_time(act, tested)
    yield from (leaf(name, getattr(act, name), (act.id, name)) for name in ("conclusion", *opinion.lacking))
    passage = passage_of(frame.facts)
    if len(frame.facts.decision.drafts) > 1:
        any_will_do = (
            passage.drafts.unchanged(act.draft, tested.draft) is True
        )  # an unnamed one is then not missing
        named = (one for one in (act, tested) if one.draft is not None or not any_will_do)
        yield from (leaf("draft", one.draft, (one.id, "draft")) for one in named)
    between = passage.drafts.changes(act.draft, tested.draft) or ()
    for draft in between[:MOST_DRAFTS_SHOWN]:
        yield change_of(draft, passage.drafts)
        if draft.materially_changed == "as_reviewed":
            place = ("", f"drafts[{draft.id}].changes_confirmed")
            yield leaf("changes_confirmed", draft.changes_confirmed, place)


def _unordered(found: list[_Opinion], state: OpinionState | None) -> Iterator[Tree]:
    """Yield the order of opinions that differ, where it is unknown which was the last."""
    if state is None and len({opinion.state for opinion in found}) > 1:
        yield from (_in_time(one.act, other.act, "done") for one, other in pairwise(found))


def _in_time(act: Any, tested: Any, until: str = "begun") -> Tree:
    zh, en = act.named[:2]
    zh_then, en_then = tested.named[:2]
    node = Node("before", "before(it.done, act.begun)", f"{zh}早于{zh_then}", f"{en} before {en_then}")
    then = getattr(tested, until)
    truth = precedes(act.done, then)
    given = leaf("done", act.done, (act.id, "done"))
    return Tree(node, truth, truth, None, (given, leaf(until, then, (tested.id, until))))
