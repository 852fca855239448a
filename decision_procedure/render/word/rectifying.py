"""整改通知书: to each unit that bears what was not met, the problems and what to do, by a day that the office fills in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from decision_procedure.render.text.view import View
from decision_procedure.render.word.case import Case
from decision_procedure.render.word.paper import OfficialPaper
from decision_procedure.render.word.telling import Titles, add_problem, by_gravity
from decision_procedure.render.word.writing import shown
from decision_procedure.results.findings import Finding
from decision_procedure.results.problems import Problem
from decision_procedure.wording import Words


def rectification(case: Case) -> bytes:
    """Return the notices as one Word file, each on pages of its own."""
    view, words = case.view, Words(case.lang, "rectify")
    paper = OfficialPaper(case.lang)
    noticed = _by_unit(view, case.findings)
    for unit, found in noticed.items():
        _begin(paper, case, unit)
        paper.text(words.say("opening", title=shown(view.report.title, case.lang), day=view.report.as_of, count=len(found)))  # fmt: skip
        paper.part(words.say("problems"))
        titles = Titles(view)
        for problem in found:
            add_problem(paper, view, problem, titles, judged=False)
        paper.part(words.say("demands"))
        paper.text(words.say("demanded"))
        paper.text(words.say("nature"))
        paper.close()
    if not noticed:
        _begin(paper, case, "")
        paper.text(words.say("nothing", title=shown(view.report.title, case.lang), day=view.report.as_of))
        paper.close()
    return paper.saved(view.report.as_of)


def _begin(paper: OfficialPaper, case: Case, unit: str) -> None:
    paper.begin(case.view.report.title, Words(case.lang, "rectify").say("title"))
    paper.number()
    paper.addressed(unit)


def _by_unit(view: View, findings: Sequence[Finding]) -> Mapping[str, Sequence[Problem]]:
    """Return what stands against the record, as problems, by the units that answer for or bore the duties."""
    standing = [item for item in findings if item.fails and item.duty is not None]
    found: dict[str, list[Problem]] = {}
    for problem in (*by_gravity(standing, "violated"), *_judged_not_met(standing)):
        units = dict.fromkeys(unit for item in problem.findings for unit in view.units(item)) or {"": None}
        for unit in units:
            found.setdefault(unit, []).append(problem)
    return found


def _judged_not_met(findings: Sequence[Finding]) -> tuple[Problem, ...]:
    return by_gravity([item for item in findings if item.judged == "not_met"], "needs_judgement")
