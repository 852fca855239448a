"""The statutory numbers of a duty in words: what is counted, from where to where, and how many."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from decision_procedure.law.pack import Duty
from decision_procedure.model.keys import key_label
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.wording import Words, say

_ACTS = re.compile(r'acts\("(\w+)"')
_CONDITION = re.compile(r"(?<!not )traits\.")
_SIGNS: dict[type[ast.cmpop], str] = {ast.GtE: "at_least", ast.Lt: "within", ast.LtE: "within"}


class Number(NamedTuple):
    """A number of the law: what it counts, how (`at_least`, `lead` or `within`), value and unit.

    `lead` counts back from the act. `general`: the law says "in general". `conditional`: it is set for some
    matters only.
    """

    what: str
    sign: str
    value: int
    unit: str
    general: bool
    conditional: bool

    def texts(self, lang: str) -> list[str]:
        """Return what is counted, and the number, as they stand on a step."""
        number = f"{self.value}{say('glossary.gap', lang)}{say(f'diagram.{self.unit}', lang)}"
        general = say("diagram.in_general", lang) if self.general else ""
        only = say("diagram.some_matters", lang) if self.conditional else ""
        return [self.what, say(f"diagram.{self.sign}", lang, general=general, number=number) + only]

    def text(self, lang: str) -> str:
        """Return the same as one text."""
        return say("glossary.gap", lang).join(self.texts(lang))


def numbers_of(duty: Duty, lang: str) -> tuple[Number, ...]:
    """Return the numbers that a duty sets."""
    found: dict[tuple[str, int, str], list[str]] = {}
    for compared, sign, name in _bounds(duty):
        param = duty.params[name]
        sign = "lead" if _called(compared) == "lead_days" else sign
        found.setdefault((sign, param.value, param.unit), []).append(_what(compared, duty, lang))
    conditional = bool(duty.when and _CONDITION.search(duty.when))
    return tuple(
        Number(
            Words(lang).listed(dict.fromkeys(whats)), sign, value, unit, duty.force == "general", conditional
        )
        for (sign, value, unit), whats in found.items()
    )


def _bounds(duty: Duty) -> Iterator[tuple[ast.expr, str, str]]:
    """Yield what is compared with a parameter, how, and the parameter; of alternatives the first."""
    for node in ast.walk(ast.parse(duty.require, mode="eval")):
        if isinstance(node, ast.Compare) and isinstance(limit := node.comparators[0], ast.Attribute):
            sign = _SIGNS.get(type(node.ops[0]))
            if sign and isinstance(limit.value, ast.Name) and limit.value.id == "params":
                yield node.left, sign, limit.attr
                if "first_known(" in duty.require:
                    return


def _what(left: ast.expr, duty: Duty, lang: str) -> str:
    """Return what is counted: a field, the length of an act, the time before it, the time between two things."""
    if not isinstance(left, ast.Call):
        return _end(left, duty, lang)
    ends = [_end(item, duty, lang) for item in left.args]
    if _called(left) == "days":
        return SHIPPED.name(duty.per[0], lang)
    if _called(left) != "workdays":
        return ends[0]
    first, last = ends
    return say("diagram.from_to", lang, first=first, last=last)


def _called(item: ast.expr) -> str:
    return item.func.id if isinstance(item, ast.Call) and isinstance(item.func, ast.Name) else ""


def _end(item: ast.expr, duty: Duty, lang: str) -> str:
    if _called(item) == "first_meeting":
        return SHIPPED.name("deliberation", lang)
    if not isinstance(item, ast.Attribute):
        return ast.unparse(item)
    if isinstance(item.value, ast.Name) and item.value.id == "it":
        kinds = _ACTS.findall(duty.require)
        return SHIPPED.name(kinds[0], lang) if kinds else key_label(item.attr, lang)
    if item.attr in ("date", "done", "begun"):
        return SHIPPED.name(duty.per[0], lang)
    return key_label(item.attr, lang).removesuffix("日期").removesuffix(" date")
