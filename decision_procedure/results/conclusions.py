"""Facts and what followed from them, as production rules take and give them and reports keep them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Fact(NamedTuple):
    """A kind of fact, the names of its properties in order of the alphabet, and their values in that order."""

    kind: str
    names: tuple[str, ...]
    values: tuple[str, ...]

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

    def to_data(self) -> dict[str, Any]:
        """Return the fact as JSON data."""
        return {"kind": self.kind, "values": dict(self.items())}


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

    def to_data(self) -> dict[str, Any]:
        """Return the conclusion as JSON data."""
        return {
            **self.fact.to_data(),
            "rule": self.rule,
            "premises": [premise.to_data() for premise in self.premises],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Conclusion:
        """Return the conclusion that `to_data` wrote."""
        fact, *premises = [Fact.of(item["kind"], **item["values"]) for item in (data, *data["premises"])]
        return cls(fact, data["rule"], tuple(premises))
