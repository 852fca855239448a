"""The page on what law is loaded is made from the packs."""

from __future__ import annotations

from decision_procedure.law.applicable import standard_law
from tools.coverage import PAGE, page


def test_the_page_is_the_one_that_the_packs_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.coverage"


def test_every_instrument_and_every_gate_stands_there() -> None:
    text = page()

    for pack in standard_law().packs:
        assert f"`{pack.head.id}` |" in text
        for rule in pack.rules:
            if rule.duty.effect == "gate" and not rule.follows and pack.head.procedure is None:
                assert f"`{rule.id}` {rule.duty.article} |" in text


def test_a_term_is_told_once_as_its_text_counts_it() -> None:
    published = [line for line in page().splitlines() if line.startswith("| 出台 | 公布 |")]

    assert [line.split(" | ")[2] for line in published] == ["不超过 at most 20 工作日 working days"]
