"""A baseline (存量清单): the findings of legacy files that are accepted today, so that only new ones fail.

It is written once, and from then on only shrinks: what is cured leaves it, nothing enters it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from decision_procedure.errors import UnusableInput
from decision_procedure.model.base import Identifier, Key, Part, Text
from decision_procedure.model.translating import read_validated
from decision_procedure.results.fingerprints import VERSION, Target, fingerprints, record_key, version_of
from decision_procedure.results.first_fingerprints import first_acts
from decision_procedure.results.report import Report
from decision_procedure.results.waiver_files import Fingerprint, mistyped

SCHEMA_VERSION = 1


class Accepted(Part):
    """One accepted finding. Only the fingerprint decides; the rest tells people which finding it is.

    Of one made by version 1 the rest decides: what record, duty and act it was of.
    """

    fingerprint: Annotated[Fingerprint, Key("问题指纹")]
    record: Annotated[Text, Key("案卷")]
    duty: Annotated[Text, Key("义务")]
    act: Annotated[Identifier | None, Key("行为")] = None

    @property
    def is_first(self) -> bool:
        """Whether its fingerprint was made by version 1."""
        return version_of(self.fingerprint) == 1


class BaselineFile(Part):
    """A baseline file. `fingerprints` is the version of those in it; a file that does not say may hold any."""

    schema_: Annotated[Literal[1], Key("格式版本")] = Field(alias="schema")
    fingerprints: Annotated[Literal[1, 2] | None, Key("指纹版本")] = None
    findings: Annotated[tuple[Accepted, ...], Key("问题")] = ()


def load_baseline(path: str | Path) -> tuple[Accepted, ...]:
    """Return the accepted findings of a JSON or YAML file. Raises UnusableInput with every fault in it."""
    found, written = read_validated(Path(path), BaselineFile)
    names = [
        (("findings", index, "fingerprint"), item.fingerprint) for index, item in enumerate(found.findings)
    ]
    faults = list(mistyped(found.fingerprints, names, written))
    if faults:
        raise UnusableInput(faults)
    return found.findings


def accepted_names(accepted: Iterable[Accepted]) -> frozenset[str]:
    """Return what a baseline knows findings by: the fingerprint; of those made by version 1 the `finding_name`."""
    return frozenset(
        finding_name(item.record, (item.duty, item.act)) if item.is_first else item.fingerprint
        for item in accepted
    )


def finding_name(record: str, target: Target) -> str:
    """Return a finding by record, duty and act."""
    return json.dumps([record, *target])


def accepted_targets(report: Report, names: frozenset[str] | None) -> frozenset[Target]:
    """Return the open verdicts that a baseline accepts; `names` are what it knows findings by, None: there is none."""
    if not names:
        return frozenset()
    record = record_key(report.decision)
    first = {new: old for old, new in first_acts(report).items()}
    return frozenset(
        (duty, act)
        for (duty, act), name in fingerprints(report).items()
        if not names.isdisjoint(
            (name, finding_name(record, (duty, act)), finding_name(record, (duty, first.get(act or "", act))))
        )
    )


def baseline_text(accepted: Iterable[Accepted]) -> str:
    """Return a baseline file as JSON text, sorted, the same for the same findings to the byte."""
    ordered = sorted(
        set(accepted), key=lambda item: (item.record, item.duty, item.act or "", item.fingerprint)
    )
    rows = [item.model_dump(mode="json") for item in ordered]
    # A file that states no version may still hold some of version 1.
    stated = {} if any(item.is_first for item in ordered) else {"fingerprints": VERSION}
    return json.dumps({"schema": SCHEMA_VERSION, **stated, "findings": rows}, indent=1) + "\n"


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
    accepted in records that were not checked remains, and so does what version 1 made: that its fingerprint is
    not found does not show that it was cured.
    """
    return tuple(
        item
        for item in accepted
        if item.is_first or item.record not in found or item.fingerprint in found[item.record]
    )
