"""How many plans one core makes a second: `python -m benchmarks.plans`.

Each record of a year, cut off at some day, is checked first; only the plan is measured, in time of the processor. Of the
rounds over all of them the fastest counts, so that other work on the machine takes least away.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from time import process_time

import decision_procedure as dp
from decision_procedure.model.dates import PartialDate

EXAMPLES = Path(__file__).parents[1] / "examples" / "invented"
ROUNDS = 12


def main() -> None:
    reports = list(cut_off())
    took = min(spent(reports) for _ in range(ROUNDS))
    print(f"{len(reports) / took:.0f} plans a second on one core, {1000 * took / len(reports):.1f} ms each")


def spent(reports: list[dp.Report]) -> float:
    start = process_time()
    for report in reports:
        dp.plan(report, meetings="每周五")
    return process_time() - start


def cut_off() -> list[dp.Report]:
    """Return reports on the examples as they stood on days of spring 2024."""
    found = []
    for path in sorted(EXAMPLES.glob("*.yaml")):
        whole = dp.load_decision(path)
        for days in range(0, 180, 15):
            day = date(2024, 1, 16) + timedelta(days=days)
            acts = tuple(act for act in whole.acts if act.begun and act.begun.last_day <= day.toordinal())
            complete = whole.complete and whole.complete.model_copy(update={"up_to": PartialDate.on(day)})
            record = whole.changed({"acts": acts, "complete": complete, "stated_on": PartialDate.on(day)})
            found.append(dp.check(record, as_of=day))
    return found


if __name__ == "__main__":
    main()
