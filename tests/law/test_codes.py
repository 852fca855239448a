"""The code of a body finds the law of its place, however its digits were typed; a doubtful code is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from county_samples import COUNTY_RULES, STRICT
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.api.records import act_lines
from decision_procedure.cli.main import app
from decision_procedure.law.loading import load_pack
from decision_procedure.model.divisions import short_code

DAY = date(2024, 12, 31)
LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "township"}


def record(code: str, *, level: str | None = "county", kind: str | None = "government") -> str:
    body = {"name": "示例县人民政府", "level": level, "kind": kind, "code": code}
    data = {
        "schema": 1, "title": "示例", "body": body, "catalogue": {"listed": True},
        "acts": [{"id": "c", "kind": "public_comment", "start": "2024-03-01", "end": "2024-04-05"}],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False)


def checked(code: str, **rest: Any) -> dp.Report:
    return dp.check(dp.parse_decision(record(code, **rest)), as_of=DAY)


def told(report: dp.Report) -> list[str]:
    return [item.zh for item in report.advice if item.kind == "place"]


@pytest.mark.parametrize(
    "written",
    ["４４１２２３", "44122３", " 441223", "441223　", "𝟒𝟒𝟏𝟐𝟐𝟑", "⁴⁴¹²²³"],
    ids=["full width", "one full width", "space", "wide space", "bold", "raised"],
)
def test_a_code_in_other_digits_finds_the_same_law(written: str) -> None:
    assert checked(written).to_dict() == checked("441223").to_dict()
    assert any(item.duty.startswith("gd-") for item in checked(written).verdicts)


@pytest.mark.parametrize("written", ["٤٤١٢٢٣", "४४१२२३", "44 12 23", "44-1223", "四四一二二三", "44122", ""])
def test_a_code_that_cannot_be_read_is_refused_with_its_place(written: str) -> None:
    with pytest.raises(dp.UnusableInput) as caught:
        dp.parse_decision(record(written))

    assert [fault.key for fault in caught.value.faults] == ["body.code"]


@pytest.mark.parametrize(
    "code", ["99", "9901", "990101", "440001", "449901", "441299", "000000", "990101001"]
)
def test_a_code_of_no_known_place_is_told(code: str) -> None:
    (text,) = told(checked(code, level=LEVELS[len(code)]))

    assert code in text
    assert "没有" in text


@pytest.mark.parametrize(
    "code", ["44", "4412", "441223", "441223101", "441223101002", "431022", "110101", "420222", "440783"]
)
def test_nothing_is_said_of_a_code_of_a_known_place_and_of_the_level_of_the_body(code: str) -> None:
    assert told(checked(code, level=LEVELS[len(code)])) == []


@pytest.mark.parametrize(
    ("code", "level"), [("44", "county"), ("4412", "county"), ("441223", "city"), ("440000", "county"), ("441223", "township")]
)  # fmt: skip
def test_a_code_of_another_level_than_the_government_is_told(code: str, level: str) -> None:
    (text,) = told(checked(code, level=level))

    assert code in text


@pytest.mark.parametrize("kind", ["department", "administrative_committee", "authorised_body", None])
def test_only_of_a_government_the_level_of_the_code_is_told(kind: str | None) -> None:
    assert told(checked("4412", kind=kind)) == []


def test_zeros_that_stand_for_a_higher_level_make_no_other_place() -> None:
    assert [short_code(code) for code in ("440000", "441200", "441223000", "441223000000", "４４００００")] == [
        "44", "4412", "441223", "441223", "44",
    ]  # fmt: skip
    assert told(checked("440000", level="province")) == []


@pytest.mark.parametrize("written", ["９９９９０１", "999901", "９９99", "999900", "９９００００"])
def test_the_place_of_an_instrument_may_be_written_in_other_digits_and_with_zeros(
    tmp_path: Path, written: str
) -> None:
    text = (COUNTY_RULES / STRICT).read_text(encoding="utf-8").replace('"999901"', f'"{written}"')
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    law = dp.load_law(tmp_path)

    report = dp.check(dp.parse_decision(record("９９９９０１")), as_of=DAY, law=law)

    identifier = load_pack(text, "rules.yaml").head.id
    assert any(item.duty.startswith(f"{identifier}.") for item in report.verdicts)
    assert told(report) == []


@pytest.mark.parametrize("written", ["٩٩٩٩٠١", "99 99 01", "九九", "99990"])
def test_a_place_of_an_instrument_that_is_no_code_is_a_fault_of_the_file(written: str) -> None:
    text = (COUNTY_RULES / STRICT).read_text(encoding="utf-8").replace('"999901"', f'"{written}"')

    with pytest.raises(dp.BadPack) as caught:
        load_pack(text, "rules.yaml")

    assert [fault.key for fault in caught.value.faults] == ["head.place"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_doubtful_code_stands_in_what_is_printed(tmp_path: Path, lang: str, form: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(record("990101"), encoding="utf-8")
    command = ["report" if form == "sarif" else "check", str(path), "--as-of", "2024-12-31", "--lang", lang]

    printed = CliRunner().invoke(app, [*command, "--format", form], env={"COLUMNS": "400"}).stdout

    assert (
        "没有行政区划代码 990101" if lang == "zh" or form == "json" else "division code 990101"
    ) in printed


def test_the_line_of_a_doubtful_code_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "格式版本: 1\n事项名称: 示例\n决策机关:\n  名称: 示例县人民政府\n  区划代码: '990101'\n", "utf-8"
    )

    assert act_lines(path)("body.code") == 5


def test_linting_tells_an_instrument_for_no_known_place(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    text = (COUNTY_RULES / STRICT).read_text(encoding="utf-8")
    path.write_text(text.replace('"999901"', '"441233"'), encoding="utf-8")

    result = CliRunner().invoke(app, ["rules", "lint", str(path)])

    assert result.exit_code == 0
    assert "441233 不是已知的行政区划代码" in result.stdout
