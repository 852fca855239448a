"""Made good: a breach of one act that a later act of its kind repaired before the decision (semantics.md section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from decision_procedure.law.facts import Facts
from decision_procedure.law.order import precedes
from decision_procedure.law.passage import Passage, passage_of
from decision_procedure.model.acts import Act
from decision_procedure.results.report import Verdict
from decision_procedure.results.severity import FAILED

# Duties of one act that only together make it the lawful repetition of an earlier one (713-25.1, 25.2).
_TOGETHER = (frozenset(("cn-713.25.1a", "cn-713.25.2a")),)


def made_good(
    verdicts: Sequence[Verdict], facts: Facts, departures: Mapping[str, str] = MappingProxyType({})
) -> tuple[Verdict, ...]:
    """Return the verdicts; those that a later recorded act made good name it, and stay what they were.

    `departures` gives for a general rule the duty to state a reason for departing from it (713-15.1): an act that keeps
    the rule meets that duty too.
    """
    acts = {act.id or "": act for held in facts.acts.values() for act in held}
    satisfied = {(item.duty, item.act) for item in verdicts if item.outcome == "satisfied"}
    satisfied |= {(departures[duty], act) for duty, act in satisfied if duty in departures}
    failed = {item.duty for item in verdicts if item.act is not None and item.outcome in FAILED}
    if not failed:
        return tuple(verdicts)
    later = {duty: [acts[act] for name, act in satisfied if name == duty and act in acts] for duty in failed}

    def repaired(item: Verdict) -> Verdict:
        act = acts.get(item.act or "")
        if act is None or item.outcome not in FAILED:
            return item
        duties = next((group for group in _TOGETHER if item.duty in group), frozenset((item.duty,)))
        found = [
            other
            for other in later[item.duty]
            if _repeats(other, act, passage_of(facts, act))
            and all((duty, other.id) in satisfied for duty in duties)
        ]
        first = min(
            found,
            key=lambda other: (0 if other.begun is None else other.begun.first, other.id or ""),
            default=None,
        )
        return item if first is None else item._replace(made_good_by=first.id)

    return tuple([repaired(item) if item.duty in failed else item for item in verdicts])


def _repeats(other: Act, act: Act, passage: Passage) -> bool:
    """Say whether an act repeats an earlier one of its round in time for the decision that adopts, or is that decision."""
    if (
        (other.kind, other.for_) != (act.kind, act.for_)
        or other.round != act.round
        or other.id in passage.facts.implied
    ):
        return False
    if precedes(act.begun, other.begun) is not True:
        return False
    decision = passage.decision_of(act.round)
    if decision is None or passage.adopts(decision) is False:
        return True
    return other is decision or passage.over_before(other, decision) is True
