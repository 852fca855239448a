"""What a meeting must know before a draft is put to it: the package, the gates on submission, the time for review.

Everything here is read from a report; whether a head is needed or a gate is closed was decided by the checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from decision_procedure.clock import Span, earliest_after_workdays, workdays_left
from decision_procedure.errors import Beyond
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.model.acts import Act, Deliberation, LegalityReview
from decision_procedure.model.dates import PartialDate, parse_date
from decision_procedure.render.text.view import View
from decision_procedure.report import Verdict

_ITEM = re.compile(r"""includes\(act\.package, ["'](\w+)["']\)""")
_TIME = "complete_material_sent"
_PAPERS = "discussion_papers"  # the package itself is no evidence of what is in it

Need = Literal["required", "not_required", "unknown"]
Presence = Literal["there", "missing", "in_file", "unseen", "none"]


class Head(NamedTuple):
    """One head of the package that the law asks for.

    `presence`: `there` in the package; `missing` from a package stated to be whole; `in_file`, the record has
    such a `document`, but the package is not known to hold it; `unseen`, nothing of it in the record; `none`
    where it is not needed. `verdict` decided both.
    """

    item: str
    article: str
    need: Need
    presence: Presence
    document: str | None
    verdict: Verdict


class Gate(NamedTuple):
    """One duty that forbids submission, or what it rests on, until it is met.

    `state` is closed, unknown, open, pending, or `counts_not`: violated, under an instrument that closes nothing.
    """

    verdict: Verdict
    state: str


class ReviewTime(NamedTuple):
    """The time left for the legality review; `sent` None: not recorded, `meeting` None: none is recorded.

    `left` is working days between sending and the meeting, otherwise up to the day of checking. `earliest` is the first
    day on which a meeting leaves `least` working days; None: it cannot be said.
    """

    article: str
    least: int
    sent: PartialDate | None
    meeting: PartialDate | None
    left: Span | None
    earliest: str | None
    verdict: Verdict | None


def heads(view: View, packs: Iterable[Pack], submission: str) -> list[Head]:
    """Return the heads of the package, in the order of the law, as tested on one submission."""
    found = {item.duty: item for item in view.report.verdicts if item.act == submission}
    rules = [(match[1], rule) for rule in _rules(packs) if (match := _ITEM.search(rule.duty.require))]
    return [_head(view, item, rule, found[rule.id]) for item, rule in rules if rule.id in found]


def gates(view: View, submission: str) -> list[Gate]:
    """Return the gates on one submission and on what it rests on in its round; those that do not apply are left out."""
    report = view.report
    closing = report.rests_on.get("submission", ())
    states = {(item.get("duty"), item.get("act")): item.get("state") for item in report.concluded("gate")}
    mine = _round(view, submission)
    return [
        Gate(verdict, _state(verdict, states.get((verdict.duty, verdict.act or f"—{verdict.duty}"))))
        for verdict in report.verdicts
        if report.duties[verdict.duty]["closes"] in closing
        and verdict.outcome != "not_applicable"
        and (verdict.act in (None, submission) or _is_step_before(view, verdict.act, mine))
    ]


def review_time(view: View, packs: Iterable[Pack], submission: str) -> ReviewTime | None:
    """Return the time for the last review of the submission's round; None when no law applied sets one."""
    rule = next((rule for rule in _rules(packs) if _TIME in rule.duty.require and rule.duty.params), None)
    if rule is None or rule.id not in view.report.duties:
        return None
    least = next(iter(rule.duty.params.values())).value
    mine = [act for act in view.report.decision.acts if act.held and act.round == _round(view, submission)]
    reviews = sorted((act for act in mine if isinstance(act, LegalityReview)), key=_begun)
    meetings = sorted((act for act in mine if isinstance(act, Deliberation)), key=_begun)
    review = reviews[-1] if reviews else None
    sent = review.complete_material_sent if review else None
    meeting = meetings[0].date if meetings else None
    until = meeting or parse_date(view.report.as_of)
    verdict = next(
        (v for v in view.report.verdicts if review and v.duty == rule.id and v.act == review.id), None
    )
    left = workdays_left(sent, until) if sent else None
    return ReviewTime(rule.duty.article, least, sent, meeting, left, _earliest(sent, least), verdict)


def _rules(packs: Iterable[Pack]) -> Iterator[Rule]:
    for pack in packs:
        yield from pack.rules


def _head(view: View, item: str, rule: Rule, verdict: Verdict) -> Head:
    document = _document(view, rule.duty.evidence)
    need = _need(verdict)
    presence: Presence = "in_file" if document else "unseen"
    if need == "not_required":
        presence = "none"
    elif "require" in verdict.trees and verdict.trees["require"][2] is not None:
        presence = "there" if verdict.trees["require"][2] else "missing"
    return Head(item, rule.duty.article, need, presence, document, verdict)


def _need(verdict: Verdict) -> Need:
    if verdict.outcome == "not_applicable":
        return "not_required"
    if "when" in verdict.trees and verdict.trees["when"][2] is None:
        return "unknown"
    return "required"


def _document(view: View, kinds: Sequence[str]) -> str | None:
    wanted = set(kinds) - {_PAPERS}
    return next((item.id for item in view.report.decision.documents if item.kind in wanted), None)


def _state(verdict: Verdict, concluded: str | None) -> str:
    if concluded is not None:
        return concluded
    return {"satisfied": "open", "pending": "pending"}.get(verdict.outcome, "counts_not")


def _round(view: View, act: str) -> int:
    found = view.names.acts.get(view.report.source_of(act))
    return 1 if found is None else found.round


def _is_step_before(view: View, act: str | None, number: int) -> bool:
    found = view.names.acts.get(act or "")
    return found is not None and found.round == number and getattr(found, "kind", "") != "submission"


def _begun(act: Act) -> tuple[int, str]:
    return (act.begun.first if act.begun else 0, act.id or "")


def _earliest(sent: PartialDate | None, least: int) -> str | None:
    if sent is None or sent.day is None:
        return None
    try:
        return earliest_after_workdays(sent.day, least).isoformat()
    except Beyond:
        return None
