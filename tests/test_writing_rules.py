"""The examples on the page about writing rules are run."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from typer.testing import CliRunner

from decision_procedure.cli.main import app
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.pack import Examples
from decision_procedure.ruletests import run_examples
from decision_procedure.sources import read_yaml

PAGE = (Path(__file__).parent.parent / "docs" / "writing-rules.md").read_text(encoding="utf-8")


def test_the_duty_on_the_page_passes_its_examples_and_is_the_one_that_ships() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (shown,) = read_yaml(block, "page").data
    pack = standard_law().packs[0]
    rule = pack.rule(shown["id"])
    assert rule is not None
    duty = rule.duty.model_copy(update={"examples": Examples.model_validate(shown["examples"])})

    results = run_examples(pack, [replace(rule, duty=duty)])

    assert rule.duty.require == shown["require"]
    assert [result.faults for result in results] == [(), (), ()]


def test_the_commands_on_the_page_succeed() -> None:
    commands = re.findall(r"^\$ decision-procedure (.*)$", PAGE, re.MULTILINE)

    assert len(commands) == 3
    for command in commands:
        assert CliRunner().invoke(app, command.split()).exit_code == 0
