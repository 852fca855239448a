"""Every recipe of docs/how-to that changes the library is applied to a copy of it, and proves itself there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from recipes import ROOT, applied, copied, steps

RECIPES = ["act-kind", "cap", "diagram", "duty", "format", "province", "word"]


@pytest.mark.parametrize("name", RECIPES)
def test_the_page_works_and_what_it_writes_is_clean(name: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)

    touched = applied(ROOT / "docs" / "how-to" / f"{name}.md", folder)

    code = sorted(str(file) for file in touched if file.suffix == ".py")
    for check in (["check"], ["format", "--check"]) if code else ():
        done = subprocess.run([sys.executable, "-m", "ruff", *check, *code], cwd=folder, capture_output=True)
        assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize("name", RECIPES)
def test_a_page_ends_with_a_test_and_touches_few_files(name: str) -> None:
    page = list(steps(ROOT / "docs" / "how-to" / f"{name}.md"))

    assert page[-1].form == "console"
    package = {step.file for step in page if step.file and step.file.startswith("decision_procedure/")}
    assert len(package) <= 3, package
