"""Properties that hold on every worked record."""

from __future__ import annotations

import copy
import inspect
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, EXAMPLES, HANGS, act, report, without
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure import rules
from decision_procedure.law.applicable import Law, load_packs
from decision_procedure.model.vocabulary import LABELS
from decision_procedure.sources import read_yaml
from tools.fuzz.removing import Spot, removed, spots

ROOT = EXAMPLES.parent
RECORDS = {
    path.stem: read_yaml(path.read_text(encoding="utf-8"), path.name).data
    for path in sorted(EXAMPLES.rglob("*.yaml"))
}
NAMED = ("acts", "documents", "people", "units")
# Every act the record needs, and the duty that its removal breaches while the record says that it is complete.
REQUIRED = {
    "study": "10.0", "start": "10.0-start", "draft": "12.1", "consult": "13a", "experts": "19.1", "risk": "22.1",
    "review": "25.1a", "meeting": "30.1a", "party": "31",
}  # fmt: skip


def violated(found: dp.Report) -> set[tuple[str, str | None]]:
    return {(verdict.duty, verdict.act) for verdict in found.of("violated")}


def readable(data: dict[str, Any]) -> dp.Decision | None:
    """Return the record; None where what was removed was needed to say anything at all, such as a unit's name."""
    try:
        return dp.parse_decision(json.dumps(data))
    except dp.UnusableInput:
        return None


def _is_there(data: Any, spot: Spot) -> bool:
    """Say whether a part of the whole record is still in one of which other parts were removed."""
    for key in spot:
        if (isinstance(data, dict) and key in data) or (
            isinstance(data, list) and isinstance(key, int) and key < len(data)
        ):
            data = data[key]
        else:
            return False
    return True


@pytest.mark.parametrize("name", [name for name in RECORDS if name != "示例县-办公会代替常务会"])
def test_removing_any_one_part_with_the_statements_that_cover_it_adds_no_violated_verdict(name: str) -> None:
    before = violated(report(RECORDS[name]))
    smaller = {spot: removed(RECORDS[name], spot) for spot in spots(RECORDS[name])}
    usable = {spot: decision for spot, data in smaller.items() if (decision := readable(data))}

    for spot, decision in usable.items():
        assert violated(dp.check(decision, as_of=DAY)) <= before, spot

    assert len(usable) > len(smaller) / 2


@given(st.sampled_from(sorted(RECORDS)), st.randoms(use_true_random=False))
@settings(max_examples=120)
def test_removing_several_parts_with_the_statements_that_cover_them_adds_no_violated_verdict(
    name: str, source: random.Random
) -> None:
    data, gone = RECORDS[name], 0
    wanted = source.randint(2, 6)
    for spot in source.sample([*spots(data)], len([*spots(data)])):
        smaller = removed(data, spot) if _is_there(data, spot) else None
        if smaller is not None and readable(smaller):
            data, gone = smaller, gone + 1
        if gone == wanted:
            break

    assert gone >= 2
    assert violated(report(data)) <= violated(report(RECORDS[name]))


@pytest.mark.parametrize("record", ["示例县-全部合规", "示例县-依法不予公开"])
@pytest.mark.parametrize("name", REQUIRED)
def test_removing_a_required_act_with_the_statement_kept_is_violated(record: str, name: str) -> None:
    data = copy.deepcopy(RECORDS[record])
    assert any(item["id"] == name for item in data["acts"])

    found = report(_without(data, name))

    assert {verdict.outcome for verdict in found.about(REQUIRED[name])} == {"violated"}


@given(st.sampled_from(sorted(RECORDS)), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_acts_documents_people_units_and_keys_changes_nothing(
    name: str, source: random.Random
) -> None:
    data = copy.deepcopy(RECORDS[name])

    for part in NAMED:
        source.shuffle(data.get(part, []))

    assert report(_keys_shuffled(data, source)).to_json() == told(name)


@cache
def told(name: str) -> str:
    return report(RECORDS[name]).to_json()


@pytest.mark.parametrize("name", RECORDS)
def test_every_report_is_the_same_after_a_trip_through_json(name: str) -> None:
    assert dp.Report.from_json(told(name)).to_json() == told(name)


def test_cap_mark_a_text_that_was_not_verified_is_never_violated(clean: dict[str, Any]) -> None:
    text = rules.text("cn/cn-713.yaml")
    start = text.index('- id: "31"')
    text = text[:start] + text[start:].replace("bearer: DO", "mark: R\n    bearer: DO", 1)
    law = Law(load_packs([("cn-713.yaml", text)]))
    decision = dp.parse_decision(json.dumps(without(clean, "party")))

    found = dp.check(decision, as_of=DAY, law=law)

    assert caps(found, "31") == ["mark"]


def test_cap_general_in_general_is_never_violated_by_itself(clean: dict[str, Any]) -> None:
    act(clean, "review").update(sent="2024-05-31", date="2024-05-31")
    act(clean, "submit")["date"] = "2024-06-03"

    assert caps(report(clean), "26.2") == ["general"]


def test_cap_implied_an_order_that_no_text_states_is_never_violated(clean: dict[str, Any]) -> None:
    act(clean, "risk")["date"] = "2024-05-20"

    assert caps(report(clean), "order.risk_assessment-review_request") == ["implied"]


def test_cap_no_time_word_an_order_without_a_word_of_time_is_never_violated(clean: dict[str, Any]) -> None:
    act(clean, "start")["date"] = "2024-03-01"

    assert caps(report(clean), "order.initiation-drafting") == ["no_time_word"]


def test_cap_scope_unclear_a_matter_perhaps_out_of_scope_is_never_violated(clean: dict[str, Any]) -> None:
    clean["catalogue"]["listed"] = None
    del clean["traits"]["meets_published_standards"]

    assert caps(report(without(clean, "party")), "31") == ["scope_unclear"]


def test_cap_applicability_uncertain_a_body_perhaps_not_bound_is_never_violated(
    clean: dict[str, Any],
) -> None:
    clean["body"]["kind"] = "party_and_government"

    assert caps(report(without(clean, "party")), "31") == ["applicability_uncertain"]


def test_cap_no_number_in_text_delay_without_a_number_is_never_violated(clean: dict[str, Any]) -> None:
    assert caps(report(without(clean, "published")), "32a") == ["no_number_in_text"]


def test_cap_running_what_began_before_the_decision_and_ended_after_it_is_never_violated(
    clean: dict[str, Any],
) -> None:
    act(clean, "consult")["replied"] = "2024-09-01"

    assert caps(report(clean), "13a") == ["running"]


def test_every_cap_has_a_test_by_its_name() -> None:
    tests = [name for name, item in globals().items() if inspect.isfunction(item)]

    for cap in LABELS["cap"]:
        assert any(name.startswith(f"test_cap_{cap}_") for name in tests), cap


@pytest.mark.parametrize("pool", [None, ThreadPoolExecutor, ProcessPoolExecutor])
def test_many_records_give_the_same_reports_in_the_same_order_by_any_executor(pool: Any) -> None:
    decisions = [dp.parse_decision(json.dumps(data)) for data in RECORDS.values()]

    with nullcontext() if pool is None else pool(2) as executor:
        found = [item.to_json() for item in dp.check_many(decisions, as_of=DAY, executor=executor)]

    assert found == [told(name) for name in RECORDS]


@pytest.mark.parametrize("pool", [None, ThreadPoolExecutor])
def test_many_records_are_read_only_a_bounded_way_ahead(pool: type[Executor] | None) -> None:
    decision = dp.parse_decision(json.dumps(RECORDS["宁津县-2023-阳光大街中修征求意见"]))
    taken = 0

    def endless() -> Iterator[dp.Decision]:
        nonlocal taken
        while True:
            taken += 1
            yield decision

    with nullcontext() if pool is None else ThreadPoolExecutor(2) as executor:
        reports = dp.check_many(endless(), as_of=DAY, executor=executor)
        first = next(reports)

    assert first.title == decision.title
    assert taken <= 512


def test_each_public_function_works_twice_after_every_submodule_was_imported() -> None:
    code = """
import importlib, json, os, pkgutil, sqlite3, sys, tempfile
from datetime import date
from pathlib import Path
import decision_procedure as dp
for module in pkgutil.walk_packages(dp.__path__, "decision_procedure."):
    importlib.import_module(module.name)
records, catalogue, waivers = map(Path, sys.argv[1:4])
path = next(records.rglob("*多处不合规.yaml"))
county, table = next(records.rglob("county/*")), next(records.parent.rglob("how-to/catalogue/*.csv"))
rules = next(records.parent.rglob("rules/cn-44/gd-303.yaml"))
def archived():
    with tempfile.TemporaryDirectory() as folder:
        report = dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))
        dp.archive(report, Path(folder) / "bag", bagged_on=date(2024, 10, 1))
        return sorted(str(file.relative_to(folder)) for file in Path(folder).rglob("*"))
def bag_read():
    with tempfile.TemporaryDirectory() as folder:
        report = dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))
        dp.archive(report, Path(folder) / "bag", bagged_on=date(2024, 10, 1), nonce="0" * 64)
        return dp.read_bag(Path(folder) / "bag")
def ocel_read():
    with tempfile.TemporaryDirectory() as folder:
        log = "".join(dp.as_format([("x", dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)))], "ocel"))
        (Path(folder) / "x.json").write_text(log, "utf-8")
        return list(dp.load_ocel(Path(folder) / "x.json"))
def tabled_database():
    database = sqlite3.connect(":memory:")
    database.executescript("CREATE TABLE t (a); INSERT INTO t VALUES ('y')")
    return database
tabled = tabled_database()
def saved():
    with tempfile.TemporaryDirectory() as folder:
        dp.save(dp.load_decision(path), Path(folder) / "x.yaml")
        return dp.load_decision(Path(folder) / "x.yaml")
def signed():
    signer, key = dp.ed25519_signer(b"k" * 32)
    dossier = dp.seal(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)), signer=signer, key=key)
    return dp.signature_holds(dossier.signature, dossier.receipt.to_bytes(), dp.ed25519_verifier(key))
def asked():
    return dp.questions(dp.check(dp.load_decision(path), as_of="2024-09-30"))
def in_holidays():
    with dp.holidays():
        return len(dp.check(dp.load_decision(path), as_of="2024-09-30").verdicts)
def no_office():
    kept, os.environ["PATH"] = os.environ["PATH"], "none"
    try:
        return dp.as_pdf(b"")
    except dp.UnusableArgument as error:
        return str(error)
    finally:
        os.environ["PATH"] = kept
def checked():
    return dp.check(dp.load_decision(path), as_of="2024-09-30")
calls = {
    "archive": archived,
    "as_pdf": no_office,
    "compare_plans": lambda: dp.compare_plans(dp.plan(checked()), dp.plan(checked(), meetings="每月15日")),
    "faults_since": lambda: dp.faults_since(checked(), checked()),
    "form": lambda: dp.form(dp.load_decision(path), as_of="2024-09-30").left_out,
    "letters": lambda: len(dp.letters(checked(), form="xlsx")) > 0,
    "plan_picture": lambda: dp.plan_picture(dp.plan(checked())).text,
    "slips": lambda: dp.slips(checked()),
    "submitted": lambda: dp.submitted(checked()),
    "what_if": lambda: dp.what_if(checked(), without=["public_participation"]).to_json(),
    "as_excel": lambda: dp.as_excel([("x", dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)))]),
    "as_format": lambda: list(dp.as_format([("x", dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)))], "csv")),
    "cross_faults": lambda: dp.cross_faults(dp.load_law().packs),
    "ed25519_signer": lambda: dp.ed25519_signer(b"k" * 32)[1],
    "ed25519_verifier": lambda: dp.ed25519_verifier(dp.ed25519_signer(b"k" * 32)[1])(b"", b""),
    "inclusion_holds": lambda: dp.inclusion_holds(0, 1, b"h" * 32, [], b"h" * 32),
    "load_waivers": lambda: dp.load_waivers(waivers),
    "read_bag": bag_read,
    "signature_holds": signed,
    "as_html": lambda: dp.as_html(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))),
    "as_review_sheet": lambda: dp.as_review_sheet(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))),
    "as_word": lambda: dp.as_word(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))),
    "load_law": lambda: [pack.head.id for pack in dp.load_law().packs],
    "attach": lambda: dp.attach(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)), dp.load_law()).to_json(),
    "as_text": lambda: dp.as_text(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))),
    "check": lambda: dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)).to_json(),
    "check_catalogue": lambda: dp.check_catalogue(dp.load_catalogue(catalogue)),
    "advise": lambda: dp.advise(dp.load_catalogue(catalogue)),
    "check_many": lambda: [r.to_json() for r in dp.check_many([dp.load_decision(path)], as_of=date(2024, 9, 30))],
    "diagram": lambda: dp.diagram(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))).text,
    "load_catalogue": lambda: dp.load_catalogue(catalogue),
    "load_decision": lambda: dp.load_decision(path),
    "load_ocel": ocel_read,
    "assess": lambda: [body.name for body in dp.assess(county, as_of="2024-12-31")],
    "impact": lambda: dp.impact(dp.load_decision(path), as_of="2024-09-30", newer=dp.load_law()).moves,
    "impact_since": lambda: dp.impact_since(dp.seal(dp.check(dp.load_decision(path), as_of="2024-09-30"))).causes,
    "import_catalogue": lambda: dp.import_catalogue(table).doubts,
    "law_changes": lambda: dp.law_changes(dp.load_law(), dp.load_law()),
    "load_indicators": lambda: dp.load_indicators().title,
    "overview": lambda: [item.body.name for item in dp.overview(dp.assess(county, as_of="2024-12-31"), year=2024).standings()],
    "reconcile": lambda: dp.reconcile(dp.load_catalogue(catalogue), [], as_of="2024-12-31").to_json(),
    "revised_law": lambda: [pack.head.id for pack in dp.revised_law(rules).packs],
    "load_tables": lambda: list(dp.load_tables({"schema": 1, "record": {"table": "t", "columns": {"title": "a"}, "fixed": {"body": "x"}}}, source=tabled)),
    "load_decisions": lambda: [(file, getattr(one, "faults", one)) for file, one in dp.load_decisions([records])],
    "mask": lambda: dp.mask(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)), salt=b"s" * 16).report.to_json(),
    "replay": lambda: dp.replay(dp.seal(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)))).faithful,
    "seal": lambda: dp.seal(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30)), nonce="0" * 64).receipt,
    "step_states": lambda: dp.step_states(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))),
    "trail": lambda: dp.trail(dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))).text("zh"),
    "parse_decision": lambda: dp.parse_decision(path.read_text("utf-8"), json=False),
    "procedure": lambda: sorted(dp.procedure(dp.load_decision(path)).steps),
    "record_schema": dp.record_schema,
    "decision": lambda: dp.decision({"schema": 1, "title": "x", "body": "甲"}),
    "moment": lambda: dp.moment("2024年6月6日"),
    "answer": lambda: dp.answer(dp.load_decision(path), asked()[0], "不清楚"),
    "answered": lambda: dp.answered(dp.load_decision(path), [(asked()[0], None)]),
    "plan": lambda: dp.plan(dp.check(dp.load_decision(path), as_of="2024-09-30")).to_json(),
    "repair": lambda: [way.report.to_json() for way in dp.repair(dp.check(dp.load_decision(path), as_of="2024-09-30"))],
    "counted_days": lambda: dp.counted_days(dp.check(dp.load_decision(path), as_of="2024-09-30"), "cn-713.26.2"),
    "deadlines": lambda: list(dp.deadlines([("x", dp.check(dp.load_decision(path), as_of="2024-09-30"))])),
    "holidays": in_holidays,
    "questions": lambda: dp.questions(dp.check(dp.load_decision(path), as_of="2024-09-30")),
    "save": saved,
    "skeleton": lambda: dp.skeleton(dp.load_decision(path), as_of="2024-09-30"),
    "steps": dp.steps,
    "to_frame": lambda: dp.to_frame([dp.check(dp.load_decision(path), as_of="2024-09-30")]).to_dict(),
}
for name in dp.__all__:
    public = getattr(dp, name)
    assert callable(public) or name == "acts", name
    if name in calls:
        assert calls[name]() == calls[name](), name
no_function = {"acts", "Grade", "Outcome", *(name for name in dp.__all__ if isinstance(getattr(dp, name), type))}
print(*sorted({*dp.__all__} - no_function - {*calls}))
"""
    catalogue = next((ROOT / "catalogs").glob("*.yaml"))

    result = subprocess.run(
        [sys.executable, "-c", code, str(EXAMPLES), str(catalogue), str(ROOT / "docs" / "waivers.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "", "a public function that this test does not call"


def test_the_demo_of_an_installed_wheel_runs_in_an_empty_folder(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)]
    built = subprocess.run(build, capture_output=True, text=True, check=False, timeout=HANGS)
    if built.returncode and ("No matching distribution" in built.stdout or "Connection" in built.stdout):
        pytest.skip("offline: the build backend cannot be fetched")
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    code = "import decision_procedure, sys; print(decision_procedure.__file__, file=sys.stderr); "
    code += "from decision_procedure.cli.main import run; run()"

    result = subprocess.run(
        [sys.executable, "-c", code, "demo"], cwd=empty, env={"PYTHONPATH": str(site), "PATH": ""},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert result.returncode == 0, result.stderr
    assert str(site) in result.stderr
    assert "第三十条第一款" in result.stdout
    assert not list(empty.iterdir())


def caps(found: dp.Report, duty: str) -> list[str]:
    (verdict,) = found.about(f"cn-713.{duty}")
    assert verdict.outcome == "needs_judgement"
    return list(verdict.caps)


def _without(data: dict[str, Any], name: str) -> dict[str, Any]:
    if name == "meeting":
        act(data, "decide").pop("deliberation", None)
    return without(data, name)


def _keys_shuffled(part: Any, source: random.Random) -> Any:
    if isinstance(part, dict):
        names = source.sample(sorted(part), len(part))
        return {name: _keys_shuffled(part[name], source) for name in names}
    return [_keys_shuffled(item, source) for item in part] if isinstance(part, list) else part
