"""Done too late: a duty on the whole decision is met only by what ended before the act that had to follow it.

`semantics.md` section 2: what ended after the strict act is a breach; what ended after the implied one, or began
before the strict act and ended after it, is for a person to judge.
"""

from __future__ import annotations

from typing import NamedTuple

from decision_procedure.law.conditions import Conditions, Evidence, truth_table
from decision_procedure.law.evidence import Node, Tree, Truth, kinds_listed, leaves, place_text
from decision_procedure.law.facts import Facts
from decision_procedure.law.language import Frame
from decision_procedure.law.leaves import of_act
from decision_procedure.law.limit import Limit
from decision_procedure.law.order import precedes
from decision_procedure.law.pack import Before
from decision_procedure.law.passage import passage_of
from decision_procedure.model.acts import Act
from decision_procedure.results.severity import FAILED


class Timely(NamedTuple):
    """What a duty comes to in view of when it was done; `cap` lowers a breach: `implied` or `running`."""

    outcome: str
    cap: str | None
    evidence: Evidence


def timely(conditions: Conditions, before: Before, frame: Frame) -> Timely:
    """Return the outcome of a duty by the acts it had to precede; without such an act, that of its conditions."""
    passage = passage_of(frame.facts)
    strict = passage.strict(before.strict)
    if strict is None:
        outcome, limit = conditions.outcome(frame), None
    else:
        limit = Limit(passage, before.strict, strict)
        outcome = _outcome(conditions, frame, limit)
    if outcome in FAILED and strict is not None:
        running = _outcome(conditions, frame, Limit(passage, before.strict, strict, running=True))
        if running == "satisfied":
            return Timely(outcome, "running", _evidence_of(conditions, frame, limit))
        if running == "undetermined":
            outcome = running
    if outcome == "satisfied" and before.implied is not None:
        later = passage.later_act(before.implied, (), passage.last_round)
        if later is not None:
            limit = Limit(passage, before.implied, later)
            outcome = _outcome(conditions, frame, limit)
            if outcome in FAILED:
                return Timely("violated", "implied", _evidence_of(conditions, frame, limit))
    return Timely(outcome, None, _evidence_of(conditions, frame, limit))


def _outcome(conditions: Conditions, frame: Frame, limit: Limit) -> str:
    base = Frame(frame.facts, frame.act, limit.until)
    own = Frame(frame.facts, frame.act, limit.until, limit.untimed)
    when: Truth = True if conditions.when is None else conditions.when.decide(own)
    if when is False:
        return "not_applicable"
    require = conditions.require.decide(Frame(frame.facts, frame.act, limit.until, limit))
    judge = None if conditions.judge is None else conditions.judge.decide(base)
    return truth_table(when, require, judge, has_judge=conditions.judge is not None)


def _evidence_of(conditions: Conditions, frame: Frame, limit: Limit | None) -> Evidence:
    until = frame.until if limit is None else limit.until

    def work_out(looking: Frame) -> dict[str, Tree]:
        return _trees(conditions, looking)

    return Evidence(work_out, Frame(frame.facts, frame.act, until, limit))


def _trees(conditions: Conditions, looking: Frame) -> dict[str, Tree]:
    limit = looking.limit
    frame = Frame(looking.facts, looking.act, looking.until, limit and limit.untimed)
    trees = conditions.evidence(frame)
    if limit is None or "require" not in trees:
        return trees
    done = trees["require"]
    late = tuple(_order(act, limit) for act in _acts_in(done, frame.facts) if not limit.counts(act))
    if late:
        truth = conditions.require.decide(looking)
        node = Node("and", done.node.text, "同时满足", "all of")
        another = () if truth is not None else _open_lists(done)
        trees["require"] = Tree(node, truth, truth, None, (done, *late, *another))
        if truth is not False:
            trees.pop("judge", None)
    return trees


def _open_lists(tree: Tree) -> tuple[Tree, ...]:
    """Return the lists in which there may be an act in time that the record does not hold."""
    found = {place_text(leaf.place): leaf for leaf in leaves(tree) if leaf.node.operator == "acts"}
    return tuple(Tree(leaf.node, (), None, leaf.place, ()) for leaf in found.values())


def _acts_in(tree: Tree, facts: Facts) -> list[Act]:
    """Return the acts of the kinds that a condition looked at."""
    kinds = dict.fromkeys(kind for leaf in _open_lists(tree) for kind in kinds_listed(leaf.place))
    return [act for kind in kinds for act in facts.held((kind,))]


def _order(act: Act, limit: Limit) -> Tree:
    """Return the evidence that an act was, or was not, over before another one, with both dates.

    Of one that does not surely belong to its passage: that it does not.
    """
    other, belongs = limit.act, limit.belongs(act)
    if belongs is not True and act.for_ is None:
        node = Node("same_round", "same_round()", "同一轮次", "the same round")
        return Tree(node, belongs, belongs, (act.id, "round"), ())
    zh, en = act.named[:2]
    zh_then, en_then = other.named[:2]
    node = Node("before", f"before(it.done, {other.kind})", f"{zh}早于{zh_then}", f"{en} before {en_then}")
    truth = precedes(act.done, limit.begun)
    ends, begins = act.done_fields[0], limit.field
    return Tree(
        node,
        truth,
        truth,
        None,
        (of_act(act, ends, act.done), of_act(other, begins, limit.begun)),
    )
