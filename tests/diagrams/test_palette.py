"""Contrast is enough, and no state is told by colour alone."""

from __future__ import annotations

import pytest

from decision_procedure.diagrams.palette import HEAD, INK, LANE, LOOKS, MUTED, ORDER, PAPER, PLAIN, contrast
from decision_procedure.model.vocabulary import LABELS


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("outcome", ORDER)
def test_every_text_on_a_card_and_every_glyph_on_its_badge_has_a_contrast_of_4_5(outcome: str) -> None:
    style = LOOKS[outcome]

    assert contrast(style.glyph, style.ground) >= 4.5
    assert min(contrast(ink, style.fill) for ink in (style.ink, INK, MUTED)) >= 4.5
    assert contrast(style.outline, style.fill) >= 3


def test_plain_texts_have_a_contrast_of_4_5_on_every_ground() -> None:
    grounds = (PAPER, HEAD, LANE, "#FAFBFC", "#FFFDF3", "#E4EEF8", "#F2F2F2", "#FFF3D1", "#FBE3DC")

    assert min(contrast(ink, ground) for ink in (INK, MUTED) for ground in grounds) >= 4.5
    assert contrast("#8A2900", PAPER) >= 4.5
    assert contrast(PLAIN.ink, PLAIN.fill) >= 4.5


def test_each_name_of_a_verdict_differs_from_every_other_without_its_colour() -> None:
    assert set(ORDER) == set(LABELS["face"]) == set(LOOKS)
    for at in (0, 1):
        told = {(LOOKS[outcome].badge, LOOKS[outcome][at]) for outcome in ORDER}
        assert len(told) == len(ORDER) == 8
        assert len({LABELS["face"][outcome][at] for outcome in ORDER}) == 8


def test_grey_lightness_of_badges_or_their_shape_tells_verdicts_apart() -> None:
    shapes = {
        outcome: (LOOKS[outcome].badge, LOOKS[outcome].dash, LOOKS[outcome].pen, LOOKS[outcome].zh)
        for outcome in ORDER
    }

    assert len(set(shapes.values())) == 8
