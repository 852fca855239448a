"""Checks the record of a major administrative decision (重大行政决策) against the procedure the law demands."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decision_procedure.api import (
        advise,
        answer,
        answered,
        archive,
        as_excel,
        as_format,
        as_html,
        as_pdf,
        as_review_sheet,
        as_text,
        as_word,
        attach,
        check,
        check_catalogue,
        check_many,
        compare_plans,
        counted_days,
        deadlines,
        decision,
        diagram,
        form,
        holidays,
        letters,
        load_decision,
        load_decisions,
        load_law,
        mask,
        moment,
        parse_decision,
        plan,
        plan_picture,
        procedure,
        questions,
        record_schema,
        repair,
        replay,
        save,
        seal,
        skeleton,
        slips,
        step_states,
        steps,
        submitted,
        to_frame,
        trail,
        what_if,
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
    from decision_procedure.forms import Question
    from decision_procedure.keeping.archive import read_bag
    from decision_procedure.keeping.ledger.merkle import inclusion_holds
    from decision_procedure.keeping.ledger.store import Ledger
    from decision_procedure.keeping.receipts.ed25519 import ed25519_signer, ed25519_verifier
    from decision_procedure.keeping.receipts.signing import signature_holds
    from decision_procedure.law.applicable import Law
    from decision_procedure.law.crosslint import cross_faults
    from decision_procedure.model import acts  # noqa: F401 - reached as an attribute
    from decision_procedure.model.catalogue import Catalogue, load_catalogue
    from decision_procedure.model.decision import Decision
    from decision_procedure.planning.plan import DatedStep, Plan
    from decision_procedure.planning.repair import Repair
    from decision_procedure.results.findings import Finding
    from decision_procedure.results.problems import Problem
    from decision_procedure.results.report import Report, Verdict
    from decision_procedure.results.waiver_files import Waiver, load_waivers

__version__ = "0.1.0"

__all__ = [
    "BadPack",
    "BrokenRun",
    "Catalogue",
    "DatedStep",
    "Decision",
    "DecisionProcedureError",
    "Fault",
    "Finding",
    "Law",
    "Ledger",
    "Plan",
    "Problem",
    "Question",
    "Repair",
    "Report",
    "Unchecked",
    "UnusableArgument",
    "UnusableInput",
    "Verdict",
    "Waiver",
    "advise",
    "answer",
    "answered",
    "archive",
    "as_excel",
    "as_format",
    "as_html",
    "as_pdf",
    "as_review_sheet",
    "as_text",
    "as_word",
    "attach",
    "check",
    "check_catalogue",
    "check_many",
    "compare_plans",
    "counted_days",
    "cross_faults",
    "deadlines",
    "decision",
    "diagram",
    "ed25519_signer",
    "ed25519_verifier",
    "form",
    "holidays",
    "inclusion_holds",
    "letters",
    "load_catalogue",
    "load_decision",
    "load_decisions",
    "load_law",
    "load_waivers",
    "mask",
    "moment",
    "parse_decision",
    "plan",
    "plan_picture",
    "procedure",
    "questions",
    "read_bag",
    "record_schema",
    "repair",
    "replay",
    "save",
    "seal",
    "signature_holds",
    "skeleton",
    "slips",
    "step_states",
    "steps",
    "submitted",
    "to_frame",
    "trail",
    "what_if",
]

_FROM = {
    "api": (
        "advise",
        "answer",
        "answered",
        "archive",
        "as_excel",
        "as_format",
        "as_html",
        "as_pdf",
        "as_review_sheet",
        "as_text",
        "as_word",
        "attach",
        "check",
        "check_catalogue",
        "check_many",
        "compare_plans",
        "counted_days",
        "deadlines",
        "decision",
        "diagram",
        "form",
        "letters",
        "holidays",
        "load_decision",
        "load_decisions",
        "load_law",
        "mask",
        "moment",
        "parse_decision",
        "plan",
        "plan_picture",
        "procedure",
        "questions",
        "record_schema",
        "repair",
        "replay",
        "save",
        "seal",
        "skeleton",
        "slips",
        "step_states",
        "steps",
        "submitted",
        "to_frame",
        "trail",
        "what_if",
    ),
    "errors": (
        "BadPack",
        "BrokenRun",
        "DecisionProcedureError",
        "Fault",
        "Unchecked",
        "UnusableArgument",
        "UnusableInput",
    ),
    "forms": ("Question",),
    "keeping.archive": ("read_bag",),
    "keeping.ledger.merkle": ("inclusion_holds",),
    "keeping.ledger.store": ("Ledger",),
    "keeping.receipts.ed25519": (
        "ed25519_signer",
        "ed25519_verifier",
    ),
    "keeping.receipts.signing": ("signature_holds",),
    "law.applicable": ("Law",),
    "law.crosslint": ("cross_faults",),
    "model": ("acts",),
    "model.catalogue": (
        "Catalogue",
        "load_catalogue",
    ),
    "model.decision": ("Decision",),
    "planning.plan": ("DatedStep", "Plan"),
    "planning.repair": ("Repair",),
    "results.findings": ("Finding",),
    "results.problems": ("Problem",),
    "results.report": (
        "Report",
        "Verdict",
    ),
    "results.waiver_files": (
        "Waiver",
        "load_waivers",
    ),
}
_WHERE = {name: module for module, names in _FROM.items() for name in names}


def __getattr__(name: str) -> Any:
    """Return what is loaded when it is first asked for: importing the package reads nothing else."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = _found(name)
    return found


def _found(name: str) -> Any:
    if name == "acts":
        return import_module(f"{__name__}.model.acts")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
