"""How far a matter has gone, and what can be done about a breach at that stage: decided in this one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from decision_procedure.results.report import Report, Verdict
from decision_procedure.wording import Bilingual

Stage = Literal["preparing", "submitted", "decided", "issued"]
STAGES: tuple[Stage, ...] = ("preparing", "submitted", "decided", "issued")
_REACHED: Mapping[str, Stage] = {
    "submission": "submitted", "decision": "decided", "issue": "issued", "publication": "issued",
}  # fmt: skip
_UNDECIDED = ("reject", "defer")


def stage_of(report: Report, verdict: Verdict) -> Stage:
    """Return the stage of the matter that a verdict is about, by the acts of its round and of later ones.

    A verdict on the decision as a whole looks at every round. What is planned, or only supposed, has not been reached.
    """
    rounds = {act.id: act.round for act in report.decision.acts}
    since = 0 if verdict.act is None else rounds.get(report.source_of(verdict.act), 0)
    reached = [stage for stage, number in _stages(report, rounds) if number >= since]
    return max(reached, key=STAGES.index, default="preparing")


def cure_of(report: Report, verdict: Verdict) -> Bilingual:
    """Return what can be done about a verdict at the stage of its matter."""
    cure = report.duties[verdict.duty].cure
    reached = STAGES[1 : STAGES.index(stage_of(report, verdict)) + 1]
    return next((said for stage in reversed(reached) if (said := getattr(cure, stage))), cure)


def _stages(report: Report, rounds: Mapping[str | None, int]) -> Iterator[tuple[Stage, int]]:
    """Yield what each act reached, with its round."""
    ahead = {report.supposes, *report.plans}
    for act in report.decision.acts:
        kind = act.kind
        undecided = kind == "decision" and getattr(act, "outcome", None) in _UNDECIDED
        if act.held and act.id not in ahead and kind in _REACHED and not undecided:
            yield _REACHED[kind], act.round
    for implied in report.implied.values():
        if implied.kind in _REACHED:
            yield _REACHED[implied.kind], rounds.get(implied.source, 0)
