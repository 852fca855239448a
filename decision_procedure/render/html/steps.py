"""The tables that stand beside the pictures: the steps of the procedure, and the acts of the record."""

from __future__ import annotations

from typing import NamedTuple

from decision_procedure.diagrams.state import basis_text, instrument_of, unit_text
from decision_procedure.model.acts import Act
from decision_procedure.model.vocabulary import label
from decision_procedure.render.html.findings import PaperLine, paper
from decision_procedure.render.html.subject import Shown
from decision_procedure.render.text.names import kind_of
from decision_procedure.reporting.steps import StepState, step_states
from decision_procedure.results.needs import StepNeed
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.wording import Words, say


class StepRow(NamedTuple):
    """One step; `outcome` None: nothing of it was tested. `settle` is what would settle an unknown need."""

    step: str
    name: str
    outcome: str | None
    need: str
    settle: tuple[str, ...]
    progress: str
    dates: tuple[str, ...]
    unit: str
    waits_for: tuple[str, ...]
    basis: str
    findings: tuple[str, ...]


class ActRow(NamedTuple):
    """One act; `note` says that it is planned, only announced or denied. `law` is which law governed it, by date."""

    name: str
    begun: str
    done: str
    unit: str
    note: str
    papers: tuple[PaperLine, ...]
    law: tuple[tuple[str, str], ...]


def step_rows(shown: Shown) -> tuple[StepRow, ...]:
    """Return every step in the order of the law, each after all that come before it."""
    view = shown.view
    return tuple(
        _step(shown, state) for state in step_states(view.report, view.procedure) if state.part != "order"
    )


def act_rows(shown: Shown) -> tuple[ActRow, ...]:
    """Return every act of the record by its date, undated ones last."""
    acts = sorted(shown.view.report.decision.acts, key=_by_date)
    return tuple(_act(shown, act) for act in acts)


def _step(shown: Shown, state: StepState) -> StepRow:
    view, t = shown.view, Words(shown.view.lang, "page")
    return StepRow(
        step=state.step,
        name=state.name(view.lang),
        outcome=state.verdict,
        need=label("need", state.need.need, view.lang),
        settle=_settle(shown, state.need),
        progress=label("progress", state.how_far, view.lang),
        dates=tuple(act.day or t.say("no_date") for act in state.acts),
        unit=unit_text(view.report, state, view.lang),
        waits_for=tuple(view.step(name) for name in state.waits_for),
        basis=_basis(shown, state),
        findings=tuple(
            dict.fromkeys(verdict.duty for verdict in state.verdicts if verdict.face in TOLD_IN_FULL)
        ),
    )


def _settle(shown: Shown, need: StepNeed) -> tuple[str, ...]:
    return tuple(shown.view.names.place(place) for place in need.missing[:4])


def _basis(shown: Shown, state: StepState) -> str:
    """Return the articles of the instrument that comes first, and how many others speak of the step."""
    view = shown.view
    first = next((item["id"] for item in view.report.law_used["applied"]), "")
    own = [verdict for verdict in state.verdicts if instrument_of(verdict.duty) == first]
    others = {instrument_of(verdict.duty) for verdict in state.verdicts} - {first}
    if not own:
        return basis_text(view.report, state.verdicts, view.lang)
    more = say("page.other_law", view.lang, count=len(others)) if others else ""
    return basis_text(view.report, own, view.lang) + more


def _act(shown: Shown, act: Act) -> ActRow:
    view = shown.view
    return ActRow(
        name=view.names.act(act.id or ""),
        begun="" if act.begun is None else act.begun.text,
        done="" if act.done is None else act.done.text,
        unit=view.names.unit(act.unit) if act.unit else "",
        note=_note(shown, act),
        papers=tuple(paper(shown, name) for name in act.documents),
        law=tuple(_law(shown, act)),
    )


def _note(shown: Shown, act: Act) -> str:
    t = Words(shown.view.lang, "page")
    if act.id in shown.view.report.plans:
        return t.say("planned_act")
    if act.held is False:
        return t.say("denied")
    return label("progress", "announced", shown.view.lang) if act.held is None else ""


def _law(shown: Shown, act: Act) -> list[tuple[str, str]]:
    """Return the instruments by which the act was tested, each with the date whose law was applied."""
    found: dict[tuple[str, str], None] = {}
    for verdict in shown.by_act.get(act.id, ()):
        title = shown.view.report.duties[verdict.duty].instrument.text(shown.view.lang)
        found[title, verdict.day] = None
    return list(found)


def _by_date(act: Act) -> tuple[bool, int, str, str]:
    moment = act.begun or act.done
    return (moment is None, 0 if moment is None else moment.first, kind_of(act), act.id or "")
