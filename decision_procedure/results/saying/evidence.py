"""The evidence below a sentence, a plain line for each condition: what failed or is open first, what holds after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from decision_procedure.law.evidence import Tree
from decision_procedure.results.report import Report
from decision_procedure.results.saying.called import Called
from decision_procedure.results.saying.clauses import each
from decision_procedure.results.saying.facts import Clauses
from decision_procedure.results.verdict import Verdict

_PART = re.compile(r"[，；。（）()]|[,;] |\. |\.$")
_TOLD = ("require", "judge", "when", "law")


class WordedEvidence(NamedTuple):
    """What the conditions of a verdict came to: those that made it what it is, and those that hold beside them."""

    decided: tuple[str, ...]
    holds: tuple[str, ...]

    def beyond(self, sentence: str) -> WordedEvidence:
        """Return what a sentence does not say already: a line of which it has every part, in whatever order, says no more."""
        said = _parts(sentence)
        decided, holds = (
            tuple(text for text in texts if text not in sentence and not _parts(text) <= said)
            for texts in self
        )
        return WordedEvidence(decided, holds)


def evidence(report: Report, verdict: Verdict, called: Called) -> WordedEvidence:
    """Return the conditions of a verdict in words, each once. Of one that is met, what meets it is what decided."""
    facts = Clauses(called, verdict.act, general=report.duties[verdict.duty].force == "general")
    told = {name: verdict.trees[name] for name in _TOLD if name in verdict.trees}
    met = bool(told) and all(tree.truth is True for tree in told.values())
    if "judge" in told and told["judge"].truth is False:
        del told["judge"]
    deciding = [tree for name, tree in told.items() if tree.truth is not True or name == "judge"]
    failing = [clause for tree in deciding for clause in facts.of(tree)]
    holding = [clause for tree in told.values() for part in _true(tree) for clause in facts.of(part)]
    found, beside = tuple(each(failing, called)), tuple(each(holding, called))
    if met:
        return WordedEvidence(beside, ())
    return WordedEvidence(found, tuple(text for text in beside if text not in found))


def _parts(text: str) -> set[str]:
    return {part.strip().casefold() for part in _PART.split(text) if part.strip()}


def _true(tree: Tree) -> Iterator[Tree]:
    """Yield the conditions of a tree that hold, of alternatives those that do."""
    if tree.node.operator in ("and", "or"):
        yield from _all_true(tree.children)
    elif tree.truth is True:
        yield tree


def _all_true(trees: Iterable[Tree]) -> Iterator[Tree]:
    for tree in trees:
        yield from _true(tree)
