"""Text from files, with every way in which a file can be no text said in plain words."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from decision_procedure.sources.faults import MAX_BYTES, TOO_LARGE, Faults, Flaw

_FOLDER = Flaw("这是文件夹，不是文件", "this is a folder, not a file")
_DEVICE = Flaw("这是管道或者设备，不是普通文件", "this is a pipe or a device, not a regular file")
_MISSING = Flaw("没有这个文件", "there is no such file")
_FORBIDDEN = Flaw("没有读取权限", "no permission to read it")
_BINARY = Flaw("这是二进制文件，不是文本", "binary data, not a text file")
_BLANK = Flaw("文件是空的", "the file is empty")
# The byte order marks of other codings; that of UTF-32 begins with that of UTF-16.
_MARKS = {
    b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16",
}  # fmt: skip


def files_in(path: Path, suffixes: Collection[str]) -> list[Path]:
    """Return what stands below a folder under a name with one of the suffixes, in order; no folder: the path.

    A folder that cannot be searched stands in the list itself, so that whoever reads it learns why.
    """
    found: list[Path] = []
    folders = [os.fspath(path)]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif (file := Path(entry.path)).suffix.lower() in suffixes and not file.is_dir():
                        found.append(file)
        except OSError:
            found.append(Path(folder))
        except ValueError:  # the name holds a NUL
            return [path]
    return sorted(found)


def label_of(path: Path) -> str:
    """Return the name of a file as messages and results show it: the same whatever the locale of the process."""
    try:
        return os.fsencode(path).decode("utf-8")
    except ValueError:
        return str(path)


def read_file(path: Path) -> str:
    """Return the text of a UTF-8 file of at most `MAX_BYTES`. Raises UnusableInput for anything else."""
    with _opened(path) as handle:
        raw = handle.read(MAX_BYTES + 1)
    return decode(raw, label_of(path))


def read_bytes(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of a file and one more, if there are. Raises UnusableInput as `read_file` does."""
    with _opened(path) as handle:
        return handle.read(most + 1)


def lines_of(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file of any size, for `read_json_lines`. Raises UnusableInput as `read_file` does.

    A line over `MAX_BYTES` comes cut, and still long enough to be refused.
    """
    with _opened(path) as handle:
        while line := handle.readline(MAX_BYTES + 1):
            yield line
            while len(line) > MAX_BYTES and not line.endswith(b"\n"):
                line = handle.readline(MAX_BYTES + 1)


def decode(raw: bytes, file: str) -> str:
    """Return bytes as UTF-8 text, without its byte order mark.

    Raises UnusableInput for binary, empty, oversized or otherwise coded data.
    """
    faults = Faults(file)
    if len(raw) > MAX_BYTES:
        raise faults.fatal(None, TOO_LARGE)
    coding = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), None)
    if coding:
        zh, en = f"这是 {coding} 编码，请另存为 UTF-8", f"this is {coding}: save the file as UTF-8"
        raise faults.fatal(None, Flaw(zh, en))
    if b"\0" in raw:
        raise faults.fatal(None, _BINARY)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    else:
        if not text.strip():
            raise faults.fatal(None, _BLANK)
        return text
    likely = " (GB18030 / GBK)" if _is_chinese(raw) else ""
    zh, en = f"不是 UTF-8 编码{likely}，请另存为 UTF-8", f"not UTF-8{likely}: save the file as UTF-8"
    raise faults.fatal(line, Flaw(zh, en))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    faults = Faults(label_of(path))
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # raises where it may not be read
            raise faults.fatal(None, _FOLDER)
        if not path.is_file() and path.exists():  # opening a pipe waits for ever, a device may never end
            raise faults.fatal(None, _DEVICE)
        with path.open("rb") as handle:
            yield handle
    except FileNotFoundError:
        raise faults.fatal(None, _MISSING) from None
    except PermissionError:
        raise faults.fatal(None, _FORBIDDEN) from None
    except (OSError, ValueError) as error:  # ValueError: the name holds a NUL
        reason = getattr(error, "strerror", None) or "not a file name"
        raise faults.fatal(None, Flaw(f"文件无法读取：{reason}", f"cannot read it: {reason}")) from None


def _is_chinese(raw: bytes) -> bool:
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= character <= "\u9fff" for character in text)
