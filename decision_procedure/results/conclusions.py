"""Facts and what followed from them, as production rules take and give them and reports keep them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

ACTS = ("act", "of")
"""The properties that are acts."""


class Fact(NamedTuple):
    """A kind of fact, the names of its properties in order of the alphabet, and their values in that order.

    An empty value stands for nothing: for an act, that nothing was done of the duty `omits` (empty: no act is
    lacking); for a unit or party, that the record names none.
    """

    kind: str
    names: tuple[str, ...]
    values: tuple[str, ...]
    omits: str = ""

    @classmethod
    def of(cls, kind: str, /, **values: str) -> Fact:
        """Return the fact of this kind with these properties."""
        names = tuple(sorted(values))
        return cls(kind, names, tuple([values[name] for name in names]))

    def get(self, name: str) -> str:
        """Return the value of a property. Raises KeyError when the fact has no such property."""
        if name not in self.names:
            raise KeyError(name)
        return self.values[self.names.index(name)]

    def items(self) -> Iterator[tuple[str, str]]:
        """Return the properties with their values."""
        return zip(self.names, self.values, strict=True)

    def text(self) -> str:
        """Return the fact on one line, such as `borne(act=a1, duty=cn-713.31, unit=gov)`."""
        shown = (
            f"{name}={value or (f'—{self.omits}' if name in ACTS else '—')}" for name, value in self.items()
        )
        return f"{self.kind}({', '.join(shown)})"


class Conclusion(NamedTuple):
    """A fact that a rule concluded, and the facts that met the patterns of the rule, in their order.

    Premises may be conclusions themselves. A fact that follows in several ways has one conclusion for each.
    """

    fact: Fact
    rule: str
    premises: tuple[Fact, ...]

    @property
    def kind(self) -> str:
        """The kind of the fact."""
        return self.fact.kind

    def get(self, name: str) -> str:
        """Return a property of the fact. Raises KeyError when it has none of that name."""
        return self.fact.get(name)
