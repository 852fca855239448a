"""From verdicts to conclusions: what Python states as facts, what the rules conclude, and back to names.

Dates and absences are settled here (who held a post that day, that the record names nobody); every
conclusion comes from a production rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from decision_procedure.graph import GATED_STEPS
from decision_procedure.inference import Conclusion, Engine, Fact, standard_rules
from decision_procedure.law.applicable import Law
from decision_procedure.law.pack import PackFile
from decision_procedure.model.acts import Act, Deliberation, ExecutionAssignment
from decision_procedure.model.dates import PartialDate, parse_date
from decision_procedure.model.decision import Decision
from decision_procedure.report import Derived, Report, Statement, Verdict

OPEN = ("violated", "needs_judgement", "undetermined")
_RESTING = ("submission", "deliberation", "decision")
_OMISSION = "—"


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
        unit = _bearing_unit(decision, duty["bearer"], act, acts)
        if unit is not None:
            yield Fact.of("borne", duty=name, act=place, unit=tokens.of("u", unit))
        if verdict.outcome == "violated" and verdict.binding == "direct":
            people = True
            if unit is not None:
                yield from _posts(decision, unit, verdict.day, place, tokens)
            if duty["effect"] == "gate" and act is not None:
                yield from _behind(act, duty["closes"], acts, place, tokens)
    if people:
        for instrument in sorted({verdict.duty.split(".", 1)[0] for verdict in results}):
            yield from _liability(packs[instrument], tokens)
        yield from _outcome(decision, acts, tokens)


def _bearing_unit(decision: Decision, bearer: str, act: Act | None, acts: dict[str, Act]) -> str | None:
    if bearer in ("DO", "CH", "MB"):
        return decision.body.unit
    if bearer == "CU":
        return decision.lead_unit
    if bearer == "EX":
        named = [item.executors for item in acts.values() if isinstance(item, ExecutionAssignment)]
        return next((executors[0] for executors in named if len(executors) == 1), None)
    return None if act is None or bearer == "XP" else act.unit


def _posts(decision: Decision, unit: str, day: str, place: str, tokens: _Tokens) -> Iterator[Fact]:
    moment = _moment(day)
    filled = set()
    for person in decision.people:
        for post in person.posts:
            if (
                post.unit != unit
                or post.capacity is None
                or moment is None
                or not _held(post.since, post.until, moment)
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


def _moment(day: str) -> PartialDate | None:
    return None if day.startswith("≤") else parse_date(day)


def _held(since: PartialDate | None, until: PartialDate | None, moment: PartialDate) -> bool:
    return since is not None and since.last <= moment.last and (until is None or until.first >= moment.first)


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
