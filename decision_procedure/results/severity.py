"""How grave a verdict is: the one table by which verdicts are classed, counted and sorted (`semantics.md` 2 and 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from decision_procedure.errors import check_word

Outcome = Literal["satisfied", "violated", "needs_judgement", "undetermined", "pending", "not_applicable"]
Grade = Literal["violated", "in_doubt", "needs_judgement", "undetermined", "pending"]
Class = Literal["in_doubt", "to_supply", "nothing_recorded"]

SEVERITY = ("violated", "needs_judgement", "undetermined", "pending")
"""The outcomes that are open, the gravest first."""

FAILED = SEVERITY[:2]
"""The outcomes of what fails: what is not met, or only by a person's judgement."""

GRADES = get_args(Grade)
"""What a verdict that counts comes to for the exit status, the gravest first."""

CLASSES = ("in_doubt", "to_supply", "nothing_recorded")
"""What an undetermined verdict is; each is one, and no count mixes them."""

FACES = (
    "violated", "in_doubt", "needs_judgement", "to_supply", "nothing_recorded", "pending", "satisfied",
    "not_applicable",
)  # fmt: skip
"""The names under which verdicts are counted and shown, in the order in which they are told: what is in doubt
comes right after what is violated."""

OPEN_FACES = FACES[:6]
TOLD_IN_FULL = FACES[:3]
"""The names of what is told in full wherever a report is shown: what is violated, in doubt, or for a person."""


class Standing(NamedTuple):
    """Where a verdict stands: what it counts as (`grade`; none: nothing is open) and the name it is told under."""

    grade: Grade | None
    face: str


STANDINGS: Mapping[str, Standing] = {
    "violated": Standing("violated", "violated"),
    "would_be_violated": Standing("in_doubt", "in_doubt"),
    "needs_judgement": Standing("needs_judgement", "needs_judgement"),
    "would_be_judged": Standing("undetermined", "in_doubt"),
    "to_supply": Standing("undetermined", "to_supply"),
    "nothing_recorded": Standing("undetermined", "nothing_recorded"),
    "pending": Standing("pending", "pending"),
    "satisfied": Standing(None, "satisfied"),
    "not_applicable": Standing(None, "not_applicable"),
}
"""Every standing, the gravest first (`semantics.md` section 7)."""

RANKS: Mapping[str, int] = {name: rank for rank, name in enumerate(STANDINGS)}
_WOULD_BE: Mapping[str | None, str] = {
    "violated": "would_be_violated",
    "needs_judgement": "would_be_judged",
}


def standing_of(outcome: str, if_complete: str | None, *, asked: bool, unrecorded: bool) -> str:
    """Return where a verdict stands (`STANDINGS`): the one place that decides what is in doubt.

    `if_complete` is what an undetermined verdict would be if the record were complete as it stands. `asked`:
    it may be in doubt, as what binds only by reference or internally, is practice, or a question of scope, may
    not. `unrecorded`: no act of its step is on record, and none was due.
    """
    if outcome != "undetermined":
        return outcome
    if asked and if_complete in _WOULD_BE:
        return _WOULD_BE[if_complete]
    return "nothing_recorded" if unrecorded else "to_supply"


def face_of(severity: str, face: str | None) -> str:
    """Return the name under which a finding is shown that some trail tells of: older ones do not say it."""
    return face or ("to_supply" if severity == "undetermined" else severity)


def gravest(standings: Iterable[str]) -> str | None:
    """Return the gravest of some standings; None when there is none."""
    return min(standings, key=RANKS.__getitem__, default=None)


def check_grade(grade: object) -> None:
    """Raise UnusableArgument, with the nearest, for what is no grade."""
    check_word(grade, GRADES, "没有此级别", "no such grade")


def up_to(grade: str) -> tuple[str, ...]:
    """Return the grades down to one of them, the gravest first."""
    return GRADES[: GRADES.index(grade) + 1]
