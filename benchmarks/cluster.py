"""Very many small records by one process, by two, and by a Dask cluster of two: each once, in flat memory.

Run `python benchmarks/cluster.py [records [way …]]` (default 100000 by all of `one`, `two` and `dask`; Linux; the extra `cluster`).
A record holds a comment period, a review and a meeting. What is printed: seconds of the clock, the size of this process after a quarter and at the end.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import decision_procedure as dp

DAY = date(2024, 9, 30)


def resident() -> float:
    """Return the resident size of this process in MB."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def write(file: Path, number: int) -> None:
    body = {"name": "示例县人民政府", "level": "county", "kind": "government", "code": "441284"}
    acts: list[dict[str, Any]] = [
        {"kind": "public_comment", "start": "2024-03-04", "end": "2024-04-08"},
        {"kind": "legality_review", "sent": "2024-05-06", "date": "2024-05-16", "conclusion": "passed"},
        {"kind": "deliberation", "date": "2024-06-06", "meeting_type": "executive"},
    ]
    with file.open("w", encoding="utf-8") as out:
        for index in range(number):
            record = {"schema": 1, "id": f"案-{index}", "title": f"事项{index}", "body": body, "acts": acts}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def screened(file: Path, number: int, **how: Any) -> str:
    start, sizes = time.perf_counter(), []
    seen = bytearray(number)
    with file.open(encoding="utf-8") as lines:
        for index, found in enumerate(dp.check_many(lines, as_of=DAY, **how)):
            if not isinstance(found, dp.Report):
                raise found
            seen[int((found.decision.id or "").removeprefix("案-"))] += 1
            if index in (number // 4, number - 1):
                sizes.append(resident())
    once = seen.count(1) == number
    return f"{time.perf_counter() - start:.0f} s, {sizes[0]:.0f} and {sizes[1]:.0f} MB, each once: {once}"


def cluster() -> AbstractContextManager[Any]:
    from distributed import Client, LocalCluster

    return Client(LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None))


WAYS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "one": lambda: nullcontext({}),
    "two": lambda: nullcontext({"processes": 2}),
    "dask": cluster,
}


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "records.jsonl")
        write(file, number)
        for name in sys.argv[2:] or WAYS:
            with WAYS[name]() as how:
                options = how if isinstance(how, dict) else {"executor": how.get_executor()}
                print(f"{number} records, {name}: {screened(file, number, **options)}", flush=True)


if __name__ == "__main__":
    main()
