"""What the papers on one record are written of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from decision_procedure.diagrams.picture import Picture
from decision_procedure.exchange.findings import Advised
from decision_procedure.render.text.view import View
from decision_procedure.results.findings import Finding
from decision_procedure.wording import Bilingual


class OpenQuestion(Protocol):
    """A question that a record leaves open, of one unit (None: the record names nobody)."""

    @property
    def kind(self) -> str:
        """What is asked for: a `fact`, an `act` or a `judgement`."""

    @property
    def text(self) -> Bilingual:
        """The question."""

    @property
    def answers(self) -> Bilingual:
        """What may be answered."""

    @property
    def unit(self) -> str | None:
        """Whom to ask, by name."""

    @property
    def duties(self) -> tuple[str, ...]:
        """The duties that wait for it."""

    @property
    def papers(self) -> tuple[str, ...]:
        """The kinds of document of which one would show it."""


@dataclass(frozen=True)
class Case:
    """A report to be shown, the findings and the advice that are listed, and what gives the questions to be asked.

    `evidence` gives the kinds of document of which one shows that a duty was met;
    `picture` draws the state of the procedure.
    """

    view: View
    findings: Sequence[Finding]
    advice: Sequence[Advised]
    asked: Callable[[], Sequence[OpenQuestion]]
    evidence: Mapping[str, tuple[str, ...]]
    picture: Callable[[], Picture]

    @property
    def lang(self) -> str:
        """The language of the papers."""
        return self.view.lang
