"""Citations in both languages, by one translator: in English no Chinese is left, whatever the text cites."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import EXAMPLES
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.law.applicable import load_packs, standard_law
from decision_procedure.law.articles import (
    article_text,
    articles_text,
    by_instrument,
    cited_in,
    listed_articles,
)

CHINESE = re.compile("[\u3400-\u9fff]")
COUNTY = EXAMPLES.parent / "docs" / "county-rules"
CITED = sorted({cited for pack in standard_law().packs for _, cited in cited_in(pack.file)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第十五条", "Art. 15"),
        ("第十五条第一款", "Art. 15(1)"),
        ("第二十九条第一项", "Art. 29(1)"),
        ("第三十二条第二款第三项", "Art. 32(2)(3)"),
        ("第十二条第(三)项", "Art. 12(3)"),
        ("第十二条第（三）项", "Art. 12(3)"),
        ("第５条第2款", "Art. 5(2)"),
        ("第一百零二条", "Art. 102"),
        ("第四条至第七条", "Art. 4 to Art. 7"),
        ("第十五条第一款、第二款和第十七条", "Art. 15(1), (2) and Art. 17"),
        ("第二十五条第二款后段", "Art. 25(2), latter part"),
        ("第三十二条但书", "Art. 32, proviso"),
        ("第五条以后", "Art. 5 and after"),
        ("第十一点至第十三点(条次据转引)", "Point 11 to Point 13 (numbers at second hand)"),
        ("第八项至第十项、第十二项", "Item 8 to Item 10, Item 12"),
        ("第三项(评估论证部分)", "Item 3 (part on assessment and argument)"),
        ("第三条第一项、第二项", "Art. 3(1), (2)"),
        ("第三章第二节", "Chapter 3, Section 2"),
        ("第二部分第三点", "Part 2, Point 3"),
        ("附件二第三条", "Annex 2, Art. 3"),
        ("附则第二条", "supplementary provisions, Art. 2"),
        ("附件", "Annex"),
        ("听证部分(条次未见)", "part on hearings (article number not seen)"),
        ("第三条(附件二)", "Art. 3 (Annex 2)"),
    ],
)  # fmt: skip
def test_a_citation_is_said_in_english(text: str, expected: str) -> None:
    assert article_text(text, "en") == expected
    assert article_text(text, "zh") == text


def test_a_passage_of_a_name_of_its_own_keeps_it() -> None:
    assert article_text("本县的办法", "en") == "本县的办法"
    assert article_text("第三条(附注)", "en") == "Art. 3 (附注)"


@pytest.mark.parametrize("cited", CITED)
def test_no_citation_of_the_law_that_ships_leaves_chinese_in_english_or_lacks_words(cited: str) -> None:
    for said in (article_text(cited, "en"), articles_text((cited,), "en")):
        assert not CHINESE.search(said)


@pytest.mark.parametrize("file", sorted(COUNTY.glob("*.yaml")), ids=lambda file: file.stem)
def test_no_citation_of_the_county_rules_shown_leaves_chinese_in_english(file: Path) -> None:
    for pack in load_packs([(file.name, file.read_text(encoding="utf-8"))]):
        for _, cited in cited_in(pack.file):
            assert not CHINESE.search(article_text(cited, "en"))


@pytest.mark.parametrize(
    ("texts", "zh", "en"),
    [
        (("第十六条第三款", "第十五条第一款", "第十五条第二款"), "第15、16条", "Art. 15, 16"),
        (("第四条至第七条", "第九条", "第五条"), "第4至7、9条", "Art. 4 to 7, 9"),
        (("第十二点", "第三条"), "第3条、第12点", "Art. 3, Point 12"),
        (("听证部分", "听证部分"), "听证部分", "part on hearings"),
        (("附件",), "附件", "Annex"),
        ((), "", ""),
    ],
)
def test_several_articles_are_said_together_sorted_and_once(texts: tuple[str, ...], zh: str, en: str) -> None:
    assert articles_text(texts, "zh") == zh
    assert articles_text(texts, "en") == en


def english(report: dp.Report) -> dict[str, str]:
    """Every output in English that cites articles."""
    trail = dp.trail(report)
    drawn = {"status": report, "timeline": report, "trail": trail, "procedure": report.decision}
    pictures = {kind: dp.diagram(source, kind=kind, lang="en") for kind, source in drawn.items()}
    return {
        "trail": trail.text("en"),
        "text": dp.as_text(report, lang="en"),
        "html": dp.as_html(report, lang="en"),
        **{f"{kind} svg": picture.svg for kind, picture in pictures.items()},
        **{f"{kind} text": picture.text for kind, picture in pictures.items()},
    }


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_english_output_has_chinese_in_a_citation(path: Path) -> None:
    report = dp.check(dp.load_decision(path), as_of=date(2025, 12, 31))
    own = path.read_text(encoding="utf-8")  # what a record says in its own words stays as it is
    used = {name.partition(".")[0] for name in report.duties}
    packs = [pack for pack in standard_law().packs if pack.head.id in used]
    cited = {text for pack in packs for _, text in cited_in(pack.file) if text not in own}

    for form, text in english(report).items():
        assert not [item for item in cited if item in text], form
        found = set(re.findall("第[零一二三四五六七八九十百]+[条款项点]|条号未见|条次未见", text))
        assert not [item for item in found if item not in own], form


@pytest.mark.parametrize("form", ["sarif", "csv", "junit", "github", "gitlab"])
def test_no_list_of_findings_in_english_has_chinese_in_a_citation(form: str, tmp_path: Path) -> None:
    record = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
    target = tmp_path / "out"

    CliRunner().invoke(
        app,
        ["report", str(record), "--as-of", "2024-09-30", "--format", form, "--lang", "en", "--output", str(target)],
    )  # fmt: skip

    text = re.sub(r'"article": "[^"]*"', "", target.read_text(encoding="utf-8"))
    assert "Art. 15(1)" in text
    assert not re.search("第[零一二三四五六七八九十百]+条", text)


def test_the_list_of_rules_in_english_has_no_chinese_in_a_citation() -> None:
    result = CliRunner().invoke(app, ["rules", "list", "--lang", "en"])

    assert "  cn-713.15.1c  Art. 15(1)  " in result.output
    assert not re.search("第[零一二三四五六七八九十百]+[条点]|未见|部分", result.output)


@pytest.mark.parametrize(
    ("cited", "lang", "expected"),
    [
        (["第二十五条第一款", "第二十五条第二款"], "zh", "第二十五条第一款、第二款"),
        (["第二十五条第一款第一项", "第二十五条第二款"], "zh", "第二十五条第一款第一项、第二款"),
        (["第十八条、第二十九条第一款", "第二十九条第二款"], "zh", "第十八条、第二十九条第一款、第二款"),
        (["第二十五条", "第二十五条第二款"], "zh", "第二十五条、第二十五条第二款"),
        (
            ["第二十五条第一款、第三十条", "第二十五条第二款"],
            "zh",
            "第二十五条第一款、第三十条、第二十五条第二款",
        ),
        (["第五条第一款", "第十五条第一款"], "zh", "第五条第一款、第十五条第一款"),
        (["Art. 25(1)", "Art. 25(2)", "Art. 2(2)"], "en", "Art. 25(1), (2), Art. 2(2)"),
    ],
)
def test_neighbouring_paragraphs_of_an_article_name_it_once(
    cited: list[str], lang: str, expected: str
) -> None:
    assert listed_articles(cited, lang) == expected


def test_an_instrument_that_is_cited_often_is_named_once() -> None:
    cited = [
        ("甲", "第十四条"),
        ("乙", "第二条第一款"),
        ("甲", "第十八条"),
        ("乙", "第二条第二款"),
        ("甲", "第十四条"),
    ]

    assert by_instrument(cited, "zh") == {"甲": "第十四条、第十八条", "乙": "第二条第一款、第二款"}
