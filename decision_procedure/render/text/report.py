"""A whole report as lines of text, the gravest first."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from decision_procedure.law.numbers import numbered
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.findings import STYLES, asked_line, finding_lines, headline, scope_lines
from decision_procedure.render.text.lines import BLANK, Block, Style, TextLine, line, plain
from decision_procedure.render.text.notes import loose_lines, note_lines
from decision_procedure.render.text.notice import is_notice, notice_lines
from decision_procedure.render.text.steps import step_lines
from decision_procedure.render.text.view import View
from decision_procedure.results.findings import Finding
from decision_procedure.results.problems import problems, scopes_apart
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.severity import CLASSES, OPEN_FACES, TOLD_IN_FULL
from decision_procedure.wording import say

_LAWS = 3


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is shown: `everything` adds what is open, pending and met, and the steps; `trees` the whole trees."""

    everything: bool = False
    trees: bool = False


def report_lines(view: View, detail: Detail) -> Iterator[Block]:
    """Yield a report: what it rests on, the findings by severity, the gates, and what to do next."""
    yield from _head(view, detail)
    if is_notice(view.report.decision) and not (detail.everything or view.report.uncovered):
        yield from notice_lines(view)
    for face in OPEN_FACES if detail.everything else TOLD_IN_FULL:
        yield from _group(view, face, detail)
    if detail.everything:
        yield from _met(view)
    yield from _gates(view, detail)
    yield from note_lines(view.report.waiver_notes, view.lang, view.places)
    yield from loose_lines(view)
    yield from _advice(view)
    if detail.everything:
        yield from _governed(view)
        yield from step_lines(view)
    yield from _close(view)


def _head(view: View, detail: Detail) -> Iterator[Block]:
    report = view.report
    if report.assumed_up_to is not None:
        yield line(f"! {view.say('assumed', number=report.assumed_up_to)}", "needs_judgement")
    yield TextLine(((f"{view.say('matter')} ", "dim"), (plain(report.title), "title")))
    facts = [f"{view.say('body')} {plain(report.decision.body.name)}", view.say("dated", day=report.as_of)]
    yield line(" · ".join(facts), "dim", indent=2)
    if view.places is not None:
        yield TextLine(((plain(view.places.file), "dim"),), 2, quote=True)
    if report.uncovered:
        yield line(f"! {view.say('uncovered')}", "violated", indent=2)
    for item in report.advice:
        if item.kind == "place":  # which law is applied hangs on it
            yield line(f"! {plain(view.words.said(item))}", "needs_judgement", indent=2)
    yield from _law(view, detail)
    yield _counts(report, view.lang)
    yield BLANK


def _law(view: View, detail: Detail) -> Iterator[Block]:
    """Yield the law that the report rests on: by name, or, of what was not applied, how much there is."""
    report, lang = view.report, view.lang
    between = view.say("between_titles")
    for name in ("applied", "unseen", "not_loaded"):
        items = report.law_used[name]
        titles = [f"{item[lang]}{numbered(item['number'], lang)}" for item in items]
        if not detail.everything:
            shown = titles[:_LAWS] if name == "applied" else []
            rest = len(titles) - len(shown)
            titles = shown + ([view.say("further" if shown else "in_all", number=rest)] if rest else [])
        if titles:
            yield line(view.words.headed(view.say(name), between.join(titles)), "dim", indent=2)
    for item in report.law_used.get("ended", ()):
        yield line(
            f"{item[lang]}{numbered(item['number'], lang)}{view.say('colon')}{item[f'says_{lang}']}", indent=2
        )
    if detail.everything and report.scope:
        scopes = [f"{name} {label('scope', value, lang)}" for name, value in report.scope.items()]
        yield line(view.words.headed(view.say("scope"), between.join(scopes)), "dim", indent=2)


def _counts(report: Report, lang: str) -> TextLine:
    pieces = []
    for face, number in report.counts.items():
        style: Style = STYLES[face] if number and face in OPEN_FACES else "dim"
        pieces.append((f"{label('face', face, lang)} {number}  ", style))
    judged = sum(verdict.judged == "met" for verdict in report.verdicts)
    if judged:
        pieces.append((say("text.judged_count", lang, number=judged), "dim"))
    return TextLine(tuple(pieces), 2, whole=True)


def _group(view: View, face: str, detail: Detail) -> Iterator[Block]:
    found = list(map(view.findings.of, view.report.of_face(face)))
    if found:
        told = f"{label('face', face, view.lang)} {len(found)}{_of_which(view, face, found)}"
        yield line(f"━━ {told} ━━", STYLES[face])
    if not detail.everything:
        scopes, found = scopes_apart(found)
        if scopes:
            yield from scope_lines(view, scopes)
            yield BLANK
    grouped = [(one,) for one in found] if detail.everything else [item.findings for item in problems(found)]
    for first, *also in grouped:
        yield from finding_lines(view, first, trees=detail.trees, whole=detail.everything, also=also)
        yield BLANK


def _of_which(view: View, face: str, told: Sequence[Finding]) -> str:
    """Return how many problems what is violated springs from, where those are fewer; of what is in doubt, what it would be."""
    if face == "violated" and len(springs := problems(told)) < len(told):
        return view.words.aside(view.say("demands_and_problems", asked=len(told), found=len(springs)))
    if face != "in_doubt":
        return ""
    found = view.report.in_doubt
    numbers = {"would_be": len(found.violated), "would_be_judged": len(found.needs_judgement)}
    parts = [view.say(key, number=number) for key, number in numbers.items() if number]
    return view.words.aside(view.words.series(parts))


def _met(view: View) -> Iterator[Block]:
    met = list(map(view.findings.of, view.report.of("satisfied")))
    for finding in met:
        yield headline(view, finding)
        yield asked_line(view, finding)
        for reason in finding.reasons:
            yield line(label("reason", reason, view.lang), indent=2, label=view.say("why"))
        if finding.not_tested:
            yield line(finding.not_tested.text(view.lang), "dim", indent=2, label=view.say("not_tested"))
    if met:
        yield BLANK


def _gates(view: View, detail: Detail) -> Iterator[Block]:
    report, names = view.report, view.names
    doubted = {(verdict.duty, verdict.act or "") for verdict in report.in_doubt}
    gates = [
        gate
        for gate in report.concluded("gate")
        if detail.everything
        or gate.get("state") == "closed"
        or (gate.get("duty"), gate.get("act")) in doubted
    ]
    for gate in gates:
        closed = gate.get("state") == "closed"
        duty, of = gate.get("duty"), gate.get("act")
        state = label("gate_state", report.state_of(gate), view.lang)
        article = names.article(report.duties[duty].article)
        told = view.say("gate", step=view.gated_step(gate.get("closes")), state=state)
        text = f"■ {told}  {view.say('because')} {article} [{duty}]"
        yield line(text, "violated" if closed else "undetermined")
        for kind in ("behind", "rests"):
            acts = [
                names.act(item.get("act"))
                for item in report.concluded(kind)
                if item.get("of") == of and item.get("duty") == duty
            ]
            if acts:
                yield line(
                    view.words.headed(view.say(kind), view.words.listed(acts)),
                    indent=2,
                    label=view.say("behind_label"),
                )
        examined = dict.fromkeys(
            item.get("provision")
            for item in report.concluded("to_be_examined")
            if item.get("of") == of and item.get("duty") == duty
        )
        for provision in examined:
            text = f"{view.say('examined')} {view.provision(provision)}"
            yield line(text, indent=2, label=view.say("examined_label"))
        if not closed:
            lacking = [v for v in report.verdicts if v.duty == duty and (v.act or "") == of]
            places = list(dict.fromkeys(place for v in lacking for place in v.missing))[:4]
            if places:
                text = view.words.listed(names.place(place) for place in places)
                yield line(text, indent=2, label=view.say("settle"))
    if gates:
        yield BLANK


def _advice(view: View) -> Iterator[Block]:
    advice = [item for item in view.report.advice if item.kind != "place"]
    for item in advice:
        yield line(plain(view.words.said(item)), indent=2, label=view.say("advice"))
    if advice:
        yield BLANK


def _governed(view: View) -> Iterator[Block]:
    report = view.report
    titles = {duty.partition(".")[0]: data.instrument for duty, data in report.duties.items()}
    rows = report.governed()
    if rows:
        yield line(f"━━ {view.say('governed')} ━━")
    for row in rows:
        act = view.say("decision") if row.act is None else view.names.act(row.act)
        law = view.words.listed(titles[name].text(view.lang) for name in row.instruments) or view.say("none")
        yield line(f"{row.day.partition('T')[0]}  {view.words.headed(act, law)}", indent=2)
    if rows:
        yield BLANK


def _close(view: View) -> Iterator[Block]:
    report = view.report
    if report.concluded("answerable"):
        yield line(view.words.headed(f"“{view.say('held_post')}”", view.say("fault")), "dim")
    if not report.of("violated") and not report.uncovered:
        still_open = [
            f"{label('class', name, view.lang)} {report.counts[name]}"
            for name in CLASSES
            if report.counts[name]
        ]
        more = view.words.aside(view.words.listed(still_open))
        yield line(f"{view.say('no_breach')}{more}")
    said, command = _next(view)
    yield line(f"→ {view.words.headed(view.say('next'), said)}", "cure")
    if command:
        yield TextLine(((command, "cure"),), 2, quote=True)


def most_urgent(report: Report) -> tuple[Literal["cure", "doubt", "judge"], Verdict] | None:
    """Return what the gravest finding wants, and the verdict; None: there is none that a person can act on."""
    doubt = report.in_doubt
    judged = tuple(verdict for verdict in report.of("needs_judgement") if verdict.judged != "met")
    if broken := report.of("violated"):
        return "cure", broken[0]
    if doubt.violated:
        return "doubt", doubt.violated[0]
    if judged:
        return "judge", judged[0]
    return ("doubt", doubt.needs_judgement[0]) if doubt.needs_judgement else None


def _next(view: View) -> tuple[str, str]:
    """Return what to do next, and the command that helps with it; none where none does."""
    report = view.report
    file = "" if view.places is None else f" {shlex.quote(plain(view.places.file))}"
    if report.uncovered:
        return view.say("next_uncovered"), ""
    if urgent := most_urgent(report):
        wanted, verdict = urgent
        return view.say(f"next_{wanted}"), f"decision-procedure explain{file} {verdict.duty}"
    if report.of("undetermined"):
        return view.say("next_open"), f"decision-procedure check{file} --details"
    if report.of("pending"):
        return view.say("next_pending"), f"decision-procedure explain{file} --steps"
    return view.say("next_none"), ""
