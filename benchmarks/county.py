"""A county of 47 bodies, ten years and twelve matters a year: generated, then imported, reconciled and assessed.

Run `python benchmarks/county.py [bodies] [years] [matters]` (default 47 10 12). Prints the seconds of one core and the
memory in use after each tenth of the bodies.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import records

import decision_procedure as dp

LAST = 2025
DAY = date(2025, 12, 31)


def bodies(number: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the name of each body and what its records say of it: a county government, its townships, its departments."""
    for index in range(number):
        if index == 0:
            yield "示例县人民政府", {"level": "county", "kind": "government"}
        elif index <= number // 3:
            yield f"示例县第{index}镇人民政府", {"level": "township", "kind": "government"}
        else:
            yield f"示例县第{index}局", {"level": "county", "kind": "department"}


def generate(folder: Path, number: int, years: int, matters: int) -> None:
    """Write the folder of a county: for each body and year a catalogue, and a file of JSON lines for its records."""
    kinds = {kind: list(records.texts(kind, matters)) for kind in records.KINDS}
    shapes = [json.loads(text) for group in zip(*kinds.values(), strict=True) for text in group]
    for name, body in bodies(number):
        place = folder / name
        (place / "案卷").mkdir(parents=True)
        for year in range(LAST - years + 1, LAST + 1):
            rows, lines = [], []
            for item in range(1, matters + 1):
                data = json.loads(_moved(json.dumps(shapes[item % len(shapes)], ensure_ascii=False), year))
                title = f"{name}{year}年第{item}件事项方案"
                data |= {"id": f"{name}-{year}-{item}", "title": title}
                data["body"] |= {"name": name, **body}
                data["catalogue"] = {"listed": True, "year": year, "item": str(item)}
                lines.append(json.dumps(data, ensure_ascii=False))
                rows.append({"序号": str(item), "事项名称": title, "计划时间": f"{year}年9月"})
            catalogue = {
                "格式版本": 1, "目录名称": f"{name}{year}年度重大行政决策事项目录", "制定机关": name, "年度": year,
                "级别": "乡级" if body["level"] == "township" else "县级", "已经党委同意": True, "已公布": True, "事项": rows,
            }  # fmt: skip
            (place / f"{year}.json").write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")
            (place / "案卷" / f"{year}.jsonl").write_text("\n".join(lines), "utf-8")


def _moved(text: str, year: int) -> str:
    moved = text.replace("2023-", f"{year - 1}-").replace("2024-", f"{year}-")
    return moved.replace("-02-29", "-02-28")


def main() -> None:
    number, years, matters = [*map(int, sys.argv[1:]), *(47, 10, 12)[len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name), number, years, matters)
        started = time.process_time()
        seen = 0
        for seen, _ in enumerate(dp.assess(name, as_of=DAY, year=LAST), 1):
            if seen % max(1, number // 10) == 0:
                used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(f"{seen} bodies: {time.process_time() - started:.1f} s, at most {used:.0f} MB")
        print(
            f"{seen} bodies, {seen * years * matters} records: {time.process_time() - started:.1f} s of one core"
        )


if __name__ == "__main__":
    main()
