"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from decision_procedure.errors import UnusableArgument

PRIVATE = 0o600
"""What the mode of a file is that holds a whole record, or what opens a masked one."""


@contextmanager
def whole_file(output: Path, *, private: bool = False) -> Iterator[int]:
    """Give the handle of a temporary file that takes the place of `output` when the block ends well.

    When the block raises, the file is left as it was. `private`: only its owner may read it, whatever the file in
    its place allowed. Raises UnusableArgument when it cannot be written.
    """
    output = in_a_folder(output)  # a link stays a link
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


def in_a_folder(path: Path) -> Path:
    """Return a path with its links followed, in a folder that there is. Raises UnusableArgument for any other."""
    found = resolved(path)
    if not found.parent.is_dir():
        raise UnusableArgument(f"无法写入，没有此文件夹 cannot write, there is no such folder: {path}")
    return found


def _unwritable(output: Path, error: OSError) -> UnusableArgument:
    return UnusableArgument(f"无法写入 cannot write {output}: {error.strerror}")


def write_file(path: Path, data: bytes) -> None:
    """Write bytes to a file as `whole_file` does."""
    with whole_file(path) as handle, os.fdopen(handle, "wb") as stream:
        stream.write(data)


__all__ = ["PRIVATE", "in_a_folder", "resolved", "whole_file", "write_file"]
