"""The conditions of a duty: what they come to, and the evidence for it, worked out when it is read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from typing import Any

from decision_procedure.clock import counting_by
from decision_procedure.law.evidence import Tree, Truth
from decision_procedure.law.language import Compiled, Frame


def truth_table(when: Truth, require: Truth, judge: Truth, *, has_judge: bool) -> str:
    """Return the verdict of the three conditions (`semantics.md` section 2), before due-ness and caps."""
    if when is False:
        return "not_applicable"
    if require is True:
        return "satisfied"
    if when is None or require is None:
        return "undetermined"
    if not has_judge or judge is False:
        return "violated"
    return "needs_judgement" if judge is True else "undetermined"


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a duty applies (None: always), what it requires, and when a breach is for a person to judge."""

    when: Compiled | None
    require: Compiled
    judge: Compiled | None = None

    def outcome(self, frame: Frame) -> str:
        """Return what the conditions come to; a condition that can change nothing is not looked at."""
        when = True if self.when is None else self.when.decide(frame)
        if when is False:
            return "not_applicable"
        require = self.require.decide(frame)
        if require is True:
            return "satisfied"
        if self.judge is None or require is None:
            return truth_table(when, require, None, has_judge=False)
        return truth_table(when, False, self.judge.decide(frame), has_judge=True)

    def evidence(self, frame: Frame) -> dict[str, Tree]:
        """Return the trees of the conditions that `outcome` looks at."""
        trees: dict[str, Tree] = {}
        if self.when is not None:
            trees["when"] = self.when.run(frame)
            if trees["when"].truth is False:
                return trees
        trees["require"] = self.require.run(frame)
        if self.judge is not None and trees["require"].truth is False:
            trees["judge"] = self.judge.run(frame)
        return trees


class Unread(Mapping[str, Tree]):
    """The trees behind a verdict, by name of condition, that `_all` works out when they are read."""

    __slots__ = ()

    @abstractmethod
    def _all(self) -> Mapping[str, Tree]: ...

    def __getitem__(self, name: str) -> Tree:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def items(self) -> ItemsView[str, Tree]:
        """Return the names with their trees."""
        return self._all().items()

    def values(self) -> ValuesView[Tree]:
        """Return the trees."""
        return self._all().values()

    def __repr__(self) -> str:
        return repr(dict(self._all()))

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self._all()),)


class Evidence(Unread):
    """Trees worked out from the record when first read."""

    __slots__ = ("_frame", "_trees", "_work_out")

    def __init__(self, work_out: Callable[[Frame], dict[str, Tree]], frame: Frame) -> None:
        self._work_out, self._frame = work_out, frame
        self._trees: dict[str, Tree] | None = None

    def _all(self) -> dict[str, Tree]:
        if self._trees is None:
            frame = self._frame
            # A frame of its own: others may be reading theirs at the same time. By the calendar of the check: where it
            # is read another may be in use.
            with counting_by(frame.facts.calendar):
                self._trees = self._work_out(Frame(frame.facts, frame.act, frame.until, frame.limit))
        return self._trees


class Further(Unread):
    """Trees to be worked out when first read, with one more that is known."""

    __slots__ = ("_name", "_rest", "_tree")

    def __init__(self, rest: Mapping[str, Tree], name: str, tree: Tree) -> None:
        self._rest, self._name, self._tree = rest, name, tree

    def _all(self) -> dict[str, Tree]:
        return {**self._rest, self._name: self._tree}
