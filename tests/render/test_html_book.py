"""The pages of a year: the worst first, linked, paged, bounded, the same for the same records."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import EXAMPLES, record, report
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from pages import book_of, hostile, pages_of, shown

import decision_procedure as dp
from decision_procedure.catalogues.matters import matter_of
from decision_procedure.render.html import Book, book
from decision_procedure.reporting.steps import drawn_states
from decision_procedure.sources.file_names import file_stem

INVENTED = sorted((EXAMPLES / "invented").glob("*.yaml"))


def titles(text: str) -> list[str]:
    return [link.text_content() for link in html.fromstring(text).xpath("//table[@class='matrix']//th/a")]


def many(count: int) -> list[dp.Report]:
    """Return reports on one decision under many titles, without checking each."""
    first = report(record("示例县-多处不合规"))
    return [
        replace(first, decision=first.decision.model_copy(update={"title": f"事项{n:04}", "id": f"D-{n}"}))
        for n in range(count)
    ]


def test_every_link_of_every_page_leads_to_a_page_that_is_there(tmp_path: Path) -> None:
    texts = pages_of(INVENTED, tmp_path / "book", "zh")

    for name, text in texts.items():
        for link in html.fromstring(text).xpath("//@href"):
            target = (Path("/") / Path(name).parent / link.partition("#")[0]).as_posix()
            assert link.startswith("#") or target.replace("/decisions/..", "").lstrip("/") in texts


def test_the_decision_with_most_breaches_stands_first(tmp_path: Path) -> None:
    texts = pages_of(INVENTED, tmp_path / "book", "zh")

    reports = [report(record(path.stem)) for path in INVENTED]
    worst = max(reports, key=lambda item: len(item.of("violated")))
    year = worst.decision.catalogue.year if worst.decision.catalogue else "none"
    assert titles(texts[f"year-{year}-1.html"])[0] == worst.title


def test_each_item_has_a_cell_for_each_step_and_its_outcome_in_words(tmp_path: Path) -> None:
    texts = pages_of(INVENTED, tmp_path / "book", "en")

    document = html.fromstring(next(text for name, text in texts.items() if name.startswith("year-2")))
    (table,) = document.xpath("//table[@class='matrix']")
    widths = {len(row) for row in table.iter("tr")}

    assert len(widths) == 1
    assert "violated" in {item.text_content() for item in table.xpath(".//*[@class='vh']")}


def test_a_unit_has_its_totals(tmp_path: Path) -> None:
    texts = pages_of(INVENTED, tmp_path / "book", "zh")

    units = html.fromstring(texts["year-2024-1.html"]).xpath("//h2[@id='units']/..//tbody/tr/th/text()")

    assert "示例县住房和城乡建设局" in units


def test_a_year_is_divided_and_its_pages_are_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "PER_PAGE", 3)
    monkeypatch.setattr(book, "page_text", lambda shown: shown.view.report.title)

    texts = book_of(many(8), tmp_path / "book", "zh")

    years = sorted(name for name in texts if name.startswith("year-"))
    assert [len(titles(texts[name])) for name in years] == [3, 3, 2]
    assert years[2] in texts[years[0]]


def test_the_index_and_each_page_of_2000_decisions_stay_under_a_megabyte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = many(2000)
    states = drawn_states(reports[0], dp.procedure(reports[0].decision))
    matter = matter_of(reports[0])
    monkeypatch.setattr(book, "page_text", lambda shown: shown.view.report.title)
    monkeypatch.setattr(book, "drawn_states", lambda *_: states)  # it is one decision under many titles
    monkeypatch.setattr(book, "matter_of", lambda _: matter)

    texts = book_of(reports, tmp_path / "book", "zh")

    sizes = {name: len(text.encode()) for name, text in texts.items() if "/" not in name}
    assert len(sizes) == 15
    assert max(sizes.values()) < 1_000_000
    assert sizes["index.html"] < 50_000


def test_units_past_the_limit_are_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_UNITS", 1)

    units = ("gov", "zj", "sf")
    reports = [
        replace(item, decision=item.decision.model_copy(update={"lead_unit": units[number % 3]}))
        for number, item in enumerate(many(6))
    ]

    texts = book_of(reports, tmp_path / "book", "zh")

    page = next(text for name, text in texts.items() if name.startswith("year-"))
    assert "其余2个单位" in page
    body, foot = html.fromstring(page).xpath("//h2[@id='units']/..//tbody|//h2[@id='units']/..//tfoot")
    column = [int(row[1].text) for row in body]
    assert sum(column) == int(foot[0][1].text)


def test_a_record_that_comes_twice_has_two_pages(tmp_path: Path) -> None:
    texts = pages_of([INVENTED[0], INVENTED[0]], tmp_path / "book", "zh")

    assert len([name for name in texts if name.startswith("decisions/")]) == 2


def test_a_page_is_named_by_the_title_of_its_decision(tmp_path: Path) -> None:
    texts = book_of([report(record("示例县-办理中"))], tmp_path / "book", "zh")

    (name,) = [name for name in texts if name.startswith("decisions/")]
    assert re.fullmatch(r"decisions/示例县公交线路调整-虚构-[0-9a-f]{8}\.html", name)


def test_a_hostile_title_gives_a_harmless_name(tmp_path: Path) -> None:
    texts = book_of([hostile(1)], tmp_path / "book", "zh")

    (name,) = [name for name in texts if name.startswith("decisions/")]
    assert re.fullmatch(r"decisions/[\w-]{1,60}\.html", name)


def test_decisions_of_one_title_have_pages_of_their_own_whatever_their_order(tmp_path: Path) -> None:
    first = report(record("示例县-办理中"))
    twins = [replace(first, decision=first.decision.model_copy(update={"id": name})) for name in ("甲", "乙")]

    names = [set(book_of(given, tmp_path / str(at), "zh")) for at, given in enumerate((twins, twins[::-1]))]

    assert names[0] == names[1]
    assert len([name for name in names[0] if name.startswith("decisions/")]) == 2


@given(st.text(max_size=300))
def test_a_file_name_holds_letters_and_digits_alone_and_fits_every_file_system(text: str) -> None:
    stem = file_stem(text)

    assert re.fullmatch(r"(?:[^\W_]+(?:-[^\W_]+)*)?", stem)
    assert len(stem.encode()) <= 120


def test_the_page_of_a_year_tells_the_next_step_and_the_earliest_meeting(tmp_path: Path) -> None:
    texts = book_of([report(record("示例县-办理中"))], tmp_path / "book", "zh")

    (table,) = html.fromstring(texts["year-2024-1.html"]).xpath("//table[@class='matrix']")
    told = {cell.get("data-label"): cell.text_content() for cell in table.xpath(".//td[@data-label]")}
    assert told["下一步"]
    assert told["最早上会日"] == dp.plan(report(record("示例县-办理中"))).earliest("集体讨论")
    assert "计划时间" not in told


def test_the_page_of_a_year_is_held_against_the_catalogue_that_is_given(tmp_path: Path) -> None:
    catalogue = dp.Catalogue.model_validate({
        "schema": 1, "title": "示例县2024年度目录", "issuer": "示例县人民政府", "year": 2024, "level": "county",
        "items": [
            {"item": "3", "title": "公交线路调整", "planned_time": "2024年2月"}, {"item": "4", "title": "供水规划"},
        ],
    })  # fmt: skip
    (tmp_path / "book").mkdir()

    with closing(Book(tmp_path / "book", "zh", [catalogue])) as pages:
        pages.add(shown(report(record("示例县-办理中"))))
        pages.finish()

    page = html.fromstring((tmp_path / "book" / "year-2024-1.html").read_text("utf-8"))
    (table,) = page.xpath("//table[@class='matrix']")
    told = {cell.get("data-label"): cell.text_content() for cell in table.xpath(".//td[@data-label]")}
    assert (told["计划时间"], told["逾期"][:3]) == ("2024年2月", "已逾期")
    assert page.xpath("//h2[@id='catalogue']")[0].text_content() == "示例县2024年度目录"
    assert "无案卷" in page.xpath("//h2[@id='status']/..")[0].text_content()


def test_no_records_make_an_index_that_says_so(tmp_path: Path) -> None:
    texts = book_of([], tmp_path / "book", "zh")

    assert list(texts) == ["index.html"]
    assert "无" in texts["index.html"]


def test_a_hostile_record_breaks_no_page_of_the_year(tmp_path: Path) -> None:
    texts = book_of([hostile(1_000_000)], tmp_path / "book", "zh")

    for name, text in texts.items():
        document = html.fromstring(text)
        assert document.xpath("//script|//img|//base|//@onload|//@onerror") == []
        assert "/" in name or len(text) < 100_000


def test_pages_of_decisions_that_rest_on_the_whole_record_say_so_first(tmp_path: Path) -> None:
    texts = book_of([report(record("示例县-办理中"), assume_complete=True)], tmp_path / "book", "zh")

    for text in texts.values():
        assert (
            html.fromstring(text)
            .find("body")[0][0]
            .text_content()
            .startswith("本报告以“案卷完整”的陈述为前提")
        )
