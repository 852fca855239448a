"""Which law: the instruments for a body's place, whether each was in force, whom it binds, what it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from decision_procedure import rules
from decision_procedure.errors import BadPack, UnusableArgument
from decision_procedure.law.evidence import Tree, Truth
from decision_procedure.law.expression import Compiled, Frame
from decision_procedure.law.facts import Facts
from decision_procedure.law.head import Head
from decision_procedure.law.loading import Pack, closed_together, covers_place, load_together
from decision_procedure.law.pack import Duty, Step
from decision_procedure.law.register import Entry, load_register
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.declarations import record_model
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.reading import Models, record, shipped
from decision_procedure.model.vocabulary import BindingKind
from decision_procedure.rules.ready import ready_law
from decision_procedure.sources import Source
from decision_procedure.wording import Bilingual

ScopeKind = Literal["in", "out", "unclear", "unstated"]


@dataclass(frozen=True, eq=False)
class Law:
    """The instruments loaded, and the register of instruments that are known.

    It can be pickled: it travels as the texts of its files. Raises UnusableArgument for an instrument that
    was changed after it was loaded.
    """

    packs: tuple[Pack, ...]
    register: tuple[Entry, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        shipped = standard_law()
        own = [pack for pack in self.packs if pack not in shipped.packs]
        names = tuple(pack.head.id for pack in self.packs if pack in shipped.packs)
        register = None if self.register == shipped.register else self.register
        return _law_of, (names, tuple(_file_of(pack) for pack in own), register)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the file of each instrument as `place/name.yaml` with its text. Raises UnusableArgument as above."""
        shipped = standard_law().packs
        for pack in self.packs:
            file, text = _file_of(pack)
            place = "cn" if pack.head.place == "cn" else f"cn-{pack.head.place}"
            yield (file if pack in shipped else f"{place}/{pack.head.id}.yaml"), text

    @property
    def instruments(self) -> Mapping[str, Head]:
        """What identifies each instrument loaded, by its identifier (`cn-713`)."""
        return {pack.head.id: pack.head for pack in self.packs}

    @property
    def steps(self) -> Mapping[str, Step]:
        """The steps of the procedure, of all instruments, by their identifiers."""
        return {step.id: step for pack in self.packs for step in pack.file.steps}

    @property
    def duties(self) -> Mapping[str, Duty]:
        """The duties, and the tests of order, of all instruments, by their full identifiers (`cn-713.15.1c`)."""
        return {rule.id: rule.duty for pack in self.packs for rule in pack.rules}

    @cached_property
    def words(self) -> Mapping[str, Bilingual]:
        """What everything that the instruments name is called, by what rules and reports call it.

        Those are steps, phases, who bears duties, kinds of act and of document, traits, and the keys of records.
        """
        found = {
            name: Bilingual(*names)
            for kinds in dict.fromkeys((SHIPPED, *(pack.kinds for pack in self.packs)))
            for name, names in kinds.all_names().items()
        }
        found |= {name: Bilingual.of(said) for pack in self.packs for name, said in pack.file.phases.items()}
        return found | {name: Bilingual.of(step.name) for name, step in self.steps.items()}

    @property
    def questions(self) -> frozenset[str]:
        """The identifiers of all that verdicts are on: every duty, and the scope of every instrument."""
        scopes = (f"{pack.head.id}.scope" for pack in self.packs)
        return frozenset((*scopes, *self.duties))

    def for_body(self, decision: Decision) -> tuple[Pack, ...]:
        """Return the instruments on the record's procedure whose place its body's code lies in, national ones always."""
        return self.on(decision.body.code or "", decision.procedure or "")

    def on(self, code: str, procedure: str = "") -> tuple[Pack, ...]:
        """Return the instruments for a GB/T 2260 code on a procedure (empty: that of major decisions)."""
        return tuple(
            pack
            for pack in self.packs
            if (pack.head.procedure or "") == procedure and covers_place(pack.head.place, code)
        )

    @cached_property
    def models(self) -> Models:
        """What the records of a body may hold, by its code and procedure: what ships, and what its instruments declare."""
        if not any(pack.declares for pack in self.packs):
            return shipped
        return lru_cache(maxsize=64)(
            lambda code, procedure: record_model(
                pack.file.declared for pack in self.on(code, procedure) if pack.declares
            )
        )

    def as_record(self, decision: Decision) -> Decision:
        """Return a record as one that may hold what this law declares for its body: itself where it is one.

        Raises UnusableInput for one that holds what only another law declares.
        """
        model = self.models(decision.body.code or "", decision.procedure or "")
        if type(decision) is model:
            return decision
        data = decision.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return record(Source("<record>", data), lambda *_: model)


@lru_cache(maxsize=1)
def standard_law() -> Law:
    """Return the law that travels with the library. Raises BadPack when a file of it is badly written."""
    ready = ready_law()
    if ready is None:
        packs = load_packs((name, rules.text(name)) for name in rules.instrument_names())
    else:
        packs = _by_identifier(closed_together(ready))
    return Law(packs, load_register(rules.text(rules.REGISTER), rules.REGISTER))


@lru_cache(maxsize=8)
def _law_of(
    shipped: tuple[str, ...], files: tuple[tuple[str, str], ...], register: tuple[Entry, ...] | None
) -> Law:
    """Return the law of these shipped instruments and the ones in these files; once for every record checked."""
    law = standard_law()
    known = [pack for pack in law.packs if pack.head.id in shipped]
    packs = _by_identifier((*known, *load_packs(files, known)))
    return Law(packs, law.register if register is None else register)


def _file_of(pack: Pack) -> tuple[str, str]:
    written = pack.as_written()
    if written is None:
        name = pack.head.id
        raise UnusableArgument(f"规则载入后被改动 the instrument was changed after it was loaded: {name}")
    return written


def load_packs(files: Iterable[tuple[str, str]], beside: Iterable[Pack] = ()) -> tuple[Pack, ...]:
    """Return the instruments written in `(name, text)` files, by identifier. Raises BadPack for all faults."""
    packs, faults = load_together(files, beside)
    if faults:
        raise BadPack(faults)
    return _by_identifier(packs)


def _by_identifier(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    return tuple(sorted(packs, key=lambda pack: pack.head.id))


Stage = Literal["before", "during", "after"]


class Force(NamedTuple):
    """When an instrument is in force, as far as its dates are known.

    `by` is a day by which it is known to have been, `end` the first day on which it no longer was (None: none
    known). Whatever its start, it never applies before its promulgation.
    """

    start: PartialDate | None
    end: PartialDate | None
    by: PartialDate | None = None
    promulgated: PartialDate | None = None

    def on(self, moment: PartialDate) -> Stage | None:
        """Say whether a moment lies before, during or after its time in force; None where the dates allow two."""
        start, end, sure = self.start, self.end, self.by or self.start
        if (start is not None and moment.last < start.first) or (
            self.promulgated is not None and moment.last < self.promulgated.first
        ):
            return "before"
        if end is not None and moment.first >= end.last - _DAY + 1:
            return "after"
        begun = sure is not None and moment.first >= sure.last - _DAY + 1
        return "during" if begun and (end is None or moment.last < end.first) else None


_DAY = 24 * 60


def in_force(pack: Pack, moment: PartialDate) -> Truth:
    """Say whether an instrument was in force; None when the stated date allows both."""
    stage = force_of(pack).on(moment)
    return None if stage is None else stage == "during"


@lru_cache(maxsize=1024)
def force_of(pack: Pack) -> Force:
    """Return when an instrument is in force."""
    head = pack.head
    return Force(head.in_force_from, head.in_force_to, head.in_force_by, head.promulgated)


def binding_of(pack: Pack, facts: Facts) -> BindingKind:
    """Say how an instrument binds the deciding body.

    The first condition that surely holds decides; where none does, it is uncertain.
    """
    frame = Frame(facts, None, facts.as_of.last)
    for kind, condition in _bindings(pack):
        if condition is not None and condition.decide(frame) is True:
            return kind
    return "uncertain"


def scope_of(pack: Pack, facts: Facts) -> tuple[ScopeKind, str | None]:
    """Say whether the matter is in scope, and why it is not surely so (`semantics.md` section 3, in its order).

    An excluded class: on the catalogue a person says which prevails, not on it the matter is out. A local
    exclusion takes it out of the local instrument, on the catalogue or not. Where the record does not say whether
    it belongs to a special procedure or kind of document, that is unstated.
    """
    frame = Frame(facts, None, facts.as_of.last)
    included, excluded = _scope(pack)
    is_in = included.decide(frame)
    belongs = True if pack.belongs is None else pack.belongs.decide(frame)
    if belongs is False:
        return "out", "scope"
    if excluded.decide(frame) is True:
        listed = None if facts.decision.catalogue is None else facts.decision.catalogue.listed
        if is_in is False or listed is False:
            return "out", "scope"
        return "unclear", "excluded_yet_listed" if listed else "excluded_unless_listed"
    if pack.excluded_locally is not None and pack.excluded_locally.decide(frame) is True:
        return "out", "excluded_locally"
    if belongs is None:
        return "unstated", "kind_unstated"
    return ("in", None) if is_in is True else ("unclear", "scope_unstated")


def applicability(pack: Pack, frame: Frame) -> dict[str, Tree]:
    """Return the evidence of `scope_of` and `binding_of`: the conditions that were looked at."""
    included, excluded = _scope(pack)
    trees = {"included": included.run(frame), "excluded": excluded.run(frame)}
    if pack.belongs is not None:
        trees["belongs"] = pack.belongs.run(frame)
    if pack.excluded_locally is not None:
        trees["excluded_locally"] = pack.excluded_locally.run(frame)
    for kind, condition in _bindings(pack):
        if condition is not None:
            trees[kind] = condition.run(frame)
            if trees[kind][2] is True:
                break
    return trees


def _scope(pack: Pack) -> tuple[Compiled, Compiled]:
    if pack.included is None or pack.excluded is None:
        raise ValueError(f"{pack.head.id} was not compiled")
    return pack.included, pack.excluded


def _bindings(pack: Pack) -> tuple[tuple[BindingKind, Compiled | None], ...]:
    return (
        ("not_bound", pack.not_bound),
        ("direct", pack.direct),
        ("reference", pack.reference),
        ("internal", pack.internal),
    )
