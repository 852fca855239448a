"""`rules test`, `rules coverage` and `rules mutate` as the keeper of a pack uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from decision_procedure import rules
from decision_procedure.cli.main import app
from decision_procedure.errors import BadPack, UnusableInput

REGULATION = rules.text("cn/cn-713.yaml")
COUNTY = Path(__file__).parents[2] / "docs" / "county-rules" / "示例县-征求意见规定.yaml"


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """A pack whose seven working days have become eight."""
    path = tmp_path / "wrong.yaml"
    path.write_text(REGULATION.replace("{workdays: {value: 7,", "{workdays: {value: 8,"), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", ["test", "coverage", "mutate"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_regulation_passes(command: str, lang: str) -> None:
    result = CliRunner().invoke(app, ["rules", command, "cn-713", "--lang", lang])

    assert result.exit_code == 0
    assert "cn-713" in result.stdout


def test_a_wrong_example_is_named_and_makes_the_exit_status_1(wrong: str) -> None:
    result = CliRunner().invoke(app, ["rules", "test", wrong])

    assert result.exit_code == 1
    assert "cn-713.26.2#ok1 (恰为七个工作日): 应为 合规，得出 需人工判断" in result.stdout


def test_the_score_is_printed_and_survivors_are_named(tmp_path: Path) -> None:
    path = tmp_path / "thin.yaml"
    lines = REGULATION.splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "channels: [newspaper]" not in line), encoding="utf-8")

    result = CliRunner().invoke(app, ["rules", "mutate", str(path), "--lang", "en"])

    assert result.exit_code == 1
    assert (
        "cn-713.32a-channels: require: 'newspaper' dropped: ['gazette', 'website', 'newspaper']: not noticed"
        in result.stdout
    )
    assert "99.8 %" in result.stdout


def test_an_article_not_accounted_for_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gap.yaml"
    path.write_text(
        REGULATION.replace("  articles: 44\n", "").replace("article: 第二十一条,", "article: 第二十条,"),
        encoding="utf-8",
    )

    result = CliRunner().invoke(app, ["rules", "coverage", str(path)])

    assert result.exit_code == 1
    assert "第21条：没有着落" in result.stdout
    assert "44 条中 43 条有着落" in result.stdout


def test_a_bad_or_missing_pack_file_is_an_error_and_no_result(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("schema: 1\n", encoding="utf-8")

    assert isinstance(CliRunner().invoke(app, ["rules", "test", str(path)]).exception, BadPack)
    missing = CliRunner().invoke(app, ["rules", "test", str(tmp_path / "none.yaml")])
    assert isinstance(missing.exception, UnusableInput)


def test_an_instrument_without_examples_is_one_line_and_no_pass(tmp_path: Path) -> None:
    data = yaml.safe_load(rules.text("cn/track-land.yaml"))
    for duty in data["duties"]:
        duty.pop("examples")
    path = tmp_path / "bare.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")

    result = CliRunner().invoke(app, ["rules", "test", str(path), "--lang", "en"])

    assert result.exit_code == 1
    assert result.stdout == "track-land: none of its 9 duties has an example yet\n"


def test_a_text_whose_articles_were_not_counted_need_not_account_for_every_one() -> None:
    result = CliRunner().invoke(app, ["rules", "coverage", "gd-183", "--lang", "en"])

    assert result.exit_code == 0
    assert "article 4: duties gd-183.4" in result.stdout
    assert ": not accounted for" not in result.stdout


def test_an_article_lost_of_a_text_seen_in_part_is_named_where_the_articles_are_counted(
    tmp_path: Path,
) -> None:
    path = tmp_path / "gap.yaml"
    text = rules.text("cn/eco.yaml").replace(
        "article: 第三百三十四条至第三百九十三条,", "article: 第三百三十四条,"
    )
    path.write_text(text, encoding="utf-8")

    result = CliRunner().invoke(app, ["rules", "coverage", str(path), "--lang", "en"])

    assert result.exit_code == 1
    assert "article 335: not accounted for" in result.stdout
    assert ", 59 not accounted for;" in result.stdout


@pytest.mark.parametrize("command", ["test", "coverage", "mutate"])
def test_a_step_that_no_instrument_declares_is_told_before_any_example_is_run(
    command: str, tmp_path: Path
) -> None:
    path = tmp_path / "规定.yaml"
    text = COUNTY.read_text("utf-8")
    path.write_text(text.replace("step: public_participation", "step: public_partcipation"), "utf-8")

    error = CliRunner().invoke(app, ["rules", command, str(path)]).exception
    assert isinstance(error, BadPack)
    (fault,) = error.faults

    assert "没有此环节：public_partcipation → public_participation?" in fault.zh
    assert (fault.key, fault.line is not None) == ("duties[0].step", True)
