"""The examples on the page about writing rules are run."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from decision_procedure.cli.main import app
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.pack import Examples
from decision_procedure.ruletests import run_examples
from decision_procedure.sources import read_yaml

PAGE = (Path(__file__).parent.parent / "docs" / "writing-rules.md").read_text(encoding="utf-8")


BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(
    ("block", "duty"), [(BLOCKS[0], "16.3c"), (BLOCKS[1], "16.3a"), (BLOCKS[2], "16.3b")]
)
def test_the_examples_on_the_page_come_to_what_they_claim(block: str, duty: str) -> None:
    data = read_yaml(block, "page").data
    shown = data[0] if isinstance(data, list) else data
    pack = next(pack for pack in standard_law().packs if pack.head.id == "cn-713")
    rule = pack.rule(duty)
    assert rule is not None
    examples = Examples.model_validate(shown["examples"])

    results = run_examples(pack, [replace(rule, duty=rule.duty.model_copy(update={"examples": examples}))])

    for key in ("require", "announced"):
        assert shown.get(key, getattr(rule.duty, key)) == getattr(rule.duty, key)
    assert [result.faults for result in results] == [(), (), ()]


def test_the_commands_on_the_page_succeed() -> None:
    commands = re.findall(r"^\$ decision-procedure (.*)$", PAGE, re.MULTILINE)

    assert len(commands) == 3
    for command in commands:
        assert CliRunner().invoke(app, command.split()).exit_code == 0
