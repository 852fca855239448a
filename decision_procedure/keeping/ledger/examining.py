"""Examining a ledger's file: every entry read once, in order, and held against every hash there is of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from decision_procedure.keeping.ledger.damage import Damage
from decision_procedure.keeping.ledger.merkle import EMPTY_ROOT, Frontier, leaf_hash

SCHEMA = {
    "entry": "CREATE TABLE entry (seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL, root BLOB NOT NULL, body BLOB NOT NULL)",
    "head": "CREATE TABLE head (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, peaks BLOB NOT NULL)",
}
Result = TypeVar("Result")
_SCAN = "SELECT seq, leaf, root, body FROM entry ORDER BY seq"
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
# What keeps a sound file from being used, by the primary code of SQLite's error.
_HINDERED = {
    sqlite3.SQLITE_FULL: ("磁盘已满", "the disk is full"),
    sqlite3.SQLITE_READONLY: ("核查登记簿只读", "the ledger is read-only"),
    sqlite3.SQLITE_PERM: ("没有权限", "permission denied"),
    sqlite3.SQLITE_AUTH: ("没有权限", "permission denied"),
    sqlite3.SQLITE_CANTOPEN: (
        "核查登记簿文件或者其文件夹不能打开",
        "the file or its folder cannot be opened",
    ),
    sqlite3.SQLITE_IOERR: ("磁盘读写出错", "the disk cannot be read or written"),
    sqlite3.SQLITE_NOMEM: ("内存不足", "out of memory"),
    sqlite3.SQLITE_INTERRUPT: ("操作被中断", "interrupted"),
}
_MOST = 20


class Checkpoint(NamedTuple):
    """The size of a ledger and the root of its Merkle tree (32 bytes): all one must keep to detect any change."""

    size: int
    root: bytes

    def text(self) -> str:
        """Return `size:root` with the root in hexadecimal digits."""
        return f"{self.size}:{self.root.hex()}"


class LedgerHead(NamedTuple):
    """The row that says how far the ledger goes: size, root, and the roots of its whole subtrees."""

    size: int
    root: bytes
    peaks: list[bytes]


@dataclass
class Examination:
    """What reading a whole ledger gave: the leaf hashes, the entries asked for, and every damage found.

    `checkpoint` is that of the entries that could be read; worth nothing while there is damage.
    """

    frontier: Frontier = field(default_factory=Frontier)
    leaves: list[bytes] = field(default_factory=list)
    wanted: dict[int, bytes] = field(default_factory=dict)
    damages: list[Damage] = field(default_factory=list)

    @property
    def checkpoint(self) -> Checkpoint:
        """The size and the root computed from the entries."""
        return Checkpoint(self.frontier.size, self.frontier.root())

    def add(self, place: str, entry: int | None, zh: str, en: str) -> None:
        """Remember a damage; after the first twenty nothing is added."""
        if len(self.damages) < _MOST:
            self.damages.append(Damage(place, entry, zh, en))


def examine(
    connection: sqlite3.Connection,
    file: Path,
    kept: Sequence[Checkpoint],
    wanted: range,
    *,
    header_changed: bool,
) -> Examination:
    """Return what the ledger behind an open connection holds, and what is wrong with it.

    `kept` are checkpoints from elsewhere that it must have grown from. `header_changed`: the file's header asks for
    another way of writing than this ledger's. Raises sqlite3.Error only where the file is held by another process
    or something else keeps it from being read (`hindrance`).
    """
    found = Examination()
    _guarded(found, lambda: _check_file(connection, file, found, header_changed=header_changed))
    roots = _guarded(found, lambda: _scan(connection, found, kept, wanted)) or {}
    _guarded(found, lambda: _check_head(read_head(connection), found))
    _check_kept(found, roots, kept)
    return found


def read_head(connection: sqlite3.Connection) -> LedgerHead | None:
    """Return the head; None when it is not the one row that it should be."""
    rows = connection.execute("SELECT id, size, root, peaks FROM head LIMIT 2").fetchall()
    if len(rows) != 1:
        return None
    number, size, root, peaks = rows[0]
    if (
        number != 1
        or type(size) is not int
        or size < 0
        or type(root) is not bytes
        or type(peaks) is not bytes
    ):
        return None
    if len(peaks) != 32 * size.bit_count():
        return None
    return LedgerHead(size, root, [peaks[i : i + 32] for i in range(0, len(peaks), 32)])


def is_busy(error: Exception) -> bool:
    """Say whether an error means no more than that another process holds the file."""
    return _code(error) in _BUSY


def hindrance(error: Exception) -> tuple[str, str] | None:
    """Return what keeps the file from being used though nothing in it is damaged; None where it is damaged."""
    return _HINDERED.get(_code(error))


def unreadable(error: Exception) -> tuple[str, str]:
    """Return what is damaged where SQLite cannot read on, in Chinese and English."""
    if isinstance(error, UnicodeDecodeError):
        return (
            "表结构所在的页损坏，此条起无法读取",
            "the page that describes the tables is damaged: unreadable from here on",
        )
    name = name_of(error)
    return f"此条起无法读取（{name}）", f"cannot be read from this entry on ({name})"


def has_its_tables(connection: sqlite3.Connection) -> bool:
    """Say whether the file describes the tables of a ledger and nothing else."""
    return dict(connection.execute("SELECT name, sql FROM sqlite_master")) == SCHEMA


def name_of(error: Exception) -> str:
    """Return the name of SQLite's error, such as `SQLITE_CORRUPT`."""
    return getattr(error, "sqlite_errorname", None) or type(error).__name__


def _code(error: Exception) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _guarded(found: Examination, work: Callable[[], Result]) -> Result | None:
    try:
        return work()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite quotes what it finds, in whatever coding
        if is_busy(error) or hindrance(error):
            raise
        found.add("file", found.frontier.size + 1, *unreadable(error))
    except (OverflowError, MemoryError):
        found.add("file", found.frontier.size + 1, "此处起无法读取", "cannot be read from here on")
    return None


def _check_file(
    connection: sqlite3.Connection, file: Path, found: Examination, *, header_changed: bool
) -> None:
    if not has_its_tables(connection):
        found.add("file", None, "表结构被改动", "the tables are not those of a ledger")
    (pages,), (size,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
    )
    if file.stat().st_size != pages * size:
        found.add(
            "file",
            None,
            "文件长度不符，尾部被截断或者添加",
            "the file is cut short or has something appended",
        )
    if header_changed or connection.execute("PRAGMA journal_mode").fetchone() != ("delete",):
        found.add("file", None, "文件头被改动", "the file header was changed")
    for (message,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if message != "ok":
            first = str(message).splitlines()[0][:200]
            found.add(
                "file", None, f"文件结构损坏：{first}", f"the structure of the file is damaged: {first}"
            )


def _scan(
    connection: sqlite3.Connection, found: Examination, kept: Sequence[Checkpoint], wanted: range
) -> dict[int, bytes]:
    """Read every entry; return the computed roots at the sizes of kept checkpoints."""
    sizes = {checkpoint.size for checkpoint in kept}
    roots = {0: EMPTY_ROOT}
    frontier, leaves = found.frontier, found.leaves
    follows = True
    for seq, leaf, root, body in _in_order(connection, found):
        computed = leaf_hash(body)
        frontier.add(computed)
        leaves.append(computed)
        if computed != leaf:
            found.add("entry", seq, "内容与其哈希不符", "the content does not fit its hash")
        fits = frontier.root() == root
        if follows and not fits:
            found.add(
                "entry",
                seq,
                "与树根不符，内容、次序或者哈希被改动",
                "does not fit the root: changed or moved",
            )
        follows = fits
        if seq in sizes:
            roots[seq] = frontier.root()
        if seq in wanted:
            found.wanted[seq] = body
    return roots


def _in_order(
    connection: sqlite3.Connection, found: Examination
) -> Iterator[tuple[int, bytes, bytes, bytes]]:
    """Yield the entries 1, 2, 3, … and stop where the next is another, or is no entry."""
    for expected, row in enumerate(connection.execute(_SCAN), start=1):
        if row[0] != expected:
            found.add("entry", expected, "此条缺失或者错位", "the entry is missing or out of its place")
            return
        if not all(type(part) is bytes for part in row[1:]):
            found.add("entry", expected, "此条不是字节内容", "the entry does not hold bytes")
            return
        yield row


def _check_head(head: LedgerHead | None, found: Examination) -> None:
    size, root = found.checkpoint
    if head is None:
        found.add("head", None, "核查登记簿头被改动", "the head was changed")
    elif head.size > size:
        found.add(
            "entry",
            size + 1,
            f"核查登记簿头记有 {head.size} 条，此条起缺失",
            f"the head counts {head.size}: missing from here",
        )
    elif head.size < size:
        found.add(
            "entry",
            head.size + 1,
            f"核查登记簿头仅记有 {head.size} 条，此条多出",
            f"the head counts {head.size}: one too many",
        )
    elif head.root != root or head.peaks != found.frontier.peaks:
        found.add(
            "head", None, "核查登记簿头的树根与内容不符", "the root in the head is not that of the entries"
        )


def _check_kept(found: Examination, roots: dict[int, bytes], kept: Sequence[Checkpoint]) -> None:
    sound = 0
    for checkpoint in sorted(kept):
        if checkpoint.size > found.frontier.size:
            zh, en = "保存的树根之后被截断或者换成旧副本", "cut off, or an old copy restored"
            found.add("entry", found.frontier.size + 1, zh, f"{en}: the kept root counts {checkpoint.size}")
            return
        if roots.get(checkpoint.size) != checkpoint.root:
            zh = f"第 {sound + 1} 至 {checkpoint.size} 条与保存的树根不符"
            en = f"entries {sound + 1} to {checkpoint.size} are not those of the kept root"
            found.add("entry", min(sound + 1, checkpoint.size), zh, en)
            return
        sound = checkpoint.size


__all__ = [
    "SCHEMA",
    "Checkpoint",
    "Examination",
    "LedgerHead",
    "examine",
    "has_its_tables",
    "hindrance",
    "is_busy",
    "name_of",
    "read_head",
    "unreadable",
]
