"""What is printed holds no command to the pipeline that reads it, whatever a record, its file or a waiver says."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from decision_procedure.cli.main import app
from decision_procedure.sources.characters import plain, without_commands
from tools.fuzz.filled import filled

DAY = ("--as-of", "2024-12-31")
# What GitHub, GitLab, Azure and TeamCity look for: the first only at the beginning of a line, after blanks; GitLab's
# sections end in a carriage return and an escape, without which the words are words.
COMMAND = re.compile(r"^\s*::[a-z-]+|##\[|##[a-z]+\[|section_(start|end):\d+:[^\r\n]*\r|\x1b", re.MULTILINE)
MARKS = {
    "github": "::error file=a.py,line=1::",
    "github, on a line of its own": "a\n::set-output name=x::",
    "github, after blanks": "a\r\n  ::add-mask::",
    "github, of old": "##[error]",
    "azure": "##vso[task.setvariable variable=x]",
    "azure, inside": "a ###vso[task.complete result=Failed;]",
    "teamcity": "##teamcity[buildStop comment='x']",
    "many colons": ":::::error::",
    "gitlab": "\x1b[0Ksection_start:1:x\r\x1b[0K",
    "across the edge": "字" * 37 + "::error::" + "字" * 74 + "::error::",
}


@lru_cache
def record(mark: str) -> str:
    joined = re.sub(r"\s|[\x00-\x1f]", "", mark)
    return json.dumps(
        filled(lambda place: f"{mark}{place}", lambda name: f"{joined[:60]}{name}"), ensure_ascii=False
    )


def printed(folder: Path, mark: str, *words: str) -> str:
    """Return all that a command prints, where FILE stands for the record."""
    name = re.sub(r"\s|[\x00-\x1f/]", "", mark)[:60]
    file = folder / f"{name}.json"
    file.write_text(record(mark), encoding="utf-8")
    result = CliRunner().invoke(
        app, [str(file) if word == "FILE" else word for word in words], env={"COLUMNS": "80"}
    )
    assert result.exit_code in (0, 1), result.output
    assert result.stdout or result.stderr
    return (result.stdout + result.stderr).replace(str(folder), "")


# Every mark is tried on what is printed by default; one of each reader of marks on what options add to it.
FEW = {name: MARKS[name] for name in ("github, on a line of its own", "azure, inside", "teamcity", "gitlab")}


def tried(*options: object) -> pytest.MarkDecorator:
    """Try every mark with the first of these options, and a few marks with the others."""
    first, *others = options
    cases = [(first, name) for name in MARKS] + [(option, name) for option in others for name in FEW]
    ids = [f"{name}-{option if isinstance(option, str) else ' '.join(option)}" for option, name in cases]  # type: ignore[attr-defined]
    return pytest.mark.parametrize(("options", "mark"), [(o, MARKS[name]) for o, name in cases], ids=ids)


CHECKS = [(), ("--details",), ("--quiet",), ("--statistics",), ("--lang", "en"), ("--format", "json"), ("--format", "jsonl")]  # fmt: skip
TRAILS = [(), ("--last-gate",), ("--settle",), ("--matrix",), ("--id", "{name}pe"), ("--lang", "en")]


@tried(*CHECKS)
def test_check_prints_no_command(mark: str, options: tuple[str, ...], tmp_path: Path) -> None:
    assert not COMMAND.search(printed(tmp_path, mark, "check", "FILE", *DAY, *options))


@tried(*TRAILS)
def test_trails_print_no_command(mark: str, options: tuple[str, ...], tmp_path: Path) -> None:
    joined = re.sub(r"\s|[\x00-\x1f]", "", mark)[:60]
    asked = [option.replace("{name}", joined) for option in options]

    assert not COMMAND.search(printed(tmp_path, mark, "trail", "FILE", *DAY, *asked))


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_an_explanation_prints_no_command(mark: str, tmp_path: Path) -> None:
    words = ("explain", "FILE", "cn-713.25.2a", "--steps", *DAY)

    assert not COMMAND.search(printed(tmp_path, mark, *words))


@tried("csv", "json", "jsonl", "sarif", "junit", "gitlab", "ocel")
def test_no_data_begins_a_line_with_a_command(mark: str, options: str, tmp_path: Path) -> None:
    text = printed(tmp_path, mark, "report", "FILE", "--format", options, "--level", "pending", *DAY)

    assert not re.search(r"^\s*::[a-z]", text, re.MULTILINE)


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_no_line_of_a_matrix_as_a_table_begins_with_a_command(mark: str, tmp_path: Path) -> None:
    text = printed(tmp_path, mark, "trail", "FILE", "--matrix", "--format", "csv", *DAY)

    assert not re.search(r"^\s*(::|##)", text, re.MULTILINE)


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_of_the_commands_written_for_github_none_comes_from_a_record(mark: str, tmp_path: Path) -> None:
    text = printed(tmp_path, mark, "report", "FILE", "--format", "github", "--level", "pending", *DAY)

    lines = [line for line in text.splitlines() if line.startswith("::")]
    assert lines, text[:500]
    assert all(
        re.match(r"::(error|warning|notice) file=[^:,]*(,line=\d+)?,title=[^:,]*::", line) for line in lines
    )


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_messages_on_what_cannot_be_read_hold_no_command(mark: str, tmp_path: Path) -> None:
    joined = re.sub(r"\s|[\x00-\x1f/]", "", mark)[:60]
    file = tmp_path / f"{joined}.yaml"
    file.write_text(
        json.dumps({"schema": 1, mark: mark, "body": {"level": mark}}, ensure_ascii=False), encoding="utf-8"
    )

    result = CliRunner().invoke(app, ["check", str(file), *DAY])

    assert result.exit_code == 2
    assert not COMMAND.search(result.stderr.replace(str(tmp_path), ""))


@pytest.mark.parametrize(
    "text", ["a::b", "std::vector", "C#", "# 一", "a ## b", "12:30", "第1::2", "http://a/#b", "::", "##"]
)
def test_other_signs_are_shown_as_they_are_or_stand_apart(text: str) -> None:
    shown = without_commands(text)

    assert shown.replace(" ", "") == text.replace(" ", "")
    assert plain(text) == shown
    assert "::" in text or shown == text


@pytest.mark.parametrize("words", ["archive FILE --output", "plan FILE", "ask FILE", "deadlines FILE"])
@pytest.mark.parametrize("mark", [MARKS["azure, inside"]])
def test_no_other_command_prints_one(words: str, mark: str, tmp_path: Path) -> None:
    bag = [str(tmp_path / "bag\n::error::x")] if words.startswith("archive") else []

    assert not COMMAND.search(printed(tmp_path, mark, *words.split(), *bag, *DAY))


def test_no_text_or_name_of_a_rule_file_is_one(tmp_path: Path) -> None:
    county = Path(__file__).parents[2] / "docs" / "county-rules" / "示例县-征求意见规定.yaml"
    text = (
        county.read_text("utf-8")
        .replace("示例县重大行政决策", "##vso[task.x]")
        .replace("涉及面广", "##vso[x]")
    )
    (tmp_path / "a##vso[x].yaml").write_text(text, encoding="utf-8")

    for words in (["list", "--rules", str(tmp_path)], ["lint", str(tmp_path / "a##vso[x].yaml")]):
        result = CliRunner().invoke(app, ["rules", *words])

        assert result.exit_code == 0, result.output
        assert not COMMAND.search(result.output)
