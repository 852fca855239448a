"""When an instrument is in force, and how far its text was verified, in words."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.law.head import Head
from decision_procedure.render.rules.sheet import LawWords


def in_force_text(head: Head, words: LawWords) -> str:
    """Return the days between which an instrument is in force, and what of them was never established."""
    return words.series(_in_force(head, words))


def mark_text(head: Head, mark: str, words: LawWords) -> str:
    """Return what a mark means, and how much of the instrument was seen."""
    return words.series((words.say(f"mark_{mark}"), words.say(f"seen_{head.seen}")))


def _in_force(head: Head, words: LawWords) -> Iterator[str]:
    first, by = head.in_force_from, head.in_force_by
    if by is not None and first is not None:
        yield words.say("from_between", first=first, by=by)
    elif by is not None:
        yield words.say("from_by", by=by)
    else:
        yield words.say("from_unknown") if first is None else words.say("from", day=first)
    if head.in_force_to is not None:
        yield words.say("to", day=head.in_force_to)
    else:
        yield words.say("to_open" if head.end_known else "to_unknown")
