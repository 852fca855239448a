"""A receipt gives no name back: what may hold one is hashed behind a nonce."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, EXAMPLES
from receipts.form_1 import dossier_of_form_1
from typer.testing import CliRunner, Result

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.keeping.archive import read_bag
from decision_procedure.keeping.receipts.digests import Digest
from decision_procedure.keeping.receipts.forms import Dossier

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
GOOD = EXAMPLES / "invented" / "示例县-全部合规.yaml"
RULES = Path(__file__).parents[2] / "docs" / "county-rules"
AS_OF = ("--as-of", "2024-09-30")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def hashes_in(receipt: bytes) -> set[str]:
    return set(re.findall(r"[0-9a-f]{64}", receipt.decode()))


def guessable(*texts: str | None) -> set[str]:
    """What somebody who has guessed a text right would look for."""
    data = [(text or "").encode() for text in texts]
    return {found for item in data for digest in [Digest.of(item)] for found in (digest.sha256, digest.sm3)}


def test_of_form_1_a_guessed_name_could_be_tried_and_of_form_2_it_cannot() -> None:
    first, second = dossier_of_form_1(), dp.seal(dp.check(dp.load_decision(BAD), as_of=DAY))

    assert guessable(first.record) <= hashes_in(first.receipt.to_bytes())
    assert not guessable(second.record, second.report) & hashes_in(second.receipt.to_bytes())


def test_the_law_of_a_county_is_behind_the_nonce_and_that_which_ships_is_not() -> None:
    law = dp.load_law(RULES)
    dossier = dp.seal(dp.check(dp.load_decision(BAD), as_of=DAY, law=law))

    own = {name: text for name, text in dossier.rules.items() if name in dossier.receipt.own}
    shipped = [text for name, text in dossier.rules.items() if name not in own]

    assert own
    assert set(own.values()) == {file.read_text("utf-8") for file in RULES.glob("*.yaml")}
    assert not guessable(*own.values()) & hashes_in(dossier.receipt.to_bytes())
    assert guessable(*shipped) <= hashes_in(dossier.receipt.to_bytes())


def test_the_receipt_of_a_bag_gives_no_hash_of_a_file_of_it(tmp_path: Path) -> None:
    dp.archive(dp.check(dp.load_decision(BAD), as_of=DAY), tmp_path / "bag", bagged_on=DAY)
    data = tmp_path / "bag" / "data"

    files = [
        path for path in data.rglob("*") if path.is_file() and "rules" not in path.relative_to(data).parts
    ]
    found = {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    assert not found & hashes_in((data / "receipt.json").read_bytes())


def test_a_fresh_nonce_is_drawn_where_none_is_given_and_the_same_gives_the_same_receipt() -> None:
    report = dp.check(dp.load_decision(BAD), as_of=DAY)
    one, other = dp.seal(report), dp.seal(report)

    assert one.nonce != other.nonce
    assert not {one.receipt.record, one.receipt.report} & {other.receipt.record, other.receipt.report}
    assert dp.seal(report, nonce=one.nonce) == one


@pytest.mark.parametrize("nonce", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n"])
def test_what_is_no_nonce_is_refused(nonce: str) -> None:
    report = dp.check(dp.load_decision(GOOD), as_of=DAY)

    with pytest.raises(dp.UnusableArgument):
        dp.seal(report, nonce=nonce)


def test_a_wrong_nonce_makes_every_text_behind_it_not_fit() -> None:
    data = json.loads(dp.seal(dp.check(dp.load_decision(GOOD), as_of=DAY)).to_json())

    wrong = Dossier.from_json(json.dumps(data | {"nonce": "0" * 64}))

    assert list(wrong.altered()) == ["record", "report"]


def test_the_command_draws_a_nonce_once_and_takes_it_from_an_earlier_dossier_or_bag(tmp_path: Path) -> None:
    one, two, bag = tmp_path / "1.json", tmp_path / "2.json", tmp_path / "bag"

    assert call("receipt", BAD, *AS_OF, "--output", one).exit_code == 0
    assert call("archive", BAD, *AS_OF, "--earlier", one, "--output", bag).exit_code == 0
    assert call("receipt", BAD, *AS_OF, "--earlier", bag, "--output", two).exit_code == 0
    alone = call("receipt", BAD, *AS_OF, "--earlier", one, "--fingerprints")

    assert one.read_bytes() == two.read_bytes()
    assert read_bag(bag).nonce == json.loads(one.read_text("utf-8"))["nonce"]
    assert json.loads(alone.stdout) == json.loads(one.read_text("utf-8"))["receipt"]
    assert alone.stderr == ""


def test_a_receipt_alone_whose_nonce_is_kept_nowhere_says_so() -> None:
    result = call("receipt", BAD, *AS_OF, "--fingerprints")

    assert result.exit_code == 0
    assert "--earlier" in result.stderr


def test_the_nonce_of_another_record_is_refused(tmp_path: Path) -> None:
    call("receipt", GOOD, *AS_OF, "--output", tmp_path / "1.json")

    for command in (["receipt"], ["archive"]):
        result = call(*command, BAD, *AS_OF, "--earlier", tmp_path / "1.json", "--output", tmp_path / "2")
        assert isinstance(result.exception, dp.UnusableArgument)
        assert not (tmp_path / "2").exists()


def test_an_earlier_dossier_of_form_1_has_no_nonce_and_a_fresh_one_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(dossier_of_form_1().to_json(), encoding="utf-8")

    assert (
        call(
            "receipt", BAD, *AS_OF, "--earlier", tmp_path / "1.json", "--output", tmp_path / "2.json"
        ).exit_code
        == 0
    )

    assert Dossier.from_json((tmp_path / "2.json").read_text("utf-8")).nonce is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("record"),
        lambda data: data.update(record=data["record"].replace("政府", "人民政府", 1)),
        lambda data: data.update(record=dp.seal(dp.check(dp.load_decision(BAD), as_of=DAY)).record),
        lambda data: data.update(nonce="0" * 64),
    ],
    ids=["left out", "altered", "that of the record in hand", "another nonce"],
)
def test_a_nonce_of_which_nobody_can_tell_whose_it_is_is_refused(
    change: Callable[[dict[str, Any]], object], tmp_path: Path
) -> None:
    data = json.loads(dp.seal(dp.check(dp.load_decision(GOOD), as_of=DAY)).to_json())
    change(data)
    (tmp_path / "1.json").write_text(json.dumps(data), encoding="utf-8")

    for record in (BAD, GOOD):
        result = call("receipt", record, *AS_OF, "--earlier", tmp_path / "1.json", "--output", tmp_path / "2")
        assert isinstance(result.exception, dp.UnusableArgument)
        assert not (tmp_path / "2").exists()
