"""The law as pages: what each instrument and each duty says, as text and as Markdown, in Chinese and English."""

from __future__ import annotations

from decision_procedure.render.rules.duties import duty_sheet
from decision_procedure.render.rules.instruments import instrument_sheet
from decision_procedure.render.rules.markdown import LawPage, as_markdown, law_pages
from decision_procedure.render.rules.printing import as_lines
from decision_procedure.render.rules.sheet import Field, Item, Sheet

__all__ = [
    "Field", "Item", "LawPage", "Sheet", "as_lines", "as_markdown", "duty_sheet", "instrument_sheet", "law_pages",
]  # fmt: skip
