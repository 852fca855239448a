"""What other law, or another version of the program, changes for one record: verdict by verdict, and from which act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from decision_procedure.law.said import Article
from decision_procedure.results.report import Report


class VerdictMove(NamedTuple):
    """A verdict that changes. An outcome that is None: there is no such duty, or not on this act.

    `article` None: the duty is none of the law of today.
    """

    duty: str
    article: Article | None
    act: str | None
    before: str | None
    after: str | None


class Impact(NamedTuple):
    """What becomes of one record. `report` is the newer one.

    `causes` say what is another since a receipt: `law`, `engine`, `calendar`; empty where two laws were compared.
    """

    report: Report
    moves: tuple[VerdictMove, ...]
    causes: tuple[str, ...] = ()

    @property
    def first_act(self) -> str | None:
        """The earliest act on which a verdict changes; None: none does, or only verdicts on the whole decision do."""
        concerned = {self.report.source_of(move.act) for move in self.moves if move.act is not None}
        dated = [
            (moment.first, moment.last, act.id)
            for act in self.report.decision.acts
            if act.id in concerned and (moment := act.anchor) is not None
        ]
        return min(dated)[-1] if dated else None

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "record": self.report.decision.id,
            "title": self.report.decision.title,
            "as_of": self.report.as_of,
            "first_act": self.first_act,
            "causes": list(self.causes),
            "moves": [move._asdict() for move in self.moves],
        }


def impact_of(before: Report, after: Report) -> Impact:
    """Return what changes from one report to another on the same record and day; what never applied is left out."""
    was = {(verdict.duty, verdict.act): verdict.outcome for verdict in before.verdicts}
    now = {(verdict.duty, verdict.act): verdict.outcome for verdict in after.verdicts}
    pairs = ((*target, was.get(target), now.get(target)) for target in dict.fromkeys((*now, *was)))
    return Impact(after, tuple(moves_of(pairs, before, after)))


def moves_of(
    pairs: Iterable[tuple[str, str | None, str | None, str | None]], *reports: Report
) -> Iterator[VerdictMove]:
    """Yield the moves among duties, acts, and their outcomes before and after; `reports` tell the articles."""
    articles = {name: duty.article for report in reports for name, duty in report.duties.items()}
    for duty, act, before, after in pairs:
        if before != after and not {before, after} <= _NOTHING:
            yield VerdictMove(duty, articles.get(duty), act, before, after)


_NOTHING = frozenset({None, "not_applicable"})
