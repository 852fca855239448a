"""Records of one name in one run: their findings cannot be told apart by waivers and baselines."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from decision_procedure.cli.main import app

RECORD = "schema: 1\ntitle: {title}\nbody: {{name: 示例县人民政府}}\n{more}"
SAID = "two records of one name"


def run(tmp_path: Path, *records: str, command: tuple[str, ...] = ("check",)) -> tuple[int, str]:
    for number, record in enumerate(records):
        (tmp_path / f"{number}.yaml").write_text(record, encoding="utf-8")
    found = CliRunner().invoke(app, [*command, str(tmp_path), "--as-of", "2024-12-31", "--allow-uncovered"])
    return found.exit_code, found.stderr


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (("甲", ""), ("甲", ""), True),
        (("甲", "id: a\n"), ("乙", "id: a\n"), True),
        (("甲", ""), ("甲", "note: 别的\n"), True),
        (("甲", ""), ("乙", ""), False),
        (("甲", "id: a\n"), ("甲", "id: b\n"), False),
        (("甲", "id: a\n"), ("甲", ""), False),
    ],
)
def test_two_records_of_one_name_in_one_run_are_told(
    tmp_path: Path, first: tuple[str, str], second: tuple[str, str], told: bool
) -> None:
    _, errors = run(tmp_path, *(RECORD.format(title=title, more=more) for title, more in (first, second)))

    assert (SAID in errors) is told
    if told:
        assert f"{tmp_path / '1.yaml'}:1: 与 {tmp_path / '0.yaml'}:1 的案卷同名" in errors


def test_the_status_is_that_of_the_findings(tmp_path: Path) -> None:
    one, _ = run(tmp_path, RECORD.format(title="甲", more=""))
    two, _ = run(tmp_path, RECORD.format(title="甲", more=""), RECORD.format(title="甲", more=""))

    assert one == two


def test_one_file_of_many_records_names_the_lines(tmp_path: Path) -> None:
    line = '{"schema": 1, "title": "甲", "body": {"name": "乙"}}\n'
    path = tmp_path / "many.jsonl"
    path.write_text(line * 3, encoding="utf-8")

    found = CliRunner().invoke(app, ["check", str(path), "--as-of", "2024-12-31", "--allow-uncovered"])

    assert found.stderr.count(SAID) == 2
    assert f"{path}:3: 与 {path}:1" in found.stderr


def test_reports_say_it_too(tmp_path: Path) -> None:
    record = RECORD.format(title="甲", more="")

    _, errors = run(tmp_path, record, record, command=("report", "--format", "json"))

    assert SAID in errors


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    record = RECORD.format(title='"甲\\x1b[31m\\n::error"', more="")

    _, errors = run(tmp_path, record, record)

    assert SAID in errors
    assert "\x1b" not in errors
    assert not any(text.startswith("::") for text in errors.splitlines())
