"""The responsibility matrix: for each step, what each unit and person had to do there and did, as the record says."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from decision_procedure.graph import Procedure
from decision_procedure.model.acts import Act
from decision_procedure.model.acts.assessment import ExpertReview, RiskAssessment
from decision_procedure.model.acts.deciding import Deliberation
from decision_procedure.model.posts import leads
from decision_procedure.results.bearers import bearing_unit
from decision_procedure.results.report import Report
from decision_procedure.sources.characters import cell as cell_of
from decision_procedure.sources.characters import spelt
from decision_procedure.wording import Words, in_both, say

ROLES: Mapping[str, str] = {
    "duty": "责", "acted": "办", "reviewed": "审", "decided": "决", "dissented": "异", "recused": "避", "absent": "缺",
    "violated": "×",
}  # fmt: skip
"""What a party may have to do with a step, each with its sign."""

_REVIEWS = ("legality_review", "fair_competition_review")
_DECIDES = ("deliberation", "decision")


class Party(NamedTuple):
    """A column: a unit or a person of one record, by identifier, with the name as stated."""

    kind: str
    id: str
    name: str


class Cell(NamedTuple):
    """What one party has to do with one step of one decision; `roles` are keys of `ROLES`, in that order."""

    decision: str
    step: str
    party: Party
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """The cells of one decision, or of many; `steps` maps each step to its Chinese and English name."""

    cells: tuple[Cell, ...]
    steps: Mapping[str, tuple[str, str]]

    def __add__(self, other: Matrix) -> Matrix:
        return Matrix((*self.cells, *other.cells), {**self.steps, **other.steps})

    def text(self, lang: str = "zh") -> str:
        """Return one table for each decision, steps down and parties across, with the key to the signs."""
        return "\n".join(_table(self, decision, lang) for decision in self._decisions()) + _key(lang)

    def csv(self, lang: str = "zh") -> str:
        """Return one line for each cell; no spreadsheet takes one for a formula, no pipeline a line for a command."""
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([say(f"matrix.head_{name}", lang) for name in _HEADS])
        for cell in self.cells:
            roles = say("glossary.between_titles", lang).join(_word(role, lang) for role in cell.roles)
            kind = say(f"matrix.{cell.party.kind}", lang)
            row = (
                cell.decision,
                cell.step,
                self._step(cell.step, lang),
                kind,
                cell.party.id,
                cell.party.name,
            )
            writer.writerow([cell_of(part) for part in (*row, roles)])
        return out.getvalue()

    def _decisions(self) -> Iterator[str]:
        yield from dict.fromkeys(cell.decision for cell in self.cells)

    def _step(self, step: str, lang: str) -> str:
        return Words(lang).pair(self.steps[step])


_HEADS = ("decision", "step_id", "step", "kind", "id", "name", "roles")


def matrix(report: Report, procedure: Procedure) -> Matrix:
    """Return the responsibility matrix of one report.

    Duties count where they applied (any verdict but `not_applicable`); `absent` only where the record says
    that its list of those present is complete. It states facts of the record and verdicts, no fault.
    """
    found: dict[tuple[str, str, str], set[str]] = {}
    for step, kind, name, role in (*_duties(report), *_acts(report, procedure)):
        if step in procedure.steps:
            found.setdefault((step, kind, name), set()).add(role)
    names = _names(report)
    order = {step: index for index, step in enumerate(procedure.steps)}
    cells = [
        Cell(
            spelt(report.title),
            step,
            Party(kind, spelt(name), spelt(names.get((kind, name), name))),
            tuple(role for role in ROLES if role in roles),
        )
        for (step, kind, name), roles in found.items()
    ]
    cells.sort(key=lambda cell: (order[cell.step], cell.party.kind != "unit", cell.party.id))
    steps = {name: in_both(step.name.text) for name, step in procedure.steps.items()}
    return Matrix(tuple(cells), steps)


def joined(matrices: Iterable[Matrix]) -> Matrix:
    """Return the matrices of many decisions as one, in the order given; of decisions of one title each has its number."""
    found, times = Matrix((), {}), Counter[str]()
    for part in matrices:
        titles = dict.fromkeys(cell.decision for cell in part.cells)
        times.update(titles.keys())
        called = {title: title if times[title] == 1 else f"{title} #{times[title]}" for title in titles}
        found += Matrix(
            tuple(cell._replace(decision=called[cell.decision]) for cell in part.cells), part.steps
        )
    return found


def _duties(report: Report) -> Iterator[tuple[str, str, str, str]]:
    acts = {act.id or "": act for act in report.decision.acts if act.held}
    for verdict in report.verdicts:
        if verdict.outcome == "not_applicable":
            continue
        duty = report.duties[verdict.duty]
        act = acts.get(report.source_of(verdict.act or ""))
        unit = bearing_unit(report.decision, duty.bearer, act, acts)
        if unit is not None:
            step = duty.step or ""
            yield step, "unit", unit, "duty"
            if verdict.outcome == "violated":
                yield step, "unit", unit, "violated"


def _acts(report: Report, procedure: Procedure) -> Iterator[tuple[str, str, str, str]]:
    main = _main_steps(procedure)
    for act in report.decision.acts:
        kind = act.kind
        step = main.get(kind)
        if step is None or not act.held or act.id in report.plans:
            continue
        role = "reviewed" if kind in _REVIEWS else "decided" if kind in _DECIDES else "acted"
        if act.unit is not None:
            yield step, "unit", act.unit, role
        for person in act.by:
            yield step, "person", person, role
        for party, name, special in _special(report, act):
            yield step, party, name, special


def _special(report: Report, act: Act) -> Iterator[tuple[str, str, str]]:
    if isinstance(act, Deliberation):
        yield from _meeting(report, act)
    elif isinstance(act, ExpertReview):
        for expert in act.experts:
            if expert.person is not None:
                yield "person", expert.person, "reviewed"
            elif expert.body is not None:
                yield "unit", expert.body, "reviewed"
    elif isinstance(act, RiskAssessment) and act.third_party is not None:
        yield "unit", act.third_party, "reviewed"


def _meeting(report: Report, act: Deliberation) -> Iterator[tuple[str, str, str]]:
    present = {item.person for item in act.attendees}
    for item in act.attendees:
        if item.person is None:
            continue
        if item.role in ("chief", "member") and not item.recused:
            yield "person", item.person, "decided"
        if item.view in ("against", "reserved"):
            yield "person", item.person, "dissented"
        if item.recused:
            yield "person", item.person, "recused"
    if act.chief is not None and act.chief_present is False:
        yield "person", act.chief, "absent"
    if act.attendees_complete:
        for person in report.decision.people:
            if person.id not in present and leads(person, report.decision.body.unit, act.date):
                yield "person", person.id, "absent"


def _main_steps(procedure: Procedure) -> Mapping[str, str]:
    """For each kind of act, the step that is the act itself, not one moment of it."""
    found: dict[str, str] = {}
    for name, step in procedure.steps.items():
        for kind in step.kinds:
            if step.at is None and (name == kind or kind not in found):
                found[kind] = name
    return found


def _names(report: Report) -> Mapping[tuple[str, str], str]:
    units = {("unit", unit.id): unit.name for unit in report.decision.units}
    people = {("person", person.id): person.name or person.id for person in report.decision.people}
    return {**units, **people}


def _table(found: Matrix, decision: str, lang: str) -> str:
    cells = {(cell.step, cell.party): cell for cell in found.cells if cell.decision == decision}
    parties = sorted({party for _, party in cells}, key=lambda item: (item.kind != "unit", item.id))
    lines = [f"# {decision}", ""]
    for number, party in enumerate(parties, start=1):
        lines.append(f"  {number}. {party.name} ({party.id})")
    lines += ["", "\t".join(("", *(str(number) for number in range(1, len(parties) + 1))))]
    for step in dict.fromkeys(step for step, _ in cells):
        marks = [
            "".join(ROLES[role] for role in cells[step, party].roles) if (step, party) in cells else "·"
            for party in parties
        ]
        lines.append("\t".join((cell_of(Words(lang).pair(found.steps[step])), *marks)))
    return "\n".join(lines) + "\n"


def _key(lang: str) -> str:
    return "\n" + Words(lang).series(f"{sign} {_word(role, lang)}" for role, sign in ROLES.items()) + "\n"


def _word(role: str, lang: str) -> str:
    return say(f"matrix.role_{role}", lang)
