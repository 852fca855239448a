"""Trust in the engine: nothing is lost, processes and threads share it, a faulty one is reported."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import random
import re
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from conftest import HANGS
from inference_facts import (
    BORNE,
    BREACH,
    DISSENT,
    ENGINE,
    ERRED,
    GATE,
    HEAD,
    ORACLE,
    RULES,
    concluded,
    follows,
    likely_facts,
    no_session_is_left_open,  # noqa: F401  # a fixture
    only,
    reaches,
    result,
)

from decision_procedure.errors import EngineFailure
from decision_procedure.inference import Engine
from decision_procedure.results.conclusions import Conclusion, Fact


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
    facts = [ERRED, DISSENT._replace(kind="provides")]
    facts += [Fact.of("provides", provision="out", instrument="cn-713", bearer="CU", ground="outcome")]
    for number in range(300):
        act, unit = f"a{number % 10}", f"u{number % 5}"
        facts += [
            result(duty=f"d{number}", act=act, effect="gate", closes="submission"),
            Fact.of("borne", duty=f"d{number}", act=act, unit=unit),
            reaches("out", duty=f"d{number}"),
            reaches("out", "staff", duty=f"d{number}"),
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
        found = pool.apply_async(infer_in_child, (1,)).get(timeout=HANGS)

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
        self.batches: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def assert_facts(self, handle: int, facts: str) -> tuple[int, int]:
        session = facts.split('"sid":"')[1].split('"')[0]
        self.sessions.append(session)
        self.open.add(session)
        self.batches.append(facts)
        if "#" in facts and self._times:
            self._times -= 1
            return self._spoil(self._engine, handle, facts)
        return self._engine.assert_facts(handle, facts)

    def delete_state(self, handle: int, session: str) -> None:
        self.open.remove(session)
        self._engine.delete_state(handle, session)


def dropped(engine: Any, handle: int, facts: str) -> tuple[int, int]:
    return 2, engine.assert_facts(handle, facts)[1]


def without_end(engine: Any, handle: int, facts: str) -> tuple[int, int]:
    return engine.assert_facts(handle, facts[: facts.rindex(",{")] + "]")


def broken(engine: Any, handle: int, facts: str) -> tuple[int, int]:
    raise engine.error("Could not assert facts, error code: 303")


def spoilt(spoil: Any, times: int) -> tuple[Engine, Faulty]:
    engine = Engine(RULES)
    engine.infer([GATE])
    worker = engine._workers[os.getpid()]
    worker._engine = faulty = Faulty(worker._engine, spoil, times)
    return engine, faulty


@pytest.mark.parametrize("spoil", [dropped, without_end, broken])
def test_a_run_that_lost_a_fact_is_repeated_in_a_fresh_session(spoil: Any) -> None:
    engine, faulty = spoilt(spoil, times=2)

    found = engine.infer([GATE, follows("talk", "step")])

    assert found == ENGINE.infer([GATE, follows("talk", "step")])
    assert len(set(faulty.sessions)) == 3
    assert not faulty.open


@pytest.mark.parametrize("spoil", [dropped, without_end, broken])
def test_an_engine_that_keeps_losing_facts_is_reported_and_stays_usable(spoil: Any) -> None:
    engine, faulty = spoilt(spoil, times=4)

    with pytest.raises(EngineFailure, match="failed 4 times"):
        engine.infer([GATE])

    assert not faulty.open
    assert engine.infer([GATE]) == ENGINE.infer([GATE])


def test_a_fact_waits_until_a_rule_may_use_it() -> None:
    engine, seen = spoilt(dropped, times=0)

    engine.infer([GATE, BORNE, HEAD, reaches("cn-713.39"), follows("talk", "step")])

    marks = set(re.findall('"([A-Z]+)":1', "".join(seen.batches)))
    assert marks == {"RESULT", "BORNE", "FOLLOWS", "GATE"}


def test_no_text_of_a_fact_and_nothing_but_ascii_reaches_the_engine() -> None:
    engine, seen = spoilt(dropped, times=0)

    engine.infer([result(act="讨论#1#", duty='d","sid":"x')])

    given = "".join(seen.batches)
    assert given.isascii()
    assert '"x"' not in given
