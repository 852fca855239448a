"""Facts to start from, the engine and its oracle: shared by the tests of inference."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from oracle import Oracle

from decision_procedure.inference import Engine, standard_rules
from decision_procedure.inference.rules_file import ProductionRules
from decision_procedure.results.conclusions import Conclusion, Fact
from decision_procedure.rules import text

RULES = standard_rules()
ENGINE = Engine(RULES)
ORACLE = Oracle(text("inference.yaml"))


# --- facts to start from ------------------------------------------------------------------------------------


def result(**changes: str) -> Fact:
    values = {
        "duty": "d1", "act": "review", "instrument": "cn-713", "outcome": "violated", "effect": "duty",
        "binding": "direct", "bearer": "CU", "closes": "none", "standing": "open",
    }  # fmt: skip
    return Fact.of("result", **(values | changes))


GATE = result(effect="gate", closes="submission")
BORNE = Fact.of("borne", duty="d1", act="review", unit="u1")
HEAD = Fact.of("holds", person="p1", capacity="leader", unit="u1", act="review")
BREACH = Fact.of("provides", provision="cn-713.39", instrument="cn-713", bearer="CU", ground="breach")
OUTCOME = Fact.of("provides", provision="cn-713.38.2", instrument="cn-713", bearer="CU", ground="outcome")
DISSENT = Fact.of("provides", provision="cn-713.38.3", instrument="cn-713", bearer="CU", ground="dissent")
ERRED = Fact.of("erred", ground="serious_error")
DISSENTED = Fact.of("dissented", person="p1", act="meeting")


def reaches(provision: str, capacity: str = "leader", duty: str = "d1") -> Fact:
    return Fact.of("reaches", provision=provision, capacity=capacity, duty=duty)


def follows(act: str, role: str, step: str = "submission", of: str = "review") -> Fact:
    return Fact.of("follows", act=act, step=step, of=of, **{"as": role})


def concluded(*facts: Fact) -> set[str]:
    return {conclusion.fact.kind for conclusion in ENGINE.infer(facts)}


def only(kind: str, *facts: Fact) -> Conclusion:
    (conclusion,) = [found for found in ENGINE.infer(facts) if found.fact.kind == kind]
    return conclusion


def some_facts(rules: ProductionRules, pick: random.Random, most: int) -> list[Fact]:
    """Return up to `most` facts for each kind, of so few values that they join often."""

    def value(domain: Any) -> str:
        return pick.choice(["t1", "t2", "t3"]) if domain == "text" else pick.choice(domain)

    return [
        Fact.of(kind.name, **{name: value(domain) for name, domain in kind.properties})
        for kind in rules.facts
        for _ in range(pick.randint(0, most))
    ]


def likely_facts(pick: random.Random) -> list[Fact]:
    """Return facts of the standard rules that often lead to the last stratum."""
    few = {
        "act": "t1", "of": "t1", "unit": "t1", "instrument": "t1", "bearer": "t1", "binding": "direct",
        "outcome": "violated", "closes": "submission", "step": "submission", "effect": "gate", "duty": "t1", "person": "t1",
    }  # fmt: skip
    facts = []
    for fact in some_facts(RULES, pick, 4):
        values = {
            name: few[name] if name in few and pick.random() < 0.6 else value for name, value in fact.items()
        }
        if fact.kind == "provides" and pick.random() < 0.3:
            values["bearer"] = pick.choice(["XP", "XP", "DO"])
        at_decision = pick.random() < 0.1
        for name in ("closes", "step"):
            if name in values and at_decision:
                values[name] = "decision"
        facts.append(Fact.of(fact.kind, **values))
    return facts


@pytest.fixture(autouse=True)
def no_session_is_left_open() -> Iterator[None]:
    yield

    for worker in ENGINE._workers.values():
        assert not worker.lock.locked()
