"""Measure what a status diagram costs: scene with plain SVG, DOT text, and SVG by batched and by single runs of dot.

The reports are those of 1,000 generated records, no two alike, checked against every instrument loaded. Each
figure is the least of several rounds over the same reports, since other work on the machine only ever adds.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import records

import decision_procedure as dp
from decision_procedure.diagrams.picture import Picture
from decision_procedure.diagrams.rendering import drawn, renderer

COUNT = 1000
ROUNDS = 5
SINGLE = 20


def main() -> None:
    reports = [
        dp.check(dp.parse_decision(text), as_of=records.AS_OF[kind])
        for kind in records.KINDS
        for text in records.texts(kind, COUNT // len(records.KINDS) + 1)
    ][:COUNT]
    first = least([lambda report=report: pictures_of(report) for report in reports], rounds=1)
    again = least([lambda report=report: pictures_of(report) for report in reports])
    print(f"scene + plain SVG: {again:.2f} ms each, the first time {first:.2f} ms (CPU)")
    pictures = [dp.diagram(report, kind="status") for report in reports]
    sheets = sum(len(picture.sheets) for picture in pictures)
    print(
        f"DOT text: {least([lambda picture=picture: picture.dots for picture in pictures]):.2f} ms each (CPU)"
    )
    if renderer() != "dot":
        print("no dot: the batch was not measured")
        return
    wall, cpu = batched(pictures)
    print(
        f"SVG by batched dot: {wall:.2f} ms each ({cpu:.2f} ms CPU of dot), {sheets / COUNT:.1f} sheets each"
    )
    alone = single(pictures[:SINGLE])
    print(f"one dot process per file: {alone:.1f} ms a diagram, {alone / wall:.1f} times the batch")


def pictures_of(report: dp.Report) -> tuple[str, ...]:
    return dp.diagram(report, kind="status").svgs()


def least(work: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> float:
    """Return the mean over all pieces of work of the least CPU time that each took, in milliseconds."""
    times = [float("inf")] * len(work)
    for _ in range(rounds):
        for index, piece in enumerate(work):
            started = time.process_time()
            piece()
            times[index] = min(times[index], time.process_time() - started)
    return sum(times) / len(times) * 1000


def batched(pictures: Sequence[Picture]) -> tuple[float, float]:
    """Return the least wall and CPU time of 200 diagrams by batched dot over all the pictures, a diagram, in ms."""
    best = [float("inf"), float("inf")]
    for start in range(0, len(pictures), 200):
        part = pictures[start : start + 200]
        texts = [text for picture in part for text in picture.dots]
        scenes = [sheet for picture in part for sheet in picture.sheets]
        started, spent = time.perf_counter(), children()
        drawn(texts, scenes, "svg")
        wall, cpu = time.perf_counter() - started, children() - spent
        best = [min(best[0], wall / len(part) * 1000), min(best[1], cpu / len(part) * 1000)]
    return best[0], best[1]


def single(pictures: Sequence[Picture]) -> float:
    """Return the least wall time of one dot process for each sheet, a diagram, in milliseconds."""
    best = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        for picture in pictures:
            started = time.perf_counter()
            for number, text in enumerate(picture.dots):
                file = Path(folder) / f"{number}.dot"
                file.write_text(text, encoding="utf-8")
                subprocess.run([str(shutil.which("dot")), "-Tsvg", "-O", str(file)], check=True)
            best = min(best, time.perf_counter() - started)
    return best * 1000


def children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
