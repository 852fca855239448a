"""A page of docs/how-to applied to a copy of the repository: its own text is what a reader types.

A block of a page says what to do with it in the line above: `FILE` 新 new — the block is the file; `FILE` 改 change — a
diff without numbers, whose lines with ` ` and `-` stand in the file once and become those with ` ` and `+`. Blocks of
`console` are run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
_STEP = re.compile(
    r"(?:^`(?P<file>[^`\n]+)` (?P<what>新 new|改 change)[^\n]*\n\n)?^```(?P<form>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_RUN = """
import runpy, shlex, sys
import pytest
for line in sys.argv[1].splitlines():
    words = shlex.split(line.removeprefix("$ "))
    if words[0] == "decision-procedure":
        words = ["python", "-m", "decision_procedure", *words[1:]]
    assert words[:2] == ["python", "-m"], line
    if words[2] == "pytest":
        code = pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", *words[3:]])
    else:
        sys.argv = words[2:]
        try:
            runpy.run_module(words[2], run_name="__main__")
            code = 0
        except SystemExit as end:
            code = end.code
    if code:
        sys.exit(f"{line}: {code}")
"""


class Step(NamedTuple):
    """One block of a page; `file` None: commands, or a block that is only shown."""

    file: str | None
    what: str | None
    form: str
    text: str


def steps(page: Path) -> Iterator[Step]:
    """Yield the blocks of a page in their order."""
    for found in _STEP.finditer(page.read_text("utf-8")):
        yield Step(found["file"], found["what"], found["form"], found["text"])


def copied(folder: Path) -> Path:
    """Return a copy of what a recipe may change; the examples are those of the repository."""
    for name in ("decision_procedure", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc.*"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "docs").mkdir()
    (folder / "examples").symlink_to(ROOT / "examples")
    return folder


def applied(page: Path, folder: Path) -> set[Path]:
    """Do all that a page says in a copy, and return the files that it wrote."""
    touched: set[Path] = set()
    for step in steps(page):
        if step.file is not None:
            file = folder / step.file
            file.parent.mkdir(parents=True, exist_ok=True)
            if step.what == "改 change":
                if not file.exists():
                    shutil.copy(ROOT / step.file, file)
                _change(file, step.text)
            else:
                assert not file.exists(), step.file
                file.write_text(step.text, "utf-8")
            touched.add(file)
        elif step.form == "console":
            _run(step.text, folder)
    return touched


def _change(file: Path, diff: str) -> None:
    lines = [line if line.strip() else f" {line}" for line in diff.splitlines(keepends=True)]
    before, after = ("\n" + "".join(line[1:] for line in lines if line[0] in mark) for mark in (" -", " +"))
    text = "\n" + file.read_text("utf-8")
    assert text.count(before) == 1, f"{file}: {before}"
    file.write_text(text.replace(before, after)[1:], "utf-8")


def _run(commands: str, folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-c", _RUN, commands],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
