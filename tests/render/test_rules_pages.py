"""The law as pages: complete for every duty that ships, in both languages, and harmless."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

import pytest
from typer.testing import CliRunner

from decision_procedure.cli.main import app
from decision_procedure.errors import UnusableArgument
from decision_procedure.law.applicable import Law, load_packs, standard_law
from decision_procedure.law.loading import Pack
from decision_procedure.law.said import Naming
from decision_procedure.render.rules import (
    Field,
    Item,
    LawPage,
    Sheet,
    as_lines,
    as_markdown,
    duty_sheet,
    instrument_sheet,
    law_pages,
)
from decision_procedure.render.rules.markdown import escaped
from decision_procedure.render.rules.relations import takeovers
from decision_procedure.render.rules.sheet import LawWords
from decision_procedure.rules import text as shipped_text
from decision_procedure.ruletests import counts
from decision_procedure.wording import say

LANGUAGES = ("zh", "en")
PACKS = standard_law().packs
NAMES = [pack.head.id for pack in PACKS]
DUTY_FIELDS = [
    "text", "source", "in_force", "mark", "bearer", "force", "step", "tested", "due", "when", "require", "judge",
    "numbers", "evidence", "passes", "fails", "exceptions", "breach", "liability", "cure", "not_tested",
    "relations", "history",
]  # fmt: skip
INSTRUMENT_FIELDS = [
    "title", "issuer", "level", "in_force", "mark", "aliases", "note", "scope", "binding", "coverage", "unmodelled",
    "liability", "history", "duties",
]  # fmt: skip


@lru_cache(maxsize=1)
def pages() -> tuple[LawPage, ...]:
    return law_pages(standard_law())


def pack_of(name: str) -> Pack:
    return next(pack for pack in PACKS if pack.head.id == name)


def duty(identifier: str, lang: str = "zh") -> dict[str, list[str]]:
    pack = pack_of(identifier.partition(".")[0])
    rule = pack.rule(identifier)
    assert rule is not None
    sheet = duty_sheet(standard_law(), pack, rule, lang)
    return {field.key: [item.text for item in field.items] for field in sheet.fields}


def show(*words: str) -> list[str]:
    result = CliRunner().invoke(app, ["rules", "show", *words])
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def complete(sheet: Sheet, keys: list[str]) -> bool:
    filled = all(field.items and all(item.text.strip() for item in field.items) for field in sheet.fields)
    return filled and [field.key for field in sheet.fields] == keys


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_duty_has_all_of_its_fields_and_none_is_empty(name: str, lang: str) -> None:
    pack = pack_of(name)

    sheets = [duty_sheet(standard_law(), pack, rule, lang) for rule in pack.rules]

    assert [sheet.id for sheet in sheets if not complete(sheet, DUTY_FIELDS)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_instrument_has_all_of_its_fields_and_lists_its_duties(name: str, lang: str) -> None:
    pack = pack_of(name)

    sheet = instrument_sheet(standard_law(), pack, lang)

    assert complete(sheet, INSTRUMENT_FIELDS)
    assert [item.refers for item in sheet.fields[-1].items if item.refers] == [rule.id for rule in pack.rules]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_duty_is_a_section_of_the_page_of_its_instrument(lang: str) -> None:
    found = {page.path: page.markdown for page in pages()}

    for pack in PACKS:
        page = found[f"rules/{lang}/{pack.head.id}.md"]
        anchors = re.findall(r"^## .* \{#(.+)\}$", page, re.MULTILINE)
        assert anchors == [rule.id for rule in pack.rules]


def test_a_number_is_shown_with_its_unit_and_mark() -> None:
    assert duty("cn-713.15.1c")["numbers"] == ["days：30 日（V：已见条文本身）"]
    assert duty("cn-713.15.1c", "en")["numbers"] == ["days: 30 days (V: read in the text itself)"]


def test_a_gate_names_the_step_that_it_closes() -> None:
    breach = duty("cn-713.25.2a")["breach"]

    assert "“提交讨论”的前置程序即未完成" in breach[0]


def test_a_breach_that_is_at_most_for_a_person_reaches_nobody() -> None:
    recalled = pack_of("nat-2004").rules[0]

    fields = duty(recalled.id)

    assert fields["breach"] == [say("law.never_violated", "zh")]
    assert fields["liability"] == [say("law.no_liability_follows", "zh")]


def test_an_instrument_that_binds_nobody_directly_closes_no_gate() -> None:
    indirect = [pack for pack in PACKS if pack.file.binding.direct is None]
    rules = [rule.id for pack in indirect for rule in pack.rules]

    breaches = [duty(rule)["breach"] for rule in rules]

    assert breaches
    assert not [texts for texts in breaches if any("关闭“" in text for text in texts)]


def test_responsibility_for_the_outcome_needs_a_recorded_finding() -> None:
    provisions = {text.partition("：")[0]: text for text in duty("cn-713.30.1a")["liability"]}

    assert "须案卷载有有权机关的后果认定" in provisions["第三十八条第二款"]
    assert "后果认定" not in provisions["第三十八条第一款"]


def test_the_work_of_an_agency_brings_in_the_provision_on_agencies() -> None:
    bearers = {rule.duty.bearer: rule.id for rule in pack_of("cn-713").rules}

    provisions = duty(bearers["RA"])["liability"]

    assert [text.partition("：")[0] for text in provisions] == ["第三十九条", "第四十一条"]


def test_the_parts_of_a_condition_stand_below_it_and_its_expression_at_the_end() -> None:
    pack = pack_of("cn-713")
    rule = next(rule for rule in pack.rules if rule.duty.require.startswith("any_of("))

    sheet = duty_sheet(standard_law(), pack, rule, "en")
    require = next(field for field in sheet.fields if field.key == "require")

    assert require.items[0].text.startswith("some of ")
    assert [item.depth for item in require.items[:2]] == [0, 1]
    assert require.items[-1] == Item(rule.duty.require, 0, code=True)


def test_a_newer_instrument_takes_over_with_what_it_changes() -> None:
    pairs = takeovers(standard_law())

    ends = {(pair.old.pack.head.id, pair.new.pack.head.id) for pair in pairs}
    history = duty(next(pair for pair in pairs if pair.old.pack.head.id == "nat-2008").old.id)["history"]

    assert ("nat-2008", "cn-713") in ends
    assert not any(old == "nat-2021" for old, _ in ends), "a later policy document is no older version"
    assert history[0].startswith("nat-2008.")
    assert history[1].startswith("旧：")
    assert history[2].startswith("新：")


def history(name: str, lang: str = "zh") -> list[str]:
    sheet = instrument_sheet(standard_law(), pack_of(name), lang)
    return [item.text for field in sheet.fields if field.key == "history" for item in field.items]


def test_an_instrument_says_what_became_of_each_duty_of_the_one_it_succeeds() -> None:
    newer, older = history("gd-303"), history("gd-183")

    told = {rule.id for rule in pack_of("gd-183").rules if any(rule.id in line for line in newer)}
    assert newer[0] == "承接 gd-183（自2013年6月1日起施行；至2024年1月1日止）"
    assert older[0] == "由 gd-303 承接（自2024年1月1日起施行；现行有效）"
    assert told == {rule.id for rule in pack_of("gd-183").rules}
    assert any("gd-183.4：" in line and "清单取消" in line for line in older)
    assert any("gd-183.notice" in line and "gd-303.16" in line for line in older)
    assert any("gd-303.2.2b" in line and "旧版所见部分没有" in line for line in newer)


def test_a_duty_says_what_became_of_it_when_a_newer_instrument_took_over() -> None:
    assert "days：30 日 → 20 日" in duty("gd-183.notice")["history"]
    assert duty("gd-183.4", "en")["history"][1].startswith("gd-183.4: Art. 2(2), A hearing may now be held")
    assert duty("gd-303.2.2b")["history"][1] == "旧版所见部分没有这项义务"
    assert duty("nat-2008.N08-3c")["history"][-1] == "days：10 日 → 7 日"


def test_the_participation_rule_of_zhaoqing_shows_what_changed_in_2023() -> None:
    lines = duty("zq-pp-2018.5-heard")["history"]

    assert lines[0].startswith("zq-pp-2018.5-heard（")
    assert "zq-pp-2023.publish" in lines[0]
    assert "怎样算合规的条件不同" in lines


def test_a_newer_version_whose_text_was_not_seen_is_named_all_the_same() -> None:
    (line,) = history("zq-proc-old")

    assert "2022年3月9日印发" in line
    assert "是否沿用未查明" in line
    assert duty("zq-proc-old.4-risk")["history"] == [line]


def test_articles_listed_as_not_seen_are_not_counted_as_seen() -> None:
    found = counts(pack_of("eco"))

    assert (found.total, found.seen, found.lost) == (1242, 166, 0)


def test_a_text_seen_in_full_has_every_article_seen() -> None:
    found = counts(pack_of("cn-713"))

    assert (found.total, found.seen, found.lost) == (44, 44, 0)


def test_nothing_of_an_instrument_without_a_seen_text_counts_as_seen() -> None:
    assert {counts(pack).seen for pack in PACKS if pack.head.seen == "none"} == {0}


def test_english_pages_say_articles_issuers_and_kinds_in_english() -> None:
    for pack in PACKS:
        sheets = [instrument_sheet(standard_law(), pack, "en")]
        sheets += [duty_sheet(standard_law(), pack, rule, "en") for rule in pack.rules]
        headings = [sheet.title for sheet in sheets]
        told = [
            item.text
            for field in sheets[0].fields
            if field.key in ("issuer", "level")
            for item in field.items
        ]
        assert [text for text in (*headings, *told) if re.search("[\u4e00-\u9fff]", text)] == []
        for item in next(field for field in sheets[0].fields if field.key == "duties").items:
            assert not re.search("[\u4e00-\u9fff]", item.text)


def test_an_issuer_of_a_county_and_an_article_of_its_own_form_stay_as_they_are() -> None:
    words = LawWords("en")

    assert words.named(Naming(zh="示例县人民政府")) == "示例县人民政府"
    assert words.named(Naming(zh="示例县人民政府", en="County Government")) == "County Government"
    assert words.article("本县的办法") == "本县的办法"
    assert tuple(LawWords(lang).named(Naming(zh="国务院")) for lang in ("en", "zh")) == (
        "State Council",
        "国务院",
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_of_several_duties_told_together_is_a_link(lang: str) -> None:
    (page,) = [page for page in law_pages(standard_law()) if page.path == f"rules/{lang}/gd-303.md"]

    (line,) = [
        line for line in page.markdown.splitlines() if "gd-183.gate1" in line and "gd-183.review" in line
    ]

    for name in ("gd-183.gate1", "gd-183.review", "gd-183.gate2"):
        assert line.count(f"[{name}](gd-183.md#{name})") == 1


def test_pages_are_the_same_every_time() -> None:
    assert law_pages(standard_law()) == pages()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "**a** [b](c)", "1. one", "- two", "a`b`", "# c"]
)
def test_nothing_in_a_rule_is_taken_for_markup(text: str) -> None:
    markdown = pytest.importorskip("markdown")
    html = markdown.markdown(f"- {escaped(text)}", extensions=["attr_list"])

    (shown,) = re.findall(r"<li>(.*)</li>", html)

    assert "<" not in shown
    assert shown.replace("&lt;", "<").replace("&gt;", ">") == text


@pytest.mark.parametrize("code", ["a: </code><b>\u202e", "a: </code>\n```\n<b>: '`'\n", "a: `<b>`"])
def test_an_example_with_markup_stays_code(code: str) -> None:
    markdown = pytest.importorskip("markdown")
    field = Field("passes", "x", (Item("verdict"), Item(code, code=True), Item("after")))

    html = markdown.markdown(as_markdown(Sheet("a", "a", (field,))), extensions=["attr_list", "fenced_code"])

    assert "<b>" not in html
    assert "\u202e" not in html
    assert html.count("<code>") == html.count("</code>") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_expression_and_example_of_a_page_is_code(lang: str) -> None:
    markdown = pytest.importorskip("markdown")
    pack = pack_of("cn-713")
    (page,) = [page for page in pages() if page.path == f"rules/{lang}/cn-713.md"]
    sheets = [instrument_sheet(standard_law(), pack, lang)]
    sheets += [duty_sheet(standard_law(), pack, rule, lang) for rule in pack.rules]

    html = markdown.markdown(page.markdown, extensions=["attr_list", "fenced_code"])

    expected = [item.text for sheet in sheets for field in sheet.fields for item in field.items if item.code]
    shown = [unescape(text).strip() for text in re.findall(r"<code>(.*?)</code>", html, re.DOTALL)]
    assert shown == expected


def test_nothing_in_a_rule_moves_the_terminal() -> None:
    field = Field("text", "x", (Item("a\x1b[2J"), Item("b:\n  c\x1b[2J", code=True)))

    lines = list(as_lines(Sheet("a", "a", (field,))))

    assert lines == ["a", "  x", "    a\\x1b[2J", "    | b:", "    |   c\\x1b[2J"]


@pytest.mark.parametrize(("lang", "label"), [("zh", "  怎样算合规"), ("en", "  what satisfies it")])
def test_show_prints_a_duty(lang: str, label: str) -> None:
    lines = show("cn-713.15.1c", "--lang", lang)

    assert lines[0].startswith("cn-713.15.1c ")
    assert label in lines
    assert "    | days(act.start, act.end) >= params.days" in lines


@pytest.mark.parametrize(("lang", "label"), [("zh", "  适用范围"), ("en", "  scope")])
def test_show_prints_an_instrument(lang: str, label: str) -> None:
    lines = show("gd-303", "--lang", lang)

    assert lines[0].endswith(" gd-303")
    assert label in lines
    assert any(line.strip().startswith("gd-303.2.2b ") for line in lines)


def test_show_of_an_unknown_identifier_suggests_the_nearest() -> None:
    result = CliRunner().invoke(app, ["rules", "show", "cn-713.15.1cc"])

    assert isinstance(result.exception, UnusableArgument)
    assert "→ cn-713.15.1c?" in str(result.exception)


def test_coverage_prints_one_line_of_counts_for_an_instrument() -> None:
    result = CliRunner().invoke(app, ["rules", "coverage", "gd-303", "--lang", "en"])

    counted = [line for line in result.output.splitlines() if "repeating other law" in line]

    assert counted == [
        "gd-303: 32 articles, 32 seen: 18 modelled, 0 repeating other law, 14 listed, 0 not accounted for; 30 duties, 15 entries not modelled (0 not seen)"
    ]


def test_a_law_of_one_instrument_names_others_without_a_link() -> None:
    (pack,) = load_packs([("nat-2008", shipped_text("cn/nat-2008.yaml"))])

    page = law_pages(Law((pack,)))[1].markdown

    assert "cn-713" in page
    assert "cn-713.md" not in page
