"""What is due over many records: overdue, soon, waiting, with the unit, as data, workbook, page and calendar."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from ahead import EXAMPLES, cut, example
from commands import call

import decision_procedure as dp
from decision_procedure.planning.deadlines import DueStep


def due(record: dp.Decision, day: str, **options: Any) -> dict[tuple[str, str], DueStep]:
    found = dp.deadlines([("r.yaml", dp.check(record, as_of=day))], **options)
    return {(item.step.zh, item.source): item for item in found}


def test_a_period_under_way_ends_soon_and_steps_that_nothing_holds_up_wait() -> None:
    found = due(example("办理中"), "2024-04-01")

    comment = found["公众参与", "ends"]
    assert (comment.day, comment.left, comment.urgency) == ("2024-04-08", 7, "soon")
    assert found["专家论证", "none"].urgency == "waiting"
    assert ("提交讨论", "none") not in found
    assert due(example("办理中"), "2024-04-01", within=3)["公众参与", "ends"].urgency == "later"


def test_a_period_of_the_text_is_overdue_once_it_has_passed() -> None:
    record = cut(example("全部合规"), date(2024, 6, 20))
    record = record.changed({"acts": tuple(act for act in record.acts if act.kind != "publication")})

    found = due(record, "2024-06-20")
    late = due(cut(record, date(2024, 7, 31)), "2024-07-31")

    assert found["公布", "law"].urgency == "soon"
    assert late["公布", "law"].urgency == "overdue"
    assert late["公布", "law"].article is not None
    assert late["公布", "law"].day == found["公布", "law"].day


def test_what_must_be_done_for_the_meeting_that_the_record_plans_has_its_last_day() -> None:
    found = due(example("全部合规"), "2024-05-01")

    assert found["提交讨论", "meeting"].day == "2024-06-05"
    assert found["送合法性审查", "meeting"].day == "2024-05-27"


def test_the_command_writes_every_form(tmp_path: Path) -> None:
    icalendar, openpyxl = pytest.importorskip("icalendar"), pytest.importorskip("openpyxl")
    asked = ("deadlines", EXAMPLES, "--as-of", "2024-04-01")
    for form in ("xlsx", "ics", "html"):
        assert call(*asked, "--format", form, "--output", tmp_path / f"d.{form}").returncode == 0

    data = json.loads(call(*asked, "--format", "json").stdout)
    (sheet,) = openpyxl.load_workbook(tmp_path / "d.xlsx").worksheets
    calendar = icalendar.Calendar.from_ical((tmp_path / "d.ics").read_bytes())
    page = (tmp_path / "d.html").read_text("utf-8")

    assert data[0]["urgency"] == "soon"
    assert sheet.max_row == len(data) + 1
    assert len(calendar.walk("VEVENT")) == sum(item["day"] is not None for item in data)
    assert page.count("<tr") == len(data) + 1
    assert "临近3项" in call(*asked).stdout


def test_texts_of_a_record_stay_texts_in_every_form(tmp_path: Path) -> None:
    icalendar, openpyxl = pytest.importorskip("icalendar"), pytest.importorskip("openpyxl")
    data = yaml.safe_load((EXAMPLES / "示例县-办理中.yaml").read_text("utf-8"))
    data["title"] = "=1+1<script>\nBEGIN:VEVENT"
    file = tmp_path / "r.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    asked = ("deadlines", file, "--as-of", "2024-04-01")

    page = call(*asked, "--format", "html").stdout
    call(*asked, "--format", "xlsx", "--output", tmp_path / "d.xlsx")
    call(*asked, "--format", "ics", "--output", tmp_path / "d.ics")

    assert "<script>" not in page
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "d.xlsx").read_bytes()))
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)
    events = icalendar.Calendar.from_ical((tmp_path / "d.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 1
