"""The sheets of a procedure, for many bodies and days: nothing overlaps, overflows, is crossed or too small to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from typing import Any

import geometry
import pytest
from scenes import LANGS, PAGES
from test_geometry import faults, measured

import decision_procedure as dp
from decision_procedure.diagrams.scene import SHEETS, Box, Connector, Scene
from decision_procedure.model.decision import Body

TOWN = Body(name="示例镇人民政府", level="township", kind="government", code="441223101")
LONG = Body(
    name="示例县机构改革后由若干单位合并而成的综合行政管理服务局" * 4, level="county", kind="department"
)
SOURCES: dict[str, tuple[Any, Any]] = {
    "county 2017": (("441223", date(2017, 6, 1)), None),
    "county 2024": (("441223", date(2024, 9, 1)), None),
    "province 2017": (("44", date(2017, 6, 1)), None),
    "city 2018": (("4412", date(2018, 6, 1)), None),
    "city 2024": (("4412", date(2024, 9, 1)), None),
    "country 2020": (("", date(2020, 1, 1)), None),
    "other province 2012": (("370883", date(2012, 1, 1)), None),
    "2005": (("11", date(2005, 1, 1)), None),
    "town 2017": ((TOWN, date(2017, 9, 1)), None),
    "town 2024": ((TOWN, date(2024, 9, 1)), None),
    "a long name": ((LONG, date(2022, 1, 1)), None),
    "2017 to 2024": (("441223", date(2024, 9, 1)), ("441223", date(2017, 6, 1))),
    "2024 to 2017": (("441223", date(2017, 6, 1)), ("441223", date(2024, 9, 1))),
    "2023 to 2024": (("441223", date(2024, 2, 1)), ("441223", date(2023, 2, 1))),
    "city and county": (("4412", date(2017, 6, 1)), ("441223", date(2017, 6, 1))),
    "Guangdong and Shandong": (("44", date(2022, 6, 1)), ("37", date(2022, 6, 1))),
}


def sheets(name: str, lang: str, page: str) -> tuple[Scene, ...]:
    source, against = SOURCES[name]
    return dp.diagram(source, kind="procedure", against=against, lang=lang, page=page).sheets


def overlaid(scene: Scene) -> Iterator[str]:
    """Yield connectors that lie on one another though they lead elsewhere and come from elsewhere."""
    for one, two in combinations(scene.connectors, 2):
        if (one.head == two.head and one.dash == two.dash) or one.tail == two.tail:
            continue
        if any(_along(a, b) for a in pairwise(one.points) for b in pairwise(two.points)):
            yield f"{one.id} / {two.id}"


def _along(one: Any, two: Any) -> bool:
    for axis in (0, 1):
        if all(abs(point[axis] - one[0][axis]) < 0.5 for point in (*one, *two)):
            low = max(min(piece[0][1 - axis], piece[1][1 - axis]) for piece in (one, two))
            high = min(max(piece[0][1 - axis], piece[1][1 - axis]) for piece in (one, two))
            return high - low > 1.5
    return False


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SOURCES)
def test_nothing_on_a_procedure_overlaps_overflows_or_is_crossed(name: str, lang: str, page: str) -> None:
    found = sheets(name, lang, page)

    assert [fault for scene in found for fault in (*faults(scene), *overlaid(scene))] == []
    height = SHEETS[page].height
    assert height is None or all(scene.height <= height for scene in found)


@pytest.fixture(scope="module")
def scene() -> Scene:
    return sheets("county 2024", "zh", "screen")[0]


def _with(scene: Scene, name: str, **changed: Any) -> Scene:
    boxes = tuple(box._replace(**changed) if box.id == name else box for box in scene.boxes)
    return replace(scene, boxes=boxes)


def _box(scene: Scene, name: str) -> Box:
    return next(box for box in scene.boxes if box.id == name)


def test_a_card_moved_onto_another_is_found(scene: Scene) -> None:
    onto = _box(scene, "step-submission")

    broken = _with(scene, "step-hearing", x=onto.x + 5, y=onto.y + 5)

    assert any("step-hearing" in pair for pair in geometry.overlaps(broken))


def test_a_card_moved_under_a_connector_is_found(scene: Scene) -> None:
    item = max(scene.connectors, key=lambda item: max(abs(a[1] - b[1]) for a, b in pairwise(item.points)))
    a, b = max(pairwise(item.points), key=lambda ends: abs(ends[0][1] - ends[1][1]))

    broken = _with(scene, "step-adjustment", x=a[0] - 20, y=(a[1] + b[1]) / 2 - 10)

    assert any("step-adjustment" in pair for pair in geometry.crossings(broken))


def test_a_card_made_narrower_than_its_text_is_found(scene: Scene) -> None:
    broken = _with(scene, "step-publication", w=30)

    assert any(fault.startswith("step-publication") for fault in geometry.too_wide(broken, measured))


def test_a_card_made_lower_than_its_text_is_found(scene: Scene) -> None:
    broken = _with(scene, "step-publication", h=20)

    assert "step-publication: too high" in list(geometry.too_wide(broken, measured))


def test_small_print_and_a_card_off_the_sheet_are_found(scene: Scene) -> None:
    lines = tuple(line._replace(size=6) for line in _box(scene, "step-hearing").lines)

    assert list(geometry.small(_with(scene, "step-hearing", lines=lines))) != []
    assert list(geometry.outside(_with(scene, "step-hearing", x=scene.width - 10))) == ["step-hearing"]


def test_a_connector_laid_on_another_is_found(scene: Scene) -> None:
    first = next(item for item in scene.connectors if len(item.points) > 2)
    second = Connector("laid", "step-filing", "step-hearing", first.points)

    broken = replace(scene, connectors=(*scene.connectors, second))

    assert any("laid" in pair for pair in overlaid(broken))
