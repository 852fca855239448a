"""A county's own instrument in everything that is made of a report: receipts, archives, pictures, other processes."""

from __future__ import annotations

import pickle
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from county_samples import COUNTY_RULES, STRICT, county_folder, county_record
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.law.applicable import Law, standard_law

NAME = "cn-999901/example-county.yaml"
DAY = date(2024, 9, 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return county_folder(tmp_path)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return county_record(tmp_path)


@pytest.fixture
def law(folder: Path) -> Law:
    return dp.load_law(folder)


@pytest.fixture
def report(record: Path, law: Law) -> dp.Report:
    return dp.check(dp.load_decision(record), as_of=DAY, law=law)


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_many_records_are_checked_by_the_law_of_the_county_in_other_threads_and_processes(
    pool: type[Executor], report: dp.Report, law: Law
) -> None:
    records = [report.decision] * 20

    with pool(2) as executor:  # type: ignore[call-arg]
        found = [*dp.check_many(records, as_of=DAY, law=law, executor=executor)]

    assert [item.to_json() for item in found] == [report.to_json()] * 20
    assert [verdict.outcome for verdict in found[-1].about("example-county.3")] == ["violated"]


def test_a_law_that_was_pickled_is_loaded_once_and_says_the_same(law: Law, report: dp.Report) -> None:
    one, other = pickle.loads(pickle.dumps(law)), pickle.loads(pickle.dumps(law))  # noqa: S301

    assert one is other
    assert dict(one.texts()) == dict(law.texts())
    assert one.register is standard_law().register
    assert {pack for pack in one.packs if pack not in standard_law().packs} != set()
    assert dp.check(report.decision, as_of=DAY, law=one).to_json() == report.to_json()


def test_the_law_that_ships_is_pickled_by_name_alone() -> None:
    text = pickle.dumps(standard_law())

    assert len(text) < 2000
    assert pickle.loads(text).packs == standard_law().packs  # noqa: S301


def test_an_instrument_changed_after_it_was_loaded_is_not_taken_for_its_file(law: Law) -> None:
    changed = Law(tuple(replace(pack, rules=pack.rules[:1]) for pack in law.packs))

    for use in (pickle.dumps, lambda it: dict(it.texts())):
        with pytest.raises(dp.UnusableArgument, match="changed after it was loaded"):
            use(changed)


def test_the_receipt_binds_the_files_of_the_county_and_all_that_ship(report: dp.Report, law: Law) -> None:
    plain = dp.seal(dp.check(report.decision, as_of=DAY))

    dossier = dp.seal(report, law=law)

    assert dossier.receipt.rules.keys() - plain.receipt.rules.keys() == {NAME}
    assert plain.receipt.rules.items() <= dossier.receipt.rules.items()
    assert dossier.rules[NAME] == (COUNTY_RULES / STRICT).read_text(encoding="utf-8")
    assert not [*dossier.altered()]


def test_a_receipt_holds_the_law_of_the_county_because_the_report_knows_it(
    report: dp.Report, law: Law
) -> None:
    assert dp.replay(dp.seal(report), law=law).faithful


def test_a_replay_without_the_rules_of_the_county_says_what_is_missing(report: dp.Report, law: Law) -> None:
    dossier = dp.seal(report, law=law)

    without, with_them = dp.replay(dossier), dp.replay(dossier, law=law)

    assert not without.faithful
    assert ("missing", NAME) in {(change.kind, change.name) for change in without.changes}
    assert ("report", "example-county.3@c") in {(change.kind, change.name) for change in without.changes}
    assert with_them.faithful
    assert with_them.changes == ()


def test_a_replay_by_changed_rules_names_the_line_that_changed(
    report: dp.Report, law: Law, folder: Path
) -> None:
    dossier = dp.seal(report, law=law)
    text = (folder / STRICT).read_text(encoding="utf-8")
    (folder / STRICT).write_text(text.replace("value: 45", "value: 30"), encoding="utf-8")

    replayed = dp.replay(dossier, law=dp.load_law(folder))

    (change,) = [change for change in replayed.changes if change.name == NAME]
    assert (change.kind, change.before, change.after) == ("law", "45", "30")
    assert change.line is not None
    assert "value: 45" in text.splitlines()[change.line - 1]


def test_the_archive_keeps_the_rules_of_the_county_and_replays_by_its_own_copy(
    report: dp.Report, law: Law, tmp_path: Path
) -> None:
    bag = tmp_path / "bag"

    dp.archive(report, bag, bagged_on=DAY, law=law)

    from decision_procedure.keeping.archive import read_bag

    kept = dp.load_law(bag / "data" / "rules" / "cn-999901")
    assert dp.replay(read_bag(bag), law=kept).faithful
    assert "示例县重大行政决策征求意见规定" in (bag / "data" / "report" / "report.zh.txt").read_text("utf-8")


def run(*words: Any) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_commands_on_receipts_take_the_rules(folder: Path, record: Path, tmp_path: Path) -> None:
    dossier, options = tmp_path / "dossier.json", ("--as-of", DAY, "--rules", folder)

    assert run("receipt", record, *options, "--output", dossier)[0] == 0

    status, text = run("replay", dossier, "--rules", folder)
    assert (status, text.splitlines()[0]) == (0, "复核一致")
    status, text = run("replay", dossier)
    assert status == 1
    assert f"未载入回执所依据的规则文件: {NAME}" in text
    assert run("archive", record, *options, "--output", tmp_path / "bag", "--bagged-on", DAY)[0] == 0
    assert (tmp_path / "bag" / "data" / "rules" / NAME).is_file()


@pytest.mark.parametrize("command", ["test", "coverage", "mutate"])
def test_the_rules_of_a_folder_are_held_against_their_examples(command: str, folder: Path) -> None:
    status, text = run("rules", command, "--rules", folder)
    by_name = run("rules", command, "example-county", "--rules", folder)

    assert status == 0
    assert "example-county：" in text
    assert "cn-713: " not in text
    assert by_name == (status, text)


def test_an_instrument_of_the_county_may_use_the_steps_of_another_of_its_instruments(folder: Path) -> None:
    text = (folder / STRICT).read_text(encoding="utf-8").replace("id: example-county", "id: other-county")
    (folder / "other.yaml").write_text(text.replace("[cn-713]", "[cn-713, example-county]"), encoding="utf-8")

    status, text = run("rules", "test", "other-county", "--rules", folder)

    assert status == 0, text


@pytest.mark.parametrize("form", ["html", "docx", "review-sheet", "xlsx", "sarif", "ocel", "csv"])
def test_every_format_is_written_by_the_law_of_the_county(
    form: str, folder: Path, record: Path, tmp_path: Path
) -> None:
    written = []
    for rules in (["--rules", folder], []):
        output = tmp_path / f"{len(written)}.{form}"
        status, text = run("report", record, "--format", form, "--as-of", DAY, "--output", output, *rules)
        assert status in (0, 1), text
        written.append(output.read_bytes())

    assert written[0] != written[1]


@pytest.mark.parametrize("kind", ["status", "procedure", "timeline", "trail"])
def test_every_picture_shows_the_instrument_of_the_county(kind: str, report: dp.Report, law: Law) -> None:
    sources: dict[str, Any] = {
        "procedure": report.decision,
        "trail": dp.trail(report, law),
    }

    text = "".join(dp.diagram(sources.get(kind, report), kind=kind, law=law).svgs())

    shown = {"timeline": "应满45日", "procedure": "征求意见规定"}
    assert shown.get(kind, "example-county.3") in text


def test_the_demo_goes_by_the_rules_too(folder: Path) -> None:
    text = (folder / STRICT).read_text(encoding="utf-8")
    (folder / STRICT).write_text(
        text.replace('"999901"', "cn").replace("when: traits.wide_reach", ""), encoding="utf-8"
    )

    status, shown = run("demo", "--rules", folder)

    assert status == 0
    assert "example-county.3" in shown
