"""Receipts: what is in them, and that they are the same everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from conftest import DAY, EXAMPLES, needs_newest_pydantic

import decision_procedure as dp
from decision_procedure import rules
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.keeping.receipts import materials
from decision_procedure.keeping.receipts.digests import Digest
from decision_procedure.keeping.receipts.ed25519 import ed25519_signer, ed25519_verifier
from decision_procedure.keeping.receipts.forms import Dossier, Receipt, dossier_schema, receipt_schema
from decision_procedure.keeping.receipts.signing import signature_holds

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return dp.seal(dp.check(dp.load_decision(BAD), as_of=DAY))


def test_a_receipt_fingerprints_the_record_every_file_of_law_and_the_report(dossier: Dossier) -> None:
    receipt = dossier.receipt

    assert set(receipt.rules) >= {*rules.instrument_names(), "inference.yaml", "register.yaml"}
    assert receipt.rules["cn/cn-713.yaml"] == Digest.of(rules.text("cn/cn-713.yaml").encode())
    assert receipt.report == Digest.behind(dossier.nonce or "", dossier.report or "")
    assert receipt.record == Digest.behind(dossier.nonce or "", dossier.record or "")
    assert {"decision-procedure", "durable-rules", "python", "code", "expression-language"} <= set(
        receipt.engines
    )
    assert receipt.calendar_version
    assert list(dossier.altered()) == []


def test_a_receipt_alone_holds_no_word_of_the_record(dossier: Dossier) -> None:
    text = dossier.receipt.to_bytes().decode()

    assert text.isascii()
    assert "示例县" in (dossier.record or "")


def test_receipt_and_dossier_come_back_from_json_unchanged(dossier: Dossier) -> None:
    assert Receipt.from_json(dossier.receipt.to_bytes().decode()) == dossier.receipt
    assert Dossier.from_json(dossier.to_json()) == dossier
    assert Dossier.from_json(dossier.to_json()).to_json() == dossier.to_json()


@pytest.mark.parametrize("name", ["receipt-2", "dossier-2"])
def test_the_published_schema_is_the_one_in_use_and_accepts_what_is_written(
    name: str, dossier: Dossier
) -> None:
    published = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    current, text = {
        "receipt-2": (receipt_schema(), dossier.receipt.to_bytes().decode()),
        "dossier-2": (dossier_schema(), dossier.to_json()),
    }[name]

    jsonschema.validate(json.loads(text), published)
    jsonschema.validate(json.loads(text), current)
    needs_newest_pydantic()
    assert published == json.loads(json.dumps(current))


def test_another_process_in_another_place_and_locale_writes_the_same_bytes(
    dossier: Dossier, tmp_path: Path
) -> None:
    copy = tmp_path / "另一处.yaml"
    copy.write_bytes(BAD.read_bytes())
    code = (
        "import sys, datetime, decision_procedure as dp\n"
        f"report = dp.check(dp.load_decision(sys.argv[1]), as_of=datetime.date.fromisoformat('{DAY}'))\n"
        f"sys.stdout.buffer.write(dp.seal(report, nonce='{dossier.nonce}').to_json().encode())"
    )

    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONUTF8": "1"}
        made = subprocess.run(
            [sys.executable, "-c", code, str(copy)],
            capture_output=True,
            check=True,
            cwd=tmp_path,
            env=environment,
        )

        assert made.stdout.decode() == dossier.to_json()


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": "yesterday"},
        {"more": 1},
        {"record": {"sha256": "00", "sm3": "00"}},
        {"assume_complete": "no"},
        {"rules": {"../../etc/passwd": {"sha256": "0" * 64, "sm3": "0" * 64}}},
    ],
)
def test_a_receipt_of_another_form_is_unusable_input(dossier: Dossier, change: dict[str, object]) -> None:
    data = json.loads(dossier.receipt.to_bytes()) | change

    with pytest.raises(UnusableInput):
        Receipt.from_json(json.dumps(data))


def test_an_altered_text_is_named(dossier: Dossier) -> None:
    data = json.loads(dossier.to_json())
    data["rules"]["cn/cn-713.yaml"] += " "
    data["record"] = data["record"].replace("2024-03-24", "2024-04-24")

    altered = list(Dossier.from_json(json.dumps(data)).altered())

    assert altered == ["record", "rules/cn/cn-713.yaml"]


def test_an_ed25519_signature_over_a_receipt_holds_until_anything_changes() -> None:
    signer, public = ed25519_signer(bytes(range(32)))
    report = dp.check(dp.load_decision(BAD), as_of=DAY)

    dossier = Dossier.from_json(dp.seal(report, signer=signer, key=public).to_json())

    assert dossier.signature is not None
    data = dossier.receipt.to_bytes()
    assert dossier.signature.algorithm == "Ed25519"
    assert signature_holds(dossier.signature, data, ed25519_verifier(public))
    assert not signature_holds(dossier.signature, data + b" ", ed25519_verifier(public))
    other = ed25519_signer(bytes(32))[1]
    assert not signature_holds(dossier.signature, data, ed25519_verifier(other))


def test_ed25519_gives_the_signature_of_the_standard() -> None:
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")

    signer, public = ed25519_signer(secret)

    assert public == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert signer(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


def test_without_the_library_signing_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)

    with pytest.raises(UnusableArgument, match=r"\[sign\]"):
        ed25519_signer(bytes(32))


def test_the_calendar_fingerprint_depends_on_the_days(monkeypatch: pytest.MonkeyPatch) -> None:
    from chinese_calendar import constants

    before = materials.calendar_digest()
    materials.calendar_digest.cache_clear()
    fewer = dict(list(constants.holidays.items())[:-1])
    monkeypatch.setattr(constants, "holidays", fewer)
    try:
        assert materials.calendar_digest() != before
    finally:
        materials.calendar_digest.cache_clear()


@pytest.mark.parametrize("key", ["", "k", "办公室" * 60])
def test_a_signature_comes_back_whatever_its_key_is_called(key: str) -> None:
    signer, public_key = ed25519_signer(bytes(range(32)))
    sealed = dp.seal(dp.check(dp.load_decision(BAD), as_of=DAY), signer=signer, key=key)

    read = Dossier.from_json(sealed.to_json())

    assert ("signature", "verified") in read.checks(ed25519_verifier(public_key))


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (b"", {}), (b"x" * 8193, {}), (b"x", {"key": "k" * 201}), (b"x", {"algorithm": ""}),
        (b"x", {"algorithm": "a" * 201}),
    ],
)  # fmt: skip
def test_a_signature_that_nobody_could_read_again_is_refused(value: bytes, names: dict[str, str]) -> None:
    with pytest.raises(UnusableArgument, match="empty or too long"):
        dp.seal(dp.check(dp.load_decision(BAD), as_of=DAY), signer=lambda _: value, **names)
