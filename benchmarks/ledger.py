"""Receipts a second into a ledger, and processor seconds to verify it, for small and for large receipts.

Run `python benchmarks/ledger.py [entries]`. The receipts are those of a worked record with other fingerprints;
the large ones speak of forty files of law.
"""

from __future__ import annotations

import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import decision_procedure as dp
from decision_procedure.keeping.ledger.store import Ledger
from decision_procedure.keeping.receipts.digests import Digest
from decision_procedure.keeping.receipts.forms import Receipt

RECORD = Path(__file__).parent.parent / "examples" / "invented" / "示例县-多处不合规.yaml"
BATCH = 1000


def receipts(base: Receipt, number: int) -> Iterator[bytes]:
    for index in range(number):
        digest = Digest(hashlib.sha256(str(index).encode()).hexdigest(), base.record.sm3)
        yield replace(base, record=digest).to_bytes()


def measured(name: str, base: Receipt, number: int) -> None:
    entries = list(receipts(base, number))
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(folder)
        ledger.create()
        start, work = time.perf_counter(), time.process_time()
        for first in range(0, number, BATCH):
            ledger.append(entries[first : first + BATCH])
        spent, worked = time.perf_counter() - start, time.process_time() - work
        start = time.perf_counter()
        for entry in entries[:50]:
            ledger.append([entry])
        single = 50 / (time.perf_counter() - start)
        start, work = time.perf_counter(), time.process_time()
        checkpoint, damages = ledger.verify()
        verified, cpu = time.perf_counter() - start, time.process_time() - work
        size = ledger.file.stat().st_size // 1_000_000
    assert not damages  # noqa: S101
    print(
        f"{name}, {len(entries[0])} bytes each: append in batches of {BATCH}: {number / spent:.0f}/s "
        f"({number / worked:.0f}/s of processor time), one at a time {single:.0f}/s; "
        f"verify {checkpoint.size} entries ({size} MB): {verified:.1f} s, {cpu:.1f} s of processor time"
    )


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    report = dp.check(dp.load_decision(RECORD), as_of=date(2024, 9, 30))
    dp.seal(report)
    start = time.process_time()
    for _ in range(20):
        dossier = dp.seal(report)
    print(
        f"seal: {20 / (time.process_time() - start):.0f} reports a second of {len(dossier.report or '')} characters"
    )
    small = dossier.receipt
    digest = small.rules["cn/cn-713.yaml"]
    large = replace(small, rules={f"cn-441223/instrument-{index}.yaml": digest for index in range(40)})
    measured("small receipts", small, number)
    measured("large receipts", large, number)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
