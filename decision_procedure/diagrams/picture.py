"""A diagram in hand: its SVG, and saving in the format that a file's suffix names."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from decision_procedure.diagrams.scene import Scene
from decision_procedure.diagrams.svg import svg_text
from decision_procedure.errors import UnusableArgument
from decision_procedure.sources.whole_file import write_file

SUFFIXES = (".svg", ".png", ".pdf", ".dot", ".json", ".mmd", ".bpmn")
_DRAWN = {".svg": "svg", ".png": "png", ".pdf": "pdf"}


@dataclass(frozen=True)
class Picture:
    """The sheets of one diagram.

    `natural` is DOT text whose layout is left to Graphviz (None: the sheets are pinned). `mermaid` and `bpmn`
    write those texts; None where a kind has none.
    """

    sheets: tuple[Scene, ...]
    natural: str | None = None
    mermaid: Callable[[], str] | None = None
    bpmn: Callable[[], str] | None = None

    @property
    def svg(self) -> str:
        """The first sheet as plain SVG, drawn without Graphviz; the same bytes for the same input."""
        return svg_text(self.sheets[0])

    @property
    def text(self) -> str:
        """The first sheet as DOT text."""
        return self.dots[0]

    @property
    def dots(self) -> tuple[str, ...]:
        """The sheets as DOT text."""
        from decision_procedure.diagrams.dot import dot_text

        return (self.natural,) if self.natural is not None else tuple(map(dot_text, self.sheets))

    def svgs(self, prefix: str = "") -> tuple[str, ...]:
        """Return every sheet as plain SVG, with `prefix` and the number of the sheet before every id."""
        return tuple(svg_text(sheet, f"{prefix}{number}-") for number, sheet in enumerate(self.sheets, 1))

    def save(self, path: str | Path, *, plain: bool = False) -> Path:
        """Write the diagram as .svg, .png, .pdf, .dot, .json, .mmd or .bpmn and return the path.

        Further sheets go beside it as `name-2.svg` and so on (.json, .mmd and .bpmn are one file). `plain` asks
        for SVG without Graphviz. Raises UnusableArgument for another suffix or a form that this kind does not
        have, CannotDraw for PNG or PDF without a renderer or a Chinese font; nothing is written then. Each file
        appears whole or not at all; UnusableArgument as well where it cannot be written.
        """
        target = Path(path)
        save_all([(self, target)], plain=plain)
        return target

    def _repr_svg_(self) -> str:
        return self.svg


def save_all(items: Sequence[tuple[Picture, Path]], *, plain: bool = False) -> None:
    """Write pictures of one kind to paths of one suffix, Graphviz running once for all; as `Picture.save`."""
    if not items:
        return
    suffix = items[0][1].suffix.lower()
    if suffix in _DRAWN:
        from decision_procedure.diagrams.rendering import drawn

        sources = [
            (text, sheet)
            for picture, _ in items
            for text, sheet in zip(picture.dots, picture.sheets, strict=True)
        ]
        files = iter(
            drawn([text for text, _ in sources], [sheet for _, sheet in sources], _DRAWN[suffix], plain=plain)
        )
        contents = [[next(files) for _ in picture.sheets] for picture, _ in items]
    else:
        contents = [[text.encode("utf-8") for text in _texts(picture, suffix)] for picture, _ in items]
    for (_, path), parts in zip(items, contents, strict=True):
        for number, data in enumerate(parts, 1):
            write_file(sheet_path(path, number), data)


def sheet_path(path: Path, number: int) -> Path:
    """Return the path of a sheet: the path itself for the first, `name-2.svg` for the second."""
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def scenes_json(scenes: Sequence[Scene]) -> str:
    """Return scenes as JSON text, the same bytes for the same scenes."""
    data = {"schema": 1, "sheets": [scene.to_dict() for scene in scenes]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _texts(picture: Picture, suffix: str) -> Sequence[str]:
    if suffix == ".dot":
        return picture.dots
    if suffix == ".json":
        return [scenes_json(picture.sheets)]
    if suffix not in SUFFIXES:
        raise UnusableArgument(f"不支持的图形格式 unsupported format: {suffix[:20]} ({', '.join(SUFFIXES)})")
    write = picture.mermaid if suffix == ".mmd" else picture.bpmn
    if write is None:
        raise UnusableArgument(f"此图种没有该格式 this kind of diagram has no such form: {suffix}")
    return [write()]
