"""Where the duties of instruments stand in their files, and faults told there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decision_procedure.errors import Fault
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Duty
from decision_procedure.sources import Path


def duties_of(packs: Iterable[Pack]) -> Iterator[tuple[Pack, int, Duty]]:
    """Yield each duty of instruments with its own, and its number in the file of that."""
    for pack in packs:
        for index, duty in enumerate(pack.file.duties):
            yield pack, index, duty


def params_of(duty: Duty) -> dict[str, int]:
    """Return the numbers of a duty by name."""
    return {name: param.value for name, param in duty.params.items()}


def fault_in(pack: Pack, path: Path, zh: str, en: str) -> Fault:
    """Return a fault of a pack at a path of its file, with its line; without a place where it came from no file."""
    if pack.source is None:
        return Fault(pack.head.id, None, "", zh, en)
    return pack.source.fault(path, zh, en)
