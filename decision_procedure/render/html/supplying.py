"""What is missing, as a list of what to supply, grouped by the unit that can settle it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from decision_procedure.model.vocabulary import label
from decision_procedure.render.html.findings import CitedText, citation
from decision_procedure.render.html.subject import Shown
from decision_procedure.render.text.view import View
from decision_procedure.results.findings import Finding
from decision_procedure.trails.chain import Trail, finding_id
from decision_procedure.trails.questions import settling
from decision_procedure.wording import say

Answers = dict[tuple[str, str], tuple[str, ...]]


class Supply(NamedTuple):
    """One fact or document to supply: the articles it is needed to test, and the documents that would show it."""

    what: str
    citations: tuple[CitedText, ...]
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
    for finding in map(shown.findings.of, open_ones):
        unit = shown.view.words.listed(shown.view.units(finding))
        group = groups.setdefault(unit, {})
        for what in _lacking(shown.view, finding):
            gathered = group.setdefault(what, _Gathered())
            gathered.duties[finding.rule] = None
            gathered.papers |= dict.fromkeys(papers.get(finding_id(finding.rule, finding.act), ()))
    ordered = sorted(groups.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
    return tuple(
        SupplyGroup(unit, tuple(_supply(shown, what, found) for what, found in items.items()))
        for unit, items in ordered
    )


def _supply(shown: Shown, what: str, found: _Gathered) -> Supply:
    papers = tuple(shown.kinds.document_name(kind, shown.view.lang) for kind in found.papers)
    return Supply(what, tuple(citation(shown, duty) for duty in found.duties), papers)


def _lacking(view: View, finding: Finding) -> list[str]:
    """Return the missing places in words; where the record has no place for it yet, the reason and the duty."""
    places = [*map(view.names.place, finding.missing), *map(view.names.dispute, finding.disputes)]
    if places:
        return places
    lang = view.lang
    reasons = [label("reason", reason, lang) for reason in finding.reasons]
    text = finding.requirement.text(lang)
    return [say("page.colon", lang).join([view.words.listed(reasons), text]) if reasons else text]
