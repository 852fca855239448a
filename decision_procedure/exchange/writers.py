"""Every format by its name: a callable from `(file, report)` and a view to chunks of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from decision_procedure.exchange.csv_table import write_csv
from decision_procedure.exchange.findings import FindingsView, Located
from decision_procedure.exchange.github import write_github
from decision_procedure.exchange.gitlab import write_gitlab
from decision_procedure.exchange.json_reports import write_json, write_json_lines
from decision_procedure.exchange.junit import write_junit
from decision_procedure.exchange.ocel import write_ocel
from decision_procedure.exchange.sarif import write_sarif

Writer = Callable[[Located, FindingsView], Iterator[str]]

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "json": write_json,
        "jsonl": write_json_lines,
        "sarif": write_sarif,
        "junit": write_junit,
        "github": write_github,
        "gitlab": write_gitlab,
        "csv": write_csv,
        "ocel": write_ocel,
    }
)
