"""What a page is made of: a report, the law it was checked against, and where its parts are found by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from decision_procedure.law.applicable import Law
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Liability
from decision_procedure.model.decision import Document
from decision_procedure.model.kinds import Kinds, kinds_of
from decision_procedure.render.text.view import View
from decision_procedure.results.baseline import accepted_targets
from decision_procedure.results.findings import Findings
from decision_procedure.results.report import Verdict
from decision_procedure.wording import say


@dataclass(frozen=True)
class Shown:
    """A report to be shown as a page.

    `home` is the address of the page of all decisions; empty: there is none. `baseline` is what a baseline knows
    the findings by that it accepts.
    """

    view: View
    law: Law
    home: str = ""
    baseline: frozenset[str] = frozenset()

    @property
    def kinds(self) -> Kinds:
        """What the record may hold."""
        return kinds_of(type(self.view.report.decision))

    @cached_property
    def packs(self) -> Mapping[str, Pack]:
        """The instruments for the deciding body, by identifier."""
        return {pack.head.id: pack for pack in self.law.for_body(self.view.report.decision)}

    @cached_property
    def liability(self) -> Mapping[str, Liability]:
        """The provisions on responsibility, by identifier."""
        return {
            f"{name}.{item.id}": item for name, pack in self.packs.items() for item in pack.file.liability
        }

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents of the record, by identifier."""
        return {document.id: document for document in self.view.report.decision.documents}

    @cached_property
    def findings(self) -> Findings:
        """What the report finds, and whether the baseline accepts it."""
        return Findings(self.view.report, accepted=self.baseline)

    @cached_property
    def accepted(self) -> frozenset[tuple[str, str | None]]:
        """The open verdicts that the baseline accepts, by duty and act."""
        return accepted_targets(self.view.report, self.baseline)

    @cached_property
    def by_act(self) -> Mapping[str | None, tuple[Verdict, ...]]:
        """The verdicts that tested something, by act; None: the decision as a whole."""
        found: dict[str | None, list[Verdict]] = {}
        for verdict in self.view.report.verdicts:
            if verdict.outcome != "not_applicable":
                found.setdefault(verdict.act, []).append(verdict)
        return {act: tuple(items) for act, items in found.items()}

    def provision(self, name: str) -> str:
        """Return a provision by instrument and article."""
        pack = self.packs.get(name.partition(".")[0])
        title = "" if pack is None else pack.head.title.text(self.view.lang)
        article = self.view.provision(name)
        return say("page.provision_of", self.view.lang, title=title, article=article)
