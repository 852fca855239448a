"""The page on reading from an office system is true: its files are what it shows, and they run."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_docs import ROOT, blocks
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app

PAGE, FOLDER = "docs/how-to/oa.md", ROOT / "docs" / "how-to" / "oa"
DEFECTIVE = ROOT / "examples" / "invented" / "示例县-多处不合规.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "docs" / "how-to" / "oa")
    folder = tmp_path / "docs" / "how-to" / "oa"
    with closing(sqlite3.connect(folder / "oa.db")) as database:
        database.executescript((folder / "建库.sql").read_text("utf-8"))
    return folder


def loaded(name: str) -> Any:
    spec = spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["oa.py", "service.py", "pytest_records.py"])
def test_what_the_page_shows_is_the_file_of_at_most_forty_lines(name: str) -> None:
    code = (FOLDER / name).read_text("utf-8")

    assert code in blocks(PAGE, "python")
    assert len(code.splitlines()) <= 40
    assert "decision_procedure." not in code


def test_the_mapping_of_the_page_is_the_file() -> None:
    assert blocks(PAGE, "yaml") == [(FOLDER / "对照.yaml").read_text("utf-8")]


def test_the_commands_of_the_page_find_what_is_wrong(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.parents[2])
    (block,) = blocks(PAGE, "console")
    _, check, report = (line.removeprefix("$ decision-procedure ").split() for line in block.splitlines())

    checked = CliRunner().invoke(app, check)
    written = CliRunner().invoke(app, report)

    assert (checked.exit_code, written.exit_code) == (1, 1)
    assert "oa.db:decision[2024-03]: 存疑" in checked.stdout
    assert "cn-713.15.1c" in checked.stdout
    in_full = CliRunner().invoke(app, [word for word in check if word != "--quiet"]).stdout
    assert "│ 单位编号: 司法局" in in_full
    assert "act[11]" in Path("问题.csv").read_text("utf-8-sig")


def test_faults_are_told_as_the_page_shows(office: Path) -> None:
    with closing(sqlite3.connect(office / "oa.db")) as database, database:
        database.execute("UPDATE act SET d2 = '明天' WHERE no = 6")
        database.execute("UPDATE meeting SET kind = '办公会x' WHERE dec = '2024-02'")
        database.execute("INSERT INTO doc (dec) VALUES ('1999-01')")
    (block,) = blocks(PAGE, "text")

    found = [item for item in dp.load_tables(office / "对照.yaml") if isinstance(item, dp.UnusableInput)]

    told = "\n".join(item.text() for item in found).replace(str(office / "oa.db"), "oa.db")
    for line in block.splitlines():
        assert line in told
    assert len(list(dp.load_tables(office / "对照.yaml"))) == 5


def test_the_script_writes_the_findings_back_and_draws(office: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    loaded("oa").screen(office, "2024-09-30")

    with closing(sqlite3.connect(office / "oa.db")) as database:
        found = set(database.execute("SELECT dec, duty, outcome FROM finding"))
    assert ("2024-04", "cn-713.25.1a", "violated") in found
    assert ("2024-03", "cn-713.15.1c", "undetermined") in found
    assert ("2024-01", "cn-713.15.1c", "undetermined") not in found
    assert {file.stem.partition("-")[0] for file in office.glob("*.svg")} == {"1", "2", "3", "4"}
    assert capsys.readouterr().out.count("\n") == 4


@pytest.mark.skipif(find_spec("fastapi") is None, reason="FastAPI is not installed")
def test_the_hook_answers_with_findings_and_with_faults() -> None:
    import httpx

    record = yaml.safe_load(DEFECTIVE.read_text("utf-8"))

    async def answers(*records: Any) -> list[httpx.Response]:
        transport = httpx.ASGITransport(loaded("service").app)
        async with httpx.AsyncClient(transport=transport, base_url="http://oa") as client:
            return [await client.post("/check?as_of=2024-09-30", json=one) for one in records]

    answer, refused, odd = asyncio.run(answers(record, {**record, "titel": "x"}, {**record, "acts": 7}))

    assert (answer.status_code, answer.json()["worst"]) == (200, "violated")
    expected = dp.check(dp.load_decision(DEFECTIVE), as_of=date(2024, 9, 30)).findings("in_doubt")
    assert [row["text"] for row in answer.json()["findings"]] == [f.sentence("zh") for f in expected]
    assert (refused.status_code, refused.json()[0]["key"]) == (422, "titel")
    assert odd.status_code == 422


def test_the_plugin_fails_the_records_that_violate_a_duty(tmp_path: Path) -> None:
    for name in ("示例县-多处不合规", "示例县-全部合规"):
        shutil.copy(DEFECTIVE.with_stem(name), tmp_path)
    (tmp_path / "坏.yaml").write_text("格式版本: 1\n", "utf-8")
    mischief = "import pathlib; pathlib.Path(__file__).with_name('ran').touch()\n"
    for name in ("conftest.py", "test_it.py", "setup.py"):
        (tmp_path / name).write_text(mischief, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --definitely-not-there\n", "utf-8")
    (line,) = re.findall(
        r"^python (-m pytest .*) 案卷/$", (FOLDER / "pytest_records.py").read_text("utf-8"), re.M
    )
    command = [sys.executable, *line.split(), "-q", "."]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join([str(FOLDER), str(ROOT)])}

    done = subprocess.run(command, cwd=tmp_path, env=paths, capture_output=True, text=True, check=False)

    assert "2 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert not (tmp_path / "ran").exists()
    assert "缺少此项" in done.stdout
