"""What a report says about each step, in the words that diagrams show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from decision_procedure.law.articles import articles_text
from decision_procedure.model.acts import Act
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.vocabulary import label
from decision_procedure.planning.possible import possible_from
from decision_procedure.reporting.steps import StepState, ahead
from decision_procedure.results.report import Report, Verdict
from decision_procedure.wording import Words, say


def verdict_text(state: StepState, lang: str) -> str:
    """Return the verdict of a step in words, with how many of its tests have it."""
    return _verdict_text(state.verdict, state.need.need, state.share, len(state.verdicts), lang)


def time_text(state: StepState, lang: str) -> str:
    """Return how far a step came, and when its acts were done."""
    word = label("progress", state.how_far, lang)
    if state.progress in ("not_done", "unknown"):
        return word
    acts = [act for act in state.recorded if act.held is not False]
    if not acts:
        days = [moment_text(item.day) for item in state.acts if item.day]
        return f"{word} {days[0]}" if days else word
    ends = [_moments(act, state) for act in acts]
    begun = [item[0] for item in ends if item[0]]
    done = [item[1] for item in ends if item[1]]
    if not begun and not done:
        return f"{word} {say('diagram.undated', lang)}"
    first, last = min(begun or done), max(done or begun)
    rounds = max(act.round for act in acts)
    text = first if first == last else f"{first} {say('diagram.to', lang)} {_short(first, last)}"
    return (
        f"{word} {text}"
        if rounds == 1
        else f"{word} {text}{Words(lang).aside(say('diagram.round', lang, number=rounds))}"
    )


def unit_text(report: Report, state: StepState, lang: str) -> str:
    """Return the units that did the step, otherwise who bears it."""
    names = {unit.id: unit.name for unit in report.decision.units}
    units = [names.get(act.unit, act.unit) for act in state.recorded if act.unit]
    if units:
        return Words(lang).listed(dict.fromkeys(units))
    lead = report.decision.lead_unit
    if state.bearer == "CU" and lead:
        return names.get(lead, lead)
    return kinds_of(type(report.decision)).bearer_name(state.bearer, lang)


def basis_text(report: Report, verdicts: Sequence[Verdict], lang: str, *, short: bool = False) -> str:
    """Return the articles of the duties tested; those of a further instrument bear its title.

    `short` counts the further instruments instead.
    """
    applied = [verdict.duty for verdict in verdicts if verdict.outcome != "not_applicable"]
    return Words(lang).series(
        articles_by_instrument(report, applied or [verdict.duty for verdict in verdicts], lang, short=short)
    )


def articles_by_instrument(
    report: Report, duties: Iterable[str], lang: str, *, short: bool = False
) -> list[str]:
    """Return the articles of duties: those of the main instrument, then those of each other with its title.

    `short` counts the further instruments instead.
    """
    found: dict[str, dict[str, None]] = {}
    titles: dict[str, str] = {}
    for duty in dict.fromkeys(duties):
        data, name = report.duties[duty], instrument_of(duty)
        found.setdefault(name, {})[data.article] = None
        titles.setdefault(name, data.instrument.text(lang))
    main = _main_instrument(report)
    own = articles_text(tuple(found.pop(main, ())), lang)
    parts = [own] if own else []
    if short and found:
        parts.append(say("diagram.more_instruments", lang, count=len(found)))
    else:
        parts += [f"{titles[name]} {articles_text(tuple(found[name]), lang)}" for name in sorted(found)]
    return parts


def next_text(report: Report, states: Mapping[str, StepState], lang: str) -> str:
    """Return the first step of the nearest open phase that is surely needed, from when it is possible, then the others.

    Empty: the record shows no step to take next.
    """
    needed, unsure = ahead(states.values())
    first = next(iter(needed or unsure), None)
    if first is None:
        closed = [
            duty
            for state in states.values()
            if state.gate == "closed" and not state.recorded
            for duty in state.blocked_by
        ]
        return (
            say("diagram.closed_first", lang, findings=Words(lang).listed(finding_ids(report, closed)))
            if closed
            else ""
        )
    since = possible_from(report, first.step)
    dated = say(
        f"diagram.{'from_day' if since.sure else 'not_before'}", lang, name=first.name(lang), day=since.day
    )
    others = {"also_possible": needed[1:], "perhaps_needed": unsure if needed else unsure[1:]}
    parts = [dated if needed else say("diagram.perhaps_needed", lang, steps=dated)]
    for word, steps in others.items():
        if steps:
            parts.append(
                say(f"diagram.{word}", lang, steps=Words(lang).listed(state.name(lang) for state in steps))
            )
    return Words(lang).series(parts)


@lru_cache(maxsize=4096)
def instrument_of(duty: str) -> str:
    """Return the identifier of the instrument of a duty."""
    return duty.partition(".")[0]


def finding_ids(report: Report, duties: Iterable[str]) -> list[str]:
    """Return duties once each, those of the main instrument without its name."""
    start = f"{_main_instrument(report)}."
    return list(dict.fromkeys(duty.removeprefix(start) for duty in duties))


def _main_instrument(report: Report) -> str:
    return next((str(item["id"]) for item in report.law_used.get("applied", ())), "")


@lru_cache(maxsize=1024)
def _verdict_text(verdict: str | None, need: str, share: int, total: int, lang: str) -> str:
    if verdict is None:
        word, of = say(f"diagram.{'optional' if need == 'optional' else 'untested'}", lang), ""
    else:
        word, of = (
            label("step_verdict", verdict, lang),
            say("diagram.share", lang, share=share, total=total) if share else "",
        )
    return (say("diagram.bracketed", lang, text=word) + say("glossary.gap", lang) + of).strip()


def _moments(act: Act, state: StepState) -> tuple[str, str]:
    """Return when an act began and was done; of a step that is a moment of an act, that moment."""
    if state.at is not None:
        moment = getattr(act, state.at)
        return (moment_text(moment), moment_text(moment))
    return moment_text(act.begun), moment_text(act.done)


def moment_text(moment: object) -> str:
    """Return a date as it stands on a card, a time of day after a space; empty for none."""
    return str(moment or "").replace("T", " ")


def _short(first: str, last: str) -> str:
    """Leave out the year that both dates share."""
    return last[5:] if len(first) >= 10 and len(last) >= 10 and first[:4] == last[:4] else last
