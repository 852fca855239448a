"""What can be wrong with a ledger, and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from decision_procedure.errors import Fault, FaultyInput


class Damage(NamedTuple):
    """One thing wrong with a ledger.

    `entry` is the first entry that cannot be trusted, counted from 1; None: the entries stand, and `place`
    (`head`, `file`) is damaged. `zh` and `en` say the same thing in Chinese and English.
    """

    place: str
    entry: int | None
    zh: str
    en: str

    def fault(self, file: str) -> Fault:
        """Return the damage as a fault of a file, such as `ledger.sqlite: entries[7]: …`."""
        return Fault(
            file, None, self.place if self.entry is None else f"entries[{self.entry}]", self.zh, self.en
        )


class DamagedLedger(FaultyInput):
    """A ledger that does not verify: nothing in it may be relied on, and nothing is added to it."""

    damages: tuple[Damage, ...] = ()

    @classmethod
    def of(cls, damages: Iterable[Damage], file: str) -> DamagedLedger:
        """Return the error that lists these damages of a file."""
        found = tuple(damages)
        error = cls(damage.fault(file) for damage in found)
        error.damages = found
        return error
