"""Turning scenes into files: system `dot`, then the `pygraphviz` wheel, then plain SVG; PNG also by `resvg_py`.

A renderer or a Chinese font that is missing is said once for each process, with the cures; SVG always exists.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Sequence
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from decision_procedure.diagrams.palette import FONTS
from decision_procedure.diagrams.scene import Scene
from decision_procedure.diagrams.svg import svg_text
from decision_procedure.errors import CannotDraw

PNG_DPI = 144
_BATCH = 500
_SECONDS = 300
_END = b"</svg>"
_PAGE_ID = re.compile(rb'<g id="(a_)?page\d+,\d+_')


class MissingRenderer(UserWarning):
    """Graphviz is not installed, so that plain SVG was written; the same geometry, drawn by this library."""


NO_RENDERER = (
    "未找到 Graphviz:SVG 由本库直接绘制，图形相同。输出 PNG、PDF 请安装其一:apt/brew/winget install graphviz;"
    "pip install 'decision-procedure[render]';仅 PNG:pip install 'decision-procedure[png]'。 "
    "Graphviz was not found: SVG is drawn by this library, with the same geometry. For PNG and PDF install one of: "
    "apt/brew/winget install graphviz; pip install 'decision-procedure[render]'; PNG only: "
    "pip install 'decision-procedure[png]'"
)
NO_FONT = (
    "没有中文字体,PNG、PDF 会出现空框，未输出。请安装 fonts-noto-cjk 或者 fonts-wqy-microhei，或者改用 SVG。 "
    "No Chinese font: PNG and PDF would show empty boxes and were not written. Install fonts-noto-cjk or "
    "fonts-wqy-microhei, or save as SVG"
)


def renderer() -> str | None:
    """Return `dot`, `pygraphviz`, or None when only plain SVG is possible."""
    if shutil.which("dot"):
        return "dot"
    return "pygraphviz" if find_spec("pygraphviz") else None


def chinese_font() -> bool:
    """Say whether an installed font has Chinese characters; a machine that cannot say so has none."""
    families = _chinese_families()
    if families is None:
        return os.name == "nt" or Path("/System/Library/Fonts").is_dir()  # both ship Chinese fonts
    return bool(families)


def drawn(texts: Sequence[str], scenes: Sequence[Scene], form: str, *, plain: bool = False) -> list[bytes]:
    """Return a picture of each DOT text as `svg`, `png` (144 dpi) or `pdf`; `scenes` are what plain SVG shows.

    Graphviz runs once for each 500, so that all must be of one kind. `plain` asks for SVG without Graphviz.
    Without Graphviz SVG is plain, and a MissingRenderer warning is given once. Raises CannotDraw for PNG and
    PDF without a renderer for them or without a Chinese font.
    """
    if plain and form == "svg":
        return [svg_text(scene).encode("utf-8") for scene in scenes]
    if form != "svg" and not chinese_font():
        raise CannotDraw(NO_FONT)
    tool = renderer()
    if tool is not None:
        return _by_graphviz(texts, form, tool)
    if form == "png" and find_spec("resvg_py"):
        return [_by_resvg(svg_text(scene)) for scene in scenes]
    if form != "svg":
        raise CannotDraw(NO_RENDERER)
    _warn_once(NO_RENDERER)
    return [svg_text(scene).encode("utf-8") for scene in scenes]


def _by_graphviz(texts: Sequence[str], kind: str, tool: str) -> list[bytes]:
    """Draw with the one family that is installed, which is quicker than the list; SVG names the list once."""
    family = _installed_family()
    texts = [text.replace(f'fontname="{FONTS}"', f'fontname="{family}"') for text in texts]
    if tool == "pygraphviz":
        found = [_by_pygraphviz(text, kind) for text in texts]
    else:
        batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
        draw = _svgs_by_dot if kind == "svg" else partial(_files_by_dot, kind=kind)
        found = [data for batch in batches for data in draw(batch)]
    if len(found) != len(texts):
        raise CannotDraw(f"Graphviz: {len(found)}/{len(texts)} {kind}")
    return [_tidied(data, family) for data in found] if kind == "svg" else found


def _svgs_by_dot(texts: Sequence[str]) -> list[bytes]:
    """Run `dot` once for many graphs; it writes one SVG after another, which is quicker than many files."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as found:
        source.write("\n".join(texts).encode("utf-8"))
        source.seek(0)
        _dot("-Tsvg", stdin=source, stdout=found)
        found.seek(0)
        return [part.lstrip() + _END + b"\n" for part in found.read().split(_END)[:-1]]


def _files_by_dot(texts: Sequence[str], kind: str) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{index:06d}.dot" for index in range(len(texts))]
        for name, text in zip(names, texts, strict=True):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        dpi = [f"-Gdpi={PNG_DPI}"] if kind == "png" else []
        _dot(f"-T{kind}", *dpi, "-O", *names, cwd=folder)
        files = [Path(folder) / f"{name}.{kind}" for name in names]
        return [file.read_bytes() for file in files if file.is_file()]


def _dot(*arguments: str, **more: Any) -> None:
    """Run `dot` on graphs of one kind only, since its state leaks from one to the next."""
    command = [str(shutil.which("dot")), *arguments]
    run = subprocess.run(command, stderr=subprocess.PIPE, timeout=_SECONDS, check=False, **more)  # noqa: S603
    if run.returncode:
        raise CannotDraw(f"Graphviz: {run.stderr.decode('utf-8', 'replace')[:300]}")


def _tidied(data: bytes, family: str) -> bytes:
    """Name the fonts once, and take the page number out of the ids that `dot` gives to later files of a batch."""
    data = data.replace(f' font-family="{family}"'.encode(), b"")
    return _PAGE_ID.sub(rb'<g id="\1', data.replace(b"<svg ", f'<svg font-family="{FONTS}" '.encode(), 1))


def _by_pygraphviz(text: str, kind: str) -> bytes:
    import pygraphviz

    graph = pygraphviz.AGraph(string=text)
    if kind == "png":
        graph.graph_attr["dpi"] = str(PNG_DPI)
    data = graph.draw(format=kind, prog="dot" if graph.graph_attr["layout"] == "dot" else "nop2")
    graph.close()
    return bytes(data)


def _by_resvg(text: str) -> bytes:
    import resvg_py

    family = FONTS.partition(",")[0]
    return bytes(
        resvg_py.svg_to_bytes(svg_string=text, zoom=2, dpi=96.0, font_family=family, sans_serif_family=family)
    )


def _installed_family() -> str:
    """Return the first of the fonts that is installed, or the whole list where none is known to be."""
    families = _chinese_families() or frozenset()
    return next((family for family in FONTS.split(",") if family in families), FONTS)


def _chinese_families() -> frozenset[str] | None:
    return _listed(os.environ.get("PATH", ""), os.environ.get("FONTCONFIG_FILE", ""))


@lru_cache(maxsize=8)
def _listed(path: str, config: str) -> frozenset[str] | None:
    """Return the families of fonts with Chinese characters; None on a machine that cannot say."""
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    run = subprocess.run([lister, ":lang=zh-cn", "family"], capture_output=True, timeout=60, check=False)  # noqa: S603
    return frozenset(re.split(r"[,\n]", run.stdout.decode("utf-8", "replace").strip())) - {""}


@lru_cache(maxsize=8)
def _warn_once(text: str) -> None:
    warnings.warn(text, MissingRenderer, stacklevel=3)
