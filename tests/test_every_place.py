"""Every picture and every paper is made of every invented record, under all the law of places with law of their own."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

import pytest

import decision_procedure as dp
from tools.fuzz.records import EXAMPLES, RECORDS

INVENTED = sorted(path.stem for path in (EXAMPLES / "invented").glob("*.yaml"))
PLACES = ("441223", "371422")
BOTH = pytest.mark.parametrize(("name", "code"), [(name, code) for name in INVENTED for code in PLACES])


@cache
def report(name: str, code: str) -> dp.Report:
    data = RECORDS[name] | {"body": RECORDS[name]["body"] | {"code": code}}
    return dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=date(2024, 9, 30))


@BOTH
@pytest.mark.parametrize("kind", ["status", "timeline", "brief", "trail"])
def test_every_picture_is_drawn(name: str, code: str, kind: str) -> None:
    found = report(name, code)

    assert dp.diagram(dp.trail(found) if kind == "trail" else found, kind=kind).svg


@BOTH
def test_every_paper_is_written(name: str, code: str) -> None:
    found = report(name, code)

    assert dp.as_html(found)
    assert dp.as_word(found)
    assert dp.as_review_sheet(found)
    assert dp.as_excel([("案卷.yaml", found)])
