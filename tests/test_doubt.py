"""In doubt (存疑): what undetermined verdicts would be if the record were complete as it stands."""

from __future__ import annotations

import json
import pickle
import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, record, report, without
from doubting import EXCEPTIONS, differences

import decision_procedure as dp
from decision_procedure.checking import verdicts as checking
from decision_procedure.law.applicable import standard_law
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.acts.assessment import LegalityReview
from decision_procedure.model.base import is_exception
from decision_procedure.model.decision import Draft
from decision_procedure.model.traits import Traits
from decision_procedure.model.vocabulary import LABELS
from decision_procedure.results.findings import Findings
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.severity import CLASSES, FACES, GRADES, RANKS, STANDINGS, gravest, standing_of
from decision_procedure.results.verdict import doubt
from decision_procedure.ruletests.running import snippets
from decision_procedure.ruletests.snippets import AS_OF, read_snippet
from tools.fuzz.records import RECORDS, mutated, parsed

PARKING = Path(__file__).parent / "records" / "停车收费.yaml"
GUANGDONG, GUANGNING = "44", "441223"


def checked(written: Mapping[str, Any], place: str = "cn", as_of: date = AS_OF) -> Report:
    return dp.check(read_snippet(written, "snippet", place).decision, as_of=as_of)


def one(found: Report, duty: str, act: str | None = None) -> Verdict:
    (verdict,) = [item for item in found.about(duty) if item.act == act]
    return verdict


def named(found: Report, kind: str) -> str:
    """The identifier of the one act of a kind."""
    (name,) = [act.id or "" for act in found.decision.acts if act.kind == kind]
    return name


def parking(as_of: date = date(2024, 11, 30), *, assume_complete: bool = False) -> Report:
    return dp.check(dp.load_decision(PARKING), as_of=as_of, assume_complete=assume_complete)


# What each would be, by pack: name, snippet, place, duty, act, what it would be, the exceptions it rests on.
CASES: list[tuple[str, dict[str, Any], str, str, str | None, str, tuple[str, ...]]] = [
    (
        "no participation, and nothing said on withholding",
        {"decision": "2024-06-03", "publication": "2024-06-10"},
        "cn", "cn-713.14.1", None, "violated", ("traits.withheld_lawfully",),
    ),
    (
        "no participation in a matter that is not withheld",
        {"decision": "2024-06-03", "withheld_lawfully": False},
        "cn", "cn-713.14.1", None, "violated", (),
    ),
    (
        "no risk assessment, and nothing said on an earlier one",
        {"possible_harm": True, "legality_review": "2024-06-01"},
        "cn", "cn-713.22.1", None, "violated", ("traits.risk_assessed_before",),
    ),
    (
        "whether harm is possible starts the duty and stays unknown",
        {"legality_review": "2024-06-01"},
        "cn", "cn-713.22.1", None, "undetermined", (),
    ),
    (
        "a comment period of ten days that gives no reason",
        {"public_comment": {"start": "2024-05-06", "end": "2024-05-16"}},
        "cn", "cn-713.15.1c", "public_comment", "violated", (),
    ),
    (
        "a submission before the only opinion",
        {"legality_review": {"sent": "2024-06-10", "date": "2024-06-20", "conclusion": "passed",
                             "form": "review_opinion"},
         "submission": "2024-06-15"},
        "cn", "cn-713.25.2a", "submission", "violated", (),
    ),
    (
        "a review that was not passed, and nothing said on reform",
        {"legality_review": {"sent": "2024-05-01", "date": "2024-05-20", "conclusion": "not_passed",
                             "form": "review_opinion"},
         "submission": "2024-06-03", "explicit_state_rule": False},
        "cn", "cn-713.25.2a", "submission", "violated",
        ("acts[legality_review].legal_risk_stated", "traits.exploratory_reform"),
    ),
    (
        "a review that was not passed, of a reform, and nothing said on its legal risk",
        {"legality_review": {"sent": "2024-05-01", "date": "2024-05-20", "conclusion": "not_passed",
                             "form": "review_opinion"},
         "submission": "2024-06-03", "explicit_state_rule": False, "exploratory_reform": True},
        "cn", "cn-713.25.2a", "submission", "violated", ("acts[legality_review].legal_risk_stated",),
    ),
    (
        "a review that was not passed, of what is no reform: no exception matters",
        {"legality_review": {"sent": "2024-05-01", "date": "2024-05-20", "conclusion": "not_passed",
                             "form": "review_opinion"},
         "submission": "2024-06-03", "exploratory_reform": False},
        "cn", "cn-713.25.2a", "submission", "violated", (),
    ),
    (
        "a review that was not passed, of a reform whose risk it states, where a state rule is unknown: always in doubt",
        {"legality_review": {"sent": "2024-05-01", "date": "2024-05-20", "conclusion": "not_passed",
                             "form": "review_opinion", "legal_risk_stated": True},
         "submission": "2024-06-03", "exploratory_reform": True, "complete": ["legality_review"]},
        "cn", "cn-713.25.2a", "submission", "needs_judgement", (),
    ),
    (
        "no hearing, and whether the law demands one or the public interest does is unknown: always in doubt",
        {"major_public_interest": True, "hearing": False,
         "legality_review": {"sent": "2017-05-20", "date": "2017-05-20"}, "as_of": "2017-12-31"},
        GUANGDONG, "gd-183.4", None, "needs_judgement", (),
    ),
    (
        "material sent for review that lacks heads",
        {"legality_review": {"sent": "2024-05-06", "date": "2024-05-20", "materials": ["draft"]}},
        "cn", "cn-713.26.1a", "legality_review", "violated", (),
    ),
    (
        "an interpretation that falls short",
        {"wide_concern": True, "withheld_lawfully": False, "decision": "2024-06-03",
         "publication": "2024-06-10", "interpretation": {"date": "2024-06-11", "adoption_explained": False}},
        "cn", "cn-713.32b", None, "violated", (),
    ),
    (
        "naming who executes promptly is for a person, whatever the delay",
        {"decision": "2024-06-03"},
        "cn", "cn-713.34a", None, "needs_judgement", (),
    ),
    (
        "a fair-competition review that no department shared in the file",
        {"issue": "2024-09-01", "market_entities": True},
        "cn", "comp-fcr.FCR-18", "issue", "violated", (),
    ),
    (
        "publication within twenty working days, overdue, and nothing said on withholding",
        {"issue": "2024-07-01"},
        "cn", "comp-ogi.OGI-26-absent", None, "violated", ("traits.withheld_lawfully",),
    ),
    (
        "a normative document on markets without comments",
        {"normative_document": True, "market_entities": True, "legality_review": "2024-05-20"},
        "cn", "comp-obe.OBE-62.2", None, "violated", ("traits.withheld_lawfully",),
    ),
    (
        "whether the matter touches markets starts the duty and stays unknown",
        {"issue": "2024-09-01"},
        "cn", "comp-fcr.FCR-18", "issue", "undetermined", (),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "place", "duty", "act", "would_be", "exceptions"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_is_not_there_was_not_done_and_what_starts_a_duty_stays_unknown(
    written: dict[str, Any],
    place: str,
    duty: str,
    act: str | None,
    would_be: str,
    exceptions: tuple[str, ...],
) -> None:
    verdict = one(checked(written, place), duty, act)

    assert verdict.outcome == "undetermined"
    assert verdict.if_complete == would_be
    assert verdict.exceptions == exceptions
    assert verdict.in_doubt is (would_be in ("violated", "needs_judgement"))


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_it_equals_the_outcome_of_the_closed_record_on_every_worked_record(name: str) -> None:
    decision = parsed(RECORDS[name])
    assert decision is not None
    for day in (DAY, date(2025, 12, 31)):
        assert differences(dp.check(decision, as_of=day)) == []


@pytest.mark.parametrize("seed", range(8))
def test_it_equals_the_outcome_of_the_closed_record_on_changed_records(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311
    seen = 0
    for _ in range(8):
        data, decision = mutated(RECORDS[source.choice(sorted(RECORDS))], source, source.choice((0, 1, 3, 8)))
        found = dp.check(decision, as_of=date(source.choice((2013, 2018, 2021, 2023, 2026)), 6, 15))
        seen += len(found.of("undetermined"))
        assert differences(found) == [], data
    assert seen


def test_it_equals_the_outcome_of_the_closed_record_on_an_open_example_of_every_pack() -> None:
    law = standard_law()
    for pack in law.packs:
        for rule in pack.rules[:6]:
            found = [item for _, section, item in snippets(pack, rule) if section == "unknown"][:1]
            for snippet in found:
                assert not isinstance(snippet, dp.UnusableInput)
                assert differences(dp.check(snippet.decision, as_of=snippet.claims.as_of)) == [], rule.id


def test_the_exceptions_are_those_that_the_model_declares_and_each_has_its_words() -> None:
    declared = {name for name in Traits.model_fields if is_exception(Traits, name)}
    reviews = {name for name in LegalityReview.model_fields if is_exception(LegalityReview, name)}
    others = {
        (kind, name)
        for kind, part in ACT_CLASSES.items()
        for name in part.model_fields
        if is_exception(part, name)
    }

    assert declared == set(EXCEPTIONS)
    assert reviews == {"legal_risk_stated"}
    assert others == {("legality_review", "legal_risk_stated")}
    assert is_exception(Draft, "materially_changed")
    assert set(LABELS["exception"]) == declared | reviews | {"materially_changed"}
    assert dp.record_schema()["$defs"]["Traits"]["properties"]["withheld_lawfully"]["exception"] is True


def test_the_words_name_the_exceptions_that_are_taken_not_to_hold() -> None:
    withheld = one(checked({"decision": "2024-06-03"}), "14.1")
    plain = one(checked({"decision": "2024-06-03", "withheld_lawfully": False}), "14.1")
    person = one(checked({"decision": "2024-06-03"}), "34a")

    assert doubt(withheld, "zh") == "如案卷已列全，且不属于依法不予公开的事项，即不合规"
    assert doubt(plain, "zh") == "如案卷已列全，即不合规"
    assert doubt(person, "zh") == "如案卷已列全，须由人判断"
    assert (
        doubt(withheld, "en")
        == "if the record is complete, and the matter is not lawfully withheld: violated"
    )


def test_what_is_in_doubt_is_called_by_what_it_would_be() -> None:
    found = checked({"decision": "2024-06-03"})

    person = Findings(found).of(one(found, "34a"))

    assert person.called("en") == "in doubt: if the record is complete: for a person to judge"


def test_an_exception_that_is_stated_is_taken_as_stated() -> None:
    verdict = one(checked({"decision": "2024-06-03", "withheld_lawfully": True}), "14.1")

    assert verdict.outcome == "not_applicable"
    assert verdict.if_complete is None


def test_only_undetermined_verdicts_would_be_something_else(bad: dict[str, Any]) -> None:
    for verdict in report(bad).verdicts:
        if verdict.outcome != "undetermined":
            assert (verdict.if_complete, verdict.class_, verdict.exceptions) == (None, None, ())
        else:
            assert verdict.if_complete is not None
            assert verdict.class_ in CLASSES


def test_what_would_be_made_good_is_told_and_does_not_count() -> None:
    review = {"sent": "2024-03-10", "date": "2024-03-18", "form": "review_opinion", "conclusion": "passed"}
    found = checked({"legality_review": review, "submission": [{"date": "2024-03-01"}, {"date": "2024-04-01"}],
                     "decision": "2024-04-25"})  # fmt: skip
    verdict = one(found, "25.2a", "submission")

    assert (verdict.if_complete, verdict.would_be_made_good_by) == ("violated", "submission2")
    assert verdict.in_doubt
    assert not verdict.counts
    assert "已重新办理" in doubt(verdict, "zh")
    assert Report.from_json(found.to_json()) == found
    assert [item.would_be_made_good_by for item in found.in_doubt[-2:]] == ["submission2", "submission2"]
    assert {item.would_be_made_good_by for item in found.in_doubt[:-2]} == {None}


def test_what_falls_short_is_masked_with_the_acts_it_names() -> None:
    data = record("示例县-多处不合规")
    data.pop("complete", None)
    found = report(data)
    masked = dp.mask(found, salt=b"0123456789abcdef").report
    acts = {act.id for act in masked.decision.acts}

    assert [len(item.falls_short) for item in masked.in_doubt] == [
        len(item.falls_short) for item in found.in_doubt
    ]
    assert {name for item in masked.in_doubt for name in item.falls_short} <= acts


# ---------------------------------------------------------------------------------- A27 and A38, as kinds


SHORT: list[tuple[str, dict[str, Any], str, str, str | None, str]] = [
    ("an interpretation that does not say what was adopted",
     {"wide_concern": True, "withheld_lawfully": False, "decision": "2024-06-03",
      "interpretation": {"date": "2024-06-11", "adoption_explained": False}},
     "cn", "cn-713.32b", None, "interpretation"),
    ("a review that asks only for views",
     {"legality_review": {"sent": "2024-05-01", "date": "2024-05-20", "form": "consultation_reply",
                          "conclusion": "passed"}, "submission": "2024-06-03"},
     "cn", "cn-713.25.1a", "submission", "legality_review"),
    ("a review that was not passed",
     {"legality_review": {"sent": "2024-05-01", "date": "2024-05-20", "form": "review_opinion",
                          "conclusion": "not_passed"}, "submission": "2024-06-03",
      "exploratory_reform": False},
     "cn", "cn-713.25.2a", "submission", "legality_review"),
    ("a review given after the submission",
     {"legality_review": {"sent": "2024-06-10", "date": "2024-06-20", "form": "review_opinion",
                          "conclusion": "passed"}, "submission": "2024-06-15"},
     "cn", "cn-713.25.1a", "submission", "legality_review"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "place", "duty", "act", "short"),
    [case[1:] for case in SHORT],
    ids=[case[0] for case in SHORT],
)
def test_a_recorded_act_that_falls_short_is_in_doubt_in_an_open_file_and_violated_in_a_closed_one(
    written: dict[str, Any], place: str, duty: str, act: str | None, short: str
) -> None:
    verdict = one(checked(written, place), duty, act)

    assert (verdict.outcome, verdict.if_complete) == ("undetermined", "violated")
    assert short in verdict.falls_short
    assert one(checked(written | {"complete": "all"}, place), duty, act).outcome == "violated"


def test_an_act_that_meets_the_duty_or_does_not_say_falls_not_short() -> None:
    silent = {"wide_concern": True, "withheld_lawfully": False, "decision": "2024-06-03",
              "interpretation": {"date": "2024-06-11"}}  # fmt: skip
    verdict = one(checked(silent), "32b")

    assert verdict.falls_short == ()
    assert verdict.if_complete == "undetermined"
    assert verdict.class_ == "to_supply"


@pytest.mark.parametrize("complete", [None, "all"])
def test_a_published_decision_without_participation_would_be_violated_unless_it_is_lawfully_withheld(
    complete: str | None,
) -> None:
    written: dict[str, Any] = {"decision": "2024-06-03", "publication": "2024-06-10"}
    verdict = one(checked(written | ({"complete": complete} if complete else {})), "14.1")

    assert (verdict.outcome, verdict.class_, verdict.if_complete) == ("undetermined", "in_doubt", "violated")
    assert doubt(verdict, "zh") == "如案卷已列全，且不属于依法不予公开的事项，即不合规"


# ------------------------------------------------------------------------------------------ the three classes


CLASSED: list[tuple[str, dict[str, Any], str, str, str | None, str]] = [
    ("a field of something recorded", {"public_comment": {"start": "2024-05-06", "end": "2024-06-10"}},
     "cn", "cn-713.15.1b", "public_comment", "to_supply"),
    ("a trait", {"legality_review": "2024-06-01"}, "cn", "cn-713.22.1", None, "to_supply"),
    ("no act of the step, and none was due", {"decision": "2024-06-03"},
     "cn", "cn-713.36.2", None, "nothing_recorded"),
    ("no act of the step, and nothing at all recorded", {},
     "cn", "cn-713.16.1b", None, "nothing_recorded"),
    ("what was announced is on record", {"hearing": None}, "cn", "cn-713.16.3a", None, "to_supply"),
    ("what would be violated", {"decision": "2024-06-03"}, "cn", "cn-713.10.0", None, "in_doubt"),
    ("what would be for a person", {"decision": "2024-06-03"}, "cn", "cn-713.34a", None, "in_doubt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "place", "duty", "act", "class_"),
    [case[1:] for case in CLASSED],
    ids=[case[0] for case in CLASSED],
)
def test_each_undetermined_verdict_is_of_one_class(
    written: dict[str, Any], place: str, duty: str, act: str | None, class_: str
) -> None:
    verdict = one(checked(written, place), duty, act)

    assert verdict.outcome == "undetermined"
    assert verdict.class_ == verdict.face == class_


def test_no_count_mixes_the_three_classes() -> None:
    found = parking()
    counts = found.counts

    open_ones = [verdict for verdict in found.told if verdict.outcome == "undetermined"]

    assert sum(counts.values()) == len(found.told)
    assert sum(counts[name] for name in CLASSES) == len(open_ones)
    for face in FACES:
        assert len(found.of_face(face)) == counts[face]
    assert counts["in_doubt"] == len(found.in_doubt.violated) + len(found.in_doubt.needs_judgement)


def test_what_binds_internally_or_by_reference_is_never_in_doubt_and_never_counts(
    clean: dict[str, Any],
) -> None:
    clean.pop("complete")
    without(clean, "review", "experts")
    clean["body"] |= {"kind": "department"}
    found = report(clean)
    referred = [item for item in found.of("undetermined") if item.binding == "reference"]

    assert {item.if_complete for item in referred} >= {"violated"}
    assert {item.class_ for item in referred} <= {"to_supply", "nothing_recorded"}
    assert not any(item.binding in ("reference", "internal") for item in found.in_doubt)
    assert found.worst not in ("violated", "in_doubt")


def test_practice_is_never_in_doubt_and_never_counts() -> None:
    found = checked({"hearing": {"date": "2024-06-03"}, "decision": "2024-06-20"}, GUANGNING)
    practice = [item for item in found.verdicts if found.duties[item.duty].effect == "practice"]
    asked = [item for item in practice if not item.duty.endswith(".scope")]

    assert asked
    assert not any(item.counts or item.in_doubt for item in asked)


def test_a_question_of_scope_is_never_in_doubt() -> None:
    found = parking()

    assert not any(item.duty.endswith(".scope") for item in found.in_doubt)


def test_what_is_waived_is_told_and_does_not_count() -> None:
    data = record("示例县-全部合规")
    data.pop("complete")
    without(data, "experts")
    found = report(data)
    (verdict,) = [item for item in found.in_doubt.violated if item.duty == "cn-713.19.1"]
    waived = verdict._replace(waived=True)

    assert waived.in_doubt
    assert not waived.counts


def test_in_doubt_closes_no_gate_and_names_no_person() -> None:
    found = parking()
    doubted = {(item.duty, item.act or f"—{item.duty}") for item in found.in_doubt}
    about = [
        item
        for item in found.conclusions
        if ("duty" in item.fact.names) and (item.get("duty"), dict(item.fact.items()).get("act")) in doubted
    ]

    assert "cn-713.25.2a" in {duty for duty, _ in doubted}
    assert found.gate("submission").state == "unknown"
    assert about
    assert not {item.kind for item in about} & {
        "answerable",
        "unidentified",
        "behind",
        "rests",
        "consequence",
    }


# ------------------------------------------------------------------------------------------ order of severity


def test_the_order_of_severity_is_one_table() -> None:
    assert list(STANDINGS) == [
        "violated", "would_be_violated", "needs_judgement", "would_be_judged", "to_supply", "nothing_recorded",
        "pending", "satisfied", "not_applicable",
    ]  # fmt: skip
    assert [standing.grade for standing in STANDINGS.values() if standing.grade] == [
        "violated", "in_doubt", "needs_judgement", "undetermined", "undetermined", "undetermined", "pending",
    ]  # fmt: skip
    assert tuple(dict.fromkeys(item.grade for item in STANDINGS.values() if item.grade)) == GRADES
    assert {standing.face for standing in STANDINGS.values()} == set(FACES) == set(LABELS["face"])
    assert gravest(["to_supply", "needs_judgement", "would_be_violated"]) == "would_be_violated"
    assert gravest([]) is None
    assert RANKS["would_be_violated"] < RANKS["needs_judgement"] < RANKS["would_be_judged"]


@pytest.mark.parametrize(
    ("outcome", "if_complete", "asked", "unrecorded", "standing"),
    [
        ("violated", None, True, False, "violated"), ("satisfied", None, True, False, "satisfied"),
        ("undetermined", "violated", True, False, "would_be_violated"),
        ("undetermined", "needs_judgement", True, True, "would_be_judged"),
        ("undetermined", "violated", False, False, "to_supply"),
        ("undetermined", "violated", False, True, "nothing_recorded"),
        ("undetermined", "satisfied", True, False, "to_supply"),
        ("undetermined", "undetermined", True, True, "nothing_recorded"),
        ("undetermined", "not_applicable", True, True, "nothing_recorded"),
        ("undetermined", "pending", True, False, "to_supply"), ("undetermined", None, True, False, "to_supply"),
    ],
)  # fmt: skip
def test_one_function_decides_what_is_in_doubt(
    outcome: str, if_complete: str | None, asked: bool, unrecorded: bool, standing: str
) -> None:
    assert standing_of(outcome, if_complete, asked=asked, unrecorded=unrecorded) == standing


def test_worst_is_in_doubt_where_nothing_is_violated_and_something_would_be() -> None:
    assert checked({"public_comment": {"start": "2024-05-06", "end": "2024-05-16"}}).worst == "in_doubt"
    assert parking().worst == "violated"


def test_worst_is_undetermined_where_something_would_be_for_a_person_only(clean: dict[str, Any]) -> None:
    clean.pop("complete")
    without(clean, "executed")
    found = report(clean)

    assert found.in_doubt.needs_judgement
    assert not found.in_doubt.violated
    assert found.worst == "undetermined"


# ------------------------------------------------------------------------------------------ worked out once


def test_it_is_worked_out_when_first_read_and_once_only(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    real = checking._as_it_stands

    def counted(*given: Any) -> Any:
        runs.append(given)
        return real(*given)

    monkeypatch.setattr(checking, "_as_it_stands", counted)
    found = parking()
    assert not runs

    with ThreadPoolExecutor(4) as threads:
        seen = list(threads.map(lambda item: item.if_complete, found.verdicts * 4))

    assert len(runs) == 1
    assert seen == [item.if_complete for item in found.verdicts] * 4
    assert found.in_doubt
    assert found.counts
    assert len(runs) == 1


def test_a_report_from_json_keeps_what_was_written() -> None:
    found = parking()
    data = json.loads(found.to_json())
    written = {(item["duty"], item["act"]): item for item in data["verdicts"]}
    data["verdicts"] = [
        item | {"if_complete": "needs_judgement"} if item["duty"] == "cn-713.15.1c" else item
        for item in data["verdicts"]
    ]
    changed = Report.from_json(json.dumps(data))

    assert Report.from_json(found.to_json()) == found
    assert Report.from_json(found.to_json()).counts == found.counts
    assert written["cn-713.32b", None]["class"] == "in_doubt"
    assert written["cn-713.32b", None]["falls_short"] == [named(found, "interpretation")]
    assert written["cn-713.36.2", None]["class"] == "nothing_recorded"
    assert {item.if_complete for item in changed.about("15.1c")} == {"needs_judgement"}
    assert changed != found


def test_a_report_written_before_says_nothing_of_it_and_is_read() -> None:
    data = json.loads(parking().to_json())
    for item in data["verdicts"]:
        for key in ("if_complete", "class", "exceptions", "falls_short"):
            del item[key]
    del data["assumed_up_to"]
    found = Report.from_json(json.dumps(data))

    assert found.in_doubt == ()
    assert found.counts["to_supply"] == len([item for item in found.told if item.outcome == "undetermined"])


def test_reports_and_verdicts_are_pickled_with_the_results_only() -> None:
    found = parking()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301
    verdict = pickle.loads(pickle.dumps(found.in_doubt[0]))  # noqa: S301

    assert again == found
    assert verdict.if_complete == found.in_doubt[0].if_complete
    assert verdict.class_ == "in_doubt"


def test_verdicts_differ_by_what_they_would_be() -> None:
    found = parking()
    verdict = found.in_doubt[0]
    other = verdict._replace(supposed=None)

    assert verdict == verdict._replace()
    assert verdict != other
    assert other.class_ == "to_supply"


def test_by_processes_and_threads_the_results_are_the_same() -> None:
    decision = dp.load_decision(PARKING)
    day = date(2024, 11, 30)
    with ThreadPoolExecutor(2) as threads:
        (found,) = dp.check_many([decision], as_of=day, executor=threads)

    assert found == parking()


# ------------------------------------------------------------------------------------- the assumption, and its day


def test_if_complete_goes_up_to_the_day_of_checking_and_the_assumption_only_to_the_day_stated_on() -> None:
    found, assumed = parking(), parking(assume_complete=True)

    assert one(found, "32b").if_complete == "violated"
    assert one(assumed, "32b").outcome == "undetermined"
    assert one(assumed, "32b").if_complete == "violated"
    assert assumed.assumed_up_to == "2024-11-20"
    assert found.assumed_up_to is None
    assert parking(date(2024, 11, 15), assume_complete=True).assumed_up_to == "2024-11-15"
    assert report(record("示例县-多处不合规"), assume_complete=True).assumed_up_to == DAY.isoformat()


# ----------------------------------------------------------------------------------------- the records of use.md


def test_the_parking_scheme_shows_its_breach_and_what_is_in_doubt() -> None:
    found = parking()
    doubted = {item.duty for item in found.in_doubt.violated}

    assert [item.duty for item in found.violations] == ["cn-713.30.2a"]
    assert {"cn-713.15.1c", "cn-713.25.1a", "cn-713.25.2a", "cn-713.32b"} <= doubted
    assert one(found, "15.1c", named(found, "public_comment")).edges[0].endswith("29 / 30")
    assert one(found, "32b").falls_short == (named(found, "interpretation"),)
    working_days = one(found, "26.2", named(found, "legality_review"))
    assert working_days.outcome == "needs_judgement"
    assert working_days.edges[0].endswith("6 / 7")


def office_record(number: int) -> dict[str, Any]:
    """One of twelve records of a county's own system: every third has ten days of comment, every fourth an early submission."""
    end = f"2024-05-{number:02d}" if number % 3 else f"2024-04-{number + 10:02d}"
    return {
        "schema": 1, "id": f"2024-{number:02d}", "title": f"示例县事项{number}",
        "body": {"name": "示例县人民政府", "level": "county", "kind": "government", "unit": "gov"},
        "lead_unit": "ndrc", "catalogue": {"listed": True, "year": 2024},
        "units": [{"id": "gov", "name": "县政府"}, {"id": "ndrc", "name": "发改局"}, {"id": "law", "name": "司法局"}],
        "people": [{"id": "chief"}, {"id": "deputy"}],
        "documents": [{"id": "d1", "kind": "comment_notice", "date": f"2024-04-{number:02d}"}],
        "acts": [
            {"kind": "public_comment", "unit": "ndrc", "start": f"2024-04-{number:02d}", "end": end,
             "documents": ["d1"]},
            {"kind": "expert_review", "unit": "ndrc", "date": "2024-06-01"},
            {"kind": "legality_review", "unit": "law", "sent": "2024-06-10", "date": "2024-06-20",
             "form": "review_opinion", "conclusion": "passed"},
            {"kind": "submission", "unit": "ndrc", "date": "2024-06-25" if number % 4 else "2024-06-15"},
            {"kind": "deliberation", "unit": "gov", "date": "2024-06-27", "meeting_type": "executive",
             "chief": "chief", "chief_present": True, "speaking_order": ["deputy", "chief"]},
            {"kind": "issue", "unit": "gov", "date": "2024-07-01"},
        ],
    }  # fmt: skip


@pytest.mark.parametrize("number", range(1, 13))
def test_ten_days_of_comment_and_early_submissions_of_an_open_file_are_in_doubt(number: int) -> None:
    found = report(office_record(number))
    doubted = {item.duty.removeprefix("cn-713.") for item in found.in_doubt.violated}

    assert not found.violations
    assert ("15.1c" in doubted) is (number % 3 == 0)
    assert ("25.2a" in doubted) is (number % 4 == 0)
    assert found.worst == "in_doubt"
