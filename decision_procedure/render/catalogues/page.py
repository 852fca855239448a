"""A catalogue held against records, as one page without scripts."""

from __future__ import annotations

from typing import Any

from decision_procedure.render.catalogues.told import DIFFERENCES, STATUS, UNITS, ReconciliationTold
from decision_procedure.render.html.drawing import drawn


def reconciliation_page(told: ReconciliationTold) -> str:
    """Return the page. Raises UnusableArgument without Jinja2 (extra `html`)."""
    return drawn("reconciliation.html.j2", told.lang, {"told": told, **tables(told)})


def tables(told: ReconciliationTold) -> dict[str, Any]:
    """Return what the tables of the page show, which stand on the page of a year as well."""
    return {
        "status_heads": dict(zip(STATUS, told.heads(STATUS), strict=True)),
        "status": list(told.status()),
        "difference_heads": dict(zip(DIFFERENCES, told.heads(DIFFERENCES), strict=True)),
        "differences": list(told.differences()),
        "unit_heads": told.heads(UNITS),
        "unit_rows": [(name, [getattr(unit, column) for column in UNITS[1:]]) for name, unit in told.units()],
    }
