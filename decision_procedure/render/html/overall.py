"""The overall result in plain words: what was found, which gates stand closed, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from decision_procedure.diagrams.palette import look
from decision_procedure.diagrams.state import next_text
from decision_procedure.render.html.subject import Shown
from decision_procedure.render.text.notice import checkable, is_notice
from decision_procedure.render.text.report import most_urgent
from decision_procedure.reporting.steps import drawn_states, severest
from decision_procedure.results.conclusions import Conclusion
from decision_procedure.results.problems import problems
from decision_procedure.results.severity import OPEN_FACES
from decision_procedure.wording import Words, say


class Tile(NamedTuple):
    """How many verdicts are counted under one name."""

    outcome: str
    glyph: str
    number: int


class GateLine(NamedTuple):
    """A gate that is closed or unknown, by which article, what was done behind it, and what rests on that.

    `first`: it is told with the problems, for it is or was closed, or may be so by what is in doubt.
    """

    first: bool
    outcome: str
    title: str
    article: str
    duty: str
    behind: tuple[str, ...]
    rests: tuple[str, ...]
    examined: tuple[str, ...]
    missing: tuple[str, ...]


def tiles(shown: Shown) -> tuple[Tile, ...]:
    """Return the count of each outcome, the gravest first."""
    counts = shown.view.report.counts.items()
    return tuple(Tile(face, glyph(face, shown.view.lang), number) for face, number in counts)


def glyph(outcome: str, lang: str) -> str:
    """Return the mark of an outcome."""
    return Words(lang).said(look(outcome))


def said(shown: Shown) -> tuple[str, ...]:
    """Return the overall result as sentences."""
    t, report = Words(shown.view.lang, "page"), shown.view.report
    counts, doubt = report.counts, report.in_doubt
    tested = sum(counts[face] for face in (*OPEN_FACES, "satisfied"))
    numbers = {
        "breaches": counts["violated"],
        "closed_gates": sum(report.state_of(gate) == "closed" for gate in report.concluded("gate")),
        "behind_count": len({item.get("act") for item in report.concluded("behind")}),
        "would_be": len(doubt.violated),
        "would_be_judged": len(doubt.needs_judgement),
        "judged": counts["needs_judgement"],
        "judged_met": sum(verdict.judged == "met" for verdict in report.verdicts),
        "supplied": counts["to_supply"],
        "unrecorded": counts["nothing_recorded"],
        "coming": counts["pending"],
        "waived_count": sum(verdict.waived for verdict in report.verdicts),
        "accepted_count": len(shown.accepted),
    }
    found = [t.say("checked", count=tested)]
    if not counts["violated"] and not report.uncovered:
        found.append(t.say("no_breach"))
    found += [t.say(key, count=number) for key, number in numbers.items() if number]
    return tuple(found)


def ahead(shown: Shown) -> tuple[str, ...]:
    """Return what the gravest finding wants, and the next step of the procedure with the day from which it is possible.

    Where nothing is left to be done that is said.
    """
    view, report, lang = shown.view, shown.view.report, shown.view.lang
    urgent = most_urgent(report)
    step = next_text(report, drawn_states(report, view.procedure), lang)
    wanted = () if urgent is None else (say(f"page.do_{urgent[0]}", lang),)
    return wanted if wanted and not step else (*wanted, step or say("diagram.nothing_next", lang))


def notice(shown: Shown) -> tuple[str, ...]:
    """Return what a notice lets one check, where the record holds nothing else."""
    view = shown.view
    if not is_notice(view.report.decision) or view.report.uncovered:
        return ()
    return (view.say("notice", number=len(checkable(view.report))),)


def springs(shown: Shown) -> str:
    """Return how many demands are not met and from how many problems that springs, where those are fewer."""
    broken = list(map(shown.findings.of, shown.view.report.of("violated")))
    found = problems(broken)
    if len(found) == len(broken):
        return ""
    return shown.view.say("demands_and_problems", asked=len(broken), found=len(found))


def gates(shown: Shown) -> tuple[GateLine, ...]:
    """Return the gates that are closed, then those that are unknown."""
    found = sorted(shown.view.report.concluded("gate"), key=lambda gate: gate.get("state") != "closed")
    return tuple(_gate(shown, gate) for gate in found if gate.get("state") in ("closed", "unknown"))


def _gate(shown: Shown, gate: Conclusion) -> GateLine:
    view, state, duty, of = shown.view, gate.get("state"), gate.get("duty"), gate.get("act")
    lacking = [v for v in view.report.verdicts if v.duty == duty and (v.act or "") == of]
    places = dict.fromkeys(place for verdict in lacking for place in verdict.missing)
    return GateLine(
        first=state == "closed" or any(verdict.in_doubt for verdict in lacking),
        outcome="violated" if state == "closed" else severest(lacking) or "to_supply",
        title=Words(view.lang, "page").say(
            f"gate_{view.report.state_of(gate)}", step=view.gated_step(gate.get("closes"))
        ),
        article=view.names.article(view.report.duties[duty].article),
        duty=duty,
        behind=tuple(_marked(shown, "behind", duty, of)),
        rests=tuple(_marked(shown, "rests", duty, of)),
        examined=tuple(
            dict.fromkeys(
                view.provision(item.get("provision"))
                for item in view.report.concluded("to_be_examined")
                if item.get("of") == of and item.get("duty") == duty
            )
        ),
        missing=() if state == "closed" else tuple(view.names.place(place) for place in list(places)[:4]),
    )


def _marked(shown: Shown, kind: str, duty: str, of: str) -> Iterator[str]:
    for item in shown.view.report.concluded(kind):
        if item.get("of") == of and item.get("duty") == duty:
            yield shown.view.names.act(item.get("act"))
