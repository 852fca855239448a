"""程序核查意见书: what it comes to, then each problem as fact, law and opinion, the gravest first; lists go to the annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from decision_procedure.law.gates import in_order
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.view import View
from decision_procedure.render.word.case import Case
from decision_procedure.render.word.paper import OfficialPaper
from decision_procedure.render.word.telling import (
    Titles,
    add_problem,
    add_scopes,
    by_gravity,
    common_cure,
    ended,
    quoted,
)
from decision_procedure.render.word.writing import shown
from decision_procedure.results.problems import Problem
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.wording import Words

Numbered = Sequence[tuple[str, Problem]]


def opinion(case: Case) -> bytes:
    """Return the opinion as a Word file."""
    view, words = case.view, Words(case.lang, "opinion")
    paper, titles = OfficialPaper(case.lang), Titles(view)
    paper.begin(view.report.title, words.say("opinion"))
    paper.number()
    paper.addressed(view.report.decision.body.name)
    _add_opening(paper, view, titles)
    _add_result(paper, case, titles)
    breaches: Numbered = ()
    for face in TOLD_IN_FULL:
        told = _add_face(paper, case, face, titles)
        breaches = told if face == "violated" else breaches
    _add_posts(paper, view, breaches)
    _add_advice(paper, case)
    _add_close(paper, case)
    return paper.saved(view.report.as_of)


def _add_opening(paper: OfficialPaper, view: View, titles: Titles) -> None:
    report, words = view.report, Words(view.lang, "opinion")
    used = list(_tested_by(view))
    law = titles.of(used[0]) if used else words.say("no_law")
    if len(used) > 1:
        law = words.say("instruments", first=law, count=len(used))
    paper.text(words.say("opening", law=law, title=shown(report.title, view.lang), day=report.as_of))


def _tested_by(view: View) -> Mapping[str, None]:
    """Return a duty of each instrument that was applied, in the order in which these are listed."""
    report = view.report
    applied = [v.duty for v in report.verdicts if v.outcome != "not_applicable"]
    first = {duty.partition(".")[0]: duty for duty in reversed(applied)}
    return dict.fromkeys(first[item["id"]] for item in report.law_used["applied"] if item["id"] in first)


def _add_result(paper: OfficialPaper, case: Case, titles: Titles) -> None:
    view, report = case.view, case.view.report
    words = Words(case.lang, "opinion")
    paper.part(words.say("result"))
    if report.assumed_up_to is not None:
        paper.text(ended(view.say("assumed", number=report.assumed_up_to), case.lang))
    if report.uncovered:
        paper.text(ended(view.say("uncovered"), case.lang))
    paper.text(words.say("gap").join(_counted(case)))
    for text in _gates(view, titles):
        paper.text(text)


def _counted(case: Case) -> Iterator[str]:
    """Yield how many requirements were checked, what came of them, and how many problems those not met are."""
    words, counts = Words(case.lang, "opinion"), case.view.report.counts
    told = {face: number for face, number in counts.items() if number and face != "not_applicable"}
    parts = words.listed(
        words.say("count_of", face=label("face", face, case.lang), count=number)
        for face, number in told.items()
    )
    yield words.say("counted", total=sum(told.values()), parts=parts or words.say("none"))
    if counts["not_applicable"]:
        yield words.say("not_applicable", count=counts["not_applicable"])
    found = by_gravity(case.findings, "violated")
    if found:
        asked = sum(len(item.findings) for item in found)
        yield words.say("breaches", asked=asked, found=len(found))
    elif not case.view.report.uncovered:
        yield ended(case.view.say("no_breach"), case.lang)


def _gates(view: View, titles: Titles) -> Iterator[str]:
    report, words = view.report, Words(view.lang, "opinion")
    for gate in report.concluded("gate"):
        duty = report.duties[gate.get("duty")]
        state = label("gate_state", report.state_of(gate), view.lang)
        article = f"{titles.of(gate.get('duty'))}{words.say('gap')}{view.names.article(duty.article)}"
        step = view.gated_step(gate.get("closes"))
        yield words.say("gate_line", step=step, state=state, article=article, text=duty.text.text(view.lang))
    closing = (report.duties[duty].closes for duty in report.untested_gates)
    if waiting := {gate for gate in closing if gate}:
        yield words.say("gates_waiting", steps=words.listed(map(view.gated_step, in_order(waiting))))


def _add_face(paper: OfficialPaper, case: Case, face: str, titles: Titles) -> Numbered:
    """Add the problems of one name; return them with their numbers. A face without any is no part."""
    view, words = case.view, Words(case.lang, "opinion")
    found = by_gravity(case.findings, face)
    if not found:
        return ()
    asked = sum(len(item.findings) for item in found)
    paper.part(words.say(f"part_{face}", count=_count(words, asked, len(found))))
    scopes = [item for problem in found for item in problem.findings if item.rule.endswith(".scope")]
    if len(scopes) > 1:
        add_scopes(paper, view, scopes, titles)
        found = tuple(item for item in found if not item.first.rule.endswith(".scope"))
    told = common_cure(view, found)
    if told:
        paper.text(words.say("cure_for_all", cure=told))
    return tuple((add_problem(paper, view, item, titles, told=told), item) for item in found)


def _count(words: Words, asked: int, found: int) -> str:
    if found < asked:
        return words.say("demands_and_problems", asked=asked, found=found)
    return words.say("items", count=found)


def _add_posts(paper: OfficialPaper, view: View, breaches: Numbered) -> None:
    """Add who held the posts that the provisions on liability name, once for all problems; fault is for the authority."""
    words = Words(view.lang, "opinion")
    held: dict[tuple[str, bool], dict[str, None]] = {}
    on: dict[str, dict[str, None]] = {}
    for number, problem in breaches:
        for holder in (holder for finding in problem.findings for holder in finding.holders):
            named = held.setdefault((holder.provision, holder.person is None), {})
            named[view.holder(holder)] = None
            on.setdefault(holder.provision, {})[number] = None
    if not held:
        return
    paper.part(words.say("posts"))
    paper.text(words.say("note_persons"))
    for provision, numbers in on.items():
        people = words.listed(held.get((provision, False), {})) or words.say("nobody")
        vacant = held.get((provision, True), {})
        absent = words.say("vacant", posts=words.listed(vacant)) if vacant else ""
        article = f"{_of_provision(view, provision)}{view.provision(provision)}"
        paper.text(
            words.say("held", article=article, problems="".join(numbers), people=people, absent=absent)
        )


def _of_provision(view: View, provision: str) -> str:
    """Return the title of the instrument of a provision on liability; nothing where no duty of it was checked."""
    known = {
        duty.partition(".")[0]: data.instrument.text(view.lang) for duty, data in view.report.duties.items()
    }
    title = known.get(provision.partition(".")[0])
    return f"{quoted(title, view.lang)}{Words(view.lang).say('gap')}" if title else ""


def _add_advice(paper: OfficialPaper, case: Case) -> None:
    """Add what is to put right about the law that the record cites: no breach, and in no list of findings."""
    if not case.advice:
        return
    words = Words(case.lang, "opinion")
    paper.part(words.say("advice"))
    paper.text(words.say("advice_nature"))
    for advised in case.advice:
        paper.text(ended(shown(advised.text, case.lang), case.lang))


def _add_close(paper: OfficialPaper, case: Case) -> None:
    words = Words(case.lang, "opinion")
    paper.part(words.say("notes"))
    rest = {
        face: sum(item.face == face for item in case.findings) for face in ("to_supply", "nothing_recorded")
    }
    if any(rest.values()):
        parts = words.listed(
            words.say("count_of", face=label("face", face, case.lang), count=number)
            for face, number in rest.items()
            if number
        )
        paper.text(words.say("rest", parts=parts))
    if any(item.face == "violated" for item in case.findings):
        paper.text(words.say("deadline"))
    paper.text(words.say("note_scope"))
    paper.annexed(words.say("annexed"))
    paper.close()
