"""A procedure that has nothing to do with major decisions, set by a folder of YAML alone."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from outputs import OUTPUTS

import decision_procedure as dp
from decision_procedure.api.checking import step_data

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to" / "procedure"
DAY = date(2024, 9, 30)


@lru_cache
def law() -> dp.Law:
    return dp.load_law(HOW_TO / "rules")


@lru_cache
def report() -> dp.Report:
    return dp.check(dp.load_decision(HOW_TO / "案卷.yaml", law()), as_of=DAY, law=law())


def test_only_its_own_instruments_apply_and_none_of_the_register_is_missed() -> None:
    assert {duty.partition(".")[0] for duty in report().duties} == {"slx-cz"}
    assert [item["id"] for item in report().law_used["applied"]] == ["slx-cz"]
    assert report().law_used["unseen"] == report().law_used["not_loaded"] == ()


def test_its_duties_gate_and_order_are_tested() -> None:
    outcomes = {verdict.duty: verdict.outcome for verdict in report().verdicts}

    assert outcomes["slx-cz.2"] == outcomes["slx-cz.3"] == "violated"
    assert outcomes["slx-cz.order.approval-disposal"] == "satisfied"
    assert report().gate("disposal").state == "closed"
    assert report().gate("disposal").blocked_by == ("slx-cz.3",)
    assert [item.get("act") for item in report().concluded("behind")] == ["d1"]


def test_its_steps_come_in_its_order_with_what_is_needed() -> None:
    steps = {item["step"]: item for item in step_data(report())}

    assert [*steps] == ["application", "appraisal", "approval", "disposal"]
    assert steps["appraisal"]["need"] == "required"
    assert steps["disposal"]["progress"] == "done"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", OUTPUTS)
def test_every_output_is_written(form: str, lang: str) -> None:
    assert OUTPUTS[form](report(), lang)


def test_nothing_calls_it_a_major_decision() -> None:
    found, told = report(), "公有资产处置办法(虚构)：程序图"

    drawn = dp.diagram(found, kind="procedure").svg
    assert told in drawn
    assert "附条件：超过限额" in drawn
    for form in ("html", "pictures", "trail", "text"):
        page = OUTPUTS[form](found, "zh").replace("关于重大行政决策", "")
        assert "重大行政决策" not in page, form
        assert "major administrative decision" not in OUTPUTS[form](found, "en"), form


def test_its_phases_go_by_their_names() -> None:
    assert "处置准备" in dp.diagram(report(), kind="status").svg
    assert "preparation" in dp.diagram(report(), kind="status", lang="en").svg


def test_a_major_decision_of_the_same_county_knows_nothing_of_it() -> None:
    data = {"schema": 1, "title": "决策", "body": {"name": "示例县人民政府", "code": "999901"}}
    found = dp.check(dp.parse_decision(json.dumps(data), law=law()), as_of=DAY, law=law())

    assert "slx-cz" not in {duty.partition(".")[0] for duty in found.duties}
    assert type(found.decision) is dp.Decision


def test_a_procedure_that_nothing_sets_leaves_a_record_without_law() -> None:
    data = {
        "schema": 1, "procedure": "asset_disposal", "title": "处置", "body": {"name": "他县人民政府", "code": "999902"},
    }  # fmt: skip

    found = dp.check(dp.parse_decision(json.dumps(data), law=law()), as_of=DAY, law=law())

    assert found.uncovered
    assert found.verdicts == ()
