"""The glossary is made from the declarations: no kind of act, key or word can be forgotten in it."""

from __future__ import annotations

from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.keys import key_label
from tools.glossary import PAGE, page


def test_the_page_is_the_one_that_the_declarations_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.glossary"


def test_every_key_of_every_kind_of_act_stands_there_in_both_languages() -> None:
    rows = page().splitlines()

    for act in ACT_CLASSES.values():
        for name, field in act.model_fields.items():
            key = field.alias or name
            if key not in ("kind", "says"):
                assert any(row.startswith(f"| `{key}` | {key_label(key)} |") for row in rows), key
