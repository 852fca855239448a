"""The page on design is true to the code: what it names exists, and decides what it says."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")


def named_where() -> list[str]:
    table = PAGE.partition("## 一个问题")[2].partition("\n## ")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("|")][2:]
    return sorted({name for row in rows for name in re.findall(r"`([\w.]+)`", row)})


def test_the_table_of_decisions_names_places() -> None:
    assert len(named_where()) > 20


@pytest.mark.parametrize("name", named_where())
def test_each_place_that_decides_is_there(name: str) -> None:
    assert find_spec(f"decision_procedure.{name}") is not None


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(tests/[\w/.]+)`", PAGE))))
def test_each_test_that_the_page_rests_on_is_there(name: str) -> None:
    assert (ROOT / name).is_file()
