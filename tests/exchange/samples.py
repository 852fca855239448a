"""What the tests of formats share: worked reports with a waiver and a baseline, and a hostile record."""

from __future__ import annotations

import copy
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import decision_procedure as dp
from decision_procedure.api.records import act_lines
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.results.baseline import accept
from decision_procedure.results.fingerprints import fingerprints
from decision_procedure.results.waivers import Waiver, apply_waivers, unused_waivers
from decision_procedure.sources import read_yaml

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
DAY = date(2024, 9, 30)
BAD = "示例县-多处不合规.yaml"
GRANT = {
    "approver": "甲",
    "basis": "应急",
    "date": "2024-03-01",
    "expires": "2024-12-31",
    "document": "示府〔2024〕3号",
}
# One of everything that a reader could take for structure, or that hides what a text says.
HOSTILE = "=1+1\n::error::x%0A]]>&<script>\"'\u202e\u2066\u200b\u0007\u0085\u2028\ufeff\x1b[31m,;@\t末"


def worked(
    view: FindingsView | None = None, *, again: bool = False
) -> tuple[list[tuple[str, dp.Report]], FindingsView]:
    """Return every worked report, one finding waived, another accepted, one waiver used for nothing.

    They are the same each time, but `again` made a second time from the same files.
    """
    reports, accepted = _worked(again)
    (lost,) = unused_waivers([Waiver.model_validate({**GRANT, "finding": "0" * 32})], ())
    return [*reports], (view or FindingsView())._replace(
        lines=LINES, accepted=accepted, left_over=lambda: [("豁免.yaml", lost)]
    )


LINES = cache(act_lines)


@cache
def _worked(again: bool) -> tuple[list[tuple[str, dp.Report]], frozenset[str]]:
    reports = []
    accepted: frozenset[str] = frozenset()
    for file, decision in dp.load_decisions(sorted(EXAMPLES.rglob("*.yaml"))):
        assert isinstance(decision, dp.Decision)
        found = dp.check(decision, as_of=DAY)
        if file.endswith(BAD):
            first, second = [(v.duty, v.act) for v in found.violations][:2]
            names = fingerprints(found)
            waivers = [Waiver.model_validate({**GRANT, "finding": names[first]})] * 2
            found, _ = apply_waivers(found, waivers, DAY)
            accepted = frozenset({names[second]})
            assert accepted < {item.fingerprint for item in accept(found)}
        reports.append((file, found))
    return reports, accepted


@cache
def written(form: str, view: FindingsView | None = None, *, again: bool = False) -> str:
    reports, chosen = worked(view, again=again)
    return "".join(WRITERS[form](reports, chosen))


@cache
def hostile() -> list[tuple[str, dp.Report]]:
    """Return the report on a record, and of a file, whose every free text is hostile."""
    path = EXAMPLES / "invented" / BAD
    data: dict[str, Any] = copy.deepcopy(read_yaml(path.read_text(encoding="utf-8"), BAD).data)
    identifier = "=a]]>::%&<\u202e"
    data["title"] = data["body"]["name"] = HOSTILE
    for document in data["documents"]:
        document["title"] = HOSTILE
    for person in data["people"]:
        person["name"] = HOSTILE
    for act in data["acts"]:
        if act["id"] == "comment":
            act["id"] = identifier
        if act["kind"] == "issue":
            act["number"] = HOSTILE
    data["waivers"] = [{"duty": "cn-713.15.1d", "authority": HOSTILE, "basis": HOSTILE, "date": "2024-03-01"}]
    found = dp.check(dp.parse_decision(json.dumps(data)), as_of=DAY)
    return [("=案卷,:%0A\n.yaml", apply_waivers(found, [], DAY)[0])]


def sample() -> dp.Report:
    """Return the committed report of format version 1."""
    return dp.Report.from_json((HERE / "sample-report-1.json").read_text(encoding="utf-8"))
