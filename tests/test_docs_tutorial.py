"""The tutorial is gone, command by command, in an empty folder."""

from __future__ import annotations

import re
from pathlib import Path

from commands import call
from test_docs import ROOT, blocks

PAGE = "docs/tutorial.md"


def test_each_command_of_the_tutorial_prints_what_the_page_shows(tmp_path: Path) -> None:
    record, later = blocks(PAGE, "yaml")
    file = tmp_path / "案卷.yaml"
    file.write_text(record, "utf-8")
    text = (ROOT / PAGE).read_text("utf-8")
    ahead = text.index("```yaml\n" + later)

    for match in re.finditer(r"```console\n(.*?)```", text, re.DOTALL):
        if match.start() > ahead:
            changed = record.replace("填报日期: 2024-05-20", "填报日期: 2024-07-15")
            file.write_text(changed + later, "utf-8")
        for part in match[1].split("$ decision-procedure ")[1:]:
            command, *shown = part.strip().splitlines()
            result = call(*command.split(), cwd=tmp_path, COLUMNS="80")
            assert result.returncode in (0, 1), result.stderr
            for line in shown:
                assert line in result.stdout, command

    assert (tmp_path / "上会审查单.docx").read_bytes().startswith(b"PK")


def test_the_skeleton_that_the_tutorial_begins_with_can_be_made(tmp_path: Path) -> None:
    command = re.search(r"^decision-procedure (new .*)$", (ROOT / PAGE).read_text("utf-8"), re.MULTILINE)
    assert command is not None

    result = call(*command[1].split(), cwd=tmp_path)

    assert result.returncode == 0
    assert "合法性审查" in (tmp_path / "骨架.yaml").read_text("utf-8")
