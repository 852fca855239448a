"""Kills and rivals: no acknowledged entry is lost, and the ledger verifies.

`LEDGER_KILLS=200 pytest tests/ledger/test_crashes.py` runs the full number.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.ledger.store import Ledger

KILLS = int(os.environ.get("LEDGER_KILLS", "6"))
ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).parent / "writer.py"


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(folder), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def acknowledged(lines: list[str]) -> dict[int, str]:
    """Return entry number → start of the entry; a line cut off by the kill says nothing."""
    whole = [line.split() for line in lines if line.endswith("\n") and line != "ready\n"]
    return {int(entry): start for entry, start in whole}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP"])
def test_ending_the_writer_at_any_moment_loses_no_acknowledged_entry(name: str, tmp_path: Path) -> None:
    number = getattr(signal, name)
    ended = -number if name == "SIGKILL" else 128 + number  # by the handlers of the command line
    ledger, dice = Ledger(tmp_path), random.Random(20240930)
    ledger.create()
    promised: dict[int, str] = {}
    kept, lucky = ledger.checkpoint(), 0

    for kill in range(KILLS if name == "SIGKILL" else KILLS // 2):
        with writer(tmp_path, f"k{kill}", 100_000) as process:
            assert process.stdout is not None
            first = [process.stdout.readline() for _ in range(dice.randint(2, 12))]  # ready, and entries
            timer = threading.Timer(dice.uniform(0.0, 0.05), process.send_signal, (number,))
            timer.start()
            lines = [*first, *process.stdout]
        assert process.returncode == ended
        promised |= acknowledged(lines)

        checkpoint, damages = ledger.verify([kept])

        assert damages == ()
        assert checkpoint.size in (len(promised), len(promised) + 1)
        if checkpoint.size > len(promised):  # written, and killed before it could be acknowledged
            promised[checkpoint.size] = f"k{kill}:"
            lucky += 1
        kept = checkpoint
    print(f"{KILLS} kills, {kept.size} entries, {lucky} of them written but never acknowledged")  # noqa: T201
    assert promised
    entries = ledger.entries(1, kept.size)
    assert all(entries[number - 1].startswith(start.encode()) for number, start in promised.items())


def test_two_writers_at_once_lose_nothing_and_corrupt_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.create()

    with writer(tmp_path, "a", 40) as one, writer(tmp_path, "b", 40) as two:
        assert one.stdout is not None
        assert two.stdout is not None
        promised = [acknowledged(list(process.stdout)) for process in (one, two)]

    assert [process.returncode for process in (one, two)] == [0, 0]
    checkpoint, damages = ledger.verify()
    assert (checkpoint.size, damages) == (80, ())
    entries = ledger.entries(1, 80)
    assert promised[0].keys() | promised[1].keys() == set(range(1, 81))
    for found in promised:
        assert all(entries[number - 1].startswith(start.encode()) for number, start in found.items())


def test_a_second_writer_waits_no_longer_than_its_patience(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, patience=0.05)
    ledger.create()

    with ledger._opened("rw") as (connection, _):
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnusableArgument, match="another process"):
            ledger.append([b"late"])

    assert ledger.append([b"in time"]).size == 1


RIVAL = """
import sys
from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.ledger.store import Ledger
try:
    Ledger(sys.argv[1], patience=0.05).append([b"rival"])
except UnusableArgument:
    print("refused")
"""


def test_a_writer_keeps_others_out_until_it_is_done_also_after_it_looked_at_the_end(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.create()

    with ledger._opened("rw") as (connection, _):
        connection.execute("BEGIN IMMEDIATE")
        ledger._sound_end(connection)
        rival = [sys.executable, "-c", RIVAL, str(tmp_path)]
        told = subprocess.run(rival, capture_output=True, text=True, check=True, cwd=ROOT)

    assert told.stdout == "refused\n", told.stderr
    assert ledger.checkpoint().size == 0


def test_threads_that_share_a_ledger_lose_nothing_and_corrupt_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.create()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda number: ledger.append([f"{number}".encode()]).size, range(40)))

    assert sorted(done) == list(range(1, 41))
    assert ledger.verify()[1] == ()
    assert {int(entry) for entry in ledger.entries(1, 40)} == set(range(40))
