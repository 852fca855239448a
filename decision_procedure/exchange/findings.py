"""The findings and the advice of reports as the formats list them, and a finding on one line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from decision_procedure.model.vocabulary import label
from decision_procedure.results.baseline import accepted_targets
from decision_procedure.results.findings import Finding, Findings, LineOf, at, noted
from decision_procedure.results.fingerprints import fingerprint_of, record_key
from decision_procedure.results.remarks import Waived, WaiverNote
from decision_procedure.results.report import Report
from decision_procedure.results.severity import SEVERITY, up_to
from decision_procedure.results.waivers import NOTES
from decision_procedure.wording import Words, say

Located = Iterable[tuple[str, Report]]


class Advised(NamedTuple):
    """Advice, such as on the law that a record cites, as the formats that show it do. It is no finding and never counts.

    `rule` is `advice.` and its kind; `line` is counted from 1, None: unknown; `cell` is that of a workbook. `text` is in the language asked for.
    """

    fingerprint: str
    rule: str
    kind: str
    file: str
    line: int | None
    title: str
    text: str
    cell: str = ""


class FindingsView(NamedTuple):
    """How results are written out.

    `least` is the least severe grade listed (`severity.GRADES`). `lines` gives, for a file, the function
    from act to line or cell. `accepted` is what a baseline knows findings by (`baseline.accepted_names`); None: there is none. `left_over` is
    asked, when all reports are written, for what a whole run shows about waivers, as `(file, note)`. `steps` gives the
    state of every step of a report as JSON data; None: it is not written.
    """

    lang: str = "zh"
    least: str = "undetermined"
    lines: Callable[[str], LineOf] | None = None
    accepted: frozenset[str] | None = None
    left_over: Callable[[], Iterable[tuple[str, WaiverNote]]] = tuple
    steps: Callable[[Report], Sequence[Mapping[str, Any]]] | None = None


DEFAULT = FindingsView()


def findings(reports: Located, view: FindingsView) -> Iterator[Finding]:
    """Yield every finding of the reports, and then what the run left over."""
    for file, report in reports:
        yield from report_findings(file, report, view)
    yield from left_over(view)


def report_findings(file: str, report: Report, view: FindingsView) -> Iterator[Finding]:
    """Yield the findings of one report: its open verdicts, then what is wrong with its waivers."""
    line_of = view.lines(file) if view.lines else None
    return Findings(report, file, line_of, view.accepted).listed(view.least)


def advice_of(file: str, report: Report, view: FindingsView) -> Iterator[Advised]:
    """Yield the advice of one report, in its order."""
    line_of = view.lines(file) if view.lines and report.advice else None
    record = record_key(report.decision)
    for item in report.advice:
        yield Advised(
            fingerprint=fingerprint_of(json.dumps(["advice", item.kind, record, item.zh])),
            rule=f"advice.{item.kind}",
            kind=item.kind,
            file=file,
            **at(line_of(item.place) if line_of else None),
            title=report.title,
            text=Words(view.lang).said(item),
        )


def left_over(view: FindingsView) -> Iterator[Finding]:
    """Yield what the run as a whole shows about waivers."""
    listed = up_to(view.least)
    for file, note in view.left_over():
        if NOTES[note.kind] in listed:
            yield noted(note, file)


def standing(report: Report, accepted: frozenset[str] | None) -> frozenset[str]:
    """Return the grades that stand against a report: what has them counts, and no baseline accepts it.

    What is wrong with its waivers stands as well, with the severity of `waivers.NOTES`.
    """
    known = accepted_targets(report, accepted)
    open_verdicts = (v for v in report.verdicts if v.counts and v.outcome in SEVERITY)
    grades = {v.grade for v in open_verdicts if (v.duty, v.act) not in known}
    found = {grade for grade in grades if grade is not None}
    return frozenset(found | {NOTES[note.kind] for note in report.waiver_notes})


def finding_text(finding: Finding, lang: str) -> str:
    """Return what a finding says, on one line: outcome, sentence, what is asked with its article, cure and waiver."""
    if finding.duty is None:
        return finding.said.text(lang)
    words = Words(lang, "finding")
    parts = [_opening(finding, lang)]
    parts += [words.headed(words.say(name), text) for name, text in _particulars(finding, lang) if text]
    if finding.unseen:
        parts.append(words.say("unseen_text"))
    return words.series(parts)


def _opening(finding: Finding, lang: str) -> str:
    words, outcome = Words(lang), finding.called(lang)
    if finding.waived:
        outcome = f"{say('finding.would_be', lang)} {outcome}"
        outcome += words.say("pause") + _waived_text(finding.waiver, lang) if finding.waiver else ""
    if finding.made_good_by is not None:
        outcome += words.aside(say("finding.made_good", lang))
    source = f"{finding.instrument.text(lang)} {finding.article.text(lang)}"
    about = words.aside(words.say("pause").join([source, finding.role.text(lang)]))
    asked = words.headed(words.say("requirement"), finding.requirement.text(lang) + about)
    said = finding.sentence(lang)
    return words.headed(outcome, f"{said}{words.say('gap')}{asked}" if said else asked)


def _waived_text(waiver: Waived, lang: str) -> str:
    words = Words(lang)
    until = f"{say('finding.until', lang)} {waiver.expires}" if waiver.expires else ""
    parts = filter(None, (waiver.basis, waiver.document, str(waiver.date), until))
    return say("finding.waived", lang, approver=waiver.approver) + words.aside(words.say("pause").join(parts))


def _particulars(finding: Finding, lang: str) -> Iterator[tuple[str, str]]:
    words = Words(lang)
    yield "reasons", words.listed(label("reason", reason, lang) for reason in finding.reasons)
    yield "cure", finding.cure.text(lang) if finding.in_full else ""
    yield "judged", finding.answer.text(lang) if finding.answer else ""


def level_of(finding: Finding, violated: str, doubtful: str, other: str) -> str:
    """Return the word of a format for how grave a finding is: one of three, the least for what does not fail."""
    words = {"violated": violated, "in_doubt": doubtful, "needs_judgement": doubtful}
    return words.get(finding.grade or "", other) if finding.fails else other
