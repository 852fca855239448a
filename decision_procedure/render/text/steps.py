"""The steps of the procedure as a table: needed, done, waiting."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.law.articles import listed_articles
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.findings import STYLES
from decision_procedure.render.text.lines import BLANK, Block, Piece, Style, Table, line
from decision_procedure.render.text.view import View
from decision_procedure.reporting.steps import StepState, step_states

_STYLES: dict[str, Style] = {
    "done": "satisfied",
    "planned": "pending",
    "announced": "pending",
    "not_done": "violated",
}


def step_lines(view: View) -> Iterator[Block]:
    """Yield each step: its verdict, whether this decision needs it and why, whether it was done, what it waits for."""
    yield line(view.say("steps"), "title")
    head: tuple[Piece, ...] = tuple(
        (view.say(key), "dim") for key in ("step", "result", "needed", "progress", "note")
    )
    states = [state for state in step_states(view.report, view.procedure) if state.part != "order"]
    yield Table((head, *(_row(view, state) for state in states)), indent=2)
    yield BLANK


def _row(view: View, state: StepState) -> tuple[Piece, ...]:
    need = label("need", state.need.need, view.lang)
    style: Style = "dim" if state.need.need in ("not_required", "optional") else ""
    progress = label("progress", state.how_far, view.lang)
    days = [act.day or view.say("no_date") for act in state.acts]
    skipped = state.progress == "not_done" and state.need.need != "required"
    return (
        (state.name(view.lang), style),
        _verdict(state, view.lang),
        (need, style),
        (" ".join([progress, *days]), "dim" if skipped else _STYLES.get(state.progress, "")),
        (view.words.series(_notes(view, state)), style),
    )


def _verdict(state: StepState, lang: str) -> Piece:
    if state.verdict is None:
        return "—", "dim"
    return label("step_verdict", state.verdict, lang), STYLES.get(state.verdict, "dim")


def _notes(view: View, state: StepState) -> Iterator[str]:
    articles = dict.fromkeys(
        view.names.article(view.report.duties[duty].article)
        for duty in state.need.duties
        if duty in view.report.duties
    )
    if articles:
        yield listed_articles(articles, view.lang)
    if state.need.missing:
        lacking = view.words.listed(view.names.place(place) for place in state.need.missing)
        yield f"{view.say('missing')} {lacking}"
    if state.waits_for:
        yield f"{view.say('waits')} {view.words.listed(view.step(name) for name in state.waits_for)}"
