"""Nothing overlaps, overflows or is crossed, measured with the metrics of an installed Chinese font."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import geometry
import pytest
from scenes import BAD, LANGS, PAGES, crowded, large_trail, records, scenes, worked

import decision_procedure as dp
from decision_procedure.diagrams.metrics import width_of
from decision_procedure.diagrams.scene import Box, Connector, Scene

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


def on_paper(name: str, page: str) -> bool:
    return page != "screen" and not name.startswith("graph")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGS)
def test_in_no_scene_of_any_record_does_anything_overlap_overflow_cross_a_card_or_leave_its_paper(
    lang: str, page: str
) -> None:
    found = {
        f"{record} {name}": [*faults(scene), *(geometry.larger(scene, page) if on_paper(name, page) else ())][
            :4
        ]
        for record, report in records()
        for name, scene in scenes(report, lang, page)
    }

    assert {name: list_ for name, list_ in found.items() if list_} == {}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("count", [1, 12, 60, 120])
def test_a_trail_of_many_nodes_keeps_its_lines_off_its_cards_and_on_its_sheets(count: int, page: str) -> None:
    sheets = dp.diagram(large_trail(count), kind="trail", page=page).sheets

    assert [fault for sheet in sheets for fault in (*faults(sheet), *geometry.larger(sheet, page))] == []


def test_our_own_widths_are_never_less_than_the_true_ones() -> None:
    letters = "".join(chr(code) for code in range(0x20, 0x7F)) + "、,。“”《》〈〉—…·×√■□▲△→重大行政决策程序é–"

    short = [
        char
        for char in letters
        for bold in (False, True)
        if width_of(char, 10) < measured(char, 10, bold) - 0.01
    ]

    assert short == []


@pytest.mark.parametrize("kind", ["status", "timeline", "trail"])
def test_a_title_of_two_hundred_characters_stands_whole_on_the_first_sheet(kind: str) -> None:
    report = crowded()
    for page in PAGES:
        scene = dp.diagram(report, kind=kind, page=page).sheets[0]
        title = next(box for box in scene.boxes if box.id == "heading")

        assert report.title in "".join(line.text for line in title.lines)


def _with(scene: Scene, wrong: Box) -> Scene:
    return replace(scene, boxes=tuple(wrong if box.id == wrong.id else box for box in scene.boxes))


def _first(scene: Scene, *starts: str) -> Box:
    return next(box for box in scene.boxes if box.id.startswith(starts) and box.lines)


@pytest.mark.parametrize(
    ("kind", "card"),
    [("status", "step-"), ("timeline", "name-"), ("trail", "f1-")],
    ids=["status", "timeline", "trail"],
)
class TestEveryFaultIsCaught:
    """Scenes spoilt on purpose: each measure must notice its fault, or its silence above means nothing."""

    @staticmethod
    def sheet(kind: str) -> Scene:
        return dp.diagram(worked(BAD), kind=kind, page="landscape").sheets[0]

    def test_a_box_moved_onto_another(self, kind: str, card: str) -> None:
        scene = self.sheet(kind)
        boxes = [box for box in scene.boxes if box.id.startswith(card) and box.lines]

        wrong = boxes[0]._replace(x=boxes[1].x + 4, y=boxes[1].y + 4)

        assert list(geometry.overlaps(scene)) == []
        assert list(geometry.overlaps(_with(scene, wrong))) != []

    def test_a_box_moved_off_the_sheet(self, kind: str, card: str) -> None:
        scene = self.sheet(kind)
        box = _first(scene, card)

        assert list(geometry.outside(_with(scene, box._replace(x=scene.width - 5)))) == [box.id]
        assert list(geometry.outside(_with(scene, box._replace(y=-3.0)))) == [box.id]

    def test_a_text_wider_or_higher_than_its_box(self, kind: str, card: str) -> None:
        scene = self.sheet(kind)
        box = _first(scene, card)
        long = box.lines[0]._replace(text=box.lines[0].text + "超" * 40)

        wide = _with(scene, box._replace(lines=(long, *box.lines[1:])))
        high = _with(scene, box._replace(lines=box.lines * 20))

        assert list(geometry.too_wide(scene, measured)) == []
        assert list(geometry.too_wide(wide, measured)) == [f"{box.id}: {long.text}"]
        assert list(geometry.too_wide(high, measured)) == [f"{box.id}: too high"]

    def test_a_badge_on_the_text_of_a_card(self, kind: str, card: str) -> None:
        scene = self.sheet(kind)
        box = _first(scene, card)
        mark = Box("misplaced", box.x + 2, box.y, box.w - 4, box.h, "badge")

        assert list(geometry.covered(scene, measured)) == []
        assert list(geometry.covered(replace(scene, boxes=(*scene.boxes, mark)), measured)) != []

    def test_a_connector_through_a_card(self, kind: str, card: str) -> None:
        scene = self.sheet(kind)
        box = _first(scene, card)
        middle = box.y + box.h / 2
        line = Connector("stray", box.id, box.id, ((0.0, middle), (scene.width, middle)))

        assert list(geometry.crossings(scene)) == []
        assert f"stray / {box.id}" in list(geometry.crossings(replace(scene, connectors=(line,))))

    def test_small_text_an_id_used_twice_and_a_sheet_larger_than_its_page(self, kind: str, card: str) -> None:
        scene = self.sheet(kind)
        box = _first(scene, card)
        small = _with(scene, box._replace(lines=(box.lines[0]._replace(size=6.5),)))

        assert list(geometry.small(small)) == [f"{box.id}: 6.5"]
        assert list(geometry.repeated(replace(scene, boxes=(*scene.boxes, box)))) == [box.id]
        assert list(geometry.larger(scene, "landscape")) == []
        assert list(geometry.larger(replace(scene, height=540.0), "landscape")) != []
