"""Facts and rules that are refused, with every fault at once."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from inference_facts import (
    ENGINE,
    GATE,
    follows,
    no_session_is_left_open,  # noqa: F401  # a fixture
)

from decision_procedure.errors import BadPack
from decision_procedure.inference.rules_file import load_rules
from decision_procedure.results.conclusions import Fact

# --- facts that are refused ---------------------------------------------------------------------------------


def changed(**values: Any) -> Fact:
    return Fact.of("follows", **(dict(follows("talk", "step").items()) | values))


BAD_FACTS = {
    "undeclared kind": Fact.of("rumour", duty="d1"),
    "conclusion": Fact.of("behind", act="a", duty="d", of="b"),
    "no property": Fact("erred", (), ()),
    "missing property": Fact.of("follows", act="talk", step="submission"),
    "extra property": Fact.of("erred", ground="serious_error", note="x"),
    "unsorted properties": Fact("follows", *(part[::-1] for part in follows("talk", "step")[1:])),
    "word not listed": Fact.of("erred", ground="bad_luck"),
    "number for a text": changed(act=1),
    "boolean": changed(act=True),
    "float": changed(act=1.0),
    "none": changed(act=None),
    "list": changed(act=["talk"]),
    "list for a word": changed(**{"as": ["step"]}),
    "too few values": Fact("borne", ("act", "duty", "unit"), ("a", "d")),
}


@pytest.mark.parametrize("fact", BAD_FACTS.values(), ids=BAD_FACTS.keys())
def test_a_fact_that_the_rules_do_not_declare_is_refused(fact: Fact) -> None:
    with pytest.raises(ValueError, match="not facts that the rules declare") as raised:
        ENGINE.infer([GATE, fact])

    assert repr(fact) in str(raised.value)
    assert repr(GATE) not in str(raised.value)


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

    assert "没有此事实或者结论：tld，是否为 told?" in raised.value.text("zh")
