"""The page on catalogues is true: its commands and its program run, and it tells every kind of difference."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from commands import call, script

import decision_procedure as dp
from decision_procedure.catalogues.reconciliation import KINDS
from decision_procedure.wording import say

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "catalogues.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_commands_run_and_write_the_files_they_name(tmp_path: Path) -> None:
    (tmp_path / "years").symlink_to(ROOT / "years")
    (block,) = blocks("console")

    for line in block.splitlines():
        words = shlex.split(line.removeprefix("$ decision-procedure "))
        assert call(*words, cwd=tmp_path).returncode == 0

    assert {file.name for file in tmp_path.iterdir()} == {"years", "目录.xlsx", "年度目录执行情况.docx"}


def test_the_program_tells_what_has_no_record_what_is_overdue_and_what_was_decided_outside() -> None:
    (block,) = blocks("python")

    told = script(block, ROOT).splitlines()

    assert [line.partition(" ")[0] for line in told] == [
        "no_record", "overdue", "overdue", "no_record", "decided_outside",
    ]  # fmt: skip


def test_the_page_tells_every_kind_of_difference_by_its_name() -> None:
    told = set(re.findall(r"`(\w+)`", PAGE.partition("## 差异")[2]))

    assert set(KINDS) <= told
    assert all(say(f"reconcile.kind_{kind}", "zh") for kind in KINDS)


def test_the_page_names_every_key_of_the_json() -> None:
    section = PAGE.partition("## JSON")[2]
    folder = ROOT / "years" / "示例县-2024"
    found = dp.reconcile(dp.load_catalogue(folder / "目录.yaml"), [], as_of="2024-08-30").to_dict()

    plain = {"schema", "title", "issuer", "year", "as_of"}
    assert {key for key in found.keys() - plain if f"`{key}`" not in section} == set()
