"""What a report says beside its verdicts: waivers, what is wrong with them, and advice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from decision_procedure.errors import nearest
from decision_procedure.model.vocabulary import Answer, BindingKind, JudgementStanding

AdviceKind = Literal["no_longer", "not_yet", "wrong_number", "binding", "place", "counts"]


@dataclass(frozen=True, slots=True)
class Waived:
    """The waiver beside the verdict on `duty` and `act` (None: the decision as a whole).

    `waiver` is its name. `expires` None: it names no last day; `document` None: it names no document.
    """

    duty: str
    act: str | None
    waiver: str
    approver: str
    basis: str
    date: str
    expires: str | None
    document: str | None


@dataclass(frozen=True, slots=True)
class WaiverNote:
    """What is wrong with a waiver, a finding of its own (kinds in `waivers.NOTES`).

    `duty` and `act` are what it speaks of; None when it does not say, or speaks of the whole decision. `file` and
    `line` say where a waiver file holds it, `place` where the record does (None: not known, or not there).
    """

    kind: str
    waiver: str
    duty: str | None
    act: str | None
    zh: str
    en: str
    file: str | None = None
    line: int | None = None
    place: str | None = None


LOOSE_STANDINGS = ("not_asked", "no_such_verdict", "unknown_duty")
"""What an answer comes to that is on no question."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's answer as the record holds it, at `place`, and what it comes to (`standing`).

    `checked` and `unchecked` answers count; any other counts as not given. `duty` and `act` are the verdict that it
    is on, or what it names where there is none. `outcome` is what that verdict came to (None: there is none).
    `by_bearer`: whoever answered bears the duty. `nearest` is the duty most like one that there is not.
    """

    duty: str
    act: str | None
    answer: Answer
    reason: str
    by: str
    day: str
    document: str | None
    standing: JudgementStanding
    place: str
    outcome: str | None = None
    by_bearer: bool = False
    nearest: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it is taken as given."""
        return self.standing in ("checked", "unchecked")

    @property
    def is_on_a_question(self) -> bool:
        """Whether it is on a verdict that asks for a person's answer."""
        return self.outcome == "needs_judgement"


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to put right that is no breach and never counts for the exit status.

    `kind`: a cited instrument was `no_longer` or `not_yet` in force on any day of the record, is cited with a
    `wrong_number`, or is not known to bind the deciding body (`binding`); or the code of the body is of no known
    place or of another level (`place`); or numbers of opinions do not go together (`counts`). `place` is where the record says so; `instrument` identifies the
    instrument, empty where there is none; `binding` is how that binds the deciding body, None: not known.
    """

    kind: AdviceKind
    zh: str
    en: str
    place: str
    instrument: str
    binding: BindingKind | None = None


def nearest_duty(written: str, known: Collection[str]) -> str | None:
    """Return the duty that somebody may have meant by a name: without its instrument, or misspelt; None: no such."""
    short = [duty for duty in sorted(known) if duty.endswith(f".{written}")]
    return next(iter(short), None) or nearest(written, known)
