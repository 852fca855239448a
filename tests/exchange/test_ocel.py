"""The event log keeps to OCEL 2.0 and loses no act."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any

from conftest import act, report
from samples import worked, written
from test_fingerprints import bad

from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.ocel import write_ocel


def log() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written("ocel", FindingsView(least="pending")))
    return found


def test_every_act_is_an_event_or_says_why_it_is_none() -> None:
    reports, _ = worked()
    acts = Counter(act.kind for _, report in reports for act in report.decision.acts)

    data = log()

    events = Counter(event["type"] for event in data["events"])
    rest = Counter(
        next(v["value"] for v in item["attributes"] if v["name"] == "kind")
        for item in data["objects"]
        if item["type"] == "act_without_event"
    )
    assert events + rest == acts
    assert all(
        {"kind", "why", "place", "data"} == {v["name"] for v in item["attributes"]}
        for item in data["objects"]
        if item["type"] == "act_without_event"
    )


def test_names_are_unique_and_every_relation_leads_to_an_object() -> None:
    data = log()

    names = [item["id"] for item in (*data["objects"], *data["events"])]
    objects = {item["id"] for item in data["objects"]}
    assert len(names) == len(set(names))
    assert all(
        link["objectId"] in objects and link["qualifier"]
        for item in (*data["objects"], *data["events"])
        for link in item["relationships"]
    )


def test_types_and_attributes_are_declared() -> None:
    data = log()

    for group, declared in (("objects", "objectTypes"), ("events", "eventTypes")):
        known = {item["name"]: {a["name"] for a in item["attributes"]} for item in data[declared]}
        for item in data[group]:
            assert {a["name"] for a in item["attributes"]} <= known[item["type"]]


def test_events_stand_at_the_dates_of_the_record_in_order_of_time() -> None:
    reports, _ = worked()
    begun = {
        (report.title, act.id): act.begun.text
        for _, report in reports
        for act in report.decision.acts
        if act.begun is not None
    }

    events = log()["events"]

    times = [datetime.fromisoformat(event["time"]) for event in events]
    assert times == sorted(times)
    for event in events:
        stated = {v["name"]: v["value"] for v in event["attributes"]}
        title = event["id"].partition("/")[2].rpartition("#act/")[0]
        if (title, stated["act"]) in begun:
            assert stated["stated"] == begun[title, stated["act"]]
            assert event["time"].startswith(stated["stated"][:4])


def test_denied_planned_and_undated_acts_are_no_events() -> None:
    data = bad()
    act(data, "filed")["held"] = False
    act(data, "executed")["date"] = "2025-01-01"
    del act(data, "explained")["date"]
    found = json.loads("".join(write_ocel([("f", report(data))])))

    why = {
        item["id"].rpartition("/")[2]: next(v["value"] for v in item["attributes"] if v["name"] == "why")
        for item in found["objects"]
        if item["type"] == "act_without_event"
    }
    assert why == {"filed": "denied", "executed": "planned", "explained": "undated"}
