"""What of a record an expression names, found once when a pack loads: the ground that fingerprints stand on.

A name is a dotted text. It begins with `act` (the act tested), `traits`, `decision`, or `acts` and a kind (every
act of that kind in the record): `act.end`, `traits.professional`, `decision.body.level`,
`acts.legality_review.conclusion`. A member of a list follows its list: `act.attendees.role`. A derived date is
named by the fields it stands for. How an expression puts its parts together changes none of its names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from decision_procedure.model.kinds import SHIPPED, Kinds


def names_in(tree: ast.AST, per: tuple[str, ...] = (), kinds: Kinds = SHIPPED) -> frozenset[str]:
    """Return what an expression names; `per` are the kinds of the act tested (empty: the whole decision)."""
    return frozenset(_in(tree, _Where(per, kinds=kinds)))


@dataclass(frozen=True, slots=True)
class _Where:
    """The kinds of the act tested, and the names of the list whose member is under test."""

    per: tuple[str, ...]
    item: tuple[str, ...] = ()
    kinds: Kinds = SHIPPED


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
    kinds = _kinds(call, where)
    yield from (f"acts.{kind}.held" for kind in kinds)
    if name in BEYOND_ARGUMENTS:
        yield from BEYOND_ARGUMENTS[name].names(where, kinds)
    if name in FROM_A_DATE:
        yield from _own(where, str(ast.literal_eval(call.args[0])) or "done")
    inside = where
    for index, part in enumerate(call.args):
        yield from _in(part, inside)
        if index == 0 and name in OVER_LISTS:
            members = (f"acts.{kind}" for kind in kinds) if kinds else _members(part, where)
            inside = _Where(where.per, tuple(members), where.kinds)


def _kinds(call: ast.Call, where: _Where) -> tuple[str, ...]:
    words = [part.value for part in call.args if isinstance(part, ast.Constant)]
    return tuple(word for word in words if isinstance(word, str) and word in where.kinds.acts)


def _members(tree: ast.AST, where: _Where) -> Iterator[str]:
    """Yield what the members of a list are called: kinds of act, or the field that holds them."""
    if isinstance(tree, ast.Call):
        yield from (f"acts.{kind}" for kind in _kinds(tree, where))
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
        yield from _own(where, keys[0])
    elif root == "it":
        for name in where.item:
            yield from _of_member(name, keys[0], where.kinds) if keys else (name,)


def _own(where: _Where, key: str) -> Iterator[str]:
    for kind in where.per:
        yield from (f"act.{field}" for field in real_fields(kind, key, where.kinds))


def _of_member(list_name: str, key: str, kinds: Kinds) -> Iterator[str]:
    """Yield the names of a field of the members of a list; the members of `acts.KIND` are acts of that kind."""
    kind = list_name.removeprefix("acts.")
    yield from (f"{list_name}.{field}" for field in real_fields(kind, key, kinds))


def names_of_acts(kind: str, keys: Iterable[str], kinds: Kinds) -> Iterator[str]:
    """Yield the names of those of these fields that acts of a kind have, and that there is such an act at all."""
    yield f"acts.{kind}.held"
    fields = kinds.acts[kind].model_fields
    for key in keys:
        yield from (f"acts.{kind}.{field}" for field in real_fields(kind, key, kinds) if field in fields)


def real_fields(kind: str, key: str, kinds: Kinds) -> tuple[str, ...]:
    """Return the fields that a date derived from others stands for; of any other field, that field itself."""
    model = kinds.acts.get(kind)
    derived = None if model is None else model.derived().get(key)
    return (key,) if derived is None else derived.fields


class Beyond(NamedTuple):
    """What a function reads that its arguments do not name.

    `fixed` are names as they stand; `own` fields of the act tested, `item` of the member under test, `members` of
    the acts whose kinds are its arguments, `others` of every act of the kinds tested. Fields that a kind does not
    have are left out.
    """

    fixed: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def names(self, where: _Where, kinds: tuple[str, ...]) -> Iterator[str]:
        """Yield the names read in this place, by a call with these kinds of act."""
        yield from self.fixed
        for key in self.own:
            yield from _own(where, key)
        for name in where.item:
            yield from (f"{name}.{key}" for key in self.item)
        for kind in kinds:
            yield from names_of_acts(kind, self.members, where.kinds)
        if self.others:
            for kind in where.per:
                yield from names_of_acts(kind, self.others, where.kinds)


def _acts(kind: str, *fields: str) -> tuple[str, ...]:
    return tuple(f"acts.{kind}.{field}" for field in ("held", *fields))


_DRAFTS = (
    "decision.drafts.id",
    "decision.drafts.materially_changed",
    "decision.drafts.changes_confirmed",
)
_BODY = ("decision.body.kind", "decision.body.level")
_UNITS = ("decision.units.id", "decision.units.parent")
_UNDERTAKER = (*_UNITS, *_BODY, "decision.lead_unit", *_acts("initiation", "undertakers"))
_DECISIONS = _acts("decision", "date", "outcome", "round")
_MEETINGS = (*_BODY, *_acts("deliberation", "date", "meeting_type", "round"))
_FINDINGS = _acts("deliberation", "date", "risk_finding")
_WORK_BEFORE = (
    *_acts("expert_review", "date", "for_", "experts.body", "experts.part", "form", "unit"),
    *_acts(
        "risk_assessment",
        "date",
        "for_",
        "third_party",
        "third_party_commissioned",
        "third_party_part",
        "unit",
    ),
    *_acts("decision", "date", "outcome"),
    *_UNITS,
)
# What the opinion that governs is told by, and what it comes to.
_OPINION = Beyond(
    (*_DRAFTS, *_UNDERTAKER),
    own=("begun", "round", "draft"),
    members=(
        "done", "round", "draft", "conclusion", "changes_asked", "changes_made", "unit", "no_other_reviewer",
        "end_set", "market_department_reviewed",
    ),
)  # fmt: skip
_SENDING = Beyond(_MEETINGS, own=("complete_material_sent", "begun", "round"))
_LATER = ("begun", "round", "meeting_type", "outcome")

BEYOND_ARGUMENTS: Mapping[str, Beyond] = {
    "same_draft": Beyond(_DRAFTS, own=("draft",), item=("draft",)),
    "same_round": Beyond(own=("round",), item=("round",)),
    "first_date": Beyond(members=("done",)),
    "document": Beyond(("act.documents.kind",)),
    "last_speaker": Beyond(("act.attendees.person", "act.attendees.role")),
    "prepared_decision": Beyond(_WORK_BEFORE),
    "did_main_part": Beyond(_WORK_BEFORE),
    "full_meeting": Beyond(_BODY, item=("meeting_type",)),
    "by_undertaker": Beyond(_UNDERTAKER, item=("unit", "no_other_reviewer")),
    "last_opinion": _OPINION,
    "of_last_opinion": _OPINION,
    "last_outcome": Beyond(_DECISIONS, own=("begun",)),
    "days": Beyond(_DECISIONS, own=("begun", "round")),  # a comment period ends with the decision
    "decided_on_meeting": Beyond(
        (
            *_MEETINGS, *_DECISIONS, *_acts("deliberation", "chief", "chief_present", "majority_view", "chief_intends"),
        ),
        own=("date", "round", "deliberation", "by"),
    ),
    "risk_finding": Beyond(_FINDINGS, own=("date", "deliberation")),
    "adjusted_since": Beyond(
        (*_FINDINGS, *_DRAFTS, *_acts("deliberation", "draft", "risk_adjusted_until_controllable")),
        own=("date", "deliberation", "draft"),
    ),
    "first_meeting": _SENDING,
    "meets_after": _SENDING,
    "no_earlier_meeting": _SENDING,
    "in_order": Beyond(own=("round",), members=_LATER),
    "another_in_order": Beyond(own=("round",), members=_LATER, others=("done", "round")),
}  # fmt: skip
"""What functions read that their arguments do not name."""

OVER_LISTS = frozenset({"any_of", "all_of", "count", "last_opinion", "of_last_opinion"})
"""The functions whose first argument is a list, or a kind of act, and whose others speak of its members as `it`."""

FROM_A_DATE = frozenset({"in_order", "another_in_order"})
"""The functions whose first argument is the name of a date of the act tested, empty for its end."""

ARGUMENTS_ONLY = frozenset(
    {"any_of", "all_of", "count", "lead_days", "workdays", "workdays_within", "before", "acts", "held",
     "includes", "covers", "same_body", "known", "first_known", "in_whole_text"}
)  # fmt: skip
"""The functions that read nothing but their arguments; each function is here or in `BEYOND_ARGUMENTS`."""
