"""Answers: truthfully given, they settle all that facts settle; nothing is asked that changes no verdict."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import decision_procedure as dp
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.law.evidence import kinds_listed
from decision_procedure.law.facts import Facts
from decision_procedure.model.spots import spot_at

EXAMPLES = Path(__file__).parent.parent / "examples" / "invented"
DAY = date(2024, 9, 30)
INVENTED = ("示例县-全部合规", "示例县-多处不合规", "示例县-依法不予公开", "示例县-办公会代替常务会")
PUBLISHED = tuple(
    path.stem for path in sorted((EXAMPLES.parent / "published").glob("*.yaml")) if "郴州" not in path.stem
)
NAMES = (*(f"{name}:{seed}" for name in INVENTED for seed in range(3)), *PUBLISHED)
BODY = {"name": "示例县人民政府", "level": "county", "kind": "government"}


def full(name: str) -> dp.Decision:
    return dp.load_decision(EXAMPLES / f"{name}.yaml")


def opened(record: dp.Decision, seed: int) -> dp.Decision:
    """The record with facts taken out at random, and with them what said that they are all there."""
    chance, data = random.Random(seed), record.to_dict()  # noqa: S311
    data.pop("complete", None)
    kept = [act for act in data["acts"] if chance.random() < 0.75]
    gone = {act["id"] for act in data["acts"]} - {act["id"] for act in kept}
    data["acts"] = [
        {
            key: value
            for key, value in act.items()
            if key in ("kind", "id", "held") or (str(value) not in gone and chance.random() < 0.6)
        }
        for act in kept
    ]
    for act in data["acts"]:
        for key in [key for key in act if key.endswith("_complete") and key[:-9] not in act]:
            del act[key]
    data["traits"] = {key: value for key, value in data["traits"].items() if chance.random() < 0.6}
    return dp.decision(data)


@cache
def worked(name: str) -> tuple[dp.Decision, dp.Decision]:
    """A record, and the same with all that was known of it: an invented one with facts taken out, or a published
    notice whose matter went on as the compliant record did."""
    name, _, seed = name.partition(":")
    if seed:
        return opened(full(name), int(seed)), full(name)
    told = full(INVENTED[0]).to_dict()
    notice = dp.load_decision(EXAMPLES.parent / "published" / f"{name}.yaml").to_dict()
    lists = {key: [*notice.get(key, ()), *told[key]] for key in ("units", "people", "documents", "drafts")}
    kinds = {act["kind"] for act in notice["acts"]}
    later = [act for act in told["acts"] if act["kind"] not in kinds]
    whole = {key: told[key] for key in ("complete", "catalogue")} | {
        "traits": told["traits"] | notice.get("traits", {})
    }
    return (
        dp.decision({**notice, **lists}),
        dp.decision({**notice, **lists, **whole, "acts": [*notice["acts"], *later]}),
    )


def truth(question: dp.Question, record: dp.Decision, known: dp.Decision) -> Any:
    """What somebody answers who knows the whole record; None: the whole record does not say."""
    data = known.to_dict()
    if question.kind == "act":
        kinds, had = kinds_listed(question.place), {act.id for act in record.acts}
        facts = Facts(known, date.fromisoformat(question.as_of))
        more = [act for act in data["acts"] if act["kind"] in kinds and act["id"] not in had]
        return more or (False if facts.closed(kinds, facts.now) else None)
    spot = spot_at(known, question.place)
    if question.kind == "judgement" or spot is None:
        return None
    holder: Any = data
    for step in spot.holder:
        holder = holder[step] if isinstance(step, int) else holder.get(step, {})
    key = str(spot.path[-1])
    if key in (holder.get("denied") or ()):
        return False
    whole = f"{key}_complete"
    if isinstance(holder.get(key), list) and key != "documents":
        return {name: holder[name] for name in (key, whole) if name in holder}
    return holder.get(key)


def until_nothing_is_asked(record: dp.Decision, known: dp.Decision) -> dp.Report:
    for _ in range(8):
        report = dp.check(record, as_of=DAY)
        found = [(item, truth(item, record, known)) for item in dp.questions(report)]
        answers = [(item, value) for item, value in found if value is not None]
        if not answers:
            return report
        record = dp.answered(record, answers)
    pytest.fail("the same is asked for ever")


def come_to(report: dp.Report) -> dict[tuple[str, str | None], str]:
    """What each duty comes to; whether one applies that nobody broke, may stay open."""
    settled = ("satisfied", "not_applicable")
    return {
        (verdict.duty, verdict.act): "kept" if verdict.outcome in settled else verdict.outcome
        for verdict in report.verdicts
    }


@pytest.mark.parametrize("name", NAMES)
def test_answers_of_one_who_knows_give_back_every_verdict_that_facts_settle(name: str) -> None:
    record, known = worked(name)
    wanted = come_to(dp.check(known, as_of=DAY))

    found = come_to(until_nothing_is_asked(record, known))

    assert {key: found[key] for key in found.keys() & wanted.keys()} == {
        key: wanted[key] for key in found.keys() & wanted.keys()
    }
    assert [key for key in found if found[key] == "undetermined" and key not in wanted] == []


def possible(question: dp.Question) -> Iterator[Any]:
    """Answers that a question takes, until one changes a verdict."""
    if question.sort == "date":
        yield from ("2024-01-02", "2017-01-02", "2024-12-01", False)
    elif question.place.endswith(".documents"):
        yield from ([{"kind": paper, "title": "文件"}] for paper in question.papers)
    elif question.several and question.choices:
        yield from ([word for word, _ in question.choices], [question.choices[0][0]], False)
    elif question.choices:
        yield from (word for word, _ in question.choices)
    else:
        yield from (False, 1, "甲")


def outcomes(report: dp.Report, duties: Iterable[str]) -> frozenset[tuple[str, str | None, str]]:
    wanted = frozenset(duties)
    return frozenset(
        (verdict.duty, verdict.act, verdict.outcome) for verdict in report.verdicts if verdict.duty in wanted
    )


def played(
    record: dp.Decision, duties: Iterable[str], left: str, answer: Callable[[dp.Question], Any]
) -> dp.Report:
    """The report once what these duties wait for has been answered, each question once, one place left as it is."""
    answered, wanted = {left}, frozenset(duties)
    for _ in range(6):
        report = dp.check(record, as_of=DAY)
        for question in dp.questions(report):
            if (
                question.kind != "judgement"
                and wanted & set(question.duties)
                and question.place not in answered
            ):
                answered.add(question.place)
                with contextlib.suppress(UnusableArgument, UnusableInput):
                    record = dp.answer(record, question, answer(question))
        if record == report.decision or "undetermined" not in {one[2] for one in outcomes(report, duties)}:
            return report
    return report


def decides(question: dp.Question, record: dp.Decision, known: dp.Decision) -> bool:
    """Whether what a duty comes to in the end hangs on the answer: the rest answered truthfully, or anyhow."""
    duties, changed = question.duties, [record, *_answered(record, question)]

    def differ(answer: Callable[[], Callable[[dp.Question], Any]]) -> bool:
        ends = (outcomes(played(one, duties, question.place, answer()), duties) for one in changed)
        first = next(ends)
        return any(end != first for end in ends)

    if differ(lambda: lambda other: truth(other, record, known)):
        return True
    return any(differ(lambda seed=seed: _anyhow(random.Random(seed))) for seed in range(8))  # type: ignore[misc]  # noqa: S311


def _anyhow(chance: random.Random) -> Callable[[dp.Question], Any]:
    return lambda other: chance.choice([True, False] if other.kind == "act" else list(possible(other)))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_asked_that_decides_no_verdict(name: str) -> None:
    record, known = worked(name)
    report = dp.check(record, as_of=DAY)
    found = [question for question in dp.questions(report) if question.kind != "judgement"]
    assert len(found) > 20

    for question in found:
        before = outcomes(report, question.duties)
        after = (outcomes(dp.check(one, as_of=DAY), question.duties) for one in _answered(record, question))
        assert any(one != before for one in after) or decides(question, record, known), question.place


def _answered(record: dp.Decision, question: dp.Question) -> Iterator[dp.Decision]:
    for value in possible(question):
        try:
            yield dp.answer(record, question, value)
        except (UnusableArgument, UnusableInput):
            continue  # no such answer is possible in this record


def asked(**stated: Any) -> tuple[dp.Decision, tuple[dp.Question, ...]]:
    record = dp.decision({"schema": 1, "title": "事项", "body": BODY, **stated})
    return record, dp.questions(dp.check(record, as_of=DAY))


def at(place: str, found: tuple[dp.Question, ...]) -> dp.Question:
    (question,) = [item for item in found if item.place == place]
    return question


REFUSED = [
    {
        "id": "r",
        "kind": "legality_review",
        "sent": "2024-04-01",
        "date": "2024-04-10",
        "conclusion": "not_passed",
    },
    {"id": "s", "kind": "submission", "date": "2024-04-20"},
]
NO_STANDARD = {"meets_published_standards": False, "adjusts_major_decision": False}
COMMENT = {"id": "c", "kind": "public_comment", "start": "2024-03-04", "end": "2024-03-14"}


def test_what_is_not_known_leaves_a_question_open() -> None:
    record, found = asked(acts=[COMMENT])
    for value in (None, "不清楚", "不详", "?"):
        assert dp.answer(record, at("acts[c].shortening_explained", found), value) == record


def test_words_of_the_file_are_taken_and_others_refused() -> None:
    record, found = asked(acts=[COMMENT])
    question = at("acts[c].shortening_explained", found)

    assert dp.answer(record, question, "公告中说明").acts[0].shortening_explained == "in_notice"
    assert "公告中说明" in question.answers.zh
    with pytest.raises(UnusableInput, match="说明过"):
        dp.answer(record, question, "说明过")


def test_that_no_such_act_took_place_is_denied_and_that_no_further_one_did_is_stated() -> None:
    record, found = asked(acts=REFUSED)

    none = dp.answer(record, at("acts(deliberation)", found), "没有")
    more = dp.answer(record, at("acts(legality_review)", found), "否")

    (denied,) = [act for act in none.acts if act.kind == "deliberation"]
    assert denied.held is False
    assert more.complete is not None
    assert more.complete.kinds == ("legality_review",)
    assert more.complete.up_to.text == "2024-09-30"
    assert "除案卷已记载的以外" in at("acts(legality_review)", found).text.zh


def test_that_no_further_act_took_place_does_not_stretch_an_older_statement() -> None:
    record, found = asked(
        acts=REFUSED,
        complete={"kinds": ["hearing"], "up_to": "2024-05-01"},
    )
    with pytest.raises(UnusableArgument, match="2024-05-01"):
        dp.answer(record, at("acts(legality_review)", found), False)


def test_a_date_is_denied_by_name_and_a_unit_or_document_is_added_by_what_it_is_called() -> None:
    record, found = asked(
        acts=[{"id": "h", "kind": "hearing", "date": "2024-05-06"}, {"id": "k", "kind": "risk_assessment"}]
    )
    listed = at("acts[h].list_published", found)

    assert dp.answer(record, listed, "未办理").acts[0].denied == ("list_published",)
    dated = dp.answer(record, at("acts[k].date", found), "2024年5月8日")
    question = at("acts[k].documents", dp.questions(dp.check(dated, as_of=DAY)))
    assert "risk_report" in question.papers
    after = dp.answer(dated, question, "示例县风险评估报告")
    (document,) = after.documents
    assert (document.kind, document.title) == ("risk_report", "示例县风险评估报告")
    assert after.acts[1].documents == (document.id,)


def test_a_record_stated_some_time_ago_is_first_asked_whether_it_still_holds() -> None:
    record = full("示例县-办理中")
    (question,) = dp.questions(dp.check(record, as_of=DAY))

    assert question.place == "stated_on"
    after = dp.check(dp.answer(record, question, "否"), as_of=DAY)
    assert after.of("undetermined") == ()


def test_a_person_answers_what_the_law_leaves_to_one_and_is_asked_no_more() -> None:
    record, found = asked(acts=[COMMENT], catalogue={"listed": False}, traits=NO_STANDARD)
    question = next(item for item in found if item.kind == "judgement")

    given = {
        "判断": "符合要求",
        "判断理由": "已逐项核对",
        "判断人": "示例县司法局",
        "判断日期": "2024-09-29",
        "依据文件": "核对记录",
    }
    after = dp.check(dp.answer(record, question, given), as_of=DAY)

    assert question.text not in [item.text for item in dp.questions(after)]
    judged = [item for item in after.judgements if item.duty in question.duties]
    assert {item.standing for item in judged} == {"checked"}
    assert {item.reason for item in judged} == {"已逐项核对"}
    assert after.decision.documents[-1].title == "核对记录"


def test_a_fact_that_would_settle_the_scope_goes_before_a_persons_judgement() -> None:
    record, found = asked(acts=[COMMENT])

    assert not [item for item in found if item.kind == "judgement"]
    assert "cn-713.scope" in at("catalogue.listed", found).duties
    report = dp.check(dp.answer(record, at("catalogue.listed", found), "是"), as_of=DAY)
    assert [verdict.outcome for verdict in report.verdicts if verdict.duty == "cn-713.scope"] == ["satisfied"]


def test_what_only_a_cap_leaves_to_a_person_is_asked_in_a_sentence_of_its_own() -> None:
    report = dp.check(full("示例县-办公会代替常务会"), as_of=DAY)
    (finding,) = [item for item in report.findings() if item.outcome == "needs_judgement"]
    (question,) = [item for item in dp.questions(report) if item.kind == "judgement"]

    assert question.duties == (finding.rule,)
    given = {"answer": "met", "reason": "已核对", "by": "示例县司法局", "day": "2024-09-29"}
    after = dp.check(dp.answer(report.decision, question, given), as_of=DAY)
    assert not [item for item in dp.questions(after) if item.kind == "judgement"]
