"""A fingerprint lives exactly as long as the facts of its finding."""

from __future__ import annotations

import copy
import random
import re
from typing import Any

import pytest
from at_hand import DOCUMENTS, says
from conftest import DAY, EXAMPLES, act, report
from heads import checked, headed
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.results.fingerprints import decisive_facts, fingerprints, record_key
from decision_procedure.results.report import SEVERITY
from decision_procedure.sources import read_yaml

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
IN_ORDER = ("speaking_order", "drafts")
COMMENT = ("cn-713.15.1d", "comment")


def bad() -> dict[str, Any]:
    return copy.deepcopy(read_yaml(BAD.read_text(encoding="utf-8"), BAD.name).data)


def shuffled(data: Any, chance: random.Random, name: str = "") -> Any:
    if isinstance(data, dict):
        keys = list(data)
        chance.shuffle(keys)
        return {key: shuffled(data[key], chance, key) for key in keys}
    if isinstance(data, list):
        members = [shuffled(item, chance) for item in data]
        if name not in IN_ORDER:
            chance.shuffle(members)
        return members
    return data


def test_every_open_verdict_has_one_fingerprint_of_its_own() -> None:
    found = report(bad())

    names = fingerprints(found)

    assert len(names) == sum(verdict.outcome in SEVERITY for verdict in found.verdicts) > 5
    assert len(set(names.values())) == len(names)
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in names.values())


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_fingerprints_stay_when_keys_and_lists_without_order_are_reordered(chance: random.Random) -> None:
    expected = fingerprints(report(bad()))

    found = fingerprints(report(shuffled(bad(), chance)))

    assert found == expected


def test_fingerprints_stay_when_nothing_that_the_finding_rests_on_changes() -> None:
    expected = fingerprints(report(bad()))
    data = bad()
    data["note"] = "改了备注"
    act(data, "comment")["note"] = "另一备注"
    act(data, "comment")["received"] = 99
    data["documents"].append({"id": "d-new", "kind": "other"})
    data["units"][0]["aliases"] = ["县府"]

    found = fingerprints(report(data))

    assert found == expected


def test_a_fingerprint_changes_with_a_decisive_value_and_only_that_one() -> None:
    expected = fingerprints(report(bad()))
    data = bad()
    act(data, "comment")["end"] = "2024-03-20"

    found = fingerprints(report(data))

    changed = {target for target in expected if found.get(target) != expected[target]}
    assert COMMENT in expected
    assert COMMENT in changed
    assert all(act in ("comment", None) for _, act in changed)
    assert "cn-713.20c" not in {duty for duty, _ in changed}


def test_a_record_that_says_nothing_of_a_catalogue_has_its_fingerprints_too() -> None:
    names = fingerprints(checked(headed(catalogue=None)))

    assert len(names["cn-713.scope", None]) == 32


def test_what_documents_say_differently_enters_the_fingerprint_in_no_order() -> None:
    def told(end: dict[str, Any]) -> str:
        data = bad()
        data["documents"] += DOCUMENTS
        act(data, "comment")["end"] = end
        return fingerprints(report(data))[COMMENT]

    first, second = says("2024-03-20", "2024-03-22")["says"]
    one = told({"says": [first, second]})

    assert told({"says": [second, first]}) == one
    assert told(says("2024-03-20", "2024-03-21")) != one
    assert told(says("2024-03-22", "2024-03-20")) != one


def changed(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return "2024-06-05" if isinstance(value, str) and value[:2] == "20" else None


def test_every_decisive_date_and_flag_of_a_breach_enters_its_fingerprint() -> None:
    found = report(bad())
    expected = fingerprints(found)
    tried = 0

    for verdict in found.violations:
        for place, value in decisive_facts(verdict.trees):
            data = bad()
            holder, _, field = place.rpartition(".")
            if holder == "traits":
                data["traits"][field]["value"] = changed(value)
            elif (match := re.fullmatch(r"acts\[([^\]~]+)\]", holder)) and changed(value) is not None:
                act(data, match[1])[field] = changed(value)
            else:
                continue
            try:
                after = fingerprints(report(data))
            except dp.UnusableInput:
                continue
            tried += 1
            target = (verdict.duty, verdict.act)
            assert after.get(target) != expected[target], place

    assert tried > 5


def test_the_order_of_speakers_is_a_fact() -> None:
    expected = fingerprints(report(bad()))
    data = bad()
    act(data, "meeting")["speaking_order"] = ["p-vice", "p-chief", "p-cz"]

    found = fingerprints(report(data))

    assert {duty for duty, _ in expected if found.get((duty, "meeting")) != expected.get((duty, "meeting"))}


@pytest.mark.parametrize("change", [{"title": "另一事项"}, {"id": "another"}])
def test_another_record_has_other_fingerprints(change: dict[str, str]) -> None:
    expected = set(fingerprints(report(bad())).values())

    found = set(fingerprints(report({**bad(), **change})).values())

    assert not expected & found


def test_a_record_with_an_id_keeps_its_fingerprints_under_a_new_title() -> None:
    one, other = {**bad(), "id": "x-1"}, {**bad(), "id": "x-1", "title": "改名"}

    assert fingerprints(report(one)) == fingerprints(report(other))
    assert record_key(report(other).decision) == "x-1"


def test_fingerprints_are_the_same_after_a_trip_through_json() -> None:
    for _, decision in dp.load_decisions(sorted(EXAMPLES.rglob("*.yaml"))):
        assert isinstance(decision, dp.Decision)
        found = dp.check(decision, as_of=DAY)

        again = dp.Report.from_json(found.to_json())

        assert fingerprints(again) == fingerprints(found)
        assert [decisive_facts(v.trees) for v in again.verdicts] == [
            decisive_facts(v.trees) for v in found.verdicts
        ]


def test_an_act_without_an_id_is_known_by_kind_and_round() -> None:
    data = bad()
    del act(data, "experts")["id"]
    expected = fingerprints(report(data))
    for item in data["acts"]:
        if item["kind"] == "expert_review":
            item["note"] = "补记"

    found = fingerprints(report(data))

    assert sorted(found.values()) == sorted(expected.values())
    assert set(found) != set(expected)


def test_findings_alike_in_everything_are_numbered() -> None:
    data = bad()
    twin = {key: value for key, value in act(data, "comment").items() if key != "id"}
    data["acts"] += [{**twin, "note": "甲"}, {**twin, "note": "乙"}]

    names = fingerprints(report(data))

    alike = [name for (duty, item), name in names.items() if duty == COMMENT[0] and item != "comment"]
    assert len(alike) == len(set(alike)) == 2


def test_the_day_of_checking_is_no_fact() -> None:
    from datetime import date

    one, other = report(bad(), date(2024, 10, 1)), report(bad(), date(2025, 1, 2))
    outcomes = {(v.duty, v.act): v.outcome for v in one.verdicts}

    names, later = fingerprints(one), fingerprints(other)

    same = [
        (v.duty, v.act)
        for v in other.verdicts
        if v.outcome == outcomes[v.duty, v.act] and (v.duty, v.act) in names
    ]
    assert len(same) > 10
    assert [names[target] for target in same] == [later[target] for target in same]


def test_decisive_facts_leave_out_what_decided_nothing() -> None:
    found = report(bad())
    verdict = next(v for v in found.verdicts if (v.duty, v.act) == COMMENT)

    places = dict(decisive_facts(verdict.trees))

    assert places["acts[comment].end"] == "2024-03-24"
    assert "acts[comment].received" not in places
