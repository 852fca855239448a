"""What each worked record shows: its findings, all of them, and nothing said beyond its facts."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from conftest import EXAMPLES

import decision_procedure as dp

TODAY = date(2026, 1, 31)


class Shown(NamedTuple):
    """The findings of a record under cn-713. `met` None: most duties are met, which the count below tells."""

    as_of: date
    violated: str = ""
    needs_judgement: str = ""
    met: str | None = ""
    uncovered: bool = False


EXPECTED = {
    "invented/示例县-全部合规": Shown(date(2024, 9, 30), met=None),
    "invented/示例县-依法不予公开": Shown(date(2024, 9, 30), met=None),
    "invented/示例县-办理中": Shown(date(2024, 4, 1), met=None),
    "invented/示例县-多处不合规": Shown(
        date(2024, 9, 30), "13a 15.1c 15.1d 20c 25.1a 25.1b 25.2a 30.1a 30.1b 30.2a 31", met=None
    ),
    "invented/示例县-办公会代替常务会": Shown(
        date(2024, 9, 30), "23.2-contents 30.1a 30.1b", "32b", met=None
    ),
    "published/宁津县-2023-阳光大街中修征求意见": Shown(
        TODAY, needs_judgement="scope", met="14.1 15.1b 15.1c"
    ),
    "published/平远县-2018-国道206线改建听证": Shown(TODAY, needs_judgement="scope"),
    "published/深圳市-2021-人社十四五规划征求意见": Shown(TODAY, needs_judgement="scope"),
    "published/郁南县-2021-水资源保护规划听证": Shown(TODAY, needs_judgement="scope"),
    "published/珠海市-2023-征收农用地区片综合地价听证": Shown(TODAY, needs_judgement="scope"),
    "published/博罗县柏塘镇-2024-国土空间集成规划听证": Shown(TODAY, needs_judgement="scope"),
    "published/茂名市-2025-产业园地块合并规划条件论证听证": Shown(TODAY, needs_judgement="scope"),
    "published/开平市马冈镇-2025-国土空间总体规划听证": Shown(TODAY, needs_judgement="scope"),
    "published/郴州市-2025-禁限放烟花爆竹通告": Shown(TODAY, needs_judgement="scope"),
}


def found(name: str) -> dp.Report:
    return dp.check(dp.load_decision(EXAMPLES / f"{name}.yaml"), as_of=EXPECTED[name].as_of)


def duties(report: dp.Report, outcome: str) -> set[str]:
    ids = {verdict.duty for verdict in report.of(outcome) if verdict.duty.startswith("cn-713.")}
    return {duty.removeprefix("cn-713.") for duty in ids if not duty.startswith("cn-713.order.")}


def test_every_worked_record_has_its_row() -> None:
    files = {path.relative_to(EXAMPLES).with_suffix("").as_posix() for path in EXAMPLES.rglob("*.yaml")}

    assert files == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_record_shows_these_findings_and_no_others(name: str) -> None:
    row, report = EXPECTED[name], found(name)

    assert duties(report, "violated") == set(row.violated.split())
    assert duties(report, "needs_judgement") == set(row.needs_judgement.split())
    assert report.uncovered is row.uncovered
    if row.met is None:
        assert len(report.of("satisfied")) > 10
    else:
        assert duties(report, "satisfied") == set(row.met.split())


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("published/")])
def test_a_published_notice_leaves_open_what_it_does_not_publish(name: str) -> None:
    report = found(name)

    assert len(report.of("undetermined")) > 80
    assert report.decision.complete is None


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("invented/")])
def test_an_invented_record_says_that_it_is_invented(name: str) -> None:
    decision = found(name).decision

    assert decision.invented
    assert "虚构" in decision.title


def test_the_record_with_many_defects_closes_the_gate_and_shows_the_dissent() -> None:
    report = found("invented/示例县-多处不合规")

    assert report.gate("submission").blocked_by == ("cn-713.25.2a",)
    assert {item.get("act") for item in report.concluded("behind")} == {"submit"}
    (meeting,) = [act for act in report.decision.acts if act.id == "meeting"]
    assert [attendee.view for attendee in meeting.attendees].count("against") == 1  # type: ignore[attr-defined]
