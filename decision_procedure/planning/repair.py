"""What would mend the faults of a record, as values: the acts to do, what each mends, and what nothing mends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from decision_procedure.law.said import Article
from decision_procedure.model.acts import Act
from decision_procedure.model.decision import Decision
from decision_procedure.results.report import Report
from decision_procedure.wording import Bilingual

ActionKind = Literal["supplement", "redo", "do"]
Why = Literal["passed", "earlier_round", "stands", "undated"]
Fault = tuple[str, str | None]
"""A verdict that something is to be done about: its duty and its act (None: it is on no single one)."""


@dataclass(frozen=True, slots=True)
class RepairAction:
    """One act of a repair.

    `kind`: `supplement` (补正: what is on record is completed, `on` names the act, None the record itself), `redo` (重做:
    the act is done once more) or `do` (补办: it was never done). `act` is the kind of act (empty: of none), `step` what it is
    called. `content` are the fields that the law asks of it, `dates` its days. `earliest` and `latest` are the first and the
    last useful day of its end (`latest` None: nothing of this repair waits for it). `unit` as in `DatedStep`. `mends` are the
    faults it is there for, as `(duty, act)`; none: what is redone has reopened it. `only_if_so`: it states what lies in the
    past, and may be done only if it was so.
    """

    kind: ActionKind
    act: str
    step: Bilingual
    on: str | None
    unit: str | None
    earliest: str | None
    latest: str | None
    content: Mapping[str, Any] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    mends: tuple[tuple[str, str | None], ...] = ()
    only_if_so: bool = False

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {**asdict(self), "mends": [list(item) for item in self.mends]}


@dataclass(frozen=True, slots=True)
class Unmended:
    """A fault that this repair leaves: its duty and act, and why nothing mends it.

    `passed`: it had to come before `what`, the issue or an act after it, which took place on `day`. `earlier_round`: it is an act of
    an earlier round, which nothing of this round makes good. `stands`: the act itself
    was done after the decision, and the law knows no repetition that undoes it. `undated`: the day of the act is not recorded, so
    that nothing is known to come after it.
    """

    duty: str
    act: str | None
    instrument: Bilingual
    article: Article
    why: Why
    what: Bilingual
    day: str | None

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {**asdict(self), "article": str(self.article)}


@dataclass(frozen=True)
class Repair:
    """One way to mend a record, checked by the check itself on the record with all of its acts.

    `faults` are the open violated verdicts that it is about, as `(duty, act)`. `ends` is the day on which all that is needed
    up to the decision is done. `questions` are what these acts leave to a person that the record alone would not, on the
    same day. `record` is the record with the acts, `report` the check of it on the day of the last of them:
    of the faults only those in `unmended` are open there. No repair lifts the responsibility that has arisen.
    """

    faults: tuple[Fault, ...]
    actions: tuple[RepairAction, ...]
    unmended: tuple[Unmended, ...]
    ends: str
    record: Decision
    report: Report
    acts: tuple[Act, ...] = ()
    questions: tuple[Fault, ...] = ()

    @property
    def mended(self) -> tuple[Fault, ...]:
        """The faults that are open no more."""
        left = {(item.duty, item.act) for item in self.unmended}
        return tuple(fault for fault in self.faults if fault not in left)

    def to_dict(self) -> dict[str, Any]:
        """Return the repair as JSON data, without record and report."""
        return {
            "schema": 1,
            "title": self.record.title,
            "ends": self.ends,
            "actions": [item.to_data() for item in self.actions],
            "mended": [list(item) for item in self.mended],
            "unmended": [item.to_data() for item in self.unmended],
            "questions": [list(item) for item in self.questions],
        }

    def __hash__(self) -> int:
        return hash((self.faults, self.ends, len(self.actions)))


__all__ = ["ActionKind", "Fault", "Repair", "RepairAction", "Unmended"]
