"""Checking many records: one that cannot be checked, or kills its worker, costs itself and no other.

Reports come in the order of the records, in bounded memory. In the place of a record that could not be checked
stands an `Unchecked` that names it.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from pickle import HIGHEST_PROTOCOL, Pickler, Unpickler
from typing import Any, NamedTuple

from decision_procedure.errors import BrokenRun, Unchecked, UnusableArgument
from decision_procedure.results.report import Report

Work = Callable[[Any], Report]
Found = Report | Unchecked
# How many records another executor holds at once, and how many each of our own processes takes at a time.
IN_FLIGHT = 256
_BATCH = 16
_AHEAD = 2


class Numbered(NamedTuple):
    """A record, or what stands in its place, with its number from 0."""

    number: int
    record: Any


def one_by_one(work: Work, records: Iterable[Any]) -> Iterator[Found]:
    """Check records in this process."""
    for index, record in enumerate(records):
        yield _checked(work, Numbered(index, record))


def by_executor(work: Work, records: Iterable[Any], executor: Executor) -> Iterator[Found]:
    """Check records by an executor of the caller's, which may lose workers and replace them itself (Dask).

    A record that it gives up is tried once more when no other is under way, since others may have suffered with the
    one that kills its worker. Raises BrokenRun once the executor can take no more: it names what is unchecked and
    holds what came too late to be yielded in order.
    """
    source = map(Numbered._make, enumerate(records))
    run = _InFlight(work, executor)
    try:
        for item in source:
            run.submit(item)
            if len(run.waiting) >= IN_FLIGHT:
                yield run.first()
        while run.waiting:
            yield run.first()
    finally:
        for _, future in run.waiting:
            future.cancel()


class _InFlight:
    """The records that an executor holds, in their order."""

    def __init__(self, work: Work, executor: Executor) -> None:
        self._work, self._executor = partial(_taken, work), executor
        self.waiting: deque[tuple[Numbered, Future[_Taken]]] = deque()

    def submit(self, item: Numbered) -> None:
        """Give the executor one more record."""
        self.waiting.append((item, self._submitted(item, self.waiting)))

    def first(self) -> Found:
        """Return what came of the record that has waited longest."""
        item, future = self.waiting[0]
        try:
            try:
                found = future.result().of(item)
            except (BrokenExecutor, UnusableArgument):
                raise
            except Exception:
                wait([future for _, future in self.waiting])
                found = self._submitted(item, islice(self.waiting, 1, None)).result().of(item)
        except BrokenExecutor as error:
            raise _broken(self.waiting, error) from error
        except (UnusableArgument, BrokenRun):
            raise
        except Exception as error:
            found = Unchecked(item.number, name_of(item.record), error)
        self.waiting.popleft()
        return found

    def _submitted(
        self, item: Numbered, held: Iterable[tuple[Numbered, Future[_Taken] | None]]
    ) -> Future[_Taken]:
        try:
            return self._executor.submit(self._work, item.record, item.number)
        except (BrokenExecutor, RuntimeError) as error:  # RuntimeError: it was shut down
            raise _broken([*held, (item, None)], error) from error


def by_processes(work: Work, records: Iterable[Any], processes: int) -> Iterator[Found]:
    """Check records by so many processes of our own. Raises UnusableArgument for fewer than one.

    When one dies, all are replaced, and the records that were in flight are tried again, each alone: the one
    that kills its process again is named.
    """
    if processes < 1:
        raise UnusableArgument(f"进程数至少为 1 at least one process is needed: {processes}")
    source = map(Numbered._make, enumerate(records))
    waiting: deque[tuple[list[Numbered], Future[_Results]]] = deque()
    with _Pool(work, processes) as pool:
        while batch := list(islice(source, _BATCH)):
            waiting.append((batch, pool.submit(batch)))
            if len(waiting) >= processes * _AHEAD:
                yield from _next_batch(pool, waiting)
        while waiting:
            yield from _next_batch(pool, waiting)


def name_of(record: Any) -> str:
    """Return what a record is called: its identifier and its title, as far as it has them; a file by its name."""
    if isinstance(record, Path):
        return record.name
    parts = (getattr(record, "id", None), getattr(record, "title", None))
    return " ".join(part for part in parts if isinstance(part, str) and part) or type(record).__name__


def _checked(work: Work, item: Numbered) -> Found:
    if isinstance(
        item.record, Exception
    ):  # what `load_decisions` gives in place of a record that is no record
        return Unchecked(item.number, name_of(item.record), item.record)
    try:
        return work(item.record)
    except UnusableArgument:
        raise
    except Exception as error:
        return Unchecked(item.number, name_of(item.record), error)


def _taken(work: Work, record: Any, number: int) -> _Taken:
    item = Numbered(number, record)
    return _Taken(_checked(work, item), item)


class _Taken:
    """What came of a record, which does not travel back with it."""

    def __init__(self, found: Found, item: Numbered) -> None:
        self._found, self._item = found, item

    def of(self, item: Numbered) -> Found:  # noqa: ARG002
        """Return what came of the record."""
        return self._found

    def __reduce__(self) -> tuple[Any, ...]:
        return _Travelled, (_Results.on([self._item], [self._found]),)


class _Travelled(NamedTuple):
    """The same in another process."""

    results: _Results

    def of(self, item: Numbered) -> Found:
        """Return what came of the record."""
        return self.results.of([item])[0]


def _broken(waiting: Iterable[tuple[Numbered, Future[_Taken] | None]], error: BaseException) -> BrokenRun:
    unchecked, finished = [], []
    for item, future in waiting:
        done = future is not None and future.done() and not future.cancelled() and future.exception() is None
        found = future.result().of(item) if done and future is not None else None
        if isinstance(found, Report):
            finished.append((item.number, found))
        else:
            unchecked.append(found or Unchecked(item.number, name_of(item.record), error))
    return BrokenRun(unchecked, finished)


def _next_batch(pool: _Pool, waiting: deque[tuple[list[Numbered], Future[_Results]]]) -> Iterator[Found]:
    """Yield what came of the batch that has waited longest; after a death, of every batch that was in flight."""
    batch, future = waiting.popleft()
    try:
        found = future.result()
    except (BrokenExecutor, CancelledError):
        pool.replace()
        lost = [(batch, future), *waiting]
        waiting.clear()
        for each, done in lost:
            known = _result(each, done)
            yield from chain.from_iterable(map(pool.alone, each)) if known is None else known
    except UnusableArgument:
        raise
    except Exception:  # something in the batch cannot travel between processes
        yield from chain.from_iterable(map(pool.alone, batch))
    else:
        yield from found.of(batch)


def _result(batch: Sequence[Numbered], future: Future[_Results]) -> list[Found] | None:
    """Return what a batch came to before the processes were lost; None where it was lost with them."""
    if future.done() and not future.cancelled() and future.exception() is None:
        return future.result().of(batch)
    return None


class _Pool:
    """Processes of our own, which know the work from their start."""

    def __init__(self, work: Work, processes: int) -> None:
        self._work, self._processes = work, processes
        self._many = self._new(processes)
        self._one: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for pool in (self._many, self._one):
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, batch: Sequence[Numbered]) -> Future[_Results]:
        """Give a batch to the processes, replaced first where they were lost meanwhile."""
        with suppress(BrokenExecutor):
            return self._many.submit(_batch, batch)
        self.replace()
        return self._many.submit(_batch, batch)

    def replace(self) -> None:
        """Put new processes in the place of those that were lost."""
        self._many.shutdown(wait=True, cancel_futures=True)
        self._many = self._new(self._processes)

    def alone(self, item: Numbered) -> list[Found]:
        """Return what comes of one record in a process that does nothing else meanwhile."""
        if self._one is None:
            self._one = self._new(1)
        try:
            return self._one.submit(_batch, [item]).result().of([item])
        except UnusableArgument:
            raise
        except Exception as error:
            if isinstance(error, BrokenExecutor):
                self._one.shutdown(wait=True)
                self._one = None
            return [Unchecked(item.number, name_of(item.record), error)]

    def _new(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(processes, initializer=_begin, initargs=(self._work,))


_work: Work | None = None


def _begin(work: Work) -> None:
    """Give a process its work. One that is asked to end ends, whatever the caller does when it is asked itself.

    A handler that raises would be caught where results are sent back, and the process would wait for ever to send them.
    """
    global _work
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _work = work


def _batch(items: Sequence[Numbered]) -> _Results:
    if _work is None:
        raise RuntimeError("the process was not begun")
    return _Results.on(items, [_checked(_work, item) for item in items])


class _Results(NamedTuple):
    """What a batch came to, written so that its records, which both sides have, do not travel back."""

    written: bytes

    @classmethod
    def on(cls, batch: Sequence[Numbered], found: list[Found]) -> _Results:
        target = BytesIO()
        _Writer(target, batch).dump(found)
        return cls(target.getvalue())

    def of(self, batch: Sequence[Numbered]) -> list[Found]:
        """Return the results with the records of the batch in their places."""
        found: list[Found] = _RecordReader(BytesIO(self.written), batch).load()
        return found


class _Writer(Pickler):
    """Writes the place in a batch for each of its records."""

    def __init__(self, target: BytesIO, batch: Sequence[Numbered]) -> None:
        super().__init__(target, HIGHEST_PROTOCOL)
        self._places = {id(item.record): place for place, item in enumerate(batch)}

    def persistent_id(self, item: Any) -> int | None:
        return self._places.get(id(item))


class _RecordReader(Unpickler):
    """Reads the record of a batch for its place."""

    def __init__(self, source: BytesIO, batch: Sequence[Numbered]) -> None:
        super().__init__(source)
        self._batch = batch

    def persistent_load(self, place: int) -> Any:
        return self._batch[place].record


__all__ = ["IN_FLIGHT", "Found", "by_executor", "by_processes", "name_of", "one_by_one"]
