"""How duties of different instruments stand to each other: which one gives way to which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from decision_procedure.law.loading import Pack, Rule


@dataclass(frozen=True, slots=True)
class Replacement:
    """A rule that another one gives way to.

    `only_where_it_applies`: it replaces the other only where its own trigger holds (`displaces`); otherwise
    wherever its instrument is in force and covers the matter (`yields_to`).
    """

    rule: Rule
    only_where_it_applies: bool


def replacements(packs: Iterable[Pack]) -> Mapping[str, tuple[Replacement, ...]]:
    """Return, for the identifier of each rule that can be replaced, the rules that replace it."""
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    found: dict[str, list[Replacement]] = {}
    for rule in rules.values():
        for identifier in rule.duty.displaces:
            found.setdefault(identifier, []).append(Replacement(rule, only_where_it_applies=True))
        for identifier in rule.duty.yields_to:
            if identifier in rules:
                found.setdefault(rule.id, []).append(Replacement(rules[identifier], False))
    return {identifier: tuple(items) for identifier, items in found.items()}
