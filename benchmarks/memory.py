"""Resident memory while records stream from JSON text to reports, a third of each kind: flat, however many there are.

Run `python benchmarks/memory.py [records]` (default 100000; Linux). First one process by `dp.check_many`, then
`decision-procedure check` on one JSONL file of as many records.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import records

import decision_procedure as dp

EACH = 1000
COMMAND = "from decision_procedure.cli.main import run; run()"


def resident(process: int | str = "self") -> float:
    """Return the resident size of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def mixed(number: int) -> Iterator[str]:
    kinds = [records.texts(kind, number // 3 + 1) for kind in records.KINDS]
    return islice(chain.from_iterable(zip(*kinds, strict=True)), number)


def reports(number: int) -> Iterator[dp.Report]:
    return dp.check_many(map(dp.parse_decision, mixed(number)), as_of=records.AS_OF["clean"])


def one_process(number: int) -> None:
    sizes: list[float] = []
    start = time.perf_counter()
    for count, _ in enumerate(reports(number), start=1):
        if count % EACH == 0:
            sizes.append(resident())
    seconds = time.perf_counter() - start
    print(f"dp.check_many: {number} records in {seconds:.0f} s, generating them included")
    for count in sorted({1, len(sizes) // 10, len(sizes) // 2, len(sizes)} - {0}):
        print(f"  after {count * EACH}: {sizes[count - 1]:.1f} MB")
    print(f"  most: {max(sizes):.1f} MB")


def command_line(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.jsonl"
        with file.open("w", encoding="utf-8") as handle:
            handle.writelines(text + "\n" for text in mixed(number))
        arguments = ["check", str(file), "--as-of", records.AS_OF["clean"].isoformat(), "--quiet"]
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments, "--output", str(Path(folder) / "found.txt")],
            stderr=subprocess.DEVNULL,
        )
        sizes: list[float] = []
        while process.poll() is None:
            time.sleep(1)
            if process.poll() is None:
                sizes.append(resident(process.pid))
        seconds = time.perf_counter() - start
        megabytes = file.stat().st_size / 1e6
    print(
        f"decision-procedure check: {number} records ({megabytes:.0f} MB) in {seconds:.0f} s, status {process.returncode}"
    )
    for part in (10, 2, 1):
        print(f"  after 1/{part} of the time: {sizes[max(len(sizes) // part - 1, 0)]:.1f} MB")
    print(f"  most: {max(sizes):.1f} MB")


def main() -> None:
    number = max(EACH, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    one_process(number)
    command_line(number)


if __name__ == "__main__":
    main()
