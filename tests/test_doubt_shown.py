"""What is in doubt is told everywhere, right after what is violated, with what would settle it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from conftest import record, report
from docx import Document
from test_doubt import PARKING, office_record, parking

import decision_procedure as dp
from decision_procedure.cli.options import failing
from decision_procedure.exchange.findings import FindingsView, report_findings, standing
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text import Detail, Statistics, closing_line, report_lines
from decision_procedure.render.text import View as TextView
from decision_procedure.results.severity import FACES, GRADES
from decision_procedure.wording import day_text

VIOLATED, PERSON = "如案卷已列全，即不合规", "如案卷已列全，须由人判断"
VIOLATED_EN, PERSON_EN = (
    "if the record is complete: violated",
    "if the record is complete: for a person to judge",
)


def shown(found: dp.Report, lang: str = "zh", *, everything: bool = False) -> str:
    """What `check` prints of a report."""
    view = TextView(found, lang, dp.procedure(found.decision), {})
    blocks = report_lines(view, Detail(everything=everything))
    return "\n".join("".join(text for text, _ in getattr(block, "pieces", ())) for block in blocks)


def written(form: str, found: dp.Report, lang: str = "zh", least: str = "undetermined") -> str:
    return "".join(WRITERS[form]([("停车收费.yaml", found)], FindingsView(lang=lang, least=least)))


def word_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def excel_text(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(value) for row in rows for value in row if value is not None)


def drawn(kind: str) -> Callable[[dp.Report, str], str]:
    def text(found: dp.Report, lang: str) -> str:
        source: Any = [found] if kind == "catalogue" else found
        scenes = dp.diagram(source, kind=kind, lang=lang).sheets
        return "".join(line.text for scene in scenes for box in scene.boxes for line in box.lines)

    return text


FORMS: dict[str, Callable[[dp.Report, str], str]] = {
    "check": shown,
    "text": lambda found, lang: dp.as_text(found, lang=lang),
    "html": lambda found, lang: dp.as_html(found, lang=lang),
    "word": lambda found, lang: word_text(dp.as_word(found, lang=lang)),
    "review sheet": lambda found, lang: word_text(dp.as_review_sheet(found, lang=lang)),
    "excel": lambda found, lang: excel_text(dp.as_excel([("x.yaml", found)], lang=lang)),
    "trail": lambda found, lang: dp.trail(found).text(lang),
    **{form: lambda found, lang, form=form: written(form, found, lang) for form in ("csv", "sarif", "junit", "github", "gitlab")},
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_each_form_says_what_would_be_violated_and_in_which_words(form: str, lang: str) -> None:
    text = FORMS[form](parking(), lang)

    assert (VIOLATED if lang == "zh" else VIOLATED_EN) in text.replace("\n", "")
    assert label("class", "in_doubt", lang) in text.lower()


@pytest.mark.parametrize("kind", ["status", "timeline", "trail", "catalogue"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_picture_names_what_is_in_doubt(kind: str, lang: str) -> None:
    assert label("class", "in_doubt", lang) in drawn(kind)(parking(), lang)


def test_the_default_view_shows_it_right_after_what_is_violated_and_folds_the_rest() -> None:
    found = parking()
    text = shown(found)
    heads = re.findall("━━ (.+?) ━━", text)

    assert heads[:3] == [
        "不合规 1",
        (
            f"存疑 {len(found.in_doubt)}（{VIOLATED} {len(found.in_doubt.violated)}；"
            f"{PERSON} {len(found.in_doubt.needs_judgement)}）"
        ),
        f"需人工判断 {found.counts['needs_judgement']}",
    ]
    for part in (
        "行政首长最后发言",
        "29 / 30",
        "6 / 7",
        "解读未说明公众、专家意见的采纳情况",
        "已载明，但不符合要求",
        "“提交讨论”的前置程序",
    ):
        assert part in text
    assert f"待补 {found.counts['to_supply']}" in text
    assert "━━ 待补" not in text
    assert "━━ 待补" in shown(found, everything=True)
    assert "━━ 尚无记录" in shown(found, everything=True)


def test_every_count_tells_the_classes_apart() -> None:
    found = parking()
    text = shown(found)

    for face in FACES:
        assert f"{label('face', face)} {found.counts[face]}" in text
    assert "待定" not in text
    assert not re.search(r"待定】|待定 ?\d|待定</", dp.as_html(found))


def test_statistics_count_by_class_and_tell_how_many_records_are_in_doubt() -> None:
    statistics = Statistics()
    for number in range(1, 5):
        statistics.add(report(office_record(number)))
    (closing,) = closing_line(statistics, "zh").pieces

    assert closing[0] == "决策事项4件，其中0件存在不合规情形，4件如案卷已列全即存在不合规情形"


def test_json_keeps_both_and_every_finding_has_its_class() -> None:
    (item,) = json.loads(written("json", parking()))
    rows = {row["rule"]: row for row in item["findings"]}
    verdicts = {row["duty"]: row for row in item["verdicts"] if row["duty"] in rows}

    assert rows["cn-713.32b"]["class"] == verdicts["cn-713.32b"]["class"] == "in_doubt"
    assert rows["cn-713.32b"]["if_complete"] == verdicts["cn-713.32b"]["if_complete"] == "violated"
    assert rows["cn-713.32b"]["grade"] == "in_doubt"
    assert rows["cn-713.30.2a"]["class"] is None
    assert {row["class"] for row in item["findings"]} == {None, "in_doubt", "to_supply", "nothing_recorded"}


def test_sarif_csv_and_junit_have_their_places_for_it() -> None:
    found = parking()
    results = json.loads(written("sarif", found))["runs"][0]["results"]
    of_32b = next(item for item in results if item["ruleId"] == "cn-713.32b")

    assert of_32b["kind"] == "open"
    assert of_32b["properties"]["class"] == "in_doubt"
    assert of_32b["properties"]["ifComplete"] == "violated"
    assert '"in_doubt","violated"' in written("csv", found)
    assert '<skipped type="in_doubt"' in written("junit", found)
    assert "::warning " in written("github", found, least="in_doubt")
    assert '"severity": "minor"' in written("gitlab", found, least="in_doubt")


@pytest.mark.parametrize("level", GRADES)
def test_a_level_lists_everything_at_least_as_grave(level: str) -> None:
    listed = list(report_findings("", parking(), FindingsView(least=level)))

    assert {row.grade for row in listed} <= set(GRADES[: GRADES.index(level) + 1])
    assert any(row.grade == "in_doubt" for row in listed) is (level != "violated")


@pytest.mark.parametrize(
    ("fail_on", "status"),
    [
        ("violated", 0),
        ("in_doubt", 1),
        ("needs_judgement", 1),
        ("undetermined", 1),
        ("pending", 1),
        ("never", 0),
    ],
)
def test_what_would_be_violated_fails_from_in_doubt_on(fail_on: str, status: int) -> None:
    assert fails(report(office_record(3)), fail_on) is bool(status)


def fails(found: dp.Report, fail_on: str) -> bool:
    """Say whether what stands against a report makes a command fail."""
    return not standing(found, None).isdisjoint(failing(fail_on))


def test_what_would_be_for_a_person_fails_from_undetermined_on_only() -> None:
    data = record("示例县-全部合规")
    data.pop("complete")
    data["acts"] = [item for item in data["acts"] if item["kind"] != "execution_report"]
    found = report(data)

    assert found.in_doubt.needs_judgement
    assert "in_doubt" not in standing(found, None)
    assert not fails(found, "needs_judgement")
    assert fails(found, "undetermined")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_form_says_first_up_to_which_day_the_assumption_reaches(lang: str) -> None:
    assumed = dp.check(dp.load_decision(PARKING), as_of=date(2024, 11, 30), assume_complete=True)
    firsts = [
        dp.as_text(assumed, lang=lang).splitlines()[0],
        shown(assumed, lang).splitlines()[0],
        dp.trail(assumed).text(lang).splitlines()[2],
        re.sub("<[^>]*>", "", dp.as_html(assumed, lang=lang).partition("<body>")[2].strip()[:400]),
    ]

    day = day_text("2024-11-20", lang)
    for text in firsts:
        assert day in text
    assert day in drawn("status")(assumed, lang)
    assert day in word_text(dp.as_word(assumed, lang=lang))
    assert assumed.to_dict()["assumed_up_to"] == "2024-11-20"


def test_answers_and_what_was_made_good_have_their_place_among_the_told() -> None:
    found = parking()
    first, *others = found.of_face("to_supply")[:3]
    good = first._replace(outcome="needs_judgement", made_good_by="x")
    met = others[0]._replace(outcome="needs_judgement", judged="met")
    not_met = others[1]._replace(outcome="needs_judgement", judged="not_met")
    changed = replace(found, verdicts=(good, met, not_met, *found.of("needs_judgement")))

    for told in (changed.of("needs_judgement"), changed.of_face("needs_judgement")):
        assert [told[0], *told[-2:]] == [not_met, met, good]
