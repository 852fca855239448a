"""What of a record an expression names, found once when a pack loads: the ground that fingerprints stand on.

A name is a dotted text. It begins with `act` (the act tested), `traits`, `decision`, or `acts` and a kind (every
act of that kind in the record): `act.end`, `traits.professional`, `decision.body.level`,
`acts.legality_review.conclusion`. A member of a list follows its list: `act.attendees.role`. A derived date is
named by the fields it stands for. How an expression puts its parts together changes none of its names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from decision_procedure.model.acts import ACT_CLASSES, Act

DERIVED_FROM: Mapping[str, tuple[str, ...]] = {"complete_material_sent": ("sent", "returns.resubmitted")}
"""The fields that a date of one kind stands for; `anchor`, `begun` and `done` are looked up on each kind."""

_DATES = {"anchor": "anchor_fields", "begun": "begin_fields", "done": "done_fields"}


def names_in(tree: ast.AST, per: tuple[str, ...] = ()) -> frozenset[str]:
    """Return what an expression names; `per` are the kinds of the act tested (empty: the whole decision)."""
    return frozenset(_in(tree, _Where(per)))


@dataclass(frozen=True, slots=True)
class _Where:
    """The kinds of the act tested, and the names of the list whose member is under test."""

    per: tuple[str, ...]
    item: tuple[str, ...] = ()


def _in(tree: ast.AST, where: _Where) -> Iterator[str]:
    if isinstance(tree, ast.Attribute | ast.Name):
        yield from _path(tree, where)
    elif isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        yield from _call(tree, tree.func.id, where)
    else:
        for part in ast.iter_child_nodes(tree):
            yield from _in(part, where)


def _call(call: ast.Call, name: str, where: _Where) -> Iterator[str]:
    """Yield the names of a call: where a list comes first, what follows speaks of its members."""
    kinds = _kinds(call)
    yield from (f"acts.{kind}.held" for kind in kinds)
    if name in BEYOND_ARGUMENTS:
        yield from BEYOND_ARGUMENTS[name].names(where, kinds)
    inside = where
    for index, part in enumerate(call.args):
        yield from _in(part, inside)
        if index == 0 and name in OVER_LISTS:
            inside = _Where(where.per, tuple(_members(part, where)))


def _kinds(call: ast.Call) -> tuple[str, ...]:
    words = [part.value for part in call.args if isinstance(part, ast.Constant)]
    return tuple(word for word in words if isinstance(word, str) and word in ACT_CLASSES)


def _members(tree: ast.AST, where: _Where) -> Iterator[str]:
    """Yield what the members of a list are called: kinds of act, or the field that holds them."""
    if isinstance(tree, ast.Call):
        yield from (f"acts.{kind}" for kind in _kinds(tree))
    else:
        yield from _path(tree, where)


def _path(tree: ast.AST, where: _Where) -> Iterator[str]:
    """Yield the names of a dotted path; a parameter of the law names nothing in the record."""
    keys: list[str] = []
    while isinstance(tree, ast.Attribute):
        keys.insert(0, tree.attr)
        tree = tree.value
    root = tree.id if isinstance(tree, ast.Name) else ""
    if root in ("traits", "decision") and keys:
        yield ".".join((root, *keys))
    elif root == "act" and keys:
        for kind in where.per:
            yield from (f"act.{field}" for field in real_fields(kind, keys[0]))
    elif root == "it":
        for name in where.item:
            yield from _of_member(name, keys[0]) if keys else (name,)


def _of_member(list_name: str, key: str) -> Iterator[str]:
    """Yield the names of a field of the members of a list; the members of `acts.KIND` are acts of that kind."""
    kind = list_name.removeprefix("acts.")
    yield from (f"{list_name}.{field}" for field in real_fields(kind, key))


@lru_cache(maxsize=1024)
def real_fields(kind: str, key: str) -> tuple[str, ...]:
    """Return the fields that a date derived from others stands for; of any other field, that field itself."""
    model: type[Act] | None = ACT_CLASSES.get(kind)
    if model is not None and key in _DATES:
        return tuple(getattr(model, _DATES[key]))
    return DERIVED_FROM.get(key, (key,))


class Beyond(NamedTuple):
    """What a function reads that its arguments do not name.

    `fixed` are names as they stand; `pair` fields of the act tested and of the member under test, `member` of
    the acts whose kinds are its arguments.
    """

    fixed: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    member: tuple[str, ...] = ()

    def names(self, where: _Where, kinds: tuple[str, ...]) -> Iterator[str]:
        """Yield the names read in this place, by a call with these kinds of act."""
        yield from self.fixed
        for root in ("act", *where.item):
            yield from (f"{root}.{key}" for key in self.pair)
        for kind in kinds:
            for key in self.member:
                yield from _of_member(f"acts.{kind}", key)


_WORK_BEFORE = Beyond(
    (
        "acts.expert_review.held", "acts.expert_review.experts.body", "acts.expert_review.experts.part",
        "acts.expert_review.form", "acts.expert_review.unit", "acts.risk_assessment.held",
        "acts.risk_assessment.third_party", "acts.risk_assessment.third_party_commissioned",
        "acts.risk_assessment.third_party_part", "acts.risk_assessment.unit", "decision.units.id",
        "decision.units.parent",
    )
)  # fmt: skip

BEYOND_ARGUMENTS: Mapping[str, Beyond] = {
    "same_draft": Beyond(("decision.drafts.id", "decision.drafts.materially_changed"), pair=("draft",)),
    "same_round": Beyond(pair=("round",)),
    "first_date": Beyond(member=("done",)),
    "document": Beyond(("act.documents.kind",)),
    "last_speaker": Beyond(("act.attendees.person", "act.attendees.role")),
    "prepared_decision": _WORK_BEFORE,
    "did_main_part": _WORK_BEFORE,
}
"""What functions read that their arguments do not name."""

OVER_LISTS = frozenset({"any_of", "all_of", "count"})
"""The functions whose first argument is a list and whose others speak of its members as `it`."""

ARGUMENTS_ONLY = OVER_LISTS | {
    "days", "lead_days", "workdays", "workdays_within", "before", "acts", "held", "includes", "covers",
    "same_body", "known", "first_known", "in_whole_text",
}  # fmt: skip
"""The functions that read nothing but their arguments; each function is here or in `BEYOND_ARGUMENTS`."""
