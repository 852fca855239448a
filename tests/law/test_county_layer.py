"""A county's own instruments: from a folder, the environment or a package, with the faults of all files at once."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from county_samples import COUNTY_RULES, STRICT, county_folder, county_record
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli import law as cli_law
from decision_procedure.cli.main import app

LAX = "示例县-过宽的规定.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return county_folder(tmp_path)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return county_record(tmp_path)


def test_a_folder_adds_its_instruments_to_the_law_that_ships(folder: Path, record: Path) -> None:
    law = dp.load_law(folder)

    report = dp.check(dp.load_decision(record), as_of=date(2024, 9, 30), law=law)

    outcomes = {verdict.duty: verdict.outcome for verdict in report.verdicts}
    assert outcomes["cn-713.15.1c"] == "satisfied"
    assert outcomes["example-county.3"] == "violated"


def test_no_folder_is_the_law_that_ships() -> None:
    law = dp.load_law()

    assert "cn-713" in {pack.head.id for pack in law.packs}
    assert "example-county" not in {pack.head.id for pack in law.packs}


def test_the_faults_of_all_files_come_at_once(folder: Path) -> None:
    text = (folder / STRICT).read_text(encoding="utf-8")
    (folder / "a.yaml").write_text("schema: 1\nhead: 7\n", encoding="utf-8")
    (folder / "b.yaml").write_text(
        text.replace("cn-713.15.1c", "cn-713.99").replace("example-county", "b-county"), encoding="utf-8"
    )

    with pytest.raises(dp.BadPack) as caught:
        dp.load_law(folder)

    assert {Path(fault.file).name for fault in caught.value.faults} == {"a.yaml", "b.yaml"}
    assert any("cn-713.99" in fault.en for fault in caught.value.faults)


def test_an_identifier_of_the_law_that_ships_cannot_be_taken(folder: Path) -> None:
    text = (folder / STRICT).read_text(encoding="utf-8")
    (folder / STRICT).write_text(text.replace("example-county", "cn-713", 1), encoding="utf-8")

    with pytest.raises(dp.BadPack, match="twice"):
        dp.load_law(folder)


@pytest.mark.parametrize("missing", ["nowhere", "."])
def test_a_folder_that_is_not_there_or_holds_no_rules_is_refused(missing: str, tmp_path: Path) -> None:
    with pytest.raises(dp.UnusableArgument):
        dp.load_law(tmp_path / missing)


@pytest.mark.parametrize(
    "command", [["check", "--details"], ["explain", "{}", "example-county.3"], ["trail"]]
)
def test_every_command_that_prints_takes_the_rules(command: list[str], folder: Path, record: Path) -> None:
    words = [part if part != "{}" else str(record) for part in command]
    paths = [] if "{}" in command else [str(record)]

    result = CliRunner().invoke(app, [*words, *paths, "--as-of", "2024-09-30", "--rules", str(folder)])

    assert result.exit_code in (0, 1), result.output
    assert "example-county.3" in result.output


@pytest.mark.parametrize(("command", "suffix"), [(["report"], "json"), (["diagram", "status"], "svg")])
def test_every_command_that_writes_takes_the_rules(
    command: list[str], suffix: str, folder: Path, record: Path, tmp_path: Path
) -> None:
    written = []
    for name, rules in (("with", ["--rules", str(folder)]), ("without", [])):
        output = tmp_path / f"{name}.{suffix}"
        words = [*command, str(record), "--as-of", "2024-09-30", "--output", str(output), *rules]
        assert CliRunner().invoke(app, words).exit_code in (0, 1)
        written.append(output.read_text(encoding="utf-8"))

    with_rules, without = written

    assert with_rules != without


@pytest.mark.parametrize("command", [["list"], ["show", "example-county.3"], ["lint"]])
def test_the_commands_on_rules_take_them_too(command: list[str], folder: Path) -> None:
    result = CliRunner().invoke(app, ["rules", *command, "--rules", str(folder)])

    assert result.exit_code == 0, result.output
    assert "example-county" in result.output or STRICT in result.output


def test_lint_names_both_articles_of_a_laxer_number(folder: Path) -> None:
    shutil.copy(COUNTY_RULES / LAX, folder)

    result = CliRunner().invoke(app, ["rules", "lint", "--rules", str(folder)])

    assert result.exit_code == 2
    assert "第三条（10日）" in result.output
    assert "第十五条第一款（30日）" in result.output


def test_the_environment_names_folders_for_the_command_line_only(
    folder: Path, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cli_law.VARIABLE, str(folder))

    shown = CliRunner().invoke(app, ["check", str(record), "--as-of", "2024-09-30"])
    inside = dp.check(dp.load_decision(record), as_of=date(2024, 9, 30))

    assert shown.exit_code == 1
    assert "example-county.3" in shown.output
    assert not any(verdict.duty.startswith("example-county") for verdict in inside.verdicts)


def test_an_installed_package_adds_its_folder(
    folder: Path, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "county_pack_for_a_test"
    info = tmp_path / "site" / "county_pack_for_a_test-1.dist-info"
    shutil.copytree(folder, package)
    (package / "__init__.py").write_text("", encoding="utf-8")
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: county-pack-for-a-test\nVersion: 1\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        f"[{cli_law.GROUP}]\ncounty = county_pack_for_a_test\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))

    result = CliRunner().invoke(app, ["check", str(record), "--as-of", "2024-09-30"])
    sys.modules.pop("county_pack_for_a_test", None)

    assert result.exit_code == 1
    assert "example-county.3" in result.output
