"""The page of one decision: its structure, what it says and never says, and that no record can break out of it."""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import EXAMPLES, record, report
from lxml import html
from pages import SPELLS, hostile, shown

import decision_procedure as dp
from decision_procedure import rules
from decision_procedure.errors import UnusableArgument
from decision_procedure.law.applicable import Law, load_packs
from decision_procedure.law.articles import listed_articles
from decision_procedure.model.places import Places
from decision_procedure.render.html import page_text
from decision_procedure.render.html.drawing import _environment
from decision_procedure.results.waivers import Waiver, apply_waivers

GOLDEN = Path(__file__).parent / "golden"
BAD = "示例县-多处不合规"
RECORDS = [BAD, "示例县-全部合规", "示例县-办理中"]
NEVER = re.compile(r"无效|合法(?!性|权益)|违法决策|\b(is|was) (un)?lawful\b|\binvalid\b")


def page(found: dp.Report, lang: str = "zh") -> html.HtmlElement:
    return html.fromstring(dp.as_html(found, lang=lang))


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def outline(document: html.HtmlElement) -> str:
    """Return headings, tables with their size, what is folded, and figures, whatever their sheets, one a line."""
    lines = [f"lang {document.get('lang')}"]
    for item in document.iter("h1", "h2", "h3", "table", "svg", "article", "details"):
        if item.tag == "table":
            heads = " | ".join(text_of(cell) for cell in item.findall("thead/tr/th"))
            lines.append(f"  table {len(item.findall('tbody/tr'))}: {heads}")
        elif item.tag == "svg":
            drawn = f"  svg {item.get('class')}"
            lines += [drawn] if lines[-1] != drawn else []
        elif item.tag == "details":
            lines.append(f"  folded: {text_of(item.find('summary'))}")
        elif item.tag == "article":
            facets = ", ".join(text_of(term) for term in item.iter("dt"))
            lines.append(f"  article: {facets}")
        else:
            lines.append(f"{item.tag} {text_of(item)}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", RECORDS)
def test_the_structure_of_a_page_is_the_one_kept(name: str, lang: str) -> None:
    kept = GOLDEN / f"{name}.{lang}.txt"

    found = outline(page(report(record(name)), lang))

    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_text(found, encoding="utf-8")
    assert found == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_page_calls_a_decision_lawful_or_invalid(path: Path, lang: str) -> None:
    text = dp.as_html(dp.check(dp.load_decision(path), as_of=date(2025, 12, 31)), lang=lang)

    assert NEVER.findall(text) == []


def test_the_same_report_makes_the_same_page_to_the_byte() -> None:
    assert dp.as_html(report(record(BAD))) == dp.as_html(report(record(BAD)))


def test_a_page_that_rests_on_the_whole_record_says_so_on_its_first_line() -> None:
    body = page(report(record(BAD), assume_complete=True)).find("body")

    assert text_of(body[0]).startswith("本报告以“案卷完整”的陈述为前提")


def test_a_page_that_does_not_rest_on_it_does_not_say_so() -> None:
    assert "案卷完整" not in dp.as_html(report(record(BAD)))


def test_findings_that_spring_from_one_fact_are_one_article_with_all_their_demands() -> None:
    found = report(record(BAD))

    articles = page(found).findall(".//article")

    problems = found.problems("needs_judgement")
    assert len(problems) < len(found.of("violated"))
    assert len(articles) == len(problems)
    for article, problem in zip(articles, problems, strict=True):
        assert text_of(article.find("h3")).endswith(problem.first.heading())
        asked = [text_of(item) for item in article.xpath(".//div[@class='asked']")]
        assert [
            finding.requirement.zh in told and finding.article.zh in told and finding.rule in told
            for finding, told in zip(problem.findings, asked, strict=True)
        ] == [True] * len(problem.findings)
        text = text_of(article)
        assert all(finding.cure.zh in text and finding.role.zh in text for finding in problem.findings)
        assert "当时任职" in text


def test_the_first_thing_told_is_what_is_wrong_by_which_articles_what_mends_it_and_who() -> None:
    found = report(record(BAD))
    document = page(found)

    first = document.find(".//main/section")
    rows = first.findall(".//tbody/tr")

    problems = found.problems("needs_judgement")
    assert [text_of(row.find("th")) for row in rows] == [problem.first.heading() for problem in problems]
    units = {unit.id: unit.name for unit in found.decision.units}
    told = [""]
    for row, problem in zip(rows, problems, strict=True):
        _, _, articles, cures, who = map(text_of, row)
        cited = dict.fromkeys(finding.article.zh for finding in problem.findings)
        assert listed_articles(cited, "zh") in articles
        told.append(told[-1] if cures == "同上" else cures)
        assert all(finding.cure.zh in told[-1] for finding in problem.findings)
        assert {units[unit] for finding in problem.findings for unit in finding.units} == set(who.split("、"))
    text = text_of(first)
    assert "11项要求、8个问题" in text
    assert "“提交讨论”的前置程序未完成" in text
    assert document.xpath("//main/section[1]//details | //main/section[1]//svg") == []


def test_what_comes_next_and_its_earliest_day_stand_on_the_first_screen() -> None:
    first = page(report(record("示例县-办理中"))).find(".//main/section")

    assert "下一步：意见研究采纳（可自2024年9月30日起办理）" in text_of(first)


def test_what_holds_what_does_not_apply_and_the_pictures_are_folded_with_their_number() -> None:
    found = report(record(BAD))
    document = page(found)

    folds = {text_of(item.find("summary")): item for item in document.xpath("//details[@class='fold']")}

    assert f"已经符合的要求 {found.counts['satisfied']}" in folds
    assert f"不适用的要求 {found.counts['not_applicable']}" in folds
    assert all("open" not in item.attrib for item in folds.values())
    assert document.xpath("//svg[not(ancestor::details)]") == []


def test_of_a_notice_it_says_how_much_can_be_checked_asks_once_what_covers_it_and_folds_the_rest() -> None:
    path = next((EXAMPLES / "published").glob("博罗县*.yaml"))
    found = dp.check(dp.load_decision(path), as_of=date(2025, 12, 1))
    document = page(found)

    assert "本公告可核查0项" in text_of(document.find(".//main/section"))
    (question,) = document.findall(".//main/section[1]//tbody/tr")
    assert "该事项是否属于下列10部文件的适用范围" in text_of(question)
    assert len(document.xpath("//article//div[@class='asked']")) == 10
    supply = document.get_element_by_id("supply").getparent()
    assert supply.xpath(".//table[not(ancestor::details)]") == []
    assert "公众参与：待补 51、尚无记录 8" in text_of(supply)


def citing(found: dp.Report, lang: str) -> dict[str, str]:
    """What the finding on each duty cites, by the duty."""
    said = {}
    for asked in page(found, lang).xpath("//article//div[@class='asked']"):
        said[text_of(asked.find("span[@class='small']"))] = text_of(asked)
    return said


ORG_78 = {
    "zh": "另见 《地方各级人民代表大会和地方各级人民政府组织法》（2022年3月11日修正）第七十八条 nat-org.ORG-78",
    "en": "(as amended 2022-03-11), Art. 78 nat-org.ORG-78",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["示例县-办公会代替常务会", BAD])
def test_a_finding_cites_the_articles_of_related_duties(name: str, lang: str) -> None:
    found = report(record(name))
    (verdict,) = found.about("cn-713.30.1a")
    assert (verdict.outcome, verdict.related) == ("violated", ("nat-org.ORG-78",))

    said = citing(found, lang)

    assert said["cn-713.30.1a"].endswith(ORG_78[lang])
    alone = {item.duty for item in found.verdicts if not item.related} & set(said)
    assert alone
    assert not [said[duty] for duty in alone if "另见" in said[duty] or " also " in said[duty]]


def test_documents_stand_by_title_and_people_by_name_not_by_identifier() -> None:
    comment = next(
        article for article in page(report(record(BAD))).iter("article") if "三十日" in text_of(article)
    )

    text = text_of(comment)

    assert "征求意见公告" in text
    assert "d-notice" not in text
    assert "p-zj" not in text


def test_findings_quote_file_and_line_where_they_are_known() -> None:
    path = EXAMPLES / "invented" / f"{BAD}.yaml"
    found = report(record(BAD))
    subject = shown(found)
    places = Places(str(path), path.read_text(encoding="utf-8"), found.decision)
    view = subject.view.__class__(found, "zh", subject.view.procedure, subject.view.provisions, places)

    text = page_text(type(subject)(view, subject.law))

    assert f"{BAD}.yaml:288" in text


def test_what_is_undetermined_is_listed_by_the_unit_that_can_settle_it() -> None:
    section = page(report(record("示例县-办理中"))).get_element_by_id("supply").getparent()
    found = report(record("示例县-办理中"))

    text = text_of(section)

    units = {item.get("unit") for item in found.concluded("settles")}
    names = {unit.id: unit.name for unit in found.decision.units}
    assert found.of("undetermined")
    assert all(names[unit] in text for unit in units if unit)


def test_each_step_stands_in_the_table_beside_the_picture() -> None:
    found = report(record(BAD))
    table = page(found).get_element_by_id("steps").find(".//table")

    rows = table.findall("tbody/tr")

    assert len(rows) == sum(state.part != "order" for state in dp.step_states(found))
    assert all(row[0].get("scope") == "row" for row in rows)


def test_a_waiver_stands_beside_its_finding_and_what_is_wrong_with_it_is_listed() -> None:
    plain = report(record(BAD))
    waiver = Waiver.model_validate(
        {
            "record": plain.title, "duty": "cn-713.15.1c", "act": "comment", "approver": "某办公室", "basis": "某依据",
            "date": "2024-04-01", "expires": "2024-12-31", "document": "函",
        }
    )  # fmt: skip
    unused = waiver.model_copy(update={"duty": "cn-713.12a", "act": None})
    key = plain.decision.id or f"{plain.decision.body.name}/{plain.title}"
    waivers = [item.model_copy(update={"record": key}) for item in (waiver, unused)]
    found, _ = apply_waivers(plain, waivers, date(2024, 9, 30))

    text = text_of(page(found).get_element_by_id("waivers").getparent())

    assert found.waivers
    assert found.waiver_notes
    assert "某办公室" in text
    assert "某依据" in text
    assert found.waiver_notes[0].zh in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_id_is_unique_and_every_link_leads_somewhere_on_the_page(lang: str) -> None:
    document = page(report(record(BAD)), lang)

    ids = document.xpath("//@id")
    links = document.xpath("//@href")

    assert len(ids) == len(set(ids))
    assert links
    assert [link for link in links if not (link.startswith("#") and link[1:] in set(ids))] == []


def test_a_page_is_safe_by_its_policy_and_has_neither_scripts_nor_addresses() -> None:
    document = page(report(record(BAD)))

    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert document.xpath("//script|//link|//img|//iframe|//object|//embed|//form|//base") == []
    assert document.xpath("//@src|//@style|//@srcset") == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("length", [1, 1_000_000])
def test_a_hostile_record_adds_no_element_attribute_or_address(length: int, lang: str) -> None:
    tame = page(report(record(BAD)), lang)

    text = dp.as_html(hostile(length), lang=lang)
    document = html.fromstring(text)

    assert {item.tag for item in document.iter()} == {item.tag for item in tame.iter()}
    names = {name for item in document.iter() for name in item.attrib}
    assert names == {name for item in tame.iter() for name in item.attrib}
    assert [link for link in document.xpath("//@href") if not link.startswith("#")] == []
    assert "\u202e" not in text
    assert "\u2066" not in text
    assert "<script" not in text
    assert ">49<" not in text
    assert len(text) < 3_000_000


def test_a_hostile_title_is_shown_as_it_was_written() -> None:
    data = record(BAD)
    data["title"] = SPELLS[0]

    document = page(report(data))

    assert text_of(document.find(".//h1")) == SPELLS[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("day", "loaded"),
    [("2003-05-20", None), ("1999", None), ("2018-03-01", "cn/cn-713.yaml"), ("2024-07-31", "cn/comp-fcr.yaml")],
)  # fmt: skip
def test_a_body_to_which_no_law_applies_is_told_so(day: str, loaded: str | None, lang: str) -> None:
    """Before any instrument that is loaded was in force: all that travel with the library, or one alone."""
    law = None if loaded is None else Law(load_packs([(loaded, rules.text(loaded))]))
    data = {
        "schema": 1, "title": "甲", "body": {"name": "示例县人民政府", "kind": "government", "level": "county"},
        "acts": [{"id": "d", "kind": "decision", "date": day}],
    }  # fmt: skip
    decision = dp.parse_decision(json.dumps(data))

    found = dp.check(decision, as_of=date(2024, 7, 31), law=law)
    document = html.fromstring(dp.as_html(found, lang=lang, law=law))

    assert found.uncovered
    assert UNSUPPORTED[lang] in text_of(document)


UNSUPPORTED = {"zh": "不能作为合规依据", "en": "shows no compliance"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_body_to_which_law_applies_is_not_told_that_none_does(lang: str) -> None:
    found = report(record("示例县-全部合规"))

    assert not found.uncovered
    assert UNSUPPORTED[lang] not in text_of(page(found, lang))


def test_without_jinja_one_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    _environment.cache_clear()
    for name in ("jinja2", "markupsafe"):
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(UnusableArgument, match=r"decision-procedure\[html\]"):
        dp.as_html(report(record(BAD)))


def test_another_language_is_refused() -> None:
    with pytest.raises(UnusableArgument, match="fr"):
        dp.as_html(report(record(BAD)), lang="fr")


@pytest.mark.parametrize(("lang", "word"), [("zh", "已经失效"), ("en", "no longer")])
def test_a_page_advises_on_stale_law_that_the_record_cites(lang: str, word: str) -> None:
    path = next((EXAMPLES / "published").glob("茂名市-2025-*.yaml"))

    found = page(dp.check(dp.load_decision(path), as_of=date(2025, 12, 1)), lang)

    assert word in str(found.text_content())


def test_a_provision_of_another_instrument_that_says_the_same_is_cited_with_title_number_and_article() -> (
    None
):
    (path,) = EXAMPLES.rglob("示例县-办公会代替常务会.yaml")
    report = dp.check(dp.load_decision(path), as_of=date(2024, 9, 30))

    zh, en = dp.as_html(report), dp.as_html(report, lang="en")

    assert "《地方各级人民代表大会和地方各级人民政府组织法》（2022年3月11日修正）第七十八条" in zh
    assert "(as amended 2022-03-11), Art. 78" in en
    assert "《档案法实施条例》（2024年1月12日公布）第十九条" in zh  # one that is met
