"""`python -m tools.repairs --number 200`: mend defective records by their first repair, and say what is left open.

The records are the invented examples with acts left out, flags turned, lists cut short and dates moved.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

import decision_procedure as dp
from decision_procedure.planning.repair import Fault
from decision_procedure.planning.trial import open_faults

EXAMPLES = Path(__file__).parents[1] / "examples" / "invented"
DAY = date(2024, 10, 8)
FIRST = 100
_NOT_LISTED = ("documents", "attendees", "experts", "speaking_order", "undertakers", "executors", "consulted")


class Mended(NamedTuple):
    """The first repair of a record, and what is open once it is done, by a check of its own."""

    repair: dp.Repair
    left: frozenset[Fault]

    @property
    def named(self) -> frozenset[Fault]:
        """What the repair says that it leaves."""
        return frozenset((item.duty, item.act) for item in self.repair.unmended)

    @property
    def as_told(self) -> bool:
        """Whether nothing is open but what the repair names, and all of that was passed by an issue or an act after it."""
        return self.left == self.named and {item.why for item in self.repair.unmended} <= {"passed"}


def whole(path: Path = EXAMPLES / "示例县-全部合规.yaml") -> dict[str, Any]:
    """Return the data of an example, of the one that meets every requirement if none is named."""
    data: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return data


def defective(seed: int) -> dict[str, Any]:
    """Return an example with one to three things spoilt, the same for a seed."""
    random = Random(seed)
    data = whole(random.choice(sorted(EXAMPLES.glob("*.yaml"))))
    for _ in range(random.choice([1, 1, 2, 3])):
        _spoil(data, random)
    return data


def _spoil(data: dict[str, Any], random: Random) -> None:
    act = random.choice(data["acts"])
    flags = [key for key, value in act.items() if isinstance(value, bool) and not key.endswith("_complete")]
    lists = [key for key, value in act.items() if isinstance(value, list) and key not in _NOT_LISTED]
    dates = [key for key, value in act.items() if _is_day(value)]
    what = random.choice(["leave out", "flag", "list", "date"])
    if what == "leave out":
        data["acts"].remove(act)
        data["acts"] = [
            {key: value for key, value in one.items() if value != act["id"]} for one in data["acts"]
        ]
    elif what == "flag" and flags:
        key = random.choice(flags)
        act[key] = not act[key]
    elif what == "list" and lists:
        key = random.choice(lists)
        act[key] = act[key][1:]
    elif dates:
        key = random.choice(dates)
        moved = date.fromisoformat(act[key]) + timedelta(days=random.choice([-40, -5, 5, 20, 60]))
        act[key] = moved.isoformat()


def _is_day(value: object) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == "-"


def first_repair(report: dp.Report) -> Mended | None:
    """Return what comes of doing the first repair of a report, by a check of its own; None: nothing is to be mended."""
    found = dp.repair(report)
    if not found:
        return None
    repair = found[0]
    after = dp.check(repair.record, as_of=repair.report.as_of)
    return Mended(repair, frozenset(open_faults(after)))


def defective_reports(number: int) -> Iterator[tuple[int, dp.Report]]:
    """Yield so many checked records with a fault, with the seeds that made them; records that cannot be read are left out."""
    seed = FIRST
    while number:
        try:
            report = dp.check(dp.decision(defective(seed)), as_of=DAY)
        except dp.UnusableInput:
            report = None
        if report is not None and open_faults(report):
            number -= 1
            yield seed, report
        seed += 1


def main() -> None:
    """Mend so many records and print what is left open of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=200)
    counts: Counter[str] = Counter()
    for seed, report in defective_reports(parser.parse_args().number):
        found = first_repair(report)
        if found is None:
            continue
        counts["records"] += 1
        counts["faults"] += len(found.repair.faults)
        counts["faults mended"] += len(found.repair.mended)
        counts["records with all mended"] += not found.named
        counts["records left as told"] += found.as_told
        counts["records with a new question for a person"] += bool(found.repair.questions)
        if not found.as_told or found.repair.questions:
            print(seed, sorted(map(str, found.left)), found.repair.unmended, found.repair.questions)
    for what, number in counts.items():
        print(f"{number:5} {what}")


if __name__ == "__main__":
    main()
