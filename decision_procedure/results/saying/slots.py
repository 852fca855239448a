"""The slots of a duty's own sentence on a fault, each filled from the record or left unfilled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from decision_procedure.law.evidence import Tree, is_denied, value_data
from decision_procedure.results.saying.clauses import joined
from decision_procedure.results.saying.facts import Clauses, lacking_in
from decision_procedure.results.saying.meetings import spoken_after
from decision_procedure.results.saying.numbers import Measured, measured_in


class Unfilled(KeyError):
    """A slot that the evidence cannot fill."""


class Slots(Mapping[str, str]):
    """What the slots stand for (`law.faults`), worked out when asked for. Raises Unfilled for what the record lacks."""

    def __init__(self, facts: Clauses, trees: Mapping[str, Tree], as_of: str, traits: str) -> None:
        self._facts, self._as_of, self._traits = facts, as_of, traits
        self._require, self._trees = (
            trees["require"],
            [trees[name] for name in ("require", "when") if name in trees],
        )

    def __getitem__(self, name: str) -> str:
        work_out = _WORKED_OUT.get(name)
        found = self._of_act(name) if work_out is None else work_out(self)
        if not found:
            raise Unfilled(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_WORKED_OUT)

    def __len__(self) -> int:
        return len(_WORKED_OUT)

    def _of_act(self, name: str) -> str:
        """Return what the act tested says in a field; else the last act of a kind."""
        called, act = self._facts.called, self._facts.called.acts.get(self._facts.tested or "")
        if act is not None and name in type(act).model_fields:
            text = called.value(getattr(act, name), f"acts[{act.id}].{name}")
            return called.within_year(self._of_act("start"), text) if name == "end" else text
        held = called.held(name)
        return called.act(held[-1].id or "") if held else ""

    def act(self) -> str:
        """Return the act tested."""
        return self._facts.called.act(self._facts.tested) if self._facts.tested else ""

    def unit(self) -> str:
        """Return the unit that did the act tested."""
        act = self._facts.called.acts.get(self._facts.tested or "")
        return "" if act is None or act.unit is None else self._facts.called.unit(act.unit)

    def draft(self) -> str:
        """Return the draft of the act tested."""
        act = self._facts.called.acts.get(self._facts.tested or "")
        return "" if act is None or act.draft is None else self._facts.called.draft(act.draft)

    def as_of(self) -> str:
        """Return the day of the check."""
        return self._facts.called.day(self._as_of)

    def traits(self) -> str:
        """Return the traits that make the duty apply."""
        return self._traits

    def ground(self) -> str:
        """Return why the matter is withheld."""
        withholding = self._facts.called.decision.withholding
        ground = None if withholding is None else withholding.ground
        return self._facts.called.value(ground, "withholding.ground")

    def found(self) -> str:
        """Return everything that the conditions which failed found."""
        return joined(self._facts.of(self._require), self._facts.called)

    def days(self) -> str:
        """Return the days counted."""
        measured = self._measured()
        return "" if measured is None else measured.number

    def other_days(self) -> str:
        """Return the days counted by the other reading."""
        measured = self._measured()
        return "" if measured is None else measured.other

    def less(self) -> str:
        """Return by how many days it falls short."""
        measured = self._measured()
        return "" if measured is None or measured.less is None else str(measured.less)

    def limit(self) -> str:
        """Return what is required of the days."""
        measured = self._measured()
        return "" if measured is None else measured.limit

    def lacking(self) -> str:
        """Return what a list of the record lacks."""
        found = [
            text
            for tree in _all(self._require, "covers")
            if tree.truth is False
            for text in lacking_in(self._facts, tree)
        ]
        return self._facts.called.words.listed(found)

    def member(self) -> str:
        """Return the members of a list that are at fault."""
        called, found = self._facts.called, dict[str, None]()
        for tree in _all(self._require, "all_of"):
            for part in tree.children[1:]:
                if part.truth is False:
                    names = [called.member(leaf.place) for leaf in _leaves(part) if leaf.place]
                    found.update(dict.fromkeys(filter(None, names)))
        return called.words.listed(found)

    def head(self) -> str:
        """Return who should have spoken last."""
        for tree in _all(self._require, "last_speaker"):
            who = tree.children[1]
            return self._facts.called.value(who.value, who.place)
        return ""

    def place(self) -> str:
        """Return in what place that one spoke."""
        spoken = self._spoken()
        return "" if spoken is None else str(spoken[0])

    def after(self) -> str:
        """Return who spoke after that."""
        spoken = self._spoken()
        return "" if spoken is None else spoken[1]

    def _spoken(self) -> tuple[int, str] | None:
        for tree in _all(self._require, "last_speaker"):
            if value_data(tree.children[1].value) in (value_data(tree.children[0].value) or ()):
                return spoken_after(self._facts, tree)
        return None

    def _measured(self) -> Measured | None:
        found = [
            measured_in(self._facts, part) for tree in self._trees for part in _all(tree, "compare_days")
        ]
        return next((item for item in found if item is not None and not item.is_cut), None)


_WORKED_OUT: Mapping[str, Callable[[Slots], str]] = {
    "act": Slots.act, "after": Slots.after, "as_of": Slots.as_of, "days": Slots.days, "draft": Slots.draft,
    "found": Slots.found, "ground": Slots.ground, "head": Slots.head, "lacking": Slots.lacking, "less": Slots.less, "limit": Slots.limit,
    "member": Slots.member, "other_days": Slots.other_days, "place": Slots.place, "traits": Slots.traits,
    "unit": Slots.unit,
}  # fmt: skip


def _all(tree: Tree, operator: str) -> Iterator[Tree]:
    if tree.node.operator == operator:
        yield tree
    for child in tree.children:
        yield from _all(child, operator)


def _leaves(tree: Tree) -> Iterator[Any]:
    if not tree.children and not is_denied(tree.value):
        yield tree
    for child in tree.children:
        yield from _leaves(child)
