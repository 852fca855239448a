"""Running one case, and many, each in a worker process that may use so much CPU and memory and no more."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import multiprocessing
import os
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import TracebackType

from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.errors import CannotDraw, FaultyInput, UnusableArgument
from decision_procedure.keeping.archive import read_bag
from tools.fuzz.cases import Case, Kind, Words

CPU_SECONDS = 2.0
MEMORY = 3_000_000_000
# What `decision_procedure.cli.main.run` ends with status 2 on; anything else is an internal error, status 3.
EXPECTED = (FaultyInput, UnusableArgument, CannotDraw, OSError)
_DAY = date(2024, 9, 30)
_STUCK = 300
_CASES_OF_A_WORKER = 2_000
Limit = Callable[[Words], AbstractContextManager[None]]


@dataclass(frozen=True)
class Finding:
    """What must not happen and did: `what` and `where` tell one such thing from another, `detail` shows it."""

    kind: str
    number: int
    command: Words
    what: str
    where: str
    detail: str = field(default="", compare=False)


def made(kind: Kind, seed: int, number: int) -> Case:
    """Return the case of a kind with a number."""
    return kind.make(Random(f"{seed}:{kind.name}:{number}"))


def run_case(kind: Kind, seed: int, number: int, limit: Limit = lambda _: nullcontext()) -> list[Finding]:
    """Return what must not happen and does when the commands of a case run in this process, one after another."""
    case = made(kind, seed, number)
    found = []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        write(case, Path(folder))
        for words in case.commands:
            with limit(words):
                error = error_of(words)
            if error is not None and not isinstance(error, EXPECTED):
                detail = "".join(traceback.format_exception(error, limit=-12))
                found.append(
                    Finding(
                        kind.name, number, words, type(error).__name__, _where(error.__traceback__), detail
                    )
                )
    return found


def write(case: Case, folder: Path) -> None:
    """Write the files of a case."""
    for name, data in case.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def error_of(words: Words) -> BaseException | None:
    """Return the error that a command ends with; None when it ends as commands do."""
    if words[0] in CALLS:
        try:
            CALLS[words[0]](Path(words[1]))
        except Exception as error:
            return error
        return None
    ended = CliRunner().invoke(app, [*words]).exception
    return None if isinstance(ended, SystemExit) else ended


def _masked(file: Path) -> None:
    masked = dp.mask(_report(file), salt=bytes(16))
    dp.as_text(masked.report)
    dp.as_html(masked.report)
    dp.trail(masked).to_json()


def _everything(file: Path) -> None:
    report = _report(file)
    read = dp.attach(dp.Report.from_json(report.to_json()), dp.load_law())
    if read.to_json() != report.to_json():
        raise AssertionError("a report is another one after a trip through JSON")
    dp.as_text(read, lang="en")
    dp.as_review_sheet(read)
    if not dp.replay(dp.seal(report)).faithful:
        raise AssertionError("a replay of the same record by the same engine says that something changed")


def _report(file: Path) -> dp.Report:
    found = next(iter(dp.load_decisions([file])))[1]
    if isinstance(found, dp.UnusableInput):
        raise found
    return dp.check(found, as_of=_DAY)


CALLS: Mapping[str, Callable[[Path], object]] = {
    "read_bag": read_bag,
    "masked": _masked,
    "everything": _everything,
}


def _where(trace: TracebackType | None) -> str:
    """Return the innermost line of the library that an error went through."""
    ours = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
        if "decision_procedure" in frame.filename
    ]
    return ours[-1] if ours else "outside the library"


# --- in processes of their own --------------------------------------------------------------------------------


class Workers:
    """Runs cases in a process that is replaced when it dies. `seconds` is the CPU that it used so far."""

    def __init__(self, kinds: Mapping[str, Kind], seed: int, warming: Case | None = None) -> None:
        self.seconds = 0.0
        self._kinds, self._seed, self._warming = kinds, seed, warming
        self._log = tempfile.TemporaryFile(mode="w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._left = 0

    def run(self, kind: str, number: int) -> list[Finding]:
        """Return the findings on a case, a hang or the death of its process among them."""
        connection = self._started()
        words: Words = ()
        try:
            connection.send((kind, number))
            while True:
                if not connection.poll(_STUCK):
                    self._end()
                    return [Finding(kind, number, words, "stuck", f"no CPU used, {_STUCK} s")]
                told = connection.recv()
                if isinstance(told, tuple):
                    words = told
                    continue
                self.seconds += told.seconds
                self._left -= 1
                return list(told.findings)
        except (EOFError, ConnectionError):
            return [self._died(kind, number, words)]

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._log.close()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._forget()

    def _forget(self) -> None:
        self._process = None
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _started(self) -> Connection:
        if self._left <= 0:
            self._end()
        if self._process is None or self._connection is None:
            context = multiprocessing.get_context("fork")
            self._connection, other = context.Pipe()
            self._process = context.Process(
                target=_work,
                args=(other, self._connection, self._kinds, self._seed, self._warming, self._log.fileno()),
                daemon=True,
            )
            self._process.start()
            other.close()
            self._left = _CASES_OF_A_WORKER
        return self._connection

    def _died(self, kind: str, number: int, words: Words) -> Finding:
        assert self._process is not None
        self._process.join()
        code = self._process.exitcode
        self._forget()
        self._log.seek(0)
        detail = self._log.read()
        self._log.seek(0)
        self._log.truncate()
        if code == -signal.SIGPROF:
            self.seconds += CPU_SECONDS
            frames = [line.strip() for line in detail.splitlines() if "decision_procedure" in line]
            return Finding(kind, number, words, "hang", frames[0] if frames else "", detail)
        return Finding(kind, number, words, "death", f"exit code {code}", detail)


@dataclass(frozen=True)
class _Done:
    findings: tuple[Finding, ...]
    seconds: float


def _work(
    connection: Connection,
    theirs: Connection,
    kinds: Mapping[str, Kind],
    seed: int,
    warming: Case | None,
    log: int,
) -> None:
    theirs.close()  # so that this process ends with the one that gives it cases
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["COLUMNS"] = "100"
    faulthandler.enable(log)
    if warming is not None:
        run_case(Kind("warming", lambda _: warming), 0, 0)
    faulthandler.register(signal.SIGPROF, file=log, chain=True)

    @contextlib.contextmanager
    def limited(words: Words) -> Iterator[None]:
        connection.send(words)
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        yield
        signal.setitimer(signal.ITIMER_PROF, 0)

    while True:
        try:
            kind, number = connection.recv()
        except EOFError:
            return
        before = time.process_time()
        findings = run_case(kinds[kind], seed, number, limited)
        gc.unfreeze()  # what `check` froze would stay for ever
        connection.send(_Done(tuple(findings), time.process_time() - before))
