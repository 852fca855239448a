"""A program that uses the library passes the two type checkers (`tests/typing`)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAMS = ROOT / "tests" / "typing"


def accepted(*command: str) -> None:
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_mypy_accepts_programs_that_use_the_library():
    accepted(sys.executable, "-m", "mypy", "--strict", str(PROGRAMS))


def test_pyright_accepts_programs_that_use_the_library():
    pyright = Path(os.environ.get("TEST_NODE_MODULES", "")) / ".bin" / "pyright"
    if not pyright.is_file():
        pytest.skip("pyright cannot be found: TEST_NODE_MODULES")
    accepted(str(pyright), "--pythonpath", sys.executable, str(PROGRAMS))
