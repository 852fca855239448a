"""The ledger in a folder: one SQLite file, one writer at a time, nothing told from a file that does not verify.

The journal is SQLite's rollback journal, not its write-ahead log: at rest everything acknowledged is in one
file. A damaged frame of a write-ahead log is taken for the end of the log, and what was acknowledged after
it disappears without a word. `synchronous=EXTRA` has the folder written to disk before an entry is acknowledged.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.ledger.damage import Damage, DamagedLedger
from decision_procedure.keeping.ledger.examining import (
    SCHEMA,
    Checkpoint,
    Examination,
    LedgerHead,
    examine,
    has_its_tables,
    hindrance,
    is_busy,
    name_of,
    read_head,
    unreadable,
)
from decision_procedure.keeping.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    tree_root,
)

FILE = "ledger.sqlite"
MAX_ENTRY = 20_000_000
_ONE_AT_A_TIME = threading.Lock()
"""Held while a ledger is open: closing any handle on its file drops the locks of all others in the process."""


class Ledger:
    """An append-only list of entries (bytes), numbered from 1, in a folder.

    Every method opens the file, does its work and closes it; an object may be shared by threads and processes.
    No other handle on the file may be opened in a process that works on it.
    Reading verifies the whole ledger first, so that it takes time in proportion to its size.
    `patience` is how many seconds to wait for another process or thread.
    """

    def __init__(self, folder: str | Path, *, patience: float = 60.0) -> None:
        self.file = Path(folder) / FILE
        self.patience = patience

    def create(self) -> None:
        """Begin a ledger; makes the folder. Raises UnusableArgument when there is one already."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._opened("rwc") as (connection, _):
            connection.execute("BEGIN EXCLUSIVE")
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
                raise UnusableArgument(f"已有核查登记簿 there is a ledger already: {self.file}")
            for statement in SCHEMA.values():
                connection.execute(statement)
            connection.execute("INSERT INTO head VALUES (1, 0, ?, ?)", (EMPTY_ROOT, b""))
            connection.execute("COMMIT")

    def append(self, entries: Iterable[bytes]) -> Checkpoint:
        """Add entries at the end, all or none; once this returns they are on disk. Returns the new checkpoint.

        The last entries are those with the numbers up to its size. Raises DamagedLedger when the end of the
        ledger does not fit its head, UnusableArgument for an entry of more than 20 MB, or where the ledger is busy,
        read-only or out of reach, or the disk is full: nothing is added then.
        """
        bodies = [_checked(body) for body in entries]
        with self._opened("rw") as (connection, header_changed):
            connection.execute("BEGIN IMMEDIATE")
            if header_changed:
                raise self._damaged("file", None)
            head = self._sound_end(connection)
            frontier = Frontier(head.size, head.peaks)
            connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", _rows(bodies, frontier))
            after = Checkpoint(frontier.size, frontier.root())
            peaks = b"".join(frontier.peaks)
            connection.execute("UPDATE head SET size = ?, root = ?, peaks = ?", (*after, peaks))
            connection.execute("COMMIT")
        return after

    def verify(self, kept: Sequence[Checkpoint] = ()) -> tuple[Checkpoint, tuple[Damage, ...]]:
        """Return the checkpoint and every damage found (at most twenty); none: nothing was changed.

        `kept` are checkpoints kept elsewhere: without one, a whole older copy of the file cannot be told
        from the ledger as it was then. A missing ledger is damaged from entry 1. Raises UnusableArgument
        when another process holds it for too long, or it cannot be read.
        """
        found = self._examined(kept)
        return found.checkpoint, tuple(found.damages)

    def checkpoint(self, kept: Sequence[Checkpoint] = ()) -> Checkpoint:
        """Return size and root. Raises DamagedLedger."""
        return self._sound(kept).checkpoint

    def entries(self, first: int, last: int, kept: Sequence[Checkpoint] = ()) -> list[bytes]:
        """Return the entries `first` to `last`, both included. Raises DamagedLedger, UnusableArgument."""
        found = self._sound(kept, range(first, last + 1))
        if not 1 <= first <= last <= found.frontier.size:
            raise UnusableArgument(f"没有此条 no such entry: {first}-{last} / {found.frontier.size}")
        return [found.wanted[seq] for seq in range(first, last + 1)]

    def inclusion(self, entry: int, size: int | None = None) -> tuple[Checkpoint, bytes, list[bytes]]:
        """Return a checkpoint, the leaf hash of an entry and the proof that it is in that tree.

        `size` None: the whole ledger. Raises DamagedLedger, UnusableArgument for numbers out of range.
        """
        leaves = self._sound().leaves
        size = len(leaves) if size is None else size
        if not 1 <= entry <= size <= len(leaves):
            raise UnusableArgument(f"没有此条 no such entry: {entry} / {size} / {len(leaves)}")
        tree = leaves[:size]
        return Checkpoint(size, tree_root(tree)), tree[entry - 1], inclusion_proof(entry - 1, tree)

    def consistency(self, old: int, size: int | None = None) -> tuple[Checkpoint, Checkpoint, list[bytes]]:
        """Return the checkpoints at two sizes and the proof that the later grew from the earlier.

        `size` None: the whole ledger. Raises DamagedLedger, UnusableArgument for numbers out of range.
        """
        leaves = self._sound().leaves
        size = len(leaves) if size is None else size
        if not 0 <= old <= size <= len(leaves):
            raise UnusableArgument(f"没有此长度 no such size: {old} / {size} / {len(leaves)}")
        tree = leaves[:size]
        before, after = Checkpoint(old, tree_root(tree[:old])), Checkpoint(size, tree_root(tree))
        return before, after, consistency_proof(old, tree)

    def _sound(self, kept: Sequence[Checkpoint] = (), wanted: range = range(0)) -> Examination:
        found = self._examined(kept, wanted)
        if found.damages:
            raise DamagedLedger.of(found.damages, str(self.file))
        return found

    def _examined(self, kept: Sequence[Checkpoint], wanted: range = range(0)) -> Examination:
        try:
            with self._opened("rw") as (connection, header_changed):
                connection.execute("BEGIN")
                return examine(connection, self.file, kept, wanted, header_changed=header_changed)
        except DamagedLedger as error:
            return Examination(damages=list(error.damages))

    def _sound_end(self, connection: sqlite3.Connection) -> LedgerHead:
        """Return the head, if the last entry and the roots agree with it."""
        journal = connection.execute("PRAGMA journal_mode").fetchone()
        if journal != ("delete",) or not has_its_tables(connection):
            raise self._damaged("file", None)
        head = read_head(connection)
        last = connection.execute("SELECT seq, root FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        if head is None or Frontier(head.size, head.peaks).root() != head.root:
            raise self._damaged("head", None)
        if (last or (0, EMPTY_ROOT)) != (head.size, head.root):
            raise self._damaged("entry", head.size)
        return head

    def _damaged(self, place: str, entry: int | None) -> DamagedLedger:
        zh, en = (
            "核查登记簿末尾或者文件头不符，请先核验",
            "its end or its header does not fit: verify the ledger first",
        )
        return DamagedLedger.of([Damage(place, entry, zh, en)], str(self.file))

    @contextmanager
    def _opened(self, mode: str) -> Iterator[tuple[sqlite3.Connection, bool]]:
        """Open the file alone in this process; yields the connection and whether the file's header was changed."""
        address = f"{self.file.absolute().as_uri()}?mode={mode}"
        with self._alone():
            self._refuse_what_is_no_ledger(mode)
            changed = mode == "rw" and self._header_is_changed()
            try:
                with closing(
                    sqlite3.connect(address, timeout=self.patience, isolation_level=None, uri=True)
                ) as connection:
                    _set_up(connection)
                    yield connection, changed
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise self._refused(error, header_changed=changed) from None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not _ONE_AT_A_TIME.acquire(timeout=self.patience):
            raise self._busy()
        try:
            yield
        finally:
            _ONE_AT_A_TIME.release()

    def _header_is_changed(self) -> bool:
        """Say whether the header asks for another way of writing (bytes 18 and 19); no: it cannot be read."""
        try:
            with self.file.open("rb") as handle:
                return handle.read(20)[18:] != b"\x01\x01"
        except OSError:
            return False

    def _busy(self) -> UnusableArgument:
        return UnusableArgument(f"核查登记簿正被占用 another process holds the ledger: {self.file}")

    def _refused(self, error: Exception, *, header_changed: bool) -> UnusableArgument | DamagedLedger:
        """Return the error to raise for one of SQLite's: damage is only what is wrong with the file itself."""
        if is_busy(error):
            return self._busy()
        if _is_read_only(error) and header_changed:
            return self._damaged("file", None)
        hindered = hindrance(error)
        if hindered is not None:
            return UnusableArgument(f"{' '.join(hindered)} ({name_of(error)}): {self.file}")
        return DamagedLedger.of([Damage("file", 1, *unreadable(error))], str(self.file))

    def _refuse_what_is_no_ledger(self, mode: str) -> None:
        zh, en = "此处没有核查登记簿，或者核查登记簿是空文件", "there is no ledger here, or an empty file"
        if self.file.with_name(FILE + "-wal").exists():
            # SQLite would take its content into the file; this ledger never has such a log of its own.
            zh, en = (
                "旁边放有外来的预写日志，请先移走",
                "a foreign write-ahead log lies beside it: move it away",
            )
        elif mode == "rwc" or (self.file.is_file() and self.file.stat().st_size):
            return
        raise DamagedLedger.of([Damage("file", 1, zh, en)], str(self.file))


def _is_read_only(error: Exception) -> bool:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF == sqlite3.SQLITE_READONLY


def _set_up(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * MAX_ENTRY)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for setting in ("synchronous = EXTRA", "fullfsync = ON", "trusted_schema = OFF", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {setting}")


def _rows(bodies: list[bytes], frontier: Frontier) -> Iterator[tuple[int, bytes, bytes, bytes]]:
    for body in bodies:
        leaf = leaf_hash(body)
        frontier.add(leaf)
        yield frontier.size, leaf, frontier.root(), body


def _checked(body: bytes) -> bytes:
    if type(body) is not bytes or len(body) > MAX_ENTRY:
        raise UnusableArgument("核查登记簿条目应为不超过 20 MB 的字节 an entry is bytes, at most 20 MB")
    return body
