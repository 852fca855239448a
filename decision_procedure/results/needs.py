"""Whether a decision needs a step: by the triggers of the duties that require it, not by what was done of them."""

from __future__ import annotations

from decision_procedure.law.evidence import Truth
from decision_procedure.results.verdict import Verdict

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
