"""How duties of two instruments stand to each other, on two invented instruments; marks; time limits."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import yaml

import decision_procedure as dp
from decision_procedure.law.applicable import Law, load_packs, standard_law

DAY = date(2024, 9, 30)
BODY = {"name": "示例县人民政府", "level": "county", "kind": "government"}
STEP = {
    "id": "public_participation", "name": {"zh": "公众参与", "en": "participation"}, "kinds": ["public_comment"],
    "phase": "participation", "bearer": "CU",
}  # fmt: skip
DECIDING = {
    "id": "decision",
    "name": {"zh": "决定", "en": "decision"},
    "kinds": ["decision"],
    "phase": "decision",
    "bearer": "DO",
}
DRAFTING = {
    "id": "drafting",
    "name": {"zh": "起草", "en": "drafting"},
    "kinds": ["drafting"],
    "phase": "drafting",
    "bearer": "CU",
}
FILING = {
    "id": "filing",
    "name": {"zh": "归档", "en": "filing"},
    "kinds": ["filing"],
    "phase": "execution",
    "bearer": "DO",
}


def duty(**rest: Any) -> dict[str, Any]:
    return {
        "id": "a", "article": "第一条", "step": "public_participation", "per": ["public_comment"], "bearer": "CU",
        "force": "must", "require": "act.draft_published", "text": {"zh": "文", "en": "text"},
        "cure": {"kind": "redo", "zh": "补", "en": "cure"},
    } | rest  # fmt: skip


def law(*instruments: tuple[dict[str, Any], list[dict[str, Any]]]) -> Law:
    files = []
    for head, duties in instruments:
        data = {
            "schema": 1,
            "head": {
                "title": {"zh": head["id"], "en": head["id"]}, "number": "1号", "issuer": "示例", "kind": "规章",
                "level": "national", "place": "cn", "in_force_from": "2010-01-01", "seen": "full", "mark": "V",
            } | head,
            "scope": {"article": "第一条", "included": "True", "excluded": "False", "text": {"zh": "一", "en": "one"}},
            "binding": {"article": "第一条", "direct": "True"},
            "steps": [DRAFTING, STEP, DECIDING, FILING],
            "order": [
                {"before": "drafting", "after": "public_participation", "article": "第一条", "strength": "stated"},{"before": "public_participation", "after": "decision", "article": "第一条", "strength": "stated"}],
            "duties": duties,
        }  # fmt: skip
        files.append((f"{head['id']}.yaml", yaml.safe_dump(data, allow_unicode=True)))
    return Law(load_packs(files))


def checked(of: Law, *acts: dict[str, Any], **rest: Any) -> dict[str, dp.Verdict]:
    data = {"schema": 1, "title": "示例", "body": BODY, "acts": list(acts)} | rest
    report = dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=DAY, law=of)
    return {item.duty: item for item in report.verdicts if item.duty.endswith(".a")}


def comment(**rest: Any) -> dict[str, Any]:
    return {"id": "c", "kind": "public_comment", "start": "2024-03-01"} | rest


def test_same_as_makes_one_finding_with_two_citations() -> None:
    both = law(({"id": "one"}, [duty()]), ({"id": "two"}, [duty(same_as=["one.a"])]))

    found = checked(both, comment(draft_published=False))

    assert set(found) == {"one.a"}
    assert (found["one.a"].outcome, found["one.a"].related) == ("violated", ("two.a",))


def test_adds_to_shows_both_numbers_where_they_differ() -> None:
    wider = duty(require="act.draft_published and act.explanation_published", adds_to=["one.a"])
    both = law(({"id": "one"}, [duty()]), ({"id": "two"}, [wider]))

    found = checked(both, comment(draft_published=True, explanation_published=False))

    assert {name: item.outcome for name, item in found.items()} == {"one.a": "satisfied", "two.a": "violated"}


@pytest.mark.parametrize(("urgent", "replaced"), [(True, True), (False, False)])
def test_displaces_replaces_only_where_its_own_trigger_holds(urgent: bool, replaced: bool) -> None:
    special = duty(when="traits.livelihood", require="act.explanation_published", displaces=["one.a"])
    both = law(({"id": "one"}, [duty()]), ({"id": "two"}, [special]))

    found = checked(both, comment(draft_published=False), traits={"livelihood": urgent})

    assert found["one.a"].outcome == ("not_applicable" if replaced else "violated")
    assert found["one.a"].related == (("two.a",) if replaced else ())


@pytest.mark.parametrize(("start", "outcome"), [("2019-08-31", "violated"), ("2019-09-01", "not_applicable")])
def test_yields_to_gives_way_from_the_day_the_other_is_in_force(start: str, outcome: str) -> None:
    both = law(
        ({"id": "one", "in_force_from": "2019-09-01"}, [duty()]), ({"id": "two"}, [duty(yields_to=["one.a"])])
    )

    found = checked(both, comment(start=start, draft_published=False))

    assert found["two.a"].outcome == outcome


def versions(newer: str = "act.draft_published", gap: str = "2020-01-01") -> Law:
    return law(
        ({"id": "new", "in_force_from": "2020-01-01"}, [duty(require=newer, succeeds=["old.a"])]),
        ({"id": "old", "in_force_to": gap}, [duty()]),
    )


def undated(**rest: Any) -> dict[str, Any]:
    return {"id": "c", "kind": "public_comment"} | rest


BETWEEN = {"id": "d", "kind": "decision", "date": "2024-01-01"}


def test_succeeds_leaves_an_undated_act_open_where_no_version_covers_its_whole_stretch() -> None:
    found = checked(versions(), undated(draft_published=False), BETWEEN)

    assert {found[name].outcome for name in ("new.a", "old.a")} == {"undetermined"}
    assert found["new.a"].missing == ("acts[c].notice_date",)


def test_succeeds_settles_an_undated_act_on_which_both_versions_agree() -> None:
    first = {"id": "e", "kind": "drafting", "date": "2012-01-01"}

    found = checked(versions(), undated(draft_published=False), BETWEEN, first)

    assert (found["new.a"].outcome, found["new.a"].related) == ("violated", ("old.a",))
    assert "old.a" not in found


def test_what_both_versions_ask_alike_of_an_undated_act_keeps_its_evidence_and_asks_no_longer_which_law() -> (
    None
):
    first = {"id": "e", "kind": "drafting", "date": "2012-01-01"}

    open_one = checked(versions(), undated(draft_published=False), BETWEEN)["new.a"]
    settled = checked(versions(), undated(draft_published=False), BETWEEN, first)["new.a"]

    assert set(open_one.trees) == {"law", "require"}
    assert set(settled.trees) == {"require"}
    assert settled.missing == ()


def test_succeeds_settles_nothing_over_a_gap_between_the_versions() -> None:
    first = {"id": "e", "kind": "drafting", "date": "2012-01-01"}

    found = checked(versions(gap="2019-06-01"), undated(draft_published=False), BETWEEN, first)

    assert {found[name].outcome for name in ("new.a", "old.a")} == {"undetermined"}


def test_an_undated_act_on_which_the_versions_differ_names_its_date() -> None:
    found = checked(
        versions("act.draft_published and act.explanation_published"),
        undated(draft_published=True, explanation_published=False), BETWEEN,
    )  # fmt: skip

    assert {found[name].outcome for name in ("new.a", "old.a")} == {"undetermined"}
    assert "acts[c].notice_date" in found["new.a"].missing


@pytest.mark.parametrize(("decided", "outcome"), [("2024-09-10", "violated"), ("2024-09-11", "pending")])
def test_deadline_makes_a_duty_due_once_its_days_have_passed(decided: str, outcome: str) -> None:
    limited = duty(
        step="filing", per="decision", require='held("filing")', params={"days": {"value": 19, "unit": "日", "mark": "V"}},
        deadline={"after": "decision", "param": "days"},
    )  # fmt: skip
    complete = {"kinds": ["all"], "up_to": "2024-09-30"}

    found = checked(law(({"id": "one"}, [limited])), BETWEEN | {"date": decided}, complete=complete)

    assert found["one.a"].outcome == outcome


@pytest.mark.parametrize("mark", ["R", "?", "draft"])
@pytest.mark.parametrize("on", ["duty", "number"])
def test_an_unverified_mark_never_yields_a_breach(mark: str, on: str) -> None:
    number = {
        "require": "days(act.start, act.end) >= params.n",
        "params": {"n": {"value": 30, "unit": "日", "mark": mark}},
    }
    marked = duty(mark=mark) if on == "duty" else duty(**number)

    found = checked(law(({"id": "one"}, [marked])), comment(end="2024-03-05", draft_published=False))

    assert (found["one.a"].outcome, found["one.a"].caps) == ("needs_judgement", ("mark",))


def test_the_order_of_two_untimed_edges_in_the_file_sets_no_cap() -> None:
    caps = set()
    for edges in (("implied", "stated"), ("stated", "implied")):
        text = yaml.safe_load(
            yaml.safe_dump({"x": [{"strength": strength} for strength in edges]})
        )["x"]  # fmt: skip
        head = {"id": "one", "title": {"zh": "一", "en": "one"}, "number": "1号", "issuer": "示", "kind": "规章",
                "level": "national", "place": "cn", "in_force_from": "2010-01-01", "seen": "full", "mark": "V"}  # fmt: skip
        data = {
            "schema": 1, "head": head,
            "scope": {"article": "第一条", "included": "True", "excluded": "False", "text": {"zh": "一", "en": "one"}},
            "binding": {"article": "第一条", "direct": "True"}, "steps": [STEP, DECIDING, FILING],
            "order": [
                {"before": "public_participation", "after": after, "article": "第一条", "tested_by": "a", **edge}
                for edge, after in zip(text, ("decision", "filing"), strict=True)
            ],
            "duties": [duty()],
        }  # fmt: skip
        (pack,) = load_packs([("one.yaml", yaml.safe_dump(data, allow_unicode=True))])
        caps.add(pack.rules[0].untimed)

    assert caps == {"no_time_word"}


def test_every_duty_that_ships_with_an_unverified_mark_is_capped() -> None:
    from decision_procedure.checking.compiled import compiled_law

    rules = [rule for pack in standard_law().packs for rule in pack.rules if rule.mark in ("R", "?", "draft")]
    ready = {
        rule.id: rule for _, items in compiled_law(standard_law().packs).packs for rule in items
    }  # fmt: skip

    assert rules
    assert all("mark" in ready[rule.id].caps for rule in rules)
