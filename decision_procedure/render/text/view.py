"""What the text view looks at: a report, with what names its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from decision_procedure.graph import Procedure
from decision_procedure.law.gates import gated_step
from decision_procedure.law.numbers import numbered
from decision_procedure.model.places import Places
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.names import Names
from decision_procedure.results.findings import Finding, Findings, Holder
from decision_procedure.results.report import Report
from decision_procedure.wording import Words


@dataclass(frozen=True)
class View:
    """A report to be shown in one language.

    `procedure` names its steps; `provisions` maps the identifier of each liability provision to its article;
    `places` finds lines of the record's file (None: no file is quoted).
    """

    report: Report
    lang: str
    procedure: Procedure
    provisions: Mapping[str, str]
    places: Places | None = None

    @cached_property
    def names(self) -> Names:
        """The names of units, people, documents and acts."""
        return Names(self.report.decision, self.lang, self.report.implied)

    @cached_property
    def words(self) -> Words:
        """The words of the text view."""
        return Words(self.lang, "text")

    def say(self, key: str, /, **fields: object) -> str:
        """Return a sentence in the language of the view."""
        return self.words.say(key, **fields)

    def step(self, name: str) -> str:
        """Return the name of a step."""
        step = self.procedure.steps.get(name)
        return name if step is None else step.name.text(self.lang)

    def gated_step(self, gate: str) -> str:
        """Return the name of the step on which a gate stands (`closes` of a duty or of a conclusion)."""
        return self.step(gated_step(gate))

    def citation(self, duty: str) -> str:
        """Return where a duty stands: title of the instrument, its number, the article."""
        data = self.report.duties[duty]
        article, title = self.names.article(data.article), data.instrument.text(self.lang)
        return self.say("citation", title=title, number=numbered(data.number, self.lang), article=article)

    def provision(self, identifier: str) -> str:
        """Return the article of a liability provision."""
        return self.names.article(self.provisions.get(identifier, identifier))

    @cached_property
    def findings(self) -> Findings:
        """What the report finds."""
        return Findings(self.report)

    def units(self, finding: Finding) -> tuple[str, ...]:
        """Return the names of those who answer for a finding, bore its duty, or can settle it."""
        return tuple(dict.fromkeys(map(self.names.unit, finding.units)))

    def holder(self, holder: Holder) -> str:
        """Return who held a post, and the post; of one that nobody is known to have held, its capacity."""
        if holder.person is None:
            return label("capacity", holder.capacity, self.lang)
        post = self.names.post(holder.person, holder.unit, holder.capacity)
        return f"{self.names.person(holder.person)}{self.words.aside(post)}"
