"""The gates of a report: which are closed, left unknown, or never put to the test (`semantics.md` section 4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from decision_procedure.results.conclusions import Conclusion

if TYPE_CHECKING:
    from decision_procedure.results.report import Report


@dataclass(frozen=True, slots=True)
class GateState:
    """The gates on one step and on those it rests on: `closed`, `unknown` or `open`.

    `blocked_by` and `unknown_because` name the duties that closed them or left them unknown. A gate that no act
    has put to the test yet is unknown: open are only gates whose duty was found met, or does not apply.
    """

    step: str
    state: str
    blocked_by: tuple[str, ...]
    unknown_because: tuple[str, ...]


class Gates:
    """The gates of one report, as its conclusions and verdicts tell them."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def state_of(self, gate: Conclusion) -> str:
        """Return the state that a conclusion tells (`Report.state_of`)."""
        stands = gate.get("act") in ("", self._last_tested[gate.get("duty")])
        return gate.get("state") if stands else f"was_{gate.get('state')}"

    def of(self, step: str, closing: Collection[str]) -> GateState:
        """Return the state of some gates, told as that of a step; `closing` are gates as duties name them (`closes`)."""
        gates = [item for item in self._report.concluded("gate") if item.get("closes") in closing]
        closed = tuple(sorted({item.get("duty") for item in gates if self.state_of(item) == "closed"}))
        left_open = {item.get("duty") for item in gates if self.state_of(item) == "unknown"}
        left_open |= {duty for duty in self.untested if self._report.duties[duty].closes in closing}
        unknown = tuple(sorted(left_open))
        return GateState(step, "closed" if closed else "unknown" if unknown else "open", closed, unknown)

    @cached_property
    def _last_tested(self) -> Mapping[str, str]:
        """For each gate, the last act of the last round on which it was tested; empty: the decision as a whole.

        What a gate was for an earlier act says nothing of the step today (`semantics.md` section 4).
        """
        order = {
            act.id: (act.round, 0 if act.begun is None else act.begun.first)
            for act in self._report.decision.acts
        }
        found: dict[str, tuple[tuple[int, int, str], str]] = {}
        for verdict in self._report.verdicts:
            if self._report.duties[verdict.duty].effect == "gate" and verdict.outcome != "not_applicable":
                act = verdict.act or ""
                at = (*order.get(self._report.source_of(act), (0, 0)), act)
                if at >= found.get(verdict.duty, ((0, 0, ""), ""))[0]:
                    found[verdict.duty] = (at, act)
        return {duty: act for duty, (_, act) in found.items()}

    @cached_property
    def untested(self) -> frozenset[str]:
        """The gate duties that nothing in the record has put to the test: what they look at is still to come."""
        gates = {name for name, duty in self._report.duties.items() if duty.effect == "gate"}
        return frozenset(
            verdict.duty
            for verdict in self._report.verdicts
            if verdict.duty in gates and (verdict.outcome == "pending" or verdict.reasons == ("no_such_act",))
        )
