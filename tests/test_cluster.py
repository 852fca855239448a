"""Many records by a cluster of processes over TCP, of which one is killed: each record is found once."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import decision_procedure as dp

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")  # of the cluster's own

DAY = date(2024, 9, 30)


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, protocol="tcp://", dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def text(number: int) -> str:
    body = {"name": "示例县人民政府", "level": "county", "kind": "government"}
    return json.dumps({"schema": 1, "id": f"案-{number}", "title": f"事项{number}", "body": body})


class Deadly(str):
    """A text that kills the process in which it is read."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return _die_elsewhere, (os.getpid(),)


def _die_elsewhere(home: int) -> str:
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return ""


def test_every_record_is_found_once_though_a_worker_is_killed_in_the_middle(client: Any) -> None:
    found, killed = [], False
    stream = dp.check_many(map(text, range(200)), as_of=DAY, executor=client.get_executor())

    for report in stream:
        found.append(report)
        if len(found) == 20 and not killed:
            killed = True
            client.run(
                lambda: os.kill(os.getpid(), signal.SIGKILL), workers=_one_of(client), on_error="ignore"
            )

    assert [report.decision.id for report in found if isinstance(report, dp.Report)] == [
        f"案-{number}" for number in range(200)
    ]


def test_the_reports_of_a_cluster_are_those_of_one_process(client: Any) -> None:
    texts = [text(number) for number in range(6)]

    alone = [report.to_json() for report in dp.check_many(texts, as_of=DAY)]  # type: ignore[union-attr]
    several = dp.check_many(texts, as_of=DAY, executor=client.get_executor())

    assert [report.to_json() for report in several] == alone  # type: ignore[union-attr]


def test_a_record_that_kills_its_worker_is_named_and_no_other_is_lost(client: Any) -> None:
    records: list[Any] = [text(number) for number in range(12)]
    records[5] = Deadly("案")

    found = list(dp.check_many(records, as_of=DAY, executor=client.get_executor()))

    assert [index for index, item in enumerate(found) if isinstance(item, dp.Unchecked)] == [5]


def _one_of(client: Any) -> list[str]:
    return list(client.scheduler_info()["workers"])[:1]
