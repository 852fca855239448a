"""Many records: a bad one and a dead process cost one record, which is named; nothing else is lost."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import decision_procedure as dp
from decision_procedure.reporting.many import by_processes

DAY = date(2024, 9, 30)
DEADLY, BAD = "致命", "坏"


def record(title: str, identifier: str | None = None) -> dp.Decision:
    body = {"name": "示例县人民政府", "level": "county", "kind": "government"}
    data = {"schema": 1, "title": title, "body": body} | ({"id": identifier} if identifier else {})
    return dp.parse_decision(json.dumps(data))


def broken(title: str) -> dp.Decision:
    """Return what looks like a record and is none: its acts are missing."""
    return record(title).model_copy(update={"acts": None})


def results(found: Iterator[Any]) -> list[str]:
    """Return each result as its title, or as what is said of a record that could not be checked."""
    return [
        f"!{item.index} {item.record}" if isinstance(item, dp.Unchecked) else item.title for item in found
    ]


def deadly(decision: dp.Decision, *, once: str | None = None) -> dp.Report:
    """Check a record; one of a deadly title kills the process, `once` only where that file is not yet there."""
    if decision.title == DEADLY and not (once and Path(once).exists()):
        if once:
            Path(once).touch()
        os._exit(1)
    if decision.title == BAD:
        raise ZeroDivisionError(decision.body.name)
    return dp.check(decision, as_of=DAY)


def ending_when_asked(decision: dp.Decision) -> dp.Report:
    """Check a record in a process that a request to end does end."""
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    return deadly(decision)


def refusing_to_end(number: int, frame: object) -> None:
    raise SystemExit(1)


WAYS: dict[str, dict[str, Any]] = {"one process": {}, "processes": {"processes": 2}, "threads": {"executor": ThreadPoolExecutor}, "an executor of processes": {"executor": ProcessPoolExecutor}}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_bad_record_is_named_and_the_rest_goes_on(way: str) -> None:
    records = [record("一"), broken("二"), record("三"), broken("四"), record("五")]
    options = dict(WAYS[way])
    pool = options["executor"](2) if "executor" in options else None
    if pool is not None:
        options["executor"] = pool

    found = list(dp.check_many(records, as_of=DAY, **options))

    if pool is not None:
        pool.shutdown()
    assert results(iter(found)) == ["一", "!1 二", "三", "!3 四", "五"]
    assert all(
        isinstance(item, dp.DecisionProcedureError) for item in found if not isinstance(item, dp.Report)
    )


@pytest.mark.parametrize("bad", [None, 3, "text", {}, [], object()])
def test_what_is_no_record_at_all_is_named_by_its_kind(bad: Any) -> None:
    found = list(dp.check_many([record("一"), bad, record("三")], as_of=DAY))

    assert results(iter(found)) == ["一", f"!1 {type(bad).__name__}", "三"]


def test_an_error_in_place_of_a_record_is_told_in_its_place_with_its_faults(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        record("一").model_dump_json(by_alias=True, exclude_none=True), encoding="utf-8"
    )
    (tmp_path / "b.yaml").write_text("schema: 2\n", encoding="utf-8")
    given = [item for _, item in dp.load_decisions([tmp_path])]

    first, second = dp.check_many(given, as_of=DAY)

    assert isinstance(first, dp.Report)
    assert isinstance(second, dp.Unchecked)
    assert second.faults
    assert second.index == 1


def test_the_message_names_record_and_kind_and_nothing_of_its_content() -> None:
    (found,) = by_work([record(BAD, "案-7")], partial(deadly))

    assert isinstance(found, dp.Unchecked)
    assert "案-7" in str(found)
    assert "ZeroDivisionError" in str(found)
    assert "示例县人民政府" not in str(found)


def by_work(records: list[Any], work: Callable[[dp.Decision], dp.Report], processes: int = 2) -> list[Any]:
    return list(by_processes(work, records, processes))


@pytest.mark.parametrize("place", [0, 39])
def test_a_record_that_kills_its_process_twice_is_named_and_no_other_is_lost(place: int) -> None:
    records = [record(f"{number}") for number in range(40)]
    records[place] = record(DEADLY, "案-致命")

    found = results(iter(by_work(records, deadly)))

    expected = [f"{number}" for number in range(40)]
    expected[place] = f"!{place} 案-致命 {DEADLY}"
    assert found == expected


def test_processes_end_when_they_are_asked_to_whatever_the_caller_does_when_it_is() -> None:
    before = signal.signal(signal.SIGTERM, refusing_to_end)
    try:
        found = by_work([record("一"), record("二")], ending_when_asked)
    finally:
        signal.signal(signal.SIGTERM, before)

    assert [type(item) for item in found] == [dp.Report, dp.Report]


def test_several_deadly_and_bad_records_are_each_named() -> None:
    titles = ["0", DEADLY, "2", BAD, "4", DEADLY, *map(str, range(6, 45)), BAD, DEADLY]

    found = results(iter(by_work([record(title) for title in titles], deadly)))

    assert found == [
        f"!{place} {title}" if title in (DEADLY, BAD) else title for place, title in enumerate(titles)
    ]


def test_a_record_whose_process_died_by_chance_is_checked_the_second_time(tmp_path: Path) -> None:
    titles = ["0", "1", DEADLY, "3"]
    work = partial(deadly, once=str(tmp_path / "once"))

    assert results(iter(by_work([record(title) for title in titles], work))) == titles


def test_a_record_that_cannot_travel_to_a_process_costs_itself() -> None:
    unable = record("二").model_copy(update={"note": lambda: None})

    assert results(iter(by_work([record("一"), unable, record("三")], deadly))) == ["一", "!1 二", "三"]


def _is_deadly(batch: Any) -> bool:
    return any(item.record.title == DEADLY for item in batch)


class Breaking(Executor):
    """An executor that breaks when it comes to a record of a deadly title, and stays broken."""

    def __init__(self, *, late: bool = False) -> None:
        self.is_broken, self._late = False, late

    def submit(self, work: Any, /, *items: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.is_broken and not self._late:
            raise BrokenProcessPool("broken")
        if _is_deadly(*items):
            self.is_broken = True
            future.set_exception(BrokenProcessPool("broken"))
        else:
            future.set_result(work(*items))
        return future


@pytest.mark.parametrize("late", [False, True], ids=["refuses to take more", "goes on taking"])
@pytest.mark.parametrize("place", [0, 3, 5])
def test_an_executor_that_breaks_ends_the_stream_with_one_error_that_names_what_is_unchecked(
    place: int, late: bool
) -> None:
    titles = [str(number) for number in range(6)]
    titles[place] = DEADLY
    stream = dp.check_many([record(title) for title in titles], as_of=DAY, executor=Breaking(late=late))

    with pytest.raises(dp.BrokenRun) as caught:
        list(stream)

    named = [item.index for item in caught.value.unchecked]
    late_ones = [number for number, _ in caught.value.finished]
    assert place in named
    assert DEADLY in str(caught.value)
    assert not set(named) & set(late_ones)
    assert list(stream) == []


def test_reports_before_the_break_have_been_given_out_and_the_batch_that_broke_it_is_unchecked() -> None:
    records = [record(str(number)) for number in range(2_000)]
    records[1_605] = record(DEADLY)
    stream = dp.check_many(records, as_of=DAY, executor=Breaking())
    found: list[str] = []

    with pytest.raises(dp.BrokenRun) as caught:
        found.extend(item.title for item in stream)  # type: ignore[union-attr]

    finished = [number for number, _ in caught.value.finished]
    unchecked = [item.index for item in caught.value.unchecked]
    assert found == [str(number) for number in range(len(found))]
    assert finished == [*range(len(found), unchecked[0])]
    assert 1_605 in unchecked
    assert 1_605 - unchecked[0] < 16


def test_an_executor_that_breaks_when_a_record_is_tried_alone_names_it_and_what_comes_after() -> None:
    records = [record(str(number)) for number in range(40)]
    records[20] = record(DEADLY)
    stream = dp.check_many(records, as_of=DAY, executor=BreakingAlone())
    found: list[str] = []

    with pytest.raises(dp.BrokenRun) as caught:
        found.extend(item.title for item in stream)  # type: ignore[union-attr]

    assert found == [str(number) for number in range(16)]
    assert [number for number, _ in caught.value.finished] == [*range(16, 20), *range(32, 40)]
    assert [item.index for item in caught.value.unchecked] == [*range(20, 32)]


def test_an_executor_that_was_shut_down_is_a_broken_one() -> None:
    executor = ThreadPoolExecutor(1)
    executor.shutdown()

    with pytest.raises(dp.BrokenRun):
        list(dp.check_many([record("一")], as_of=DAY, executor=executor))


class Losing(Executor):
    """An executor that replaces lost workers itself, as Dask does, and gives up one record alone."""

    def submit(self, work: Any, /, *items: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if _is_deadly(*items):
            future.set_exception(KilledWorker(DEADLY))
        else:
            future.set_result(work(*items))
        return future


class BreakingAlone(Losing):
    """One that gives up a batch with a record of a deadly title, and breaks on that record alone."""

    def submit(self, work: Any, /, *items: Any, **_: Any) -> Future[Any]:
        if _is_deadly(*items) and len(*items) == 1:
            raise BrokenProcessPool("broken")
        return super().submit(work, *items)


class KilledWorker(Exception):
    """What Dask says of a task that killed its workers."""


def test_a_record_that_an_executor_gives_up_is_named_and_the_rest_goes_on() -> None:
    records = [record("一"), record(DEADLY), record("三")]

    found = list(dp.check_many(records, as_of=DAY, executor=Losing()))

    assert results(iter(found)) == ["一", f"!1 {DEADLY}", "三"]
    assert isinstance(found[1], dp.Unchecked)
    assert found[1].kind == "KilledWorker"


@pytest.mark.parametrize("processes", [0, -1])
def test_fewer_than_one_process_is_an_error_of_arguments(processes: int) -> None:
    with pytest.raises(dp.UnusableArgument):
        list(dp.check_many([], as_of=DAY, processes=processes))


def test_both_ways_at_once_are_an_error_of_arguments() -> None:
    with ThreadPoolExecutor(1) as executor, pytest.raises(dp.UnusableArgument):
        dp.check_many([], as_of=DAY, processes=1, executor=executor)


def test_our_processes_give_the_same_reports_as_one_process() -> None:
    records = [record(str(number)) for number in range(12)]

    alone = [item.to_json() for item in dp.check_many(records, as_of=DAY)]  # type: ignore[union-attr]
    several = [item.to_json() for item in dp.check_many(records, as_of=DAY, processes=2)]  # type: ignore[union-attr]

    assert several == alone


def test_records_are_taken_only_a_bounded_way_ahead_of_our_processes() -> None:
    taken = 0

    def endless() -> Iterator[dp.Decision]:
        nonlocal taken
        one = record("一")
        while True:
            taken += 1
            yield one

    stream = dp.check_many(endless(), as_of=DAY, processes=1)
    next(stream)
    stream.close()  # type: ignore[attr-defined]

    assert taken <= 64


def test_errors_of_many_records_travel_between_processes() -> None:
    import pickle

    one = dp.Unchecked(3, "案", ValueError("x"))
    run = dp.BrokenRun([one])

    assert str(pickle.loads(pickle.dumps(one))) == str(one)  # noqa: S301
    assert isinstance(BrokenExecutor(), Exception)
    assert "4 案" in str(run)
