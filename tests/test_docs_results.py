"""The examples in the pages on results and waivers are run."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import call, script
from test_docs import ROOT, blocks

from decision_procedure.results.waivers import NOTES, load_waivers


@pytest.mark.parametrize("page", ["docs/results.md", "docs/waivers.md"])
def test_the_commands_run(page: str) -> None:
    (command,) = blocks(page, "console")

    result = call(*command.strip().removeprefix("$ decision-procedure ").split(), cwd=ROOT)

    assert result.returncode == 1
    assert "cn-713.15.1d" in result.stdout


def test_the_python_example_writes_a_table() -> None:
    block, _ = blocks("docs/results.md", "python")

    printed = script(block, ROOT)

    assert "would be" not in printed
    assert "violated: " in printed


def test_the_waiver_file_of_the_page_is_the_one_beside_it_and_waives_one_finding(tmp_path: Path) -> None:
    (block,) = blocks("docs/waivers.md", "yaml")
    (command,) = blocks("docs/waivers.md", "console")

    result = call(*command.strip().removeprefix("$ decision-procedure ").split(), cwd=ROOT)

    assert (ROOT / "docs" / "waivers.yaml").read_text(encoding="utf-8") == block
    assert len(load_waivers(ROOT / "docs" / "waivers.yaml")) == 1
    assert result.stdout.count("已由示例县人民政府办公室豁免") == 1
    assert "waiver." not in result.stdout


def test_the_page_lists_every_kind_of_note() -> None:
    text = (ROOT / "docs" / "waivers.md").read_text(encoding="utf-8")

    assert all(f"`waiver.{kind}`" in text for kind in NOTES)


def test_the_python_example_for_many_records_names_each() -> None:
    _, block = blocks("docs/results.md", "python")

    lines = script(block, ROOT).splitlines()

    assert len(lines) == len(list((ROOT / "examples" / "invented").glob("*.yaml")))
    assert any(line.startswith("violated ") for line in lines)
