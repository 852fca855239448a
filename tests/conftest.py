"""Shared helpers: the worked records, and small changes to them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pydantic
import pytest
import typer.main
import typer.testing
from hypothesis import HealthCheck, settings

import decision_procedure as dp
from decision_procedure.sources import read_yaml

EXAMPLES = Path(__file__).parent.parent / "examples"
DAY = date(2024, 9, 30)
# Seconds after which a process counts as hanging for ever: far more than any of them takes on a machine under load.
HANGS = 3600

# No test depends on time: how long something may take is for benchmarks/ to say.
settings.register_profile("ci", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci")

# The command line is built once, not anew for each command that is run in this process.
typer.main.get_command = typer.testing._get_command = cache(typer.main.get_command)


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands keep what they read of rules in a folder of the tests, never in that of the user who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def clean() -> dict[str, Any]:
    """The wholly compliant record as plain data, free to change."""
    return record("示例县-全部合规")


@pytest.fixture
def bad() -> dict[str, Any]:
    """The record with nine breaches as plain data, free to change."""
    return record("示例县-多处不合规")


def record(name: str) -> dict[str, Any]:
    """Return an invented record by the name of its file, as plain data, free to change."""
    return copy.deepcopy(_data(EXAMPLES / "invented" / f"{name}.yaml"))


@cache
def _data(path: Path) -> Any:
    return read_yaml(path.read_text(encoding="utf-8"), path.name).data


def report(data: dict[str, Any], as_of: date = DAY, *, assume_complete: bool = False) -> dp.Report:
    decision = dp.parse_decision(json.dumps(data, ensure_ascii=False))
    return dp.check(decision, as_of=as_of, assume_complete=assume_complete)


def act(data: dict[str, Any], identifier: str) -> dict[str, Any]:
    return next(item for item in data["acts"] if item["id"] == identifier)


def without(data: dict[str, Any], *identifiers: str) -> dict[str, Any]:
    data["acts"] = [item for item in data["acts"] if item["id"] not in identifiers]
    return data


def outcomes(found: dp.Report, duty: str) -> set[str]:
    return {verdict.outcome for verdict in found.verdicts if verdict.duty == f"cn-713.{duty}"}


def needs_newest_pydantic() -> None:
    """Skip what compares the text of a schema: another version of pydantic words the same schema otherwise."""
    if tuple(map(int, pydantic.VERSION.split(".")[:2])) < (2, 14):
        pytest.skip(
            f"the published schemas are written with pydantic 2.14 or newer, here is {pydantic.VERSION}"
        )
