"""The command line as a county uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EXAMPLES

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
GOOD = EXAMPLES / "invented" / "示例县-全部合规.yaml"
RUN = "from decision_procedure.cli.main import run; run()"


def call(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


@pytest.mark.parametrize(("path", "status"), [(GOOD, 0), (BAD, 1), (EXAMPLES / "nothing.yaml", 2)])
def test_exit_status(path: Path, status: int) -> None:
    result = call("check", str(path), "--as-of", "2024-09-30")

    assert result.returncode == status
    assert "Traceback" not in result.stderr


def test_a_finding_names_article_days_and_cure() -> None:
    result = call("check", str(BAD), "--as-of", "2024-09-30")

    for part in ("第十五条第一款", "acts[comment].end = 2024-03-24", "20", "重新公开征求意见"):
        assert part in result.stdout
    line = BAD.read_text(encoding="utf-8").splitlines().index("- id: comment") + 1
    assert f"行为: comment (行 {line})" in result.stdout
    for word in ("无效", "违法决策"):
        assert word not in result.stdout


def test_json_output_is_data() -> None:
    result = call("check", str(BAD), "--as-of", "2024-09-30", "--format", "json")

    (report,) = json.loads(result.stdout)
    assert report["record"]["title"].startswith("示例县")


def test_the_demo_runs_in_an_empty_folder(tmp_path: Path) -> None:
    result = call("demo", cwd=tmp_path)

    assert result.returncode == 0
    assert "不合规" in result.stdout


def test_explain_schema_and_rules_answer() -> None:
    assert "35" in call("explain", str(GOOD), "cn-713.15.1c", "--as-of", "2024-09-30").stdout
    assert json.loads(call("schema").stdout)["title"] == "Decision"
    assert "cn-713.15.1c" in call("rules", "list").stdout
    assert "三十日" in call("rules", "show", "cn-713.15.1c").stdout
    assert call("rules", "lint").returncode == 0


def test_a_wrong_date_or_duty_is_an_error_of_arguments() -> None:
    assert call("check", str(GOOD), "--as-of", "yesterday").returncode == 2
    assert call("explain", str(GOOD), "nothing", "--as-of", "2024-09-30").returncode == 2


def test_importing_the_package_loads_no_renderer_no_terminal_and_no_engine() -> None:
    code = (
        "import sys, decision_procedure; "
        "print([name for name in ('typer', 'rich', 'durable_rules_engine', 'graphviz', 'chinese_calendar', "
        "'decision_procedure.render', 'decision_procedure.cli') if name in sys.modules])"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"
