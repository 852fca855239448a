"""Measure how long status diagrams take: 1,000 scenes with plain SVG, and as many files by batched dot."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import decision_procedure as dp
from decision_procedure.diagrams.rendering import drawn, renderer

COUNT = 1000
RECORDS = sorted((Path(__file__).parent.parent / "examples" / "invented").glob("*.yaml"))


def main() -> None:
    reports = [dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)) for path in RECORDS]
    work = [reports[index % len(reports)] for index in range(COUNT)]
    started, cpu = time.perf_counter(), time.process_time()
    sheets = 0
    for report in work:
        sheets += len(dp.diagram(report, kind="status").svgs())
    wall, busy = time.perf_counter() - started, time.process_time() - cpu
    print(
        f"scene + plain SVG: {wall / COUNT * 1000:.2f} ms each ({busy / COUNT * 1000:.2f} ms CPU), {sheets} sheets"
    )
    if renderer() != "dot":
        print("no dot: the batch was not measured")
        return
    scenes = [sheet for report in work for sheet in dp.diagram(report, kind="status").sheets]
    texts = [text for report in work for text in dp.diagram(report, kind="status").dots]
    started = time.perf_counter()
    drawn(texts, scenes, "svg")
    wall = time.perf_counter() - started
    print(f"batched dot: {wall / len(texts) * 1000:.2f} ms a sheet, {wall / COUNT * 1000:.2f} ms a diagram")


if __name__ == "__main__":
    main()
