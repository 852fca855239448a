"""The short way in which an assessment holds a catalogue against records finds what the long one finds."""

from __future__ import annotations

import pytest
from county import COUNTY, DAY

import decision_procedure as dp
from decision_procedure.catalogues.matters import matter_of
from decision_procedure.catalogues.reconciling import held_against
from decision_procedure.law.applicable import standard_law
from decision_procedure.model.dates import calendar_day


@pytest.mark.parametrize("body", ["县政府", "交通运输局"])
def test_differences_are_the_same_without_looking_ahead(body: str) -> None:
    catalogue = dp.load_catalogue(COUNTY / body / "目录-2024.yml")
    reports = [
        dp.check(dp.load_decision(path), as_of=DAY) for path in sorted((COUNTY / body / "案卷").iterdir())
    ]
    law, day = standard_law(), calendar_day(DAY)

    short, long = (
        held_against(catalogue, tuple(matter_of(item, looking_ahead=ahead) for item in reports), law, day)
        for ahead in (False, True)
    )

    assert long.discrepancies
    assert short.discrepancies == tuple(item for item in long.discrepancies if item.kind != "cannot_be_met")
