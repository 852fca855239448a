"""What an open finding waits for first: the unknown places of the record of which none can be left out.

A verdict is a table of three-valued conditions (`semantics.md` section 2). What only matters once something else is
known is not asked yet: which law applies comes before what it asks, whether the act took place before what it was
like, what starts a duty before what the duty requires.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from decision_procedure.law.evidence import Tree, kinds_listed, missing
from decision_procedure.results.findings import Finding

_OVER_LISTS = frozenset(("any_of", "all_of"))
_STAGES = ("law", "when", "require", "judge")


class OpenPlaces:
    """Which places findings of one report wait for.

    `per` are the kinds of act on which a duty is tested, `later` the kinds that would show a step to be past, `open_`
    those of which the record may hold further acts.
    """

    def __init__(
        self,
        per: Callable[[str], tuple[str, ...]],
        later: Callable[[str | None], Iterable[str]],
        may_be_more: Callable[[str], bool],
    ) -> None:
        self._per, self._later, self._may_be_more = per, later, may_be_more

    def places(self, finding: Finding) -> tuple[str, ...]:
        """Return the places that an undetermined finding waits for; none where no fact of the record settles it."""
        disputed = {place for dispute in finding.disputes for place in dispute.places}
        found = dict.fromkeys(place for place in self._stage(finding) if place not in disputed)
        return tuple(found)

    def _stage(self, finding: Finding) -> Iterator[str]:
        trees, reasons = finding.trees, finding.reasons
        if "announced" in reasons:
            yield f"acts[{finding.act}].held"
        elif "law" in trees:
            yield from missing(trees["law"])
        elif "act_unknown" in reasons or "outcome_unknown" in reasons:
            yield from self._whether_done(finding)
        else:
            yield from self._conditions(finding, trees)

    def _whether_done(self, finding: Finding) -> Iterator[str]:
        if "outcome_unknown" in finding.reasons:
            yield from _first(finding.trees)
        elif per := self._per(finding.rule):
            yield acts_of(per)

    def _conditions(self, finding: Finding, trees: Mapping[str, Tree]) -> Iterator[str]:
        """Yield what the conditions lack: first whether acts took place, as long as nothing says that the step is due."""
        found = tuple(_first(trees))
        if "due_unknown" not in finding.reasons:
            yield from found
            return
        acts = [place for place in found if kinds_listed(place)]
        later = [kind for kind in self._later(finding.step) if self._may_be_more(kind)]
        yield from acts or found or (acts_of((kind,)) for kind in later[:1])


def _first(trees: Mapping[str, Tree]) -> Iterator[str]:
    """Yield what the first condition that is unknown lacks; of a question of scope, what all lack."""
    if not trees.keys() & {"when", "require", "judge"}:
        for tree in trees.values():
            yield from lacking(tree)
        return
    for name in _STAGES:
        if name in trees and (found := tuple(lacking(trees[name]))):
            yield from found
            return


def scope_place(finding: Finding) -> str | None:
    """Return the first fact that would settle whether an instrument covers the matter; None: it is for a person."""
    if "scope_unstated" not in finding.reasons:
        return None
    trees = (finding.trees[name] for name in ("included", "excluded") if name in finding.trees)
    return next((place for tree in trees for place in lacking(tree)), None)


def lacking(tree: Tree) -> Iterator[str]:
    """Yield the places whose absence leaves a condition unknown.

    Whether a list holds more than is recorded matters only once what it holds is known to be not enough.
    """
    if tree.truth is not None:
        return
    members = [part for part in tree.children[1:] if part.truth is None]
    if tree.node.operator in _OVER_LISTS and members:
        for part in members:
            yield from lacking(part)
    elif tree.joins:
        for part in tree.children:
            yield from lacking(part)
    else:
        yield from missing(tree)


def acts_of(kinds: Iterable[str]) -> str:
    """Return the place of the acts of these kinds."""
    return f"acts({', '.join(kinds)})"


__all__ = ["OpenPlaces", "acts_of", "lacking", "scope_place"]
