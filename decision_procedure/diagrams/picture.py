"""A diagram in hand: its SVG, and saving in the format that a file's suffix names."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from decision_procedure.diagrams.dot import dot_text
from decision_procedure.diagrams.rendering import raster_bytes, svg_bytes
from decision_procedure.diagrams.scene import Scene
from decision_procedure.diagrams.svg import svg_text
from decision_procedure.errors import UnusableArgument

SUFFIXES = (".svg", ".png", ".pdf", ".dot", ".json", ".mmd", ".bpmn")


@dataclass(frozen=True)
class Picture:
    """The sheets of one diagram. `mermaid` and `bpmn` write those texts; None where a kind has none."""

    sheets: tuple[Scene, ...]
    mermaid: Callable[[], str] | None = None
    bpmn: Callable[[], str] | None = None

    @property
    def svg(self) -> str:
        """The first sheet as plain SVG, drawn without Graphviz; the same bytes for the same input."""
        return svg_text(self.sheets[0])

    @property
    def text(self) -> str:
        """The first sheet as pinned DOT text."""
        return dot_text(self.sheets[0])

    def svgs(self, prefix: str = "") -> tuple[str, ...]:
        """Return every sheet as plain SVG, with `prefix` and the number of the sheet before every id."""
        return tuple(svg_text(sheet, f"{prefix}{number}-") for number, sheet in enumerate(self.sheets, 1))

    def save(self, path: str | Path, *, plain: bool = False) -> Path:
        """Write the diagram as .svg, .png, .pdf, .dot, .json, .mmd or .bpmn and return the path.

        Further sheets go beside it as `name-2.svg` and so on (.json, .mmd and .bpmn are one file). `plain` asks
        for SVG without Graphviz. Raises UnusableArgument for another suffix or a form that this kind does not
        have, CannotDraw for PNG or PDF without a renderer or a Chinese font; nothing is written then.
        """
        target = Path(path)
        contents = self._contents(target.suffix.lower(), plain)
        for number, data in enumerate(contents, 1):
            sheet_path(target, number).write_bytes(data)
        return target

    def _contents(self, suffix: str, plain: bool) -> list[bytes]:
        if suffix == ".svg":
            return [svg_bytes(sheet, plain=plain) for sheet in self.sheets]
        if suffix in (".png", ".pdf"):
            return raster_bytes(self.sheets, "png" if suffix == ".png" else "pdf")
        if suffix == ".dot":
            return [dot_text(sheet).encode("utf-8") for sheet in self.sheets]
        if suffix == ".json":
            return [scenes_json(self.sheets).encode("utf-8")]
        if suffix not in SUFFIXES:
            raise UnusableArgument(f"不支持的图形格式 unsupported format: {suffix[:20]} ({', '.join(SUFFIXES)})")
        write = self.mermaid if suffix == ".mmd" else self.bpmn
        if write is None:
            raise UnusableArgument(f"此图种没有该格式 this kind of diagram has no such form: {suffix}")
        return [write().encode("utf-8")]

    def _repr_svg_(self) -> str:
        return self.svg


def sheet_path(path: Path, number: int) -> Path:
    """Return the path of a sheet: the path itself for the first, `name-2.svg` for the second."""
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def scenes_json(scenes: Sequence[Scene]) -> str:
    """Return scenes as JSON text, the same bytes for the same scenes."""
    return json.dumps({"schema": 1, "sheets": [scene.to_dict() for scene in scenes]}, ensure_ascii=False, indent=1) + "\n"
