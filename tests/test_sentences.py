"""The sentence of a finding: said of every duty, filled from the record, in the language of officials."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from outputs import OUTPUTS

import decision_procedure as dp
from decision_procedure.errors import BadPack
from decision_procedure.law.loading import load_pack
from decision_procedure.results.report import Report
from decision_procedure.results.saying import Namings, brief_sentence, evidence, said, sentence
from decision_procedure.results.severity import SEVERITY
from decision_procedure.results.verdict import Verdict
from decision_procedure.ruletests.snippets import read_snippet
from tools.faults import PAGE, page, told
from tools.fuzz.records import RECORDS, mutated

AS_OF = date(2026, 6, 1)
OFFENCE = re.compile(
    r"[a-z_]{4,}-[0-9a-f]{6,}|acts[(\[]|→|[{}]|(?<=[\u4e00-\u9fff])[,;:](?=[\u4e00-\u9fff])|[，；。]{2}|的的"
)
QUOTED = re.compile("“[^”]*”")
CHINESE = re.compile("[\u4e00-\u9fff]")


def decided(**written: object) -> Report:
    return dp.check(read_snippet(written, "snippet").decision, as_of=date(2024, 12, 31))


def of(report: Report, duty: str, lang: str = "zh") -> str:
    return sentence(report, report.about(f"cn-713.{duty}")[0], lang)


def test_the_page_is_the_one_that_the_examples_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.faults"


def test_every_duty_has_a_sentence_of_its_own_or_a_form_on_each_of_its_examples() -> None:
    duties = {rule.id for pack in dp.load_law().packs for rule in pack.rules}
    source = {item.duty: {text.source for text in item.sentences} for item in told()}

    assert duties - source.keys() == set()
    assert {duty for duty, found in source.items() if not found <= {"pack", "form"}} == set()
    assert [item.name for item in told() if not all(text.text for text in item.sentences)] == []


def test_a_sentence_of_its_own_is_said_on_an_example_of_each_duty_that_has_one() -> None:
    own = {rule.id for pack in dp.load_law().packs for rule in pack.rules if rule.duty.fault is not None}

    assert own - {item.duty for item in told() if item.sentences[0].source == "pack"} == set()
    assert {duty.partition(".")[0] for duty in own} >= {"cn-713", "comp-ogi", "gd-183", "gd-303"}


def test_each_sentence_on_an_example_names_a_day_and_nothing_that_only_machines_read() -> None:
    for item in told():
        zh, en = (text.text for text in item.sentences)
        assert not OFFENCE.search(zh + en), (item.name, zh, en)
        assert re.search(r"\d{4}", zh) or "日期未载明" in zh or "第" in zh, (item.name, zh)
        assert re.search(r"\d{4}", en) or "undated" in en or "draft" in en, (item.name, en)
        assert not CHINESE.search(without_names(item.report, en)), (item.name, en)
        assert (zh[-1], en[-1]) == ("。", ".")


def test_each_brief_sentence_keeps_the_numbers_that_matter_says_no_more_than_the_long_one_and_cuts_nothing() -> (
    None
):
    for item in told():
        zh, en = (brief_sentence(item.report, item.verdict, lang) for lang in ("zh", "en"))
        assert zh, item.name
        assert en, item.name
        assert not OFFENCE.search(zh + en), (item.name, zh, en)
        assert not CHINESE.search(without_names(item.report, en)), (item.name, en)
        assert "…" not in zh + en, (item.name, zh, en)
        assert zh[-1] not in "。；，、", (item.name, zh)
        assert len(zh) <= max(len(item.sentences[0].text), 30), (item.name, zh)
        if short := re.search(r"少(\d+)(?:个工作)?日", item.sentences[0].text):
            assert short[0] in zh, (item.name, zh)


def without_names(report: Report, text: str) -> str:
    """Return a text without what it quotes and without the names of the record."""
    experts = [item.name for act in report.decision.acts for item in getattr(act, "experts", ())]
    for name in (report.decision.body.name, *filter(None, experts)):
        text = text.replace(name, "")
    return QUOTED.sub("", text)


@lru_cache(maxsize=1)
def records() -> tuple[Report, ...]:
    whole = [dp.parse_decision(json.dumps(data, ensure_ascii=False)) for data in RECORDS.values()]
    source = random.Random(19)  # noqa: S311
    changed = [mutated(RECORDS[source.choice([*RECORDS])], source, 6)[1] for _ in range(30)]
    return tuple(dp.check(decision, as_of=AS_OF) for decision in (*whole, *changed))


def findings() -> Iterator[tuple[Report, Verdict]]:
    for report in records():
        yield from ((report, verdict) for verdict in report.told if verdict.outcome in SEVERITY[:3])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sentence_nor_evidence_over_examples_and_changed_records_reads_like_a_machine(lang: str) -> None:
    named = {id(report): Namings(report) for report in records()}
    for report, verdict in findings():
        called = named[id(report)].of(lang)
        text, below = said(report, verdict, called).text, evidence(report, verdict, called)
        assert text, verdict.duty
        for line in (text, *below.decided, *below.holds):
            assert not OFFENCE.search(line), (verdict.duty, line)


def test_it_says_by_how_many_days_a_comment_period_is_too_short() -> None:
    report = decided(
        public_comment={"start": "2024-03-04", "end": "2024-03-24", "shortening_explained": "not"}
    )

    assert of(report, "15.1c") == (
        "公开征求意见自2024年3月4日至3月24日，共20日（首尾均计为21日），比“一般不少于30日”的要求少10日；公告未说明缩短期限的理由。"
    )


def test_it_says_in_what_place_the_chief_spoke_and_who_came_after() -> None:
    post = {"unit": "government", "post": "县长", "capacity": "chief", "since": "2020-01-01"}
    people = [{"id": "chief", "name": "王某某", "posts": [post]}, {"id": "member", "name": "赵某某"}]
    meeting = {
        "date": "2024-09-20", "chief": "chief", "speaking_order": ["chief", "member"],
        "attendees": [{"person": "chief", "role": "chief"}, {"person": "member", "role": "member"}],
    }  # fmt: skip
    report = decided(people=people, deliberation=meeting)

    assert of(report, "30.2a") == "2024年9月20日集体讨论中，县长王某某第1位发言，其后还有赵某某发言。"


def test_who_only_sat_in_is_not_said_to_have_spoken_after_the_chief() -> None:
    people = [{"id": name, "name": name} for name in ("甲某", "乙某", "丙某")]
    roles = {"甲某": "chief", "乙某": "attending", "丙某": "member"}
    attendees = [{"person": name, "role": role} for name, role in roles.items()]
    meeting = {"date": "2024-09-20", "chief": "甲某", "speaking_order": [*roles], "attendees": attendees}

    assert of(decided(people=people, deliberation=meeting), "30.2a").endswith(
        "甲某第1位发言，其后还有丙某发言。"
    )


def test_a_period_that_the_decision_cut_short_is_told_up_to_the_decision() -> None:
    report = decided(
        public_comment={"start": "2024-05-01", "end": "2024-06-30", "shortening_explained": "not"},
        decision="2024-05-21",
    )

    assert of(report, "15.1c").startswith("公开征求意见自2024年5月1日至5月21日（作出决定之日），共20日")


def test_it_names_the_draft_reviewed_and_the_draft_discussed_by_their_titles() -> None:
    report = decided(
        drafts=[{"id": "送审稿"}, {"id": "上会稿", "materially_changed": True}],
        legality_review={
            "date": "2024-09-14",
            "form": "review_opinion",
            "conclusion": "passed",
            "draft": "送审稿",
        },
        submission={"date": "2024-09-19", "draft": "上会稿"},
        complete="all",
    )

    for duty in ("25.1a", "25.2a"):
        assert of(report, duty) == (
            "2024年9月19日提交讨论的“上会稿”，是合法性审查（对“送审稿”，2024年9月14日出具意见）之后作了实质修改的稿子，"
            "案卷未见对“上会稿”的审查意见。"
        )


def test_acts_of_one_kind_are_told_apart_by_number_and_day() -> None:
    report = decided(
        hearing=[{"date": "2024-05-08", "public": True}, {"date": "2024-05-20", "public": False}],
        complete="all",
    )
    (verdict,) = [item for item in report.about("cn-713.17-public") if item.outcome == "violated"]

    assert sentence(report, verdict) == "第2次听证会（2024年5月20日）未公开举行。"


def test_a_sentence_of_its_own_is_not_said_where_a_person_is_asked_or_the_breach_is_another() -> None:
    excused = decided(
        public_comment={"start": "2024-03-04", "end": "2024-03-24", "shortening_explained": "in_notice"}
    )
    untold = decided(public_comment={"start": "2024-03-04", "end": "2024-03-24"})

    assert "未说明" not in of(excused, "15.1c")
    assert "须判断：公告说明的理由" in of(excused, "15.1c")
    assert of(untold, "15.1c").endswith("案卷未载明缩短期限说明。")


def test_what_is_open_says_what_would_settle_it_and_what_is_made_good_by_what() -> None:
    open_ = decided(hearing={"date": "2024-05-20"})
    again = decided(
        public_comment=[
            {"start": "2024-03-01", "end": "2024-03-11", "shortening_explained": "not"},
            {"start": "2024-04-01", "end": "2024-05-06"},
        ],
        complete="all",
    )

    assert of(open_, "17-public") == "关于2024年5月20日听证会，案卷未载明是否公开举行，补充载明后方可判断。"
    (verdict,) = [item for item in again.about("cn-713.15.1c") if item.outcome == "violated"]
    assert sentence(again, verdict).endswith(
        "；其后第2次公开征求意见（2024年4月1日至5月6日）已符合要求，视为已重新办理。"
    )


def test_a_report_read_back_and_a_masked_one_say_the_same_of_what_they_hold() -> None:
    path = next((Path(__file__).parent.parent / "examples").rglob("*多处不合规*.yaml"))
    report = dp.check(dp.load_decision(path), as_of=AS_OF)
    back = Report.from_json(report.to_json())
    masked = dp.mask(report, salt=b"0" * 16)
    hidden = [person.name for person in report.decision.people if person.name and len(person.name) > 1]
    names = Namings(report), Namings(back), Namings(masked.report)

    for verdict, again in zip(report.verdicts, back.verdicts, strict=True):
        for lang in ("zh", "en"):
            assert said(report, verdict, names[0].of(lang)) == said(back, again, names[1].of(lang))
    shown = [said(masked.report, item, names[2].of("zh")).text for item in masked.report.verdicts]
    assert [text for text in shown if any(name in text for name in hidden)] == []


@lru_cache(maxsize=1)
def without_identifiers() -> Report:
    """A record that names none of its acts."""
    acts = [
        {"kind": "public_comment", "start": "2024-03-04", "end": "2024-03-24", "shortening_explained": "not"},
        {"kind": "hearing", "date": "2024-04-10"},
        {"kind": "legality_review", "date": "2024-05-24", "form": "consultation_reply"},
        {"kind": "submission", "date": "2024-05-30"},
        {"kind": "decision", "date": "2024-06-06", "outcome": "adopt"},
    ]
    head = {
        "schema": 1,
        "title": "示例方案",
        "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
    }
    record = {**head, "catalogue": {"listed": True}, "complete": {"up_to": "2024-08-01"}, "acts": acts}
    return dp.check(dp.parse_decision(json.dumps(record)), as_of=date(2024, 7, 1))


@pytest.mark.parametrize("name", ["text", "html", "word", "sheet", "excel", "trail", "pictures"])
def test_nothing_that_people_read_names_an_act_by_a_hash_or_a_place_by_its_path(name: str) -> None:
    shown = OUTPUTS[name](without_identifiers(), "zh")
    read = re.sub(r"<[^>]*>", " ", shown)

    assert not re.search(r"[a-z_]{4,}-[0-9a-f]{6,}|acts[(\[]|→ 否", read)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "name", ["text", "html", "word", "excel", "trail", "csv", "sarif", "junit", "github", "gitlab"]
)
def test_the_sentence_stands_in_every_output(name: str, lang: str) -> None:
    report = without_identifiers()
    shown = html.unescape(OUTPUTS[name](report, lang))
    shown = re.sub(r"</w:t>\s*<w:noBreakHyphen/>\s*<w:t[^>]*>", "-", shown)
    shown = re.sub(r"\s", "", shown)

    for duty in ("15.1c", "25.2a"):
        wanted = re.sub(r"\s", "", of(report, duty, lang))
        assert wanted in shown, (duty, wanted)


def test_evidence_puts_what_failed_first_and_says_double_negatives_straight() -> None:
    report = decided(
        expert_review={
            "date": "2024-05-20",
            "experts": [{"name": "庚", "direct_interest": True}],
            "experts_complete": True,
        }
    )
    (verdict,) = report.about("cn-713.20c")
    found = evidence(report, verdict, Namings(report).of("zh"))

    assert found.decided == ("专家庚（2024年5月20日专家论证）与决策事项有直接利害关系",)


PACK = Path(__file__).parent.parent / "decision_procedure/rules/cn/comp-archives.yaml"


@pytest.mark.parametrize("slot", ["{nothing}", "{act}", "{filing.date}", "{filing", "{0}"])
def test_a_slot_that_no_evidence_can_fill_is_a_fault_of_the_pack(slot: str) -> None:
    fault = f'    fault:\n      zh: "没有{slot}"\n      en: "no {slot}"\n'
    text = PACK.read_text("utf-8")

    load_pack(text.replace("    cure:", fault.replace(slot, "{filing}") + "    cure:", 1), "a.yaml")
    with pytest.raises(BadPack) as raised:
        load_pack(text.replace("    cure:", fault + "    cure:", 1), "a.yaml")
    assert "没有此空位" in raised.value.faults[0].text("zh")


OPINION = {
    "id": "r",
    "kind": "legality_review",
    "form": "review_opinion",
    "sent": "2024-05-06",
    "date": "2024-05-20",
}
FOR_A_PERSON = [
    ({"conclusion": "passed", "unit": "bureau"}, "承办单位自行审查，是否算作合法性审查"),
    ({"conclusion": "passed_with_changes", "changes_made": False}, "审查要求修改而未修改的，能否提交讨论"),
    (
        {"conclusion": "not_passed", "legal_risk_stated": True},
        "是否属于国家尚无明确规定的探索性改革事项且法律风险已明示",
    ),
]


@pytest.mark.parametrize(("opinion", "asked"), FOR_A_PERSON)
def test_a_person_is_asked_only_what_the_opinion_on_record_leaves_open(
    opinion: dict[str, Any], asked: str
) -> None:
    record = dp.decision(
        {
            "schema": 1, "title": "事项", "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
            "catalogue": {"listed": True}, "units": [{"id": "bureau", "name": "示例县住房和城乡建设局"}], "lead_unit": "bureau",
            "traits": {"exploratory_reform": "legal_risk_stated" in opinion, "explicit_state_rule": False},
            "acts": [OPINION | opinion, {"id": "s", "kind": "submission", "date": "2024-05-27"}],
            "complete": {"up_to": "2024-09-30"},
        }
    )  # fmt: skip
    report = dp.check(record, as_of="2024-09-30")
    (finding,) = [item for item in report.findings() if item.rule == "cn-713.25.2a"]

    assert finding.outcome == "needs_judgement"
    assert finding.judge is not None
    assert finding.judge.zh == asked
    assert finding.sentence("zh").endswith(f"须判断：{asked}。")
    (question,) = [item for item in dp.questions(report) if "cn-713.25.2a" in item.duties]
    assert question.text.zh == asked
