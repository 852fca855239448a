"""What was written in form 1 stays what it was: its hashes, signatures and ledgers hold, and it is replayed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import EXAMPLES
from receipts.form_1 import FIRST, PUBLIC_KEY, bag_of_form_1, dossier_of_form_1, text_of_dossier
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.keeping.archive import read_bag, write_bag
from decision_procedure.keeping.ledger.examining import Checkpoint
from decision_procedure.keeping.ledger.store import Ledger
from decision_procedure.keeping.receipts.digests import digest_of_text
from decision_procedure.keeping.receipts.ed25519 import ed25519_verifier
from decision_procedure.keeping.receipts.forms import Dossier, Receipt
from decision_procedure.keeping.receipts.signing import signature_holds

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


@pytest.fixture
def dossier() -> Dossier:
    return dossier_of_form_1()


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return bag_of_form_1(tmp_path)


def by_another_engine(dossier: Dossier, change: Callable[[dict[str, Any]], None]) -> Dossier:
    """A dossier as another engine would have made it, whose report had come out otherwise."""
    report = json.loads(dossier.report or "")
    change(report)
    text = json.dumps(report, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    receipt = replace(
        dossier.receipt,
        report=digest_of_text(text),
        engines={**dossier.receipt.engines, "decision-procedure": "0.0.9", "code": "ab" * 32},
    )
    return replace(dossier, receipt=receipt, report=text, signature=None)


def verdict(report: dict[str, Any], duty: str) -> Any:
    return next(item for item in report["verdicts"] if item["duty"] == duty)


def test_hashes_and_signature_hold_and_it_is_written_as_it_was(dossier: Dossier) -> None:
    assert list(dossier.altered()) == []
    assert dossier.to_json() == text_of_dossier()
    assert dossier.receipt == Receipt.from_json((FIRST / "receipt.json").read_text("utf-8"))
    assert dossier.receipt.to_bytes() + b"\n" == (FIRST / "receipt.json").read_bytes()
    assert dossier.signature is not None
    assert signature_holds(dossier.signature, dossier.receipt.to_bytes(), ed25519_verifier(PUBLIC_KEY))


@pytest.mark.parametrize("name", ["receipt", "dossier"])
def test_it_fits_the_schema_that_was_published_for_it(name: str) -> None:
    text = {"receipt": (FIRST / "receipt.json").read_text("utf-8"), "dossier": text_of_dossier()}[name]

    jsonschema.validate(json.loads(text), json.loads((SCHEMAS / f"{name}-1.json").read_text("utf-8")))


def test_its_ledger_verifies_and_grows_by_receipts_of_form_2(tmp_path: Path, dossier: Dossier) -> None:
    shutil.copy(FIRST / "ledger.sqlite", tmp_path)
    size, _, root = (FIRST / "checkpoint.txt").read_text("utf-8").strip().partition(":")
    kept = Checkpoint(int(size), bytes.fromhex(root))
    ledger = Ledger(tmp_path)

    assert ledger.verify([kept]) == (kept, ())
    assert ledger.entries(1, 1) == [dossier.receipt.to_bytes()]

    grown = ledger.append(
        [dp.seal(dp.Report.from_json(dossier.report or ""), law=dp.load_law()).receipt.to_bytes()]
    )
    assert ledger.verify([kept, grown]) == (grown, ())


def test_the_command_finds_it_in_its_ledger(tmp_path: Path, bag: Path) -> None:
    shutil.copy(FIRST / "ledger.sqlite", tmp_path)
    words = ["ledger", "find", str(tmp_path), str(FIRST / "receipt.json"), str(bag)]

    result = CliRunner().invoke(app, words)

    assert (result.exit_code, result.output) == (0, f"1 {FIRST / 'receipt.json'}\n2 {bag}\n")


def test_a_replay_names_the_engine_and_never_calls_it_altered(dossier: Dossier) -> None:
    result = dp.replay(dossier, verifier=ed25519_verifier(PUBLIC_KEY))

    assert not {"altered", "record"} & {change.kind for change in result.changes}
    assert result.made_by == dossier.receipt.engines
    assert f"code {dossier.receipt.engines['code'][:12]}" in "\n".join(result.lines("zh"))
    assert {check.what: check.state for check in result.checks} == {
        "record": "verified", "report": "verified", "law": "verified",
        "signature": "verified", "ledger": "unchecked",
    }  # fmt: skip


def test_a_replay_lists_verdict_by_verdict_what_another_engine_found(dossier: Dossier) -> None:
    def change(report: dict[str, Any]) -> None:
        verdict(report, "cn-713.15.1c")["outcome"] = "satisfied"
        verdict(report, "cn-713.31")["proof"] = "implied"
        report["verdicts"].remove(verdict(report, "cn-713.19.1"))
        for item in report["verdicts"]:
            del item["class"]  # that engine did not tell it

    today = dp.replay(dossier)
    result = dp.replay(by_another_engine(dossier, change))

    found = {item.name: item for item in result.changes if item.kind == "report"}
    known = {item.name for item in today.changes if item.kind == "report"}
    (comment,) = (item for name, item in found.items() if name.startswith("cn-713.15.1c"))
    (published,) = (item for name, item in found.items() if name.startswith("cn-713.31"))
    assert not result.same
    assert not {"altered", "record"} & {item.kind for item in result.changes}
    assert result.made_by["decision-procedure"] == "0.0.9"
    assert (comment.before, comment.path) == ("satisfied", "")
    assert "proof" in published.path
    assert found["cn-713.19.1"].before is None
    assert found.keys() - known - {published.name} == {comment.name, "cn-713.19.1"}


def test_a_report_that_differs_beside_its_verdicts_says_in_which_part(dossier: Dossier) -> None:
    def change(report: dict[str, Any]) -> None:
        report["law"] = {}

    result = dp.replay(by_another_engine(dossier, change))

    assert any(item.kind == "report" for item in result.changes)


def test_another_record_is_held_against_it_field_by_field(dossier: Dossier) -> None:
    data = json.loads(dossier.record or "")
    same = dp.replay(dossier, record=dp.load_decision(BAD))
    data["title"] = "另一事项"

    other = dp.replay(dossier, record=dp.parse_decision(json.dumps(data)))

    assert not [item for item in same.changes if item.kind == "record"]
    assert [item.path for item in other.changes if item.kind == "record"] == ["title"]


def test_one_that_was_altered_is_called_so(dossier: Dossier) -> None:
    record = (dossier.record or "").replace("2024-03-24", "2024-04-24")

    result = dp.replay(replace(dossier, record=record))

    assert "altered" in {change.kind for change in result.changes}
    assert ("record", "failed") in result.checks
    assert not result.faithful


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "0" * 64},
        {"kind": "decision-procedure/dossier/2"},
        {"kind": "decision-procedure/dossier/3"},
    ],
)
def test_what_is_of_no_one_form_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(dp.UnusableInput):
        Dossier.from_json(json.dumps(json.loads(text_of_dossier()) | change))


@pytest.mark.parametrize("change", [{"contents": {"sha256": "0" * 64, "sm3": "0" * 64}}, {"own": ["a.yaml"]}])
def test_a_receipt_with_what_its_form_lacks_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(dp.UnusableInput):
        Receipt.from_json(json.dumps(json.loads((FIRST / "receipt.json").read_text("utf-8")) | change))


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"verdicts": 3}', '{"documents": []}'])
@pytest.mark.parametrize("name", ["report", "record"])
def test_a_forged_text_with_its_fingerprint_is_refused_with_its_place(
    name: str, text: str, dossier: Dossier
) -> None:
    receipt = replace(dossier.receipt, **{name: digest_of_text(text)})

    with pytest.raises(dp.UnusableInput):
        dp.replay(replace(dossier, receipt=receipt, **{name: text}))


def test_its_bag_is_read_and_says_what_nothing_binds(bag: Path) -> None:
    found = read_bag(bag)

    assert dp.replay(found).changes == () or dp.replay(found).made_by
    assert {check.what: check.state for check in found.checks()} == {
        "record": "verified", "report": "verified", "law": "verified", "manifests": "verified",
        "documents": "verified", "unhashed": "unchecked", "pages": "unchecked",
        "signature": "absent", "ledger": "unchecked",
    }  # fmt: skip


def test_a_dossier_of_it_cannot_be_put_into_a_new_bag(tmp_path: Path, dossier: Dossier) -> None:
    with pytest.raises(dp.UnusableArgument, match="form 1"):
        write_bag(dossier, tmp_path / "new", documents=None, formats={}, bagged_on=date(2024, 10, 1))
    assert not (tmp_path / "new").exists()
