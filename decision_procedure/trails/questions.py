"""Questions on trails: who answered for what over the years, the last gate before the decision, what would settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import networkx as nx

from decision_procedure.errors import UnusableArgument
from decision_procedure.graph import Procedure
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import parse_date
from decision_procedure.results.bearers import bearing_unit
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.severity import face_of
from decision_procedure.sources.characters import spelt
from decision_procedure.trails.chain import Edge, Node, Trail, finding_id

_STATES = {"violated": "closed", "satisfied": "open", "pending": "pending"}


class HolderKey(NamedTuple):
    """Who is asked about: a person by name, unit and post exactly as stated, or a unit by name alone.

    `identifier` is that of a person or unit in one record, and then stands alone.
    """

    name: str | None = None
    unit: str | None = None
    post: str | None = None
    identifier: str | None = None


class Answer(NamedTuple):
    """One duty that a post-holder or unit answers for: where, when, as what, by which provision.

    `provisions` is empty where the instrument reaches no liability provision. `matched` is the key as stated.
    """

    decision: str
    finding: str
    duty: str
    day: str
    capacity: str
    provisions: tuple[str, ...]
    matched: tuple[str, ...]


class GateKept(NamedTuple):
    """A gate between a defect and the decision: the last point at which a text forbade going on.

    `state` is `closed`, `unknown`, `open` or `pending`; `act` and `day` are the forbidden step as it took
    place, empty when it has not. `unit` kept the gate (None: not recorded); `holders` held a post there that
    a provision names, only where the gate's own duty is violated.
    """

    finding: str
    gate: str
    step: str
    state: str
    act: str
    day: str
    unit: str | None
    holders: tuple[str, ...]


class Settling(NamedTuple):
    """What would settle one open finding, `face` being the name it is shown under: places of the record, kinds of document, and the unit to ask."""

    finding: str
    duty: str
    severity: str
    face: str
    missing: tuple[str, ...]
    documents: tuple[str, ...]
    unit: str | None
    zh: str
    en: str


def answered(
    trails: Iterable[Trail], key: HolderKey, *, since: date | None = None, until: date | None = None
) -> tuple[Answer, ...]:
    """Return everything a post-holder or unit answers for, on days that may lie between two dates.

    Across records a person is matched by name, unit and post as stated, never by likeness; a unit by name.
    Raises UnusableArgument for a key without enough to go by, or an identifier asked of several records.
    """
    given = tuple(trails)
    _usable(key, len(given))
    found = [answer for trail in given for answer in _answers(trail, key)]
    within = [answer for answer in found if _between(answer.day, since, until)]
    return tuple(sorted(set(within), key=lambda item: (item.day, item.decision, item.finding, item.matched)))


def breaches(trail: Trail) -> list[Node]:
    """Return the violated and directly binding findings of a trail."""
    return [
        node
        for node in trail.of("finding")
        if node.data["severity"] == "violated" and node.data["binding"] == "direct"
    ]


def last_gates(report: Report, trail: Trail, procedure: Procedure) -> tuple[GateKept, ...]:
    """Return, for each violated and directly binding finding, the last gates before the decision.

    A finding after which no gate of the loaded law stands before the decision has none.
    """
    return tuple(gate for node in breaches(trail) for gate in _last(report, trail, procedure, node))


def settling(trail: Trail) -> tuple[Settling, ...]:
    """Return what would settle each finding that needs judgement or is undetermined, what is in doubt first."""
    found = [node for node in trail.of("finding") if node.data["severity"] != "violated"]
    found.sort(key=lambda node: _face(node) != "in_doubt")
    return tuple(_settling(trail, node) for node in found)


def _face(node: Node) -> str:
    return face_of(node.data["severity"], node.data.get("face"))


def _usable(key: HolderKey, records: int) -> None:
    if key.identifier is not None:
        if records != 1 or any((key.name, key.unit, key.post)):
            raise UnusableArgument(
                "编号只在一份案卷内有效，且不与姓名、单位、职务并用 "
                "an identifier holds within one record only, and stands alone"
            )
    elif key.name is not None:
        if not (key.unit and key.post):
            raise UnusableArgument(
                "跨案卷查人须同时给出姓名、单位和职务 a person across records needs name, unit and post"
            )
    elif key.unit is None or key.post is not None:
        raise UnusableArgument("须给出单位，或者姓名、单位和职务 give a unit, or name, unit and post")


def _answers(trail: Trail, key: HolderKey) -> Iterator[Answer]:
    for node in trail.of("person"):
        unit = trail.node(f"unit:{node.data['unit']}").zh if node.data["unit"] else ""
        stated = (node.data["name"], unit, node.data["post"])
        wanted = tuple(spelt(part) for part in (key.name, key.unit, key.post) if part is not None)
        if wanted == stated or (key.identifier is not None and spelt(key.identifier) == node.data["person"]):
            for edge in (*trail.coming(node.id, "held_post"), *trail.coming(node.id, "engaged")):
                yield from _rows(trail, edge, node.id, node.data["capacity"], stated)
    if key.name is None:
        yield from _of_units(trail, key)


def _of_units(trail: Trail, key: HolderKey) -> Iterator[Answer]:
    for node in trail.of("unit"):
        if key.identifier is not None:
            wanted = spelt(key.identifier) == node.data["unit"]
        else:
            wanted = spelt(key.unit or "") == node.zh
        if wanted:
            for edge in (*trail.coming(node.id, "borne_by"), *trail.coming(node.id, "engaged")):
                yield from _rows(trail, edge, node.id, "", (node.zh,))


def _rows(trail: Trail, edge: Edge, holder: str, capacity: str, stated: tuple[str, ...]) -> Iterator[Answer]:
    for finding in edge.findings:
        data = trail.node(finding).data
        provisions = tuple(
            link.target.removeprefix("provision:")
            for kind in ("under", "answers")
            for link in trail.leading(holder, kind)
            if finding in link.findings
        )
        day = data["day"]
        yield Answer(trail.title, finding, data["duty"], day, capacity, provisions, stated)


def _between(day: str, since: date | None, until: date | None) -> bool:
    if day.startswith("≤"):
        return since is None or parse_date(day.lstrip("≤")).last_day >= since.toordinal()
    moment = parse_date(day)
    return (since is None or moment.last_day >= since.toordinal()) and (
        until is None or moment.first_day <= until.toordinal()
    )


def _last(report: Report, trail: Trail, procedure: Procedure, finding: Node) -> Iterator[GateKept]:
    steps = _steps_until_decision(procedure, finding.data["step"])
    gates = [
        (steps[step], verdict, step)
        for verdict in report.verdicts
        if (step := _forbidden(report, verdict)) in steps and _applies(verdict)
    ]
    latest = max((order for order, _, _ in gates), default=None)
    for order, verdict, step in gates:
        if order == latest:
            yield _kept(report, trail, procedure, finding, verdict, step)


def _applies(verdict: Verdict) -> bool:
    """Say whether a gate stands in the way: it applied, or the step it guards has not been taken."""
    return verdict.outcome != "not_applicable" or "no_such_act" in verdict.reasons


def _forbidden(report: Report, verdict: Verdict) -> str:
    return report.duties[verdict.duty].gate or ""


def _steps_until_decision(procedure: Procedure, step: str) -> Mapping[str, int]:
    """Return the steps from one step to the decision, both included, numbered in an order that the graph allows."""
    if step not in procedure.steps or "decision" not in procedure.steps:
        return {}
    graph = procedure.graph
    between = (nx.descendants(graph, step) | {step}) & procedure.rests_on("decision")
    return {name: len(nx.ancestors(graph, name)) for name in between}


def _kept(
    report: Report, trail: Trail, procedure: Procedure, finding: Node, verdict: Verdict, step: str
) -> GateKept:
    name = finding_id(verdict.duty, verdict.act)
    acts = {act.id or "": act for act in report.decision.acts if act.held}
    act = _latest(acts, procedure.steps[step].kinds)
    units = [edge.target for edge in trail.leading(name, "borne_by")] if verdict.outcome == "violated" else []
    bearer = report.duties[verdict.duty].bearer
    unit = units[0] if units else _unit(report, bearer, acts.get(verdict.act or ""), acts)
    holders = tuple(
        edge.target
        for edge in (trail.leading(units[0], "held_post") if units else ())
        if name in edge.findings
    )
    begun = act.begun if act else None
    return GateKept(
        finding=finding.id,
        gate=verdict.duty,
        step=step,
        state=_state(verdict),
        act=spelt(act.id or "") if act else "",
        day=str(begun) if begun else "",
        unit=unit,
        holders=holders,
    )


def _state(verdict: Verdict) -> str:
    if verdict.outcome == "violated" and verdict.binding != "direct":
        return "unknown"
    return "pending" if "no_such_act" in verdict.reasons else _STATES.get(verdict.outcome, "unknown")


def _unit(report: Report, bearer: str, act: Act | None, acts: Mapping[str, Act]) -> str | None:
    unit = bearing_unit(report.decision, bearer, act, acts)
    return None if unit is None else f"unit:{spelt(unit)}"


def _latest(acts: Mapping[str, Act], kinds: Iterable[str]) -> Act | None:
    wanted = set(kinds)
    found = [
        (begun.last if (begun := act.begun) is not None else 0, name, act)
        for name, act in acts.items()
        if act.kind in wanted
    ]
    return max(found, key=lambda item: item[:2])[2] if found else None


def _settling(trail: Trail, node: Node) -> Settling:
    gaps = [trail.node(edge.target) for edge in trail.leading(node.id, "settled_by")]
    units = [edge.target for edge in trail.leading(node.id, "can_settle")]
    return Settling(
        finding=node.id,
        duty=node.data["duty"],
        severity=node.data["severity"],
        face=_face(node),
        missing=tuple(place for gap in gaps for place in gap.data["missing"]),
        documents=tuple(kind for gap in gaps for kind in gap.data["documents"]),
        unit=units[0] if units else None,
        zh=" ".join(gap.zh for gap in gaps),
        en=" ".join(gap.en for gap in gaps),
    )


__all__ = ["Answer", "GateKept", "HolderKey", "Settling", "answered", "last_gates", "settling"]
