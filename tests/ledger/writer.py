"""A process that appends to a ledger and says on stdout what was acknowledged: `writer.py folder name count`.

It takes requests to end as the command line does.

Each entry is `name:number:` and some bytes; each line is the entry's number in the ledger and its own number.
"""

from __future__ import annotations

import random
import sys

from decision_procedure.cli.process import prepare
from decision_procedure.keeping.ledger.store import Ledger


def main() -> None:
    prepare()
    folder, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    ledger, dice = Ledger(folder), random.Random(name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in range(count):
        size = dice.choice((0, 200, 5000, 60_000))
        after = ledger.append([f"{name}:{number}:".encode() + dice.randbytes(size)])
        sys.stdout.write(f"{after.size} {name}:{number}:\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
