from __future__ import annotations

import multiprocessing
import os
import pickle
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Oracle

from decision_procedure.errors import BadPack, EngineFailure
from decision_procedure.inference import Conclusion, Engine, Fact, ProductionRules, load_rules, standard_rules
from decision_procedure.rules import text

RULES = standard_rules()
ENGINE = Engine(RULES)
ORACLE = Oracle(text("inference.yaml"))


# --- facts to start from ------------------------------------------------------------------------------------


def result(**changes: str) -> Fact:
    values = {
        "duty": "d1", "act": "review", "instrument": "cn-713", "outcome": "violated", "effect": "duty",
        "binding": "direct", "bearer": "CU", "closes": "none",
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


def reaches(provision: str, capacity: str = "leader") -> Fact:
    return Fact.of("reaches", provision=provision, capacity=capacity)


def follows(act: str, role: str, step: str = "submission", of: str = "review") -> Fact:
    return Fact.of("follows", act=act, step=step, of=of, **{"as": role})


def concluded(*facts: Fact) -> set[str]:
    return {conclusion.fact.kind for conclusion in ENGINE.infer(facts)}


def only(kind: str, *facts: Fact) -> Conclusion:
    (conclusion,) = [found for found in ENGINE.infer(facts) if found.fact.kind == kind]
    return conclusion


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
            name: few[name] if name in few and pick.random() < 0.6 else value for name, value in fact.values
        }
        if fact.kind == "provides" and pick.random() < 0.3:
            values["bearer"] = "XP"
        facts.append(Fact.of(fact.kind, **values))
    return facts


def test_engine_and_oracle_agree_on_ten_thousand_sets_of_facts() -> None:
    pick = random.Random(713)  # noqa: S311
    seen: set[str] = set()

    for _ in range(10_000):
        facts = likely_facts(pick)
        expected = ORACLE.infer(facts)
        assert ENGINE.infer(facts) == expected
        seen |= {conclusion.rule for conclusion in expected}

    assert seen == {rule.id for stratum in RULES.strata for rule in stratum.rules}


FACTS = st.lists(
    st.one_of(
        [
            st.builds(
                lambda kind, values: Fact(kind, tuple(values)),
                st.just(kind.name),
                st.tuples(
                    *(
                        st.tuples(
                            st.just(name),
                            st.sampled_from(["a", "b"] if domain == "text" else domain),
                        )
                        for name, domain in kind.properties
                    )
                ),
            )
            for kind in RULES.facts
        ]
    ),
    max_size=30,
)


@settings(max_examples=300, deadline=None)
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


# --- trust in the engine ------------------------------------------------------------------------------------


def test_importing_the_module_loads_no_engine() -> None:
    code = "import sys, decision_procedure.inference; sys.exit('durable_rules_engine' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_a_fact_that_a_rule_could_start_from_the_engine_is_not_touched() -> None:
    engine = Engine(RULES)

    assert engine.infer([]) == ()
    assert engine.infer([BORNE, HEAD, BREACH, ERRED]) == ()
    assert engine._workers == {}


def test_the_order_and_repetition_of_facts_change_nothing() -> None:
    pick = random.Random(5)  # noqa: S311
    facts = likely_facts(pick)
    expected = ENGINE.infer(facts)

    for _ in range(50):
        shuffled = facts * 2
        pick.shuffle(shuffled)
        assert ENGINE.infer(iter(shuffled)) == expected


def test_conclusions_are_sorted_and_none_stands_twice() -> None:
    found = ENGINE.infer(likely_facts(random.Random(9)))  # noqa: S311

    assert list(found) == sorted(set(found))


def test_three_hundred_breaches_with_forty_people_lose_nothing() -> None:
    facts = [reaches("out"), reaches("out", "staff"), ERRED, DISSENT._replace(kind="provides")]
    facts += [Fact.of("provides", provision="out", instrument="cn-713", bearer="CU", ground="outcome")]
    for number in range(300):
        act, unit = f"a{number % 10}", f"u{number % 5}"
        facts += [
            result(duty=f"d{number}", act=act, effect="gate", closes="submission"),
            Fact.of("borne", duty=f"d{number}", act=act, unit=unit),
        ]
    for act in range(10):
        facts.append(follows(f"x{act}", "step", of=f"a{act}"))
        for person in range(40):
            post = {"capacity": "leader" if person % 4 else "chief", "unit": f"u{person % 5}"}
            facts.append(Fact.of("holds", person=f"p{person}", act=f"a{act}", **post))

    found = ENGINE.infer(facts)

    count = {
        kind: sum(each.fact.kind == kind for each in found) for kind in ("finding", "behind", "answerable")
    }
    assert count == {"finding": 300, "behind": 300, "answerable": 300 * 6}


def test_two_hundred_breaches_that_each_join_two_hundred_acts_lose_nothing() -> None:
    facts = [result(duty=f"d{number}", effect="gate", closes="submission") for number in range(200)]
    facts += [follows(f"x{number}", "step") for number in range(200)]

    assert sum(each.fact.kind == "behind" for each in ENGINE.infer(facts)) == 200 * 200


@pytest.mark.parametrize(
    "text",
    ["", "讨论", "a１", 'a","x":"b', "a\\", "talk\n", "a" * 100_000, "1", "t1", "XP", "\ud800", "\0", "any"],
)
def test_any_text_may_stand_in_a_fact_and_joins_with_itself_alone(text: str) -> None:
    facts = [result(act=text), Fact.of("borne", duty="d1", act=text, unit="u1"), BREACH]
    others = [result(act=text), Fact.of("borne", duty="d1", act=f"{text}x", unit="u1"), BREACH]

    assert only("bore", *facts).fact == Fact.of("bore", duty="d1", act=text, unit="u1")
    assert concluded(*others) == {"finding", "consequence"}


def test_threads_share_one_engine() -> None:
    sets = [likely_facts(random.Random(seed)) for seed in range(200)]  # noqa: S311

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ENGINE.infer, sets))

    assert found == [ORACLE.infer(facts) for facts in sets]


def infer_in_child(seed: int) -> tuple[int, tuple[Conclusion, ...]]:
    return os.getpid(), ENGINE.infer(likely_facts(random.Random(seed)))  # noqa: S311


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_of_a_pool_infer_the_same(method: str) -> None:
    expected = [infer_in_child(seed)[1] for seed in range(40)]

    with multiprocessing.get_context(method).Pool(2) as pool:
        found = pool.map(infer_in_child, range(40), chunksize=5)

    assert [conclusions for _, conclusions in found] == expected
    assert os.getpid() not in {process for process, _ in found}


def test_a_fork_while_a_thread_infers_does_not_wait_for_its_lock() -> None:
    ENGINE.infer([GATE])
    worker = ENGINE._workers[os.getpid()]

    with worker.lock, multiprocessing.get_context("fork").Pool(1) as pool:
        found = pool.apply_async(infer_in_child, (1,)).get(timeout=30)

    assert found[1] == infer_in_child(1)[1]


def test_an_engine_can_be_pickled() -> None:
    copy = pickle.loads(pickle.dumps(ENGINE))  # noqa: S301

    assert copy.infer([GATE]) == ENGINE.infer([GATE])


def test_memory_stays_flat_over_twenty_thousand_runs() -> None:
    def run(times: int) -> int:
        for _ in range(times):
            ENGINE.infer([GATE, follows("talk", "step")])
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = run(1_000)

    assert run(20_000) - before < 8_000


class Faulty:
    """Stands before the real engine and spoils the answers of `assert_facts`, a given number of times."""

    def __init__(self, engine: Any, spoil: Any, times: int) -> None:
        self._engine, self._spoil, self._times = engine, spoil, times
        self.sessions: list[str] = []
        self.open: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def assert_facts(self, handle: int, facts: str) -> tuple[int, int]:
        session = facts.split('"sid":"')[1].split('"')[0]
        self.sessions.append(session)
        self.open.add(session)
        if '"serial"' in facts and self._times:
            self._times -= 1
            return self._spoil(self._engine, handle, facts)
        return self._engine.assert_facts(handle, facts)

    def delete_state(self, handle: int, session: str) -> None:
        self.open.remove(session)
        self._engine.delete_state(handle, session)


def dropped(engine: Any, handle: int, facts: str) -> tuple[int, int]:
    return 2, engine.assert_facts(handle, facts)[1]


def without_anchor(engine: Any, handle: int, facts: str) -> tuple[int, int]:
    return engine.assert_facts(handle, facts[: facts.rindex(",{")] + "]")


def broken(engine: Any, handle: int, facts: str) -> tuple[int, int]:
    raise engine.error("Could not assert facts, error code: 303")


def spoilt(spoil: Any, times: int) -> tuple[Engine, Faulty]:
    engine = Engine(RULES)
    engine.infer([GATE])
    worker = engine._workers[os.getpid()]
    worker._engine = faulty = Faulty(worker._engine, spoil, times)
    return engine, faulty


@pytest.mark.parametrize("spoil", [dropped, without_anchor, broken])
def test_a_run_that_lost_a_fact_is_repeated_in_a_fresh_session(spoil: Any) -> None:
    engine, faulty = spoilt(spoil, times=2)

    found = engine.infer([GATE, follows("talk", "step")])

    assert found == ENGINE.infer([GATE, follows("talk", "step")])
    assert len(set(faulty.sessions)) == 3
    assert not faulty.open


@pytest.mark.parametrize("spoil", [dropped, without_anchor, broken])
def test_an_engine_that_keeps_losing_facts_is_reported_and_stays_usable(spoil: Any) -> None:
    engine, faulty = spoilt(spoil, times=4)

    with pytest.raises(EngineFailure, match="failed 4 times"):
        engine.infer([GATE])

    assert not faulty.open
    assert engine.infer([GATE]) == ENGINE.infer([GATE])


# --- facts that are refused ---------------------------------------------------------------------------------


def changed(**values: Any) -> Fact:
    return Fact("follows", tuple(sorted((dict(follows("talk", "step").values) | values).items())))


BAD_FACTS = {
    "undeclared kind": Fact.of("rumour", duty="d1"),
    "conclusion": Fact.of("behind", act="a", duty="d", of="b"),
    "no property": Fact("erred", ()),
    "missing property": Fact.of("follows", act="talk", step="submission"),
    "extra property": Fact.of("erred", ground="serious_error", note="x"),
    "unsorted properties": Fact("follows", tuple(reversed(follows("talk", "step").values))),
    "word not listed": Fact.of("erred", ground="bad_luck"),
    "number for a text": changed(act=1),
    "boolean": changed(act=True),
    "float": changed(act=1.0),
    "none": changed(act=None),
    "list": changed(act=["talk"]),
}


@pytest.mark.parametrize("fact", BAD_FACTS.values(), ids=BAD_FACTS.keys())
def test_a_fact_that_the_rules_do_not_declare_is_refused(fact: Fact) -> None:
    with pytest.raises((ValueError, TypeError)):
        ENGINE.infer([GATE, fact])


def test_a_fact_knows_only_its_own_properties() -> None:
    assert GATE.get("effect") == "gate"
    with pytest.raises(KeyError):
        GATE.get("colour")


# --- rules that are refused ---------------------------------------------------------------------------------

HEADER = """\
schema: 1
facts:
  seen: {who: text, n: text, how: [well, badly]}
  told: {who: text}
conclusions:
  known: {who: text, how: [well]}
  spread: {who: text}
strata:
  - name: first
    rules:
      - {id: known, zh: 知, en: known, if: [seen: {who: $w, how: well}], then: {known: {who: $w, how: well}}}
  - name: second
    rules:
      - {id: spread, zh: 传, en: spread, if: [known: {who: $w}, told: {who: $w}], then: {spread: {who: $w}}}
"""


def faults(written: str) -> list[str]:
    with pytest.raises(BadPack) as raised:
        load_rules(written, "x.yaml")
    return [fault.text("en") for fault in raised.value.faults]


def test_sound_rules_load() -> None:
    rules = load_rules(HEADER, "x.yaml")

    assert [rule.id for stratum in rules.strata for rule in stratum.rules] == ["known", "spread"]
    assert rules.rule("spread").zh == "传"
    assert rules == pickle.loads(pickle.dumps(rules))  # noqa: S301
    with pytest.raises(KeyError):
        rules.rule("rumour")


def with_rule(if_: str, then: str, identifier: str = "extra") -> str:
    return HEADER + f"      - {{id: {identifier}, zh: 规则, en: rule, if: [{if_}], then: {{{then}}}}}\n"


BAD_RULES = {
    "an unknown kind, with the nearest": (with_rule("sen: {who: $w}", "spread: {who: $w}"), "did you mean seen?"),
    "an unknown property": (with_rule("told: {whom: $w}", "spread: {who: $w}"), "told: whom, did you mean who?"),
    "an unknown word": (with_rule("seen: {who: $w, how: wel}", "spread: {who: $w}"), "word: wel, did you mean well?"),
    "an unbound variable": (with_rule("told: {who: $who}", "spread: {who: $whom}"), "$whom, did you mean $who?"),
    "a fact as conclusion": (with_rule("told: {who: $w}", "told: {who: $w}"), "no such fact or conclusion: told"),
    "a property missing in the conclusion": (
        HEADER.replace("then: {known: {who: $w, how: well}}", "then: {known: {who: $w}}"),
        "property missing: how",
    ),
    "a rule id used twice": (with_rule("told: {who: $w}", "spread: {who: $w}", "known"), "rule id used twice: known"),
    "a bad rule id": (with_rule("told: {who: $w}", "spread: {who: $w}", "传"), "not a usable rule id: 传"),
    "a conclusion of its own stratum": (with_rule("spread: {who: $w}", "spread: {who: $w}"), "its own or a later"),
    "a conclusion of a later stratum": (
        HEADER.replace("if: [seen: {who: $w, how: well}]", "if: [spread: {who: $w}, seen: {who: $w}]"),
        "its own or a later stratum: spread",
    ),
    "no pattern": (HEADER.replace("if: [known: {who: $w}, told: {who: $w}]", "if: []"), "a list that is not empty"),
    "too many patterns": (
        with_rule(", ".join(f"seen: {{who: $w, n: {n}}}" for n in range(15)), "spread: {who: $w}"),
        "too many patterns in one rule: 15",
    ),
    "too many rules on one anchor": (
        HEADER + "".join(
            f"      - {{id: r{n}, zh: 规, en: r, if: [told: {{who: a{n}}}], then: {{spread: {{who: a}}}}}}\n" for n in range(250)
        ),
        "too many rules in one stratum: 251",
    ),
    "too many patterns on one kind": (
        HEADER + "".join(
            f"      - {{id: r{n}, zh: 规, en: r, if: [told: {{who: a{n}}}], then: {{spread: {{who: a}}}}}}\n" for n in range(60)
        ),
        "too many patterns that use it: 61",
    ),
    "two patterns that one fact could meet": (
        with_rule("told: {who: $w}, told: {who: $v}", "spread: {who: $w}"),
        "two patterns of told could be one fact",
    ),
    "a variable twice in one pattern": (with_rule("seen: {who: $w, how: $w}", "spread: {who: $w}"), "twice in one pattern"),
    "a bad variable": (with_rule("told: {who: $W}", "spread: {who: $W}"), "not a usable variable: $W"),
    "a join of words that never meet": (
        HEADER.replace("n: text", "n: [one, two]").replace("if: [seen: {who: $w, how: well}]", "if: [seen: {n: $w, how: well}, seen: {how: $w, n: one}]"),
        "can never equal",
    ),
    "a value that the conclusion does not allow": (
        HEADER.replace("if: [seen: {who: $w, how: well}], then: {known: {who: $w, how: well}}",
                       "if: [seen: {who: $w, how: $h}], then: {known: {who: $w, how: $h}}"),
        "a value that this property does not allow",
    ),
    "a token that is not ascii": (with_rule("told: {who: 张三}", "spread: {who: a}"), "short ASCII word"),
    "a token that looks like a number": (with_rule("told: {who: 7}", "spread: {who: a}"), "short ASCII word"),
    "a truth value": (with_rule("seen: {who: $w, n: true}", "spread: {who: $w}"), "short ASCII word that begins with a letter: True"),
    "a property named id": (HEADER.replace("told: {who: text}", "told: {who: text, id: text}"), "reserved name, not to be used: id"),
    "a property named sid": (HEADER.replace("told: {who: text}", "told: {who: text, sid: text}"), "reserved name, not to be used: sid"),
    "a name that is not plain": (HEADER.replace("n: text", "n.x: text"), "lower-case letters and _ only: n.x"),
    "an unknown domain": (HEADER.replace("n: text", "n: float"), "must be text or a list of words: float"),
    "a kind declared twice": (HEADER.replace("  spread: {who: text}\n", "  spread: {who: text}\n  told: {who: text}\n"), "already the name of a fact"),
    "a fact that no rule uses": (HEADER.replace("  told: {who: text}\n", "  told: {who: text}\n  lost: {who: text}\n"), "no rule uses it: lost"),
    "a conclusion that no rule draws": (HEADER.replace("  spread: {who: text}\n", "  spread: {who: text}\n  lost: {who: text}\n"), "no rule concludes it: lost"),
    "a stratum named twice": (HEADER.replace("name: second", "name: first"), "name used twice: first"),
    "an unknown key": (HEADER.replace("zh: 知,", "zh: 知, cite: x,"), "no such key: cite, did you mean cites?"),
    "a missing key": (HEADER.replace("zh: 知, ", ""), "key missing: zh"),
    "an empty text": (HEADER.replace("zh: 知", "zh: ''"), "must be a text"),
    "two kinds in one pattern": (with_rule("{told: {who: $w}, seen: {who: $w}}", "spread: {who: $w}"), "must be one"),
    "a pattern without properties": (with_rule("told: {}", "spread: {who: a}"), "must be keys with values"),
    "another schema": (HEADER.replace("schema: 1", "schema: 2"), "schema must be 1"),
    "a list for the whole": ("- 1", "must be keys with values"),
    "broken yaml": ("schema: [", "YAML"),
    "nothing": (" ", "nothing in it"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), BAD_RULES.values(), ids=BAD_RULES.keys())
def test_a_badly_written_rule_is_refused(written: str, expected: str) -> None:
    assert [fault for fault in faults(written) if expected in fault]


def test_all_faults_of_a_file_are_reported_at_once_with_their_lines() -> None:
    written = HEADER.replace("n: text", "n: float").replace("told: {who: $w}]", "tld: {who: $w}]")
    written += "      - {id: spread, zh: 规则, en: rule, if: [told: {whom: $w}], then: {spread: {who: $v}}}\n"

    found = faults(written)

    assert found == [
        "x.yaml:3: facts.seen.n: must be text or a list of words: float",
        "x.yaml:14: strata[1].rules[0].if[1].tld: no such fact or conclusion: tld, did you mean told?",
        "x.yaml:15: strata[1].rules[1].id: rule id used twice: spread",
        "x.yaml:15: strata[1].rules[1].if[0].told.whom: no such property of told: whom, did you mean who?",
        "x.yaml:15: strata[1].rules[1].then.spread.who: no such variable under `if`: $v",
    ]


def test_every_fault_is_said_in_chinese_too() -> None:
    with pytest.raises(BadPack) as raised:
        load_rules(HEADER.replace("told: {who: $w}]", "tld: {who: $w}]"), "x.yaml")

    assert "没有此事实或者结论:tld,是否为 told?" in raised.value.text("zh")


@pytest.fixture(autouse=True)
def no_session_is_left_open() -> Iterator[None]:
    yield

    for worker in ENGINE._workers.values():
        assert not worker.lock.locked()
