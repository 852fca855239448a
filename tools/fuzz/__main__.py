"""The command: `python -m tools.fuzz mutate` looks for crashes and hangs, `metamorphic` for verdicts that change for no reason."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from tools.fuzz.kinds import KINDS, WARMING
from tools.fuzz.relations import RELATIONS, broken
from tools.fuzz.running import Finding, Workers, made, run_case, write


def main(arguments: list[str] | None = None) -> int:
    """Run cases; 0: nothing was found, 1: something was."""
    parser = argparse.ArgumentParser("python -m tools.fuzz", description=__doc__)
    commands = parser.add_subparsers(required=True)
    mutate = commands.add_parser("mutate", help="files changed at random, through the command line")
    mutate.set_defaults(run=_mutate)
    mutate.add_argument("--kinds", nargs="+", choices=sorted(KINDS), default=sorted(KINDS))
    mutate.add_argument("--keep", type=Path, help="a folder for the files of each finding")
    mutate.add_argument(
        "--case", type=int, help="run only this case of one kind, in this process, and show it"
    )
    metamorphic = commands.add_parser("metamorphic", help="records written otherwise, with more, with less")
    metamorphic.set_defaults(run=_metamorphic)
    metamorphic.add_argument("--relations", nargs="+", choices=[*RELATIONS], default=[*RELATIONS])
    for command in (mutate, metamorphic):
        command.add_argument("--seed", type=int, default=0)
        command.add_argument("--first", type=int, default=0, help="the number of the first case")
        command.add_argument("--cases", type=int, help="how many cases (of each kind); none given: no end")
        command.add_argument("--cpu", type=float, help="stop after so many seconds of CPU")
    given = parser.parse_args(arguments)
    return int(given.run(given))


def _mutate(given: argparse.Namespace) -> bool:
    if given.case is not None:
        return _one(given)
    seen: Counter[tuple[str, str]] = Counter()
    cases: Counter[str] = Counter()
    began = time.monotonic()
    with Workers(KINDS, given.seed, WARMING) as workers, suppress(KeyboardInterrupt):
        for number in _numbers(given):
            for kind in given.kinds:
                for finding in workers.run(kind, number):
                    if not seen[finding.what, finding.where]:
                        _tell(finding, given)
                    seen[finding.what, finding.where] += 1
                cases[kind] += 1
            if given.cpu is not None and workers.seconds > given.cpu:
                break
    counts = ", ".join(f"{kind} {number}" for kind, number in sorted(cases.items()))
    print(
        f"{cases.total()} cases ({counts}), {workers.seconds:.0f} s of CPU, {time.monotonic() - began:.0f} s"
    )
    for (what, where), number in seen.most_common():
        print(f"{number} × {what} {where}")
    return bool(seen)


def _one(given: argparse.Namespace) -> bool:
    kind = KINDS[given.kinds[0]]
    if given.keep is not None:
        write(made(kind, given.seed, given.case), given.keep)
    found = run_case(kind, given.seed, given.case)
    for finding in found:
        print(*finding.command)
        print(finding.detail)
    return bool(found)


def _tell(finding: Finding, given: argparse.Namespace) -> None:
    print(f"{finding.kind} {finding.number}: {finding.what} {finding.where}  ({' '.join(finding.command)})")
    again = f"--kinds {finding.kind} --seed {given.seed} --case {finding.number}"
    print(f"  python -m tools.fuzz mutate {again}", flush=True)
    if given.keep is not None:
        folder = given.keep / f"{finding.kind}-{finding.number}"
        write(made(KINDS[finding.kind], given.seed, finding.number), folder)
        (folder / "finding.txt").write_text(
            f"{' '.join(finding.command)}\n{finding.detail}", encoding="utf-8"
        )


def _metamorphic(given: argparse.Namespace) -> bool:
    seen: Counter[str] = Counter()
    cases = 0
    with suppress(KeyboardInterrupt):
        for number in _numbers(given):
            for name, text in broken(given.seed, number, given.relations):
                print(f"{name}, seed {given.seed}, case {number}: {text[:500]}", flush=True)
                seen[name] += 1
            cases += 1
            if given.cpu is not None and time.process_time() > given.cpu:
                break
    print(f"{cases} records, {len(given.relations)} relations, {time.process_time():.0f} s of CPU")
    for name, number in seen.most_common():
        print(f"{number} × {name}")
    return bool(seen)


def _numbers(given: argparse.Namespace) -> Iterator[int]:
    return iter(count(given.first) if given.cases is None else range(given.first, given.first + given.cases))


if __name__ == "__main__":
    sys.exit(main())
