"""What is missing, as a list of what to supply, grouped by the unit that can settle it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from decision_procedure.model.vocabulary import label
from decision_procedure.render.html.findings import Citation, citation
from decision_procedure.render.html.subject import Shown
from decision_procedure.results.report import Verdict
from decision_procedure.trails.chain import Trail
from decision_procedure.trails.questions import settling
from decision_procedure.wording import Words, say

Answers = dict[tuple[str, str], tuple[str, ...]]


class Supply(NamedTuple):
    """One fact or document to supply: the articles it is needed to test, and the documents that would show it."""

    what: str
    citations: tuple[Citation, ...]
    papers: tuple[str, ...]


class SupplyGroup(NamedTuple):
    """What one unit can settle; `unit` empty: the record names none."""

    unit: str
    items: tuple[Supply, ...]


_SUPPLIED = ("to_supply", "nothing_recorded")


@dataclass
class _Gathered:
    duties: dict[str, None] = field(default_factory=dict)
    papers: dict[str, None] = field(default_factory=dict)


def supplies(shown: Shown, trail: Trail) -> tuple[SupplyGroup, ...]:
    """Return what to supply for what is undetermined and not in doubt, the unit with most to supply first."""
    papers = {item.finding: item.documents for item in settling(trail)}
    groups: dict[str, dict[str, _Gathered]] = {}
    report = shown.view.report
    open_ones = [item for face in _SUPPLIED for item in report.verdicts if item.face == face]
    for verdict in open_ones:
        group = groups.setdefault(_unit(shown, verdict), {})
        for what in _lacking(shown, verdict):
            gathered = group.setdefault(what, _Gathered())
            gathered.duties[verdict.duty] = None
            gathered.papers |= dict.fromkeys(papers.get(_finding(verdict), ()))
    ordered = sorted(groups.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
    return tuple(
        SupplyGroup(unit, tuple(_supply(shown, what, found) for what, found in items.items()))
        for unit, items in ordered
    )


def _supply(shown: Shown, what: str, found: _Gathered) -> Supply:
    papers = tuple(shown.kinds.document_name(kind, shown.view.lang) for kind in found.papers)
    return Supply(what, tuple(citation(shown, duty) for duty in found.duties), papers)


def _unit(shown: Shown, verdict: Verdict) -> str:
    items = shown.view.concluded("settles", verdict)
    units = dict.fromkeys(shown.view.names.unit(item.get("unit")) for item in items)
    return Words(shown.view.lang).listed(units)


def _lacking(shown: Shown, verdict: Verdict) -> list[str]:
    """Return the missing places in words; where the record has no place for it yet, the reason and the duty."""
    places = [shown.view.names.place(place) for place in verdict.missing]
    places += [shown.view.names.dispute(dispute) for dispute in verdict.disputes]
    if places:
        return places
    lang = shown.view.lang
    reasons = [label("reason", reason, lang) for reason in verdict.reasons]
    text: str = shown.view.report.duties[verdict.duty]["text"][lang]
    return [say("page.colon", lang).join([Words(lang).listed(reasons), text]) if reasons else text]


def _finding(verdict: Verdict) -> str:
    from decision_procedure.sources.characters import spelt

    return f"finding:{verdict.duty}" + (f"@{spelt(verdict.act)}" if verdict.act else "")
