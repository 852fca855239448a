"""The drafts of a record in their order: which are one, and what changed between two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from decision_procedure.law.evidence import EXCEPTION, Tree, Truth
from decision_procedure.law.leaves import field_node
from decision_procedure.model.decision import Draft
from decision_procedure.model.vocabulary import Change

# How many drafts between two evidence shows: enough for any real record, and a bound for a made one.
MOST_DRAFTS_SHOWN = 5
_CHANGED = field_node("materially_changed")


class Drafts:
    """The drafts of one record; `as_it_stands`: one that is not said to be the same was changed."""

    def __init__(self, drafts: tuple[Draft, ...], *, as_it_stands: bool) -> None:
        self._drafts, self._as_it_stands = drafts, as_it_stands

    def changes(self, one: str | None, other: str | None) -> tuple[Draft, ...] | None:
        """Return the drafts after the earlier of two, up to the later; None where a draft is not named."""
        return drafts_after(self._drafts, self._places, one, other)

    def unsaid(self, one: str | None, other: str | None, most: int) -> tuple[Draft, ...]:
        """Return the first drafts that do not say whether they changed, where it rests on them if two are one draft."""
        if one is None or other is None or len(self._drafts) <= 1:
            return ()
        low, high = _span(self._places, one, other)
        if _some_after(self._said_to_differ, low, high):
            return ()
        first, last = bisect_right(self._silent, low), bisect_right(self._silent, high)
        return tuple([self._drafts[place] for place in self._silent[first : min(last, first + most)]])

    def changed_as_reviewed(self, one: str | None, other: str | None) -> tuple[Draft, ...]:
        """Return the drafts after the earlier of two, up to the later, that were changed only as the review asked."""
        between = self.changes(one, other) if self._follows_review else None
        return tuple(draft for draft in between or () if draft.materially_changed == "as_reviewed")

    def is_later(self, one: str | None, other: str | None) -> bool:
        """Say whether a draft is listed after another one."""
        return one is not None and other is not None and self._places[one] > self._places[other]

    def same(self, one: str | None, other: str | None) -> Truth:
        """Say whether two acts deal with one draft; one changed only as the review asked is no other."""
        return self._kept(one, other, self._others)

    def unchanged(self, one: str | None, other: str | None) -> Truth:
        """Say whether a draft stayed the same in substance; as a review asked is a change."""
        return self._kept(one, other, self._changed)

    def _kept(self, one: str | None, other: str | None, others: Sequence[int]) -> Truth:
        if len(self._drafts) <= 1 or (one is not None and one == other):
            return True
        if one is None or other is None:
            return True if all(self.changed(draft) is False for draft in self._drafts[1:]) else None
        span = _span(self._places, one, other)
        if _some_after(others, *span):
            return False
        return None if _some_after(self._untold, *span) else True

    @cached_property
    def _follows_review(self) -> bool:
        return any(draft.materially_changed == "as_reviewed" for draft in self._drafts)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {draft.id: place for place, draft in enumerate(self._drafts)}

    @cached_property
    def _changes(self) -> list[bool | Change | None]:
        return [self.changed(draft) for draft in self._drafts]

    @cached_property
    def _others(self) -> list[int]:
        return [place for place, change in enumerate(self._changes) if change is True]

    @cached_property
    def _changed(self) -> list[int]:
        return [place for place, change in enumerate(self._changes) if change]

    @cached_property
    def _said_to_differ(self) -> list[int]:
        return [place for place, draft in enumerate(self._drafts) if draft.materially_changed is True]

    @cached_property
    def _silent(self) -> list[int]:
        return [place for place, draft in enumerate(self._drafts) if draft.materially_changed is None]

    @cached_property
    def _untold(self) -> list[int]:
        return [place for place, change in enumerate(self._changes) if change is None]

    def changed(self, draft: Draft) -> bool | Change | None:
        """Return whether a draft was changed in substance; taken as it stands, one not said to be the same was."""
        silent = draft.materially_changed is None and self._as_it_stands
        return True if silent else draft.materially_changed


def _some_after(places: Sequence[int], low: int, high: int) -> bool:
    """Say whether one of these places, which are in order, comes after the first of two, up to the other."""
    return bisect_right(places, low) < bisect_right(places, high)


def drafts_after(
    drafts: tuple[Draft, ...], places: Mapping[str, int], one: str | None, other: str | None
) -> tuple[Draft, ...] | None:
    """Return the drafts after the earlier of two, up to the later, by their places; None where a draft is not named."""
    if len(drafts) <= 1 or (one is not None and one == other):
        return ()
    if one is None or other is None:
        return None
    low, high = _span(places, one, other)
    return drafts[low + 1 : high + 1]


def _span(places: Mapping[str, int], one: str, other: str) -> tuple[int, int]:
    found = (places[one], places[other])
    return min(found), max(found)


def change_of(draft: Draft, drafts: Drafts) -> Tree:
    """Return the evidence whether a draft was changed in substance (`Drafts.changed`)."""
    changed = drafts.changed(draft)
    node = _CHANGED._replace(operator=EXCEPTION) if changed and draft.materially_changed is None else _CHANGED
    truth = changed if isinstance(changed, bool) else None
    return Tree(node, changed, truth, ("", f"drafts[{draft.id}].materially_changed"), ())
