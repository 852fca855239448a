"""Acts that were only announced: what a notice shows is met or stays open, and is never a breach."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure import rules
from decision_procedure.errors import BadPack
from decision_procedure.law.applicable import load_packs, standard_law
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.results.report import Verdict
from decision_procedure.ruletests import gaps, mutants

HELD = date(2017, 6, 19)
AS_OF = date(2026, 1, 31)
BODY = {"name": "示例县人民政府", "level": "county", "kind": "government", "code": "441223"}
TRACKS = ["urban_plan", "house_expropriation", "land_expropriation"]
TRAITS = {"normative_document": True, "market_entities": True}
ANNOUNCED = {rule.id: rule for pack in standard_law().packs for rule in pack.rules if rule.duty.announced}


def checked(acts: list[dict[str, Any]], as_of: date = AS_OF, *, whole: bool = False) -> dp.Report:
    record = {
        "schema": 1, "title": "示例", "body": BODY, "matter_class": "construction", "tracks": TRACKS,
        "traits": TRAITS, "catalogue": {"listed": True, "year": 2017}, "acts": acts,
    }  # fmt: skip
    return dp.check(dp.parse_decision(json.dumps(record)), as_of=as_of, assume_complete=whole)


def hearing(lead: int, **fields: Any) -> dict[str, Any]:
    notice = (HELD - timedelta(days=lead)).isoformat()
    return {
        "id": "h",
        "kind": "hearing",
        "held": None,
        "notice_date": notice,
        "date": HELD.isoformat(),
    } | fields


def on_notice(act: dict[str, Any], **options: Any) -> Verdict:
    (verdict,) = checked([act], **options).about("gd-183.notice")
    return verdict


def test_enough_time_before_an_announced_hearing_is_satisfied_and_says_that_it_goes_by_the_notice() -> None:
    verdict = on_notice(hearing(30))

    assert (verdict.outcome, verdict.reasons, verdict.act) == ("satisfied", ("announced",), "h")


@pytest.mark.parametrize("write", [dp.as_text, dp.as_html], ids=["text", "web page"])
def test_a_pass_that_goes_by_the_notice_says_so_to_people(write: Callable[..., str]) -> None:
    act = hearing(30, notice_date="2017-05-01")

    announced, held = (
        write(checked([act], date(2017, 12, 31))),
        write(checked([act | {"held": True}], date(2017, 12, 31))),
    )

    assert "只有预告，按公告所载核查" in announced
    assert "只有预告，按公告所载核查" not in held


def test_too_little_time_before_an_announced_hearing_stays_open_and_is_a_breach_once_it_was_held() -> None:
    assert on_notice(hearing(29)).outcome == "undetermined"
    assert on_notice(hearing(29, held=True)).outcome == "violated"


def test_a_notice_without_its_day_names_what_is_missing() -> None:
    assert on_notice(hearing(30, notice_date=None)).missing == ("acts[h].notice_date",)


def test_a_notice_that_is_still_to_come_shows_nothing() -> None:
    verdict = on_notice(hearing(30), as_of=HELD - timedelta(days=31))

    assert (verdict.outcome, verdict.act) == ("undetermined", None)


def test_one_hearing_that_was_held_and_one_that_is_announced_are_tested_each() -> None:
    held = hearing(29, held=True) | {"id": "g"}

    found = {verdict.act: verdict.outcome for verdict in checked([hearing(40), held]).about("gd-183.notice")}

    assert found == {"h": "satisfied", "g": "violated"}


def test_a_short_notice_is_pending_while_the_record_answers_that_nothing_had_to_follow_yet() -> None:
    verdict = on_notice(hearing(29), as_of=date(2017, 6, 1), whole=True)

    assert (verdict.outcome, verdict.reasons) == ("pending", ("announced", "not_due"))


def test_a_duty_that_needs_the_hearing_itself_waits_for_it() -> None:
    (verdict,) = checked([hearing(40, attended=3, applicants=3)], date(2017, 12, 31)).about("gd-183.min8")

    assert (verdict.outcome, verdict.act) == ("undetermined", None)


def days_of(kind: str) -> list[str]:
    model = ACT_CLASSES[kind]
    return [name for name in model.model_fields if "date" in name or name in DAYS]


DAYS = ("start", "end", "materials_delivered", "list_published")
KINDS = sorted({kind for rule in ANNOUNCED.values() for kind in rule.per})
MOMENTS = st.one_of(
    st.none(),
    st.dates(date(2009, 1, 1), date(2025, 12, 31)).map(date.isoformat),
    st.sampled_from(["2017", "2017-06", "2024-03", "2020-12"]),
)
FLAGS = [
    "draft_published", "explanation_published", "way_and_deadline_stated", "notice_text_complete",
    "time_and_place_stated",
]  # fmt: skip


@st.composite
def announced_acts(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    fields = {name: draw(MOMENTS) for name in days_of(kind)}
    fields |= {
        name: draw(st.sampled_from([None, True, False]))
        for name in FLAGS
        if name in ACT_CLASSES[kind].model_fields
    }
    if kind == "public_comment":
        fields["shortening_explained"] = draw(st.sampled_from([None, "in_notice", "later", "not"]))
    return {"id": "a", "kind": kind, "held": None} | {
        key: value for key, value in fields.items() if value is not None
    }


@given(announced_acts(), st.booleans())
def test_an_announced_act_is_never_violated_nor_for_a_person_to_judge(
    act: dict[str, Any], whole: bool
) -> None:
    try:
        report = checked([act], whole=whole)
    except dp.UnusableInput:
        return  # an end before its start is refused

    on_it = [verdict for verdict in report.verdicts if verdict.act == "a"]

    assert {verdict.outcome for verdict in on_it} <= {
        "satisfied",
        "undetermined",
        "pending",
        "not_applicable",
    }
    assert {verdict.duty for verdict in on_it} <= ANNOUNCED.keys()
    assert all("announced" in verdict.reasons for verdict in on_it if verdict.outcome != "not_applicable")


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([
    ("gd-183.notice", "hearing", "notice_date"), ("nat-2008.N08-3c", "hearing", "materials_delivered"),
    ("nat-2008.N08-3b", "hearing", "list_published"),
]))  # fmt: skip
def test_a_longer_lead_never_takes_a_pass_away(lead: int, more: int, which: tuple[str, str, str]) -> None:
    duty, kind, field = which

    def outcome(days: int) -> set[str]:
        day = (HELD - timedelta(days=days)).isoformat()
        act = {
            "id": "h",
            "kind": kind,
            "held": None,
            "notice_date": "2017-03-01",
            "date": HELD.isoformat(),
            field: day,
        }
        return {verdict.outcome for verdict in checked([act]).about(duty)}

    assert outcome(lead) != {"satisfied"} or outcome(lead + more) == {"satisfied"}


@pytest.mark.parametrize("duty", sorted(ANNOUNCED))
def test_an_example_notices_when_a_duty_no_longer_looks_at_announced_acts(duty: str) -> None:
    rule = ANNOUNCED[duty]

    found = {mutant.change: mutant for mutant in mutants(rule.pack, [rule], standard_law().packs)}

    assert found["announced: dropped"].state == "killed"


def test_a_duty_on_announced_acts_owes_examples_of_them() -> None:
    text = rules.text("cn-44/gd-183.yaml")
    lines = [line for line in text.splitlines() if "held: null" not in line]
    (pack,) = load_packs([("x.yaml", "\n".join(lines))])

    owed = {(gap.duty, gap.section) for gap in gaps(pack) if gap.why is None}

    assert owed == {("gd-183.notice", "ok (announced)"), ("gd-183.notice", "unknown (announced)")}


@pytest.mark.parametrize(
    "per", ["decision", "[deliberation]"], ids=["the decision as a whole", "an act without a day of notice"]
)
def test_the_linter_refuses_the_key_where_no_notice_can_show_anything(per: str) -> None:
    text = rules.text("cn/cn-713.yaml")
    duty = text[text.index("  - id: 11a\n") : text.index("  - id: 11b\n")]
    changed = duty.replace("    per: [initiation]\n", f"    per: {per}\n    announced: true\n")
    assert changed != duty

    with pytest.raises(BadPack) as error:
        load_packs([("x.yaml", text.replace(duty, changed))])

    assert any("day of notice" in fault.en for fault in error.value.faults)
