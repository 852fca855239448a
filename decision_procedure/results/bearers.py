"""Who bears a duty: the unit, the experts and agencies engaged, and who surely held a post on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from decision_procedure.law.evidence import Tree, leaves, place_text
from decision_procedure.model.acts import Act
from decision_procedure.model.acts.assessment import Expert, ExpertReview, RiskAssessment
from decision_procedure.model.acts.drafting import Initiation
from decision_procedure.model.acts.execution import Adjustment, Evaluation, ExecutionAssignment, Suspension
from decision_procedure.model.dates import PartialDate, parse_date
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.posts import may_be_held
from decision_procedure.results.report import Report, Verdict

_OF_THE_BODY = ("DO", "CH", "MB")
_OVER_EXECUTION = (ExecutionAssignment, Suspension, Adjustment)
"""Acts of the deciding body on execution: what the executing units owe at them is not owed by the unit that did them."""
_EXPERT = re.compile(r"\.experts\[(\d+)\]")


def bearing_unit(decision: Decision, bearer: str, act: Act | None, acts: Mapping[str, Act]) -> str | None:
    """Return the unit that bears a duty, by its bearer and the act tested; None when the record names none, or several."""
    role = kinds_of(type(decision)).roles.get(bearer)
    if role is not None:
        return _sole(_units(item, role.unit) for item in ([act] if act is not None else acts.values()))
    if bearer in _OF_THE_BODY:
        return decision.body.unit
    if bearer == "CU":
        return decision.lead_unit or _sole(
            item.undertakers for item in acts.values() if isinstance(item, Initiation)
        )
    if bearer in ("XP", "AN"):
        return None
    if bearer == "EV" and isinstance(act, Evaluation) and act.commissioned is False and act.evaluator:
        return act.evaluator
    if bearer == "EX" and (act is None or isinstance(act, _OVER_EXECUTION)):
        named = [act] if isinstance(act, ExecutionAssignment) else acts.values()
        return _sole(item.executors for item in named if isinstance(item, ExecutionAssignment))
    return None if act is None else act.unit


def bears(report: Report, verdict: Verdict, name: str, day: PartialDate) -> bool:
    """Say whether a unit or person, by identifier or name, bears the duty of a verdict itself.

    So does who may have held a post in the bearing unit on that day (that of the chief, where the duty is the
    chief's), and the experts or the agency whose own work it speaks of.
    """
    decision, bearer = report.decision, report.duties[verdict.duty].bearer
    acts = {act.id or "": act for act in decision.acts}
    act = acts.get(report.source_of(verdict.act or ""))
    bearing = {f"unit:{bearing_unit(decision, bearer, act, acts)}", *_parties(bearer, act)}
    if bearer in _OF_THE_BODY:
        bearing.add(f"name:{decision.body.name}")
    return not bearing.isdisjoint(_called(decision, name, day, chief_only=bearer == "CH"))


def _parties(bearer: str, act: Act | None) -> Iterator[str]:
    """Yield the experts and agencies whose own work a duty speaks of, as `kind:name`."""
    if bearer == "XP" and isinstance(act, ExpertReview):
        yield from filter(None, map(_party, act.experts))
    elif bearer == "RA" and isinstance(act, RiskAssessment):
        yield f"unit:{act.third_party}"
    elif bearer == "EV" and isinstance(act, Evaluation):
        yield f"unit:{act.evaluator}"


def _called(decision: Decision, name: str, day: PartialDate, *, chief_only: bool) -> Iterator[str]:
    """Yield whom a name means, as `kind:name`: units, people, and the units in which these may have held posts."""
    yield f"name:{name}"
    yield from (f"unit:{unit.id}" for unit in decision.units if name in (unit.id, unit.name, *unit.aliases))
    for person in decision.people:
        if name in (person.id, person.name):
            yield f"person:{person.id}"
            for post in person.posts:
                if may_be_held(post, day) and (post.capacity == "chief" or not chief_only):
                    yield f"unit:{post.unit}"


def _units(act: Act, field: str) -> tuple[str, ...]:
    named = getattr(act, field, None)
    return named if isinstance(named, tuple) else () if named is None else (named,)


def _sole(named: Iterable[tuple[str, ...]]) -> str | None:
    """Return the one unit that acts name; None when they name several or none."""
    units = {unit for group in named for unit in group}
    return units.pop() if len(units) == 1 else None


def engaged(bearer: str, act: Act | None, verdict: Verdict) -> Iterator[str | None]:
    """Yield the experts and agencies whose own work the duty speaks of, as `kind:name`.

    None stands for one that the record does not name.
    """
    if bearer == "XP":
        experts = act.experts if isinstance(act, ExpertReview) else ()
        places = " ".join(_false_places(verdict.trees["require"])) if "require" in verdict.trees else ""
        numbers = {int(number) for number in _EXPERT.findall(places)}
        at_fault = [expert for number, expert in enumerate(experts) if number in numbers]
        yield from sorted({_party(expert) for expert in at_fault} or {None}, key=lambda party: party or "—")
    elif bearer == "RA" and isinstance(act, RiskAssessment) and act.third_party_commissioned:
        yield f"unit:{act.third_party}" if act.third_party else None
    elif bearer == "EV" and isinstance(act, Evaluation) and act.commissioned:
        yield f"unit:{act.evaluator}" if act.evaluator else None


def _party(expert: Expert) -> str | None:
    if expert.person is not None:
        return f"person:{expert.person}"
    if expert.body is not None:
        return f"unit:{expert.body}"
    return None if expert.name is None else f"name:{expert.name}"


def _false_places(tree: Tree) -> Iterator[str]:
    """Yield the places that made a tree false; a false part of a condition that holds made nothing false."""
    if tree.truth is not False:
        return
    false = [child for child in tree.children if child.truth is False]
    for child in false:
        yield from _false_places(child)
    if not false:
        yield from (place_text(leaf.place) for leaf in leaves(tree))


def stated_moment(day: str) -> PartialDate | None:
    """Return the date of a verdict; None when only an end of it is known."""
    return None if day.startswith("≤") else parse_date(day)
