"""What the tests of whole local rules share."""

from __future__ import annotations

import decision_procedure as dp
from decision_procedure.law.applicable import Law

Expected = dict[str, tuple[str, int | None]]
"""By duty: its article and, where it has one, its number."""


def violated(found: dp.Report) -> set[str]:
    return {verdict.duty for verdict in found.verdicts if verdict.outcome == "violated"}


def assert_violated_alone(found: dp.Report, expected: Expected, law: Law) -> None:
    """Hold that these duties are violated and no other, each told with its article and by its number."""
    assert violated(found) == set(expected)
    for duty, (article, number) in expected.items():
        assert found.duties[duty].article == article
        values = [param.value for param in law.duties[duty].params.values()]
        assert number is None or values[0] == number
