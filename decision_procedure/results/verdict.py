"""One verdict: what a duty comes to on an act, with its evidence and its place in the order of severity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from decision_procedure.law.evidence import Tree, missing, on_the_edge
from decision_procedure.model.disputes import Saying
from decision_procedure.results.doubt import Supposed, Supposition, doubt_text
from decision_procedure.results.severity import STANDINGS, Grade, standing_of
from decision_procedure.wording import is_chinese, say

if TYPE_CHECKING:
    pass

_KIND_UNSTATED = "kind_unstated"
_ASKED = frozenset({"direct", "uncertain"})


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field of which documents say different things; `places`: its own, and those of dates derived from it."""

    places: tuple[str, ...]
    says: tuple[Saying, ...]

    @property
    def place(self) -> str:
        """The place of the field in the record."""
        return self.places[0]


class Verdict(NamedTuple):
    """What one duty comes to on one act, or on the decision (`act` None).

    `trees` holds the evidence of `when`, `require` and `judge` as far as evaluated. `caps` names what lowered
    a breach to a question for a person; `reasons` why the duty does not apply or stays open. `day` is the date of
    the law applied. `elapsed` is the days that a duty to act promptly took, or, where it was not done, that it had
    been running on `as_of` (None: no such duty, or the dates do not tell).
    `made_good_by` is the later act of its kind that met the duty, which leaves the verdict as it was (None: none).
    `related` names duties of other instruments: those that say the same, or those that replace this one.
    `disputes` are the fields that it depends on and that documents say differently. `practice`: the duty is advice on practice. `unrecorded`: no act of its step is on record, and none was due.
    `judged` is a person's answer that counts: `met` or `not_met` (None: none was asked for, or none is given).
    `supposed` gives what it would be if the record were complete (None: not known).
    """

    duty: str
    act: str | None
    outcome: str
    binding: str
    day: str
    trees: Mapping[str, Tree]
    caps: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    proof: str = "stated"
    elapsed: int | None = None
    waived: bool = False
    related: tuple[str, ...] = ()
    made_good_by: str | None = None
    disputes: tuple[Dispute, ...] = ()
    judged: str | None = None
    practice: bool = False
    unrecorded: bool = False
    supposed: Supposition | None = None

    def __eq__(self, other: object) -> bool:
        return tuple.__eq__(self, other) is True and self._if_complete == other._if_complete  # type: ignore[attr-defined]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __repr__(self) -> str:
        return f"<Verdict {self.duty}{f' on {self.act}' if self.act else ''}: {self.outcome}>"

    @property
    def if_complete(self) -> str | None:
        """What an undetermined verdict would be if the record were complete up to `as_of` as it stands.

        What is not there was not done, and no exception holds that is not stated; traits stay unknown
        (`semantics.md` section 2); where all that is open is whether a person may judge, for a person. None: the verdict is not undetermined, or nothing is known of it. Worked out
        for all verdicts of a report when first read.
        """
        found = self._if_complete
        return None if found is None else found.outcome

    @property
    def would_be_made_good_by(self) -> str | None:
        """The later act that would make good what the verdict would be if the record were complete; None: none."""
        found = self._if_complete
        return None if found is None else found.made_good_by

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The places of the exceptions that `if_complete` takes not to hold because the record does not state them."""
        found = self._if_complete
        return () if found is None else found.exceptions

    @property
    def _if_complete(self) -> Supposed | None:
        if self.outcome != "undetermined" or self.supposed is None:
            return None
        return self.supposed.of(self.duty, self.act)

    @property
    def standing(self) -> str:
        """Where it stands in the order of severity (`severity.STANDINGS`)."""
        if self.outcome != "undetermined":
            return self.outcome
        asked = self.binding in _ASKED and not self.practice and not self.duty.endswith(".scope")
        return standing_of(
            self.outcome, self.if_complete if asked else None, asked=asked, unrecorded=self.unrecorded
        )

    @property
    def face(self) -> str:
        """The name under which it is counted and shown (`severity.FACES`)."""
        return STANDINGS[self.standing].face

    @property
    def grade(self) -> Grade | None:
        """What it counts as for the exit status, if it counts (`severity.GRADES`); None: it is not open."""
        return STANDINGS[self.standing].grade

    @property
    def class_(self) -> str | None:
        """What an undetermined verdict is: `in_doubt`, `to_supply` or `nothing_recorded`; None: it is none."""
        return self.face if self.outcome == "undetermined" else None

    @property
    def in_doubt(self) -> bool:
        """Whether it would be violated, or for a person to judge, if the record were complete."""
        return self.class_ == "in_doubt"

    @property
    def falls_short(self) -> tuple[str, ...]:
        """The recorded acts that are not enough, where it would be violated or for a person to judge."""
        found = self._if_complete
        return () if found is None else found.falls_short

    @property
    def for_a_person(self) -> bool:
        """Whether it is for a person to judge, or would be if the record were complete."""
        return self.standing in ("needs_judgement", "would_be_judged")

    @property
    def rests_on_an_act(self) -> bool:
        """Whether a recorded act is what was tested, or falls short of what is required."""
        return self.act is not None or bool(self.falls_short)

    @property
    def missing(self) -> tuple[str, ...]:
        """The places of the record whose absence leaves the verdict open; what documents dispute is not absent."""
        found = [place for tree in self.trees.values() if tree.truth is None for place in missing(tree)]
        disputed = {place for dispute in self.disputes for place in dispute.places} if found else set()
        return tuple(place for place in dict.fromkeys(found) if place not in disputed)

    @property
    def edges(self) -> tuple[str, ...]:
        """Each count of days that the other reading would decide differently, with both numbers."""
        spans = [
            (comparison.node.text, comparison.children[0].value)
            for tree in self.trees.values()
            for comparison in on_the_edge(tree)
        ]
        return tuple(f"{text}: {span[0]} / {span[2]}" for text, span in spans)

    @property
    def took(self) -> bool:
        """Whether `elapsed` is what it took to do the duty, not how long that has been waiting."""
        return self.outcome == "satisfied" or "done_past_attention" in self.reasons

    @property
    def counts(self) -> bool:
        """Whether it counts for the exit status: directly or uncertainly binding, neither waived nor made good.

        Practice never does, nor what a person judged met, nor the question of what kind a matter is, which leaves an instrument untested.
        """
        return (
            self.binding in _ASKED
            and not (self.practice or self.waived or self.untested)
            and self.made_good_by is None
            and self.judged != "met"
            and self.would_be_made_good_by is None
        )

    @property
    def untested(self) -> bool:
        """Whether an instrument stays untested: the record does not say if the matter is of its kind."""
        return _KIND_UNSTATED in self.reasons


class InDoubt(tuple[Verdict, ...]):
    """The verdicts in doubt: those that would be violated first, then those that would be for a person."""

    __slots__ = ()

    @property
    def violated(self) -> tuple[Verdict, ...]:
        """Those that would be violated if the record were complete."""
        return tuple(verdict for verdict in self if verdict.if_complete == "violated")

    @property
    def needs_judgement(self) -> tuple[Verdict, ...]:
        """Those that would be for a person to judge if the record were complete."""
        return tuple(verdict for verdict in self if verdict.if_complete == "needs_judgement")


class _Asked(Mapping[str, Tree]):
    """The evidence of several questions of one kind, each by the instrument that asks it, worked out when read."""

    __slots__ = ("_by_duty",)

    def __init__(self, asked: Sequence[Verdict]) -> None:
        self._by_duty = {verdict.duty: verdict.trees for verdict in asked}

    def __getitem__(self, name: str) -> Tree:
        return self._by_duty[name]["belongs"]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_duty)

    def __len__(self) -> int:
        return len(self._by_duty)


def asked_once(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Return verdicts as people are told of them: of what kind the matter is, is one question for all instruments.

    It stands under the first of them and names the others; each keeps its verdict in the report itself.
    """
    asked = [verdict for verdict in verdicts if verdict.untested]
    if len(asked) < 2:
        return tuple(verdicts)
    first, rest = asked[0], tuple(verdict.duty for verdict in asked[1:])
    once = first._replace(trees=_Asked(asked), related=rest)
    return tuple(
        once if verdict is first else verdict
        for verdict in verdicts
        if verdict is first or not verdict.untested
    )


def kinds_asked(verdict: Verdict, lang: str) -> str:
    """Return, of an instrument that stays untested, or of all together, the kinds of matter that are asked about."""
    trees = verdict.trees.values() if isinstance(verdict.trees, _Asked) else (verdict.trees["belongs"],)
    nodes = [tree.node for tree in trees]
    if is_chinese(lang):
        return "、".join(dict.fromkeys(node.zh.rpartition("：")[2].removeprefix("属于") for node in nodes))
    return ", ".join(dict.fromkeys(node.en.rpartition(": ")[2] for node in nodes))


def doubt(verdict: Verdict, lang: str) -> str:
    """Return in words what a verdict in doubt would be if the record were complete; empty for any other."""
    if not verdict.in_doubt:
        return ""
    text = doubt_text(verdict.if_complete or "", verdict.exceptions, lang)
    if verdict.would_be_made_good_by is None:
        return text
    return say("doubt.made_good", lang, text=text)
