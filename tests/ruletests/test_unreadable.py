"""Examples that cannot be read: `rules lint` names each at its place, `rules test` fails on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from decision_procedure.cli.main import app
from decision_procedure.law.applicable import standard_law
from decision_procedure.ruletests import unreadable

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "docs" / "county-rules" / "示例县-征求意见规定.yaml").read_text(encoding="utf-8")
FORTY_FIVE = "public_comment: {start: 2024-03-01, end: 2024-04-15}"
WRONG = {
    "a kind of act": (FORTY_FIVE, "public_coment: {}", "public_coment", "public_comment"),
    "a field": (FORTY_FIVE, "public_comment: {stert: 2024-03-01}", "public_comment.stert", "start"),
    "a day": (FORTY_FIVE, "public_comment: {start: 2024-02-30}", "public_comment.start", "没有这一天"),
    "a field of one act of several": (
        FORTY_FIVE,
        "public_comment: [2024-03-01, {stert: 2024-03-01}]",
        "public_comment[1].stert",
        "start",
    ),
    "a claim": (FORTY_FIVE, FORTY_FIVE + ", as_of: tomorrow", "as_of", "不是日期"),
}


def _line_of(text: str, word: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if word in line)


@pytest.mark.parametrize(("right", "wrong", "key", "word"), WRONG.values(), ids=WRONG)
def test_lint_names_file_line_and_key_of_an_example_that_cannot_be_read(
    tmp_path: Path, right: str, wrong: str, key: str, word: str
) -> None:
    path = tmp_path / "county.yaml"
    text = SAMPLE.replace(right, wrong)
    path.write_text(text, encoding="utf-8")

    result = CliRunner().invoke(app, ["rules", "lint", str(path)])

    assert result.exit_code == 2
    line = _line_of(text, wrong)
    assert result.stderr.startswith(f"{path}:{line}: duties[0].examples.ok[0].{key}: 例子不能读：")
    assert word in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_what_examples_share_is_named_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "county.yaml"
    path.write_text(
        SAMPLE.replace("      ok:\n", "      given: {public_comment: {stert: 2024}}\n      ok:\n"),
        encoding="utf-8",
    )

    result = CliRunner().invoke(app, ["rules", "lint", str(path)])

    assert len(result.stderr.splitlines()) == 1
    assert "duties[0].examples.given.public_comment.stert" in result.stderr


def test_an_example_that_can_be_read_but_is_wrong_is_left_to_rules_test(tmp_path: Path) -> None:
    path = tmp_path / "county.yaml"
    path.write_text(SAMPLE.replace("end: 2024-04-15", "end: 2024-03-15"), encoding="utf-8")

    linted = CliRunner().invoke(app, ["rules", "lint", str(path)])
    tested = CliRunner().invoke(app, ["rules", "test", str(path)])

    assert linted.exit_code == 0
    assert "rules test" in linted.stderr
    assert tested.exit_code == 1


def test_every_example_that_ships_can_be_read() -> None:
    assert [fault for pack in standard_law().packs for fault in unreadable(pack)] == []
