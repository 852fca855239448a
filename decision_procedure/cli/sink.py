"""Where the output goes: stdout as it comes, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from decision_procedure.errors import UnusableArgument

PRIVATE = 0o600
"""What the mode of a file is that holds a whole record, or what opens a masked one."""


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
        _beside(output, private=private) as handle,
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
        with _beside(output) as handle, os.fdopen(handle, "wb") as stream:
            stream.write(data)
        return
    if sys.stdout.isatty():
        raise UnusableArgument("此格式不能在终端显示,请用 --output this format is no text: use --output")
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


@contextmanager
def _beside(output: Path, *, private: bool = False) -> Iterator[int]:
    """Give the handle of a temporary file that takes the place of `output` when the block ends well."""
    output = resolved(output)  # a link stays a link
    if output.exists() and not output.is_file():  # renaming would put a file in place of a folder or a device
        raise UnusableArgument(f"不是普通文件 not a regular file: {output}")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name[:40]}.", dir=output.parent)
    except OSError as error:
        raise _unwritable(output, error) from None
    temporary = Path(name)
    try:
        yield handle
        _rename(temporary, output, private=private)
    finally:
        temporary.unlink(missing_ok=True)


def _rename(temporary: Path, output: Path, *, private: bool) -> None:
    try:
        mode = output.stat().st_mode & 0o777 if output.exists() else 0o666 & ~_umask()
        mode = PRIVATE if private else mode
        temporary.chmod(mode)
        temporary.replace(output)
    except OSError as error:
        raise _unwritable(output, error) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def resolved(path: Path) -> Path:
    """Return a path with its links followed. Raises UnusableArgument where they go in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # RuntimeError before Python 3.13
        raise UnusableArgument(f"链接循环 links go in a circle: {path}") from None


def _unwritable(output: Path, error: OSError) -> UnusableArgument:
    return UnusableArgument(f"无法写入 cannot write {output}: {error.strerror}")
