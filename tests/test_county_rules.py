"""The page on county rules and its two invented packs: the stricter one adds, the laxer one is reported."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import script
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.law.applicable import Law, load_packs, standard_law
from decision_procedure.law.crosslint import cross_faults
from decision_procedure.law.loading import Pack

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "county-rules.md").read_text(encoding="utf-8")
STRICT, LAX = "示例县-征求意见规定.yaml", "示例县-过宽的规定.yaml"


def pack(name: str) -> Pack:
    text = (ROOT / "docs" / "county-rules" / name).read_text(encoding="utf-8")
    return load_packs([(name, text)])[0]


def comment(days: tuple[str, str], county: Pack) -> dict[str, set[str]]:
    data: dict[str, Any] = {
        "schema": 1,
        "title": "示例",
        "body": {"name": "示例县人民政府", "level": "county", "kind": "government", "code": "999901"},
        "catalogue": {"listed": True},
        "traits": {"wide_reach": True},
        "acts": [{"kind": "public_comment", "start": days[0], "end": days[1], "shortening_explained": "not"}],
    }
    law = standard_law()
    decision = dp.parse_decision(json.dumps(data, ensure_ascii=False))
    found = dp.check(decision, as_of=date(2024, 9, 30), law=Law((*law.packs, county), law.register))
    outcomes: dict[str, set[str]] = {}
    for verdict in found.verdicts:
        outcomes.setdefault(verdict.duty, set()).add(verdict.outcome)
    return outcomes


def test_a_stricter_county_number_adds_to_the_regulation_and_is_no_fault() -> None:
    faults = cross_faults((*standard_law().packs, pack(STRICT)))

    found = comment(("2024-03-01", "2024-04-05"), pack(STRICT))

    assert faults == ()
    assert found["cn-713.15.1c"] == {"satisfied"}
    assert found["example-county.3"] == {"violated"}


def test_a_laxer_county_number_is_reported_with_both_articles() -> None:
    faults = cross_faults((*standard_law().packs, pack(LAX)))

    assert any("第三条（10日）" in fault.zh and "第十五条第一款（30日）" in fault.zh for fault in faults)
    assert all(fault.line and fault.file == LAX for fault in faults)


def test_a_laxer_county_number_cuts_nothing_of_the_thirty_days() -> None:
    found = comment(("2024-03-01", "2024-03-20"), pack(LAX))

    assert found["example-county-laxer.3"] == {"satisfied"}
    assert found["cn-713.15.1d"] == {"violated"}
    assert found["cn-713.15.1c"] == {"violated"}


@pytest.mark.parametrize("line", re.findall(r"^\$ decision-procedure (.+)$", PAGE, re.M))
def test_the_commands_on_the_page_succeed(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("docs", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(app, shlex.split(line))

    assert result.exit_code == 0, result.output


def test_linting_the_laxer_file_names_both_articles_and_fails() -> None:
    result = CliRunner().invoke(app, ["rules", "lint", str(ROOT / "docs" / "county-rules" / LAX)])

    assert result.exit_code == 2
    assert "第十五条第一款（30日）" in result.output


def test_the_program_on_the_page_prints_the_laxer_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    program, _ = re.findall(r"```python\n(.*?)```", PAGE, re.S)

    exec(program, {})  # noqa: S102

    assert "宽于上位的重大行政决策程序暂行条例" in capsys.readouterr().out


def test_the_program_on_the_page_tells_what_the_law_holds() -> None:
    _, program = re.findall(r"```python\n(.*?)```", PAGE, re.S)

    assert script(program, ROOT).splitlines() == [
        f"{len(standard_law().packs) + 1} 示例县重大行政决策征求意见规定",
        "涉及面广的事项，公开征求意见不少于四十五日",
        "公众参与",
        "公开征求意见 legality-review department",
    ]
