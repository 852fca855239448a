"""Every page is found from the first one, the names are documented whole, and what the pages say can be done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from commands import call
from test_docs import ROOT, blocks

import decision_procedure as dp
from tools.docs_site import listed
from tools.reference import PAGE, page

DOCS = ROOT / "docs"


def test_every_page_is_listed_once_on_the_first_page() -> None:
    found = [name for part in listed(DOCS / "index.md") for names in part.values() for name in names]

    written = {
        str(path.relative_to(DOCS)) for folder in (DOCS, DOCS / "how-to") for path in folder.glob("*.md")
    }
    assert sorted(found) == sorted(written - {"index.md"})


def test_the_reference_is_the_one_that_the_code_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.reference"


def test_every_public_name_is_documented() -> None:
    text = page()

    for name in dp.__all__:
        entry = text.partition(f"\n### `{name}`\n")[2].partition("\n### ")[0].partition("\n## ")[0]
        assert len(entry.strip()) > 20, name


@pytest.mark.parametrize("number", range(3), ids=["github", "gitlab", "gitee"])
def test_the_commands_of_a_pipeline_run(number: int, tmp_path: Path) -> None:
    folder = tmp_path / "案卷"
    folder.mkdir()
    shutil.copy(ROOT / "examples" / "invented" / "示例县-多处不合规.yaml", folder)
    data = yaml.safe_load(blocks("docs/how-to/ci.md", "yaml")[number])

    commands = [line for line in _texts(data) if line.startswith("decision-procedure ")]
    statuses = [call(*line.split()[1:], cwd=tmp_path).returncode for line in commands]

    assert statuses == [0, 1]
    assert len(list(tmp_path.glob("*.*"))) == 1


def _texts(data: object) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return [data] if isinstance(data, str) else []
