"""One decision as one page."""

from __future__ import annotations

from pathlib import Path

from decision_procedure.model.vocabulary import label
from decision_procedure.render.html import governing, overall, steps, supplying, tracing
from decision_procedure.render.html.drawing import drawn
from decision_procedure.render.html.figures import anchors, figure
from decision_procedure.render.html.findings import CitedText, cited, problem_texts
from decision_procedure.render.html.subject import Shown
from decision_procedure.results.judgements import loose_text
from decision_procedure.results.remarks import Waived
from decision_procedure.results.report import Verdict
from decision_procedure.results.severity import Outcome
from decision_procedure.sources.optional import needed
from decision_procedure.trails.building import build
from decision_procedure.wording import Words


def page_text(shown: Shown) -> str:
    """Return the page of a report: one file that asks for nothing else and runs nothing.

    Raises UnusableArgument when Jinja2 (extra `html`) is absent.
    """
    needed("jinja2", "html")
    view, report, lang = shown.view, shown.view.report, shown.view.lang
    trail = build(report, shown.law)
    status = figure(report, shown.law, "status", lang)
    found = problem_texts(shown)
    return drawn(
        "report.html.j2",
        lang,
        {
            "report": report,
            "decision": report.decision,
            "home": shown.home,
            "file": "" if view.places is None else Path(view.places.file).name,
            "lead": view.names.unit(report.decision.lead_unit) if report.decision.lead_unit else "",
            "notice": overall.notice(shown),
            "tiles": overall.tiles(shown),
            "ahead": overall.ahead(shown),
            "springs": overall.springs(shown),
            "sentences": overall.said(shown),
            "gates": overall.gates(shown),
            "status": status,
            "timeline": figure(report, shown.law, "timeline", lang),
            "steps": steps.step_rows(shown),
            "acts": steps.act_rows(shown),
            "problems": found,
            "anchors": {duty: anchors(duty, status) for item in found for duty in item.duties},
            "lacking": supplying.lacking(shown, trail),
            "phases": supplying.by_phase(shown),
            "pending": _cited(shown, "pending"),
            "met": _met(shown),
            "trail": tracing.sections(trail, lang),
            "waived": _waived(shown),
            "loose": [loose_text(report, item, lang) for item in report.loose_judgements],
            "applied": governing.applied(shown),
            "unapplied": governing.unapplied(shown),
        },
    )


def _cited(shown: Shown, outcome: Outcome) -> list[tuple[str, CitedText, str]]:
    """Return what verdicts of one outcome required, by which article, on which act."""
    names, duties = shown.view.names, shown.view.report.duties
    return [
        (
            duties[verdict.duty].text.text(shown.view.lang),
            cited(shown, verdict.duty, verdict.related),
            names.act(verdict.act) if verdict.act else "",
        )
        for verdict in shown.view.report.of(outcome)
    ]


def _met(shown: Shown) -> list[tuple[str, CitedText, str, str, str]]:
    """Return what was met: as `_cited`, with its proof and what it leaves unseen."""
    verdicts = shown.view.report.of("satisfied")
    return [
        (*row, label("proof", verdict.proof, shown.view.lang), _unseen(shown, verdict))
        for row, verdict in zip(_cited(shown, "satisfied"), verdicts, strict=True)
    ]


def _unseen(shown: Shown, verdict: Verdict) -> str:
    """Return what a pass does not show: that it goes by a notice only, and what the test does not see."""
    lang, untested = shown.view.lang, shown.view.report.duties[verdict.duty].not_tested
    reasons = [label("reason", reason, lang) for reason in verdict.reasons]
    return Words(lang).series([*reasons, *([untested.text(lang)] if untested else [])])


def _waived(shown: Shown) -> list[tuple[Waived, str, str]]:
    """Return each waiver with the requirement and the act it concerns."""
    names, duties = shown.view.names, shown.view.report.duties
    return [
        (item, duties[item.duty].text.text(shown.view.lang), names.act(item.act) if item.act else "")
        for item in shown.view.report.waivers
    ]
