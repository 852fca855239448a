"""Whether two names are of one unit: by their writing, place and common short forms; what is only alike is left open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from decision_procedure.catalogues.titles import short_places
from decision_procedure.model.planned import folded

_LEVEL = re.compile("^(?:全)?([省市县区州盟旗乡镇])(?=[^，、]{2})(?!场|政|容)")
_AND = re.compile("[和与]")
_MARKS = re.compile(r"[\W_]+")
_TAIL = re.compile("(?:局|委员会|委|办公室|办|厅|院|处|中心)$")


class UnitName(NamedTuple):
    """What of a name counts: the level that it names (省, 市, 县 …; empty: none), and the rest in its full form.

    `written` is the rest as it is written, without its place.
    """

    level: str
    rest: str
    written: str


def same_unit(one: str, other: str, issuer: str) -> bool | None:
    """Say whether two names are of one unit, of the place of `issuer` where they name none; None: one may be short for the other.

    The name of the place counts as the level of the place; 和 and 与, blanks and width count for nothing, and the common
    short forms (`unit_names.yaml`) for the name in full.
    """
    first, second = unit_name(one, issuer), unit_name(other, issuer)
    if first.level and second.level and first.level != second.level:
        return False
    if first.rest == second.rest:
        return True
    return None if _short_of(first.rest, second.rest) or _short_of(second.rest, first.rest) else False


def unit_name(name: str, issuer: str) -> UnitName:
    """Return what of a name counts."""
    bare, level = _MARKS.sub("", folded(name)), ""
    place = next((one for one in short_places(issuer) if bare.startswith(one) and bare != one), "")
    if place:
        bare, level = bare.removeprefix(place), place[-1]
    elif (found := _LEVEL.match(bare)) is not None and _full(bare) is None:
        bare, level = bare[found.end() :], found[1]
    plain = _AND.sub("", bare)
    return UnitName(level, _full(plain) or plain, plain)


def written_alike(one: str, other: str, issuer: str) -> bool:
    """Say whether two names differ in their place and marks alone."""
    return unit_name(one, issuer).written == unit_name(other, issuer).written


def one_of(name: str, names: Iterable[str], issuer: str) -> bool | None:
    """Say whether a name is that of one of some units; None: it may be."""
    found = {same_unit(name, other, issuer) for other in names}
    return True if True in found else None if None in found else False


def _short_of(short: str, full: str) -> bool:
    """Say whether a name may be short for another: its characters stand in the other in order, with the same end."""
    if (
        len(short) >= len(full)
        or len(_TAIL.sub("", short)) < 2
        or short[:1] != full[:1]
        or short[-1:] != full[-1:]
    ):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def _full(name: str) -> str | None:
    return _full_names().get(name)


@lru_cache(maxsize=1)
def _full_names() -> Mapping[str, str]:
    text = files(__package__).joinpath("unit_names.yaml").read_text("utf-8")
    return {name: group[0] for group in yaml.safe_load(text) for name in group}
