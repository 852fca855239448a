"""Instruments kept from an earlier start: their heads are read at once, each of them when its place needs it.

A folder keeps what was read of instrument files in which no fault was found. It is found again by the bytes of all the
files, those that ship among them, and by the program that read them: where anything differs, or where what is kept is
not whole, all is read anew and every fault told. The folder must be one that nobody else can write into.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from stat import S_IWGRP, S_IWOTH

from pydantic import VERSION, ValidationError

from decision_procedure.errors import UnusableArgument
from decision_procedure.law.loading import Pack, closed_together
from decision_procedure.rules.ready import found_in, written
from decision_procedure.sources import files_in
from decision_procedure.sources.whole_file import write_file

_KEPT = 8
_PACKAGE = Path(__file__).parent.parent
_READERS = ("law", "model", "rules", "sources")
"""The rooms that decide what an instrument file means, and whether it has faults."""

Files = list[tuple[str, str]]


class Shelf:
    """What a folder keeps. It need not exist; where it cannot be used, nothing is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def packs(self, files: Files, beside: Iterable[Pack]) -> list[Pack] | None:
        """Return the instruments of `(name, text)` files kept before, beside these; None: they were not."""
        with suppress(OSError, ValidationError):
            if self._is_ours():
                digest, _, kept = self._place(files).read_bytes().partition(b"\n")
                ready = found_in(kept, files) if digest == _digest(kept) else None
                return None if ready is None else closed_together(ready, beside)
        return None

    def keep(self, files: Files, packs: Iterable[Pack]) -> None:
        """Keep the instruments of `(name, text)` files, in which no fault was found beside those that ship."""
        kept = written(pack.source for pack in packs if pack.source is not None)
        with suppress(OSError, UnusableArgument):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._is_ours():
                write_file(self._place(files), _digest(kept) + b"\n" + kept)
                self._thin_out()

    def _place(self, files: Files) -> Path:
        found = sha256(f"{sys.version} {VERSION}".encode())
        for part in (*_program(), *(part for file in files for part in file)):
            found.update(sha256(part.encode(errors="surrogatepass")).digest())
        return self._folder / f"rules-{found.hexdigest()}"

    def _is_ours(self) -> bool:
        if not hasattr(os, "getuid"):
            return True
        found = self._folder.stat()
        return found.st_uid == os.getuid() and not found.st_mode & (S_IWGRP | S_IWOTH)

    def _thin_out(self) -> None:
        kept = sorted(self._folder.glob("rules-*"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in kept[_KEPT:]:
            file.unlink(missing_ok=True)


def _program() -> Iterator[str]:
    """Yield what tells one state of the program, and of the law that ships, from another."""
    for room in _READERS:
        for file in files_in(_PACKAGE / room, (".py", ".yaml")):
            found = file.stat()
            yield f"{file} {found.st_size} {found.st_mtime_ns}"


def _digest(kept: bytes) -> bytes:
    return sha256(kept).hexdigest().encode()
