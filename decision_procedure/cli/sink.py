"""Where the output goes: stdout as it comes, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from decision_procedure.errors import UnusableArgument
from decision_procedure.sources.whole_file import whole_file, write_file


@contextmanager
def sink(output: Path | None, *, private: bool = False) -> Iterator[TextIO]:
    """Give a stream to write to. A file is written beside its place and renamed when the block ends well.

    When the block raises, the file is left as it was. `private`: only its owner may read it, whatever the file in
    its place allowed. Raises UnusableArgument when it cannot be written.
    """
    if output is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    with (
        whole_file(output, private=private) as handle,
        os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream,
    ):
        yield stream


def write(text: str, output: Path | None, *, private: bool = False) -> None:
    """Write a text to stdout, or to a file as `sink` does."""
    with sink(output, private=private) as stream:
        stream.write(text)


def write_whole(data: bytes, output: Path | None) -> None:
    """Write bytes to stdout, or to a file as `sink` does.

    Raises UnusableArgument as well when stdout is a terminal, which shows no such file.
    """
    if output is not None:
        write_file(output, data)
        return
    if sys.stdout.isatty():
        raise UnusableArgument("此格式不能在终端显示,请用 --output this format is no text: use --output")
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
