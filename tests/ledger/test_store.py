"""The ledger as its users see it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.ledger import merkle
from decision_procedure.keeping.ledger.damage import DamagedLedger
from decision_procedure.keeping.ledger.examining import Checkpoint
from decision_procedure.keeping.ledger.store import FILE, Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    found = Ledger(tmp_path / "核查登记簿")
    found.create()
    return found


def test_entries_come_back_as_they_were_put_in(ledger: Ledger) -> None:
    assert ledger.append([b"one", b""]).size == 2

    after = ledger.append([b"three"])

    assert ledger.entries(1, 3) == [b"one", b"", b"three"]
    assert after == ledger.checkpoint()
    assert after.root == merkle.tree_root([merkle.leaf_hash(body) for body in (b"one", b"", b"three")])


def test_at_rest_the_ledger_is_one_file(ledger: Ledger) -> None:
    ledger.append([b"one"])
    ledger.verify()

    assert [path.name for path in ledger.file.parent.iterdir()] == [FILE]


def test_the_same_entries_give_the_same_root_however_they_are_batched(tmp_path: Path) -> None:
    roots = set()
    for name, size in (("a", 1), ("b", 4), ("c", 9)):
        ledger = Ledger(tmp_path / name)
        ledger.create()
        for start in range(0, 9, size):
            ledger.append([bytes([number]) for number in range(start, min(9, start + size))])
        roots.add(ledger.checkpoint())

    assert len(roots) == 1


def test_an_entry_is_added_in_full_or_not_at_all(ledger: Ledger) -> None:
    with pytest.raises(UnusableArgument):
        ledger.append([b"one", "two"])  # type: ignore[list-item]

    assert ledger.checkpoint().size == 0


def test_proofs_hold_against_checkpoints_and_fail_against_others(ledger: Ledger) -> None:
    ledger.append([bytes([number]) for number in range(11)])

    checkpoint, leaf, proof = ledger.inclusion(5)
    before, after, growth = ledger.consistency(4, 9)

    assert merkle.inclusion_holds(4, checkpoint.size, leaf, proof, checkpoint.root)
    assert not merkle.inclusion_holds(5, checkpoint.size, leaf, proof, checkpoint.root)
    assert merkle.consistency_holds(4, 9, before.root, after.root, growth)
    assert not merkle.consistency_holds(4, 9, after.root, before.root, growth)


@pytest.mark.parametrize("numbers", [(0, 1), (1, 12), (3, 2)])
def test_asking_for_what_is_not_there_is_an_error_of_arguments(
    ledger: Ledger, numbers: tuple[int, int]
) -> None:
    ledger.append([b"x"] * 11)

    with pytest.raises(UnusableArgument):
        ledger.entries(*numbers)


def test_proofs_out_of_range_are_errors_of_arguments(ledger: Ledger) -> None:
    ledger.append([b"x"] * 3)

    for wrong in (lambda: ledger.inclusion(4), lambda: ledger.inclusion(3, 2), lambda: ledger.consistency(4)):
        with pytest.raises(UnusableArgument):
            wrong()


def test_a_ledger_is_begun_once(ledger: Ledger) -> None:
    ledger.append([b"one"])

    with pytest.raises(UnusableArgument):
        ledger.create()

    assert ledger.checkpoint().size == 1


def test_a_missing_or_emptied_file_is_damage_and_never_a_new_ledger(ledger: Ledger) -> None:
    ledger.append([b"one"])
    ledger.file.write_bytes(b"")

    _, damages = ledger.verify()

    assert damages[0].entry == 1
    with pytest.raises(DamagedLedger):
        ledger.append([b"two"])
    assert ledger.file.read_bytes() == b""


def test_nothing_is_appended_to_a_ledger_whose_end_does_not_fit_its_head(ledger: Ledger) -> None:
    ledger.append([b"one", b"two", b"three"])
    with closing(sqlite3.connect(ledger.file, isolation_level=None)) as connection:
        connection.execute("DELETE FROM entry WHERE seq = 3")

    with pytest.raises(DamagedLedger, match=r"entries\[3\]"):
        ledger.append([b"four"])


def test_an_old_copy_is_found_against_a_kept_root_even_after_it_grew_again(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.append([b"one", b"two"])
    shutil.copy(ledger.file, tmp_path / "copy")
    early = ledger.checkpoint()
    ledger.append([b"three"])
    kept = ledger.checkpoint()
    shutil.copy(tmp_path / "copy", ledger.file)

    _, cut = ledger.verify([kept])
    ledger.append([b"another", b"more"])
    _, grown = ledger.verify([early, kept])

    assert [item.entry for item in cut] == [3]
    assert [item.entry for item in grown] == [3]
    assert ledger.verify()[1] == ()
    assert ledger.verify([early])[1] == ()


def test_a_checkpoint_of_the_empty_ledger_fits_every_ledger(ledger: Ledger) -> None:
    empty = ledger.checkpoint()

    ledger.append([b"one"])

    assert empty == Checkpoint(0, merkle.EMPTY_ROOT)
    assert ledger.verify([empty])[1] == ()


def test_every_damage_is_named_at_once(ledger: Ledger) -> None:
    ledger.append([bytes([number]) for number in range(20)])
    with closing(sqlite3.connect(ledger.file, isolation_level=None)) as connection:
        connection.execute("UPDATE entry SET body = x'00ff' WHERE seq IN (4, 9)")
        connection.execute("DELETE FROM entry WHERE seq = 15")

    _, damages = ledger.verify()

    assert {item.entry for item in damages} >= {4, 9, 15}
    assert all(item.zh and item.en for item in damages)


def test_a_foreign_write_ahead_log_is_refused_and_left_where_it_is(ledger: Ledger) -> None:
    ledger.append([b"one"])
    before = ledger.file.read_bytes()
    log = ledger.file.with_name(FILE + "-wal")
    log.write_bytes(b"foreign")

    _, damages = ledger.verify()

    assert "write-ahead" in damages[0].en
    with pytest.raises(DamagedLedger):
        ledger.append([b"two"])
    assert (ledger.file.read_bytes(), log.read_bytes()) == (before, b"foreign")


def test_nothing_is_appended_through_a_write_ahead_log_that_a_changed_header_asks_for(ledger: Ledger) -> None:
    ledger.append([b"one"])
    content = bytearray(ledger.file.read_bytes())
    content[18:20] = b"\2\2"
    ledger.file.write_bytes(content)

    with pytest.raises(DamagedLedger):
        ledger.append([b"two"])

    _, damages = ledger.verify()
    assert [item.en for item in damages] == ["the file header was changed"]
