"""What is missing, as a list of what to supply, grouped by the unit that can settle it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from decision_procedure.model.vocabulary import label
from decision_procedure.render.html.findings import citation, laws
from decision_procedure.render.html.subject import Shown
from decision_procedure.render.text.notice import is_notice, left
from decision_procedure.render.text.view import View
from decision_procedure.results.findings import Finding
from decision_procedure.trails.chain import Trail, finding_id
from decision_procedure.trails.questions import settling
from decision_procedure.wording import say

Answers = dict[tuple[str, str], tuple[str, ...]]


class Supply(NamedTuple):
    """One fact or document to supply: the instruments and articles it is needed to test, the documents that would show it."""

    what: str
    laws: tuple[tuple[str, str], ...]
    papers: tuple[str, ...]


class SupplyGroup(NamedTuple):
    """What one unit can settle; `unit` empty: the record names none."""

    unit: str
    items: tuple[Supply, ...]


class Lacking(NamedTuple):
    """What is open under one name for want of a record: how many demands, and what to supply by unit.

    `folded`: nobody is asked for it before something else is done.
    """

    face: str
    number: int
    groups: tuple[SupplyGroup, ...]
    folded: bool


@dataclass
class _Gathered:
    duties: dict[str, None] = field(default_factory=dict)
    papers: dict[str, None] = field(default_factory=dict)


def lacking(shown: Shown, trail: Trail) -> tuple[Lacking, ...]:
    """Return what to supply for what is undetermined and not in doubt, the unit with most to supply first.

    Folded is what nothing is recorded of yet, and in a notice, which lets little be checked, all.
    """
    report, papers = shown.view.report, {item.finding: item.documents for item in settling(trail)}
    notice = is_notice(report.decision)
    counted = ((face, report.counts[face]) for face in ("to_supply", "nothing_recorded"))
    return tuple(
        Lacking(face, count, _groups(shown, face, papers), notice or face == "nothing_recorded")
        for face, count in counted
        if count
    )


def by_phase(shown: Shown) -> tuple[str, ...]:
    """Return, phase by phase, how much is open for want of a record."""
    words, lang = shown.view.words, shown.view.lang
    return tuple(
        words.headed(
            phase, words.listed(f"{label('face', face, lang)} {number}" for face, number in counts.items())
        )
        for phase, counts in left(shown.view).items()
    )


def _groups(shown: Shown, face: str, papers: Mapping[str, tuple[str, ...]]) -> tuple[SupplyGroup, ...]:
    groups: dict[str, dict[str, _Gathered]] = {}
    for finding in map(shown.findings.of, shown.view.report.of_face(face)):
        unit = shown.view.words.listed(shown.view.units(finding))
        group = groups.setdefault(unit, {})
        for what in _missing(shown.view, finding):
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
    return Supply(what, laws((citation(shown, duty) for duty in found.duties), shown.view.lang), papers)


def _missing(view: View, finding: Finding) -> list[str]:
    """Return the missing places in words; where the record has no place for it yet, the reason and the duty."""
    places = [*map(view.names.place, finding.missing), *map(view.names.dispute, finding.disputes)]
    if places:
        return places
    lang = view.lang
    reasons = [label("reason", reason, lang) for reason in finding.reasons]
    text = finding.requirement.text(lang)
    return [say("page.colon", lang).join([view.words.listed(reasons), text]) if reasons else text]
