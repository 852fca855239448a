"""Random damage to a ledger's folder, and what a reader that verifies nothing would be told of it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from decision_procedure.keeping.ledger.merkle import Frontier, leaf_hash
from decision_procedure.keeping.ledger.store import FILE, Ledger

SIZES = (0, 40, 300, 1500, 4200, 9000)


class Told(NamedTuple):
    """Everything an unsuspecting reader sees: entries in order and by number, and the head; None: an error."""

    scanned: tuple[tuple[object, ...] | None, ...]
    looked_up: tuple[object, ...]
    head: object


class Damaged(NamedTuple):
    """A way of damaging: what was done, the entry that verification must name (None: not known beforehand)."""

    kind: str
    entry: int | None
    needs_kept_root: bool = False


def bodies(number: int, seed: int = 7) -> list[bytes]:
    dice = random.Random(seed)
    return [f"{index}:".encode() + dice.randbytes(dice.choice(SIZES)) for index in range(1, number + 1)]


def build(folder: Path, entries: list[bytes], snapshot: Path, snapshot_at: int) -> None:
    ledger = Ledger(folder)
    ledger.create()
    for start in range(0, len(entries), 10):
        if start == snapshot_at:
            shutil.copytree(folder, snapshot)
            _keep_journals(snapshot)
        ledger.append(entries[start : start + 10])


def _keep_journals(snapshot: Path) -> None:
    """Leave a hot rollback journal and a write-ahead log, both of this state, beside a copy of a ledger."""
    for mode, suffix in (("DELETE", "-journal"), ("WAL", "-wal")):
        work = snapshot / "work.sqlite"
        shutil.copy(snapshot / FILE, work)
        with closing(sqlite3.connect(work, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA journal_mode = {mode}")
            connection.execute("PRAGMA cache_size = 2")
            connection.execute("BEGIN")
            connection.execute("UPDATE entry SET body = zeroblob(length(body) + 100)")
            if mode == "WAL":
                connection.execute("COMMIT")
            shutil.copy(snapshot / f"work.sqlite{suffix}", snapshot / f"kept{suffix}")
            if mode == "DELETE":
                connection.execute("ROLLBACK")


def told(folder: Path, number: int, scratch: Path) -> Told:
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(folder, scratch)
    file = scratch / FILE
    if not file.exists():
        return Told((None,), (None,), None)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.text_factory = bytes
        scanned: list[tuple[object, ...] | None] = []
        try:
            for row in connection.execute("SELECT seq, body FROM entry ORDER BY seq"):
                scanned.append(row)
                if len(scanned) > 3 * number:
                    break
        except (sqlite3.Error, OverflowError):
            scanned.append(None)
        looked_up = tuple(
            _one(connection, f"SELECT body FROM entry WHERE seq = {seq}") for seq in range(1, number + 2)
        )
        return Told(tuple(scanned), looked_up, _one(connection, "SELECT size, root FROM head"))


def _one(connection: sqlite3.Connection, question: str) -> object:
    try:
        return connection.execute(question).fetchone()
    except (sqlite3.Error, OverflowError):
        return "error"


def damage(folder: Path, old: Path, dice: random.Random, number: int) -> Damaged:
    """Damage a ledger of `number` entries in one way; `old` is a copy of it as it once was."""
    return dice.choice(WAYS)(folder, old, dice, number)


def _bytes(change: Callable[[bytearray, random.Random], None], kind: str) -> Callable[..., Damaged]:
    def way(folder: Path, old: Path, dice: random.Random, number: int) -> Damaged:
        file = folder / FILE
        content = bytearray(file.read_bytes())
        change(content, dice)
        file.write_bytes(content)
        return Damaged(kind, None)

    return way


def _flip(content: bytearray, dice: random.Random) -> None:
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)


def _flip_in_the_structure(content: bytearray, dice: random.Random) -> None:
    page = 4096 * dice.randrange(len(content) // 4096)
    content[page + dice.randrange(0, 108 if page == 0 else 40)] ^= 1 << dice.randrange(8)


def _scribble(content: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(content))
    patch = dice.randbytes(dice.randrange(1, 300))
    content[start : start + len(patch)] = patch[: len(content) - start]


def _truncate(content: bytearray, dice: random.Random) -> None:
    del content[dice.randrange(len(content)) :]


def _truncate_pages(content: bytearray, dice: random.Random) -> None:
    del content[4096 * dice.randrange(len(content) // 4096) :]


def _append_junk(content: bytearray, dice: random.Random) -> None:
    content += dice.randbytes(dice.choice((1, 100, 4096, 8192)))


def _delete_bytes(content: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(content))
    del content[start : start + dice.choice((1, 16, 4096))]


def _swap_pages(content: bytearray, dice: random.Random) -> None:
    first, second = (4096 * page for page in dice.sample(range(len(content) // 4096), 2))
    one, two = content[first : first + 4096], content[second : second + 4096]
    content[first : first + 4096], content[second : second + 4096] = two, one


def _swap_runs(content: bytearray, dice: random.Random) -> None:
    length = dice.choice((2, 8, 64))
    first = dice.randrange(len(content) // 2 - length)
    second = dice.randrange(len(content) // 2, len(content) - length)
    one, two = content[first : first + length], content[second : second + length]
    content[first : first + length], content[second : second + length] = two, one


def _zero_page(content: bytearray, dice: random.Random) -> None:
    page = 4096 * dice.randrange(len(content) // 4096)
    content[page : page + 4096] = bytes(4096)


def _old_page(folder: Path, old: Path, dice: random.Random, number: int) -> Damaged:
    content, before = bytearray((folder / FILE).read_bytes()), (old / FILE).read_bytes()
    page = 4096 * dice.randrange(len(before) // 4096)
    content[page : page + 4096] = before[page : page + 4096]
    (folder / FILE).write_bytes(content)
    return Damaged("old page put back", None)


def _old_copy(folder: Path, old: Path, dice: random.Random, number: int) -> Damaged:
    shutil.copy(old / FILE, folder / FILE)
    with closing(sqlite3.connect(old / FILE)) as connection:
        size = connection.execute("SELECT count(*) FROM entry").fetchone()[0]
    return Damaged("old copy restored", size + 1, needs_kept_root=True)


def _delete_file(folder: Path, old: Path, dice: random.Random, number: int) -> Damaged:
    (folder / FILE).unlink()
    return Damaged("file deleted", 1)


def _foreign_journal(folder: Path, old: Path, dice: random.Random, number: int) -> Damaged:
    suffix = dice.choice(("-journal", "-wal"))
    shutil.copy(old / f"kept{suffix}", folder / f"{FILE}{suffix}")
    return Damaged(f"foreign {suffix} put beside", None, needs_kept_root=True)


def _junk_beside(folder: Path, old: Path, dice: random.Random, number: int) -> Damaged:
    suffix = dice.choice(("-journal", "-wal", "-shm", ".bak"))
    (folder / (FILE + suffix)).write_bytes(dice.randbytes(dice.choice((0, 10, 512, 5000))))
    return Damaged(f"junk in {suffix}", None)


def _sql(
    kind: str, change: Callable[[sqlite3.Connection, random.Random, int], Damaged]
) -> Callable[..., Damaged]:
    def way(folder: Path, old: Path, dice: random.Random, number: int) -> Damaged:
        with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
            return change(connection, dice, number)._replace(kind=kind)

    return way


def _change_body(connection: sqlite3.Connection, dice: random.Random, number: int) -> Damaged:
    entry = dice.randint(1, number)
    connection.execute("UPDATE entry SET body = ? WHERE seq = ?", (b"forged", entry))
    return Damaged("", entry)


def _change_body_and_leaf(connection: sqlite3.Connection, dice: random.Random, number: int) -> Damaged:
    entry = dice.randint(1, number)
    parts = (b"forged", leaf_hash(b"forged"), entry)
    connection.execute("UPDATE entry SET body = ?, leaf = ? WHERE seq = ?", parts)
    return Damaged("", entry)


def _swap_entries(connection: sqlite3.Connection, dice: random.Random, number: int) -> Damaged:
    first, second = sorted(dice.sample(range(1, number + 1), 2))
    for step in ((-1, first), (first, second), (second, -1)):
        connection.execute("UPDATE entry SET seq = ? WHERE seq = ?", step)
    return Damaged("", first)


def _delete_entry(connection: sqlite3.Connection, dice: random.Random, number: int) -> Damaged:
    entry = dice.randint(1, number)
    connection.execute("DELETE FROM entry WHERE seq = ?", (entry,))
    return Damaged("", entry)


def _delete_and_close_ranks(connection: sqlite3.Connection, dice: random.Random, number: int) -> Damaged:
    entry = dice.randint(1, number)
    connection.execute("DELETE FROM entry WHERE seq = ?", (entry,))
    for seq in range(entry + 1, number + 1):
        connection.execute("UPDATE entry SET seq = ? WHERE seq = ?", (seq - 1, seq))
    return Damaged("", entry)


def _delete_last(connection: sqlite3.Connection, dice: random.Random, number: int) -> Damaged:
    entry = dice.randint(1, number)
    connection.execute("DELETE FROM entry WHERE seq >= ?", (entry,))
    return Damaged("", entry)


def _add_entry(connection: sqlite3.Connection, dice: random.Random, number: int) -> Damaged:
    connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (number + 1, b"", b"", b"junk"))
    return Damaged("", number + 1)


def _rewrite(connection: sqlite3.Connection, dice: random.Random, number: int) -> Damaged:
    """Forge an entry and every hash that depends on it: only a kept root can show that."""
    entry, frontier = dice.randint(1, number), Frontier()
    connection.execute("UPDATE entry SET body = ? WHERE seq = ?", (b"forged", entry))
    for seq, body in connection.execute("SELECT seq, body FROM entry ORDER BY seq").fetchall():
        frontier.add(leaf_hash(body))
        parts = (leaf_hash(body), frontier.root(), seq)
        connection.execute("UPDATE entry SET leaf = ?, root = ? WHERE seq = ?", parts)
    connection.execute("UPDATE head SET root = ?, peaks = ?", (frontier.root(), b"".join(frontier.peaks)))
    return Damaged("", None, needs_kept_root=True)


WAYS: tuple[Callable[..., Damaged], ...] = (
    *(_bytes(_flip, "bit flipped"),) * 4,
    *(_bytes(_flip_in_the_structure, "bit of the structure flipped"),) * 4,
    _bytes(_scribble, "bytes overwritten"),
    _bytes(_truncate, "file cut"),
    _bytes(_truncate_pages, "file cut at a page"),
    _bytes(_append_junk, "junk appended"),
    _bytes(_delete_bytes, "bytes deleted"),
    _bytes(_swap_pages, "pages swapped"),
    _bytes(_swap_runs, "bytes swapped"),
    _bytes(_zero_page, "page zeroed"),
    _old_page,
    _old_copy,
    _delete_file,
    _junk_beside,
    _foreign_journal,
    _sql("entry changed", _change_body),
    _sql("entry changed with its hash", _change_body_and_leaf),
    _sql("entries swapped", _swap_entries),
    _sql("entry deleted", _delete_entry),
    _sql("entry deleted, the rest renumbered", _delete_and_close_ranks),
    _sql("last entries deleted", _delete_last),
    _sql("entry added", _add_entry),
    _sql("everything rewritten", _rewrite),
)
