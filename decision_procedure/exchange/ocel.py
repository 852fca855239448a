"""Acts as an object-centric event log (OCEL 2.0, JSON): what was done is an event, the rest are objects.

An event stands at the earliest moment that the record allows for its act, at Beijing time; what the record
says of the date is in `stated`. Acts that the record denies, only announces, plans or does not date are no
events: they are objects of type `act_without_event`, so that nothing is lost. Findings are objects too. Each part of a
record holds what it states as JSON (`data`) and where it stands in it (`place`): the log can be read back (`model.event_logs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from decision_procedure.exchange.escaping import json_text
from decision_procedure.exchange.findings import (
    DEFAULT,
    FindingsView,
    Located,
    finding_text,
    left_over,
    report_findings,
)
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.event_logs import HELD, held_by
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.results.findings import Finding
from decision_procedure.results.fingerprints import record_key
from decision_procedure.results.report import Report

_EPOCH = "1970-01-01T00:00:00+08:00"
_OBJECTS: dict[str, tuple[str, ...]] = {
    "decision": ("title", "body", *HELD),
    "unit": ("name", *HELD),
    "person": ("name", *HELD),
    "document": ("kind", "title", "date", *HELD),
    "draft": ("date", *HELD),
    "act_without_event": ("kind", "why", *HELD),
    "finding": ("rule", "outcome", "text"),
}
_EVENT = ("act", "round", "stated", *HELD)


def write_ocel(reports: Located, view: FindingsView = DEFAULT) -> Iterator[str]:
    """Yield one event log. It is kept in memory: the format wants objects and events apart."""
    log = _Log()
    for file, report in reports:
        _add(log, report, list(report_findings(file, report, view)), view.lang)
    for finding in left_over(view):
        log.add_finding("run", finding, None, view.lang)
    yield json_text(log.data(), 1) + "\n"


class _Log:
    """Events and objects, each named once."""

    def __init__(self) -> None:
        self.events: dict[str, dict[str, Any]] = {}
        self.objects: dict[str, dict[str, Any]] = {}

    def data(self) -> dict[str, Any]:
        return {
            "objectTypes": [_type(name, fields) for name, fields in _OBJECTS.items()],
            "eventTypes": [_type(kind, _EVENT) for kind in self._kinds()],
            "objects": [self.objects[name] for name in sorted(self.objects)],
            "events": sorted(self.events.values(), key=lambda event: (event["time"], event["id"])),
        }

    def _kinds(self) -> Iterator[str]:
        """Yield the kinds of act: all that ship, and any other of an event."""
        yield from dict.fromkeys((*SHIPPED.acts, *sorted({event["type"] for event in self.events.values()})))

    def add(self, name: str, kind: str, /, **values: str | None) -> None:
        attributes = [
            {"name": field, "time": _EPOCH, "value": value}
            for field, value in values.items()
            if value is not None
        ]
        self.objects[name] = {"id": name, "type": kind, "attributes": attributes, "relationships": []}

    def relate(self, name: str, other: str, qualifier: str) -> None:
        holder = self.events.get(name) or self.objects[name]
        link = {"objectId": other, "qualifier": qualifier}
        if other in self.objects and link not in holder["relationships"]:
            holder["relationships"].append(link)

    def add_finding(self, prefix: str, finding: Finding, about: str | None, lang: str) -> None:
        name = f"{prefix}#finding/{finding.fingerprint}"
        text = finding_text(finding, lang)
        self.add(name, "finding", rule=finding.rule, outcome=finding.outcome, text=text)
        if about is not None:
            self.relate(about, name, "finding")


def _add(log: _Log, report: Report, found: list[Finding], lang: str) -> None:
    decision = report.decision
    key = record_key(decision)
    held = held_by(decision)
    log.add(key, "decision", title=decision.title, body=decision.body.name, **held[""])
    _add_parts(log, decision, key, held)
    for index, act in enumerate(decision.acts):
        _add_act(log, act, key, report, held[f"acts[{index}]"])
    for finding in found:
        tested = f"{key}#act/{report.source_of(finding.act or '')}"
        about = tested if tested in log.events or tested in log.objects else key
        log.add_finding(key, finding, about, lang)


def _add_parts(log: _Log, decision: Decision, key: str, held: Mapping[str, Mapping[str, str]]) -> None:
    def add(kind: str, identifier: str, place: str, /, **values: str | None) -> None:
        name = f"{key}#{kind}/{identifier}"
        log.add(name, kind, **values, **held[place])
        log.relate(name, key, "decision")

    for index, unit in enumerate(decision.units):
        add("unit", unit.id, f"units[{index}]", name=unit.name)
    for index, person in enumerate(decision.people):
        add("person", person.id, f"people[{index}]", name=person.name)
    for index, document in enumerate(decision.documents):
        stated = {"title": document.title, "date": _text(document.date)}
        add("document", document.id, f"documents[{index}]", kind=document.kind, **stated)
    for index, draft in enumerate(decision.drafts):
        add("draft", draft.id, f"drafts[{index}]", date=_text(draft.date))
    for unit in decision.units:
        if unit.parent:
            log.relate(f"{key}#unit/{unit.id}", f"{key}#unit/{unit.parent}", "parent")


def _add_act(log: _Log, act: Act, key: str, report: Report, held: Mapping[str, str]) -> None:
    name = f"{key}#act/{act.id}"
    kind = act.kind
    moment = act.begun or act.anchor or act.done
    why = _no_event(act, moment, report)
    if why is not None or moment is None:
        log.add(name, "act_without_event", kind=kind, why=why, **held)
    else:
        stated = {"act": act.id, "round": str(act.round), "stated": moment.text, **held}
        log.events[name] = {
            "id": name,
            "type": kind,
            "time": _time(moment),
            "attributes": [{"name": field, "value": value} for field, value in stated.items()],
            "relationships": [],
        }
    log.relate(name, key, "decision")
    for qualifier, other in _related(act):
        log.relate(name, f"{key}#{other}", qualifier)


def _no_event(act: Act, moment: PartialDate | None, report: Report) -> str | None:
    if act.held is not True:
        return "denied" if act.held is False else "announced"
    if act.id in report.plans:
        return "planned"
    return "undated" if moment is None else None


def _related(act: Act) -> Iterator[tuple[str, str]]:
    if act.unit:
        yield "unit", f"unit/{act.unit}"
    if act.draft:
        yield "draft", f"draft/{act.draft}"
    for document in act.documents:
        yield "document", f"document/{document}"
    for person in act.by:
        yield "by", f"person/{person}"
    for attendee in getattr(act, "attendees", ()):
        if attendee.person:
            yield attendee.role or "attendee", f"person/{attendee.person}"
    for expert in getattr(act, "experts", ()):
        if expert.person:
            yield "expert", f"person/{expert.person}"
        if expert.body:
            yield "expert", f"unit/{expert.body}"
    for field in ("consulted", "undertakers", "executors"):
        for unit in getattr(act, field, ()):
            yield field, f"unit/{unit}"


def _time(moment: PartialDate) -> str:
    return (datetime(1, 1, 1) + timedelta(minutes=moment.first - 24 * 60)).isoformat() + "+08:00"


def _type(name: str, fields: tuple[str, ...]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": field, "type": "string"} for field in fields]}


def _text(value: PartialDate | None) -> str | None:
    return None if value is None else value.text
