"""From verdicts to conclusions: what Python states as facts, what the rules conclude, and back to names.

Dates and absences are settled here (who held a post that day, that the record names nobody); every
conclusion comes from a production rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from decision_procedure.checking.compiled import compiled_law
from decision_procedure.inference import Engine, standard_rules
from decision_procedure.law.applicable import Law
from decision_procedure.law.facts import Facts
from decision_procedure.law.gates import GATED_STEPS
from decision_procedure.law.order import precedes
from decision_procedure.law.pack import Liability
from decision_procedure.law.passage import Passage, passage_of
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision, Post
from decision_procedure.model.posts import held_throughout
from decision_procedure.results.bearers import bearing_unit, engaged, stated_moment
from decision_procedure.results.conclusions import Conclusion, Fact
from decision_procedure.results.report import Report, Verdict

OPEN = ("violated", "needs_judgement", "undetermined")
_DECIDERS = ("chief", "leader", "staff")
_RESTING = ("legality_review", "submission", "deliberation", "decision")


def conclude(report: Report, law: Law, facts: Facts) -> tuple[Conclusion, ...]:
    """Return every conclusion on a report; empty, without starting the engine, when nothing is open.

    `facts` is what the record of the report establishes on its day. Raises EngineFailure.
    """
    results = [verdict for verdict in report.verdicts if verdict.outcome in OPEN and not verdict.untested]
    found = _engine().infer(_stated(report, law, facts, results)) if results else ()
    return tuple(
        Conclusion(_named(item.fact), item.rule, tuple(map(_named, item.premises))) for item in found
    )


_NOTHING = "— "
"""Stands, before the duty, for an act where nothing was done of it, and alone for a unit or party that the record does
not name: rules compare texts, and no identifier has a space in it."""


def _named(fact: Fact) -> Fact:
    """Return a fact of the rules as reports hold it: what stands for nothing is empty."""
    duty = next((value for value in fact.values if value.startswith(_NOTHING) and value != _NOTHING), "")
    values = tuple(["" if value.startswith(_NOTHING) else value for value in fact.values])
    return fact._replace(values=values, omits=duty.removeprefix(_NOTHING))


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(standard_rules())


def _stated(report: Report, law: Law, facts: Facts, results: list[Verdict]) -> Iterator[Fact]:
    decision = report.decision
    acts = {act.id or "": act for kind in facts.acts.values() for act in kind}
    recorded = {act.id or "": act for act in decision.acts} | acts
    liability = _Liability(decision, law, results, report)
    posts = _posts_by_unit(decision)
    for verdict in results:
        name, duty = verdict.duty, report.duties[verdict.duty]
        bearer, effect, closes = duty.bearer, duty.effect, duty.closes
        act = recorded.get(verdict.act or "")
        place = verdict.act or f"{_NOTHING}{name}"
        instrument = _instrument(name)
        yield Fact(
            "result",
            ("act", "bearer", "binding", "closes", "duty", "effect", "instrument", "outcome", "standing"),
            (
                place,
                bearer,
                verdict.binding,
                closes or "none",
                name,
                effect,
                instrument,
                verdict.outcome,
                "open" if verdict.made_good_by is None else "made_good",
            ),
        )
        unit = bearing_unit(decision, bearer, act, acts)
        if unit is None and verdict.outcome == "violated" and bearer != "XP":
            unit = _NOTHING
        if unit is not None:
            yield Fact("borne", ("act", "duty", "unit"), (place, name, unit))
        if _reaches_persons(verdict):
            if unit is not None:
                reached = tuple(liability.reached(name, bearer))
                yield from reached
                capacities = tuple(sorted({fact.get("capacity") for fact in reached}))
                yield from _holders(posts.get(unit, ()), unit, capacities, verdict.day, place)
            for party in engaged(bearer, act, verdict):
                yield Fact("engaged", ("act", "duty", "party"), (place, name, party or _NOTHING))
            if effect == "gate" and closes:
                marks = _MARKS.get(closes) or _own_marks(closes, law, decision)
                follow = tuple(_behind(act, closes, marks, facts, place))
                yield from follow
                if verdict.made_good_by is None:
                    yield from liability.examined(name, follow, facts, posts)
    yield from liability.facts()
    if liability.erred is not None:
        yield Fact("erred", ("ground",), (liability.erred,))
        yield from _dissent(facts)


def _instrument(duty: str) -> str:
    return duty.split(".", 1)[0]


def _reaches_persons(verdict: Verdict) -> bool:
    """Say whether liability may follow: only from a breach of law that binds directly (`semantics.md` 6)."""
    return verdict.outcome == "violated" and verdict.binding == "direct"


def answering(bearer: str) -> tuple[str, ...]:
    """Return whose provisions a breach may bring in: work that an agency may do brings in those on agencies."""
    return (bearer, "XP") if bearer in ("RA", "EV") else (bearer,)


class _Liability:
    """The liability provisions that the breaches of a report can bring in, and no others."""

    def __init__(self, decision: Decision, law: Law, results: list[Verdict], report: Report) -> None:
        finding = decision.outcome_finding
        is_made = finding is not None and finding.date.first <= PartialDate.written(report.as_of).last
        self.erred = (
            finding.kind if finding is not None and is_made and finding.major_loss_or_effect else None
        )
        grounds = ("breach",) if self.erred is None else ("breach", "outcome", "dissent")
        packs = self._packs = {pack.head.id: pack.file for pack in law.for_body(decision)}
        broken = dict.fromkeys(
            (_instrument(item.duty), report.duties[item.duty].bearer)
            for item in results
            if _reaches_persons(item)
        )
        if self.erred is not None:
            broken |= {(instrument, "DO"): None for instrument, _ in broken if packs[instrument].liability}
        self._provisions = {
            (instrument, whose): _provisions(packs[instrument].liability, whose, grounds)
            for instrument, bearer in broken
            for whose in answering(bearer)
        }
        self._named = dict.fromkeys(
            (item.duty, f"{_instrument(item.duty)}.{provision.id}")
            for item in results
            if _reaches_persons(item)
            for provision in self._spoken(item.duty, report.duties[item.duty].bearer)
            if provision.duties
        )

    def _spoken(self, duty: str, bearer: str) -> Iterator[Liability]:
        instrument, _, local = duty.partition(".")
        return (item for item in self._provisions[instrument, bearer] if item.speaks_of(local))

    def reached(self, duty: str, bearer: str) -> Iterator[Fact]:
        """Yield the posts that the provisions name for the breach of a duty: for one of the chief, the chief's alone."""
        instrument = _instrument(duty)
        for item in self._spoken(duty, bearer):
            for capacity in item.capacities:
                if bearer != "CH" or capacity == "chief":
                    provision = f"{instrument}.{item.id}"
                    yield Fact("reaches", ("capacity", "duty", "provision"), (capacity, duty, provision))

    def examined(
        self, duty: str, follow: Iterable[Fact], facts: Facts, posts: Mapping[str, list[_Held]]
    ) -> Iterator[Fact]:
        """Yield what brings the deciding body under a provision for resting on an act behind a gate.

        Who held a post that day is stated only where the competent authority found that the decision went wrong.
        """
        instrument, _, local = duty.partition(".")
        provisions = [item for item in self._packs[instrument].liability if local in item.examines]
        acts = {act.id: act for kind in ("deliberation", "decision") for act in facts.acts.get(kind, ())}
        unit = facts.decision.body.unit or _NOTHING
        for item in provisions:
            yield Fact("examines", ("duty", "provision"), (duty, f"{instrument}.{item.id}"))
        for fact in follow if provisions else ():
            act = acts.get(fact.get("act"))
            if act is None:
                continue
            name = act.id or ""
            yield Fact("deciding", ("act", "unit"), (name, unit))
            if self.erred is not None and act.anchor is not None:
                yield from self.reached(duty, "DO")
                yield Fact("borne", ("act", "duty", "unit"), (name, duty, unit))
                yield from _holders(posts.get(unit, ()), unit, _DECIDERS, act.anchor.text, name)

    def facts(self) -> Iterator[Fact]:
        """Yield what the law provides, as facts."""
        for duty, provision in self._named:
            yield Fact("names", ("duty", "provision"), (duty, provision))
        for (instrument, bearer), found in self._provisions.items():
            for item in found:
                if item.duties:
                    continue
                provision = f"{instrument}.{item.id}"
                yield Fact(
                    "provides",
                    ("bearer", "ground", "instrument", "provision"),
                    (bearer, item.ground, instrument, provision),
                )


def _provisions(given: Iterable[Liability], bearer: str, grounds: tuple[str, ...]) -> list[Liability]:
    return [item for item in given if bearer in item.bearers and item.ground in grounds]


_Held = tuple[str, str, Post]  # by which person, of which capacity


def _posts_by_unit(decision: Decision) -> dict[str, list[_Held]]:
    posts: dict[str, list[_Held]] = {}
    for person in decision.people:
        for post in person.posts:
            if post.capacity is not None:
                posts.setdefault(post.unit, []).append((person.id, post.capacity, post))
    return posts


def _holders(
    posts: Iterable[_Held],
    unit: str,
    capacities: tuple[str, ...],
    day: str,
    place: str,
) -> Iterator[Fact]:
    """Yield who held a post of these capacities on that day, and the capacities that nobody held."""
    moment = stated_moment(day)
    filled = set()
    for person, capacity, post in posts:
        if capacity in capacities and moment is not None and held_throughout(post, moment):
            filled.add(capacity)
            yield Fact("holds", ("act", "capacity", "person", "unit"), (place, capacity, person, unit))
    for capacity in capacities:
        if capacity not in filled:
            yield Fact("vacant", ("act", "capacity", "unit"), (place, capacity, unit))


def _marks(forbidden: str) -> dict[str, str]:
    """Return how each kind of act that a gate reaches is marked: as the step it forbids, or as resting on it."""
    resting = _RESTING[_RESTING.index(forbidden) + 1 :] if forbidden in _RESTING else ()
    return {forbidden: "step"} | dict.fromkeys(resting, "resting")


_MARKS: Mapping[str, Mapping[str, str]] = {
    closes: _marks(forbidden) for closes, forbidden in GATED_STEPS.items()
}


def _own_marks(forbidden: str, law: Law, decision: Decision) -> Mapping[str, str]:
    """Return the same of a gate that is none of a major decision: all that comes after its step rests on it."""
    procedure = compiled_law(law.for_body(decision)).procedure
    step = procedure.steps.get(forbidden)
    resting = sorted(procedure.kinds_after.get(forbidden, ()))
    return dict.fromkeys(resting, "resting") | dict.fromkeys(() if step is None else step.kinds, "step")


def _behind(
    tested: Act | None, closes: str, marks: Mapping[str, str], facts: Facts, place: str
) -> Iterator[Fact]:
    """Yield the acts that are the step a gate forbids, or rest on it (`marks`).

    A gate tested on one act holds for its round and draft, from the day it began. What rests on a submission
    rests on the last one of its draft before it.
    """
    for kind, mark in marks.items():
        alone = mark == "step" and tested is not None and tested.kind == kind
        for act in facts.acts.get(kind, ()):
            if tested is None or act is tested or (not alone and _after(tested, act, facts)):
                yield Fact("follows", ("act", "as", "of", "step"), (act.id or "", mark, place, closes))


def _after(tested: Act, act: Act, facts: Facts) -> bool:
    """Say whether an act belongs to the passage and draft of the tested one and was not done before it."""
    passage = passage_of(facts, tested)
    if (
        tested.for_ != act.for_
        or passage.linked(tested.round, act.round) is not True
        or passage.drafts.same(tested.draft, act.draft) is False
    ):
        return False
    if precedes(act.begun, tested.begun) is True:
        return False
    return tested.kind != "submission" or _resting_on(act, passage) is tested


def _resting_on(act: Act, passage: Passage) -> Act | None:
    """Return the last submission of its draft before an act; None: not on record."""
    found = [
        item
        for item in passage.facts.acts.get("submission", ())
        if item.for_ == act.for_
        and passage.linked(item.round, act.round) is True
        and passage.drafts.same(item.draft, act.draft) is not False
        and precedes(act.begun, item.begun) is not True
    ]
    return max(found, key=lambda item: 0 if item.begun is None else item.begun.first, default=None)


def _dissent(facts: Facts) -> Iterator[Fact]:
    for act in facts.acts.get("deliberation", ()):
        for attendee in act.attendees:
            if attendee.person is not None and attendee.view in ("against", "reserved"):
                yield Fact("dissented", ("act", "person"), (act.id or "", attendee.person))
