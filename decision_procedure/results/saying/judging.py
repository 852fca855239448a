"""What a person is to judge: of an opinion on record what makes it one for a person, else what the duty leaves to one."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.law.evidence import Tree, value_data
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.saying.facts import Clauses
from decision_procedure.results.saying.reviews import asked_of
from decision_procedure.results.verdict import Verdict
from decision_procedure.wording.punctuation import official


def to_judge(facts: Clauses, duty: DutyInfo, verdict: Verdict) -> str:
    """Return what a person is to judge; empty where the duty leaves nothing to one."""
    if duty.judgement is None:
        return ""
    called, judge = facts.called, verdict.trees.get("judge")
    opinions = [] if judge is None else list(_opinions(judge))
    for_a_person = [tree for tree in opinions if value_data(tree.value) == "for_a_person"]
    asked = [
        called.say(f"judge_{cause}")
        for cause in dict.fromkeys(c for t in for_a_person for c in asked_of(facts, t))
    ]
    return official(called.words.series(asked) or duty.judgement.text(called.lang))


def _opinions(tree: Tree) -> Iterator[Tree]:
    """Yield the opinions that a condition looks for."""
    if tree.node.operator == "last_opinion":
        yield tree
        return
    for part in tree.children:
        yield from _opinions(part)


__all__ = ["to_judge"]
