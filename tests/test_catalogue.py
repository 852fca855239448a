"""Catalogues: the real ones load, and faults come with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from decision_procedure.errors import UnusableInput
from decision_procedure.model.catalogue import load_catalogue

CATALOGUES = sorted((Path(__file__).parent.parent / "catalogs").glob("*.yaml"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_each_published_catalogue_loads_with_issuer_year_and_rows(path: Path) -> None:
    catalogue = load_catalogue(path)

    assert catalogue.issuer
    assert str(catalogue.year) in path.stem
    assert catalogue.items


def test_there_are_at_least_three_catalogues() -> None:
    assert len(CATALOGUES) >= 3


def test_an_unstated_hearing_is_unknown_not_no() -> None:
    (path,) = [path for path in CATALOGUES if path.stem == "徐闻县-2018"]

    assert {item.hearing for item in load_catalogue(path).items} == {None}


def test_every_fault_of_a_catalogue_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "schema: 1\ntitle: 甲\nyear: soon\nlevel: planet\nitems:\n  - {item: '1'}\n", encoding="utf-8"
    )

    with pytest.raises(UnusableInput) as caught:
        load_catalogue(path)

    assert {fault.key for fault in caught.value.faults} == {"issuer", "year", "level", "items[0].title"}
