"""Whether a decision needs a step: by the triggers of the duties that require it, not by what was done of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decision_procedure.law.evidence import Truth, any_true, missing
from decision_procedure.results.verdict import Verdict

if TYPE_CHECKING:
    from decision_procedure.results.duties import DutyInfo

_NEEDS: Mapping[Truth, str] = {True: "required", None: "unknown", False: "not_required"}
_ACTS_LACKING = frozenset({"no_such_act", "act_unknown", "not_due", "deferred", "outcome_unknown"})
"""Why a duty was not tested although it may apply: what it looks at is not on record, or is still to come."""


def applies(verdict: Verdict, *, conditional: bool) -> Truth:
    """Return whether a duty applies: by its trigger; where that was not evaluated, for want of an act, if it has none.

    It is unknown too where it is uncertain whether its instrument binds the body, or what was decided. What
    presupposes an adoption does not apply to a rejected matter.
    """
    found: Truth = False
    if verdict.trees and "rejected" not in verdict.reasons:
        found = verdict.trees["when"].truth if "when" in verdict.trees else True
    elif _ACTS_LACKING.issuperset(verdict.reasons):
        found = None if conditional else True
    uncertain = verdict.binding == "uncertain" or "outcome_unknown" in verdict.reasons
    return None if found and uncertain else found


@dataclass(frozen=True, slots=True)
class StepNeed:
    """Whether a decision needs a step: `required`, `not_required`, `unknown` or `optional`.

    `duties` are those that decide it; `missing` the places of the record that would settle an unknown need.
    """

    step: str
    need: str
    duties: tuple[str, ...]
    missing: tuple[str, ...]


def need_of(
    step: str, duties: Sequence[str], verdicts: Sequence[Verdict], known: Mapping[str, DutyInfo]
) -> StepNeed:
    """Return whether a step is needed, by the duties that require it and the verdicts on these; `known` are all duties."""
    if not duties:
        return StepNeed(step, "optional", (), ())
    truths = [
        (verdict.duty, applies(verdict, conditional=known[verdict.duty].conditional)) for verdict in verdicts
    ]
    found = any_true(truth for _, truth in truths)
    if found is not False:
        deciding = {duty for duty, truth in truths if truth is found}
        duties = [duty for duty in duties if duty in deciding]
    trees = [verdict.trees for verdict in verdicts] if found is None else []
    lacking = (place for tree in trees if "when" in tree for place in missing(tree["when"]))
    return StepNeed(step, _NEEDS[found], tuple(duties), tuple(dict.fromkeys(lacking)))
