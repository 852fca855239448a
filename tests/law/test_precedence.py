"""Precedence: no instrument lowers what higher law says, unless the higher text lets it and its pack says where."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import DAY, record
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.errors import BadPack
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.county import extended_law
from decision_procedure.law.head import Head
from decision_procedure.law.loading import load_pack
from decision_procedure.law.precedence import kind_of, lowering, may_override, stands_above
from decision_procedure.results.report import SEVERITY, Verdict
from decision_procedure.sources import read_yaml

SAMPLE = Path(__file__).parents[2] / "docs" / "county-rules" / "示例县-征求意见规定.yaml"
COUNTY = {"level": "county", "place": "999901", "kind": "县级规范性文件"}
CITY = {"level": "city", "place": "9999", "kind": "市级政府规章"}
PROVINCE = {"level": "province", "place": "99", "kind": "省级政府规章"}
STATUTE = {"level": "province", "place": "99", "kind": "地方性法规"}
LAW = {"level": "national", "place": "cn", "kind": "法律"}
REGULATION = {"level": "national", "place": "cn", "kind": "行政法规"}
POLICY = {"level": "national", "place": "cn", "kind": "国务院文件"}


def pack(head: dict[str, Any], *duties: dict[str, Any], **rest: Any) -> str:
    """Return the file of an instrument: the sample county rule under another head, its duties changed."""
    data = sample()
    data["head"] |= head
    (first, *_), plain = data["duties"], {"examples": {}, "displaces": [], "adds_to": []}
    data["duties"] = [first | plain | duty for duty in duties or ({},)]
    data["scope"] |= rest.pop("scope", {})
    return json.dumps(data | rest, ensure_ascii=False, indent=1)  # which is YAML as well


def sample() -> Any:
    return copy.deepcopy(_sample())


@cache
def _sample() -> Any:
    return read_yaml(SAMPLE.read_text(encoding="utf-8"), SAMPLE.name).data


def loaded(folder: Path, text: str) -> Law:
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return extended_law([folder])


def leave_open(head: dict[str, Any]) -> str:
    scope = {"excluded_locally": "traits.urgent_shortening", "leaves_open": ["cn-713"]}
    return pack(head, scope=scope | {"excluded_locally": "traits.normative_document"})


def with_step(**step: Any) -> str:
    told = {
        "id": "own_step",
        "name": {"zh": "一", "en": "one"},
        "kinds": ["filing"],
        "phase": "execution",
        "bearer": "DO",
    }
    return pack(COUNTY, steps=[told | step])


def in_a_circle(before: str, after: str) -> str:
    """Return an instrument that puts steps of the Regulation, told as it tells them, in the other order."""
    regulation = next(item for item in standard_law().packs if item.head.id == "cn-713")
    assert regulation.source is not None
    told = regulation.source.data["steps"]
    steps = [step | {"required_by": []} for step in told if step["id"] in (before, after)]
    edge = {"before": before, "after": after, "article": "第三条", "strength": "stated", "time_word": "前"}
    return pack(COUNTY, steps=steps, order=[edge])


LOWERING: dict[str, str] = {
    **{
        f"a county document displaces {duty}": pack(COUNTY, {"displaces": [duty]})
        for duty in (
            "cn-713.15.1c", "cn-713.31", "cn-713.25.2a", "cn-713.30.1b", "cn-713.24b", "cn-713.16.3c", "comp-fcr.FCR-18",
            "nat-org.ORG-78", "track-land.26-risk", "comp-ogi.OGI-26", "nat-2008.N08-3c", "gd-183.gate1", "gd-obe.47",
        )
    },
    "a city rule displaces the Regulation": pack(CITY, {"displaces": ["cn-713.15.1c"]}),
    "a city rule displaces a provincial statute": pack({**CITY, "place": "4412"}, {"displaces": ["gd-obe.47"]}),
    "a provincial rule displaces the Regulation": pack(PROVINCE, {"displaces": ["cn-713.25.2a"]}),
    "a provincial rule displaces a policy of the State Council": pack(PROVINCE, {"displaces": ["nat-2010.N10-c"]}),
    "a provincial statute displaces the Regulation": pack(STATUTE, {"displaces": ["cn-713.31"]}),
    "a provincial document displaces the Regulation on hearings": pack(
        {**PROVINCE, "kind": "省级规范性文件"}, {"displaces": ["cn-713.16.3c"]}
    ),
    "an administrative regulation displaces a law": pack(REGULATION, {"displaces": ["nat-org.ORG-78"]}),
    "a policy document displaces the Regulation": pack(POLICY, {"displaces": ["cn-713.14.1"]}),
    "a county calls its document an administrative regulation": pack(
        {**COUNTY, "kind": "行政法规"}, {"displaces": ["cn-713.15.1c"]}
    ),
    "a county document yields to the Regulation": pack(COUNTY, {"yields_to": ["cn-713.15.1c"]}),
    "a provincial rule yields to the Regulation": pack(PROVINCE, {"yields_to": ["cn-713.25.2a"]}),
    "a law yields to a document": pack(LAW, {"yields_to": ["zq-pp-2023.publish"]}),
    "an administrative regulation yields to a provincial rule": pack(REGULATION, {"yields_to": ["gd-183.notice"]}),
    "a county duty succeeds one of the Regulation": pack(COUNTY, {"succeeds": ["cn-713.15.1c"]}),
    "a county document succeeds the Regulation": pack({**COUNTY, "succeeds": ["cn-713"]}),
    "a county document narrows the Regulation": leave_open(COUNTY),
    "a city rule narrows the Regulation": leave_open(CITY),
    "a provincial document narrows the Regulation": leave_open({**PROVINCE, "kind": "省级规范性文件"}),
    "a county says anew what submission is": with_step(id="submission"),
    "a county says anew what legality review is": with_step(id="legality_review", kinds=["legality_review"]),
    "a county takes a review as implied by the meeting": with_step(kinds=["legality_review"], shown_by=["deliberation"]),
    "a county takes a Party report as implied": with_step(kinds=["party_report"], shown_by=["issue"]),
    **{
        f"a county puts {before} before {after}": in_a_circle(before, after)
        for before, after in (("issue", "legality_review"), ("decision", "initiation"), ("deliberation", "submission"))
    },
    "a county claims the level of the country": pack({**COUNTY, "level": "national"}, {"displaces": ["cn-713.31"]}),
    "a county claims the level of its province": pack({**COUNTY, "level": "province"}),
}  # fmt: skip


@pytest.mark.parametrize("text", LOWERING.values(), ids=LOWERING)
def test_what_would_lower_higher_law_does_not_load(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadPack) as refused:
        loaded(tmp_path, text)

    assert all(fault.file.endswith("own.yaml") and fault.line for fault in refused.value.faults)


ALLOWED: dict[str, str] = {
    "16.1 lets a provincial rule settle hearings": pack(PROVINCE, {"displaces": ["cn-713.16.3c"]}),
    "16.1 lets a city rule settle hearings": pack(CITY, {"displaces": ["cn-713.16.1b"]}),
    "16.1 lets a provincial statute settle hearings": pack(STATUTE, {"displaces": ["cn-713.16.3b"]}),
    "43 lets a provincial rule leave its scope open": leave_open(PROVINCE),
    "a law displaces the Regulation": pack(LAW, {"displaces": ["cn-713.15.1c"]}),
    "an administrative regulation displaces another": pack(REGULATION, {"displaces": ["cn-713.22.1"]}),
    "a policy of the State Council yields to the Regulation": pack(POLICY, {"yields_to": ["cn-713.14.1"]}),
    "a county adds to the Regulation": pack(COUNTY, {"adds_to": ["cn-713.15.1c"]}),
    "a county says the same as the Regulation": pack(COUNTY, {"same_as": ["cn-713.15.1c"]}),
    "the Regulation's equal succeeds nothing": pack(REGULATION),
    "a county adds a step of its own": with_step(),
}  # fmt: skip


@pytest.mark.parametrize("text", ALLOWED.values(), ids=ALLOWED)
def test_what_the_higher_text_allows_loads(text: str, tmp_path: Path) -> None:
    assert any(item.head.id == "example-county" for item in loaded(tmp_path, text).packs)


def test_the_pack_that_removed_breaches_no_longer_loads() -> None:
    data = sample()
    data["duties"] = [data["duties"][0] | {"displaces": ["cn-713.15.1c", "cn-713.31", "cn-713.25.2a"]}]
    own = load_pack(yaml.safe_dump(data, allow_unicode=True), "own.yaml")

    with pytest.raises(BadPack, match="allows_other"):
        checked(record(RECORDS[0]), Law((*standard_law().packs, own)))


@pytest.mark.parametrize("command", ["lint", "test", "coverage", "mutate"])
def test_no_command_on_rules_takes_a_file_that_would_lower_higher_law(command: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(pack(COUNTY, {"displaces": ["cn-713.31"]}), encoding="utf-8")

    named = CliRunner().invoke(app, ["rules", command, str(path)])
    in_a_folder = CliRunner().invoke(app, ["rules", command, "--rules", str(tmp_path)])

    for result in (named, in_a_folder):
        assert isinstance(result.exception, BadPack) or result.exit_code == 2
        assert "cn-713.31" in f"{result.output}{result.exception}"


HEADS = {
    name: Head.model_validate(
        {"id": "a1", "title": {"zh": "一", "en": "one"}, "number": "1", "issuer": "一", "seen": "full", "mark": "V"} | head
    )
    for name, head in {
        "law": LAW, "regulation": REGULATION, "statute": STATUTE, "province": PROVINCE, "city": CITY, "policy": POLICY,
        "ministry": {**LAW, "kind": "部门规章"}, "county": COUNTY,
        "city statute": {**CITY, "kind": "地方性法规"}, "county rule": {**COUNTY, "kind": "县级规章"},
        "provincial document": {**PROVINCE, "kind": "省级规范性文件"},
    }.items()
}  # fmt: skip


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("law", "regulation"), ("regulation", "statute"), ("statute", "province"), ("province", "city"), ("city", "county"),
        ("law", "policy"), ("regulation", "ministry"), ("province", "provincial document"), ("regulation", "policy"),
        ("policy", "county"), ("provincial document", "county"), ("city", "county rule"), ("ministry", "province"),
    ],
)  # fmt: skip
def test_instruments_stand_above_each_other_by_kind_and_level(higher: str, lower: str) -> None:
    one, other = HEADS[higher], HEADS[lower]

    assert stands_above(one, other)
    assert not stands_above(other, one)
    assert not may_override(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("city statute", "province"), ("policy", "province"), ("ministry", "statute")]
)
def test_where_kind_and_level_disagree_neither_overrides_the_other(one: str, other: str) -> None:
    assert not may_override(HEADS[one], HEADS[other])
    assert not may_override(HEADS[other], HEADS[one])


def test_a_kind_that_its_level_cannot_make_is_a_document() -> None:
    assert kind_of(HEADS["county rule"]) == "文件"


# Where a text above lets the one below go its own way: on hearings (713-16.1), and on how 26.2 is counted.
LEFT_TO_LOWER_LAW = {
    ("gd-303.22", "cn-713.17-public"),
    ("gd-288.34", "cn-713.26.2"),
    ("sd-336.44.2", "cn-713.26.2"),
}


def test_no_shipped_instrument_lowers_higher_law_but_where_that_leaves_it_open() -> None:
    packs = standard_law().packs
    lower = {
        (f"{one.head.id}.{duty.id}", name)
        for one in packs
        for duty in one.file.duties
        for name in duty.displaces
        if not may_override(one.head, next(item for item in packs if item.rule(name)).head)
    }

    assert lower == LEFT_TO_LOWER_LAW
    assert list(lowering(packs)) == []


RECORDS = ("示例县-多处不合规", "示例县-全部合规", "示例县-办理中", "示例县-办公会代替常务会")
TARGETS = (
    "cn-713.15.1c",
    "cn-713.25.2a",
    "cn-713.31",
    "cn-713.30.1b",
    "cn-713.14.1",
    "cn-713.22.1",
    "comp-ogi.OGI-26",
)


def _variants() -> Iterator[tuple[str, str]]:
    """Yield every own instrument that this grammar of relations, gates, steps, scopes and bindings makes."""
    loose = {"require": "True", "params": {}, "judge": None, "judgement": None}
    for relation in ("displaces", "yields_to", "succeeds", "same_as", "adds_to"):
        for target in TARGETS:
            yield f"{relation} {target}", pack(COUNTY, loose | {relation: [target]})
    for closes in ("submission", "review_pass", "decision", "issue"):
        yield (
            f"gate {closes}",
            pack(COUNTY, loose | {"effect": "gate", "closes": closes, "same_as": ["cn-713.25.2a"]}),
        )
    for mark in ("V", "V2", "R"):
        yield (
            f"mark {mark}",
            pack({**COUNTY, "mark": mark}, loose | {"mark": mark, "same_as": ["cn-713.15.1c"]}),
        )
    for condition in ("True", "False", "traits.normative_document"):
        for leaves in ([], ["cn-713"]):
            scope = {"excluded": condition, "excluded_locally": condition, "leaves_open": leaves}
            yield f"scope {condition} {leaves}", pack(COUNTY, scope=scope)
    for step in ("legality_review", "submission", "decision", "party_report"):
        yield f"step {step}", with_step(id=step, kinds=["filing"])
        yield f"implied {step}", with_step(kinds=[step], shown_by=["deliberation"])
    for kind in ("legality_review", "deliberation", "issue"):
        yield f"shares {kind}", with_step(kinds=[kind])
    for force in ("may", "general", "must_not"):
        thirty = {"days": {"value": 30, "unit": "日", "mark": "V"}}
        yield (
            f"force {force}",
            pack(COUNTY, {"params": thirty, "same_as": ["cn-713.15.1c"], "when": None, "force": force}),
        )
    whole = loose | {"per": "decision", "same_as": list(TARGETS)}
    for step in ("legality_review", "submission", "issue"):
        yield f"presents {step}", pack(COUNTY, whole | {"presents": [step], "step": step})
        yield f"requires {step}", pack(COUNTY, whole | {"requires_step": step, "before": {"strict": step}})
    answering = {
        "id": "6",
        "article": "第三条",
        "ground": "breach",
        "bearers": ["DO", "CU", "LR", "CH"],
        "capacities": ["staff"],
    }
    yield "liability", pack(COUNTY, liability=[answering | {"text": {"zh": "一", "en": "one"}}])
    yield "before 713", pack({**COUNTY, "in_force_from": "2010-01-01", "promulgated": "2010-01-01"}, loose)
    yield "ended", pack({**COUNTY, "in_force_to": "2024-03-01", "successor_known": False}, loose)
    yield "binds nobody", pack(COUNTY, binding={"article": "第二条", "not_bound": "True"})


VARIANTS = dict(_variants())


def checked(told: dict[str, Any], law: Law | None = None) -> dp.Report:
    told["body"] = told["body"] | {"code": "999901"}
    return dp.check(dp.parse_decision(json.dumps(told, ensure_ascii=False)), as_of=DAY, law=law)


@cache
def _plain(name: str) -> dp.Report:
    return checked(record(name))


def _ranked(verdict: Verdict) -> int:
    return SEVERITY.index(verdict.outcome) if verdict.outcome in SEVERITY else len(SEVERITY)


_REFUSED = ("displaces", "yields_to", "succeeds", "step", "implied")
REFUSED = {name for name in VARIANTS if name.startswith(_REFUSED) or name.endswith("['cn-713']")}


@pytest.mark.parametrize("text", [VARIANTS[name] for name in sorted(REFUSED)], ids=sorted(REFUSED))
def test_of_all_instruments_that_can_be_written_those_that_would_lower_do_not_load(
    text: str, tmp_path: Path
) -> None:
    with pytest.raises(BadPack):
        loaded(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [text for name, text in VARIANTS.items() if name not in REFUSED],
    ids=[name for name in VARIANTS if name not in REFUSED],
)
def test_no_instrument_that_loads_lowers_what_higher_law_finds(text: str, tmp_path: Path) -> None:
    law = loaded(tmp_path, text)

    for name in RECORDS:
        plain, report = _plain(name), checked(record(name), law)
        found = {(item.duty, item.act): item for item in report.verdicts}
        for verdict in plain.verdicts:
            again = found[verdict.duty, verdict.act]
            assert _ranked(again) <= _ranked(verdict), (name, verdict.duty)
            assert (again.binding, again.waived) == (verdict.binding, verdict.waived)
        for step in plain.rests_on:
            assert plain.gate(step).state != "closed" or report.gate(step).state == "closed"
        breaches = {(item.duty, item.act) for item in report.violations}
        assert {(item.duty, item.act) for item in plain.violations} <= breaches


@pytest.mark.parametrize("kind", ["catalogue_publication", "filing", "hearing_suggestion"])
def test_no_order_of_a_county_dates_what_higher_law_asks_for_before_it_was_in_force(
    kind: str, tmp_path: Path
) -> None:
    text = with_step(kinds=[kind], phase="review")
    edge = {"before": "legality_review", "after": "own_step", "article": "第三条", "strength": "stated"}
    told = record("示例县-多处不合规")
    told["acts"] = [act for act in told["acts"] if act["kind"] != "legality_review"]
    told["acts"].append({"id": "early", "kind": kind, "date": "2018-01-01"})
    plain = checked(copy.deepcopy(told))

    found = checked(told, loaded(tmp_path, json.dumps(json.loads(text) | {"order": [edge]})))

    assert [item.outcome for item in found.about("cn-713.25.2a")] == ["violated"]
    own = {(item.duty, item.act) for item in plain.violations}
    assert own <= {(item.duty, item.act) for item in found.violations}


def test_no_order_of_a_county_dates_an_undated_act_of_which_higher_law_speaks(tmp_path: Path) -> None:
    text = with_step(kinds=["hearing_suggestion"], phase="review")
    edge = {"before": "own_step", "after": "legality_review", "article": "第三条", "strength": "stated"}
    told = record("示例县-多处不合规")
    review = next(act for act in told["acts"] if act["kind"] == "legality_review")
    for key in ("sent", "date", "done", "returns"):
        review.pop(key, None)
    told["acts"].append({"id": "late", "kind": "hearing_suggestion", "date": "2024-09-20"})
    plain = checked(copy.deepcopy(told))

    found = checked(told, loaded(tmp_path, json.dumps(json.loads(text) | {"order": [edge]})))

    days = {(item.duty, item.act): (item.outcome, item.day) for item in plain.verdicts}
    with_county = {(item.duty, item.act): (item.outcome, item.day) for item in found.verdicts}
    assert {place: with_county[place] for place in days} == days
