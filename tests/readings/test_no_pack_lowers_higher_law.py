"""No pack displaces, lowers or narrows what a higher level says, unless the higher text allows it (semantics.md 3)."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from at_hand import ZHAOQING, decision, meeting
from heads import DAY, headed

import decision_procedure as dp
from decision_procedure import rules
from decision_procedure.errors import BadPack
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.loading import load_pack

FILES = {name.rpartition("/")[2].removesuffix(".yaml"): name for name in rules.instrument_names()}


def with_relation(duty: str, relation: str, other: str) -> Law:
    """Return the shipped law with one more relation of a duty to another."""
    instrument, _, local = duty.partition(".")
    data: dict[str, Any] = yaml.safe_load(rules.text(FILES[instrument]))
    (found,) = [item for item in data["duties"] if str(item["id"]) == local]
    found[relation] = [*found.get(relation, []), other]
    own = load_pack(yaml.safe_dump(data, allow_unicode=True), f"{instrument}.yaml")
    return Law(
        (*(pack for pack in standard_law().packs if pack.head.id != instrument), own), standard_law().register
    )


def check(law: Law) -> dp.Report:
    data = headed(meeting(), decision(), body=ZHAOQING)
    return dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=DAY, law=law)


LOWERING = [
    ("gd-183.notice", "displaces", "cn-713.15.1c"),
    ("gd-183.gate1", "displaces", "cn-713.30.1b"),
    ("gd-303.14.1", "displaces", "cn-713.31"),
    ("gd-288.3.3", "yields_to", "cn-713.3.3"),
    ("gd-288.3.3", "displaces", "nat-org.ORG-78"),
    ("gd-obe.47", "displaces", "cn-713.25.2a"),
    ("gd-obe.46", "displaces", "comp-fcr.FCR-16-entities"),
    ("gd-expert-2012.must", "displaces", "cn-713.19.1"),
    ("zq-pp-2023.publish", "displaces", "cn-713.14.1"),
    ("zq-pp-2023.publish", "displaces", "gd-183.notice"),
    ("zq-proc-old.4-risk", "displaces", "cn-713.22.1"),
    ("nd-37.ND37-review", "displaces", "cn-713.25.2a"),
    ("sr-2.SR-all", "displaces", "cn-713.22.1"),
    ("nat-2015.N15-19-meeting", "displaces", "nat-org.ORG-78"),
    ("comp-fcr.FCR-18", "displaces", "nat-org.ORG-6"),
]
ALLOWED = [
    ("gd-183.min8", "displaces", "cn-713.16.3c"),
    ("track-houses.10-days", "displaces", "cn-713.15.1c"),
    ("track-urban-plan.26-opinions", "displaces", "cn-713.14.1"),
    ("zq-pp-2023.publish", "adds_to", "cn-713.32a"),
    ("nat-2015.N15-18", "yields_to", "cn-713.25.1a"),
]


@pytest.mark.parametrize(("duty", "relation", "other"), LOWERING)
def test_a_shipped_instrument_may_not_lower_what_stands_above_it(
    duty: str, relation: str, other: str
) -> None:
    with pytest.raises(BadPack):
        check(with_relation(duty, relation, other))


@pytest.mark.parametrize(("duty", "relation", "other"), ALLOWED)
def test_it_may_where_the_higher_text_says_so_or_it_stands_no_lower(
    duty: str, relation: str, other: str
) -> None:
    assert check(with_relation(duty, relation, other)).verdicts
