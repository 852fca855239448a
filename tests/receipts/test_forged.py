"""A dossier whose texts are forged together with their fingerprints: refused with the place, never a crash."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest
from conftest import DAY, EXAMPLES
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.keeping.receipts.differences import rule_differences
from decision_procedure.keeping.receipts.digests import Digest
from decision_procedure.keeping.receipts.forms import Dossier

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
NO_REPORT = {
    "nothing": "", "a blank": " ", "no JSON": "{", "two texts": "{} {}", "a list": "[]", "a text": '"verdicts"',
    "null": "null", "a number": "1", "no verdicts": "{}", "verdicts that are none": '{"verdicts": 3}',
    "a verdict without its duty": '{"verdicts": [{"act": null, "outcome": "violated"}]}',
    "a duty that is a number": '{"verdicts": [{"duty": 1, "act": null, "outcome": "violated"}]}',
    "an act that is a list": '{"verdicts": [{"duty": "a.1", "act": [], "outcome": "violated"}]}',
    "an outcome that is a mapping": '{"verdicts": [{"duty": "a.1", "act": null, "outcome": {}}]}',
    "verdicts in a mapping": '{"verdicts": {"a": 1}}', "deep": "[" * 100_000, "deep and closed": "[" * 5_000 + "]" * 5_000,
    "a key used twice": '{"verdicts": [], "verdicts": []}', "not a number": '{"verdicts": [NaN]}',
    "a long number": '{"verdicts": [' + "9" * 5_000 + "]}", "half a character": '{"verdicts": ["\\ud800"]}',
    "NUL": '{"verdicts": ["\\u0000"]}',
}  # fmt: skip


@lru_cache
def dossier() -> Dossier:
    return dp.seal(dp.check(dp.load_decision(BAD), as_of=DAY))


def forged(**texts: str) -> str:
    """Return a dossier in which these texts stand, with fingerprints that fit them."""
    data = json.loads(dossier().to_json())
    for name, text in texts.items():
        data[name] = text
        digest = Digest.of(bytes.fromhex(data["nonce"]) + text.encode("utf-8", "surrogatepass"))
        data["receipt"][name] = {"sha256": digest.sha256, "sm3": digest.sm3}
    return json.dumps(data)


@pytest.mark.parametrize("text", NO_REPORT.values(), ids=NO_REPORT)
def test_a_forged_report_is_refused_with_its_place(text: str, tmp_path: Path) -> None:
    (tmp_path / "dossier.json").write_text(forged(report=text), encoding="utf-8")

    with pytest.raises(dp.UnusableInput) as caught:
        dp.replay(Dossier.from_json(forged(report=text)))
    result = CliRunner().invoke(app, ["replay", str(tmp_path / "dossier.json")])

    assert {fault.file for fault in caught.value.faults} == {"report"}
    assert isinstance(result.exception, dp.UnusableInput)


def test_what_is_wrong_in_a_dossier_is_told_in_the_words_of_the_project() -> None:
    data = json.loads(dossier().to_json())
    del data["receipt"]["as_of"]
    data["receipt"] |= {"assume_complete": "no", "further": 1}

    with pytest.raises(dp.UnusableInput) as caught:
        Dossier.from_json(json.dumps(data))
    with pytest.raises(dp.UnusableInput) as kept:
        dp.replay(Dossier.from_json(forged(report='{"verdicts": 3}')))

    told = {fault.key: (fault.zh, fault.en) for fault in caught.value.faults}
    assert told["receipt.as_of"] == ("缺少此项", "this key is missing")
    assert told["receipt.assume_complete"] == ("应为 true 或者 false", "should be true or false")
    assert told["receipt.further"] == ("没有此键：further", "no such key: further")
    assert [(fault.zh, fault.en) for fault in kept.value.faults] == [
        ("不是报告：应为列表", "no report: should be a list")
    ]


@pytest.mark.parametrize("text", NO_REPORT.values(), ids=NO_REPORT)
def test_a_forged_record_is_refused_whether_or_not_another_is_given(text: str) -> None:
    found = Dossier.from_json(forged(record=text))

    with pytest.raises(dp.UnusableInput):
        dp.replay(found)
    if text not in (
        '"verdicts"',
        "null",
        "1",
        "[]",
        "{}",
        *(one for one in NO_REPORT.values() if one[:1] == "{"),
    ):
        with pytest.raises(dp.UnusableInput):
            dp.replay(found, record=dp.load_decision(BAD))


def test_a_byte_order_mark_before_a_text_changes_nothing_but_its_fingerprint() -> None:
    texts = {"report": dossier().report or "", "record": dossier().record or ""}

    for name, text in texts.items():
        result = dp.replay(Dossier.from_json(forged(**{name: "\ufeff" + text})))
        assert {change.kind for change in result.changes} <= {"report", "record"}
        assert dp.replay(Dossier.from_json(forged(**{name: text}))).faithful


def test_a_byte_order_mark_before_the_dossier_is_taken(tmp_path: Path) -> None:
    (tmp_path / "dossier.json").write_text("\ufeff" + dossier().to_json(), encoding="utf-8")

    assert CliRunner().invoke(app, ["replay", str(tmp_path / "dossier.json")]).exit_code == 0


@pytest.mark.parametrize("text", NO_REPORT.values(), ids=NO_REPORT)
def test_a_text_of_the_dossier_in_place_of_the_dossier_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "dossier.json").write_text(text, encoding="utf-8")

    for command in (["replay", "dossier.json"], ["ledger", "append", "ledger", "--new", "dossier.json"]):
        words = [
            str(tmp_path / word) if word in ("dossier.json", "ledger") and word != command[0] else word
            for word in command
        ]
        result = CliRunner().invoke(app, words)
        assert isinstance(result.exception, dp.UnusableInput)


def test_laws_of_many_equal_lines_are_not_held_against_each_other_line_by_line() -> None:
    before = "[\n" + "a\nb\n" * 50_000
    after = "[\n" + "b\na\n" * 50_000

    found = rule_differences(before, after, "x.yaml")

    assert [(item.line, item.before, item.after) for item in found] == [(2, "100000 lines", "100000 lines")]


def test_a_change_in_a_long_text_is_still_told_by_its_line() -> None:
    lines = ["- [", *(f"line {number}" for number in range(50_000))]
    after = [*lines[:700], "other", *lines[701:]]

    (found,) = rule_differences("\n".join(lines), "\n".join(after), "x.yaml")

    assert (found.line, found.before, found.after) == (701, "line 699", "other")


def test_a_text_that_only_grows_or_shrinks_is_told_by_its_lines() -> None:
    (come,) = rule_differences("[\na", "[\na\nb", "x.yaml")
    (gone,) = rule_differences("[\na\nb", "[\nb", "x.yaml")

    assert (come.line, come.before, come.after) == (3, None, "b")
    assert (gone.line, gone.before, gone.after) == (2, "a", None)


@pytest.mark.parametrize("rules", [{}, {"cn/cn-713.yaml": "a: 1"}, {"cn/no-such.yaml": "a: 1"}])
def test_law_is_never_called_verified_where_the_receipt_binds_none(rules: dict[str, str]) -> None:
    data = json.loads(dossier().to_json())
    data["receipt"]["rules"], data["rules"] = {}, rules

    checks = dp.replay(Dossier.from_json(json.dumps(data))).checks

    assert ("law", "failed" if rules else "absent") in checks
