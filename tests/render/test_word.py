"""程序核查意见书: the official layout, the same findings as every format, and no harm from any text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from office_samples import BAD, EXAMPLES, as_pdf, checked, hostile, needs_libreoffice, of_each_kind, pages_of

import decision_procedure as dp
from decision_procedure.errors import CannotDraw
from decision_procedure.exchange.findings import FindingsView, report_findings
from decision_procedure.render import pdf
from decision_procedure.render.office import PAPERS, paper_named
from decision_procedure.render.word import layout, picture
from decision_procedure.render.word.writing import add, numeral, saved, shown
from decision_procedure.sources import optional
from decision_procedure.wording import say
from decision_procedure.wording.punctuation import official

# The order of the children of w:pPr in the schema of WordprocessingML; Word refuses another.
PPR = [
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange",
]  # fmt: skip
RPR = [
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs",
    "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
    "specVanish", "oMath",
]  # fmt: skip


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def file() -> bytes:
    return dp.as_word(checked())


@pytest.fixture(scope="module")
def annexed() -> bytes:
    return dp.as_word(checked(), paper="annex")


def parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))}  # fmt: skip


def text_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_page_has_the_size_and_the_margins_of_the_standard(file: bytes) -> None:
    section = Document(io.BytesIO(file)).sections[0]

    sizes = [section.page_width, section.page_height, section.top_margin, section.bottom_margin,
             section.left_margin, section.right_margin]  # fmt: skip

    assert [round(size.mm) for size in sizes] == [210, 297, 37, 35, 28, 26]


def test_body_text_is_three_hao_fangsong_on_exact_lines_drawn_together(file: bytes) -> None:
    style = Document(io.BytesIO(file)).styles["Body Text"].element

    assert style.find(f".//{qn('w:spacing')}[@{qn('w:line')}]").get(qn("w:line")) == "579"
    assert style.find(f"{qn('w:rPr')}/{qn('w:spacing')}").get(qn("w:val")) == "-5"
    assert style.find(f".//{qn('w:sz')}").get(qn("w:val")) == "32"
    assert style.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_no_font_is_left_to_the_theme_in_the_styles_used(file: bytes) -> None:
    found = parts(file)

    used = [found["word/styles.xml"].find(f".//{qn('w:docDefaults')}"), found["word/document.xml"]]
    used += [Document(io.BytesIO(file)).styles[name].element for name in layout._STYLES]

    for element in used:
        for fonts in element.iter(qn("w:rFonts")):
            assert not [name for name in fonts.attrib if "Theme" in name]
    names = {font.get(qn("w:name")) for font in found["word/fontTable.xml"]}
    assert names == {"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"}
    assert all(font.find(qn("w:altName")) is not None for font in found["word/fontTable.xml"])


def test_properties_stand_in_the_order_of_the_schema_everywhere(file: bytes) -> None:
    for name, root in parts(file).items():
        for tag, order in (("w:pPr", PPR), ("w:rPr", RPR)):
            for element in root.iter(qn(tag)):
                places = [order.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), name


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones(file: bytes) -> None:
    section = Document(io.BytesIO(file)).sections[0]

    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]

    assert odd._p.find(f".//{qn('w:jc')}").get(qn("w:val")) == "right"
    assert even._p.find(f".//{qn('w:jc')}").get(qn("w:val")) == "left"
    for paragraph in (odd, even):
        assert "".join(item.text for item in paragraph._p.iter(qn("w:t"))) == "— 1 —"
        assert paragraph._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"


def test_tables_repeat_their_heads_and_say_their_widths_twice(annexed: bytes) -> None:
    tables = Document(io.BytesIO(annexed)).tables

    assert len(tables) == 6
    for table in tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        grid = [column.get(qn("w:w")) for column in table._tbl.tblGrid]
        assert [cell._tc.tcPr.find(qn("w:tcW")).get(qn("w:w")) for cell in table.rows[-1].cells] == grid


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_holds_the_findings_of_every_format(lang: str) -> None:
    report = checked()
    expected = [item.fingerprint for item in report_findings("", report, FindingsView(lang=lang))]

    first, *_, last = Document(io.BytesIO(dp.as_word(report, paper="annex", lang=lang))).tables

    assert [row.cells[-2].text for row in last.rows[1:]] == expected
    assert [row.cells[:2][1].text for row in first.rows[1:]] == [row.cells[1].text for row in last.rows[1:]]


def test_every_worked_report_becomes_a_file_that_reads_back_and_judges_no_effect() -> None:
    for report in of_each_kind():
        text = "".join(text_of(dp.as_word(report, paper=name)) for name in ("opinion", "rectification"))

        assert "无效" not in text
        assert "违法决策" not in text
        assert not re.search("合法(?!性|权益|的)", text)
        assert "程序核查意见书" in text


def test_who_held_a_post_is_named_with_the_reserve_that_fault_is_for_the_authority(file: bytes) -> None:
    text = text_of(file)

    assert "当时任职情况" in text
    assert text.count("是否有责由有权机关认定") == 1
    assert "涉及不合规的问题（一）（二）（三）（四）（五）：丁（局长" in text


def test_a_file_is_the_same_to_the_byte_each_time_and_bears_the_day_of_the_check(file: bytes) -> None:
    assert dp.as_word(checked()) == file
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2024-09-30T00:00:00Z") == 2


def test_hostile_text_stands_there_as_text_and_nowhere_as_markup() -> None:
    for name in PAPERS:
        data = dp.as_word(hostile(), paper=name)

        text = "".join(parts(data)["word/document.xml"].itertext())
        assert "</w:t><w:p/>" in text
        assert not re.search("[\x00-\x08\x0b-\x1f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe]", text)
        assert len(data) < 2_000_000
        assert Document(io.BytesIO(data)).paragraphs


def test_a_picture_is_png_with_the_same_drawing_as_svg_and_its_paragraph_is_not_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture, "drawn", lambda texts, *_: [PIXEL] * len(texts))

    data = dp.as_word(checked(), paper="annex")

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        svg = etree.fromstring(archive.read("word/media/diagram1.svg"))
        types = archive.read("[Content_Types].xml").decode()
    assert etree.QName(svg).localname == "svg"
    assert "image/svg+xml" in types
    assert any(name.endswith(".png") for name in names)
    document = Document(io.BytesIO(data))
    drawings = [item for item in document.paragraphs if item._p.find(f".//{qn('w:drawing')}") is not None]
    assert drawings
    for paragraph in drawings:
        assert paragraph.style.name == "No Spacing"
        assert paragraph._p.find(f".//{qn('wp:docPr')}").get("descr").startswith("“示例县")
        embedded = [item.get(qn("r:embed")) for item in paragraph._p.iter() if item.tag.endswith("svgBlip")]
        assert all(name in document.part.rels for name in embedded)
        assert embedded


def test_without_a_renderer_a_line_says_that_the_picture_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> list[bytes]:
        raise CannotDraw("none")

    monkeypatch.setattr(picture, "drawn", none)

    data = dp.as_word(checked(), paper="annex")

    assert "程序状态图从略" in text_of(data)
    assert b"image/svg" not in zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml")


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, "find_spec", lambda _: None)

    with pytest.raises(dp.UnusableArgument, match=r"decision-procedure\[word\]"):
        dp.as_word(checked())


def test_another_language_is_refused() -> None:
    with pytest.raises(dp.UnusableArgument, match="fr"):
        dp.as_word(checked(), lang="fr")


def test_a_hyphen_in_a_number_breaks_no_line() -> None:
    document = layout.new_document("zh")

    paragraph = add(document, "2024-09-30-a,E-12 - 乙")

    assert len(list(paragraph._p.iter(qn("w:noBreakHyphen")))) == 4
    assert paragraph.text == "2024-09-30-a,E-12 - 乙"


@given(st.text(max_size=200))
def test_punctuation_is_all_that_becomes_official(text: str) -> None:
    assume(not re.search(r"\d{4}-\d\d-\d\d", text))
    marks = str.maketrans("，；：？！（）", ",;:?!()")

    assert official(text).translate(marks) == text.translate(marks)


@settings(max_examples=20)
@given(st.text(st.characters(codec=None), max_size=50))
def test_any_text_can_be_written_and_read_back(text: str) -> None:
    document = layout.new_document("en")

    add(document, shown(text, "en"))

    read = Document(io.BytesIO(saved(document, "t", "2024-09-30")))
    assert read.paragraphs[0].text == shown(text, "en")


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100")])  # fmt: skip
def test_headings_are_numbered_as_in_official_documents(number: int, text: str) -> None:
    assert numeral(number, "zh") == text
    assert numeral(number, "en") == str(number)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the pages of each paper on the record with most breaches, printed in one run."""
    report = checked(BAD)
    grid = layout.new_document("zh")
    for _ in range(4):
        add(grid, "一二三四五六七八九十" * 60, "Normal")
    files = {name: dp.as_word(report, paper=name) for name in PAPERS} | {
        "grid": saved(grid, "t", "2024-09-30")
    }
    made = as_pdf(tmp_path_factory.mktemp("printed"), *files.values())
    return dict(zip(files, map(pages_of, made), strict=True))


@needs_libreoffice
def test_a_page_holds_twenty_two_lines_of_twenty_eight_characters(printed: dict[str, list[str]]) -> None:
    page = printed["grid"][0]

    lines = [re.sub(r"\s", "", line) for line in page.splitlines() if re.search("[一二三]", line)]
    assert len(lines) == 22
    # 600 = 21 lines and 12 characters
    assert {len(line) for line in lines if line != lines[21]} - {12} == {28}


@needs_libreoffice
def test_the_opinion_has_five_pages_and_a_half_at_most_the_seal_never_alone_on_one(
    printed: dict[str, list[str]],
) -> None:
    pages = printed["opinion"]

    assert len(pages) <= 5 or (
        len(pages) == 6 and len([line for line in pages[5].splitlines() if line]) <= 11
    )
    (sealed,) = [page for page in pages if "（单位印章）" in page]
    assert "附件：" in sealed
    assert "本意见只对照案卷" in sealed
    assert "承办人" in sealed


@needs_libreoffice
def test_every_paper_numbers_its_pages_each_notice_from_one(printed: dict[str, list[str]]) -> None:
    numbers = {
        name: [re.findall(r"—\s*(\d+)\s*—\s*$", page) for page in pages] for name, pages in printed.items()
    }

    for name in ("opinion", "annex", "supply-list", "review-sheet"):
        assert numbers[name] == [[str(number)] for number in range(1, len(printed[name]) + 1)]
    assert [number for (number,) in numbers["rectification"]] == ["1", "2", "3", "1", "2"]


@needs_libreoffice
def test_every_finding_is_in_the_annex_and_every_page_of_a_list_has_its_head(
    printed: dict[str, list[str]],
) -> None:
    pages = printed["annex"]

    flat = re.sub(r"\s", "", "".join(pages))
    for finding in report_findings("", checked(BAD), FindingsView()):
        assert finding.fingerprint in flat
    listed = [page for page in pages if re.search("不合规 .*《重大行政决策程序暂行条", page)]
    assert len(listed) > 1
    assert all(re.match(r"\s*(附表：问题一览\s*)?序号 +结论", page) for page in listed)


def test_advice_on_the_law_cited_stands_in_a_part_of_its_own_and_in_no_list() -> None:
    (path,) = EXAMPLES.glob("published/茂名市-2025*.yaml")
    report = dp.check(dp.load_decision(path), as_of=date(2025, 6, 1))

    text, without = text_of(dp.as_word(report)), text_of(dp.as_word(checked()))

    assert "、提示" in text
    assert text.count("粤府令第183号") == 1
    assert "提示" not in without


def test_a_provision_of_another_instrument_that_says_the_same_is_cited_in_full() -> None:
    name = "invented/示例县-办公会代替常务会.yaml"

    zh, en = text_of(dp.as_word(checked(name))), text_of(dp.as_word(checked(name), lang="en"))

    whole = "《地方各级人民代表大会和地方各级人民政府组织法》（2022年3月11日修正）第七十八条"
    assert zh.count(whole) == 1
    assert en.count("(as amended 2022-03-11) Art. 78") == 1


@pytest.mark.parametrize(
    ("text", "official_text"),
    [
        ("自2024-03-04至2024-03-24", "自2024年3月4日至2024年3月24日"),
        ("2024-11-05,归档", "2024年11月5日，归档"),
        ("案卷-2024-03-04.yaml", "案卷-2024-03-04.yaml"),
        ("2024-03-04-1", "2024-03-04-1"),
    ],
)
def test_days_are_written_as_officials_write_them(text: str, official_text: str) -> None:
    assert official(text) == official_text


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_named_by_its_name_its_title_or_a_part_that_only_it_has(name: str) -> None:
    title = say(f"paper.{name}", "zh")

    assert paper_named(name) == paper_named(title) == paper_named(title[:2]) == name


@pytest.mark.parametrize("text", ["", "书", "letter", "\x1b[31m"])
def test_another_paper_is_refused_and_all_are_named(text: str) -> None:
    with pytest.raises(dp.UnusableArgument) as refused:
        paper_named(text)

    assert all(name in refused.value.message for name in PAPERS)
    assert "\x1b" not in refused.value.message


def test_each_problem_is_told_as_fact_law_and_opinion_with_all_its_articles() -> None:
    report = checked()
    lines = [item.text for item in Document(io.BytesIO(dp.as_word(report))).paragraphs]
    told = lines[
        lines.index("二、不合规的问题（11项要求、8个问题）") + 1 : lines.index("三、有关岗位当时任职情况")
    ]

    facts, laws, views = (
        [line for line in told if line.startswith(head)] for head in ("1．事实：", "2．依据：", "3．意见：")
    )

    found = [item for item in report.problems("violated") if item.first.face == "violated"]
    assert len(facts) == len(laws) == len(views) == len(found) == 8
    for problem in found:
        at = next(n for n, line in enumerate(facts) if problem.first.sentence("zh").rstrip("。") in line)
        for finding in problem.findings:
            assert finding.article.text("zh") in laws[at]
            assert finding.requirement.text("zh") in laws[at]
        cure = problem.first.cure.text("zh").rstrip("。")
        assert cure in views[at] or cure in told[0]  # what is to be done about most is told once, at the head


def test_what_the_office_fills_in_stands_as_blanks() -> None:
    for name in PAPERS[2:4]:
        text = text_of(dp.as_word(checked(), paper=name))
        assert re.search("文号：＿+〔＿+〕＿+号", text)
        assert re.search("承办人：＿+", text)
        assert re.search("^＿+年＿+月＿+日$", text, re.MULTILINE)
        assert "主送：示例县住房和城乡建设局" in text


def test_a_notice_goes_to_each_unit_with_its_problems_only() -> None:
    text = text_of(dp.as_word(checked(), paper="整改通知书"))
    first, second = text.split("主送：")[1:]

    assert first.startswith("示例县住房和城乡建设局")
    assert "下列5个问题" in first
    assert "集体讨论" not in first
    assert second.startswith("示例县人民政府")
    assert "下列3个问题" in second
    assert "部门协商" not in second


def test_nothing_to_rectify_and_nothing_to_supply_is_said() -> None:
    report = checked("invented/示例县-全部合规.yaml")

    assert "没有需要通知整改的问题" in text_of(dp.as_word(report, paper="rectification"))
    assert "没有需要补正的事实或者材料" in text_of(dp.as_word(report, paper="supply-list"))


def test_the_list_of_what_to_supply_asks_each_question_once_of_its_unit() -> None:
    report = checked(BAD)
    asked = [item for item in dp.questions(report) if item.kind != "judgement"]

    document = Document(io.BytesIO(dp.as_word(report, paper="supply-list")))

    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows[1:]]
    assert sorted(what.partition("（")[0] for _, what, *_ in rows) == sorted(
        item.text.zh.partition("（")[0] for item in asked
    )
    assert all(papers for _, _, papers, *_ in rows)
    heads = [item.text for item in document.paragraphs if item.style.name == "Heading 1"]
    assert {re.sub("^.+?、|（.*", "", head) for head in heads} == {item.unit for item in asked}


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)

    with pytest.raises(dp.UnusableArgument, match=r"LibreOffice.*docx"):
        dp.as_pdf(dp.as_word(checked()))


def test_libreoffice_that_makes_nothing_is_no_silent_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda _: "/bin/true")

    with pytest.raises(dp.UnusableArgument, match="未能生成"):
        dp.as_pdf(dp.as_word(checked()))


def test_libreoffice_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf.shutil, "which", lambda _: str(program))
    monkeypatch.setattr(pdf, "_SECONDS", 0.05)

    with pytest.raises(dp.UnusableArgument, match="未能生成"):
        dp.as_pdf(dp.as_word(checked()))


def test_a_waiver_of_what_is_no_duty_is_told_in_word_with_its_unseen_characters_spelt_out(
    tmp_path: Path,
) -> None:
    waiver = {
        "finding": "0" * 32, "record": checked().findings()[0].record, "duty": "\x1b[31m", "act": "comment", "approver": "某县人民政府办公室",
        "basis": "应急抢险", "date": "2024-03-01", "expires": "2024-12-31", "document": "某文",
    }  # fmt: skip
    file = tmp_path / "豁免.json"
    file.write_text(json.dumps({"schema": 1, "fingerprints": 1, "waivers": [waiver]}), encoding="utf-8")
    decision = dp.load_decision(EXAMPLES / BAD)

    paper = dp.as_word(dp.check(decision, as_of="2024-09-30", waivers=dp.load_waivers(file)))

    text = zipfile.ZipFile(io.BytesIO(paper)).read("word/document.xml").decode()
    assert "[31m" in text
    assert "\x1b" not in text
