"""Rules as tested products: examples of each duty, what they cover, and whether they notice a changed rule."""

from __future__ import annotations

from decision_procedure.ruletests.coverage import ArticleFate, Branch, Counts, articles, branches, counts
from decision_procedure.ruletests.mutation import Mutant, mutants, score
from decision_procedure.ruletests.running import Gap, Result, gaps, run_examples
from decision_procedure.ruletests.unreadable import unreadable

__all__ = [
    "ArticleFate",
    "Branch",
    "Counts",
    "Gap",
    "Mutant",
    "Result",
    "articles",
    "branches",
    "counts",
    "gaps",
    "mutants",
    "run_examples",
    "score",
    "unreadable",
]
