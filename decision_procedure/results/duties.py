"""A duty as reports tell of it: what the law says, without its conditions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pydantic import TypeAdapter

from decision_procedure.law.gates import gated_step
from decision_procedure.law.pack import Effect, Force
from decision_procedure.law.said import Article
from decision_procedure.model.vocabulary import labels
from decision_procedure.wording import Bilingual


@dataclass(frozen=True, slots=True)
class CureInfo(Bilingual):
    """What can be done about a breach while the matter is being prepared, and from each later stage on.

    `kind` is `supplement` or `redo`. A stage that is None goes by the one before it.
    """

    kind: str
    submitted: Bilingual | None = None
    decided: Bilingual | None = None
    issued: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyInfo:
    """One duty as the law has it, or the scope of an instrument (`step` None).

    `article` stands in `instrument` with its `number`, as the law writes it; `text` says what it asks. `closes` is the
    gate that it is (None: it is none), `conditional` whether it has a trigger. `judgement` is what it leaves to a
    person, `adapted` what it asks of bodies bound by reference, `not_tested` what its test cannot see, `attention`
    from when on a person should look at how long it took (None: nothing of these). `names` is what it names in a
    record. `per` are the kinds of act tested (empty: the decision as a whole), `before` is the step before which it
    must be met (None: none). `fault` is its own sentence on a fault, with slots (None: it has none). `role` is what an instrument calls a `bearer` that it declares; None: it is one of the vocabulary.
    """

    instrument: Bilingual
    number: str
    article: Article
    step: str | None
    bearer: str
    force: Force
    effect: Effect
    closes: str | None
    mark: str
    text: Bilingual
    cure: CureInfo
    conditional: bool
    judgement: Bilingual | None
    adapted: Bilingual | None
    not_tested: Bilingual | None
    names: tuple[str, ...] = ()
    attention: Bilingual | None = None
    role: Bilingual | None = None
    per: tuple[str, ...] = ()
    before: str | None = None
    fault: Bilingual | None = None

    @property
    def borne_by(self) -> Bilingual:
        """What people call who bears it."""
        return self.role or Bilingual(*labels("bearer", self.bearer))

    @property
    def gate(self) -> str | None:
        """The step on which it is a gate; None: it is none."""
        return gated_step(self.closes) if self.effect == "gate" and self.closes else None

    @property
    def is_practice(self) -> bool:
        """Whether it is advice on practice only. The question of scope is none."""
        return self.effect == "practice" and self.step is not None

    @property
    def unseen(self) -> bool:
        """Whether the text itself was not seen."""
        return self.mark == "V2"


class Duties(dict[str, DutyInfo]):
    """What reports tell of duties, by their full identifiers; reports by one law share it."""

    @cached_property
    def json(self) -> str:
        """Its JSON text: one line for each duty."""
        form = TypeAdapter(DutyInfo)
        lines = (f'"{name}":{form.dump_json(duty).decode()}' for name, duty in self.items())
        return "{\n" + ",\n".join(lines) + "\n}"
