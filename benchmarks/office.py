"""Time to write the Office files, as a ratio to the time of the check. Run `python benchmarks/office.py [records]`."""

from __future__ import annotations

import sys
import time

import records

import decision_procedure as dp


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    found = [
        (dp.parse_decision(text), records.AS_OF[kind])
        for kind in records.KINDS
        for text in records.texts(kind, number)
    ]
    dp.check(found[0][0], as_of=found[0][1])
    start = time.perf_counter()
    reports = [dp.check(decision, as_of=day) for decision, day in found]
    check = (time.perf_counter() - start) / len(reports)
    print(f"check: {check * 1000:.1f} ms a record, {len(reports)} records")
    for name, write in (("opinion", dp.as_word), ("review sheet", dp.as_review_sheet)):
        write(reports[0])
        start = time.perf_counter()
        for report in reports:
            write(report)
        each = (time.perf_counter() - start) / len(reports)
        print(f"{name}: {each * 1000:.0f} ms, {each / check:.1f} times the check")
    start = time.perf_counter()
    dp.as_excel((f"{index}.yaml", report) for index, report in enumerate(reports))
    each = (time.perf_counter() - start) / len(reports)
    print(f"workbook: {each * 1000:.1f} ms a record, {each / check:.1f} times the check")


if __name__ == "__main__":
    main()
