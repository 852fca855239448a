"""No output destroys an input, whatever either is called."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.cli.overwriting import OUTPUTS

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "examples" / "invented" / "示例县-办理中.yaml"
WAIVERS = ROOT / "docs" / "waivers.yaml"
CATALOGUE = next((ROOT / "catalogs").rglob("*.yaml"))
RULES = ROOT / "docs" / "county-rules" / "示例县-征求意见规定.yaml"
DAY = ("--as-of", "2024-06-01")

# Each command that writes, by the input that its output would destroy.
COMMANDS = {
    "check": ["check", "RECORD", "--output", "TARGET", *DAY],
    "check, data": ["check", "RECORD", "--format", "json", "--output", "TARGET", *DAY],
    "check, a folder of records": ["check", "FOLDER", "--output", "TARGET", *DAY],
    "check, waivers": ["check", "OTHER", "--waivers", "RECORD", "--output", "TARGET", *DAY],
    "check, rules": ["check", "OTHER", "--rules", "RECORD", "--output", "TARGET", *DAY],
    "report": ["report", "RECORD", "--output", "TARGET", *DAY],
    "report, several": ["report", "OTHER", "RECORD", "--output", "TARGET", *DAY],
    "report, a baseline": ["report", "OTHER", "--baseline", "RECORD", "--output", "TARGET", *DAY],
    "report, a workbook": ["report", "RECORD", "--format", "xlsx", "--output", "TARGET", *DAY],
    "receipt": ["receipt", "RECORD", "--output", "TARGET", *DAY],
    "trail": ["trail", "RECORD", "--output", "TARGET", *DAY],
    "trail, the salt": ["trail", "OTHER", "--mask", "--salt-file", "RECORD", "--output", "TARGET", *DAY],
    "trail, the openings": ["trail", "RECORD", "--mask", "--openings", "TARGET", *DAY],
    "diagram": ["diagram", "status", "RECORD", "--output", "TARGET", *DAY],
    "archive": ["archive", "RECORD", "--output", "TARGET", *DAY],
    "advice on a catalogue": ["catalogue", "advise", "RECORD", "--output", "TARGET"],
    "a catalogue against records": ["catalogue", "status", "OTHER", "RECORD", "--output", "TARGET", *DAY],
    "an earlier catalogue": [
        "catalogue",
        "reconcile",
        "OTHER",
        "FOLDER",
        "--earlier",
        "RECORD",
        "--output",
        "TARGET",
        *DAY,
    ],
}


def itself(file: Path) -> Path:
    return file


def linked(file: Path) -> Path:
    link = file.with_name("link.yaml")
    link.symlink_to(file)
    return link


def hard(file: Path) -> Path:
    link = file.parent / "hard.yaml"
    os.link(file, link)
    return link


def spelt_otherwise(file: Path) -> Path:
    return file.parent / "elsewhere" / ".." / file.name


def through_a_folder(file: Path) -> Path:
    link = file.parent.parent / "other-name"
    link.symlink_to(file.parent, target_is_directory=True)
    return link / file.name


WAYS = [itself, linked, hard, spelt_otherwise, through_a_folder]


def run(folder: Path, words: list[str], target: Path) -> Result:
    """Run a command in whose words RECORD is the file that must survive."""
    named = {
        "RECORD": folder / "record.yaml",
        "OTHER": folder / "other" / "other.yaml",
        "FOLDER": folder,
        "TARGET": target,
    }
    return CliRunner().invoke(app, [str(named.get(word, word)) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "records"
    for part in (inner, inner / "other", inner / "elsewhere"):
        part.mkdir()
    shutil.copy(RECORD, inner / "record.yaml")
    shutil.copy(RECORD, inner / "other" / "other.yaml")
    return inner


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("command", COMMANDS)
def test_an_output_onto_an_input_is_refused_and_the_input_stays(
    command: str, way: Callable[[Path], Path], folder: Path
) -> None:
    before = (folder / "record.yaml").read_bytes()

    result = run(folder, COMMANDS[command], way(folder / "record.yaml"))

    assert isinstance(result.exception, dp.UnusableArgument)
    assert (folder / "record.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["trail", "RECORD", "--mask", "--openings", "TARGET", "--output", "TARGET", *DAY],
        ["report", "RECORD", "--new-baseline", "TARGET", "--output", "TARGET", *DAY],
    ],
    ids=["openings", "baseline"],
)
def test_two_outputs_never_go_to_one_place(words: list[str], folder: Path) -> None:
    result = run(folder, words, folder / "elsewhere" / "new.json")

    assert isinstance(result.exception, dp.UnusableArgument)
    assert list((folder / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("command", ["check", "check, data", "report", "receipt", "trail"])
def test_an_output_beside_the_input_is_written_and_written_again(command: str, folder: Path) -> None:
    target = folder / "elsewhere" / "out.txt"

    first, second = (run(folder, COMMANDS[command], target).exit_code for _ in range(2))

    assert first == second
    assert first in (0, 1)
    assert target.stat().st_size


def test_pictures_may_go_into_the_folder_of_the_records(folder: Path) -> None:
    words = ["diagram", "status", "FOLDER", "--plain", "--output", "TARGET", *DAY]

    assert run(folder, words, folder).exit_code == 0
    assert {file.name.partition("-")[0] for file in folder.glob("*.svg")} == {"record", "other"}


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("record-status.svg", ""),
        ("record-status-2.svg", ""),
        ("one-2.svg", "one.svg"),
        ("record-status.json", ""),
    ],
)
@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_no_sheet_of_a_picture_is_written_over_a_record(
    link: Callable[[Path, Path], None], name: str, output: str, folder: Path, tmp_path: Path
) -> None:
    out, record = tmp_path / "pictures", folder / "record.yaml"
    out.mkdir()
    link(out / name, record)
    before = record.read_bytes()
    form = ("--plain", "--format", Path(name).suffix[1:], "--output", str(out / output))

    result = CliRunner().invoke(app, ["diagram", "status", str(record), *form, *DAY])

    assert "overwrite an input" in str(result.exception)
    assert record.read_bytes() == before
    assert [file.name for file in out.iterdir()] == [name]


RULE = ROOT / "decision_procedure" / "rules" / "cn-44" / "gd-183.yaml"


@pytest.mark.parametrize("older", ["gd-183.yaml", "."], ids=["a file", "a folder"])
def test_two_versions_of_rules_are_never_overwritten_by_what_differs(older: str, tmp_path: Path) -> None:
    rule = Path(shutil.copy(RULE, tmp_path))
    before = rule.read_bytes()

    result = CliRunner().invoke(app, ["rules", "diff", str(tmp_path / older), "gd-303", "-o", str(rule)])

    assert "overwrite an input" in str(result.exception)
    assert rule.read_bytes() == before


@pytest.mark.parametrize(
    ("source", "held"), [("oa.db", "oa.db"), ("sqlite:///{folder}/oa.db", "oa.db"), ("表", "表/decision.csv")]
)
@pytest.mark.parametrize("command", ["check", "report"])
def test_the_tables_behind_a_mapping_are_never_overwritten(
    command: str, source: str, held: str, tmp_path: Path
) -> None:
    (tmp_path / "表").mkdir()
    (tmp_path / held).write_bytes(b"all that the office has")
    mapping = tmp_path / "对照.yaml"
    mapping.write_text(
        f"格式版本: 1\n来源: {source.format(folder=tmp_path)}\n案卷: {{表: decision, 列: {{编号: id}}}}\n",
        encoding="utf-8",
    )

    result = CliRunner().invoke(app, [command, "--from", str(mapping), "-o", str(tmp_path / held), *DAY])

    assert "overwrite an input" in str(result.exception)
    assert (tmp_path / held).read_bytes() == b"all that the office has"


def test_what_differs_may_be_written_beside_the_tables_again_and_again(tmp_path: Path) -> None:
    (tmp_path / "问题.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "decision.csv").write_text("id,title\n1,甲\n", encoding="utf-8")
    mapping = tmp_path / "对照.yaml"
    fixed = "固定内容: {决策机关: {名称: 示例县人民政府, 级别: 县级, 种类: 人民政府}}"
    mapping.write_text(
        f"格式版本: 1\n来源: .\n案卷: {{表: decision, 主键: id, 列: {{编号: id, 事项名称: title}}, {fixed}}}\n",
        encoding="utf-8",
    )
    words = ["report", "--from", str(mapping), "--format", "csv", "-o", str(tmp_path / "问题.csv"), *DAY]

    result = CliRunner().invoke(app, words)

    assert result.exit_code in (0, 1)
    assert len((tmp_path / "问题.csv").read_text(encoding="utf-8-sig")) > 20


def test_what_replays_a_dossier_reads_it_only(folder: Path) -> None:
    report = dp.check(dp.load_decision(folder / "record.yaml"), as_of=date(2024, 6, 1))
    (folder / "dossier.json").write_text(dp.seal(report).to_json(), encoding="utf-8")
    before = (folder / "dossier.json").read_bytes()

    CliRunner().invoke(app, ["replay", str(folder / "dossier.json")])

    assert (folder / "dossier.json").read_bytes() == before


def test_every_parameter_that_names_what_is_written_is_known_as_such() -> None:
    """A new option that names an output must be added to OUTPUTS: its help says 写 or 新建."""

    def params(group: Any) -> list[Any]:
        found = group.commands.values()
        return [item for one in found for item in (params(one) if hasattr(one, "commands") else one.params)]

    paths = {(param.name, str(getattr(param, "help", ""))) for param in params(get_command(app))}
    written = {name for name, text in paths if re.search("写出|写入|新建的", text)}

    assert {name for name, _ in paths} >= OUTPUTS
    assert written == OUTPUTS
