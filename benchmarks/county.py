"""A county of 47 bodies, ten years and twelve matters a year: generated, then imported, reconciled and assessed.

Run `python benchmarks/county.py [bodies] [years] [matters]` (default 47 10 12). Prints the seconds of one core and the
memory in use after each tenth of the bodies.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

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
    """Write the folder of a county: for each body and year its published table, and a file of JSON lines for its records.

    A body has matters of the three kinds in a share of its own, so that no two come to the same.
    """
    shapes = {kind: [json.loads(text) for text in records.texts(kind, 3)] for kind in records.KINDS}
    source = random.Random(1)  # noqa: S311
    for name, body in bodies(number):
        place, weights = folder / name, [source.random() + 0.1 for _ in shapes]
        (place / "案卷").mkdir(parents=True)
        for year in range(LAST - years + 1, LAST + 1):
            rows, lines = (
                [f"{name}{year}年度重大行政决策事项目录,,,", "序号,事项名称,承办单位,计划完成时间"],
                [],
            )
            for item in range(1, matters + 1):
                (kind,) = source.choices([*shapes], weights)
                data = _moved(source.choice(shapes[kind]), year)
                title = f"{name}{year}年第{item}件事项方案"
                data |= {"id": f"{name}-{year}-{item}", "title": title}
                data["body"] |= {"name": name, **body}
                data["catalogue"] = {"listed": True, "year": year, "item": str(item)}
                lines.append(json.dumps(data, ensure_ascii=False))
                rows.append(f"{item},{title},{name}办公室,{year}年{source.choice((5, 6, 9, 12))}月")
            (place / f"{year}.csv").write_text("\n".join(rows), "gb18030")
            (place / "案卷" / f"{year}.jsonl").write_text("\n".join(lines), "utf-8")


def imported(folder: Path) -> int:
    """Import every table of a county into a catalogue beside it, and return how many there were."""
    tables = sorted(folder.rglob("*.csv"))
    for table in tables:
        level = "township" if table.parent.name.endswith("镇人民政府") else "county"
        given = {"issuer": table.parent.name, "year": int(table.stem), "level": level}
        catalogue = dp.import_catalogue(table, given=given).catalogue
        data = catalogue.model_dump(mode="json", by_alias=True, exclude_none=True)
        table.with_suffix(".json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return len(tables)


def _moved(data: dict[str, Any], year: int) -> dict[str, Any]:
    text = json.dumps(data, ensure_ascii=False)
    moved = text.replace("2023-", f"{year - 1}-").replace("2024-", f"{year}-").replace("-02-29", "-02-28")
    found: dict[str, Any] = json.loads(moved)
    return found


def main() -> None:
    number, years, matters = [*map(int, sys.argv[1:]), *(47, 10, 12)[len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name), number, years, matters)
        started = time.process_time()
        tables = imported(Path(name))
        print(f"{tables} tables imported: {time.process_time() - started:.1f} s")
        seen = 0
        for seen, _ in enumerate(dp.assess(name, as_of=DAY, year=LAST), 1):
            if seen % max(1, number // 10) == 0:
                used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(
                    f"{seen} bodies: {time.process_time() - started:.1f} s, at most {used:.0f} MB", flush=True
                )
        print(
            f"{seen} bodies, {seen * years * matters} records: {time.process_time() - started:.1f} s of one core"
        )


if __name__ == "__main__":
    main()
