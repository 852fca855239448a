"""Realistic records by the thousand: about 22 acts and 25 documents each, no two alike, the same for one seed.

The invented records give the shape; bodies, titles, dates and numbers vary, and all dates move together so that
a compliant record stays compliant.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import decision_procedure as dp

INVENTED = Path(__file__).parent.parent / "examples" / "invented"
KINDS = {"clean": "示例县-全部合规", "defective": "示例县-多处不合规", "in progress": "示例县-办理中"}
AS_OF = {"clean": date(2024, 9, 30), "defective": date(2024, 9, 30), "in progress": date(2024, 4, 1)}

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLACES = ["东", "西", "南", "北", "上", "下", "新", "安", "平", "兴"]
_MATTERS = [
    "供水管网改造",
    "公共交通线路调整",
    "中小学布局规划",
    "养老服务设施建设",
    "农贸市场改造",
    "生活垃圾处理收费",
]


def texts(kind: str, number: int, seed: int = 1) -> Iterator[str]:
    """Yield the JSON text of `number` records of a kind: `clean`, `defective` or `in progress`."""
    path = INVENTED / f"{KINDS[kind]}.yaml"
    base = json.dumps(_lean(dp.load_decision(path)), ensure_ascii=False)
    source = random.Random(seed)  # noqa: S311
    for index in range(number):
        # Whole weeks within the same quarter keep working days and the law in force as they are.
        data = json.loads(_moved(base, timedelta(weeks=source.choice([-2, -1, 0]))))
        for stated in (data, data.get("complete")):
            for key in ("stated_on", "up_to"):
                if stated and key in stated:
                    stated[key] = AS_OF[kind].isoformat()
        county = f"示例{source.choice(_PLACES)}{source.choice(_PLACES)}县"
        data["id"] = f"{county}-{index}"
        data["title"] = f"{county}{source.choice(_MATTERS)}方案{index}(虚构)"
        data["body"]["name"] = f"{county}人民政府"
        for act in data["acts"]:
            if "adopted" in act:
                act["received"] = act["adopted"] = source.randrange(1, 400)
        yield json.dumps(data, ensure_ascii=False)


def _moved(text: str, shift: timedelta) -> str:
    return _DAY.sub(lambda match: str(date.fromisoformat(match[0]) + shift), text)


def _lean(decision: dp.Decision) -> dict[str, Any]:
    return decision.model_dump(mode="json", by_alias=True, exclude_unset=True)
