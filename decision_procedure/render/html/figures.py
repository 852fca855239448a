"""The pictures of a page: plain SVG with an identifier of its own for everything."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

from decision_procedure.diagrams.building import build
from decision_procedure.law.applicable import Law
from decision_procedure.results.report import Report

_PREFIXES = {"status": "sp", "timeline": "tl"}


class Figure(NamedTuple):
    """The sheets of one picture as markup, and what stands before the identifiers of each."""

    sheets: tuple[Any, ...]
    prefixes: tuple[str, ...]


def figure(report: Report, law: Law, kind: str, lang: str) -> Figure:
    """Return the picture of a kind. Its links lead to `anchors` of the duties."""
    prefix = _PREFIXES[kind]
    markup = import_module("markupsafe").Markup
    drawn = build(report, law, kind=kind, lang=lang).svgs(prefix)
    return Figure(
        tuple(map(markup, drawn)), tuple(f"{prefix}{number}-" for number in range(1, len(drawn) + 1))
    )


def anchors(duty: str, status: Figure) -> tuple[str, ...]:
    """Return the identifiers to which the cards of the status picture lead for a duty."""
    return tuple(f"{prefix}{duty}" for prefix in status.prefixes)
