"""A baseline accepts what is there today, and only ever shrinks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import act, report
from hypothesis import given
from hypothesis import strategies as st
from test_fingerprints import bad

import decision_procedure as dp
from decision_procedure.exchange.findings import FindingsView, report_findings, standing
from decision_procedure.results.baseline import Accepted, accept, baseline_text, load_baseline, still_found
from decision_procedure.results.fingerprints import fingerprints, record_key

NAMES = st.text("0123456789abcdef", min_size=32, max_size=32)
ITEMS = st.builds(
    Accepted, fingerprint=NAMES, record=st.sampled_from(["r1", "r2"]), duty=st.just("d"), act=st.none()
)


def accepted_names(items: tuple[Accepted, ...]) -> frozenset[str]:
    return frozenset(item.fingerprint for item in items)


def test_what_a_baseline_accepts_does_not_stand_against_the_record() -> None:
    found = report(bad())

    assert "violated" in standing(found, None)
    assert "violated" not in standing(found, accepted_names(accept(found)))


@pytest.mark.parametrize("form", ["none", "half", "all"])
def test_what_stands_is_what_fails_in_every_format(form: str) -> None:
    found = report(bad())
    names = sorted(accepted_names(accept(found)))
    accepted = {"none": None, "half": frozenset(names[::2]), "all": frozenset(names)}[form]

    rows = report_findings("f", found, FindingsView(least="pending", accepted=accepted))

    assert {row.outcome for row in rows if row.fails} == standing(found, accepted)


def test_a_new_finding_stands_although_the_baseline_accepts_the_old_ones() -> None:
    old = accepted_names(accept(report(bad())))
    data = bad()
    act(data, "comment")["end"] = "2024-03-10"

    assert "violated" in standing(report(data), old)


def test_a_second_finding_just_like_an_accepted_one_is_new() -> None:
    old = accepted_names(accept(report(bad())))
    data = bad()
    twin = {key: value for key, value in act(data, "comment").items() if key != "id"}
    data["acts"].append({**twin, "note": "又一次"})

    assert "violated" in standing(report(data), old)


def test_a_cured_finding_leaves_the_baseline() -> None:
    items = accept(report(bad()))
    data = bad()
    act(data, "comment")["end"] = "2024-04-24"
    found = report(data)

    left = still_found(items, {record_key(found.decision): frozenset(fingerprints(found).values())})

    gone = {(item.duty, item.act) for item in items} - {(item.duty, item.act) for item in left}
    assert ("cn-713.15.1d", "comment") in gone
    assert len(left) < len(items)


def test_what_is_accepted_in_records_that_were_not_checked_remains() -> None:
    items = accept(report(bad()))

    assert still_found(items, {}) == items


@given(st.lists(ITEMS), st.dictionaries(st.sampled_from(["r1", "r2"]), st.frozensets(NAMES)))
def test_a_baseline_never_grows(items: list[Accepted], found: dict[str, frozenset[str]]) -> None:
    left = still_found(items, found)

    assert set(left) <= set(items)
    assert still_found(left, found) == left


@given(st.lists(ITEMS))
def test_a_baseline_file_is_the_same_for_the_same_findings(items: list[Accepted]) -> None:
    text = baseline_text(items)

    assert text == baseline_text([*reversed(items), *items[:1]])
    assert len(json.loads(text)["findings"]) == len(set(items))


def test_a_baseline_comes_back_from_its_file(tmp_path: Path) -> None:
    items = accept(report(bad()))
    path = tmp_path / "baseline.json"
    path.write_text(baseline_text(items), encoding="utf-8")

    assert set(load_baseline(path)) == set(items)


def test_every_fault_of_a_baseline_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "baseline.yaml"
    path.write_text(
        "schema: 1\nfindings:\n- fingerprint: XYZ\n  record: r\n  duty: d\n- record: r\n  duty: d\n",
        encoding="utf-8",
    )

    with pytest.raises(dp.UnusableInput) as error:
        load_baseline(path)

    assert [(fault.line, fault.key) for fault in error.value.faults] == [
        (3, "findings[0].fingerprint"),
        (6, "findings[1].fingerprint"),
    ]


def test_an_undetermined_finding_that_turns_into_a_breach_is_new() -> None:
    data = bad()
    del data["complete"]
    before = report(data)
    open_then = {(v.duty, v.act) for v in before.of("undetermined")}
    after = report(bad())

    new = fingerprints(after).keys() & open_then & {(v.duty, v.act) for v in after.violations}

    assert new
    assert all(fingerprints(after)[target] not in accepted_names(accept(before)) for target in new)
