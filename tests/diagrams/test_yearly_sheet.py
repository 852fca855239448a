"""The yearly sheet of decisions: a row for each, a verdict in each cell, totals by unit, readable for many."""

from __future__ import annotations

from functools import lru_cache

import geometry
import pytest
from scenes import BAD, DAY, GOOD, INVENTED, LANGS, PAGES, RUNNING, data_of, report_of, worked
from test_geometry import faults

import decision_procedure as dp
from decision_procedure.diagrams.palette import LOOKS
from decision_procedure.diagrams.scene import SHEETS, Scene
from decision_procedure.model.vocabulary import label


@lru_cache(maxsize=1)
def sixty() -> tuple[dp.Report, ...]:
    """Sixty decisions of one year, with titles short and long."""
    files, found = sorted(INVENTED.glob("*.yaml")), []
    for number in range(60):
        data = data_of(files[number % len(files)])
        data["title"] = f"第{number}号决策事项" + "及其配套实施细则" * (number % 5)
        data["catalogue"] = {"listed": True, "year": 2024, "item": f"{number + 1}"}
        found.append(report_of(data))
    return tuple(found)


def texts(scenes: tuple[Scene, ...], box: str) -> list[str]:
    """Return the text of each box whose id begins so."""
    return [
        "".join(line.text for line in item.lines)
        for scene in scenes
        for item in scene.boxes
        if item.id.startswith(box)
    ]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGS)
def test_sixty_decisions_have_a_row_each_and_nothing_overlaps(lang: str, page: str) -> None:
    sheets = dp.diagram(list(sixty()), kind="catalogue", lang=lang, page=page).sheets

    assert len(texts(sheets, "title-")) == 60
    assert [fault for sheet in sheets for fault in faults(sheet)] == []
    height = SHEETS[page].height
    assert height is None or all(sheet.height <= height for sheet in sheets)


def test_each_sheet_repeats_the_names_of_the_steps_and_bears_its_number() -> None:
    sheets = dp.diagram(list(sixty()), kind="catalogue").sheets

    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert texts((sheet,), "head-0")[0] == "研究论证"
        assert texts((sheet,), "sheet") == [f"{number}/{len(sheets)}"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_cell_bears_the_sign_of_its_verdict_and_the_legend_says_each_in_words(lang: str) -> None:
    scene = dp.diagram([worked(BAD)], kind="catalogue", lang=lang, page="screen").sheets[0]
    cells = {box.id: box for box in scene.boxes}
    glyph = LOOKS["violated"].zh if lang == "zh" else LOOKS["violated"].en

    assert cells["cell-1-public_participation"].lines[0].text == glyph
    assert cells["cell-1-public_participation"].shape == "octagon"
    for outcome in LOOKS:
        assert texts((scene,), f"key-{outcome}-text") == [label("face", outcome, lang)]
        assert len({LOOKS[other].badge + LOOKS[other].zh for other in LOOKS}) == len(LOOKS)


def test_the_totals_are_those_of_the_reports() -> None:
    reports = [worked(BAD), worked(GOOD), worked(RUNNING)]
    sheet = dp.diagram(reports, kind="catalogue", page="screen").sheets

    found = [int(text) for text in texts(sheet, "totals-all-")[1:]]

    assert found[0] == 3
    assert sum(found[1:]) == sum(len(report.verdicts) for report in reports)
    assert found[1] == sum(report.counts["violated"] for report in reports)


def test_each_year_has_a_sheet_of_its_own_under_the_name_of_the_body() -> None:
    late, early = data_of(BAD), data_of(GOOD)
    late["catalogue"], early["catalogue"] = {"listed": True, "year": 2025}, {"listed": True, "year": 2023}

    sheets = dp.diagram([report_of(late), report_of(early)], kind="catalogue", page="screen").sheets

    assert [sheet.title for sheet in sheets] == [
        f"年度决策事项核查总表　{worked(BAD).decision.body.name} {year}年度" for year in (2023, 2025)
    ]
    assert str(DAY) in "".join(texts(sheets, "heading"))


def test_a_moved_cell_is_found() -> None:
    scene = dp.diagram([worked(BAD)], kind="catalogue", page="screen").sheets[0]
    boxes = tuple(
        box._replace(x=box.x + box.w * 0.7) if box.id == "cell-1-drafting" else box for box in scene.boxes
    )
    broken = Scene("catalogue", "zh", "", "", scene.width, scene.height, boxes)

    assert list(geometry.overlaps(scene)) == []
    assert any("cell-1-drafting" in pair for pair in geometry.overlaps(broken))
