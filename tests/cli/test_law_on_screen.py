"""What people read on the screen about the law of a record: which, since when, whom it binds, how days count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from decision_procedure.cli.main import app

EXAMPLES = Path(__file__).parents[2] / "examples" / "published"
HEARING_RULE = "广东省重大行政决策听证规定（粤府令第303号）"


def printed(*words: str) -> str:
    """Return what a command prints, its broken lines joined."""
    result = CliRunner().invoke(app, [*words])
    assert result.exit_code in (0, 1), result.output
    return "".join(line.strip() for line in result.stdout.splitlines())


def record(folder: Path, **rest: Any) -> str:
    body = {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223"}
    data = {"schema": 1, "title": "示例", "body": body, "catalogue": {"listed": True}} | rest
    path = folder / "record.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_the_notice_of_2025_that_cites_the_rule_repealed_in_2024_is_told_so() -> None:
    (notice,) = EXAMPLES.glob("茂名市-2025*")

    text = printed("check", str(notice), "--as-of", "2025-06-01")

    assert (
        "（广东省人民政府令第183号）在2025-01-21：当时已经失效（粤府令第183号，2013-06-01至2024-01-01）"
        in text.replace(" ", "")
    )


HEARING = {"id": "h", "kind": "hearing", "notice_date": "2024-05-01", "date": "2024-06-10"}


def test_a_party_committee_that_cites_the_rule_of_2024_is_told_whom_it_binds(tmp_path: Path) -> None:
    committee = {"name": "中共示例县委", "level": "county", "kind": "party_committee", "code": "441223"}
    path = record(tmp_path, body=committee, acts=[HEARING], cited_law=[HEARING_RULE])

    text = printed("check", path, "--as-of", "2024-09-30")

    assert "所引《广东省重大行政决策听证规定》（粤府令第303号）约束谁见其第二条第一款、第三十一条" in text


def test_a_township_that_cites_the_rule_of_2024_is_bound_by_reference_and_told_of_no_other(
    tmp_path: Path,
) -> None:
    township = {"name": "示例镇人民政府", "level": "township", "kind": "government", "code": "441223101"}
    path = record(tmp_path, body=township, acts=[HEARING], cited_law=[HEARING_RULE])

    text = printed("check", path, "--as-of", "2024-09-30")
    duty = printed("explain", path, "gd-303.14.1", "--as-of", "2024-09-30")

    assert "约束谁见其" not in text
    assert "参照：不计入退出状态" in duty


@pytest.mark.parametrize(
    ("duty", "act", "counts"),
    [
        ("gd-183.notice", {"kind": "hearing", "notice_date": "2023-04-12", "date": "2023-05-12"}, "30 / 29"),
        ("cn-713.15.1c", {"kind": "public_comment", "start": "2023-03-06", "end": "2023-04-04"}, "29 / 30"),
    ],
)
def test_thirty_days_exactly_are_shown_with_both_counts(
    duty: str, act: dict[str, str], counts: str, tmp_path: Path
) -> None:
    path = record(
        tmp_path, acts=[{"id": "a", "notice_text_complete": True, **act} if "start" in act else act]
    )

    text = printed("explain", path, duty, "--as-of", "2024-09-30")

    assert f"另一算法  {counts}  另一种计算方法结论不同" in text


def test_44_of_44_articles_of_the_regulation_are_accounted_for() -> None:
    text = printed("rules", "coverage", "cn-713")

    assert "cn-713：44 条中 44 条有着落" in text
