"""Many records by two processes beside one: processor time of all, and the share of the process that asks.

Run `python benchmarks/many.py [records]` (default 2000; a third of each kind). Records are parsed beforehand; texts are
parsed where they are checked, by the one process as well.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, islice

import records

import decision_procedure as dp

DAY = records.AS_OF["clean"]


def seconds() -> tuple[float, float]:
    """Return the processor time of this process, and of its children that ended."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime


def spent(work: Callable[[], object]) -> tuple[float, float]:
    before = seconds()
    work()
    own, others = (after - start for after, start in zip(seconds(), before, strict=True))
    return own, others


def checked(given: Sequence[dp.Decision | str], processes: int | None) -> None:
    for report in dp.check_many(given, as_of=DAY, processes=processes):
        if isinstance(report, dp.Report):
            report.counts  # noqa: B018


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    kinds = [records.texts(kind, number // 3 + 1) for kind in records.KINDS]
    texts = list(islice(chain.from_iterable(zip(*kinds, strict=True)), number))
    checked(texts[:30], None)
    for name, given in (("records", list(map(dp.parse_decision, texts))), ("texts", texts)):
        alone, _ = spent(partial(checked, given, None))
        own, others = spent(partial(checked, given, 2))
        print(
            f"{number} {name}: one process {alone:.1f} s; two {own + others:.1f} s, {(own + others) / alone:.2f} times as much,"
            f" {own / (own + others):.0%} of it in the process that asks"
        )


if __name__ == "__main__":
    main()
