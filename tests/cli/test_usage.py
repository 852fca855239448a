"""Wrong use of the command line is told in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import call

RECORD = Path(__file__).parents[2] / "examples" / "invented" / "示例县-多处不合规.yaml"
WRONG = {
    "a format that there is not": (["check", RECORD, "--format", "html"], "--format", "text, json, jsonl"),
    "a language that there is not": (["check", RECORD, "--lang", "fr"], "没有此项 no such choice: fr", "zh, en"),
    "an option misspelt": (["check", RECORD, "--detials"], "没有此选项 no such option", "→ --details?"),
    "an option without its value": (["check", RECORD, "--as-of"], "选项缺少值", "--as-of"),
    "a value for a flag": (["check", RECORD, "--details=3"], "此选项不带值", "--details"),
    "no record": (["check"], "give record files, or a mapping", "请给出案卷文件"),
    "no day": (["receipt", RECORD], "缺少 missing: --as-of", "截至日期"),
    "too many arguments": (["rules", "show", "cn-713", "b"], "多余的参数 unexpected argument", "b"),
    "a word for a number": (["ledger", "show", "folder", "abc"], "应为整数", "first"),
    "a number too small": (["assess", RECORD, "--year", "1"], "--year：", "1990"),
    "a number too large": (["assess", RECORD, "--year", "9999"], "--year：", "2200"),
    "a command misspelt": (["chekc"], "没有此命令 no such command", "→ check?"),
    "a command of a group misspelt": (["rules", "sho"], "没有此命令 no such command", "→ show?"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "first", "second"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_told_in_both_languages(arguments: list[str | Path], first: str, second: str) -> None:
    told = call(*arguments)

    assert (told.returncode, told.stdout) == (2, "")
    assert first in told.stderr
    assert second in told.stderr
    assert re.search("[一-鿿]", told.stderr)
    assert not re.search(r"Error|Value|Invalid|Input|Try ", told.stderr)


def test_a_group_without_a_command_shows_its_help() -> None:
    told = call("rules")

    assert told.returncode == 2
    assert "用法 Usage" in told.stdout + told.stderr
