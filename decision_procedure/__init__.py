"""Checks the record of a major administrative decision (重大行政决策) against the procedure the law demands."""

from typing import TYPE_CHECKING, Any

from decision_procedure.api import (
    advise,
    archive,
    as_excel,
    as_html,
    as_review_sheet,
    as_text,
    as_word,
    attach,
    check,
    check_catalogue,
    check_many,
    diagram,
    load_decision,
    load_decisions,
    load_law,
    mask,
    parse_decision,
    procedure,
    record_schema,
    replay,
    seal,
    step_states,
    trail,
)
from decision_procedure.errors import (
    BadPack,
    BrokenRun,
    DecisionProcedureError,
    Fault,
    Unchecked,
    UnusableArgument,
    UnusableInput,
)
from decision_procedure.model.catalogue import Catalogue, load_catalogue
from decision_procedure.model.decision import Decision
from decision_procedure.results.report import Report, Verdict

if TYPE_CHECKING:
    from decision_procedure.law.applicable import Law

__version__ = "0.1.0"

__all__ = [
    "BadPack",
    "BrokenRun",
    "Catalogue",
    "Decision",
    "DecisionProcedureError",
    "Fault",
    "Law",
    "Report",
    "Unchecked",
    "UnusableArgument",
    "UnusableInput",
    "Verdict",
    "advise",
    "archive",
    "as_excel",
    "as_html",
    "as_review_sheet",
    "as_text",
    "as_word",
    "attach",
    "check",
    "check_catalogue",
    "check_many",
    "diagram",
    "load_catalogue",
    "load_decision",
    "load_decisions",
    "load_law",
    "mask",
    "parse_decision",
    "procedure",
    "record_schema",
    "replay",
    "seal",
    "step_states",
    "trail",
]


def __getattr__(name: str) -> Any:
    """Return what is loaded when it is first asked for: importing the package reads no law."""
    if name == "Law":
        from decision_procedure.law.applicable import Law

        return Law
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
