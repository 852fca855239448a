"""How much more a check costs against all the law that ships than against the Regulation alone, per record.

Run `python benchmarks/law.py [rounds]`. Processor time, both measured in turn within each round; the fastest round counts.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import decision_procedure as dp
from decision_procedure.law.applicable import Law, standard_law

EXAMPLES = Path(__file__).parent.parent / "examples"
DAY = date(2025, 6, 1)
TIMES = 5


def seconds(decision: dp.Decision, law: Law) -> float:
    start = time.process_time()
    for _ in range(TIMES):
        dp.check(decision, as_of=DAY, law=law)
    return (time.process_time() - start) / TIMES


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    whole = standard_law()
    alone = Law(tuple(pack for pack in whole.packs if pack.head.id == "cn-713"), whole.register)
    for file, decision in dp.load_decisions([EXAMPLES]):
        if isinstance(decision, dp.UnusableInput):
            raise decision
        dp.check(decision, as_of=DAY, law=whole)
        dp.check(decision, as_of=DAY, law=alone)
        pairs = [(seconds(decision, alone), seconds(decision, whole)) for _ in range(rounds)]
        one, every = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
        print(
            f"{Path(file).stem}: {one * 1e3:.2f} ms alone, {every * 1e3:.2f} ms all, {every / one:.2f} times"
        )


if __name__ == "__main__":
    main()
