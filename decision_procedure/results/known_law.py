"""A report knows the law it was checked against: it is never told by another one unawares."""

from __future__ import annotations

from dataclasses import replace

from decision_procedure.errors import UnusableArgument
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.results.report import Report, Workings


def law_of(report: Report, given: Law | None = None) -> Law:
    """Return the law that a report was checked against.

    `given` may name it again; for a report that was read back from JSON and does not know its law any more, it must
    where that law does not travel with the library. Raises UnusableArgument for a law that is not that of the report.
    """
    known = None if report.workings is None else report.workings.law
    if isinstance(known, Law):
        if given is not None and given is not known and _content(given) != _content(known):
            raise UnusableArgument(
                "所给的法律不是本报告核查时所用的法律 the law given is not the one this report was checked against"
            )
        return known
    law = given or standard_law()
    missing = sorted(
        {name.partition(".")[0] for name in report.duties} - {pack.head.id for pack in law.packs}
    )
    if missing:
        named = ", ".join(missing[:6]) + (", …" if len(missing) > 6 else "")
        raise UnusableArgument(
            f"报告核查时所用的法律不全，请用 law= 给出 the law this report was checked against is not at hand, give it as law=: {named}"
        )
    return law


def attach(report: Report, law: Law) -> Report:
    """Return a report that knows its law. Raises UnusableArgument for a law that is not the one it was checked against."""
    known = law_of(report, law)
    return report if report.workings is not None else replace(report, workings=Workings(known))


def _content(law: Law) -> frozenset[tuple[str, object]]:
    """Return what two laws must have in common to be one: each instrument with its text as loaded."""
    return frozenset(
        (pack.head.id, id(pack) if pack.source is None else pack.source.text) for pack in law.packs
    )
