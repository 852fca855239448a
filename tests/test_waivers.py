"""A waiver stands beside a verdict. Each trap that suppressions fell into elsewhere has its test."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, act, report
from hypothesis import given, settings
from hypothesis import strategies as st
from test_fingerprints import bad

import decision_procedure as dp
from decision_procedure.exchange.findings import FindingsView, finding_text, report_findings
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.results.fingerprints import fingerprints, record_key
from decision_procedure.results.report import SEVERITY
from decision_procedure.results.waivers import (
    NOTES,
    Waiver,
    addressed,
    apply_waivers,
    load_waivers,
    unused_waivers,
    waiver_name,
)
from decision_procedure.wording import say, section

TARGET = ("cn-713.15.1d", "comment")
GRANT = {
    "approver": "示例县人民政府办公室",
    "basis": "应急抢险",
    "date": "2024-03-01",
    "expires": "2024-12-31",
    "document": "示府办函〔2024〕3号",
}


def waiver(**values: Any) -> Waiver:
    return Waiver.model_validate({**GRANT, **values})


def pinned(found: dp.Report, target: tuple[str, str | None] = TARGET, **values: Any) -> Waiver:
    return waiver(finding=fingerprints(found)[target], **values)


def placed(found: dp.Report, target: tuple[str, str | None] = TARGET, **values: Any) -> Waiver:
    return waiver(record=record_key(found.decision), duty=target[0], act=target[1], **values)


def kinds(found: dp.Report) -> list[str]:
    return [note.kind for note in found.waiver_notes]


def waived(found: dp.Report) -> set[tuple[str, str | None]]:
    return {(verdict.duty, verdict.act) for verdict in found.verdicts if verdict.waived}


def recorded(*duties: str) -> dict[str, Any]:
    grants = [
        {"duty": duty, "authority": "示例县人民政府", "basis": "情况说明", "date": "2024-03-01"}
        for duty in duties
    ]
    return {**bad(), "waivers": grants}


# Applied without evaluating (Kyverno #6675, conftest #548).
def test_a_waived_duty_is_still_evaluated_and_keeps_outcome_evidence_and_conclusions() -> None:
    before = report(bad())

    after, notes = apply_waivers(before, [pinned(before)], DAY)

    assert notes == ()
    assert waived(after) == {TARGET}
    assert [v._replace(waived=False) for v in after.verdicts] == list(before.verdicts)
    assert after.conclusions == before.conclusions
    (item,) = after.waivers
    assert (item.approver, item.basis, item.expires, item.document) == (
        GRANT["approver"],
        GRANT["basis"],
        GRANT["expires"],
        GRANT["document"],
    )


def test_a_waiver_of_a_gate_opens_no_gate() -> None:
    before = report(bad())
    gate = next(v for v in before.violations if before.duties[v.duty].effect == "gate")

    after, _ = apply_waivers(before, [pinned(before, (gate.duty, gate.act))], DAY)

    assert (gate.duty, gate.act) in waived(after)
    assert after.gate("deliberation") == before.gate("deliberation")
    assert after.gate("deliberation").state == "closed"


def test_a_waived_breach_is_shown_as_what_it_would_be_and_by_whom_it_is_waived() -> None:
    before = report(bad())
    after, _ = apply_waivers(before, [pinned(before)], DAY)

    shown = next(f for f in report_findings("f", after, FindingsView()) if (f.rule, f.act) == TARGET)

    assert finding_text(shown, "zh").startswith("若无豁免 不合规，已由示例县人民政府办公室豁免（应急抢险")
    assert finding_text(shown, "en").startswith("would be violated, waived by 示例县人民政府办公室 (应急抢险")
    assert shown.outcome == "violated"
    assert not shown.fails


# Matched too widely (Checkov #7647, import-linter #375).
@pytest.mark.parametrize(
    "names",
    [
        {},
        {"duty": "cn-713.15.1d"},
        {"duty": "cn-713.15.1d", "act": "comment"},
        {"record": "RECORD"},
        {"record": "RECORD", "duty": "cn-713.15.1d"},
        {"record": "RECORD", "act": "comment"},
        {"record": "RECORD", "duty": "cn-713.*", "act": "comment"},
        {"record": "RECORD", "duty": "cn-713.15.1d", "act": "*"},
        {"record": "*", "duty": "cn-713.15.1d", "act": "comment"},
    ],
)
def test_a_waiver_that_could_speak_of_more_than_one_finding_waives_nothing_and_is_a_finding(
    names: dict[str, str],
) -> None:
    before = report(bad())
    key = record_key(before.decision)
    wide = waiver(**{name: key if text == "RECORD" else text for name, text in names.items()})

    after, _ = apply_waivers(before, [wide], DAY)

    assert waived(after) == set()
    left = unused_waivers([wide], addressed(after))
    assert [note.kind for note in (*after.waiver_notes, *left)] == ["too_wide"]


def test_a_waiver_never_reaches_another_record_act_or_duty() -> None:
    before = report(bad())
    other = report({**bad(), "title": "另一事项"})
    waivers = [pinned(before), placed(before, ("cn-713.20c", "experts"))]

    after, _ = apply_waivers(other, waivers, DAY)

    assert waived(after) == set()
    assert after.waiver_notes == ()


def test_a_duty_is_named_whole_and_not_by_its_beginning() -> None:
    before = report(bad())

    after, (note,) = apply_waivers(before, [placed(before, ("cn-713.15.1", "comment"))], DAY)

    assert waived(after) == set()
    assert note.kind == "unknown_duty"
    assert "cn-713.15.1c" in note.zh or "cn-713.15.1d" in note.zh


def test_an_explicit_null_names_the_decision_as_a_whole_and_no_act() -> None:
    before = report(bad())
    whole = next(target for target in fingerprints(before) if target[1] is None)

    after, _ = apply_waivers(before, [placed(before, whole)], DAY)

    assert waived(after) == {whole}


def test_a_waiver_in_the_record_that_names_a_duty_with_several_findings_is_too_wide() -> None:
    data = recorded("cn-713.15.1d")
    twin = {**act(data, "comment"), "id": "comment2"}
    data["acts"].append(twin)

    after, _ = apply_waivers(report(data), [], DAY)

    assert waived(after) == set()
    assert kinds(after) == ["too_wide"]


# Expired silently (ferret-scan #696).
def test_an_expired_waiver_is_a_finding_and_the_breach_counts_again() -> None:
    before = report(bad())
    old = pinned(before, expires="2024-09-29")

    after, _ = apply_waivers(before, [old], DAY)

    assert kinds(after) == ["expired"]
    assert waived(after) == set()
    assert TARGET in {(v.duty, v.act) for v in after.violations}


def test_a_waiver_has_effect_on_its_last_day_and_from_its_first() -> None:
    before = report(bad())
    single = pinned(before, date="2024-09-30", expires="2024-09-30")

    assert waived(apply_waivers(before, [single], DAY)[0]) == {TARGET}
    assert kinds(apply_waivers(before, [single], date(2024, 9, 29))[0]) == ["not_yet"]
    assert kinds(apply_waivers(before, [single], date(2024, 10, 1))[0]) == ["expired"]


def test_every_waiver_must_name_its_last_day() -> None:
    with pytest.raises(ValueError, match="expires"):
        Waiver.model_validate({k: v for k, v in GRANT.items() if k != "expires"})


# Outlived by a changed record.
def test_a_waiver_is_outlived_when_the_facts_it_waived_change() -> None:
    before = report(bad())
    given_then = placed(before, finding=fingerprints(before)[TARGET])
    data = bad()
    act(data, "comment")["end"] = "2024-03-10"

    after, _ = apply_waivers(report(data), [given_then], DAY)

    assert kinds(after) == ["outlived"]
    assert TARGET in {(v.duty, v.act) for v in after.violations}


def test_a_waiver_outlives_changes_that_have_nothing_to_do_with_it() -> None:
    given_then = pinned(report(bad()))
    data = bad()
    data["note"] = "改了备注"
    act(data, "risk")["level"] = "medium"

    after, _ = apply_waivers(report(data), [given_then], DAY)

    assert waived(after) == {TARGET}


def test_a_waiver_without_a_fingerprint_says_so_and_gives_it() -> None:
    before = report(bad())

    after, (note,) = apply_waivers(before, [placed(before)], DAY)

    assert waived(after) == {TARGET}
    assert note.kind == "unpinned"
    assert fingerprints(before)[TARGET] in note.zh
    assert fingerprints(before)[TARGET] in note.en


def test_a_fingerprint_of_another_finding_than_the_one_named_waives_nothing() -> None:
    before = report(bad())
    mixed = placed(before, ("cn-713.20c", "experts"), finding=fingerprints(before)[TARGET])

    after, _ = apply_waivers(before, [mixed], DAY)

    assert waived(after) == set()
    assert kinds(after) == ["contradictory"]


def test_a_fingerprint_of_the_same_duty_on_another_act_than_the_one_named_waives_nothing() -> None:
    before = report(bad())
    mixed = placed(before, (TARGET[0], "experts"), finding=fingerprints(before)[TARGET])

    after, _ = apply_waivers(before, [mixed], DAY)

    assert waived(after) == set()
    assert kinds(after) == ["contradictory"]


# Unused.
def test_a_waiver_of_what_was_cured_is_unused() -> None:
    before = report(bad())
    given_then = placed(before, finding=fingerprints(before)[TARGET])
    data = bad()
    act(data, "comment")["end"] = "2024-04-24"

    after, _ = apply_waivers(report(data), [given_then], DAY)

    assert kinds(after) == ["unused"]


def test_a_waiver_that_speaks_of_no_record_of_the_run_is_unused() -> None:
    before = report(bad())
    lost = waiver(finding="0" * 32)

    after, _ = apply_waivers(before, [lost, pinned(before)], DAY)

    assert after.waiver_notes == ()
    assert [note.kind for note in unused_waivers([lost, pinned(before)], addressed(after))] == ["unused"]


def test_a_waiver_of_a_record_that_was_not_in_the_run_says_so() -> None:
    before = report(bad())
    elsewhere = waiver(record="另一案卷", duty=TARGET[0], act=TARGET[1])
    here = placed(before, ("cn-713.15.1c", "no-such-act"))

    left = unused_waivers([elsewhere, here], (), before.duties, {record_key(before.decision)})

    assert [note.kind for note in left] == ["other_record", "unused"]


def test_a_waiver_of_a_duty_that_does_not_exist_is_told_at_its_line_with_the_nearest(tmp_path: Path) -> None:
    before = report(bad())
    path = tmp_path / "w.yaml"
    names = {"record": record_key(before.decision), "duty": "cn-713.15.1z", "act": "comment"}
    path.write_text(json.dumps({"schema": 1, "waivers": [{**GRANT, **names}]}, indent=1), encoding="utf-8")
    waivers = load_waivers(path)

    (told,) = apply_waivers(before, waivers, DAY)[1]
    (left,) = unused_waivers(waivers, (), before.duties, ())

    assert (told.kind, left.kind) == ("unknown_duty", "unknown_duty")
    assert (told.file, told.line) == (left.file, left.line) == (str(path), 4)
    assert "cn-713.15.1" in told.zh.removeprefix(say("waiver_note.unknown_duty", "zh"))
    assert unused_waivers(waivers, ())[0].kind == "unused"


def test_a_waiver_in_the_record_of_a_duty_that_does_not_exist_is_told_at_its_place_there() -> None:
    after = report(recorded(TARGET[0], "cn-713.15.1z"))

    kinds_and_places = [(note.kind, note.place, note.duty) for note in after.waiver_notes]

    assert kinds_and_places == [
        ("unpinned", "waivers[0]", TARGET[0]),
        ("unknown_duty", "waivers[1]", "cn-713.15.1z"),
    ]


def test_a_second_waiver_of_one_finding_is_one_too_many() -> None:
    before = report(bad())

    after, _ = apply_waivers(before, [pinned(before), pinned(before, basis="另一理由")], DAY)

    assert waived(after) == {TARGET}
    assert kinds(after) == ["repeated"]


# Several implementations (Kyverno #17473).
def test_a_waiver_in_the_record_and_one_in_a_file_are_matched_by_the_same_function() -> None:
    from_record, _ = apply_waivers(report(recorded(TARGET[0])), [], DAY)
    plain = report(bad())
    from_file, _ = apply_waivers(plain, [placed(plain)], DAY)

    assert waived(from_record) == waived(from_file) == {TARGET}
    assert kinds(from_record) == kinds(from_file) == ["unpinned"]


def test_applying_waivers_anew_replaces_what_was_applied_before() -> None:
    before = report(bad())
    once, _ = apply_waivers(before, [pinned(before)], DAY)

    assert apply_waivers(once, [pinned(before)], DAY)[0] == once
    assert apply_waivers(once, [], DAY)[0] == before


# Ignored by one output format (semgrep #7121).
@pytest.mark.parametrize("form", sorted(WRITERS))
def test_every_format_shows_the_waiver_and_what_is_wrong_with_waivers(form: str) -> None:
    before = report(bad())
    after, _ = apply_waivers(before, [pinned(before), placed(before, basis="另一理由")], DAY)
    lost = unused_waivers([waiver(id="w-lost", finding="0" * 32)], addressed(after))

    text = "".join(WRITERS[form]([("f.yaml", after)], FindingsView(left_over=lambda: [("w.yaml", lost[0])])))

    assert GRANT["approver"] in text
    assert "waiver.repeated" in text
    assert "waiver.unused" in text
    assert "w-lost" in text


def test_notes_exist_in_both_languages_with_a_severity() -> None:
    assert {*NOTES} <= section("waiver_note", "zh").keys()
    assert {*NOTES.values()} <= {*SEVERITY}


def test_waivers_survive_a_trip_through_json() -> None:
    before = report(bad())
    after, _ = apply_waivers(before, [pinned(before), waiver(duty="cn-713.15.1d")], DAY)

    assert dp.Report.from_json(after.to_json()) == after


FOUND = report(bad())
TARGETS = sorted(fingerprints(FOUND), key=str)


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            lambda target, pin, record, start, end: (
                (pinned if pin else placed)(
                    FOUND, target, date=start.isoformat(), expires=end.isoformat(), id=None
                )
                if record
                else waiver(duty=target[0])
            ),
            st.sampled_from(TARGETS),
            st.booleans(),
            st.booleans(),
            st.dates(date(2024, 1, 1), date(2025, 1, 1)),
            st.dates(date(2024, 1, 1), date(2025, 1, 1)),
        ),
        max_size=6,
    )
)
def test_no_set_of_waivers_changes_a_verdict_and_each_waiver_stands_or_is_a_finding(
    waivers: list[Waiver],
) -> None:
    after, notes = apply_waivers(FOUND, waivers, DAY)

    assert [v._replace(waived=False) for v in after.verdicts] == list(FOUND.verdicts)
    assert len(waived(after)) <= len(waivers)
    stand = {item.waiver for item in after.waivers}
    noted = {note.waiver for note in notes}
    left = {note.waiver for note in unused_waivers(waivers, addressed(after))}
    assert stand | noted | left == {waiver_name(item) for item in waivers}
