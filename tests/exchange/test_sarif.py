"""SARIF against the schema of the standard."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft202012Validator
from samples import BAD, EXAMPLES, HERE, hostile, worked, written

import decision_procedure as dp
from decision_procedure.api.records import act_lines
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.sarif import write_sarif
from decision_procedure.model.vocabulary import LABELS
from decision_procedure.results.remarks import LOOSE_STANDINGS
from decision_procedure.results.waivers import NOTES

SCHEMA = json.loads((HERE / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))


def log() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written("sarif"))["runs"][0]
    return found


def of_bad(run: dict[str, Any]) -> list[dict[str, Any]]:
    return [r for r in run["results"] if unquote(uri(r)).endswith(BAD)]


def uri(result: dict[str, Any]) -> str:
    found: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    return found


def test_the_log_keeps_to_the_schema_of_the_standard() -> None:
    validator = Draft202012Validator(SCHEMA)

    for text in (written("sarif"), "".join(write_sarif(hostile())), "".join(write_sarif([]))):
        assert list(validator.iter_errors(json.loads(text))) == []


def test_all_rules_are_listed_with_help_and_not_only_those_that_fired() -> None:
    reports, view = worked()
    rules = json.loads("".join(write_sarif(reports, view)))["runs"][0]["tool"]["driver"]["rules"]

    names = [rule["id"] for rule in rules]
    duties = {duty for _, report in reports for duty in report.duties}
    answers = {f"judgement.{kind}" for kind in LOOSE_STANDINGS}
    advice = {f"advice.{kind}" for kind in LABELS["advice"]}
    assert set(names) == duties | {f"waiver.{kind}" for kind in NOTES} | answers | advice
    assert len(names) == len(set(names))
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)


def test_rule_identifiers_are_exact_and_their_places_right() -> None:
    run = log()

    rules = run["tool"]["driver"]["rules"]
    assert any(result["ruleId"] == "cn-713.15.1d" for result in run["results"])
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_a_finding_stands_on_the_line_of_its_act() -> None:
    text = (EXAMPLES / "invented" / BAD).read_text(encoding="utf-8").splitlines()

    (line,) = {
        result["locations"][0]["physicalLocation"]["region"]["startLine"]
        for result in of_bad(log())
        if result["locations"][0].get("logicalLocations", [{}])[0].get("name") == "comment"
    }

    assert text[line - 1] == "- id: comment"


def test_each_outcome_has_the_kind_that_the_standard_has_for_it() -> None:
    early = dp.check(dp.load_decision(EXAMPLES / "invented" / BAD), as_of=date(2024, 5, 20))
    late = written("sarif")
    results = [
        *(r for r in json.loads(late)["runs"][0]["results"] if not r["ruleId"].startswith("advice.")),
        *json.loads("".join(write_sarif([("f", early)], FindingsView(least="pending"))))["runs"][0][
            "results"
        ],
    ]

    kinds = {(r["properties"]["outcome"], r["kind"], r["level"]) for r in results}

    assert kinds == {
        ("violated", "fail", "error"),
        ("needs_judgement", "review", "none"),
        ("undetermined", "open", "none"),
        ("pending", "informational", "none"),
    }


def test_advice_on_the_law_cited_is_a_note_on_the_line_of_the_citation() -> None:
    (path,) = EXAMPLES.glob("published/茂名市-2025*.yaml")
    reports = [(str(path), dp.check(dp.load_decision(path), as_of=date(2025, 6, 1)))]

    results = json.loads("".join(write_sarif(reports, FindingsView(lines=act_lines))))["runs"][0]["results"]
    again = json.loads("".join(write_sarif(reports, FindingsView(lang="en"))))["runs"][0]["results"]
    (note,) = [result for result in results if result["ruleId"] == "advice.no_longer"]
    (english,) = [result for result in again if result["ruleId"] == "advice.no_longer"]

    line = note["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert "183" in path.read_text(encoding="utf-8").splitlines()[line - 1]
    assert note["level"] == "note"
    assert "183" in note["message"]["text"]
    assert note["partialFingerprints"] == english["partialFingerprints"]


def test_a_waiver_is_a_suppression_and_a_baseline_a_state() -> None:
    results = of_bad(log())

    suppressed = [r for r in results if "suppressions" in r]
    states = [r["baselineState"] for r in results]
    assert [r["suppressions"][0]["justification"] for r in suppressed] == ["甲: 应急"]
    assert states.count("unchanged") == 1
    assert set(states) == {"unchanged", "new"}


def test_without_a_baseline_no_state_is_claimed() -> None:
    reports, view = worked()

    run = json.loads("".join(write_sarif(reports, view._replace(accepted=None))))["runs"][0]

    assert all("baselineState" not in result for result in run["results"])
