"""Which law: scope by the day of the act, ended law, undated acts, whom it binds (semantics.md section 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from at_hand import (
    GUANGNING,
    JOINT,
    PARTY,
    TOWNSHIP_OF_GUANGNING,
    ZHAOQING,
    act,
    competition,
    decision,
    meeting,
    review,
    submission,
    traits,
)
from heads import came_to, checked, headed, on

Record = dict[str, Any]
GATE, HEARD = "cn-713.25.2a", "cn-713.14.1"
END = date(2026, 11, 29)
ENVIRONMENT = traits(public_environment=True, withheld_lawfully=False)
WHOLE = {"complete": {"kinds": ["all"], "up_to": "2026-11-29"}}
LEFT_OUT = {"body": GUANGNING, **traits(carries_out_superior_decision=True)}
MARKET = {"body": GUANGNING, **traits(market_entities=True)}
HEARING = act("hearing", "2024-01-20", notice_date="2023-12-31")
SCOPES: dict[str, tuple[str, list[str], list[Record], Record]] = {
    "a local exclusion before it was in force": (GATE, ["violated"], [submission("2021-10-31")], LEFT_OUT),
    "on its first day": (GATE, ["needs_judgement"], [submission("2021-11-01")], LEFT_OUT),
    "in a year that holds both": (GATE, ["undetermined"], [submission("2021")], LEFT_OUT),
    "two acts, each by its own day": (
        GATE, ["violated", "needs_judgement"], [submission("2021-10-20", id="s1"), submission("2021-12-20", round=2)],
        LEFT_OUT,
    ),
    "what was left out, by the day of what followed": (
        HEARD, ["violated"], [meeting("2021-10-20"), decision("2021-10-20")], LEFT_OUT,
    ),
    "left out later": (HEARD, ["needs_judgement"], [meeting("2021-12-20"), decision("2021-12-20")], LEFT_OUT),
    "elsewhere it excludes nothing": (
        GATE, ["violated"], [submission("2021-12-20")], traits(carries_out_superior_decision=True),
    ),
    "an excluded class not on the catalogue": (
        HEARD, ["not_applicable"], [meeting(), decision()],
        {"catalogue": {"listed": False}, "matter_class": "emergency_response"},
    ),
    "an excluded class on the catalogue": (
        HEARD, ["needs_judgement"], [meeting(), decision()], {"matter_class": "legislation"},
    ),
    "neither on the catalogue nor by the standards": (
        HEARD, ["needs_judgement"], [meeting(), decision()], {"catalogue": {"listed": False}},
    ),
    "by the published standards": (
        HEARD, ["violated"], [meeting(), decision()], {"catalogue": None, **traits(meets_published_standards=True)},
    ),
    "adjusting such a decision": (
        HEARD, ["violated"], [meeting(), decision()],
        {"catalogue": {"listed": False}, **traits(adjusts_major_decision=True)},
    ),
}  # fmt: skip
TIMES: dict[str, tuple[str, list[str], list[Record], Record]] = {
    "the last day before the Regulation": (GATE, ["not_applicable"], [submission("2019-08-31")], {}),
    "its first day": (GATE, ["violated"], [submission("2019-09-01")], {}),
    "a year that holds both": (GATE, ["undetermined"], [submission("2019")], {}),
    "left out before a meeting of August 2019": (
        HEARD, ["not_applicable"], [meeting("2019-08-20"), decision("2019-08-20")], {},
    ),
    "an undated act between acts under the Regulation": (
        GATE, ["violated"], [act("initiation", "2020-01-01"), submission(None), meeting()], WHOLE,
    ),
    "an undated act that may be older": (
        GATE, ["undetermined"], [act("initiation", "2018-01-01"), submission(None), meeting()], {},
    ),
    "an undated act that surely is": (
        GATE, ["not_applicable"], [act("initiation", "2018-01-01"), submission(None), meeting("2018-05-25")], {},
    ),
    "before a rule of Guangdong was promulgated": ("gd-obe.47", ["not_applicable"], [submission("2022-05-31")], MARKET),
    "after it was promulgated, the day before it began": (
        "gd-obe.47", ["not_applicable"], [submission("2022-06-30")], MARKET,
    ),
    "on the day on which it began": ("gd-obe.47", ["violated"], [submission("2022-07-01")], MARKET),
    "a year later": ("gd-obe.47", ["violated"], [submission("2023-07-31")], MARKET),
    "the day before reviews of competition were due": (
        "comp-fcr.FCR-18", ["not_applicable"], [act("issue", "2024-07-31")], traits(market_entities=True),
    ),
    "by the notice, not by the hearing, of a rule that ended": (
        "gd-183.notice", ["violated"], [HEARING], {"body": GUANGNING},
    ),
    "a hearing announced after its end": (
        "gd-183.notice", [], [{**HEARING, "notice_date": "2024-01-01"}], {"body": GUANGNING},
    ),
    "the day on which the old procedure of 肇庆 ended": (
        "zq-proc-old.4-legality", ["not_applicable"], [meeting("2022-03-09"), decision("2022-03-09")], {"body": ZHAOQING},
    ),
    "law that ended on the day of the act": (
        "track-environment.11-heard", [], [meeting("2026-08-15"), decision("2026-08-15")],
        {"body": ZHAOQING, "tracks": ["environmental_assessment"], "matter_class": "plan", **WHOLE, **ENVIRONMENT},
    ),
    "the day before": (
        "track-environment.11-heard", ["violated"], [meeting("2026-08-14"), decision("2026-08-14")],
        {"body": ZHAOQING, "tracks": ["environmental_assessment"], "matter_class": "plan", **WHOLE, **ENVIRONMENT},
    ),
    "the outline of 2021 after its end": (
        "nat-2021.N21-counsel", ["not_applicable"], [review("2026-01-01", counsel_opinions_organised=False)], WHOLE,
    ),
    "later evaluation of an old decision": (
        "cn-713.36.2", ["violated"],
        [act("risk_assessment", "2018-02-01", third_party="b", third_party_part="main"), meeting("2018-05-01"),
         decision("2018-05-01"), act("evaluation", "2022-01-01", commissioned=True, evaluator="b")],
        {"units": [{"id": "b", "name": "某机构"}]},
    ),
}  # fmt: skip
BINDING: dict[str, tuple[str, list[str], list[Record], Record]] = {
    "a Party committee": (HEARD, ["not_applicable"], [meeting(), decision()], {"body": PARTY}),
    "Party and government": (HEARD, ["needs_judgement"], [meeting(), decision()], {"body": JOINT}),
    "a body of unknown kind": (
        HEARD, ["needs_judgement"], [meeting(), decision()], {"body": {"name": "某单位", "code": "420222"}},
    ),
    "a township bound directly by Guangdong": (
        "gd-183.gate1", ["violated"], [meeting("2022-05-25"), decision("2022-05-25")],
        {"body": TOWNSHIP_OF_GUANGNING, **traits(hearing_required=True)},
    ),
    "a rule that binds the city only": (
        "zq-pp-2023.publish", ["not_applicable"], [meeting(), decision()],
        {"body": GUANGNING, "comment_exemption": "none"},
    ),
    "and binds it": (
        "zq-pp-2023.publish", ["needs_judgement"], [meeting(), decision()],
        {"body": ZHAOQING, "comment_exemption": "none"},
    ),
    "a department issues its own measure": (
        "gd-obe.47", ["satisfied"], [competition("2024-04-02", market_department_reviewed=False), submission()],
        {**MARKET, "body": {"name": "某局", "kind": "department", "level": "county", "code": "441223"}},
    ),
}  # fmt: skip
ALL = {**SCOPES, **TIMES, **BINDING}


@pytest.mark.parametrize("case", ALL, ids=str)
def test_which_law_governs(case: str) -> None:
    duty, wanted, acts, others = ALL[case]

    assert came_to(checked(headed(*acts, **others), END), duty) == wanted


def test_what_was_done_or_omitted_before_the_regulation_counts_nowhere_under_it() -> None:
    found = checked(headed(submission("2018-03-01"), meeting("2018-05-01"), decision("2018-05-01")), END)

    assert not [verdict for verdict in found.violations if verdict.duty.startswith("cn-713.")]


def test_a_report_tells_of_the_law_that_ended() -> None:
    others = {"body": ZHAOQING, "tracks": ["environmental_assessment"], "matter_class": "plan", **WHOLE}
    found = checked(headed(meeting("2026-09-10"), decision("2026-09-10"), **others), END)

    assert "2026年1月1日废止" in str(found.to_json())


def test_an_omission_before_an_act_without_a_date_says_that_this_date_would_settle_the_law() -> None:
    (verdict,) = on(checked(headed({"kind": "publication", "id": "p"})), "cn-713.14.1")

    assert (verdict.outcome, verdict.reasons) == ("undetermined", ("date_unknown",))
    assert verdict.missing == ("acts[p].date",)
