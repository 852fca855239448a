"""Every output names a gate by the step on which it stands, by one map, and never by the word in a rule file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from docx import Document
from office_samples import BAD, OPEN, checked, data_of, of_data

import decision_procedure as dp
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.gates import GATED_STEPS, gated_step

Record = dict[str, Any]


def in_2016(**traits: bool) -> dp.Report:
    """Guangdong in 2016: a review passed without the hearing that was due, and no expert review."""
    data: Record = {
        "schema": 1, "title": "示例", "catalogue": {"listed": True}, "drafts": [{"id": "v1"}],
        "body": {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "441223"},
        "complete": {"kinds": ["all"], "up_to": "2016-12-31"}, "traits": traits,
        "acts": [
            {"id": "r", "kind": "legality_review", "form": "review_opinion", "sent": "2016-03-01", "date": "2016-03-10",
             "conclusion": "passed"},
            {"id": "s", "kind": "submission", "date": "2016-03-20"},
            {"id": "m", "kind": "deliberation", "date": "2016-04-01", "meeting_type": "executive"},
            {"id": "d", "kind": "decision", "date": "2016-04-01", "outcome": "adopt"},
        ],
    }  # fmt: skip
    return of_data(data, date(2016, 12, 31))


def without_review_in_the_unit() -> dp.Report:
    """Guangdong in 2024: a draft that its unit discussed before its legal section had reviewed it."""
    data: Record = {
        "schema": 1, "title": "示例", "catalogue": {"listed": True}, "drafts": [{"id": "v1"}],
        "body": {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "441223"},
        "complete": {"kinds": ["all"], "up_to": "2024-12-31"},
        "acts": [{"id": "u", "kind": "unit_meeting", "date": "2024-05-13"}],
    }  # fmt: skip
    return of_data(data, date(2024, 12, 31))


def without_competition_review() -> dp.Report:
    data = data_of("invented/示例县-全部合规.yaml")
    data["acts"] = [item for item in data["acts"] if item["kind"] != "fair_competition_review"]
    for item in data["acts"]:
        if item["id"] in ("issued", "published"):
            item["date"] = "2024-08-20"
    return of_data(data)


REPORTS: Mapping[str, Callable[[], dp.Report]] = {
    "meeting of the unit": without_review_in_the_unit,
    "submission": lambda: checked(BAD),
    "not tested yet": lambda: checked(OPEN, date(2024, 4, 1)),
    "review and decision": lambda: in_2016(hearing_required=True),
    "unknown": in_2016,
    "issue": without_competition_review,
}


def word_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def drawn(report: dp.Report, kind: str, lang: str) -> str:
    source = dp.trail(report) if kind == "trail" else report
    picture = dp.diagram(source, kind=kind, lang=lang, page="screen")
    return "\n".join(
        "".join(line.text for line in box.lines) for sheet in picture.sheets for box in sheet.boxes
    )


FORMS: Mapping[str, Callable[[dp.Report, str], str]] = {
    "text": lambda report, lang: dp.as_text(report, lang=lang),
    "html": lambda report, lang: re.sub(r"<[^>]*>", "", dp.as_html(report, lang=lang)),
    "word": lambda report, lang: word_text(dp.as_word(report, lang=lang)),
    "status": lambda report, lang: drawn(report, "status", lang),
    "trail picture": lambda report, lang: drawn(report, "trail", lang),
    "trail": lambda report, lang: dp.trail(report).text(lang),
}


def gates(report: dp.Report, *states: str) -> set[str]:
    found = report.concluded("gate")
    return {item.get("closes") for item in found if not states or item.get("state") in states}


def test_the_reports_of_this_file_have_a_gate_on_every_step_that_has_one() -> None:
    found = [gates(make()) for make in REPORTS.values()]

    assert set.union(*found) == set(GATED_STEPS)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", REPORTS)
def test_every_output_names_a_gate_by_its_step(name: str, form: str, lang: str) -> None:
    report = REPORTS[name]()
    steps = dp.procedure(report.decision).steps

    text = FORMS[form](report, lang)

    assert "review_pass" not in text
    for gate in gates(report, *(["closed"] if form == "trail picture" else ["closed", "unknown"])):
        step = steps[gated_step(gate)].name.text(lang)
        assert _joined(step) in _joined(text), gate
    for gate in gates(report):
        assert f"“{gate}”" not in text
    for gate in {report.duties[duty].closes for duty in report.untested_gates}:
        assert f"“{gate}”" not in text


def _joined(text: str) -> str:
    """A text without the blanks and ends of lines that a picture breaks it at."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_word_names_the_steps_whose_gates_nothing_has_put_to_the_test(lang: str) -> None:
    data = data_of(OPEN)
    data["body"] |= {"code": "441223"}
    for item in data["acts"]:
        for key, value in item.items():
            if isinstance(value, str) and value.startswith("2024-"):
                item[key] = f"2016{value[4:]}"
    data |= {
        "complete": {"kinds": ["all"], "up_to": "2016-05-01"},
        "stated_on": "2016-12-31",
        "traits": {"hearing_required": {"value": True}},
    }
    report = of_data(data, date(2016, 5, 1))
    waiting = {report.duties[duty].closes for duty in report.untested_gates}
    steps = dp.procedure(report.decision).steps

    text = word_text(dp.as_word(report, lang=lang))

    assert "review_pass" in waiting
    (line,) = [
        line for line in text.splitlines() if line.startswith(("下列环节的前置程序", "No act has put"))
    ]
    assert all(steps[gated_step(gate)].name.text(lang) in line for gate in waiting)
    assert "review_pass" not in line


def test_each_gate_that_a_rule_file_names_stands_on_a_step_of_the_procedure() -> None:
    law = standard_law()
    steps = {step.id for pack in law.packs for step in pack.file.steps}
    closes = {rule.duty.closes for pack in law.packs for rule in pack.rules if rule.duty.closes is not None}

    assert closes == set(GATED_STEPS)
    assert {gated_step(gate) for gate in closes} <= steps
