"""Packs: the Regulation itself, and every fault of a badly written pack at once."""

from __future__ import annotations

import pytest

from decision_procedure import rules
from decision_procedure.errors import BadPack, UnusableArgument
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.expression import BadExpression, Scope, compile_condition
from decision_procedure.law.loading import load_pack

REGULATION = rules.text("cn/cn-713.yaml")


def test_the_regulation_loads_without_fault() -> None:
    pack = next(pack for pack in standard_law().packs if pack.head.id == "cn-713")

    assert len(pack.rules) > 80


def test_every_fault_of_a_pack_is_reported_with_its_line() -> None:
    text = REGULATION.replace("act.record_signed", "act.record_sined", 1).replace(
        "step: filing\n", "step: filling\n", 1
    )

    with pytest.raises(BadPack) as caught:
        load_pack(text, "x.yaml")

    messages = [fault.text("en") for fault in caught.value.faults]
    assert any("record_sined" in message and "record_signed?" in message for message in messages)
    assert any("filling" in message and "filing?" in message for message in messages)
    assert all(fault.line for fault in caught.value.faults)


def test_a_cycle_is_refused_and_named() -> None:
    text = REGULATION.replace(
        "order:\n", "order:\n  - {before: issue, after: drafting, article: 第一条, strength: stated}\n", 1
    )

    with pytest.raises(BadPack, match="circle"):
        load_pack(text, "x.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')", "act.id.__class__", "lambda: 1", "[1 for x in y]", "1 + 1 == 2", "act.nothing", "traits.nothing",
        "held('nothing')", "days(act.start, act.end)", "act.start >= act.end", "act.channels == 'website'", "f'{act}'",
        "any_of(act.channels, it in ['nowhere'])", "params.days > 1", "x" * 3000, "(" * 500,
    ],
)  # fmt: skip
def test_what_is_not_in_the_language_is_refused(text: str) -> None:
    with pytest.raises(BadExpression):
        compile_condition(text, Scope(("public_comment",)))


def test_legality_review_comes_before_deliberation_and_rests_on_nothing_after() -> None:
    procedure = Procedure.of(standard_law().packs)

    assert "review_request" in procedure.rests_on("deliberation")
    assert "publication" not in procedure.rests_on("deliberation")
    assert "submission" in procedure.waits_for("deliberation")
    with pytest.raises(UnusableArgument):
        procedure.waits_for("nothing")
