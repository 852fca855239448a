"""The page on filling in a record is made from the declarations, the law and the examples: it cannot be out of date."""

from __future__ import annotations

from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import SHIPPED
from tools.fill_in import PAGE, page


def test_the_page_is_the_one_that_declarations_law_and_examples_make() -> None:
    text = page()

    assert PAGE.read_text(encoding="utf-8") == text, "run: python -m tools.fill_in"
    for kind, model in SHIPPED.acts.items():
        part = text.partition(f"\n### {SHIPPED.name(kind)}\n")[2].partition("\n### ")[0]
        own = [key for key in keys_of(model) if key not in keys_of(SHIPPED.acts["drafting"].__base__)]
        assert all(f"| {keys_of(model)[key].zh}" in part for key in own), kind
    row = next(line for line in text.splitlines() if line.startswith("| 论证必要性 "))
    assert "《重大行政决策程序暂行条例》第十九条第一款" in row
    assert "`是`" in row
