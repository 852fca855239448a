"""A baseline (存量清单): the findings of legacy files that are accepted today, so that only new ones fail.

It is written once, and from then on only shrinks: what is cured leaves it, nothing enters it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from decision_procedure.fingerprints import fingerprints, record_key
from decision_procedure.model.base import Identifier, Part, Text
from decision_procedure.model.translating import read_validated
from decision_procedure.report import Report

SCHEMA_VERSION = 1


class Accepted(Part):
    """One accepted finding. Only the fingerprint decides; the rest tells people which finding it is."""

    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    record: Text
    duty: Text
    act: Identifier | None = None


class BaselineFile(Part):
    """A baseline file."""

    schema_: Literal[1] = Field(alias="schema")
    findings: tuple[Accepted, ...] = ()


CHINESE: Mapping[str, str] = {
    "格式版本": "schema", "问题": "findings", "问题指纹": "fingerprint", "案卷": "record", "义务": "duty", "行为": "act",
}  # fmt: skip


def load_baseline(path: str | Path) -> tuple[Accepted, ...]:
    """Return the accepted findings of a JSON or YAML file. Raises UnusableInput with every fault in it."""
    return read_validated(Path(path), BaselineFile, CHINESE)[0].findings


def baseline_text(accepted: Iterable[Accepted]) -> str:
    """Return a baseline file as JSON text, sorted, the same for the same findings to the byte."""
    ordered = sorted(
        set(accepted), key=lambda item: (item.record, item.duty, item.act or "", item.fingerprint)
    )
    rows = [item.model_dump(mode="json") for item in ordered]
    return json.dumps({"schema": SCHEMA_VERSION, "findings": rows}, indent=1) + "\n"


def accept(report: Report) -> tuple[Accepted, ...]:
    """Return every open finding of a report that counts, as a new baseline holds it."""
    names = fingerprints(report)
    record = record_key(report.decision)
    return tuple(
        Accepted(
            fingerprint=names[verdict.duty, verdict.act], record=record, duty=verdict.duty, act=verdict.act
        )
        for verdict in report.verdicts
        if verdict.counts and (verdict.duty, verdict.act) in names
    )


def still_found(accepted: Iterable[Accepted], found: Mapping[str, frozenset[str]]) -> tuple[Accepted, ...]:
    """Return what remains of a baseline after a run; never more than there was.

    `found` maps the name of each record that was checked to the fingerprints of its open findings. What is
    accepted in records that were not checked remains.
    """
    return tuple(
        item for item in accepted if item.record not in found or item.fingerprint in found[item.record]
    )
