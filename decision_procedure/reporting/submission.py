"""As if submitted: the check itself on a record with one more submission, on the day of the report.

Whatever asks how a draft would stand if it were put to a meeting reads this one report.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from decision_procedure.checking.compiled import compiled_law
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law
from decision_procedure.law.facts import Facts
from decision_procedure.law.passage import passage_of
from decision_procedure.model.acts.deciding import Submission
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.reporting.making import report_on
from decision_procedure.results.known_law import law_of
from decision_procedure.results.report import Report
from decision_procedure.results.waivers import waivers_given

ASSUMED = "submission-assumed"


class AsSubmitted(NamedTuple):
    """A report with a submission for discussion in its latest round, and that act."""

    report: Report
    act: str

    @property
    def assumed(self) -> bool:
        """Whether the submission was not recorded, only supposed."""
        return self.report.supposes is not None


def as_submitted(report: Report, law: Law) -> AsSubmitted:
    """Return the report itself where its record holds a submission of its latest round.

    Otherwise that on the same record submitted on the day of the report: by the same `law`, with the same
    waivers and answers, and as complete as the report took the record to be.
    """
    facts = facts_of(report, compiled_law(law.for_body(report.decision)).procedure)
    found = latest_submission(facts)
    if found is not None:
        return AsSubmitted(report, found.id or "")
    assumed = _assumed(report.decision, facts)
    supposed = report_on(
        _with(report.decision, assumed, facts),
        law,
        date.fromisoformat(report.as_of),
        assume_complete=report.assume_complete,
        waivers=waivers_given(report),
        supposes=assumed.id,
    )
    return AsSubmitted(supposed, assumed.id or "")


def may_submit(report: Report) -> str:
    """Return the state of the gates on submission, of the last one recorded or, where there is none, of one today.

    `open`, `closed` or `unknown`. Raises UnusableArgument for a report whose law is not known.
    """
    return as_submitted(report, law_of(report)).report.gate("submission").state


def facts_of(report: Report, procedure: Procedure) -> Facts:
    """Return what the record of a report establishes on its day, acts implied by others included.

    `procedure` is that of the law that the report applied.
    """
    return Facts(
        report.decision,
        date.fromisoformat(report.as_of),
        assume_complete=report.assume_complete,
        implied=procedure.implied,
    )


def latest_submission(facts: Facts) -> Submission | None:
    """Return the latest submission of the last round of the record, implied ones included; None when it has none.

    One without a date gives way to one that has a date.
    """
    rounds = passage_of(facts).last_round
    found = [act for act in facts.acts.get("submission", ()) if act.round == rounds]
    return max(found, key=_latest, default=None)


def _assumed(decision: Decision, facts: Facts) -> Submission:
    """Return a submission on the day of `facts`, in the latest round, of the latest draft.

    One planned for that round gives its draft and its package.
    """
    rounds = passage_of(facts).last_round
    planned = next((act for act in facts.plans if isinstance(act, Submission) and act.round == rounds), None)
    taken = {act.id for act in decision.acts}
    name = ASSUMED
    while name in taken:
        name += "~"
    return Submission(
        id=name,
        round=rounds,
        draft=_draft(decision, planned),
        date=PartialDate.on(date.fromisoformat(facts.as_of.text)),
        unit=decision.lead_unit,
        package=() if planned is None else planned.package,
        package_complete=None if planned is None else planned.package_complete,
        documents=() if planned is None else planned.documents,
    )


def _with(decision: Decision, submission: Submission, facts: Facts) -> Decision:
    """Return the record with one more submission; those that were planned or only announced give way."""
    held = facts.acts.get("submission", ())
    others = tuple(act for act in decision.acts if not isinstance(act, Submission) or act in held)
    return decision.model_copy(update={"acts": (*others, submission)})


def _latest(submission: Submission) -> tuple[int, str]:
    anchor = submission.anchor
    return (-1 if anchor is None else anchor.last, submission.id or "")


def _draft(decision: Decision, planned: Submission | None) -> str | None:
    if planned is not None and planned.draft is not None:
        return planned.draft
    return decision.drafts[-1].id if decision.drafts else None
