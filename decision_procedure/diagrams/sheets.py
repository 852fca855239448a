"""Sheets of one picture: each further one says which it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from decision_procedure.diagrams.palette import MUTED
from decision_procedure.diagrams.scene import Box, Line, Scene

FOOT = 12.0


def numbered(scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """Return the sheets with their number, such as 2/3, at the foot; a single sheet as it is.

    Each becomes `FOOT` points higher, for which whoever divides the sheets leaves room.
    """
    if len(scenes) < 2:
        return tuple(scenes)
    return tuple(
        replace(
            scene,
            height=scene.height + FOOT,
            boxes=(*scene.boxes, _number(scene, f"{number}/{len(scenes)}")),
        )
        for number, scene in enumerate(scenes, 1)
    )


def _number(scene: Scene, text: str) -> Box:
    line = Line(text, 7.5, True, MUTED, "right")
    return Box("sheet-number", scene.width - 62, scene.height, 60, FOOT, "text", "none", lines=(line,), pad=0)
