"""What became of the faults of an earlier report: mended, made good, still open."""

from __future__ import annotations

from typing import Literal, NamedTuple

from decision_procedure.planning.trial import open_faults
from decision_procedure.results.report import Report

How = Literal["mended", "made_good", "open", "gone"]


class FaultSince(NamedTuple):
    """A fault that was open in an earlier report, and how it stands.

    `mended`: what was violated is no more; `made_good`: the act `by` did it once more; `open`; `gone`: the record no longer holds
    the act.
    """

    duty: str
    act: str | None
    how: How
    by: str | None = None


def faults_since(before: Report, now: Report) -> tuple[FaultSince, ...]:
    """Return how each fault open in an earlier report on a record stands in a later one, in the order of the earlier."""
    verdicts = {(item.duty, item.act): item for item in now.verdicts}
    acts = {act.id for act in now.decision.acts} | now.implied.keys()
    found = []
    for duty, act in open_faults(before):
        verdict = verdicts.get((duty, act))
        if verdict is not None and verdict.made_good_by is not None:
            found.append(FaultSince(duty, act, "made_good", verdict.made_good_by))
        elif verdict is not None and verdict.outcome == "violated":
            found.append(FaultSince(duty, act, "open"))
        else:
            found.append(FaultSince(duty, act, "mended" if act is None or act in acts else "gone"))
    return tuple(found)


__all__ = ["FaultSince", "faults_since"]
