"""The pages in Chromium: no request, no script that runs, nothing that axe-core objects to."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import asked_for, audited, dumped, needs_chromium
from conftest import EXAMPLES, record, report
from lxml import html
from pages import hostile, pages_of

import decision_procedure as dp

pytestmark = needs_chromium


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
def test_axe_finds_nothing_wrong_with_the_pages_of_a_year(page: str, dark: bool, tmp_path: Path) -> None:
    texts = pages_of(sorted(EXAMPLES.rglob("*.yaml")), tmp_path / "book", "zh")

    found = audited(texts[page], tmp_path, dark=dark)

    assert found["passes"] > 15
    assert found["violations"] == []


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
