"""One and the same record moved through the years: its verdicts change where the law changed, and nowhere else.

The record (`tests/records/移动日期的案卷.yaml`) has a comment period of 25 days without a reason, a hearing announced
20 days and its materials delivered 5 days ahead with 7 people present and nobody answered, 4 experts, no risk
assessment, no fair-competition review, no Party report, and a publication 60 days after issue.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

import decision_procedure as dp
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.numbers import number_text
from decision_procedure.results.report import Verdict
from decision_procedure.sources import read_yaml
from tools.fuzz.records import shifted

RECORD = Path(__file__).parents[1] / "records" / "移动日期的案卷.yaml"
FIRST, AS_OF = date(2020, 2, 3), date(2020, 7, 20)
# The day to which the first act of the record is moved; each time the whole record lies between two changes.
TIMES = {
    "2018": date(2018, 1, 8),
    "2020": date(2020, 2, 3),
    "2022": date(2022, 4, 4),
    "2024-02": date(2024, 2, 1),
    "2024-09": date(2024, 9, 2),
}
COUNTY, GUANGNING, ZHAOQING = "示例县", "广宁县", "肇庆市"
BODIES = {
    COUNTY: {"name": "示例县人民政府", "level": "county", "kind": "government", "code": "449901", "unit": "gov"},
    GUANGNING: {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223", "unit": "gov"},
    ZHAOQING: {"name": "肇庆市人民政府", "level": "city", "kind": "government", "code": "441200", "unit": "gov"},
}  # fmt: skip

# What a duty comes to: its outcome, with what lowered it or why it is open or does not apply.
State = str
Place = tuple[str, str | None]

BREACH, QUESTION, FITS, NEVER = "violated", "needs_judgement", "satisfied", "not_applicable"
RECALLED, UNSURE = f"{QUESTION} mark", f"{QUESTION} applicability_uncertain"
OPEN_DATE, REPLACED = "undetermined date_unknown", f"{NEVER} replaced"


class Change(NamedTuple):
    """What is different from one time to the next.

    `appear` and `vanish`: instruments whose duties all come in or go out, with those of them that are open, and
    how. `change`: duties of instruments that stay, with what they came to before and after, and the instrument
    that is why. `join`: duties that become a second citation of one that says the same.
    """

    appear: dict[str, dict[str, State]]
    vanish: dict[str, dict[str, State]]
    change: dict[str, tuple[State, State, str]]
    join: dict[str, str]


AT_FIRST = {
    "gd-183": {"5a": BREACH, "notice": BREACH, "min8": BREACH, "feedback": BREACH},
    "gd-expert-2012": {"min5": UNSURE, "min9": f"{QUESTION} general applicability_uncertain"},
    "nat-2004": {},
    "nat-2008": {"N08-3c": BREACH, "N08-3e": BREACH},
    "nat-2010": {"N10-a-risk": BREACH, "N10-b": BREACH, "N10-d": BREACH},
    "nat-2014": {"N14-a-risk": BREACH},
    "nat-2015": {"N15-16-feedback": RECALLED, "N15-16-poll": RECALLED, "N15-17": RECALLED},
    "nd-37": {},
    "sr-2": {"SR-all": f"{QUESTION} mark applicability_uncertain"},
    "track-environment": {}, "track-houses": {}, "track-price": {}, "track-urban-plan": {},
}  # fmt: skip


def to_the_regulation(*duties: str, was: State = FITS) -> dict[str, tuple[State, State, str]]:
    return dict.fromkeys(duties, (was, REPLACED, "cn-713"))


# What the record does not say of the duties that Guangdong adds.
UNSAID_OF_2021 = dict.fromkeys(
    (
        "11-written",
        "12",
        "13.3",
        "15.3",
        "20",
        "22.3",
        "24.1",
        "24.2",
        "31.2-leaning",
        "32.2",
        "38",
        "39",
        "40.1",
    ),
    "undetermined",
)
UNSAID_OF_2024 = dict.fromkeys(
    (
        "7", "9", "11", "16-contents", "17", "18.2", "20-contents", "21-notice", "22-observers", "25", "25.2", "26",
        "26-contents", "26-record",
    ),
    "undetermined",
)  # fmt: skip

CHANGES = {
    ("2018", "2020"): Change(
        appear={
            "cn-713": {
                "15.1c": BREACH, "15.1d": BREACH, "16.3c": BREACH, "22.1": BREACH, "29.1b": BREACH, "31": BREACH,
                "32a": f"{QUESTION} no_number_in_text done_past_attention",
            },
            "comp-obe": {
                "OBE-62.1": BREACH, "OBE-62.2-days": f"{QUESTION} general", "OBE-62.2-feedback": BREACH, "OBE-63.1": BREACH,
            },
            "comp-ogi": {"OGI-26": BREACH},
            "nd-115": {"5-papers": BREACH},
            "track-investment": {},
        },
        vanish={},
        change={
            **to_the_regulation("nat-2004.12a", "nat-2004.12b", "nat-2004.12c", "nat-2004.12d"),
            **to_the_regulation("nat-2008.N08-2", "nat-2008.N08-3a", "nat-2008.N08-3b", "nat-2008.N08-3d"),
            **to_the_regulation("nat-2008.N08-3c", "nat-2008.N08-3e", was=BREACH),
            **to_the_regulation("nat-2008.N08-4", "nat-2008.N08-5"),
            **to_the_regulation("nat-2010.N10-a-participation", "nat-2010.N10-a-experts", "nat-2010.N10-a-collective"),
            **to_the_regulation("nat-2010.N10-a-legality", "nat-2010.N10-c"),
            **to_the_regulation("nat-2010.N10-a-risk", "nat-2010.N10-b", "nat-2010.N10-d", was=BREACH),
            **to_the_regulation("nat-2010.N10-d-contents", was=f"{NEVER} no_such_act"),
            **to_the_regulation("nat-2014.N14-a-participation", "nat-2014.N14-a-experts", "nat-2014.N14-a-collective"),
            **to_the_regulation("nat-2014.N14-b", "nat-2014.N14-c"),
            **to_the_regulation("nat-2014.N14-a-risk", was=BREACH),
            **to_the_regulation("nat-2015.N15-18", "nat-2015.N15-19-meeting", "nat-2015.N15-19-record"),
            **to_the_regulation("nat-2015.N15-16-feedback", "nat-2015.N15-16-poll", "nat-2015.N15-17", was=RECALLED),
            **to_the_regulation("nat-2015.N15-19-reasons", was=NEVER),
            **to_the_regulation("sr-2.SR-all", was=f"{QUESTION} mark applicability_uncertain"),
            # It was issued on 2018-05-16, before the record of 2018 comes to its publication.
            **{
                f"nd-37.ND37-{duty}": (f"{NEVER} not_in_force", FITS, "nd-37")
                for duty in ("collective", "comment")
            },
            "nd-37.ND37-review": (f"{NEVER} not_in_force", FITS, "nd-115"),
        },
        join={"gd-183.adopt": "cn-713.18", "nd-115.7-gate": "nd-37.ND37-review"},
    ),
    ("2020", "2022"): Change(
        appear={
            "gd-288": UNSAID_OF_2021 | {"31.2": BREACH, "31.3": BREACH, "36": BREACH},
            "gd-land": {},
            "gd-pa": {"14.1": QUESTION},
            # Promulgated on 2022-06-01, in force from 2022-07-01: what was done between goes without it.
            "gd-obe": {},
            "nat-2021": {},
            "nat-org": {},
            "track-land": {},
        },
        vanish={"nat-2015": {}},
        change={"cn-713.26.2": (FITS, REPLACED, "gd-288")},
        join={
            "gd-288.3.3": "cn-713.3.3-catalogue", "nat-org.ORG-6": "cn-713.30.1b", "nat-org.ORG-78": "cn-713.30.1a",
            "gd-land.27-days": "track-land.26-days",
        },
    ),
    ("2022", "2024-02"): Change(
        appear={"comp-archives": {}, "gd-303": UNSAID_OF_2024 | {"23": BREACH, "28.2": BREACH}},
        vanish={"gd-183": {"5a": BREACH, "notice": BREACH, "min8": BREACH, "feedback": BREACH}},
        change={"cn-713.17-public": (FITS, REPLACED, "gd-303"), "gd-obe.46": (f"{NEVER} not_in_force", QUESTION, "gd-obe"), "gd-obe.47": (f"{NEVER} not_in_force", BREACH, "gd-obe")},
        join={"comp-archives.AR-19": "cn-713.33"},
    ),
    ("2024-02", "2024-09"): Change(
        appear={"comp-fcr": {"FCR-2": BREACH, "FCR-18": BREACH}},
        vanish={},
        change={},
        join={"comp-obe.OBE-63.1": "comp-fcr.FCR-2"},
    ),
}  # fmt: skip

# What 肇庆 adds. Its instruments bind the city government: in 广宁 they appear and vanish without asking anything.
LOCAL_AT_FIRST = {
    "zq-pp-2018": {"5-heard": OPEN_DATE, "5-feedback": OPEN_DATE},
    # It leaves normative documents of the city government out, whether or not the catalogue lists them.
    "zq-proc-old": {},
}  # fmt: skip
LOCALLY = {
    ("2018", "2020"): Change(
        appear={},
        vanish={},
        change={
            "zq-pp-2018.5-feedback": (OPEN_DATE, RECALLED, "zq-pp-2018"),
        },
        join={"zq-pp-2018.5-heard": "cn-713.14.1"},
    ),
    ("2020", "2022"): Change(
        appear={}, vanish={"zq-proc-old": {}}, change={}, join={}
    ),
    ("2022", "2024-02"): Change(
        appear={"zq-pp-2023": {}}, vanish={"zq-pp-2018": {"5-feedback": RECALLED}}, change={}, join={}
    ),
    ("2024-02", "2024-09"): Change({}, {}, {}, {}),
}  # fmt: skip
STEPS = [*pairwise(TIMES)]


@cache
def moved(place: str, time: str) -> dp.Report:
    """Return the report on the record of a body, moved to a time."""
    shift = TIMES[time] - FIRST
    data = read_yaml(RECORD.read_text(encoding="utf-8"), RECORD.name).data
    data = shifted(data, lambda day: (date.fromisoformat(day) + shift).isoformat()) | {"body": BODIES[place]}
    return dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=AS_OF + shift)


def state(verdict: Verdict) -> State:
    return " ".join((verdict.outcome, *verdict.caps, *verdict.reasons))


def states(report: dp.Report) -> dict[Place, State]:
    return {(verdict.duty, verdict.act): state(verdict) for verdict in report.verdicts}


def instrument(duty: str) -> str:
    return duty.partition(".")[0]


def of_instruments(found: dict[Place, State]) -> dict[str, dict[str, State]]:
    """Return each instrument with its duties that are not simply satisfied or not applicable."""
    rows: dict[str, dict[str, State]] = {instrument(duty): {} for duty, _ in found}
    for (duty, _), came_to in found.items():
        if not came_to.startswith((FITS, NEVER)):
            rows[instrument(duty)][duty.partition(".")[2]] = came_to
    return rows


def joined(report: dp.Report) -> dict[str, str]:
    """Return the duties that a verdict cites beside its own because they say the same; articles that repeat are none."""
    duties = standard_law().duties
    return {
        other: verdict.duty
        for verdict in report.verdicts
        for other in verdict.related
        if "replaced" not in verdict.reasons and other in duties
    }


def difference(place: str, earlier: str, later: str) -> Change:
    """Return what is different in two reports on one record."""
    one, other = moved(place, earlier), moved(place, later)
    before, after = states(one), states(other)
    stay = {instrument(duty) for duty, _ in before} & {instrument(duty) for duty, _ in after}
    cited = {other: duty for other, duty in joined(moved(place, later)).items() if other not in joined(one)}
    lost = {duty for duty, _ in before.keys() - after.keys() if instrument(duty) in stay} - cited.keys()
    come = {duty for duty, _ in after.keys() - before.keys() if instrument(duty) in stay}
    assert (lost, come) == (set(), set())
    verdicts = {(verdict.duty, verdict.act): verdict for verdict in other.verdicts}
    return Change(
        appear=of_instruments({spot: after[spot] for spot in after if instrument(spot[0]) not in stay}),
        vanish=of_instruments({spot: before[spot] for spot in before if instrument(spot[0]) not in stay}),
        change={
            spot[0]: (before[spot], after[spot], because(verdicts[spot]))
            for spot in before.keys() & after.keys()
            if before[spot] != after[spot]
        },
        join=cited,
    )


def because(verdict: Verdict) -> str:
    """Return the instrument that a verdict gives as the reason: the one that replaces its own, or its own."""
    (name,) = {instrument(duty) for duty in verdict.related} or {instrument(verdict.duty)}
    return name


def silent(names: Iterable[str]) -> dict[str, dict[str, State]]:
    return {name: {} for name in names}


def wanted(place: str, step: tuple[str, str]) -> Change:
    if place == COUNTY:
        return CHANGES[step]
    parts = [one | other for one, other in zip(CHANGES[step], LOCALLY[step], strict=True)]
    if place == ZHAOQING:
        return Change(*parts)
    quiet = LOCALLY[step]._replace(change={}, join={})
    return Change(
        CHANGES[step].appear | silent(quiet.appear),
        CHANGES[step].vanish | silent(quiet.vanish),
        CHANGES[step].change,
        CHANGES[step].join,
    )


@pytest.mark.parametrize("place", BODIES)
def test_at_first_exactly_these_instruments_speak_and_exactly_these_duties_are_open(place: str) -> None:
    local = {COUNTY: {}, GUANGNING: silent(LOCAL_AT_FIRST), ZHAOQING: LOCAL_AT_FIRST}[place]

    assert of_instruments(states(moved(place, "2018"))) == AT_FIRST | local


@pytest.mark.parametrize("place", BODIES)
@pytest.mark.parametrize("step", STEPS, ids=[f"{one}→{other}" for one, other in STEPS])
def test_exactly_these_duties_appear_vanish_and_change_and_because_of_these_instruments(
    place: str, step: tuple[str, str]
) -> None:
    assert difference(place, *step) == wanted(place, step)


@pytest.mark.parametrize("place", BODIES)
@pytest.mark.parametrize("step", STEPS, ids=[f"{one}→{other}" for one, other in STEPS])
def test_an_instrument_that_appears_or_vanishes_does_so_with_all_its_duties(
    place: str, step: tuple[str, str]
) -> None:
    changed = difference(place, *step)
    packs = {pack.head.id: {rule.id for rule in pack.rules} for pack in standard_law().packs}

    for time, names in ((step[0], changed.vanish), (step[1], changed.appear)):
        report = moved(place, time)
        spoken_of = {verdict.duty for verdict in report.verdicts} | joined(report).keys()
        for name in names:
            assert packs[name] <= spoken_of


GOVERNED = {
    # By which instruments an act was judged at each time; none: no instrument speaks of it.
    "hearing": ("gd-183 nat-2008", "cn-713 gd-183", "cn-713 gd-183", "cn-713 gd-303", "cn-713 gd-303"),
    "experts": ("gd-expert-2012", "cn-713 gd-expert-2012", *["cn-713 gd-288 gd-expert-2012"] * 3),
    "review": (
        "gd-183 nat-2014", "cn-713 gd-183 nd-115", "cn-713 gd-183 gd-288 nd-115", *["cn-713 gd-288 nd-115"] * 2,
    ),
    "decide": (
        "gd-183 gd-expert-2012 nat-2008 nat-2010", "cn-713 gd-183 gd-expert-2012",
        "cn-713 gd-183 gd-288 gd-expert-2012 nat-org", *["cn-713 gd-288 gd-expert-2012 nat-org"] * 2,
    ),
    "issued": ("", "cn-713", "cn-713 gd-288", "cn-713 gd-288", "cn-713 comp-fcr gd-288"),
    "published": ("", "cn-713 comp-ogi", *["cn-713 comp-ogi gd-288"] * 3),
}  # fmt: skip


@pytest.mark.parametrize("place", BODIES)
@pytest.mark.parametrize("act", GOVERNED)
def test_the_report_says_at_each_time_which_instruments_governed_an_act(act: str, place: str) -> None:
    found = [
        {row.act: " ".join(row.instruments) for row in moved(place, time).governed()}.get(act, "")
        for time in TIMES
    ]

    assert found == [*GOVERNED[act]]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("time", TIMES)
def test_the_text_names_title_and_number_of_the_instrument_of_every_breach(time: str, lang: str) -> None:
    report = moved(COUNTY, time)
    heads = {pack.head.id: pack.head for pack in standard_law().packs}

    text = dp.as_text(report, lang=lang)

    broken = {instrument(verdict.duty) for verdict in report.violations}
    assert broken
    for name in broken:
        assert heads[name].title.text(lang) in text
        assert number_text(heads[name].number or "", lang) in text
    for name in heads.keys() - {instrument(verdict.duty) for verdict in report.verdicts}:
        assert number_text(heads[name].number or "", lang) not in text
