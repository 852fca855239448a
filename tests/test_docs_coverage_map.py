"""The picture on the page of loaded law: a square for each province-level division, made from packs and register."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as Tree

import pytest
from diagrams.geometry import outside, overlaps, too_wide

from decision_procedure.diagrams.metrics import width_of
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.model.divisions import place_name
from decision_procedure.wording import section
from tools.coverage import PAGE
from tools.coverage_map import PICTURE, STATES, TITLE, picture, scene, state_of, tiles

SVG = "{http://www.w3.org/2000/svg}"


def squares(law: Law) -> dict[str, str]:
    """Return the text on each square by the code of its division."""
    root = Tree.fromstring(picture(law))
    boxes = {group.get("id", ""): group for group in root.iter(f"{SVG}g")}
    return {
        place: " ".join(
            text.text or ""
            for part in ("sign", "since", "name")
            if f"{part}-{place}" in boxes
            for text in boxes[f"{part}-{place}"].iter(f"{SVG}text")
        )
        for place in tiles().squares
    }


def without(law: Law, place: str, *, register: bool = False) -> Law:
    """Return the law without what is loaded for a place and within it, and without the register if asked."""
    kept = tuple(pack for pack in law.packs if not pack.head.place.startswith(place))
    return replace(law, packs=kept, register=() if register else law.register)


def test_the_picture_is_the_one_that_packs_and_register_make() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(standard_law()), "run: python -m tools.coverage"


def test_every_province_level_division_has_one_square_and_no_two_stand_on_one_another() -> None:
    divisions = [code for code in section("place", "zh") if len(code) == 2 and code.isdigit()]

    spots = [tuple(spot) for spot in tiles().squares.values()]

    assert sorted(tiles().squares) == sorted(divisions)
    assert len(divisions) == 34
    assert len(set(spots)) == len(spots)
    assert set(tiles().unexamined) <= set(divisions)


def test_every_square_bears_its_name_in_both_languages_and_the_sign_of_its_state() -> None:
    for place, text in squares(standard_law()).items():
        assert place_name(place, "zh") in text
        assert place_name(place, "en") in text
        assert text.startswith(STATES[state_of(standard_law(), place)].glyph)


@pytest.mark.parametrize(
    ("place", "state"),
    [("37", "full"), ("44", "full"), ("32", "known"), ("11", "national"), ("81", "unexamined")],
)
def test_a_place_is_shaded_by_what_is_loaded_there(place: str, state: str) -> None:
    assert state_of(standard_law(), place) == state


def test_what_is_no_longer_loaded_is_known_while_the_register_has_it_and_then_only_national_law_is_left() -> (
    None
):
    law = standard_law()

    assert state_of(without(law, "37"), "37") == "known"
    assert state_of(without(law, "37", register=True), "37") == "national"


@pytest.mark.parametrize(("seen", "state"), [("full", "full"), ("part", "part"), ("none", "known")])
def test_a_place_is_shaded_by_how_much_of_its_main_instrument_was_read(seen: str, state: str) -> None:
    law = standard_law()
    packs = tuple(
        replace(pack, head=pack.head.model_copy(update={"seen": seen})) if pack.head.place == "4412" else pack
        for pack in law.packs
    )

    assert state_of(replace(law, packs=packs), "4412") == state


def test_each_place_below_a_province_with_law_in_force_of_its_own_is_marked_on_the_square_of_its_province() -> (
    None
):
    law, shown = standard_law(), squares(standard_law())
    heads = [pack.head for pack in law.packs if pack.head.in_force_to is None]
    inner = {head.place for head in heads if head.level in ("city", "county")}

    for place in inner:
        own = place_name(place, "zh").removeprefix(place_name(place[:2], "zh"))
        assert f"●{own}" in shown[place[:2]]
        assert "●" not in squares(without(law, place))[place[:2]]
    assert {"3714", "4412"} <= inner


def test_nothing_on_the_picture_overlaps_overflows_or_leaves_it() -> None:
    drawing = scene(standard_law())

    assert list(overlaps(drawing)) == []
    assert list(outside(drawing)) == []
    assert list(too_wide(drawing, lambda text, size, _: width_of(text, size))) == []


def test_the_picture_is_told_in_words_holds_no_script_and_is_linked_with_them() -> None:
    root = Tree.fromstring(PICTURE.read_text(encoding="utf-8"))
    title, desc = root.findtext(f"{SVG}title", ""), root.findtext(f"{SVG}desc", "")

    assert root.get("role") == "img"
    assert title == TITLE
    assert all(place_name(place, lang) in desc for place in tiles().squares for lang in ("zh", "en"))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "g", "rect", "text", "polygon", "ellipse",
    }  # fmt: skip
    assert f"![{TITLE}]({PICTURE.name})" in PAGE.read_text(encoding="utf-8")
