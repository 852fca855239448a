"""Where the output goes: stdout as it comes, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from decision_procedure.errors import UnusableArgument
from decision_procedure.render.text import plain
from decision_procedure.sources.whole_file import in_a_folder, whole_file, write_file


def tell_written(output: Path) -> None:
    """Say on stderr where something was written."""
    typer.echo(plain(f"已写入 written {output}"), err=True)


@contextmanager
def sink(output: Path | None, *, private: bool = False) -> Iterator[TextIO]:
    """Give a stream to write to. A file is written beside its place and renamed when the block ends well.

    When the block raises, the file is left as it was; else stderr says that it was written. `private`: only its owner may read it, whatever the file in
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
    tell_written(output)


@contextmanager
def whole_folder(output: Path) -> Iterator[Path]:
    """Give a new folder beside its place, which takes its name, and what was there away, when the block ends well.

    Raises UnusableArgument when it cannot be written.
    """
    output = in_a_folder(output)
    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{output.name[:40]}.", dir=output.parent))
    except OSError as error:
        raise UnusableArgument(f"无法写入 cannot write {output}: {error.strerror}") from None
    try:
        new = temporary / "new"
        new.mkdir()
        yield new
        _replace(new, output, temporary / "old")
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _replace(new: Path, output: Path, old: Path) -> None:
    """Put a new folder in the place of one that may be there; when that fails, the old one comes back."""
    try:
        new.chmod(0o755)
        if output.exists():
            output.rename(old)
        new.rename(output)
    except OSError as error:
        if old.exists() and not output.exists():
            old.rename(output)
        raise UnusableArgument(f"无法写入 cannot write {output}: {error.strerror}") from None


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
        tell_written(output)
        return
    if sys.stdout.isatty():
        raise UnusableArgument("此格式不能在终端显示，请用 --output this format is no text: use --output")
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
