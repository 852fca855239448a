"""A county's rule file in a folder, and a record that meets the Regulation and not the county."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

COUNTY_RULES = Path(__file__).parents[2] / "docs" / "county-rules"
STRICT = "示例县-征求意见规定.yaml"


def county_folder(place: Path) -> Path:
    """Make a folder that holds the stricter county instrument."""
    rules = place / "rules"
    rules.mkdir()
    shutil.copy(COUNTY_RULES / STRICT, rules)
    return rules


def county_record(place: Path) -> Path:
    """Write a record whose comment period meets the Regulation and not the county."""
    data = {
        "schema": 1, "title": "示例", "catalogue": {"listed": True}, "traits": {"wide_reach": True},
        "body": {"name": "示例县人民政府", "level": "county", "kind": "government", "code": "999901"},
        "acts": [{"id": "c", "kind": "public_comment", "start": "2024-03-01", "end": "2024-04-05"}],
    }  # fmt: skip
    path = place / "record.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path
