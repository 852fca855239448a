"""What the tests of the Office files share: worked reports, a hostile one, and LibreOffice where it is installed."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import HANGS

import decision_procedure as dp
from decision_procedure.render.pdf import pdfs
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


@cache
def checked(name: str = BAD, day: date = DAY) -> dp.Report:
    return dp.check(dp.load_decision(EXAMPLES / name), as_of=day)


def of_data(data: dict[str, Any], day: date = DAY) -> dp.Report:
    return dp.check(dp.parse_decision(json.dumps(data)), as_of=day)


@cache
def worked() -> tuple[tuple[str, dp.Report], ...]:
    """Return the report on every worked record."""
    found = dp.load_decisions(sorted(EXAMPLES.rglob("*.yaml")))
    return tuple((file, dp.check(item, as_of=DAY)) for file, item in found if isinstance(item, dp.Decision))


def of_each_kind() -> list[dp.Report]:
    """Return the reports on the invented records, and on the published one that has advice."""
    return [report for file, report in worked() if "invented" in file or "茂名" in file]


@cache
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


def as_pdf(folder: Path, *files: bytes) -> list[Path]:
    """Return the PDF that LibreOffice makes of each of these Office files, in one run, in a folder."""
    made = [folder / f"{number}.pdf" for number in range(len(files))]
    for path, data in zip(made, pdfs(files), strict=True):
        path.write_bytes(data)
    return made


def converted(folder: Path, form: str, to: str, *files: bytes) -> list[Path]:
    """Return what LibreOffice writes, in another form, of each of these files, in one run."""
    sources = [folder / f"{number}.{form}" for number in range(len(files))]
    for source, data in zip(sources, files, strict=True):
        source.write_bytes(data)
    profile, out = f"-env:UserInstallation=file://{folder}/profile", folder / "out"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(out), *map(str, sources)],
        check=True,
        capture_output=True,
        timeout=HANGS,
    )
    return [out / f"{source.stem}.{to}" for source in sources]


def pages_of(pdf: Path) -> list[str]:
    """Return the text of each page."""
    run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return run.stdout.decode().split("\f")[:-1]
