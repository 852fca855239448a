"""Records a second and memory for loading, checking and inference; import time as a ratio.

Run `python benchmarks/throughput.py [records]` (default 1000; whether memory stays flat: memory.py). Rates are of
one core's processor time, from JSON text to a report, in the best block of 25: other work on a machine only adds. `the Regulation` is cn-713 alone. The evidence of a verdict
is worked out when it is read: `all evidence` reads that of every verdict, passes too. As in any long-running
program, the law is taken out of the garbage collector's way (`gc.freeze`).
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

import records

import decision_procedure as dp
from decision_procedure.law.applicable import Law, standard_law

BLOCK = 25


def regulation() -> Law:
    packs = tuple(pack for pack in standard_law().packs if pack.head.id == "cn-713")
    return Law(packs, standard_law().register)


def checked(text: str, kind: str, law: Law) -> dp.Report:
    return dp.check(dp.parse_decision(text), as_of=records.AS_OF[kind], law=law)


def read_through(text: str, kind: str) -> None:
    for verdict in checked(text, kind, regulation()).verdicts:
        len(verdict.trees)


def rate(work: Callable[[str], object], texts: Iterator[str]) -> float:
    work(next(texts))
    gc.freeze()
    best = float("inf")
    while block := list(islice(texts, BLOCK)):
        start = time.process_time()
        for text in block:
            work(text)
        best = min(best, (time.process_time() - start) / len(block))
    return 1 / best


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def seconds_to(code: str) -> float:
    def once() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    return min(once() for _ in range(5))


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for kind in records.KINDS:
        size = len(next(records.texts(kind, 1)).encode())
        load = rate(dp.parse_decision, records.texts(kind, number))
        one = rate(partial(checked, kind=kind, law=regulation()), records.texts(kind, number))
        read = rate(partial(read_through, kind=kind), records.texts(kind, number))
        half = peak()
        all_ = rate(partial(checked, kind=kind, law=standard_law()), records.texts(kind, number))
        print(f"{kind}: {size} bytes; load {load:.0f}/s; the Regulation {one:.0f}/s; all law {all_:.0f}/s")
        print(f"  the Regulation with all evidence read {read:.0f}/s")
        print(f"  all law costs {one / all_:.2f} times the Regulation; peak {half} then {peak()} MB")
    empty = seconds_to("pass")
    base = seconds_to("from pydantic import BaseModel; import networkx, yaml") - empty
    ours = seconds_to("import decision_procedure") - empty
    print(f"import: {ours / base:.2f} times pydantic, networkx and yaml")


if __name__ == "__main__":
    main()
