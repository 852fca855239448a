"""A full disk, a file or folder that may not be written or read: told as what it is, never as damage."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from decision_procedure.cli.main import app
from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.ledger import examining, store
from decision_procedure.keeping.ledger.damage import DamagedLedger
from decision_procedure.keeping.ledger.store import Ledger

NOBODY = 65534
fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no users to change to")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    folder = Path(tempfile.mkdtemp())  # in a folder that another user may enter, unlike that of pytest
    folder.chmod(0o755)
    found = Ledger(folder / "核查登记簿", patience=0.1)
    found.create()
    found.append([b"one", b"two"])
    yield found
    found.file.parent.chmod(0o755)
    shutil.rmtree(folder)


def as_nobody(work: Callable[[], object]) -> str:
    """Return what comes of work done by a user without rights: `ok`, or the class of the error and its text."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            if os.geteuid() == 0:
                os.setegid(NOBODY)
                os.seteuid(NOBODY)
            text = f"ok {work()}"
        except BaseException as error:
            text = f"{type(error).__name__}: {error}"
        os.write(writing, text.encode("utf-8", "replace"))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        text = stream.read()
    os.waitpid(child, 0)
    return text


@fork
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_ledger_that_may_only_be_read_is_verified_and_not_appended_to(ledger: Ledger, what: str) -> None:
    ledger.file.chmod(0o444)
    ledger.file.parent.chmod(0o555)
    if what == "folder" and os.geteuid() == 0:
        os.chown(ledger.file, NOBODY, NOBODY)
        ledger.file.chmod(0o644)

    verified = as_nobody(ledger.verify)
    appended = as_nobody(lambda: ledger.append([b"three"]))

    assert verified.startswith("ok (Checkpoint(size=2")
    assert verified.endswith(", ())")
    assert appended.startswith("UnusableArgument")
    assert "SQLITE_" in appended
    assert ledger.checkpoint().size == 2


@fork
@pytest.mark.parametrize("what", ["file", "folder"])
@pytest.mark.parametrize("work", ["verify", "append", "checkpoint", "entries", "inclusion"])
def test_a_ledger_that_may_not_be_read_is_no_damaged_one(ledger: Ledger, what: str, work: str) -> None:
    (ledger.file if what == "file" else ledger.file.parent).chmod(0)
    works: dict[str, Callable[[], object]] = {
        "verify": ledger.verify,
        "append": lambda: ledger.append([b"three"]),
        "checkpoint": ledger.checkpoint,
        "entries": lambda: ledger.entries(1, 2),
        "inclusion": lambda: ledger.inclusion(1),
    }

    told = as_nobody(works[work])

    assert told.startswith(("UnusableArgument", "PermissionError"))


@pytest.mark.parametrize("entries", [1, 40])
def test_a_full_disk_is_told_and_nothing_is_lost(
    ledger: Ledger, entries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ledger.checkpoint()
    set_up = store._set_up

    def full(connection: sqlite3.Connection) -> None:
        set_up(connection)
        connection.execute("PRAGMA max_page_count = 1")

    with monkeypatch.context() as patched:
        patched.setattr(store, "_set_up", full)
        with pytest.raises(UnusableArgument, match="the disk is full"):
            ledger.append([bytes(9_000)] * entries)

    assert ledger.verify([before]) == (before, ())
    assert ledger.append([b"three"]).size == 3


@fork
def test_a_disk_that_takes_no_more_bytes_is_told_and_nothing_is_lost(ledger: Ledger) -> None:
    import resource
    import signal

    def work() -> object:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        if os.geteuid() != os.getuid():
            os.seteuid(os.getuid())
        return ledger.append([bytes(1_000_000)])

    told = as_nobody(work)

    assert told.startswith("UnusableArgument")
    assert ledger.checkpoint().size == 2
    assert ledger.append([b"three"]).size == 3


class _Failing(sqlite3.OperationalError):
    def __init__(self, code: int, name: str) -> None:
        super().__init__(name)
        self.sqlite_errorcode, self.sqlite_errorname = code, name


HINDRANCES = [
    ("SQLITE_FULL", sqlite3.SQLITE_FULL),
    ("SQLITE_READONLY_DIRECTORY", sqlite3.SQLITE_READONLY | 6 << 8),
    ("SQLITE_CANTOPEN_ISDIR", sqlite3.SQLITE_CANTOPEN | 2 << 8),
    ("SQLITE_IOERR_WRITE", sqlite3.SQLITE_IOERR | 3 << 8),
    ("SQLITE_IOERR_FSYNC", sqlite3.SQLITE_IOERR | 4 << 8),
    ("SQLITE_PERM", sqlite3.SQLITE_PERM),
    ("SQLITE_NOMEM", sqlite3.SQLITE_NOMEM),
]
DAMAGES = [
    ("SQLITE_CORRUPT", sqlite3.SQLITE_CORRUPT),
    ("SQLITE_NOTADB", sqlite3.SQLITE_NOTADB),
    ("SQLITE_ERROR", sqlite3.SQLITE_ERROR),
]


@pytest.mark.parametrize(("name", "code"), HINDRANCES)
@pytest.mark.parametrize("where", ["opening", "reading"])
def test_what_keeps_a_file_from_being_used_is_an_error_of_arguments(
    ledger: Ledger, name: str, code: int, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise _Failing(code, name)

    monkeypatch.setattr(*((store, "_set_up", fails) if where == "opening" else (examining, "_scan", fails)))

    with pytest.raises(UnusableArgument, match=name):
        ledger.verify()


@pytest.mark.parametrize(("name", "code"), DAMAGES)
@pytest.mark.parametrize("where", ["opening", "reading"])
def test_what_is_wrong_inside_the_file_is_damage(
    ledger: Ledger, name: str, code: int, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise _Failing(code, name)

    monkeypatch.setattr(*((store, "_set_up", fails) if where == "opening" else (examining, "_scan", fails)))

    _, damages = ledger.verify()

    assert any(damage.entry == 1 and name in damage.en for damage in damages)


def schema_page(ledger: Ledger) -> list[int]:
    raw = ledger.file.read_bytes()
    return [place for place in range(raw.index(b"CREATE TABLE") - 20, 4096) if place % 7 == 0]


def test_a_page_of_tables_that_is_no_text_any_more_is_damage_and_located(ledger: Ledger) -> None:
    raw = ledger.file.read_bytes()

    for place in schema_page(ledger):
        for byte in (0xFF, 0x80, 0xC3):
            ledger.file.write_bytes(raw[:place] + bytes([byte]) + raw[place + 1 :])
            _, damages = ledger.verify()
            assert damages, (place, byte)
            assert damages[0].place == "file"
            with pytest.raises(DamagedLedger):
                ledger.entries(1, 2)
            with pytest.raises(DamagedLedger):
                ledger.append([b"three"])


@pytest.mark.parametrize("byte", [2, 3, 255])
@pytest.mark.parametrize("place", [18, 19])
def test_a_header_that_asks_for_another_way_of_writing_is_damage_and_not_read_only(
    ledger: Ledger, place: int, byte: int
) -> None:
    raw = ledger.file.read_bytes()
    ledger.file.write_bytes(raw[:place] + bytes([byte]) + raw[place + 1 :])

    assert ledger.verify()[1]
    with pytest.raises(DamagedLedger):
        ledger.append([b"three"])


@pytest.mark.parametrize("words", [["verify"], ["show", "1"], ["prove", "--entry", "1"]])
def test_the_command_ends_with_a_plain_message(ledger: Ledger, words: list[str]) -> None:
    raw = ledger.file.read_bytes()
    place = raw.index(b"CREATE TABLE entry") + 8
    ledger.file.write_bytes(raw[:place] + b"\xff" + raw[place + 1 :])

    result = CliRunner().invoke(app, ["ledger", words[0], str(ledger.file.parent), *words[1:]])

    assert isinstance(result.exception, DamagedLedger) or result.exit_code == 1
