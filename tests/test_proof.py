"""What a document shows of its act: one of the same day never speaks against it, one surely older does."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import act, report


def proof(data: dict[str, Any], duty: str, name: str) -> str:
    (verdict,) = [item for item in report(data).about(duty) if item.act == name]
    return verdict.proof


@pytest.mark.parametrize(
    ("name", "document", "duty", "act_date", "document_date", "expected"),
    [
        ("review", "d-rev", "cn-713.25.1b", "2024-05-24", "2024-05-24", "shown"),
        ("review", "d-rev", "cn-713.25.1b", "2024-05-24", "2024-05-25", "shown"),
        ("review", "d-rev", "cn-713.25.1b", "2024-05-24", "2024-05-12", "contradicted"),
        ("review", "d-rev", "cn-713.25.1b", "2024-05-24", "2024-05", "shown"),
        ("review", "d-rev", "cn-713.25.1b", "2024-05-24", "2024-04", "contradicted"),
        ("review", "d-rev", "cn-713.25.1b", "2024-05-24", "2023", "contradicted"),
        ("risk", "d-risk", "cn-713.23.2-report", "2024-04-25", "2024-04-25", "shown"),
        ("risk", "d-risk", "cn-713.23.2-report", "2024-04-25", "2024-04-24", "contradicted"),
        ("risk", "d-risk", "cn-713.23.2-report", "2024-04-25T15:00", "2024-04-25T09:00", "shown"),
        ("risk", "d-risk", "cn-713.23.2-report", "2024-04-25T15:00", "2024-04-25", "shown"),
        ("risk", "d-risk", "cn-713.23.2-report", "2024-04-25", "2024-04-25T09:00", "shown"),
        ("risk", "d-risk", "cn-713.23.2-report", "2024-04", "2024-04-02", "shown"),
        ("risk", "d-risk", "cn-713.23.2-report", "2024-04", "2024-03-31", "contradicted"),
        ("meeting", "d-min", "cn-713.30.3-record", "2024-06-06T16:00", "2024-06-06T15:00", "shown"),
        ("meeting", "d-min", "cn-713.30.3-record", "2024-06-06", "2024-06-05", "contradicted"),
        ("experts", "d-exp", "cn-713.19.2b", "2024-04-12", "2024-04-12", "shown"),
        ("experts", "d-exp", "cn-713.19.2b", "2024-04-12", "2024-04-11", "contradicted"),
    ],
)  # fmt: skip
def test_a_document_of_the_same_day_as_its_act_does_not_contradict_it(
    clean: dict[str, Any],
    name: str,
    document: str,
    duty: str,
    act_date: str,
    document_date: str,
    expected: str,
) -> None:
    act(clean, name).pop("sent", None)  # an act that takes time may have papers from between its ends
    act(clean, name)["date"] = act_date
    next(item for item in clean["documents"] if item["id"] == document)["date"] = document_date

    assert proof(clean, duty, name) == expected
