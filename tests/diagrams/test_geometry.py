"""Nothing overlaps, overflows or is crossed, measured with the metrics of an installed Chinese font."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import geometry
import pytest
from scenes import LANGS, PAGES, large_trail, records, scenes

import decision_procedure as dp
from decision_procedure.diagrams.metrics import width_of
from decision_procedure.diagrams.scene import Scene

_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_NAMES = {
    False: ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf"),
    True: ("NotoSansCJK-Bold.ttc", "NotoSansCJKsc-Bold.otf"),
}


@lru_cache(maxsize=2)
def _advances(bold: bool) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    from fontTools.ttLib import TTCollection, TTFont

    files = [file for folder in _FOLDERS for name in _NAMES[bold] for file in folder.rglob(name)]
    if not files:
        pytest.skip("no Noto Sans CJK font is installed (apt install fonts-noto-cjk)")
    if files[0].suffix == ".ttc":
        fonts = TTCollection(str(files[0])).fonts
        font = next(
            item for item in fonts if str(item["name"].getDebugName(1)).startswith("Noto Sans CJK SC")
        )
    else:
        font = TTFont(str(files[0]))
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


@lru_cache(maxsize=100_000)
def measured(text: str, size: float, bold: bool) -> float:
    """Return the true width of a text; an emoji, which the font lacks, counts 1.3 em."""
    glyphs, metrics, units = _advances(bold)
    return sum(metrics[glyphs[ord(c)]][0] / units if ord(c) in glyphs else 1.3 for c in text) * size


def faults(scene: Scene) -> Iterator[str]:
    yield from geometry.overlaps(scene)
    yield from geometry.outside(scene)
    yield from geometry.too_wide(scene, measured)
    yield from geometry.covered(scene, measured)
    yield from geometry.crossings(scene)
    yield from geometry.small(scene)
    yield from geometry.repeated(scene)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGS)
def test_in_no_scene_of_any_record_does_anything_overlap_overflow_or_cross_a_card(
    lang: str, page: str
) -> None:
    found = {
        f"{record} {name}": list(faults(scene))[:4]
        for record, report in records()
        for name, scene in scenes(report, lang, page)
    }

    assert {name: list_ for name, list_ in found.items() if list_} == {}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("count", [1, 12, 60, 120])
def test_a_trail_of_many_nodes_keeps_its_lines_off_its_cards_and_on_its_sheets(count: int, page: str) -> None:
    sheets = dp.diagram(large_trail(count), kind="trail", page=page).sheets

    assert [fault for sheet in sheets for fault in (*faults(sheet), *geometry.larger(sheet, page))] == []


def test_a_sheet_for_paper_fits_the_paper() -> None:
    too_large = [
        (record, name, page, fault)
        for page in ("portrait", "landscape")
        for lang in LANGS
        for record, report in records()
        for name, scene in scenes(report, lang, page)
        if not name.startswith("graph")
        for fault in geometry.larger(scene, page)
    ]

    assert too_large == []


def test_our_own_widths_are_never_less_than_the_true_ones() -> None:
    letters = "".join(chr(code) for code in range(0x20, 0x7F)) + "、,。“”《》〈〉—…·×√■□▲△→重大行政决策程序é–"

    short = [
        char
        for char in letters
        for bold in (False, True)
        if width_of(char, 10) < measured(char, 10, bold) - 0.01
    ]

    assert short == []
