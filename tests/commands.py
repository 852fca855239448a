"""The command line and Python examples as a user runs them, in this process: the law is then read once for all."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

import pytest

from decision_procedure.cli.main import run

_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def call(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> CompletedProcess[str]:
    """Return what `decision-procedure` with these arguments gives: exit status, stdout and stderr."""
    with _as_its_own(cwd, environment) as streams:
        code = _status(run, ["decision-procedure", *map(str, arguments)])
    out, err = map(_text, streams)
    return CompletedProcess(arguments, code, out, err)


def script(code: str, cwd: Path | None = None) -> str:
    """Return what a Python program prints."""
    with _as_its_own(cwd, {}) as (out, _):
        exec(compile(code, "<example>", "exec"), {"__name__": "__main__"})  # noqa: S102
    return _text(out)


@contextmanager
def _as_its_own(
    cwd: Path | None, environment: dict[str, str]
) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    streams = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    handlers = [signal.getsignal(number) for number in _SIGNALS]
    with (
        pytest.MonkeyPatch.context() as change,
        patch("sys.stdout", streams[0]),
        patch("sys.stderr", streams[1]),
    ):
        if cwd is not None:
            change.chdir(cwd)
        for name, value in environment.items():
            change.setenv(name, value)
        try:
            yield streams
            for stream in streams:
                stream.flush()
        finally:
            for number, handler in zip(_SIGNALS, handlers, strict=True):
                signal.signal(number, handler)


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def _status(command: Callable[[], None], words: list[str]) -> int:
    with patch.object(sys, "argv", words):
        try:
            command()
        except SystemExit as end:
            return int(end.code or 0)
    return 0
