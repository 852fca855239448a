"""Each kind as DOT and plain SVG, to the byte; `UPDATE_GOLDEN=1 pytest tests/diagrams/test_golden.py` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from scenes import BAD, GOOD, RUNNING, trail_of, worked

import decision_procedure as dp
from decision_procedure.diagrams.picture import Picture

GOLDEN = Path(__file__).parent / "golden"
KINDS = ("status", "procedure", "timeline", "trail", "catalogue", "graph")
RECORDS = {"zh": BAD, "en": RUNNING}


def picture(kind: str, lang: str) -> Picture:
    found = worked(RECORDS[lang])
    if kind == "trail":
        return dp.diagram(worked(BAD), kind=kind, lang=lang)
    if kind == "graph":
        return dp.diagram(trail_of(worked(BAD)), kind=kind, lang=lang)
    if kind == "catalogue":
        return dp.diagram([worked(BAD), worked(GOOD), worked(RUNNING)], kind=kind, lang=lang)
    if kind == "procedure":
        return dp.diagram(found.decision, kind=kind, lang=lang, page="screen")
    return dp.diagram(found, kind=kind, lang=lang, page="screen")


def same(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_diagram_is_as_it_was(kind: str, lang: str) -> None:
    drawn = picture(kind, lang)

    same(f"{kind}-{lang}.svg", drawn.svg)
    same(f"{kind}-{lang}.dot", drawn.text)


@pytest.mark.parametrize("kind", ["status", "procedure", "trail", "graph"])
def test_its_mermaid_text_is_as_it_was(kind: str) -> None:
    write = picture(kind, "zh").mermaid

    assert write is not None
    same(f"{kind}-zh.mmd", write())


def test_the_bpmn_of_the_procedure_is_as_it_was() -> None:
    write = picture("procedure", "zh").bpmn

    assert write is not None
    same("procedure-zh.bpmn", write())
