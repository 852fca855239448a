"""A person's answers (人工判断): which verdict each is on, and whether it counts, decided in this one place.

An answer is to a `needs_judgement` and nothing else; it changes no outcome, gate or conclusion. `met` takes the
verdict out of the exit status, `not_met` leaves it there, first among them. An answer whose fingerprint is not
that of the verdict is outdated and counts as not given (`semantics.md`, "A person's answer").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Judgement
from decision_procedure.model.vocabulary import JudgementStanding, label
from decision_procedure.results.bearers import bears
from decision_procedure.results.fingerprints import Target, fingerprints
from decision_procedure.results.remarks import Judged, nearest_duty
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.severity import Outcome
from decision_procedure.wording import Words, say

QUESTION: Outcome = "needs_judgement"


def apply_judgements(report: Report, as_of: date) -> Report:
    """Return the report with the answers of its record beside its verdicts, as of the end of a day.

    Applying them anew replaces what was applied before.
    """
    if not report.decision.judgements and not report.judgements:
        return report
    found = _settled(list(_judged(report, PartialDate.on(as_of))))
    answers = {(item.duty, item.act): item.answer for item in found if item.counts}
    verdicts = tuple(
        verdict._replace(judged=answers.get((verdict.duty, verdict.act))) for verdict in report.verdicts
    )
    return replace(report, verdicts=verdicts, judgements=tuple(found))


def judgement_text(report: Report, item: Judged, lang: str) -> str:
    """Return an answer on one line: what, why, who, when, on which document, and whether it counts."""
    words = Words(lang, "judgement")
    parts = [label("answer", item.answer, lang), item.reason]
    by = named(report, item.by) + (words.aside(words.say("bearer_itself")) if item.by_bearer else "")
    parts.append(words.say("given", by=by, day=item.day))
    if item.document is not None:
        titles = {document.id: document.title or document.id for document in report.decision.documents}
        parts.append(titles.get(item.document, item.document))
    if item.standing != "checked":
        parts.append(label("judgement_standing", item.standing, lang))
    return words.series(parts)


def judged_mark(answer: str, lang: str) -> str:
    """Return an answer in few words, for a place beside what a verdict is called: `已判断:符合要求`."""
    return say("judgement.judged", lang, answer=label("answer", answer, lang))


def loose_text(report: Report, item: Judged, lang: str) -> str:
    """Return an answer that is on no question as a line of its own: what it names, and why it changes nothing."""
    about = " ".join(part for part in (item.duty, item.act) if part)
    words = Words(lang)
    head = f"{say('judgement.judgement', lang)} {about}"
    text = words.headed(head, judgement_text(report, item, lang))
    if item.outcome is not None:
        text += words.aside(label("outcome", item.outcome, lang))
    if item.nearest is not None:
        text = say("glossary.nearest", lang, text=text, duty=item.nearest)
    return text


def named(report: Report, by: str) -> str:
    """Return the name of a unit or person of the record; anybody else stands as written."""
    decision = report.decision
    units = {unit.id: unit.name for unit in decision.units}
    people = {person.id: person.name or person.id for person in decision.people}
    return people.get(by) or units.get(by) or by


def _judged(report: Report, today: PartialDate) -> Iterator[Judged]:
    verdicts = {(verdict.duty, verdict.act): verdict for verdict in report.verdicts}
    found = fingerprints(report)
    for index, entry in enumerate(report.decision.judgements):
        target = _target(entry, report)
        verdict = verdicts.get(target)
        asked = verdict is not None and verdict.outcome == QUESTION
        yield Judged(
            duty=entry.duty,
            act=target[1],
            answer=entry.answer,
            reason=entry.reason,
            by=entry.by,
            day=entry.day.text,
            document=entry.document,
            standing=_standing(entry, verdict, report, found.get(target), today),
            place=f"judgements[{index}]",
            outcome=None if verdict is None else verdict.outcome,
            by_bearer=asked and verdict is not None and bears(report, verdict, entry.by, entry.day),
            nearest=_nearest(entry.duty, report.duties),
        )


def _target(entry: Judgement, report: Report) -> Target:
    """Return the verdict that an answer is on: without an act, that on the decision, or the only one.

    Of several acts it is the only one on which the duty asks.
    """
    if entry.act is None:
        acts = [verdict.act for verdict in report.verdicts if verdict.duty == entry.duty]
        asking = [item.act for item in report.of(QUESTION) if item.duty == entry.duty]
        for found in (asking, acts):
            if None not in acts and len(found) == 1:
                return entry.duty, found[0]
    return entry.duty, entry.act


def _standing(
    entry: Judgement, verdict: Verdict | None, report: Report, fingerprint: str | None, today: PartialDate
) -> JudgementStanding:
    if verdict is None:
        return "no_such_verdict" if entry.duty in report.duties else "unknown_duty"
    if verdict.outcome != QUESTION:
        return "not_asked"
    if entry.day.first > today.last:
        return "not_yet"
    if entry.fingerprint is None:
        return "unchecked"
    return "checked" if entry.fingerprint == fingerprint else "outdated"


def _nearest(duty: str, known: Mapping[str, object]) -> str | None:
    return None if duty in known else nearest_duty(duty, known)


def _settled(found: list[Judged]) -> list[Judged]:
    """Return the answers with one at most that counts for each verdict: the latest.

    Of two of one day that say the same, the one written last; where they differ, none.
    """
    for target in {(item.duty, item.act) for item in found if item.counts}:
        places = [
            index for index, item in enumerate(found) if item.counts and (item.duty, item.act) == target
        ]
        days = {index: PartialDate.written(found[index].day) for index in places}
        last = max(places, key=lambda index: (days[index].last, index))
        rivals = [index for index in places if days[index].last >= days[last].first]
        differ = len({found[index].answer for index in rivals}) > 1
        for index in places:
            if index in rivals and differ:
                found[index] = replace(found[index], standing="contradicted")
            elif index != last:
                found[index] = replace(found[index], standing="superseded")
    return found
