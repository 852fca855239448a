"""Measure how long a web page takes, with its pictures, as a ratio to the check; and how memory grows over many."""

from __future__ import annotations

import resource
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import decision_procedure as dp
from decision_procedure.api.checking import provisions
from decision_procedure.law.applicable import standard_law
from decision_procedure.render.html import Book, Shown, page_text
from decision_procedure.render.text import View
from decision_procedure.results.report import Report

DAY = date(2024, 9, 30)
RECORDS = sorted((Path(__file__).parent.parent / "examples" / "invented").glob("*.yaml"))
ROUNDS = 20
MANY = 600


def shown(report: Report) -> Shown:
    decision = report.decision
    return Shown(View(report, "zh", dp.procedure(decision), provisions(decision)), standard_law())


def main() -> None:
    decisions = [dp.load_decision(path) for path in RECORDS]
    reports = [dp.check(decision, as_of=DAY) for decision in decisions]
    for report in reports:
        page_text(shown(report))
    started = time.process_time()
    for _ in range(ROUNDS):
        for decision in decisions:
            dp.check(decision, as_of=DAY)
    check = (time.process_time() - started) / ROUNDS / len(decisions)
    started = time.process_time()
    for _ in range(ROUNDS):
        for report in reports:
            page_text(shown(report))
    page = (time.process_time() - started) / ROUNDS / len(decisions)
    print(f"check {check * 1000:.1f} ms, page {page * 1000:.1f} ms CPU: {page / check:.1f} times the check")
    _many(decisions)


def _many(decisions: list[dp.Decision]) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(Book(Path(folder), "zh")) as book:
        for number in range(MANY):
            decision = decisions[number % len(decisions)].model_copy(update={"id": f"D-{number}"})
            book.add(shown(dp.check(decision, as_of=DAY)))
            if number in (MANY // 10, MANY - 1):
                print(f"{number + 1} decisions: peak {_peak():.0f} MB")
        book.finish()
        sizes = {path.name: path.stat().st_size // 1024 for path in Path(folder).glob("*.html")}
        print(
            f"pages of years and index: {len(sizes)}, the largest {max(sizes.values())} KiB; peak {_peak():.0f} MB"
        )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
