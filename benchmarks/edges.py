"""What users wait for, as ratios: from text to verdicts and reports, start-up, many records, growth.

Run `python benchmarks/edges.py [rounds]` (default 20). `u` is pydantic's `Decision.model_validate_json` of the same
text in the same round. Processor time; of a block of rounds the fastest of each counts, so that other work on the
machine takes least away. The place is a county of Zhaoqing, to which most of the law that ships applies.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path

import records
import yaml

import decision_procedure as dp
from decision_procedure.law.applicable import Law, standard_law

ROOT = Path(__file__).parent.parent
ZHAOQING = "441284"
YARDSTICK = "from pydantic import BaseModel; import networkx, yaml"
Work = Callable[[], object]


def spent(work: Work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def fastest(works: Mapping[str, Work], rounds: int) -> dict[str, float]:
    for work in works.values():
        work()
    best = dict.fromkeys(works, float("inf"))
    gc.freeze()
    for _ in range(rounds):
        for name, work in works.items():
            best[name] = min(best[name], spent(work))
    return best


def regulation() -> Law:
    packs = tuple(pack for pack in standard_law().packs if pack.head.id == "cn-713")
    return Law(packs, standard_law().register)


def text_of(kind: str, code: str = "") -> str:
    data = json.loads(next(records.texts(kind, 1)))
    if code:
        data["body"]["code"] = code
    return json.dumps(data, ensure_ascii=False)


def verdicts(text: str, day: date, law: Law | None) -> tuple[dp.Verdict, ...]:
    return dp.check(dp.parse_decision(text), as_of=day, law=law).verdicts


def conclusions(text: str, day: date) -> object:
    return dp.check(dp.parse_decision(text), as_of=day).conclusions


def per_record(rounds: int) -> None:
    alone = regulation()
    for kind, day in records.AS_OF.items():
        plain, placed = text_of(kind), text_of(kind, ZHAOQING)
        as_yaml = yaml.safe_dump(json.loads(placed), allow_unicode=True, sort_keys=False)
        report = dp.check(dp.parse_decision(placed), as_of=day)
        found = fastest(
            {
                "u": partial(dp.Decision.model_validate_json, placed),
                "to verdicts, cn-713": partial(verdicts, plain, day, alone),
                "to verdicts, all law": partial(verdicts, placed, day, None),
                "with conclusions, all law": partial(conclusions, placed, day),
                "YAML to Decision": partial(dp.parse_decision, as_yaml, json=False),
                "to_json": report.to_json,
            },
            rounds,
        )
        unit = found.pop("u")
        figures = "; ".join(f"{name} {value / unit:.1f} u" for name, value in found.items())
        print(f"{kind} (u {unit * 1e6:.0f} µs, {len(placed.encode())} bytes): {figures}")


def processes(number: int) -> None:
    kinds = [records.texts(kind, number // 3 + 1) for kind in records.KINDS]
    texts = list(islice(chain.from_iterable(zip(*kinds, strict=True)), number))

    def run(how: int | None) -> None:
        for report in dp.check_many(texts, as_of=records.AS_OF["clean"], processes=how):
            if isinstance(report, dp.Report):
                report.counts  # noqa: B018

    run(None)
    alone, own, others = spent(partial(run, None)), *both(partial(run, 2))
    print(
        f"check_many, 2 processes, {number} texts: {(own + others) / alone:.2f} times the time of one,"
        f" {own / (own + others):.0%} of it in the process that asks"
    )


def both(work: Work) -> tuple[float, float]:
    """Return the processor time of this process, and that of children that ended in it."""
    before = children()
    own = spent(work)
    return own, children() - before


def children() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def started(command: list[str], cache: str) -> float:
    before, silent = children(), subprocess.DEVNULL
    environment = os.environ | {"XDG_CACHE_HOME": cache}
    subprocess.run(command, check=True, stdout=silent, stderr=silent, cwd=ROOT, env=environment)
    return children() - before


def start_up(rounds: int) -> None:
    example = str(ROOT / "examples" / "invented" / f"{records.KINDS['clean']}.yaml")
    run = [sys.executable, "-m", "decision_procedure"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        packs_elsewhere(Path(folder), 50)
        commands = {
            "yardstick": [sys.executable, "-c", YARDSTICK],
            "check one.yaml": [*run, "check", example],
            "--help": [*run, "--help"],
            "check, 50 packs of other places": [*run, "check", example, "--rules", folder],
        }
        best = dict.fromkeys(commands, float("inf"))
        for _ in range(rounds):
            for name, command in commands.items():
                best[name] = min(best[name], started(command, cache))
    unit, one = best["yardstick"], best["check one.yaml"]
    print(
        f"start-up: check one.yaml {one / unit:.2f}, --help {best['--help'] / unit:.2f} times the yardstick"
        f" ({unit * 1e3:.0f} ms); 50 packs of other places, read once before, add"
        f" {(best['check, 50 packs of other places'] - one) * 1e3:.0f} ms"
    )


def packs_elsewhere(folder: Path, number: int) -> None:
    """Write copies of a city's instrument for places to which no record of the examples belongs."""
    text = (ROOT / "decision_procedure" / "rules" / "cn-4412" / "zq-pp-2023.yaml").read_text()
    text = text.partition("\nsuperseded:")[0].replace("  succeeds: [zq-pp-2018]\n", "")
    text = text.replace("  aliases: [肇庆市重大行政决策公众参与办法]\n", "")
    for index in range(number):
        here = text.replace("zq-pp-2023", f"away-{index}").replace('"4412"', f'"{6100 + index}"')
        (folder / f"away-{index}.yaml").write_text(here.replace("肇府规", f"某府规{index}"))


def undated(number: int) -> dict[str, object]:
    data = json.loads(text_of("clean"))
    kinds = ("legality_review", "deliberation", "submission", "public_comment", "risk_assessment")
    drafts = [f"稿{index}" for index in range(number)]
    data["drafts"] = [{"id": name} for name in drafts]
    data["acts"] = [
        {"kind": kinds[index % 5], "id": f"a{index}", "draft": name} for index, name in enumerate(drafts)
    ]
    return data


def growth() -> None:
    for number in (125, 250, 500):
        decision = dp.parse_decision(json.dumps(undated(number), ensure_ascii=False))
        dp.check(decision, as_of=date(2024, 9, 30))
        start = time.process_time()
        report = dp.check(decision, as_of=date(2024, 9, 30))
        checked = time.process_time() - start
        size = len(report.to_json().encode())
        print(f"{number} undated acts with {number} drafts: check {checked:.2f} s, JSON {size / 1e6:.1f} MB")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    per_record(rounds)
    start_up(max(rounds // 4, 3))
    growth()
    processes(100 * rounds)


if __name__ == "__main__":
    main()
