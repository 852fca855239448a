"""The command `trail`: what it prints, what it refuses, and that a masked run prints no name."""

from __future__ import annotations

import json
import stat
from io import BytesIO
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from conftest import EXAMPLES, record
from typer.testing import CliRunner

from decision_procedure.cli.main import app
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.exchange.prov import read_prov
from decision_procedure.trails.chain import Trail

BAD = str(EXAMPLES / "invented" / "示例县-多处不合规.yaml")
OTHER = str(EXAMPLES / "invented" / "示例县-办公会代替常务会.yaml")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["trail", *arguments, "--as-of", "2024-09-30"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["trail", *arguments, "--as-of", "2024-09-30"])
    assert isinstance(result.exception, UnusableArgument | UnusableInput)
    assert result.stdout == ""
    return str(result.exception)


def test_the_trail_is_told_in_chinese_and_in_english() -> None:
    assert run(BAD).startswith("责任追溯链：示例县老城区停车收费方案(虚构)")
    assert run(BAD, "--lang", "en").startswith("Accountability trail: ")


def test_a_part_of_the_trail_is_told_from_a_duty() -> None:
    told = run(BAD, "--from", "25.2a")

    assert "cn-713.25.2a" in told
    assert "cn-713.31" not in told


def test_only_keeps_the_outcomes_named() -> None:
    assert "cn-713.28c" not in run(BAD, "--only", "violated")


def test_each_format_reads_back_as_the_same_trail() -> None:
    trail = Trail.from_json(run(BAD, "--format", "json"))

    assert read_prov(run(BAD, "--format", "prov")) == trail
    assert set(nx.read_graphml(BytesIO(run(BAD, "--format", "graphml").encode()))) == {
        node.id for node in trail.nodes
    }


def test_two_records_are_a_list_in_json_and_refused_as_one_graph() -> None:
    assert len(json.loads(run(BAD, OTHER, "--format", "json"))) == 2
    assert "one record" in refused(BAD, OTHER, "--format", "graphml")


def test_a_post_holder_is_followed_over_records_and_years() -> None:
    told = run(
        BAD, OTHER, "--name", "丁", "--unit", "示例县住房和城乡建设局", "--post", "局长", "--since", "2024-04-01", "--until",
        "2024-04-30",
    )  # fmt: skip

    assert "2024-04-12" in told
    assert "2024-04-25" in told
    assert "2024-05-29" not in told


def test_the_last_gate_and_what_would_settle_are_told_and_given_as_data() -> None:
    assert "把关单位：示例县住房和城乡建设局" in run(BAD, "--last-gate")
    assert "draft_explanation" in json.loads(run(BAD, "--settle", "--format", "json"))[0]["documents"]
    assert json.loads(run(BAD, "--last-gate", "--format", "json"))[0]["state"] == "closed"


def test_the_matrix_is_text_csv_or_json() -> None:
    assert "责办×" in run(BAD, "--matrix")
    assert run(BAD, OTHER, "--matrix", "--format", "csv").startswith('"事项","环节编号"')
    assert json.loads(run(BAD, "--matrix", "--format", "json"))[0]["party"]["kind"] == "unit"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "csv"], "--matrix"),
        (["--matrix", "--format", "prov"], "the trail itself"),
        (["--last-gate", "--format", "csv"], "--matrix"),
        (["--matrix", "--settle"], "one question"),
        (["--name", "丁"], "name, unit and post"),
        (["--unit", "局", "--since", "yesterday"], "--since"),
        (["--from", "nothing"], "no such duty"),
        (["--salt-file", "salt"], "--mask"),
        (["--mask", "--salt-file", "no-such-file"], "cannot read"),
        (["--mask", "--name", "甲", "--unit", "示例县人民政府", "--post", "县长"], "with --mask"),
        (["--mask", "--post", "县长"], "with --mask"),
        (["--mask", "--id", "p-chief"], "no such identifier"),
        (["--id", "nobody"], "no such identifier"),
        (["--id", "甲"], "no such identifier"),
    ],
)
def test_arguments_that_cannot_be_used_are_refused(arguments: list[str], message: str) -> None:
    assert message in refused(BAD, *arguments)


def test_an_unusable_record_writes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("schema: 1\ntitle: [1]\nbody: 3\n", encoding="utf-8")

    refused(BAD, str(bad), "--output", str(tmp_path / "out.txt"))

    assert not (tmp_path / "out.txt").exists()


@pytest.mark.parametrize("output", [".", "no-such-folder/trail.txt", f"{BAD}/trail.txt"])
def test_what_opens_a_masked_trail_is_not_left_behind_where_the_trail_cannot_be_written(
    output: str, tmp_path: Path
) -> None:
    openings = tmp_path / "openings.json"

    refused(BAD, "--mask", "--openings", str(openings), "--output", str(tmp_path / output))

    assert not openings.exists()


@pytest.mark.parametrize("asked", [(), ("--settle",), ("--matrix",)])
def test_a_folder_without_records_is_an_error(asked: tuple[str, ...], tmp_path: Path) -> None:
    assert "no record in this folder" in refused(str(tmp_path), *asked)
    assert "no record in this folder" in refused(BAD, str(tmp_path), *asked)


def test_a_masked_run_prints_no_name_and_keeps_what_opens_it_for_the_owner(tmp_path: Path) -> None:
    data: dict[str, Any] = record("示例县-多处不合规")
    data["people"][3]["name"] = "张伟民"
    data["title"] = "张伟民主办的事项"
    path, salt, openings = tmp_path / "r.json", tmp_path / "salt", tmp_path / "openings.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    salt.write_bytes(bytes(32))
    masked = ("--mask", "--salt-file", str(salt))

    outputs = [run(str(path), *masked, "--format", kind) for kind in ("text", "json", "graphml", "prov")]
    outputs += [run(str(path), *masked, "--matrix", "--format", kind) for kind in ("text", "csv", "json")]
    outputs += [run(str(path), *masked, "--last-gate"), run(str(path), *masked, "--openings", str(openings))]

    assert not any("张伟民" in text for text in outputs)
    assert "张伟民" in openings.read_text(encoding="utf-8")
    assert stat.S_IMODE(openings.stat().st_mode) == 0o600
    assert "cannot write" in refused(str(path), *masked, "--openings", str(openings))
