"""The time that is left for the legality review, and the least that the law wants for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from decision_procedure.checking.compiled import compiled_law
from decision_procedure.clock import (
    Span,
    earliest_after_workdays,
    is_workday,
    returns_of,
    without_returns,
    workdays_left,
)
from decision_procedure.errors import Beyond
from decision_procedure.law.evidence import Tree, leaves
from decision_procedure.law.loading import Pack
from decision_procedure.law.passage import passage_of
from decision_procedure.law.roles import review_workdays, takes_off_supplement
from decision_procedure.model.dates import PartialDate
from decision_procedure.reporting.submission import facts_of
from decision_procedure.results.report import Report, Verdict

_DOES_NOT_APPLY = frozenset({"not_in_force", "ended", "not_bound", "scope", "replaced"})
_BINDING = ("direct", "reference", "uncertain", "internal")


class ReviewTime(NamedTuple):
    """The time left for the legality review, by the duty of the law that binds most and asks most.

    `sent` is the first sending where the law takes the time of supplement off, otherwise that of complete material. `sent` None: not recorded, `meeting` None: none is recorded. `left` is working days between sending and the
    meeting, otherwise up to the day of checking. `enough_from` is the first day on which a meeting leaves `least` working
    days after the sending, whatever else the law wants before it (see `planning.possible`); None: it cannot be said.
    `verdict` is that on the sending; None: nothing was sent, or no meeting is recorded that it could be tested on.
    """

    duty: str
    article: str
    least: int
    sent: PartialDate | None
    meeting: PartialDate | None
    left: Span | None
    enough_from: str | None
    verdict: Verdict | None


def review_time(report: Report, packs: Sequence[Pack], submission: str) -> ReviewTime | None:
    """Return the time for the review on which a submission of the report rests; None when no law applied sets one."""
    facts = facts_of(report, compiled_law(tuple(packs)).procedure)
    passage = passage_of(facts)
    number = next((act.round for act in facts.held(("submission",)) if act.id == submission), 1)
    review = passage.sending_of(number)
    found = min(_wanted(report, packs, None if review is None else review.id), default=None)
    if found is None:
        return None
    _, counted, _, duty, verdict = found
    least = -counted
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    goes_on = takes_off_supplement(rules[duty].duty)
    sent = None if review is None else review.sent if goes_on else review.complete_material_sent
    held = None if review is None else passage.meeting_after(review)
    if held is None:  # another meeting leaves time too, though not the one that the law names
        held = next((act for act in facts.held(("deliberation",)) if act.round == number), None)
    meeting = None if held is None else held.date
    left = workdays_left(sent, meeting or facts.as_of) if sent else None
    out = 0
    if goes_on and review is not None and left is not None and sent is not None:
        net = without_returns(left, returns_of(review), sent, meeting or facts.as_of)
        left, out = net, left.low - net.low
    tested = verdict.act is not None and (meeting is not None or verdict.outcome != "not_applicable")
    return ReviewTime(
        duty=duty,
        article=report.duties[duty].article,
        least=least,
        sent=sent,
        meeting=meeting,
        left=left,
        enough_from=_enough_from(sent, least + out),
        verdict=verdict if tested else None,
    )


def _wanted(
    report: Report, packs: Sequence[Pack], review: str | None
) -> Iterator[tuple[int, int, bool, str, Verdict]]:
    """Yield each duty that sets a time, so that the one that binds most firmly and asks most comes first."""
    for pack in packs:
        for rule in pack.rules:
            least = review_workdays(rule.duty)
            verdict = None if least is None else _verdict(report, rule.id, review)
            if least is not None and verdict is not None and _applies(verdict):
                softer = rule.duty.force != "must"
                yield _BINDING.index(verdict.binding), -least, softer, rule.id, verdict


def _verdict(report: Report, duty: str, review: str | None) -> Verdict | None:
    on_it = [item for item in report.verdicts if item.act in (review, None)]
    own = [item for item in on_it if item.duty == duty]
    joined = [item for item in on_it if duty in item.related and item.outcome != "not_applicable"]
    return next(iter([*own, *joined]), None)


def _applies(verdict: Verdict) -> bool:
    """Say whether a duty applies, or would once there is a meeting."""
    if not _DOES_NOT_APPLY.isdisjoint(verdict.reasons):
        return False
    when: Tree | None = verdict.trees.get("when")
    if when is None or when[2] is True:
        return True
    return {leaf.node.operator for leaf in leaves(when) if leaf.truth is not True} <= {"meets_after"}


def _enough_from(sent: PartialDate | None, least: int) -> str | None:
    if sent is None or sent.day is None:
        return None
    try:
        return earliest_after_workdays(sent.day, least).isoformat()
    except Beyond:
        return None


def works(day: str) -> bool:
    """Say whether people surely do not rest on a day; a day whose holidays are not published counts as one they work."""
    try:
        return is_workday(date.fromisoformat(day))
    except Beyond:
        return True
