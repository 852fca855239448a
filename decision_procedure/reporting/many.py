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
# How many records are sent at a time, how many batches each of our own processes holds, and another executor.
_BATCH = 16
_AHEAD = 2
_IN_FLIGHT = 32


class Numbered(NamedTuple):
    """A record, or what stands in its place, with its number from 0."""

    number: int
    record: Any


Batch = Sequence[Numbered]


def one_by_one(work: Work, records: Iterable[Any]) -> Iterator[Found]:
    """Check records in this process."""
    for index, record in enumerate(records):
        yield _checked(work, Numbered(index, record))


def by_executor(work: Work, records: Iterable[Any], executor: Executor) -> Iterator[Found]:
    """Check records by an executor of the caller's, which may lose workers and replace them itself (Dask).

    Each record of a batch that it gives up is tried once more when nothing else is under way, since others may have
    suffered with the one that kills its worker. Raises BrokenRun once the executor can take no more: it names what
    is unchecked and holds what came too late to be yielded in order.
    """
    source = map(Numbered._make, enumerate(records))
    run = _InFlight(work, executor)
    try:
        while batch := list(islice(source, _BATCH)):
            run.submit(batch)
            if len(run.waiting) >= _IN_FLIGHT:
                yield from run.first()
        while run.waiting:
            yield from run.first()
    finally:
        for _, future in run.waiting:
            future.cancel()


class _InFlight:
    """The batches that an executor holds, in their order."""

    def __init__(self, work: Work, executor: Executor) -> None:
        self._work, self._executor = partial(_taken, work), executor
        self.waiting: deque[tuple[Batch, Future[_Taken]]] = deque()

    def submit(self, batch: Batch) -> None:
        """Give the executor one more batch."""
        try:
            self.waiting.append((batch, self._submitted(batch)))
        except BrokenExecutor as error:
            raise _broken([*self.waiting, (batch, None)], error) from error

    def first(self) -> list[Found]:
        """Return what came of the batch that has waited longest."""
        batch, future = self.waiting[0]
        try:
            found = future.result().of(batch)
        except BrokenExecutor as error:
            raise _broken(self.waiting, error) from error
        except UnusableArgument:
            raise
        except Exception:
            wait([future for _, future in self.waiting])
            found = self._each_alone(batch)
        self.waiting.popleft()
        return found

    def _each_alone(self, batch: Batch) -> list[Found]:
        found: list[Found] = []
        for place, item in enumerate(batch):
            try:
                found += self._submitted([item]).result().of([item])
            except BrokenExecutor as error:
                left = [(batch[place:], None), *islice(self.waiting, 1, None)]
                raise _broken(left, error, zip(batch, found, strict=False)) from error
            except UnusableArgument:
                raise
            except Exception as error:
                found.append(Unchecked(*_named(item), error))
        return found

    def _submitted(self, batch: Batch) -> Future[_Taken]:
        try:
            return self._executor.submit(self._work, batch)
        except RuntimeError as error:  # it was shut down, where it is none of the broken
            raise error if isinstance(error, BrokenExecutor) else BrokenExecutor(str(error)) from error


def by_processes(work: Work, records: Iterable[Any], processes: int) -> Iterator[Found]:
    """Check records by so many processes of our own. Raises UnusableArgument for fewer than one.

    When one dies, all are replaced, and the records that were in flight are tried again, each alone: the one
    that kills its process again is named.
    """
    if processes < 1:
        raise UnusableArgument(f"进程数至少为 1 at least one process is needed: {processes}")
    source = map(Numbered._make, enumerate(records))
    waiting: deque[tuple[Batch, Future[_Taken]]] = deque()
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


def _named(item: Numbered) -> tuple[int, str]:
    return item.number, name_of(item.record)


def _checked(work: Work, item: Numbered) -> Found:
    if isinstance(
        item.record, Exception
    ):  # what `load_decisions` gives in place of a record that is no record
        return Unchecked(*_named(item), item.record)
    try:
        return work(item.record)
    except UnusableArgument:
        raise
    except Exception as error:
        return Unchecked(*_named(item), error)


def _taken(work: Work, batch: Batch) -> _Taken:
    return _Taken([_checked(work, item) for item in batch], batch)


class _Taken:
    """What came of a batch. Its records, which both sides have, do not travel back with it."""

    def __init__(self, found: list[Found], batch: Batch) -> None:
        self._found, self._batch = found, batch

    def of(self, batch: Batch) -> list[Found]:  # noqa: ARG002
        """Return what came of the batch."""
        return self._found

    def __reduce__(self) -> tuple[Any, ...]:
        target = BytesIO()
        _Writer(target, self._batch).dump(self._found)
        return _Travelled, (target.getvalue(),)


class _Travelled(NamedTuple):
    """The same in another process."""

    written: bytes

    def of(self, batch: Batch) -> list[Found]:
        """Return the results with the records of the batch in their places."""
        found: list[Found] = _RecordReader(BytesIO(self.written), batch).load()
        return found


def _broken(
    held: Iterable[tuple[Batch, Future[_Taken] | None]],
    error: BaseException,
    found: Iterable[tuple[Numbered, Found]] = (),
) -> BrokenRun:
    """Return the error of an executor that broke with what it held, and what `found` has of records before that."""
    known = [*found]
    for batch, future in held:
        results = None if future is None else _result(batch, future)
        known += zip(batch, results or [Unchecked(*_named(item), error) for item in batch], strict=True)
    return BrokenRun(
        [result for _, result in known if isinstance(result, Unchecked)],
        [(item.number, result) for item, result in known if isinstance(result, Report)],
    )


def _next_batch(pool: _Pool, waiting: deque[tuple[Batch, Future[_Taken]]]) -> Iterator[Found]:
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


def _result(batch: Batch, future: Future[_Taken]) -> list[Found] | None:
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

    def submit(self, batch: Batch) -> Future[_Taken]:
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
            return [Unchecked(*_named(item), error)]

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


def _batch(items: Batch) -> _Taken:
    if _work is None:
        raise RuntimeError("the process was not begun")
    return _taken(_work, items)


class _Writer(Pickler):
    """Writes the place in a batch for each of its records."""

    def __init__(self, target: BytesIO, batch: Batch) -> None:
        super().__init__(target, HIGHEST_PROTOCOL)
        self._places = {id(item.record): place for place, item in enumerate(batch)}

    def persistent_id(self, item: Any) -> int | None:
        return self._places.get(id(item))


class _RecordReader(Unpickler):
    """Reads the record of a batch for its place."""

    def __init__(self, source: BytesIO, batch: Batch) -> None:
        super().__init__(source)
        self._batch = batch

    def persistent_load(self, place: int) -> Any:
        return self._batch[place].record


__all__ = ["Found", "by_executor", "by_processes", "name_of", "one_by_one"]
