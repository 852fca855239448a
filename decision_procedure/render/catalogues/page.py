"""A catalogue held against records, as one page without scripts."""

from __future__ import annotations

from decision_procedure.render.catalogues.told import ReconciliationTold
from decision_procedure.render.html.drawing import drawn


def reconciliation_page(told: ReconciliationTold) -> str:
    """Return the page. Raises UnusableArgument without Jinja2 (extra `html`)."""
    return drawn("reconciliation.html.j2", told.lang, {"told": told, **told.tables()})
