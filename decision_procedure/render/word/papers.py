"""The papers on one record, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from decision_procedure.render.word.annex import annex
from decision_procedure.render.word.case import Case
from decision_procedure.render.word.opinion import opinion
from decision_procedure.render.word.rectifying import rectification
from decision_procedure.render.word.supplying import supply_list

PAPERS: Mapping[str, Callable[[Case], bytes]] = MappingProxyType(
    {"opinion": opinion, "annex": annex, "supply-list": supply_list, "rectification": rectification}
)
