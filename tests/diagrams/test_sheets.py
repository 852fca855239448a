"""Further sheets: none nearly empty, none with a part of a list whose head stands on another."""

from __future__ import annotations

import pytest
import scenes
from hypothesis import given
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.diagrams.scene import Band, Box, PageSize, Scene, joined, stacked

HARD = {"bare": lambda: scenes.report_of(scenes.bare()), "running": lambda: scenes.worked(scenes.RUNNING)}
sides = pytest.mark.parametrize("page", ["portrait", "landscape"])
langs = pytest.mark.parametrize("lang", scenes.LANGS)
records = pytest.mark.parametrize("name", HARD)


def sheets(name: str, kind: str, lang: str, page: str) -> tuple[Scene, ...]:
    return dp.diagram(HARD[name](), kind=kind, lang=lang, page=page).sheets


@records
@sides
@langs
def test_the_key_of_the_status_never_stands_alone_on_a_sheet(name: str, lang: str, page: str) -> None:
    last = sheets(name, "status", lang, page)[-1]
    assert any(box.id == "note" for box in last.boxes)
    assert any(box.css.startswith("step ") for box in last.boxes)


@records
@sides
@langs
def test_a_list_of_a_trail_that_goes_on_says_under_which_law(name: str, lang: str, page: str) -> None:
    _, *further = sheets(name, "trail", lang, page)
    assert further
    for sheet in further:
        rows = [box for box in sheet.boxes if box.id.startswith("summed-")]
        assert rows[0].id.endswith("-ground")
        assert not rows[-1].lines[0].bold


def test_the_instruments_under_a_status_are_all_named() -> None:
    found = dp.diagram(scenes.everything_missing(), lang="en", page="portrait").sheets[-1]
    (below,) = (box for box in found.boxes if box.id == "note")
    assert not below.lines[-1].text.endswith("…")


def band(name: str, height: float) -> Band:
    return Band(height, (Box(name, 0, 0, 10, height, "card"),))


@given(st.lists(st.integers(1, 90), min_size=1, max_size=40))
def test_evening_out_keeps_every_band_in_order_and_takes_no_more_sheets(heights: list[int]) -> None:
    bands = [band(f"b{number}", height) for number, height in enumerate(heights)]
    pages = stacked(bands, PageSize(10, 100), gap=0)
    assert [box.id for boxes, _ in pages for box in boxes] == [item.boxes[0].id for item in bands]
    assert all(height <= 100 for _, height in pages)
    greedy, used = 1, 0
    for height in heights:
        greedy, used = (greedy, used + height) if used + height <= 100 else (greedy + 1, height)
    assert len(pages) == greedy


def test_a_last_sheet_that_would_be_nearly_empty_takes_from_the_one_before() -> None:
    pages = stacked([band(f"b{number}", 10) for number in range(11)], PageSize(10, 100), gap=0)
    assert [height for _, height in pages] == [70, 40]


def test_joined_bands_stand_under_each_other() -> None:
    found = joined(band("a", 10), band("b", 20))
    assert (found.height, [box.y for box in found.boxes]) == (30, [0, 10])


def test_documents_listed_over_several_sheets_are_counted_as_parts_of_the_whole() -> None:
    found = dp.diagram(scenes.crowded(), kind="trail", page="landscape").sheets
    heads = [line.text for sheet in found for box in sheet.boxes for line in box.lines]
    assert any(text.startswith("文件第1至") and text.endswith("共32份") for text in heads)
    assert any(text.startswith("文件第") and "至32份" in text for text in heads)


@langs
def test_two_acts_of_one_edge_are_joined_by_the_comma_of_the_language(lang: str) -> None:
    found = dp.diagram(scenes.worked(scenes.BAD), kind="trail", lang=lang, page="landscape").sheets
    texts = [line.text for sheet in found for box in sheet.boxes for line in box.lines]
    assert any("、" in text for text in texts) == (lang == "zh")


def test_the_bases_of_the_steps_have_their_head_on_every_sheet() -> None:
    found = dp.diagram(scenes.worked(scenes.BAD), kind="procedure", page="landscape").sheets
    below = [sheet for sheet in found if any(box.id.startswith("basis-") for box in sheet.boxes)]
    assert len(below) > 1
    assert all(any(box.id == "title-step_bases" for box in sheet.boxes) for sheet in below)


def test_a_last_sheet_to_which_nothing_can_be_moved_stays_as_it_is() -> None:
    pages = stacked([band("high", 95), band("low", 10)], PageSize(10, 100), gap=0)
    assert [height for _, height in pages] == [95, 10]
