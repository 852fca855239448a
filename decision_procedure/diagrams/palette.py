"""Colours and marks. A state is told by word, badge, border and colour, never by colour alone."""

from __future__ import annotations

from typing import NamedTuple

from decision_procedure.results.severity import FACES

INK = "#1F2328"
MUTED = "#57606A"
RULE = "#B8C0C8"
HEAD = "#E3E8ED"
LANE = "#F3F5F7"
PAPER = "#FFFFFF"
FONTS = (
    "Noto Sans CJK SC,Noto Sans SC,Source Han Sans SC,Source Han Sans CN,Microsoft YaHei,PingFang SC,"
    "Hiragino Sans GB,WenQuanYi Zen Hei,WenQuanYi Micro Hei,SimHei,sans-serif"
)


class Look(NamedTuple):
    """How a state looks: its badge (shape, ground, glyph colour, outline, glyphs zh and en) and its card."""

    zh: str
    en: str
    badge: str
    ground: str
    glyph: str
    outline: str
    fill: str
    border: str
    ink: str
    dash: str
    pen: float


ORDER = FACES
LOOKS = {
    "violated": Look("×", "×", "octagon", "#A83200", PAPER, "#A83200", "#FBE3DC", "#A83200", "#8A2900", "solid", 3.0),
    "needs_judgement": Look(
        "?", "?", "diamond", "#F0C64B", "#3F2C00", "#6B4A00", "#FFF3D1", "#8A6100", "#6B4A00", "dashed", 1.8
    ),
    "in_doubt": Look("疑", "D", "octagon", PAPER, "#A83200", "#A83200", "#FFF4EE", "#A83200", "#8A2900", "dashed", 2.4),
    "to_supply": Look("补", "S", "box", PAPER, "#333333", "#4A4A4A", PAPER, "#4A4A4A", "#333333", "dotted", 2.0),
    "nothing_recorded": Look("无", "N", "box", PAPER, "#595959", "#6E6E6E", PAPER, "#8C8C8C", "#595959", "dotted", 1.0),
    "pending": Look("待", "P", "box", "#0B5A94", PAPER, "#0B5A94", "#E4EEF8", "#0B5A94", "#084873", "solid", 1.2),
    "satisfied": Look("√", "√", "circle", "#00664B", PAPER, "#00664B", "#E3F1EC", "#00664B", "#00513B", "solid", 1.2),
    "not_applicable": Look("—", "—", "circle", PAPER, "#595959", "#6E6E6E", "#F2F2F2", "#8C8C8C", "#595959", "solid", 0.8),
}  # fmt: skip
PLAIN = Look("", "", "none", PAPER, INK, MUTED, PAPER, MUTED, MUTED, "solid", 0.8)


def look(outcome: str | None) -> Look:
    """Return the look of a verdict; a step not begun, and one without any (None), have no badge."""
    return LOOKS.get(outcome or "", PLAIN)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
