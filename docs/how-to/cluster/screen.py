"""案卷文件夹(JSONL)逐个文件核查,结果写成 Parquet;中断后再运行,只做没有做完的文件。 Screen a folder of records.

Screens a folder of JSON Lines by a Dask cluster and writes the findings of each file as Parquet. Run again after a
stop, it goes on with the files that are not done.

    python screen.py 案卷文件夹 结果文件夹 2026-06-30 [调度器地址 scheduler address]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import decision_procedure as dp

COLUMNS = pa.schema(
    {
        "line": pa.int64(), "record": pa.string(), "rule": pa.string(), "grade": pa.string(), "act": pa.string(),
        "text": pa.string(), "unchecked": pa.string(),
    }
)  # fmt: skip
MOST_ROWS = 10_000


def rows(
    lines: Iterator[tuple[int, str]], as_of: date, executor: Executor | None
) -> Iterator[dict[str, Any]]:
    """Yield a row for each finding, and one that names each record that could not be checked."""
    numbers: list[int] = []

    def texts() -> Iterator[str]:
        for number, line in lines:
            numbers.append(number)
            yield line

    for index, found in enumerate(dp.check_many(texts(), as_of=as_of, executor=executor)):
        if isinstance(found, dp.Unchecked):
            yield {"line": numbers[index], "unchecked": found.kind}
            continue
        for finding in found.findings("in_doubt"):
            yield {
                "line": numbers[index], "record": finding.record, "rule": finding.rule, "grade": finding.grade,
                "act": finding.act, "text": finding.requirement.zh,
            }  # fmt: skip


def screen(source: Path, target: Path, as_of: date, executor: Executor | None) -> None:
    """Write the findings of each file of a folder, but of those that were written before."""
    target.mkdir(exist_ok=True)
    for file in sorted(source.glob("*.jsonl")):
        done, part = target / f"{file.stem}.parquet", target / f"{file.stem}.part"
        if done.exists():
            continue
        with file.open(encoding="utf-8") as lines, pq.ParquetWriter(part, COLUMNS) as out:
            wanted = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
            found = rows(wanted, as_of, executor)
            while batch := [row for row, _ in zip(found, range(MOST_ROWS), strict=False)]:
                out.write_table(pa.Table.from_pylist(batch, COLUMNS))
        part.replace(done)  # a file that stands there is whole


if __name__ == "__main__":
    from distributed import Client

    folder, results, day, *scheduler = sys.argv[1:]
    with Client(*scheduler) as client:  # without an address: a cluster on this machine
        screen(Path(folder), Path(results), date.fromisoformat(day), client.get_executor())
