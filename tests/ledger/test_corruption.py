"""Whatever is done to a ledger's folder is found and located, or changes nothing that a reader is told.

`LEDGER_TRIALS=1000 pytest tests/ledger/test_corruption.py -s` runs the full number and prints what came out.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from pathlib import Path

from corruption import bodies, build, damage, told

from decision_procedure.keeping.ledger.damage import DamagedLedger
from decision_procedure.keeping.ledger.examining import Checkpoint
from decision_procedure.keeping.ledger.store import Ledger

TRIALS = int(os.environ.get("LEDGER_TRIALS", "100"))
SEED = int(os.environ.get("LEDGER_SEED", "20240930"))
NUMBER = 120


def test_every_corruption_that_a_reader_would_notice_is_detected_and_located(tmp_path: Path) -> None:
    whole, old, copy, scratch = (tmp_path / name for name in ("whole", "old", "copy", "scratch"))
    entries = bodies(NUMBER)
    build(whole, entries, old, 70)
    kept = Ledger(whole).checkpoint()
    true = told(whole, NUMBER, scratch)
    assert [row[1] for row in true.scanned if row] == entries
    count: Counter[tuple[str, str]] = Counter()

    for trial in range(TRIALS):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(whole, copy)
        done = damage(copy, old, random.Random(SEED + trial), NUMBER)
        seen = told(copy, NUMBER, scratch)
        ledger = Ledger(copy)

        _, damages = ledger.verify([kept] if done.needs_kept_root else [])

        where = f"trial {trial}: {done} {damages}"
        if not damages:
            assert seen == true, where
            assert ledger.entries(1, NUMBER) == entries, where
            count[done.kind, "changed nothing"] += 1
            continue
        named = {item.entry for item in damages if item.entry is not None}
        differing = first_difference(true.scanned, seen.scanned)
        if done.entry is not None:
            assert done.entry in named, where
        elif differing is not None and not done.needs_kept_root:
            assert min(named) <= differing, where
        assert refuses_or_tells_the_truth(ledger, kept, entries), where
        exact = differing is None or differing in named
        how = (
            "changed nothing told, yet found"
            if seen == true
            else "named exactly"
            if exact
            else "named from before"
        )
        count[done.kind, how] += 1

    for (kind, how), times in sorted(count.items()):
        print(f"{times:5} {kind}: {how}")  # noqa: T201
    assert sum(times for (_, how), times in count.items() if how != "changed nothing") > TRIALS / 2


def refuses_or_tells_the_truth(ledger: Ledger, kept: Checkpoint, entries: list[bytes]) -> bool:
    """Opening may mend the file (SQLite removes a junk journal), so a later reading need not fail."""
    try:
        return ledger.entries(1, NUMBER, [kept]) == entries
    except DamagedLedger:
        return True


def first_difference(before: tuple[object, ...], after: tuple[object, ...]) -> int | None:
    """Return the number, from 1, of the first entry that is not told as it was; None when all are."""
    longest = max(len(before), len(after))
    padded = (items + ("absent",) * (longest - len(items)) for items in (before, after))
    return next((n for n, (old, new) in enumerate(zip(*padded, strict=True), start=1) if old != new), None)
