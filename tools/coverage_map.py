"""docs/coverage.svg: a square for each province-level division, what law of its own is loaded there, from packs and register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from decision_procedure.diagrams.palette import INK, LOOKS, MUTED
from decision_procedure.diagrams.scene import Box, Line, Scene, lines_height, text_box, text_lines
from decision_procedure.diagrams.svg import svg_text
from decision_procedure.law.applicable import Law
from decision_procedure.law.loading import Pack, covers_place
from decision_procedure.law.register import Entry
from decision_procedure.model.divisions import level_of, place_name
from decision_procedure.ruletests.coverage import counts
from decision_procedure.wording import LANGUAGES, section

PICTURE = Path(__file__).parent.parent / "docs" / "coverage.svg"
TITLE = (
    "各地自己的规定：省级行政区方格图 Law of the places themselves: a square for each province-level division"
)
_TILES = Path(__file__).with_name("coverage_tiles.yaml")
_WIDE, _HIGH, _GAP, _EDGE = 91.0, 98.0, 4.0, 8.0
_HEAD, _BADGE = 44.0, 15.0
_NAME, _SMALL, _NOTE = 10.6, 9.4, 8.8


class State(NamedTuple):
    """What is loaded for a place: its glyph, the look it borrows from the verdicts, and what it means."""

    glyph: str
    look: str
    zh: str
    en: str


STATES = {
    "full": State("全", "satisfied", "主要规定已读全文并载入", "main instrument read whole, loaded"),
    "part": State("部", "needs_judgement", "主要规定只读到部分，已载入", "main instrument read in part, loaded"),
    "known": State("知", "pending", "省级规定已知而未载入，不据以核查", "provincial law known, not loaded: not applied"),
    "national": State("国", "not_applicable", "不知有省级规定，只按全国规定核查", "no provincial law known: checked by national law only"),
    "unexamined": State("—", "nothing_recorded", "全国规定是否适用，未作研究", "whether national law applies there was not examined"),
}  # fmt: skip
_BY_SEEN = {"full": "full", "part": "part", "none": "known"}
_SEEN = {"full": "全文", "part": "部分", "none": "文本未见"}
_NOTES = (
    "日期是主要规定的施行日期；主要规定指一地现行文件中核查的规则最多的一件。“已知 a + b”是现行而未载入的文件件数，a 为省级，b 为市县。",
    (
        "The date is that on which the main instrument came into force: of those in force for a place, the one with most "
        "rules checked. “已知 a + b” (known) counts instruments in force and not loaded, a of the province, b of places below it."
    ),
    "● 有自己规定载入的市县。 ● A place below the province whose own law is loaded.",
    "每格一地，只取大致方位，不画界线，因此不涉及国界和行政区域界线的画法。",
    "Squares keep rough neighbourhood only; no boundaries are drawn, so that no question of approved outlines arises.",
)


class Tiles(NamedTuple):
    """Column and row of the square of each province-level division, and those of which nothing is said."""

    squares: Mapping[str, Sequence[int]]
    unexamined: Sequence[str]


def tiles() -> Tiles:
    """Return where the squares stand."""
    return Tiles(**yaml.safe_load(_TILES.read_text(encoding="utf-8")))


def provinces() -> list[str]:
    """Return the codes of the province-level divisions in the library's table."""
    return [
        code for code in section("place", LANGUAGES[0]) if level_of(code) == "province" and code.isdigit()
    ]


def main_instrument(law: Law, place: str) -> Pack | None:
    """Return the instrument of a place itself, in force, with most rules checked; None where none is loaded."""
    own = [pack for pack in law.packs if pack.head.place == place and _stands(pack)]
    return max(own, key=lambda pack: counts(pack).modelled, default=None)


def state_of(law: Law, place: str) -> str:
    """Return the key in STATES of what is loaded for a place."""
    if place in tiles().unexamined:
        return "unexamined"
    main = main_instrument(law, place)
    if main is None:
        return "known" if any(entry.place == place for entry in _known(law)) else "national"
    return _BY_SEEN[main.head.seen]


def picture(law: Law) -> str:
    """Return the picture as SVG."""
    return svg_text(scene(law))


def scene(law: Law) -> Scene:
    """Return the picture as a drawing."""
    places = tiles().squares
    columns, rows = (max(spot[axis] for spot in places.values()) + 1 for axis in (0, 1))
    width = 2 * _EDGE + columns * (_WIDE + _GAP) - _GAP
    states = {place: state_of(law, place) for place in places}
    heading = text_lines(TITLE, 11, width - 2 * _EDGE, bold=True, align="middle", balanced=True)
    boxes = [text_box("heading", _EDGE, 6, width - 2 * _EDGE, heading)]
    boxes += _legend(states)
    for place, (column, row) in places.items():
        boxes += _tile(
            law, place, states[place], _EDGE + column * (_WIDE + _GAP), _HEAD + row * (_HIGH + _GAP)
        )
    bottom = _HEAD + rows * (_HIGH + _GAP) + 4
    for number, text in enumerate(_NOTES):
        lines = text_lines(text, _NOTE, width - 2 * _EDGE, ink=MUTED)
        boxes.append(text_box(f"note-{number}", _EDGE, bottom, width - 2 * _EDGE, lines))
        bottom += lines_height(lines) + 3
    return Scene("coverage", "zh", TITLE, _told(states), width, bottom + 4, tuple(boxes))


def _tile(law: Law, place: str, state: str, x: float, y: float) -> Iterator[Box]:
    look, room = LOOKS[STATES[state].look], _WIDE - 6
    tip = "；".join([f"{place_name(place, 'zh')} {STATES[state].zh}", *_instruments(law, place)])
    yield Box(
        f"place-{place}",
        x,
        y,
        _WIDE,
        _HIGH,
        "card",
        "box",
        look.fill,
        look.border,
        look.pen,
        look.dash,
        tip=tip,
    )
    yield _badge(f"sign-{place}", state, x + 4, y + 4)
    beside = _above(law, place)
    if beside:
        line = Line(beside, _SMALL, ink=INK, align="right")
        yield Box(
            f"since-{place}",
            x + 4 + _BADGE,
            y + 4,
            room - _BADGE - 2,
            _BADGE,
            "text",
            "none",
            lines=(line,),
            pad=0,
        )
    lines = (
        *text_lines(place_name(place, "zh"), _NAME, room, bold=True),
        *text_lines(place_name(place, "en"), _SMALL, room),
        *(Line(text, _SMALL, ink=INK) for text in _below(law, place)),
    )
    yield text_box(f"name-{place}", x + 4, y + 6 + _BADGE, room, lines, tip=tip)


def _badge(name: str, state: str, x: float, y: float) -> Box:
    look = LOOKS[STATES[state].look]
    line = Line(STATES[state].glyph, 9, True, look.glyph, "middle")
    return Box(
        name,
        x,
        y,
        _BADGE,
        _BADGE,
        "badge",
        "box",
        look.ground,
        look.outline,
        1.0,
        lines=(line,),
        pad=0,
        css=state,
    )


def _legend(states: Mapping[str, str]) -> Iterator[Box]:
    width = 3 * (_WIDE + _GAP) - _GAP
    high = (2 * (_HIGH + _GAP) - _GAP) / len(STATES)
    for number, (name, state) in enumerate(STATES.items()):
        y, look = _HEAD + number * high, LOOKS[state.look]
        count = sum(found == name for found in states.values())
        lines = (
            Line(f"{state.zh} · {count}", _SMALL, True),
            Line(state.en, _NOTE, ink=MUTED),
        )
        yield Box(
            f"key-{name}",
            _EDGE,
            y,
            width,
            high - 3,
            "card",
            "box",
            look.fill,
            look.border,
            look.pen,
            look.dash,
        )
        yield _badge(f"key-sign-{name}", name, _EDGE + 6, y + (high - 3 - _BADGE) / 2)
        top = y + (high - 3 - lines_height(lines)) / 2
        yield text_box(f"key-text-{name}", _EDGE + 12 + _BADGE, top, width - _BADGE - 18, lines)


def _above(law: Law, place: str) -> str:
    main = main_instrument(law, place)
    return _count(law, place) if main is None else f"{_since(main)} 起"


def _below(law: Law, place: str) -> Iterator[str]:
    """Yield lines for each place within a province that has law of its own loaded, and what else is known."""
    for inner in sorted({pack.head.place for pack in law.packs if _within(pack.head.place, place)}):
        if (main := main_instrument(law, inner)) is not None:
            zh = place_name(inner, "zh").removeprefix(place_name(place, "zh"))
            yield f"●{zh} {place_name(inner, 'en').partition(',')[0]}"
            yield f"{STATES[state_of(law, inner)].glyph} {_since(main)} 起"
    if main_instrument(law, place) is not None and (count := _count(law, place)):
        yield count


def _count(law: Law, place: str) -> str:
    known = [entry.place for entry in _known(law) if covers_place(place, entry.place)]
    own = known.count(place)
    return f"已知 {own} + {len(known) - own}" if known else ""


def _within(inner: str, place: str) -> bool:
    return inner != place and covers_place(place, inner)


def _instruments(law: Law, place: str) -> Iterator[str]:
    for pack in law.packs:
        if covers_place(place, pack.head.place) and _stands(pack):
            yield f"{pack.head.title.zh}（{_since(pack)} 起，{_SEEN[pack.head.seen]}）"
    for entry in _known(law):
        if covers_place(place, entry.place):
            yield f"{entry.title.zh}（未载入）"


def _known(law: Law) -> list[Entry]:
    return [entry for entry in law.register if entry.status != "draft" and entry.in_force_to is None]


def _stands(pack: Pack) -> bool:
    return pack.head.procedure is None and pack.head.in_force_to is None


def _since(pack: Pack) -> str:
    return "不详" if pack.head.in_force_from is None else pack.head.in_force_from.text


def _told(states: Mapping[str, str]) -> str:
    """Return what the picture shows in words, for those who cannot see it."""
    parts = []
    for lang in LANGUAGES:
        for name, state in STATES.items():
            names = [place_name(place, lang) for place, found in states.items() if found == name]
            if names:
                parts.append(
                    f"{getattr(state, lang)}：{'、'.join(names)}。"
                    if lang == "zh"
                    else f"{state.en}: {', '.join(names)}."
                )
    return " ".join(parts)
