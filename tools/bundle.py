"""`python -m tools.bundle FOLDER`: everything that an offline machine installs from, for the Python that runs this.

The library and what it needs become wheels in FOLDER (durable-rules is compiled here, so that no compiler is needed
there), beside a script that installs them without a network. The machine it is for must have the same version of Python,
system and processor.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_SCRIPT = """#!/bin/sh
# 离线安装:与打包时相同的 Python 版本、系统和处理器 Needs the Python, system and processor it was made on: {made_on}
set -e
cd "$(dirname "$0")"
python3 -m venv "${{1:-venv}}"
"${{1:-venv}}/bin/python" -m pip install --no-index --find-links wheels "decision-procedure[{extras}]"
"""


def bundle(folder: Path, extras: str) -> None:
    """Fill a folder with the wheels of the library and these extras, and a script to install them.

    Raises CalledProcessError where a wheel cannot be had or built.
    """
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    # durable-rules calls a function that Python 3.13 no longer has under that name.
    env = {
        **os.environ,
        "CPPFLAGS": f"-DPyEval_CallObject=PyObject_CallObject {os.environ.get('CPPFLAGS', '')}",
    }
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--wheel-dir",
        str(wheels),
        f"{ROOT}[{extras}]",
    ]
    subprocess.run(command, check=True, env=env)  # noqa: S603
    made_on = f"Python {platform.python_version()}, {platform.system()}, {platform.machine()}"
    script = folder / "install.sh"
    script.write_text(_SCRIPT.format(made_on=made_on, extras=extras), encoding="utf-8")
    script.chmod(0o755)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--extras", default="people", help="extras, such as people,sign,archive")
    given = parser.parse_args()
    bundle(given.folder, given.extras)
