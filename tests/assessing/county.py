"""The county of the examples assessed once for all tests, and small counties of a test's own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import decision_procedure as dp
from decision_procedure.assessing.bodies import BodyScore

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples/county/示例县"
DAY = "2024-12-31"
BODY = {"name": "甲县人民政府", "level": "county", "kind": "government"}


@cache
def bodies() -> dict[str, BodyScore]:
    return {body.kind: body for body in dp.assess(COUNTY, as_of=DAY)}


def written(path: Path, data: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")  # which is YAML too
    return path


def record(
    title: str, *, year: int = 2024, decided: str | None = None, body: Any = None, **more: Any
) -> dict[str, Any]:
    """Return a small record, decided on a day (None: under way), that says it holds everything."""
    acts = [] if decided is None else [{"kind": "decision", "date": decided, "outcome": "adopt"}]
    return {
        "schema": 1, "title": title, "body": body or BODY, "stated_on": f"{year}-12-31", "acts": acts,
        "catalogue": {"listed": True, "year": year},
        "complete": {"kinds": ["all"], "up_to": f"{year}-12-31", "stated_by": "x"}, **more,
    }  # fmt: skip


def catalogue(
    *titles: str, year: int = 2024, issuer: str = "甲县人民政府", time: str | None = None
) -> dict[str, Any]:
    rows = [{"item": str(number), "title": title} for number, title in enumerate(titles, 1)]
    for row in rows:
        row |= {} if time is None else {"planned_time": time}
    return {
        "schema": 1, "title": "目录", "issuer": issuer, "year": year, "level": "county", "rows_complete": True,
        "party_consent": True, "published": True, "items": rows,
    }  # fmt: skip


def indicators(folder: Path, *entries: dict[str, Any], **more: Any) -> dp.Indicators:
    """Return a set of indicators, of which each entry says what differs from an indicator on the legality review."""
    plain = {
        "id": "review",
        "text": "审查",
        "weight": 10,
        "looks_at": {"steps": ["legality_review", "submission"]},
    }
    data = {
        "schema": 1,
        "title": "甲",
        "source": "乙",
        "indicators": [plain | entry for entry in entries or ({},)],
    }
    return dp.load_indicators(written(folder / "指标.yaml", data | more))
