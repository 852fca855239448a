"""Duties to act promptly (及时): how long they took is told, and from when on a person looks is ours."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from heads import came_to, checked, headed, on

import decision_procedure as dp
from decision_procedure.results.fingerprints import fingerprints

GD = {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "441223"}
PROBLEM = {
    "withheld_lawfully": False,
    "execution_problem": True,
    "wide_concern": True,
    "normative_document": True,
}


def decided(day: str, **more: Any) -> dict[str, Any]:
    return {"kind": "decision", "id": f"d-{day}", "date": day, "outcome": "adopt", **more}


def issued(day: str) -> dict[str, Any]:
    return {"kind": "issue", "id": f"i-{day}", "date": day}


def published(day: str) -> dict[str, Any]:
    return {"kind": "publication", "id": f"p-{day}", "date": day, "channels": ["website"]}


def filed(day: str | None, *, complete: bool = True) -> dict[str, Any]:
    return {"kind": "filing", "id": f"f-{day}", "complete": complete} | ({"date": day} if day else {})


def assigned(day: str) -> dict[str, Any]:
    return {"kind": "execution_assignment", "id": f"a-{day}", "date": day}


def reported(found: str | None, day: str | None, **more: Any) -> dict[str, Any]:
    dates = {"found": found, "date": day}
    return {
        "kind": "problem_report",
        "id": f"r-{found}-{day}",
        **{k: v for k, v in dates.items() if v},
        **more,
    }


def told(
    acts: list[dict[str, Any]], duty: str, as_of: date = date(2024, 12, 31), **others: Any
) -> tuple[str, int | None]:
    """Return the one verdict of a duty, and the days that it tells."""
    (found,) = on(checked(headed(*acts, **{"traits": PROBLEM} | others), as_of), duty)
    return found.outcome, found.elapsed


def test_a_problem_reported_28_months_after_it_was_found_is_for_a_person_with_the_days() -> None:
    assert told([reported("2022-06-01", "2024-10-01")], "cn-713.35.1") == ("needs_judgement", 853)


def test_a_decision_published_after_three_years_is_for_a_person_and_breaches_the_twenty_days_of_open_information() -> (
    None
):
    acts = [decided("2021-06-01"), issued("2021-06-01"), published("2024-06-03")]

    assert told(acts, "cn-713.32a") == ("needs_judgement", 1098)
    assert told(acts, "comp-ogi.OGI-26")[0] == "violated"


def test_a_file_made_after_three_years_is_for_a_person_with_the_days() -> None:
    assert told([decided("2021-06-01"), filed("2024-06-03")], "cn-713.33") == ("needs_judgement", 1098)


CASES = [
    ("published on the day of the decision", "cn-713.32a", [decided("2024-06-03"), published("2024-06-03")], {}, ("satisfied", 0)),
    ("published on the twentieth working day", "cn-713.32a", [decided("2024-06-03"), published("2024-07-02")], {}, ("satisfied", 29)),
    ("published on the twenty-first working day", "cn-713.32a", [decided("2024-06-03"), published("2024-07-03")], {}, ("needs_judgement", 30)),
    ("over the long holiday of October: twenty working days", "cn-713.32a", [decided("2024-09-13"), published("2024-10-17")], {}, ("satisfied", 34)),
    ("published late, whether it is lawfully withheld is unknown", "cn-713.32a", [decided("2021-06-01"), published("2024-06-03")], {"traits": {}}, ("satisfied", 1098)),
    ("published before it was decided: no days to tell", "cn-713.32a", [decided("2024-06-03"), published("2024-05-06")], {}, ("satisfied", None)),
    ("decided on an unknown day of a month: no days to tell", "cn-713.32a", [decided("2024-06"), published("2024-07-01")], {}, ("satisfied", None)),
    ("decided some day of a month, surely more than twenty working days before", "cn-713.32a", [decided("2024-06"), published("2024-09-02")], {}, ("needs_judgement", None)),
    ("denied within the twenty working days", "cn-713.32a", [decided("2024-12-10")], {}, ("pending", 21)),
    ("denied on the twentieth working day", "cn-713.32a", [decided("2024-12-03")], {}, ("pending", 28)),
    ("denied on the twenty-first working day", "cn-713.32a", [decided("2024-12-02")], {}, ("needs_judgement", 29)),
    ("denied, the day of the decision not recorded", "cn-713.32a", [{"kind": "decision", "id": "d", "outcome": "adopt"}], {}, ("undetermined", None)),
    ("open, within the twenty working days", "cn-713.32a", [decided("2024-12-10")], {"complete": None}, ("undetermined", 21)),
    ("open, long after", "cn-713.32a", [decided("2024-06-03")], {"complete": None}, ("undetermined", 211)),
    ("nothing decided, and the file is whole", "cn-713.32a", [], {}, ("pending", None)),
    ("withheld", "cn-713.32a", [decided("2024-06-03")], {"traits": {"withheld_lawfully": True}}, ("not_applicable", None)),
    ("filed on 30 June of the year after", "cn-713.33", [decided("2022-01-04"), filed("2023-06-30")], {}, ("satisfied", 542)),
    ("filed on 1 July of the year after, decided in December", "cn-713.33", [decided("2022-12-30"), filed("2023-07-01")], {}, ("needs_judgement", 183)),
    ("filed some day of June of the year after", "cn-713.33", [decided("2022-12-30"), filed("2023-06")], {}, ("satisfied", None)),
    ("denied, 30 June of the year after still to come", "cn-713.33", [decided("2024-02-01")], {}, ("pending", 334)),
    ("denied, 30 June of the year after gone by", "cn-713.33", [decided("2023-02-01")], {}, ("needs_judgement", 699)),
    ("an incomplete filing is no delay but a breach", "cn-713.33", [decided("2024-02-01"), filed("2024-03-01", complete=False)], {}, ("violated", None)),
    ("an incomplete filing in time, a complete one too late", "cn-713.33", [decided("2022-02-01"), filed("2022-03-01", complete=False), filed("2023-08-01")], {}, ("needs_judgement", 546)),
    ("found and reported within fifteen days", "cn-713.35.1", [reported("2024-06-03", "2024-06-18")], {}, ("satisfied", 15)),
    ("found and reported on the sixteenth day", "cn-713.35.1", [reported("2024-06-03", "2024-06-19")], {}, ("needs_judgement", 16)),
    ("the day of the finding is not recorded", "cn-713.35.1", [assigned("2021-06-01"), reported(None, "2024-06-19")], {}, ("satisfied", None)),
    ("two problems, one reported too late", "cn-713.35.1", [reported("2022-06-01", "2024-10-01"), reported("2024-11-01", "2024-11-04")], {}, ("needs_judgement", 853)),
    ("a report denied that states when the problem was found", "cn-713.35.1", [reported("2024-12-01", None, held=False)], {}, ("needs_judgement", 30)),
    ("the same, within fifteen days", "cn-713.35.1", [assigned("2024-06-03"), reported("2024-12-20", None, held=False)], {}, ("pending", 11)),
    ("no report, and execution began long ago", "cn-713.35.1", [assigned("2022-06-03")], {}, ("needs_judgement", 942)),
    ("no report, and execution began some days ago", "cn-713.35.1", [assigned("2024-12-20")], {}, ("pending", 11)),
    ("what was reported was a problem, whatever the traits leave out", "cn-713.35.1", [reported("2022-06-01", "2024-10-01")], {"traits": {}}, ("needs_judgement", 853)),
    ("nothing reported, and whether there was a problem is unknown", "cn-713.35.1", [assigned("2022-06-03")], {"traits": {}}, ("undetermined", 942)),
    ("interpreted after two years: no measure of ours", "cn-713.32b", [decided("2022-06-01"), {"kind": "interpretation", "id": "n", "date": "2024-06-03", "adoption_explained": True}], {}, ("satisfied", 733)),
    ("executing unit named after two years: no measure of ours", "cn-713.34a", [decided("2022-06-01"), assigned("2024-06-03")], {}, ("satisfied", 733)),
    ("execution reported after a year", "cn-713.34b", [assigned("2022-06-01"), {"kind": "execution_report", "id": "x", "date": "2023-06-01"}], {}, ("satisfied", 365)),
    ("interpretation denied the day after: no measure of ours", "cn-713.32b", [decided("2024-12-30")], {}, ("needs_judgement", 1)),
    ("the opinion of the reviewers", "cn-713.28a", [{"kind": "legality_review", "id": "l", "form": "review_opinion", "sent": "2024-03-01", "date": "2024-03-21"}], {}, ("satisfied", 20)),
    ("the same, the material having been returned", "cn-713.28a", [{"kind": "legality_review", "id": "l", "form": "review_opinion", "sent": "2024-03-01", "returns": [{"date": "2024-03-04", "resubmitted": "2024-03-11"}], "date": "2024-03-21"}], {}, ("satisfied", 10)),
    ("a normative document published", "nd-37.ND37-publication", [issued("2024-03-01"), published("2024-03-11")], {}, ("satisfied", 10)),
    ("filed under the law on archives: no measure of ours", "comp-archives.AR-19", [decided("2021-06-01"), filed("2024-06-03", complete=False)], {}, ("satisfied", 1098)),
    ("published under the outline of 2004", "nat-2004.12a", [decided("2017-03-06"), published("2017-03-16")], {"catalogue": None, "traits": {"withheld_lawfully": False}}, ("satisfied", 10)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("duty", "acts", "others", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_prompt_duty_tells_its_days(
    duty: str, acts: list[dict[str, Any]], others: dict[str, Any], expected: tuple[str, int | None]
) -> None:
    assert told(acts, duty, **others) == expected


# A duty to act promptly runs from the latest act that starts it.
LATEST = [
    ("denied after two decisions", "cn-713.34a", [decided("2022-06-01"), decided("2024-12-21", round=2)], ("needs_judgement", 10)),
    ("denied after two decisions, the later within twenty working days", "cn-713.32a", [decided("2022-06-01"), decided("2024-12-20", round=2)], ("pending", 11)),
    ("denied after two issues", "nd-37.ND37-publication", [issued("2022-06-01"), issued("2024-12-21")], ("needs_judgement", 10)),
    ("done after two decisions", "cn-713.32a", [decided("2022-06-01"), decided("2024-06-03", round=2), published("2024-06-11")], ("satisfied", 8)),
    ("done after the first of two decisions", "cn-713.32a", [decided("2024-03-01"), published("2024-03-11"), decided("2024-06-03", round=2)], ("satisfied", 10)),
    ("done after each of two decisions, the second time late", "cn-713.32a", [decided("2023-03-01"), published("2023-03-09"), decided("2024-03-01", round=2), published("2024-09-02")], ("needs_judgement", 185)),
    ("done in time, and done again much later", "cn-713.32a", [decided("2024-03-01"), published("2024-03-11"), published("2024-11-04")], ("satisfied", 10)),
    ("filed after two decisions of two years", "cn-713.33", [decided("2021-06-01"), decided("2023-06-01", round=2), filed("2024-06-03")], ("satisfied", 368)),
    ("reported after execution was assigned twice", "cn-713.34b", [assigned("2022-06-01"), assigned("2024-03-01"), {"kind": "execution_report", "id": "x", "date": "2024-03-31"}], ("satisfied", 30)),
    ("denied after execution was assigned twice", "cn-713.34b", [assigned("2022-06-01"), assigned("2024-12-01")], ("needs_judgement", 30)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("duty", "acts", "expected"), [case[1:] for case in LATEST], ids=[case[0] for case in LATEST]
)
def test_a_prompt_duty_runs_from_the_latest_act_that_starts_it(
    duty: str, acts: list[dict[str, Any]], expected: tuple[str, int | None]
) -> None:
    assert told(acts, duty) == expected


def test_an_act_planned_after_the_day_of_the_check_starts_nothing() -> None:
    acts = [decided("2024-03-01"), decided("2024-09-02", round=2)]

    assert told(acts, "cn-713.34a", date(2024, 6, 3)) == ("needs_judgement", 94)


def test_delay_on_a_prompt_duty_is_never_violated() -> None:
    everything = [decided("2019-10-08"), issued("2019-10-08"), assigned("2019-10-08")]
    report = checked(headed(*everything, traits=PROBLEM, body=GD))
    outcomes = {verdict.duty: verdict.outcome for verdict in report.verdicts}

    for duty in ("32a", "32b", "33", "34b", "35.1"):
        assert outcomes[f"cn-713.{duty}"] == "needs_judgement"


def test_a_measure_of_ours_makes_nobody_answerable() -> None:
    report = checked(headed(decided("2021-06-01"), published("2024-06-03"), traits=PROBLEM))

    for kind in ("answers", "answerable", "unidentified", "consequence"):
        assert not [item for item in report.concluded(kind) if item.get("duty") == "cn-713.32a"]


def test_the_days_and_whose_measure_it_is_stand_in_the_text_and_in_json() -> None:
    report = checked(headed(decided("2021-06-01"), published("2024-06-03"), traits=PROBLEM))
    text = dp.as_text(report, lang="zh")
    data = next(item for item in report.to_dict()["verdicts"] if item["duty"] == "cn-713.32a")

    assert "自起算至办理历时1098天" in text
    assert "自作出决定起20个工作日（本库所设，条文没有期限）" in text
    assert (data["elapsed"], data["reasons"], data["caps"]) == (
        1098,
        ["done_past_attention"],
        ["no_number_in_text"],
    )
    assert "set by this library" in report.duties["cn-713.32a"].attention.en
    assert dp.Report.from_json(report.to_json()) == report


def test_the_days_of_a_duty_still_waiting_are_those_up_to_the_day_of_the_check() -> None:
    report = checked(headed(decided("2024-06-03"), traits=PROBLEM))
    (verdict,) = on(report, "cn-713.32a")

    assert not verdict.took
    assert verdict.reasons == ("no_number_in_text", "past_attention")
    assert "起算后已过211天" in dp.as_text(report, lang="zh")


def test_only_three_duties_ship_with_a_measure() -> None:
    report = checked(headed(traits=PROBLEM, body=GD))

    assert {name for name, duty in report.duties.items() if duty.attention} == {
        "cn-713.32a", "cn-713.33", "cn-713.35.1",
    }  # fmt: skip


def test_a_prompt_duty_that_was_done_is_satisfied_whatever_day_the_check_is_on() -> None:
    acts = [decided("2024-06-03"), published("2024-06-11")]

    for day in (date(2024, 6, 11), date(2024, 12, 31), date(2026, 12, 31)):
        assert told(acts, "cn-713.32a", day) == ("satisfied", 8)


def test_outcomes_of_other_duties_tell_no_days() -> None:
    report = checked(headed(decided("2024-06-03"), published("2024-06-11"), traits=PROBLEM))

    assert came_to(report, "cn-713.32a-channels") == ["satisfied"]
    assert on(report, "cn-713.32a-channels")[0].elapsed is None


def test_a_finding_of_delay_is_another_one_once_its_dates_change() -> None:
    prints = set()
    for day in ("2024-06-03", "2024-06-03", "2024-06-04"):
        report = checked(headed(decided("2021-06-01"), published(day) | {"id": "p"}, traits=PROBLEM))
        prints.add(fingerprints(report)["cn-713.32a", None])

    assert len(prints) == 2
