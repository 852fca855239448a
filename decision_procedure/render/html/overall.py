"""The overall result in plain words: what was tested, what was found, which gates stand closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from decision_procedure.diagrams.palette import look
from decision_procedure.render.html.subject import Shown
from decision_procedure.reporting.steps import severest
from decision_procedure.results.conclusions import Conclusion
from decision_procedure.results.severity import OPEN_FACES
from decision_procedure.wording import Words


class Tile(NamedTuple):
    """How many verdicts are counted under one name."""

    outcome: str
    glyph: str
    number: int


class GateLine(NamedTuple):
    """A gate that is closed or unknown, by which article, what was done behind it, and what rests on that."""

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


def gates(shown: Shown) -> tuple[GateLine, ...]:
    """Return the gates that are closed, then those that are unknown."""
    found = sorted(shown.view.report.concluded("gate"), key=lambda gate: gate.get("state") != "closed")
    return tuple(_gate(shown, gate) for gate in found if gate.get("state") in ("closed", "unknown"))


def _gate(shown: Shown, gate: Conclusion) -> GateLine:
    view, state, duty, of = shown.view, gate.get("state"), gate.get("duty"), gate.get("act")
    lacking = [v for v in view.report.verdicts if v.duty == duty and (v.act or "") == of]
    places = dict.fromkeys(place for verdict in lacking for place in verdict.missing)
    return GateLine(
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
