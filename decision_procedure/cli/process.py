"""What a command owes the process that it runs in: streams that say the same everywhere, and a tidy end."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from types import FrameType
from typing import TextIO

_NEW_OBJECTS = 50_000
"""After how many new objects those are looked for that only refer to each other: what starts up makes few of them, and
looking through all that it loads takes a twentieth of its time (`benchmarks/edges.py`)."""


def prepare() -> None:
    """Make streams and signals fit for a command, once, before it begins.

    Both streams speak UTF-8 whatever the locale, so that the same results are the same bytes. A stream that the
    caller closed is replaced: what is written to stdout then fails when it is flushed, messages are dropped. A
    request to end (SIGTERM, SIGHUP) leaves through every `finally`, so that no temporary file stays behind. No plugin
    of pydantic gets to see records, nor is one looked for.
    """
    gc.set_threshold(_NEW_OBJECTS)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    sys.stdout = _fit(sys.stdout, os.O_RDONLY)
    sys.stderr = _fit(sys.stderr, os.O_WRONLY)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def flush() -> None:
    """Write out what stdout still holds. Raises OSError when it cannot be written, and never again at the exit."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        raise


def _fit(stream: TextIO | None, mode: int) -> TextIO:
    if stream is None:
        stream = os.fdopen(os.open(os.devnull, mode), "w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):  # a file name may hold what no encoding can say
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def _end(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)
