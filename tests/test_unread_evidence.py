"""Evidence is worked out when it is read, and written as text just as it is as data."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import report

import decision_procedure as dp
from decision_procedure.law.conditions import Conditions
from decision_procedure.results.written import report_data


@pytest.fixture
def undated(clean: dict[str, Any]) -> dict[str, Any]:
    """The compliant record with drafts of which each was reviewed and discussed, nobody says when."""
    clean["drafts"] = [{"id": f"稿{number}"} for number in range(8)]
    clean["acts"] = [
        {"kind": kind, "id": f"{kind}-{number}", "draft": f"稿{number}"}
        for number in range(8)
        for kind in ("legality_review", "deliberation", "submission")
    ]
    return clean


def test_a_check_works_out_no_evidence_of_acts_without_a_date(
    undated: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    work_out, read = Conditions.evidence, []

    def noted(conditions: Conditions, frame: Any) -> Any:
        read.append(frame.act)
        return work_out(conditions, frame)

    monkeypatch.setattr(Conditions, "evidence", noted)
    found = report(undated)
    of_acts = [verdict for verdict in found.verdicts if "date_unknown" in verdict.reasons]

    assert of_acts
    assert not any(act is not None for act in read)
    assert {"require", "law"} <= {*of_acts[0].trees}
    assert read


def test_the_text_of_a_report_holds_the_same_as_its_data(
    undated: dict[str, Any], bad: dict[str, Any]
) -> None:
    bad["acts"][0]["id"] = '引"号\\与<b>'
    for data in (undated, bad):
        found = report(data)
        assert json.loads(found.to_json()) == json.loads(json.dumps(report_data(found)))
        assert dp.Report.from_json(found.to_json()) == found
