"""The conclusions on a report, by a rule engine that is loaded when they are first asked for."""

from __future__ import annotations

from decision_procedure.law.applicable import Law
from decision_procedure.law.facts import Facts
from decision_procedure.results.conclusions import Conclusion
from decision_procedure.results.report import Report


def concluded(report: Report, law: Law, facts: Facts) -> tuple[Conclusion, ...]:
    """Return every conclusion on a report; `facts` is what its record establishes. Raises EngineFailure."""
    # Loaded here, not above: screening for verdicts needs no rule engine.
    from decision_procedure.inference.statements import conclude

    return conclude(report, law, facts)


__all__ = ["concluded"]
