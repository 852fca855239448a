"""What the tests of the Office files share: worked reports, a hostile one, and LibreOffice where it is installed."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import HANGS

import decision_procedure as dp
from decision_procedure.sources import read_yaml

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DAY = date(2024, 9, 30)
BAD = "invented/示例县-多处不合规.yaml"
OPEN = "invented/示例县-办理中.yaml"
# One of everything that could be taken for markup, hide what a text says, or break a file.
HOSTILE = "=1+1</w:t><w:p/>]]>&<script>\"'\u202e\u2066\u200b\u0007\x00\u0085\u2028\ufeff\ufffe\x1b[31m,;@\t末\U0001f4a9"

needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice (soffice) and poppler-utils are not installed: pages cannot be counted",
)


def data_of(name: str) -> dict[str, Any]:
    path = EXAMPLES / name
    return copy.deepcopy(read_yaml(path.read_text(encoding="utf-8"), path.name).data)


def checked(name: str = BAD, day: date = DAY) -> dp.Report:
    return dp.check(dp.load_decision(EXAMPLES / name), as_of=day)


def of_data(data: dict[str, Any], day: date = DAY) -> dp.Report:
    return dp.check(dp.parse_decision(json.dumps(data)), as_of=day)


def worked() -> list[tuple[str, dp.Report]]:
    """Return the report on every worked record."""
    found = dp.load_decisions([EXAMPLES])
    return [(file, dp.check(item, as_of=DAY)) for file, item in found if isinstance(item, dp.Decision)]


def hostile() -> dp.Report:
    """Return the report on a record whose every free text is hostile and as long as the model allows."""
    data = data_of(BAD)
    text = (HOSTILE + "长" * 20_000)[:20_000].replace("\x00", "")
    data["title"] = data["body"]["name"] = data["note"] = text
    for group, key in (("documents", "title"), ("people", "name"), ("units", "name")):
        for item in data[group]:
            item[key] = text
    for act in data["acts"]:
        if act["kind"] == "issue":
            act["number"] = text
    return of_data(data)


def as_pdf(data: bytes, folder: Path, suffix: str = "docx") -> Path:
    """Return the PDF that LibreOffice makes of a file."""
    source = folder / f"file.{suffix}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=HANGS,
    )
    return folder / "file.pdf"


def pages_of(pdf: Path) -> list[str]:
    """Return the text of each page."""
    run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return run.stdout.decode().split("\f")[:-1]
