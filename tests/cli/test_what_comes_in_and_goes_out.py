"""Records from standard input, catalogues among records, days in Chinese, and what is said of what was written."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from commands import call

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "examples" / "invented" / "示例县-多处不合规.yaml"
CATALOGUE = ROOT / "catalogs" / "番禺区-2017.yaml"
DAY = ("--as-of", "2024-09-30")


def piped(data: bytes, *arguments: str) -> tuple[int, str, str]:
    with patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(data))):
        done = call(*arguments)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["check", "--quiet"],
        ["explain", "30.2a"],
        ["report", "--format", "csv"],
        ["trail"],
        ["receipt"],
        ["diagram", "status"],
    ],
    ids=lambda command: command[0],
)
def test_a_record_comes_in_on_standard_input(command: list[str]) -> None:
    name, *options = command
    kind = [options.pop(0)] if name == "diagram" else []

    code, out, _ = piped(RECORD.read_bytes(), name, *kind, "-", *options, *DAY)

    assert code == (1 if name in ("check", "report") else 0)
    assert out


def test_faults_of_standard_input_are_told_with_their_lines() -> None:
    code, out, err = piped('格式版本: 1\n标题一: "没有此键"\n'.encode(), "check", "-", *DAY)

    assert (code, out) == (2, "")
    assert "<stdin>:2: 标题一" in err


def test_a_json_record_comes_in_too() -> None:
    record = {"schema": 1, "title": "道路", "body": {"name": "示例县人民政府", "level": "county"}}

    code, out, _ = piped(json.dumps(record).encode(), "check", "-", *DAY)

    assert code in (0, 1)
    assert "道路" in out


def test_a_catalogue_where_a_record_is_asked_for_is_recognised() -> None:
    for command in (["check", CATALOGUE], ["explain", CATALOGUE, "18"], ["diagram", "status", CATALOGUE]):
        told = call(*command, *DAY)

        assert told.returncode == 2
        assert told.stderr.count("\n") == 2  # the day, and one line on the file
        assert "这是年度目录" in told.stderr
        assert "catalogue advise" in told.stderr


def test_a_catalogue_beside_records_is_named_and_passed_over(tmp_path: Path) -> None:
    shutil.copy(CATALOGUE, tmp_path / "目录.yaml")
    shutil.copy(ROOT / "examples" / "invented" / "示例县-全部合规.yaml", tmp_path / "案卷.yaml")

    checked = call("check", tmp_path, *DAY)
    traced = call("trail", tmp_path, *DAY)
    (tmp_path / "案卷.yaml").unlink()
    alone = call("check", tmp_path, *DAY)

    assert (checked.returncode, traced.returncode) == (0, 0)
    for told in (checked, traced):
        assert "目录.yaml: 年度目录，已跳过" in told.stderr
    assert alone.returncode == 2


@pytest.mark.parametrize("day", ["2024年9月30日", "2024年09月30日", "2024-09-30"])
def test_a_day_is_taken_as_officials_write_it(day: str) -> None:
    told = call("check", RECORD, "--as-of", day, "--quiet")

    assert told.stdout == call("check", RECORD, *DAY, "--quiet").stdout


@pytest.mark.parametrize("day", ["2024年9月31日", "24年9月30日", "2024年9月", "2024年9月30号"])
def test_other_chinese_days_are_refused(day: str) -> None:
    told = call("check", RECORD, "--as-of", day)

    assert told.returncode == 2
    assert "2024年6月1日" in told.stderr


def test_stderr_says_where_something_was_written(tmp_path: Path) -> None:
    for command, name in (
        (["check", RECORD], "a.txt"),
        (["report", RECORD, "--format", "html"], "a.html"),
        (["report", RECORD, "--format", "html"], "pages"),
        (["report", RECORD, "--format", "xlsx"], "a.xlsx"),
        (["trail", RECORD], "b.txt"),
        (["receipt", RECORD], "a.json"),
        (["diagram", "status", RECORD, "--plain"], "a.svg"),
    ):
        told = call(*command, *DAY, "--output", tmp_path / name)

        assert f"已写入 written {tmp_path / name}" in told.stderr
        assert (tmp_path / name).exists()


def test_a_folder_that_there_is_not_is_named(tmp_path: Path) -> None:
    for command in (["check", RECORD], ["report", RECORD, "--format", "html"], ["trail", RECORD]):
        told = call(*command, *DAY, "--output", tmp_path / "none" / "a.html")

        assert told.returncode == 2
        assert f"没有此文件夹 cannot write, there is no such folder: {tmp_path / 'none'}" in told.stderr


def test_no_picture_of_another_format_takes_the_terminal() -> None:
    told = call("diagram", "status", RECORD, "--format", "png", *DAY)

    assert (told.returncode, told.stdout) == (2, "")
    assert "请用 --output" in told.stderr
