"""The pages in Chromium: no request, no script that runs, nothing that axe-core objects to."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import asked_for, audited, dumped, needs_chromium, pages_printed, too_wide
from commands import call
from conftest import EXAMPLES, record, report
from lxml import html
from pages import hostile, pages_of

import decision_procedure as dp
from decision_procedure.render.deadlines import DueTold, due_page

pytestmark = needs_chromium
PHONE = 400


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of all examples and of their years."""
    return pages_of(sorted(EXAMPLES.rglob("*.yaml")), tmp_path_factory.mktemp("pages") / "book", "zh")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing_wrong_with_the_page_of_a_defective_decision(
    lang: str, dark: bool, tmp_path: Path
) -> None:
    text = dp.as_html(report(record("示例县-多处不合规"), assume_complete=True), lang=lang)

    found = audited(text, tmp_path, dark=dark)

    assert found["dark"] is dark
    assert found["passes"] > 20
    assert found["violations"] == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("page", ["index.html", "year-2024-1.html", "year-none-1.html"])
def test_axe_finds_nothing_wrong_with_the_pages_of_a_year(
    page: str, dark: bool, book: dict[str, str], tmp_path: Path
) -> None:
    found = audited(book[page], tmp_path, dark=dark)

    assert found["passes"] > 15
    assert found["violations"] == []


@pytest.mark.parametrize("page", ["index.html", "body-001.html"])
def test_axe_finds_nothing_wrong_with_the_pages_of_an_assessment(page: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    call(
        "assess", EXAMPLES / "county/示例县", "--as-of", "2024-12-31", "--format", "html", "--output", folder
    )
    text = (folder / page).read_text("utf-8")

    found = audited(text, tmp_path, dark=False)

    assert found["passes"] > 15
    assert found["violations"] == []
    assert too_wide({page: text}, PHONE, tmp_path) == {}


def test_axe_objects_to_a_page_with_a_fault_so_that_its_silence_says_something(tmp_path: Path) -> None:
    text = dp.as_html(report(record("示例县-办理中"))).replace(' lang="zh-CN"', "", 1)

    found = audited(text, tmp_path, dark=False)

    assert any(item.startswith("html-has-lang") for item in found["violations"])


def test_no_request_leaves_a_page_even_where_the_record_asks_for_one(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(dp.as_html(hostile(20)), encoding="utf-8")

    asked = asked_for(page, tmp_path)

    assert asked == []


def test_a_request_of_another_page_is_seen_so_that_none_says_something(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><img src='http://outside.invalid/seen.png'>", encoding="utf-8")

    asked = asked_for(page, tmp_path)

    assert "http://outside.invalid/seen.png" in asked


def test_a_hostile_record_runs_nothing_in_the_browser(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(dp.as_html(hostile(20)), encoding="utf-8")

    document = html.fromstring(dumped(page, tmp_path))

    assert document.findtext(".//title") not in ("owned", "1")
    assert (
        document.xpath("//script | //img | //@onerror | //@onload | //@onmouseover | //@owned-attribute")
        == []
    )
    assert "alert(1)" in document.text_content()


def test_nothing_of_any_page_is_wider_than_the_screen_of_a_phone(
    book: dict[str, str], tmp_path: Path
) -> None:
    others = {
        "in English": dp.as_html(report(record("示例县-多处不合规")), lang="en"),
        "hostile": dp.as_html(hostile(300)),
        "due": due_page(
            DueTold(dp.deadlines([("甲.yaml", report(record("示例县-办理中")))]), "2024-09-30", "zh")
        ),
    }

    assert too_wide(book | others, PHONE, tmp_path) == {}


def test_what_is_wider_than_the_screen_is_seen_so_that_none_says_something(tmp_path: Path) -> None:
    filler = "<p>一</p>" * 30
    texts = {
        "wide": f"<!DOCTYPE html><body>{filler}<details><p style='width:500px'>宽</p></details>",
        "scrolled": f"<!DOCTYPE html><body>{filler}<div style='overflow-x:auto'><p style='width:390px;margin:0'>卷</p></div>",
    }

    found = too_wide(texts, PHONE, tmp_path)

    assert any(item.startswith("P") for item in found["wide"])
    assert any(item.startswith("DIV") for item in found["scrolled"])


def test_the_report_on_a_defective_decision_prints_on_eight_sheets_at_most(
    tmp_path: Path,
) -> None:
    page = tmp_path / "page.html"
    page.write_text(dp.as_html(report(record("示例县-多处不合规"))), encoding="utf-8")

    assert 2 <= pages_printed(page, tmp_path) <= 8
