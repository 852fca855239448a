"""The places of a record at which duties are tested: its acts, and the steps of the decision."""

from __future__ import annotations

from decision_procedure.checking import timing
from decision_procedure.checking.proof import Proof, proof_of
from decision_procedure.graph import Procedure
from decision_procedure.law.evidence import Truth
from decision_procedure.law.facts import Facts
from decision_procedure.law.language import Frame
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate


class Subject(Frame):
    """Where duties are tested: on an act, or on the decision (`act` None).

    `moment` is that whose law governs, `undated` the act whose missing date leaves it open, `proof` what the
    documents of the act show (None: it names none).
    """

    __slots__ = ("due", "moment", "proof", "undated")

    def proven(self, evidence: frozenset[str]) -> str:
        """Return how well the record shows the act: by documents of these kinds, its word, or what implies it."""
        if self.act is not None and self.act.id in self.facts.implied:
            return "contradicted" if self.act.kind in self.facts.denied else "implied"
        return "stated" if self.proof is None else self.proof.of(evidence)

    def __init__(
        self,
        facts: Facts,
        act: Act | None,
        until: int,
        moment: PartialDate,
        *,
        due: Truth = True,
        undated: Act | None = None,
        proof: Proof | None = None,
    ) -> None:
        super().__init__(facts, act, until)
        self.moment, self.due, self.undated, self.proof = moment, due, undated, proof


class Subjects:
    """The subjects of one record, each made once for all instruments; `of_kinds` holds those of acts made so far."""

    def __init__(self, facts: Facts, procedure: Procedure) -> None:
        self.facts, self.procedure = facts, procedure
        self._firsts = timing.first_acts(facts)
        self._of_acts: dict[str | None, Subject] = {}
        self.of_kinds: dict[tuple[str, ...], list[Subject]] = {}
        self._of_steps: dict[str, Subject] = {}

    def on_acts(self, kinds: tuple[str, ...]) -> list[Subject]:
        """Return the subjects of the acts of these kinds that took place."""
        found = self.of_kinds[kinds] = [self._on_act(act) for act in self.facts.held(kinds)]
        return found

    def on_announced(self, kinds: tuple[str, ...]) -> list[Subject]:
        """Return the subjects of the acts of these kinds that were only announced."""
        return [self._on_act(act) for kind in kinds for act in self.facts.announced.get(kind, ())]

    def on_step(self, step: str) -> Subject:
        """Return the subject of a step of the decision."""
        subject = self._of_steps.get(step)
        if subject is None:
            found = timing.of_step(step, self.facts, self.procedure, self._firsts)
            subject = Subject(
                self.facts, None, found.until, found.moment, due=found.due, undated=found.undated
            )
            self._of_steps[step] = subject
        return subject

    def _on_act(self, act: Act) -> Subject:
        subject = self._of_acts.get(act.id)
        if subject is None:
            begun = act.begun
            moment = timing.of_act(act, self.facts, self.procedure)
            until = self.facts.now if begun is None else begun.last
            undated = act if act.anchor is None else None
            proof = proof_of(act, self.facts) if act.documents else None
            subject = Subject(self.facts, act, until, moment, undated=undated, proof=proof)
            self._of_acts[act.id] = subject
        return subject
