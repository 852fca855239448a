"""Checks the record of a major administrative decision (重大行政决策) against the procedure the law demands."""

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
    trail,
)
from decision_procedure.errors import BadPack, DecisionProcedureError, Fault, UnusableArgument, UnusableInput
from decision_procedure.model.catalogue import Catalogue, load_catalogue
from decision_procedure.model.decision import Decision
from decision_procedure.report import Report, Verdict

__version__ = "0.1.0"

__all__ = [
    "BadPack",
    "Catalogue",
    "Decision",
    "DecisionProcedureError",
    "Fault",
    "Report",
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
    "trail",
]
