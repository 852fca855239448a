"""The page on ambiguities: all thirty-two, and every duty it names exists."""

from __future__ import annotations

import re
from pathlib import Path

from decision_procedure.law.applicable import standard_law

PAGE = (Path(__file__).parent.parent / "docs" / "ambiguities.md").read_text(encoding="utf-8")


def test_the_page_answers_questions_one_to_thirty_two() -> None:
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.M)] == list(range(1, 33))


def test_every_duty_that_the_page_names_exists() -> None:
    packs = standard_law().packs
    known = {rule.id for pack in packs for rule in pack.rules} | {f"{pack.head.id}.scope" for pack in packs}

    named = {
        name for name in re.findall(r"`([a-z][a-z0-9-]+\.[A-Za-z0-9.-]+)`", PAGE) if name != "law.citations"
    }

    assert len(named) >= 40
    assert named - known == set()
