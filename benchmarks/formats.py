"""Time to write a report in each format, as a ratio to the time of the check, and how memory grows.

Run `python benchmarks/formats.py [records]`. The records are the worked ones under other titles.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from datetime import date

import records

import decision_procedure as dp
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.results.waivers import Waiver, apply_waivers

DAY = date(2024, 9, 30)
GRANT = {"approver": "甲", "basis": "乙", "date": "2024-01-01", "expires": "2025-01-01", "document": "丙"}


def decisions(number: int) -> list[dp.Decision]:
    return [dp.parse_decision(text) for kind in records.KINDS for text in records.texts(kind, number)]


def seconds_to_write(form: str, reports: list[dp.Report]) -> float:
    start = time.perf_counter()
    for _ in WRITERS[form](
        ((f"{index}.yaml", report) for index, report in enumerate(reports)), FindingsView()
    ):
        pass
    return (time.perf_counter() - start) / len(reports)


def seconds_to_waive(reports: list[dp.Report]) -> float:
    waivers = [Waiver.model_validate({**GRANT, "finding": f"{number:032x}"}) for number in range(100)]
    start = time.perf_counter()
    for report in reports:
        apply_waivers(report, waivers, DAY)
    return (time.perf_counter() - start) / len(reports)


def megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def streamed(records: list[dp.Decision], times: int) -> Iterator[tuple[str, dp.Report]]:
    for _ in range(times):
        for record in records:
            yield "r.yaml", dp.check(record, as_of=DAY)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    records = decisions(number)
    dp.check(records[0], as_of=DAY)
    before = megabytes()
    for form in ("jsonl", "csv", "github", "gitlab", "sarif", "junit"):
        for _ in WRITERS[form](streamed(records[:30], 20), FindingsView()):
            pass
    print(f"600 records streamed through each of six formats: peak grows by {megabytes() - before} MB")
    start = time.perf_counter()
    reports = [dp.check(record, as_of=DAY) for record in records]
    check = (time.perf_counter() - start) / len(records)
    print(f"check: {check * 1000:.2f} ms a record, {len(records)} records")
    print(f"100 waivers applied: {seconds_to_waive(reports) / check:.2f} times the check")
    for form in WRITERS:
        print(f"{form}: {seconds_to_write(form, reports) / check:.2f} times the check")


if __name__ == "__main__":
    main()
