"""Receipts, ledger, replay and archive on the command line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import EXAMPLES, record
from typer.testing import CliRunner, Result

from decision_procedure.cli.main import app
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.keeping.archive import read_bag
from decision_procedure.keeping.ledger.damage import DamagedLedger
from decision_procedure.keeping.ledger.merkle import consistency_holds, inclusion_holds, leaf_hash

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
GOOD = EXAMPLES / "invented" / "示例县-全部合规.yaml"
AS_OF = ("--as-of", "2024-09-30")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def receipts(tmp_path: Path) -> list[Path]:
    files = []
    for number, path in enumerate((GOOD, BAD)):
        files.append(tmp_path / f"{number}.json")
        assert call("receipt", path, *AS_OF, "--output", files[-1]).exit_code == 0
    return files


def test_a_receipt_is_written_entered_shown_and_proved(receipts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "ledger"

    begun = call("ledger", "append", folder, receipts[0], "--new")
    grown = call("ledger", "append", folder, receipts[1])

    assert begun.exit_code == grown.exit_code == 0
    assert grown.output.startswith("2:")
    verified = call(
        "ledger", "verify", folder, "--kept", begun.output.strip(), "--kept", grown.output.strip()
    )
    assert (verified.exit_code, verified.output) == (0, grown.output)
    shown = call("ledger", "show", folder, 1, 2).output.splitlines()
    assert [json.loads(line)["as_of"] for line in shown] == ["2024-09-30"] * 2
    proof = json.loads(call("ledger", "prove", folder, "--entry", 2).output)
    parts = [bytes.fromhex(part) for part in proof["proof"]]
    root = bytes.fromhex(proof["root"])
    assert inclusion_holds(1, proof["size"], leaf_hash(shown[1].encode()), parts, root)
    growth = json.loads(call("ledger", "prove", folder, "--since", 1).output)
    before, after = bytes.fromhex(growth["since_root"]), bytes.fromhex(growth["root"])
    assert f"1:{growth['since_root']}" == begun.output.strip()
    assert consistency_holds(1, 2, before, after, [bytes.fromhex(part) for part in growth["proof"]])


def test_a_changed_entry_is_named_and_the_exit_status_is_1(receipts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    call("ledger", "append", folder, *receipts, "--new")
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as connection:
        connection.execute("UPDATE entry SET body = x'00' WHERE seq = 2")

    result = call("ledger", "verify", folder)

    assert result.exit_code == 1
    assert "entries[2]: 内容与其哈希不符" in result.output
    assert "entries[2]: the content" in call("ledger", "verify", folder, "--lang", "en").output
    assert isinstance(call("ledger", "show", folder, 1).exception, DamagedLedger)


def test_an_old_copy_is_named_against_the_kept_root(receipts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    call("ledger", "append", folder, receipts[0], "--new")
    old = (folder / "ledger.sqlite").read_bytes()
    kept = call("ledger", "append", folder, receipts[1]).output.strip()
    (folder / "ledger.sqlite").write_bytes(old)

    result = call("ledger", "verify", folder, "--kept", kept)

    assert result.exit_code == 1
    assert "entries[2]" in result.output


def test_what_is_no_receipt_is_not_entered_and_no_ledger_is_begun(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('{"receipt": 1}', encoding="utf-8")

    result = call("ledger", "append", tmp_path / "ledger", file, tmp_path / "absent.json", "--new")

    assert isinstance(result.exception, UnusableInput)
    assert {fault.file for fault in result.exception.faults} == {str(file), str(tmp_path / "absent.json")}
    assert not (tmp_path / "ledger").exists()


@pytest.mark.parametrize(
    "arguments",
    [("verify", "--kept", "3:zz"), ("prove",), ("prove", "--entry", "1", "--since", "1"), ("show", "9")],
)
def test_wrong_arguments_are_errors_of_arguments(
    arguments: tuple[str, ...], receipts: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "ledger"
    call("ledger", "append", folder, *receipts, "--new")

    result = call("ledger", arguments[0], folder, *arguments[1:])

    assert isinstance(result.exception, UnusableArgument)


def test_replay_says_same_or_names_the_record_that_differs(receipts: list[Path]) -> None:
    same, other = call("replay", receipts[0]), call("replay", receipts[0], "--record", BAD)

    assert (same.exit_code, same.output.splitlines()[0]) == (0, "复核一致")
    assert other.exit_code == 1
    assert "案卷有变: record: acts[" in other.output


def test_the_receipt_alone_is_one_line_of_fingerprints(tmp_path: Path) -> None:
    result = call("receipt", BAD, *AS_OF, "--fingerprints")

    data = json.loads(result.stdout)
    assert data["kind"] == "decision-procedure/receipt/2"
    assert "示例县" not in result.output


def test_an_archive_is_written_and_reads_back(tmp_path: Path) -> None:
    bag = tmp_path / "bag"

    result = call("archive", BAD, "--output", bag, *AS_OF, "--bagged-on", "2024-10-01")

    assert result.exit_code == 0
    assert read_bag(bag).receipt.as_of == "2024-09-30"
    assert "不合规" in (bag / "data" / "report" / "report.zh.txt").read_text(encoding="utf-8")
    assert "violated" in (bag / "data" / "report" / "report.en.txt").read_text(encoding="utf-8").lower()


def record_with(tmp_path: Path, **locations: str) -> Path:
    """The compliant record with the locations of documents, and a folder of its documents beside it."""
    data = record("示例县-全部合规")
    for document in data["documents"]:
        document["location"] = locations.get(document["id"])
    file = tmp_path / "案卷.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "材料").mkdir()
    return file


@pytest.mark.parametrize(
    ("locations", "files", "missing"),
    [
        ({"d-cat": "目录.pdf"}, ["目录.pdf"], []),
        ({"d-cat": "目录.pdf", "d-res": "调研.pdf"}, ["目录.pdf"], ["d-res"]),
        ({"d-cat": "目录.pdf", "d-res": "调研.pdf"}, [], ["d-cat", "d-res"]),
        ({"d-cat": "caf\u00e9.pdf"}, ["cafe\u0301.pdf"], ["d-cat"]),
        ({"d-cat": "cafe\u0301.pdf"}, ["caf\u00e9.pdf"], ["d-cat"]),
        ({"d-cat": "https://example.invalid/a"}, [], []),
        ({}, [], []),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_archive_without_a_document_that_the_record_names_says_which_and_exits_with_1(
    locations: dict[str, str], files: list[str], missing: list[str], lang: str, tmp_path: Path
) -> None:
    file, bag, folder = record_with(tmp_path, **locations), tmp_path / "bag", tmp_path / "材料"
    for name in files:
        (folder / name).write_bytes(b"x")

    result = call("archive", file, "--output", bag, *AS_OF, "--documents", folder, "--lang", lang)

    assert result.exit_code == (1 if missing else 0)
    assert [name for name in ("d-cat", "d-res") if f"documents[{name}]" in result.output] == missing
    assert ("缺材料" in result.output or "documents missing" in result.output) is bool(missing)
    assert read_bag(bag).receipt.as_of == "2024-09-30"


def test_an_archive_made_without_the_folder_of_its_documents_says_so_and_exits_with_1(tmp_path: Path) -> None:
    file = record_with(tmp_path, **{"d-cat": "目录.pdf"})

    result = call("archive", file, "--output", tmp_path / "bag", *AS_OF)

    assert result.exit_code == 1
    assert "没有给出材料文件夹" in result.output
