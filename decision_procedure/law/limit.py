"""By when a duty must have been met, and which acts count towards it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from decision_procedure.law.evidence import Truth, all_true
from decision_procedure.law.order import precedes
from decision_procedure.law.passage import Passage


class Limit:
    """The act of a step by which a duty must have been done: what ended after it does not count.

    `running`: what began before it and ended after it counts as well; `untimed`: whatever belongs to its passage
    counts. Whatever serves an act of execution, evaluation or adjustment (`for`) never does.
    """

    def __init__(
        self, passage: Passage, step: str, act: Any, *, running: bool = False, untimed: bool = False
    ) -> None:
        self.act, self.begun = act, passage.begun_of(step, act)
        self.field = "sent" if step == "review_request" else act.begin_fields[0]
        self._passage, self._step, self._running, self._untimed = passage, step, running, untimed
        self._decides = step == "decision" and act.kind == "decision"

    @property
    def until(self) -> int:
        """The last minute up to which absences must be answered for."""
        return self._passage.facts.now if self.begun is None else self.begun.last

    @property
    def untimed(self) -> Limit:
        """The same without regard to time."""
        return Limit(self._passage, self._step, self.act, untimed=True)

    def within(self, acts: Sequence[Any], whole: Truth) -> tuple[tuple[Any, ...], Truth]:
        """Return the acts that surely count, and whether no other one may."""
        truths = [(act, self.counts(act)) for act in acts]
        sure = tuple(act for act, truth in truths if truth is True)
        return sure, (None if any(truth is None for _, truth in truths) else whole)

    def counts(self, act: Any) -> Truth:
        """Say whether an act counts towards the duty."""
        return all_true((self.belongs(act), self._untimed or self._in_time(act)))

    def belongs(self, act: Any) -> Truth:
        """Say whether an act belongs to the passage of the later one: nothing but a deferral lies between.

        Of reviews of fair competition the last governs, whatever the round.
        """
        if act.for_ is not None:
            return False
        if act.kind == "fair_competition_review":
            return True
        return self._passage.linked(act.round, self.act.round)

    def _in_time(self, act: Any) -> Truth:
        over = self._over(act)
        return precedes(act.begun, self.begun) if self._running and over is not True else over

    def _over(self, act: Any) -> Truth:
        if self._decides:
            return self._passage.over_before(act, self.act)
        return precedes(act.done, self.begun)
