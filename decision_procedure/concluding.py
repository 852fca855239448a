"""From verdicts to conclusions: what Python states as facts, what the rules conclude, and back to names.

Dates and absences are settled here (who held a post that day, that the record names nobody); every
conclusion comes from a production rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from decision_procedure.graph import GATED_STEPS
from decision_procedure.inference import Conclusion, Engine, Fact, standard_rules
from decision_procedure.law.applicable import Law
from decision_procedure.law.evidence import Tree, leaves, place_text
from decision_procedure.law.pack import PackFile
from decision_procedure.model.acts import (
    Act,
    Deliberation,
    Evaluation,
    ExecutionAssignment,
    Expert,
    ExpertReview,
    Initiation,
    RiskAssessment,
)
from decision_procedure.model.dates import PartialDate, parse_date
from decision_procedure.model.decision import Decision, Post
from decision_procedure.report import Derived, Report, Statement, Verdict

OPEN = ("violated", "needs_judgement", "undetermined")
_RESTING = ("submission", "deliberation", "decision")
_OMISSION = "—"
UNSTATED = "—"
_EXPERT = re.compile(r"\.experts\[(\d+)\]")


class _Tokens:
    """Short ASCII names for identifiers of the record, and the way back."""

    def __init__(self) -> None:
        self._token: dict[tuple[str, str], str] = {}
        self._meaning: dict[str, str] = {}

    def of(self, letter: str, value: str) -> str:
        found = self._token.get((letter, value))
        if found is None:
            found = f"{letter}{len(self._token)}"
            self._token[letter, value] = found
            self._meaning[found] = value
        return found

    def statement(self, fact: Fact) -> Statement:
        return fact.kind, tuple(
            (name, self._meaning.get(str(value), str(value))) for name, value in fact.values
        )


def conclude(decision: Decision, report: Report, law: Law, acts: dict[str, Act]) -> tuple[Derived, ...]:
    """Return every conclusion on a report; empty, without starting the engine, when nothing is open.

    `acts` holds the acts that took place, by identifier, implied ones included. Raises EngineFailure.
    """
    results = [verdict for verdict in report.verdicts if verdict.outcome in OPEN]
    if not results:
        return ()
    tokens = _Tokens()
    facts = list(_facts(decision, report, law, acts, results, tokens))
    named = [_named(conclusion, tokens) for conclusion in _engine().infer(facts)]
    return tuple(sorted(named, key=lambda item: (item.kind, item.values, item.rule, item.premises)))


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(standard_rules())


def _named(conclusion: Conclusion, tokens: _Tokens) -> Derived:
    kind, values = tokens.statement(conclusion.fact)
    return Derived(
        kind, values, conclusion.rule, tuple(tokens.statement(premise) for premise in conclusion.premises)
    )


def _facts(
    decision: Decision,
    report: Report,
    law: Law,
    acts: dict[str, Act],
    results: list[Verdict],
    tokens: _Tokens,
) -> Iterator[Fact]:
    packs = {pack.head.id: pack.file for pack in law.packs}
    people = False
    for verdict in results:
        duty = report.duties[verdict.duty]
        instrument = verdict.duty.split(".", 1)[0]
        act = acts.get(verdict.act or "")
        place = tokens.of("a", verdict.act or f"{_OMISSION}{verdict.duty}")
        name = tokens.of("d", verdict.duty)
        yield Fact.of(
            "result",
            duty=name,
            act=place,
            instrument=tokens.of("i", instrument),
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
            yield Fact.of("borne", duty=name, act=place, unit=tokens.of("u", unit))
        if verdict.outcome == "violated" and verdict.binding == "direct":
            people = True
            if unit is not None:
                yield from _posts(decision, unit, verdict.day, place, tokens)
            for party in _engaged(duty["bearer"], act, verdict):
                yield Fact.of("engaged", duty=name, act=place, party=tokens.of("e", party))
            if duty["effect"] == "gate" and act is not None:
                yield from _behind(act, duty["closes"], acts, place, tokens)
    if people:
        for instrument in sorted({verdict.duty.split(".", 1)[0] for verdict in results}):
            yield from _liability(packs[instrument], tokens)
        yield from _outcome(decision, acts, tokens)


def bearing_unit(decision: Decision, bearer: str, act: Act | None, acts: Mapping[str, Act]) -> str | None:
    """Return the unit that bears a duty, by its bearer and the act tested; None when the record names none."""
    if bearer in ("DO", "CH", "MB"):
        return decision.body.unit
    if bearer == "CU":
        return decision.lead_unit or _sole(
            act.undertakers for act in acts.values() if isinstance(act, Initiation)
        )
    if bearer == "XP":
        return None
    if bearer == "EV" and isinstance(act, Evaluation) and act.commissioned is False and act.evaluator:
        return act.evaluator
    if act is not None:
        return act.unit
    if bearer == "EX":
        return _sole(item.executors for item in acts.values() if isinstance(item, ExecutionAssignment))
    return None


def _sole(named: Iterable[tuple[str, ...]]) -> str | None:
    """Return the one unit that acts name; None when they name several or none."""
    units = {unit for group in named for unit in group}
    return units.pop() if len(units) == 1 else None


def _engaged(bearer: str, act: Act | None, verdict: Verdict) -> Iterator[str]:
    """Yield the experts and agencies whose own work the duty speaks of, as `kind:name`.

    `UNSTATED` stands for one that the record does not name.
    """
    if bearer == "XP":
        experts = act.experts if isinstance(act, ExpertReview) else ()
        places = " ".join(_false_places(verdict.trees["require"])) if "require" in verdict.trees else ""
        numbers = {int(number) for number in _EXPERT.findall(places)}
        at_fault = [expert for number, expert in enumerate(experts) if number in numbers]
        yield from sorted({_party(expert) for expert in at_fault} or {UNSTATED})
    elif bearer == "RA" and isinstance(act, RiskAssessment) and act.third_party_commissioned:
        yield f"unit:{act.third_party}" if act.third_party else UNSTATED
    elif bearer == "EV" and isinstance(act, Evaluation) and act.commissioned:
        yield f"unit:{act.evaluator}" if act.evaluator else UNSTATED


def _party(expert: Expert) -> str:
    if expert.person is not None:
        return f"person:{expert.person}"
    if expert.body is not None:
        return f"unit:{expert.body}"
    return UNSTATED if expert.name is None else f"name:{expert.name}"


def _false_places(tree: Tree) -> Iterator[str]:
    """Yield the places that made a tree false; a false part of a condition that holds made nothing false."""
    if tree[2] is not False:
        return
    false = [child for child in tree[4] if child[2] is False]
    for child in false:
        yield from _false_places(child)
    if not false:
        yield from (place_text(leaf[3]) for leaf in leaves(tree))


def _posts(decision: Decision, unit: str, day: str, place: str, tokens: _Tokens) -> Iterator[Fact]:
    moment = stated_moment(day)
    filled = set()
    for person in decision.people:
        for post in person.posts:
            if (
                unit == UNSTATED
                or post.unit != unit
                or post.capacity is None
                or moment is None
                or not held_throughout(post, moment)
            ):
                continue
            filled.add(post.capacity)
            yield Fact.of(
                "holds",
                person=tokens.of("p", person.id),
                capacity=post.capacity,
                unit=tokens.of("u", unit),
                act=place,
            )
    for capacity in ("chief", "leader", "staff"):
        if capacity not in filled:
            yield Fact.of("vacant", capacity=capacity, unit=tokens.of("u", unit), act=place)


def stated_moment(day: str) -> PartialDate | None:
    """Return the date of a verdict; None when only an end of it is known."""
    return None if day.startswith("≤") else parse_date(day)


def held_throughout(post: Post, moment: PartialDate) -> bool:
    """Say whether a post was surely held on every day on which `moment` may lie.

    An unknown beginning shows nothing; an unknown end means still held.
    """
    if post.since is None or post.since.last_day > moment.first_day:
        return False
    return post.until is None or post.until.first_day >= moment.last_day


def _behind(tested: Act, closes: str, acts: dict[str, Act], place: str, tokens: _Tokens) -> Iterator[Fact]:
    forbidden = GATED_STEPS[closes]
    order = [kind for kind in _RESTING if _RESTING.index(kind) >= _RESTING.index(forbidden)]
    start = tested.begun
    for name, act in acts.items():
        kind = type(act).model_fields["kind"].default
        if (
            kind not in order
            or act.round != tested.round
            or (act.draft or tested.draft) != (tested.draft or act.draft)
        ):
            continue
        begun = act.begun
        if start is not None and begun is not None and begun.last < start.first:
            continue
        if kind == forbidden and forbidden == "submission" and act is not tested:
            continue
        at = 1 if kind == forbidden else 0
        yield Fact.of("follows", act=tokens.of("a", name), step=closes, at=at, of=place)


def _liability(pack: PackFile, tokens: _Tokens) -> Iterator[Fact]:
    for item in pack.liability:
        provision = tokens.of("l", f"{pack.head.id}.{item.id}")
        instrument = tokens.of("i", pack.head.id)
        for bearer in item.bearers:
            yield Fact.of(
                "provides", provision=provision, instrument=instrument, bearer=bearer, ground=item.ground
            )
        for capacity in item.capacities:
            yield Fact.of("reaches", provision=provision, capacity=capacity)


def _outcome(decision: Decision, acts: dict[str, Act], tokens: _Tokens) -> Iterator[Fact]:
    finding = decision.outcome_finding
    if finding is not None and finding.major_loss_or_effect:
        yield Fact.of("erred", ground=finding.kind)
    for name, act in acts.items():
        if isinstance(act, Deliberation):
            for attendee in act.attendees:
                if attendee.person is not None and attendee.view in ("against", "reserved"):
                    yield Fact.of(
                        "dissented", person=tokens.of("p", attendee.person), act=tokens.of("a", name)
                    )
