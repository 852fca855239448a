"""A record as if the draft were submitted for discussion now, so that its gates and package can be tested before."""

from __future__ import annotations

from datetime import date

from decision_procedure.law.facts import Facts
from decision_procedure.model.acts import Submission
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision

ASSUMED = "submission-assumed"


def latest_submission(facts: Facts) -> Submission | None:
    """Return the latest submission of the last round of the record, implied ones included; None when it has none.

    One without a date gives way to one that has a date.
    """
    rounds = max((act.round for acts in facts.acts.values() for act in acts), default=1)
    found = [act for act in facts.acts.get("submission", ()) if act.round == rounds]
    return max(found, key=_latest, default=None)


def with_submission(decision: Decision, facts: Facts) -> Decision:
    """Return the record with one more submission, on the day of `facts`, in the latest round, of the latest draft.

    A submission planned for that round gives its package; submissions that were planned or only announced give way.
    """
    rounds = max((act.round for acts in facts.acts.values() for act in acts), default=1)
    planned = next((act for act in facts.plans if isinstance(act, Submission) and act.round == rounds), None)
    held = facts.acts.get("submission", ())
    others = tuple(act for act in decision.acts if not isinstance(act, Submission) or act in held)
    assumed = Submission(
        id=ASSUMED,
        round=rounds,
        draft=_draft(decision, planned),
        date=PartialDate.on(date.fromisoformat(facts.as_of.text)),
        unit=decision.lead_unit,
        package=() if planned is None else planned.package,
        package_complete=None if planned is None else planned.package_complete,
        documents=() if planned is None else planned.documents,
    )
    return decision.model_copy(update={"acts": (*others, assumed)})


def _latest(submission: Submission) -> tuple[int, str]:
    anchor = submission.anchor
    return (-1 if anchor is None else anchor.last, submission.id or "")


def _draft(decision: Decision, planned: Submission | None) -> str | None:
    if planned is not None and planned.draft is not None:
        return planned.draft
    return decision.drafts[-1].id if decision.drafts else None
