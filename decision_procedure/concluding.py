"""From verdicts to conclusions: what Python states as facts, what the rules conclude, and back to names.

Dates and absences are settled here (who held a post that day, that the record names nobody); every
conclusion comes from a production rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from decision_procedure.bearing import UNSTATED, bearing_unit, engaged, held_throughout, stated_moment
from decision_procedure.conclusions import Conclusion, Fact
from decision_procedure.graph import GATED_STEPS
from decision_procedure.inference import Engine, standard_rules
from decision_procedure.law.applicable import Law
from decision_procedure.law.facts import KIND_OF
from decision_procedure.model.acts import Act, Deliberation
from decision_procedure.model.decision import Decision, Post
from decision_procedure.report import Report, Verdict

OPEN = ("violated", "needs_judgement", "undetermined")
_RESTING = ("legality_review", "submission", "deliberation", "decision")
_OMISSION = "—"


def conclude(decision: Decision, report: Report, law: Law, acts: dict[str, Act]) -> tuple[Conclusion, ...]:
    """Return every conclusion on a report; empty, without starting the engine, when nothing is open.

    `acts` holds the acts that took place, by identifier, implied ones included. Raises EngineFailure.
    """
    results = [verdict for verdict in report.verdicts if verdict.outcome in OPEN]
    if not results:
        return ()
    return _engine().infer(_facts(decision, report, law, acts, results))


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(standard_rules())


def _facts(
    decision: Decision,
    report: Report,
    law: Law,
    acts: dict[str, Act],
    results: list[Verdict],
) -> Iterator[Fact]:
    recorded = {act.id or "": act for act in decision.acts} | acts
    liability = _Liability(decision, law, results, report)
    posts = _posts_by_unit(decision)
    for verdict in results:
        duty = report.duties[verdict.duty]
        act = recorded.get(verdict.act or "")
        place = verdict.act or f"{_OMISSION}{verdict.duty}"
        yield Fact.of(
            "result",
            duty=verdict.duty,
            act=place,
            instrument=_instrument(verdict),
            outcome=verdict.outcome,
            effect=duty["effect"],
            binding=verdict.binding,
            bearer=duty["bearer"],
            closes=duty["closes"] or "none",
        )
        unit = bearing_unit(decision, duty["bearer"], act, acts)
        if unit is None and verdict.outcome == "violated" and duty["bearer"] != "XP":
            unit = UNSTATED
        if unit is not None:
            yield Fact.of("borne", duty=verdict.duty, act=place, unit=unit)
        if _reaches_persons(verdict):
            if unit is not None:
                capacities = liability.capacities(_instrument(verdict), duty["bearer"])
                yield from _holders(posts.get(unit, ()), unit, capacities, verdict.day, place)
            for party in engaged(duty["bearer"], act, verdict):
                yield Fact.of("engaged", duty=verdict.duty, act=place, party=party)
            if duty["effect"] == "gate":
                yield from _behind(act, duty["closes"], acts, place)
    yield from liability.facts()
    if liability.erred is not None:
        yield Fact.of("erred", ground=liability.erred)
        yield from _dissent(acts)


def _instrument(verdict: Verdict) -> str:
    return verdict.duty.split(".", 1)[0]


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
        self.erred = finding.kind if finding is not None and finding.major_loss_or_effect else None
        grounds = ("breach",) if self.erred is None else ("breach", "outcome", "dissent")
        packs = {pack.head.id: pack.file for pack in law.packs}
        broken = {
            (_instrument(item), bearer)
            for item in results
            if _reaches_persons(item)
            for bearer in answering(report.duties[item.duty]["bearer"])
        }
        self._provisions = [
            (instrument, bearer, item)
            for instrument, bearer in sorted(broken)
            for item in packs[instrument].liability
            if bearer in item.bearers and item.ground in grounds
        ]

    def capacities(self, instrument: str, bearer: str) -> tuple[str, ...]:
        """Return the kinds of post that the provisions on a bearer's breach name."""
        found = [item for law, whose, item in self._provisions if (law, whose) == (instrument, bearer)]
        return tuple(sorted({capacity for item in found for capacity in item.capacities}))

    def facts(self) -> Iterator[Fact]:
        """Yield what the law provides, as facts."""
        reached = set()
        for instrument, bearer, item in self._provisions:
            provision = f"{instrument}.{item.id}"
            yield Fact.of(
                "provides", provision=provision, instrument=instrument, bearer=bearer, ground=item.ground
            )
            reached |= {(provision, capacity) for capacity in item.capacities}
        for provision, capacity in sorted(reached):
            yield Fact.of("reaches", provision=provision, capacity=capacity)


def _posts_by_unit(decision: Decision) -> dict[str, list[tuple[str, Post]]]:
    """Return the posts by unit; never by the mark that stands for a unit the record does not name."""
    posts: dict[str, list[tuple[str, Post]]] = {}
    for person in decision.people:
        for post in person.posts:
            if post.capacity is not None and post.unit != UNSTATED:
                posts.setdefault(post.unit, []).append((person.id, post))
    return posts


def _holders(
    posts: Iterable[tuple[str, Post]],
    unit: str,
    capacities: tuple[str, ...],
    day: str,
    place: str,
) -> Iterator[Fact]:
    """Yield who held a post of these capacities on that day, and the capacities that nobody held."""
    moment = stated_moment(day)
    filled = set()
    for person, post in posts:
        if post.capacity in capacities and moment is not None and held_throughout(post, moment):
            filled.add(post.capacity)
            yield Fact.of("holds", person=person, capacity=str(post.capacity), unit=unit, act=place)
    for capacity in capacities:
        if capacity not in filled:
            yield Fact.of("vacant", capacity=capacity, unit=unit, act=place)


def _behind(tested: Act | None, closes: str, acts: dict[str, Act], place: str) -> Iterator[Fact]:
    """Yield the acts that are the step a gate forbids, or rest on it up to the decision.

    A gate tested on one act holds for its round and draft, from the day it began.
    """
    forbidden = GATED_STEPS[closes]
    resting = _RESTING[_RESTING.index(forbidden) + 1 :] if forbidden in _RESTING else ()
    for name, act in acts.items():
        kind = KIND_OF[type(act)]
        if kind not in (forbidden, *resting) or (tested is not None and not _after(tested, act)):
            continue
        if (
            kind == forbidden
            and tested is not None
            and KIND_OF[type(tested)] == forbidden
            and act is not tested
        ):
            continue
        role = "step" if kind == forbidden else "resting"
        yield Fact.of("follows", act=name, step=closes, of=place, **{"as": role})


def _after(tested: Act, act: Act) -> bool:
    """Say whether an act belongs to the round and draft of the tested one and was not done before it."""
    if act.round != tested.round or (act.draft and tested.draft and act.draft != tested.draft):
        return False
    start, begun = tested.begun, act.begun
    return start is None or begun is None or begun.last >= start.first


def _dissent(acts: dict[str, Act]) -> Iterator[Fact]:
    for name, act in acts.items():
        if isinstance(act, Deliberation):
            for attendee in act.attendees:
                if attendee.person is not None and attendee.view in ("against", "reserved"):
                    yield Fact.of("dissented", person=attendee.person, act=name)
