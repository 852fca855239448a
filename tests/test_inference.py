"""What follows from what, and that the engine and a plain forward chainer agree on it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inference_facts import (
    BORNE,
    BREACH,
    DISSENT,
    DISSENTED,
    ENGINE,
    ERRED,
    GATE,
    HEAD,
    ORACLE,
    OUTCOME,
    RULES,
    concluded,
    follows,
    likely_facts,
    no_session_is_left_open,  # noqa: F401  # a fixture
    only,
    reaches,
    result,
    some_facts,
)
from oracle import Oracle

from decision_procedure.inference import Engine
from decision_procedure.inference.rules_file import load_rules
from decision_procedure.results.conclusions import Fact

# --- what follows from what ---------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["violated", "needs_judgement", "undetermined"])
def test_every_outcome_handed_in_is_a_finding(outcome: str) -> None:
    fact = result(outcome=outcome)

    found = only("finding", fact)

    assert found.fact.get("severity") == outcome
    assert found.rule == "finding"
    assert found.premises == (fact,)


def test_a_violated_gate_duty_closes_its_gate() -> None:
    found = only("gate", GATE)

    assert found.fact == Fact.of("gate", duty="d1", act="review", closes="submission", state="closed")


@pytest.mark.parametrize("binding", ["reference", "internal", "uncertain"])
def test_a_gate_duty_that_does_not_bind_directly_closes_nothing(binding: str) -> None:
    fact = result(effect="gate", closes="submission", binding=binding)

    assert concluded(fact, follows("talk", "step"), follows("vote", "resting")) == {"finding"}


def test_a_violated_duty_that_is_no_gate_closes_nothing() -> None:
    assert concluded(result(closes="submission"), follows("talk", "step")) == {"finding"}


@pytest.mark.parametrize("outcome", ["needs_judgement", "undetermined"])
@pytest.mark.parametrize("binding", ["direct", "reference"])
def test_an_open_question_on_a_gate_duty_leaves_the_gate_unknown_and_marks_no_act(
    outcome: str, binding: str
) -> None:
    fact = result(effect="gate", closes="submission", outcome=outcome, binding=binding)

    assert (
        only("gate", fact, follows("talk", "step"), follows("vote", "resting")).fact.get("state") == "unknown"
    )
    assert concluded(fact, follows("talk", "step"), follows("vote", "resting")) == {"finding", "gate"}


def test_an_act_that_is_the_forbidden_step_is_behind_the_closed_gate() -> None:
    act = follows("talk", "step")

    found = only("behind", GATE, act)

    assert found.fact == Fact.of("behind", act="talk", duty="d1", of="review")
    assert found.premises == (only("gate", GATE).fact, act)


def test_an_act_that_rests_on_the_forbidden_step_is_marked_as_resting_on_it() -> None:
    assert only("rests", GATE, follows("vote", "resting")).fact == Fact.of(
        "rests", act="vote", duty="d1", of="review"
    )
    assert "behind" not in concluded(GATE, follows("vote", "resting"))


def test_an_act_of_another_round_or_another_step_stands_behind_no_gate() -> None:
    assert concluded(GATE, follows("talk", "step", of="review2"), follows("talk", "step", step="issue")) == {
        "finding",
        "gate",
    }


def test_a_breach_brings_in_the_provision_on_that_bearer() -> None:
    found = only("consequence", result(), BREACH)

    assert found.fact == Fact.of("consequence", provision="cn-713.39", duty="d1", act="review", bearer="CU")


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "undetermined"}, {"outcome": "needs_judgement"}, {"binding": "reference"},
        {"binding": "uncertain"}, {"bearer": "LR"}, {"instrument": "gd-183"},
    ],
)  # fmt: skip
def test_nothing_but_a_direct_breach_of_that_instrument_by_that_bearer_reaches_liability(
    change: dict[str, str],
) -> None:
    facts = [
        result(**change),
        BORNE,
        HEAD,
        BREACH,
        OUTCOME,
        ERRED,
        reaches("cn-713.39"),
        reaches("cn-713.38.2"),
    ]

    assert concluded(*facts) <= {"finding", "settles", "bore"}


@pytest.mark.parametrize("outcome", ["needs_judgement", "undetermined"])
def test_an_open_question_can_be_settled_by_the_unit_that_bore_the_duty(outcome: str) -> None:
    found = only("settles", result(outcome=outcome), BORNE)

    assert found.fact == Fact.of("settles", duty="d1", act="review", unit="u1")


def test_a_breach_is_not_to_be_settled() -> None:
    assert concluded(result(), BORNE) == {"finding", "bore"}


@pytest.mark.parametrize("binding", ["direct", "reference"])
def test_the_unit_that_bore_a_violated_duty_is_concluded_however_the_duty_binds(binding: str) -> None:
    fact = result(binding=binding)

    found = only("bore", fact, BORNE)

    assert found.fact == Fact.of("bore", duty="d1", act="review", unit="u1")
    assert found.premises == (fact, BORNE)


ENGAGED = Fact.of("engaged", duty="d1", act="review", party="e1")
EXPERTS = Fact.of("provides", provision="cn-713.41", instrument="cn-713", bearer="XP", ground="breach")


@pytest.mark.parametrize("bearer", ["XP", "RA", "EV"])
def test_a_breach_in_the_work_of_an_agency_brings_in_the_provision_on_agencies(bearer: str) -> None:
    found = only("commissioned", result(bearer=bearer), ENGAGED, EXPERTS)

    assert found.fact == Fact.of("commissioned", provision="cn-713.41", duty="d1", act="review", party="e1")


@pytest.mark.parametrize(
    "change", [{"outcome": "undetermined"}, {"outcome": "needs_judgement"}, {"binding": "reference"}]
)
def test_nothing_but_a_direct_breach_reaches_an_agency(change: dict[str, str]) -> None:
    assert concluded(result(**change), ENGAGED, EXPERTS) == {"finding"}


def test_who_held_a_post_that_the_provision_names_is_answerable() -> None:
    staff = Fact.of("holds", person="p2", capacity="staff", unit="u1", act="review")
    elsewhere = Fact.of("holds", person="p3", capacity="leader", unit="u2", act="review")
    earlier = Fact.of("holds", person="p4", capacity="leader", unit="u1", act="draft")

    found = only("answerable", result(), BORNE, HEAD, staff, elsewhere, earlier, BREACH, reaches("cn-713.39"))

    assert found.fact == Fact.of(
        "answerable",
        person="p1",
        capacity="leader",
        unit="u1",
        provision="cn-713.39",
        duty="d1",
        act="review",
    )


def test_each_conclusion_leads_back_to_the_facts_handed_in() -> None:
    facts = {result(), BORNE, HEAD, BREACH, reaches("cn-713.39")}
    by_fact = {conclusion.fact: conclusion for conclusion in ENGINE.infer(facts)}
    trail = [only("answerable", *facts).fact]

    for fact in trail:
        trail += by_fact[fact].premises if fact in by_fact else ()

    assert [fact.kind for fact in trail if fact in by_fact] == [
        "answerable",
        "answers",
        "consequence",
        "finding",
    ]
    assert {fact for fact in trail if fact not in by_fact} == facts


def test_a_post_that_the_record_leaves_open_is_reported_as_unidentified() -> None:
    vacant = Fact.of("vacant", capacity="leader", unit="u1", act="review")

    found = only("unidentified", result(), BORNE, vacant, BREACH, reaches("cn-713.39"))

    assert found.fact == Fact.of(
        "unidentified", capacity="leader", unit="u1", provision="cn-713.39", duty="d1", act="review"
    )


def test_without_a_recorded_error_nothing_is_traced_back_and_dissent_counts_for_nothing() -> None:
    facts = [result(), BORNE, HEAD, OUTCOME, DISSENT, DISSENTED, reaches("cn-713.38.2")]

    assert concluded(*facts) == {"finding", "bore"}
    assert {"traced", "answers", "answerable", "mitigated"} <= concluded(*facts, ERRED)


def test_dissent_on_a_serious_error_brings_in_the_provision_on_dissent() -> None:
    other = Fact.of("holds", person="p2", capacity="leader", unit="u1", act="review")

    found = only(
        "mitigated", result(), BORNE, HEAD, other, OUTCOME, DISSENT, DISSENTED, reaches("cn-713.38.2"), ERRED
    )

    assert found.fact == Fact.of("mitigated", person="p1", provision="cn-713.38.3", act="meeting")


def test_dissent_does_not_lessen_responsibility_for_undue_delay() -> None:
    delay = Fact.of("erred", ground="undue_delay")

    kinds = concluded(result(), BORNE, HEAD, OUTCOME, DISSENT, DISSENTED, reaches("cn-713.38.2"), delay)

    assert "answerable" in kinds
    assert "mitigated" not in kinds


def test_dissent_does_not_lessen_responsibility_for_a_mere_breach() -> None:
    kinds = concluded(result(), BORNE, HEAD, BREACH, DISSENT, DISSENTED, reaches("cn-713.39"), ERRED)

    assert "answerable" in kinds
    assert "mitigated" not in kinds


def test_a_conclusion_that_follows_in_two_ways_is_kept_with_both() -> None:
    again = Fact.of("provides", provision="cn-713.39", instrument="cn-713", bearer="CU", ground="outcome")

    found = [
        each for each in ENGINE.infer([result(), BORNE, BREACH, again, ERRED]) if each.fact.kind == "answers"
    ]

    assert [each.rule for each in found] == ["answers.breach", "answers.outcome"]
    assert len({each.fact for each in found}) == 1


# --- the engine against the oracle --------------------------------------------------------------------------


def test_engine_and_oracle_agree_on_five_thousand_sets_of_facts() -> None:
    pick = random.Random(713)  # noqa: S311
    seen: set[str] = set()

    for _ in range(5_000):
        facts = likely_facts(pick)
        expected = ORACLE.infer(facts)
        assert ENGINE.infer(facts) == expected
        seen |= {conclusion.rule for conclusion in expected}

    assert seen == {rule.id for stratum in RULES.strata for rule in stratum.rules}


FACTS = st.lists(
    st.one_of(
        [
            st.builds(
                Fact,
                st.just(kind.name),
                st.just(tuple(name for name, _ in kind.properties)),
                st.tuples(
                    *(
                        st.sampled_from(["a", "b"] if domain == "text" else domain)
                        for _, domain in kind.properties
                    )
                ),
                st.just(""),
            )
            for kind in RULES.facts
        ]
    ),
    max_size=30,
)


@settings(max_examples=300)
@given(FACTS)
def test_engine_and_oracle_agree_on_whatever_hypothesis_finds(facts: list[Fact]) -> None:
    assert ENGINE.infer(facts) == ORACLE.infer(facts)


def test_engine_and_oracle_agree_under_rules_of_any_shape() -> None:
    pick = random.Random(38)  # noqa: S311
    conclusions = 0

    for _ in range(60):
        written = random_rules(pick)
        engine, oracle = Engine(load_rules(written, "random.yaml")), Oracle(written)
        for _ in range(20):
            facts = some_facts(engine.rules, pick, 6)
            expected = oracle.infer(facts)
            assert engine.infer(facts) == expected
            conclusions += len(expected)

    assert conclusions > 5_000


def random_rules(pick: random.Random) -> str:
    """Return rules over three kinds of facts, two to each of three strata, joined at random."""
    names = ["p", "q", "r"]
    kinds = ["aa", "bb", "cc", "s_a", "s_b", "s_c"]
    declared = "{p: text, q: text, r: text}"
    lines = ["schema: 1", "facts:", *(f"  {kind}: {declared}" for kind in kinds[:3])]
    lines += ["conclusions:", *(f"  {kind}: {declared}" for kind in kinds[3:]), "strata:"]
    for stratum in range(3):
        lines += [f"  - name: n{stratum}", "    rules:"]
        for number in range(2):
            # Each kind of fact is used and each kind of conclusion concluded, as the linter demands.
            used = [
                kinds[stratum],
                *pick.sample([k for k in kinds[: 3 + stratum] if k != kinds[stratum]], pick.randint(0, 2)),
            ]
            free = ["$x", "$y", "$z"]
            lines += [
                f"      - id: r{stratum}.{number}",
                "        zh: 规则",
                "        en: rule",
                "        if:",
            ]
            bound = set()
            for kind in pick.sample(used, len(used)):
                variables = pick.sample(free, 3)
                chosen = [
                    (name, variable if pick.random() < 0.8 else pick.choice(["t1", "t2"]))
                    for name, variable in zip(names, variables, strict=True)
                    if pick.random() < 0.8
                ] or [("p", "$x")]
                bound |= {value for _, value in chosen if value.startswith("$")}
                lines.append(
                    f"          - {kind}: {{{', '.join(f'{name}: {value}' for name, value in chosen)}}}"
                )
            then = ", ".join(f"{name}: {pick.choice(sorted(bound) or ['t1'])}" for name in names)
            lines += ["        then:", f"          {kinds[3 + stratum]}: {{{then}}}"]
    return "\n".join(lines)
