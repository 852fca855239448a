"""The examples of docs/threats.md are run, and what it promises of files is held."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from commands import call, script
from conftest import EXAMPLES
from test_docs import ROOT, blocks

PAGE = "docs/threats.md"
RECORD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
posix = pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(RECORD, tmp_path / "案卷.yaml")
    shutil.copy(ROOT / "docs" / "waivers.yaml", tmp_path / "豁免.yaml")
    (tmp_path / "规则").mkdir()
    shutil.copy(ROOT / "docs" / "county-rules" / "示例县-征求意见规定.yaml", tmp_path / "规则")
    return tmp_path


@posix
def test_the_program_prints_what_the_page_shows(folder: Path) -> None:
    (code,), (shown,) = blocks(PAGE, "python"), blocks(PAGE, "text")

    assert script(code, folder) == shown


def test_the_command_shows_a_waived_finding_as_what_it_is(folder: Path) -> None:
    (command,) = blocks(PAGE, "console")

    result = call(*command.strip().removeprefix("$ decision-procedure ").split(), cwd=folder)

    (waived,) = [line for line in result.stdout.splitlines() if "已由示例县人民政府办公室豁免" in line]
    assert "若无豁免" in waived


@posix
def test_what_the_page_says_of_permissions_is_so_whatever_the_umask(folder: Path) -> None:
    day, before = ("--as-of", "2024-09-30"), os.umask(0o022)
    try:
        call("receipt", "案卷.yaml", *day, "--output", "卷宗.json", cwd=folder)
        call("receipt", "案卷.yaml", *day, "--fingerprints", "--output", "回执.json", cwd=folder)
        call(
            "trail", "案卷.yaml", *day, "--mask", "--openings", "对照.json", "--output", "链.txt", cwd=folder
        )
        call("ledger", "append", "核查登记簿", "卷宗.json", "--new", cwd=folder)
    finally:
        os.umask(before)

    modes = {
        name: stat.S_IMODE((folder / name).stat().st_mode)
        for name in ("卷宗.json", "对照.json", "回执.json", "链.txt", "核查登记簿/ledger.sqlite")
    }
    assert modes == {
        "卷宗.json": 0o600, "对照.json": 0o600, "回执.json": 0o644, "链.txt": 0o644, "核查登记簿/ledger.sqlite": 0o644,
    }  # fmt: skip
