"""Replay: the same bytes, or the name of what changed."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import call
from conftest import DAY, EXAMPLES

import decision_procedure as dp
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.keeping.receipts.canonical import canonical_json
from decision_procedure.keeping.receipts.differences import data_differences, rule_differences
from decision_procedure.keeping.receipts.digests import Digest
from decision_procedure.keeping.receipts.ed25519 import ed25519_signer, ed25519_verifier
from decision_procedure.keeping.receipts.forms import Dossier
from decision_procedure.keeping.receipts.replaying import Change
from decision_procedure.keeping.receipts.sealing import Seal
from decision_procedure.results.first_reports import as_schema_1

PACKAGE = Path(dp.__file__).parent
BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
RECORDS = sorted(EXAMPLES.rglob("*.yaml"))


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return dp.seal(dp.check(dp.load_decision(BAD), as_of=DAY))


def changed(dossier: Dossier, **parts: Any) -> Dossier:
    data = json.loads(dossier.to_json())
    data["receipt"] |= parts
    return Dossier.from_json(json.dumps(data))


@pytest.mark.parametrize("path", RECORDS, ids=[path.stem for path in RECORDS])
def test_every_worked_record_replays_to_the_same_bytes(path: Path) -> None:
    sealed = dp.seal(dp.check(dp.load_decision(path), as_of=DAY, assume_complete=True))

    result = dp.replay(Dossier.from_json(sealed.to_json()))

    assert result.same
    assert result.changes == ()
    assert result.faithful


def replay_with(package: Path, dossier: Dossier, folder: Path) -> subprocess.CompletedProcess[str]:
    file = folder / "dossier.json"
    file.write_text(dossier.to_json(), encoding="utf-8")
    code = "from decision_procedure.cli.main import run; run()"
    return subprocess.run(
        [sys.executable, "-c", code, "replay", str(file), "--lang", "en"],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(package.parent)},
    )  # fmt: skip


def test_a_changed_number_in_a_pack_is_named_with_file_and_line(dossier: Dossier, tmp_path: Path) -> None:
    package = tmp_path / "decision_procedure"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    pack = package / "rules" / "cn" / "cn-713.yaml"
    lines = pack.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(i for i, line in enumerate(lines) if "value: 30, unit: 日" in line)
    lines[number] = lines[number].replace("value: 30", "value: 20")
    pack.write_text("".join(lines), encoding="utf-8")

    result = replay_with(package, dossier, tmp_path)

    assert result.returncode == 1, result.stderr
    named = [line for line in result.stdout.splitlines() if line.startswith("the law changed")]
    assert len(named) == 1
    assert f"cn/cn-713.yaml:{number + 1}: duties[15.1c].params.days.value: 30 → 20" in named[0]
    assert "cn-713.15.1c@comment" in result.stdout
    assert "the engine changed" not in result.stdout


def test_a_changed_comment_in_a_pack_is_named_and_the_bytes_are_the_same(
    dossier: Dossier, tmp_path: Path
) -> None:
    package = tmp_path / "decision_procedure"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    with (package / "rules" / "register.yaml").open("a", encoding="utf-8") as pack:
        pack.write("# a remark\n")

    result = replay_with(package, dossier, tmp_path)

    assert result.returncode == 0, result.stderr
    assert "the same bytes" in result.stdout
    assert "the law changed: register.yaml:" in result.stdout


def test_a_changed_record_is_named_by_its_field(dossier: Dossier) -> None:
    data = json.loads(dossier.record or "")
    next(act for act in data["acts"] if act["id"] == "comment")["end"] = "2024-04-30"

    result = dp.replay(dossier, record=dp.parse_decision(json.dumps(data)))

    assert not result.same
    assert not result.faithful
    assert (
        Change("record", "record", "acts[comment].end", None, '"2024-03-24"', '"2024-04-30"')
        in result.changes
    )
    assert any(change.kind == "report" and "15.1c" in change.name for change in result.changes)


def in_schema_1(dossier: Dossier, **changes: Any) -> Dossier:
    """The dossier as it was made when reports were of schema 1."""
    text = canonical_json(as_schema_1(json.loads(dossier.report or "")) | changes).decode()
    digest = Digest.behind(dossier.nonce or "", text)
    return replace(dossier, report=text, receipt=replace(dossier.receipt, report=digest))


def test_what_was_bound_when_reports_were_of_schema_1_replays_to_the_same_bytes(dossier: Dossier) -> None:
    first = in_schema_1(dossier)

    assert "—cn-713" in (first.report or "")
    assert dp.replay(first).faithful
    assert dp.replay(replace(first, report=None)).same


def test_a_report_of_schema_1_that_says_something_else_is_told_by_what_differs_alone(
    dossier: Dossier,
) -> None:
    result = dp.replay(in_schema_1(dossier, plans=["decide"]))

    assert result.changes == (Change("report", "report", "plans"),)


def test_a_changed_calendar_and_a_changed_engine_are_named(dossier: Dossier) -> None:
    engines = {**dossier.receipt.engines, "durable-rules": "1.0"}
    other = {"sha256": "0" * 64, "sm3": "0" * 64}

    result = dp.replay(changed(dossier, engines=engines, calendar=other, calendar_version="1.0"))

    assert result.same
    assert {(change.kind, change.name) for change in result.changes} == {
        ("engine", "durable-rules"), ("calendar", "data"), ("calendar", "version")
    }  # fmt: skip


def test_an_altered_dossier_is_not_faithful_even_if_its_report_comes_out(dossier: Dossier) -> None:
    data = json.loads(dossier.to_json())
    data["record"] = data["record"].replace('"acts":', '"acts": ')

    result = dp.replay(Dossier.from_json(json.dumps(data)))

    assert result.same
    assert not result.faithful
    assert result.changes == (Change("altered", "record"),)


def test_a_bare_receipt_replays_with_the_record_and_the_nonce_given(dossier: Dossier) -> None:
    bare = Dossier(dossier.receipt, nonce=dossier.nonce)

    with pytest.raises(UnusableArgument):
        dp.replay(bare)
    with pytest.raises(UnusableArgument, match="without its nonce"):
        dp.replay(Dossier(dossier.receipt), record=dp.load_decision(BAD))

    assert dp.replay(bare, record=dp.load_decision(BAD)).faithful


def test_a_replay_says_what_was_verified_and_what_not(dossier: Dossier) -> None:
    result = dp.replay(dossier)

    assert result.checks == dossier.checks()
    assert list(result.lines("zh")) == [
        "复核一致",
        "已核对，相符：案卷、报告、法律规则",
        "未核对：是否已登入核查登记簿（请与核查登记簿对照）",
        "没有：签名",
    ]
    assert list(result.lines("en")) == [
        "the same bytes come out",
        "verified: the record, the report, the law",
        "not verified: whether a ledger holds the receipt (hold it against the ledger)",
        "not there: the signature",
    ]


@pytest.mark.parametrize(
    ("signed", "asked", "state"),
    [
        (False, None, "absent"), (False, 0, "failed"),
        (True, None, "unchecked"), (True, 0, "verified"), (True, 1, "failed"),
    ],
)  # fmt: skip
def test_whether_the_signature_was_checked_is_said_and_one_that_fails_is_not_faithful(
    signed: bool, asked: int | None, state: str, dossier: Dossier
) -> None:
    keys = [ed25519_signer(bytes([number] * 32)) for number in range(2)]
    verifier = None if asked is None else ed25519_verifier(keys[asked][1])
    signature = Seal(signer=keys[0][0], key="k").signed(dossier.receipt) if signed else None

    result = dp.replay(replace(dossier, signature=signature), verifier=verifier)

    assert ("signature", state) in result.checks
    assert result.same
    assert result.faithful is (state != "failed")


def test_a_dossier_whose_texts_were_left_out_says_so(dossier: Dossier) -> None:
    bare, no_nonce = replace(dossier, record=None, rules={}), replace(dossier, nonce=None)

    assert {("record", "absent"), ("law", "absent"), ("report", "verified")} <= {*bare.checks()}
    assert {("record", "unchecked"), ("law", "verified"), ("report", "unchecked")} <= {*no_nonce.checks()}


def test_a_dossier_with_a_broken_record_is_unusable_input(dossier: Dossier) -> None:
    data = json.loads(dossier.to_json()) | {"record": '{"schema": 1}'}

    with pytest.raises(UnusableInput):
        dp.replay(Dossier.from_json(json.dumps(data)))


def test_a_day_that_does_not_exist_is_an_error_of_arguments(dossier: Dossier) -> None:
    with pytest.raises(UnusableArgument):
        dp.replay(changed(dossier, as_of="2024-02-31"))


def test_differences_name_what_came_went_and_changed() -> None:
    before = {"a": 1, "b": [{"id": "x", "n": 1}, {"id": "y"}], "c": [1, 2]}
    after = {"a": True, "b": [{"id": "y"}, {"id": "x", "n": 2}], "c": [1], "d": None}

    found = [(item.path, item.before, item.after) for item in data_differences(before, after)]

    assert found == [("a", "1", "true"), ("b[x].n", "1", "2"), ("c[1]", "2", None), ("d", None, "null")]


def test_a_rule_that_went_is_named_by_the_line_where_it_stood() -> None:
    before, after = "duties:\n- id: a\n  n: 1\n- id: b\n", "duties:\n- id: b\n"

    (found,) = rule_differences(before, after, "x.yaml")

    assert (found.path, found.line, found.after) == ("duties[a]", 2, None)


def test_texts_that_are_no_yaml_are_compared_by_line() -> None:
    (found,) = rule_differences("a: [\nb\n", "a: [\nc\n", "x.yaml")

    assert (found.line, found.before, found.after) == (2, "b", "c")


def test_a_change_is_told_in_both_languages_on_one_line() -> None:
    change = Change("law", "a.yaml", "x", 3, "1\n2", None)

    assert change.text("zh") == "法律规则有变: a.yaml:3: x: 1 2 → ∅"
    assert change.text("en") == "the law changed: a.yaml:3: x: 1 2 → ∅"


def notice(tmp_path: Path, *, year: int = 2027) -> Path:
    path = tmp_path / f"{year}.yaml"
    path.write_text(f"年度: {year}\n来源: 示例（虚构）通知\n放假日: [{year}-01-01..{year}-01-03]\n", "utf-8")
    return path


def sent_at_the_end_of_2026() -> dp.Decision:
    data = yaml.safe_load((EXAMPLES / "invented" / "示例县-全部合规.yaml").read_text("utf-8"))
    days = {"legality_review": "2026-12-24", "submission": "2027-01-05", "deliberation": "2027-01-06", "decision": "2027-01-06"}  # fmt: skip
    data["acts"] = [act for act in data["acts"] if act["id"] in BEFORE or act["kind"] in days]
    for act in data["acts"]:
        if act["kind"] in days:
            act |= {"date": days[act["kind"]]} | (
                {"sent": "2026-12-24", "date": "2026-12-25"} if "sent" in act else {}
            )
    data["complete"]["up_to"] = data["stated_on"] = "2027-01-10"
    return dp.decision(data)


BEFORE = ("study", "start", "drafting", "comment", "group", "handling", "experts", "risk", "fcr", "consult")


def test_a_receipt_names_the_notice_of_holidays_and_a_replay_counts_by_it(tmp_path: Path) -> None:
    record = sent_at_the_end_of_2026()
    without = dp.check(record, as_of="2027-01-10")
    with dp.holidays(notice(tmp_path)):
        report = dp.check(record, as_of="2027-01-10")
    outcomes = [[item.outcome for item in one.about("cn-713.26.2")] for one in (without, report)]

    dossier = dp.seal(report)
    kept = Dossier.from_json(dossier.to_json())
    result = dp.replay(kept)

    assert outcomes == [["undetermined"], ["satisfied"]]
    assert [(item.year, item.source) for item in kept.receipt.notices] == [(2027, "示例（虚构）通知")]
    assert result.faithful
    assert "2027年的节假日按所附放假安排：示例（虚构）通知" in result.lines()
    assert dp.seal(without).receipt.notices == ()
    assert "notices" not in json.loads(dp.seal(without).to_json())["receipt"]


def test_evidence_read_after_the_notice_was_in_use_counts_as_the_check_did(tmp_path: Path) -> None:
    with dp.holidays(notice(tmp_path)):
        report = dp.check(sent_at_the_end_of_2026(), as_of="2027-01-10")
    arrived = pickle.loads(pickle.dumps(report))  # noqa: S301

    for one in (report, arrived):
        (counts,) = dp.counted_days(one, "cn-713.26.2")
        assert counts.number == sum(day.counts for day in counts.days) == 7


@pytest.mark.parametrize("options", [{}, {"processes": 1}, {"executor": True}])
def test_many_records_are_counted_with_the_notice_in_use_wherever_they_are_checked(
    tmp_path: Path, options: dict[str, Any]
) -> None:
    with ExitStack() as stack:
        if "executor" in options:
            options = {"executor": stack.enter_context(ThreadPoolExecutor(1))}
        with dp.holidays(notice(tmp_path)):
            found = dp.check_many([sent_at_the_end_of_2026()], as_of="2027-01-10", **options)

        (report,) = found

    assert [item.outcome for item in report.about("cn-713.26.2")] == ["satisfied"]


def test_the_command_checks_with_a_notice_of_holidays(tmp_path: Path) -> None:
    record = tmp_path / "r.yaml"
    record.write_text(sent_at_the_end_of_2026().to_yaml(), "utf-8")
    given = ("check", record, "--as-of", "2027-01-10", "--format", "jsonl")

    found = [json.loads(call(*given, *more).stdout) for more in ((), ("--calendar", notice(tmp_path)))]

    assert [
        [item["outcome"] for item in data["verdicts"] if item["duty"] == "cn-713.26.2"] for data in found
    ] == [["undetermined"], ["satisfied"]]


@pytest.mark.parametrize(
    "change",
    [
        {"year": 2028},
        {"year": "2027"},
        {"holidays": ["2027-13-01"]},
        {"holidays": ["2027-01-01", "2200-01-01"]},
        {"holidays": ["2026-03-02"]},
        {"holidays": []},
        {"make_up_days": ["2027-01-01"]},
        {"make_up_days": ["2027-01-04"]},
        {"source": ""},
        {"more": 1},
    ],
)
def test_a_receipt_with_a_notice_that_is_none_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with dp.holidays(notice(tmp_path)):
        report = dp.check(dp.load_decision(BAD), as_of=DAY)
    data = json.loads(dp.seal(report).to_json())
    data["receipt"]["notices"][0] |= change

    with pytest.raises((UnusableInput, UnusableArgument)):
        dp.replay(Dossier.from_json(json.dumps(data)))


def test_a_replay_says_that_a_notice_differs_from_the_one_known_of_that_year() -> None:
    data = json.loads(dp.seal(dp.check(dp.load_decision(BAD), as_of=DAY)).to_json())
    data["receipt"]["notices"] = [
        {"year": 2024, "source": "示例", "holidays": ["2024-01-01", "2024-03-04"], "make_up_days": []}
    ]

    lines = "".join(dp.replay(Dossier.from_json(json.dumps(data))).lines())

    assert "2024年的节假日按所附放假安排：示例（与本库所知该年安排有" in lines
