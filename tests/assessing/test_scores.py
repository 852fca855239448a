"""What is counted as what, and the range that the verdicts leave open."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from county import DAY, bodies, catalogue, indicators, record, written

import decision_procedure as dp
from decision_procedure.assessing.bodies import BodyScore

GATE = {"id": "gate", "text": "关口", "looks_at": {"duties": ["cn-713.25.2a"]}}


def scored(folder: Path, given: dp.Indicators, *, day: str = DAY, year: int = 2024) -> BodyScore:
    (body,) = dp.assess(folder, as_of=day, year=year, indicators=given)
    return body


def county(folder: Path, *records: dict[str, Any], rows: dict[str, Any] | None = None) -> Path:
    for number, data in enumerate(records):
        written(folder / "县" / "案卷" / f"{number}.yaml", data)
    if rows is not None:
        written(folder / "县" / "目录.yaml", rows)
    return folder / "县"


def test_a_breach_counts_against_and_what_is_unknown_makes_a_range(tmp_path: Path) -> None:
    known = record("甲", decided="2024-06-01")
    unknown = record("乙", decided="2024-06-01")
    del unknown["complete"]
    given = indicators(tmp_path, {"looks_at": {"steps": ["expert_review", "deliberation"]}})

    (score,) = scored(county(tmp_path, known, unknown), given).year(2024).scores

    assert score.tally.not_met > 0
    assert score.tally.open > 0
    assert score.points.worst == 0
    assert score.points.best == 10 * Fraction(score.tally.open + score.tally.met, score.tally.counted)
    assert {ground.title for ground in score.grounds if ground.standing == "not_met"} == {"甲"}
    assert {ground.title for ground in score.grounds if ground.standing == "open"} >= {"乙"}


def test_counted_by_matters_one_breach_makes_the_matter_not_met(tmp_path: Path) -> None:
    given = indicators(tmp_path, {"per": "decision", "looks_at": {"steps": ["deliberation", "decision"]}})

    (score,) = scored(county(tmp_path, record("甲", decided="2024-06-01")), given).year(2024).scores

    assert (score.tally.met, score.tally.not_met, score.tally.open) == (0, 1, 0)


def test_nothing_to_count_falls_out_of_the_total(tmp_path: Path) -> None:
    nothing = {"id": "x", "looks_at": {"duties": ["cn-713.37a"]}}
    given = indicators(tmp_path, {"looks_at": {"steps": ["deliberation"]}}, nothing)

    year = scored(county(tmp_path, record("甲", decided="2024-06-01")), given).year(2024)

    assert year.scores[1].points is None
    assert year.total == tuple(10 * points for points in year.scores[0].points)


def test_deductions_are_limited_and_a_veto_brings_its_indicator_to_nothing(tmp_path: Path) -> None:
    given = indicators(
        tmp_path, {"looks_at": {"steps": ["decision", "deliberation"]}}, {"id": "stated", "looks_at": None},
        deductions=[GATE | {"id": "d", "most": 5, "looks_at": {"steps": ["deliberation"]}, "formula": "100 * not_met"}],
        vetoes=[GATE | {"id": "v", "looks_at": {"steps": ["deliberation"]}, "zeroes": ["review"]}],
    )  # fmt: skip
    folder = county(tmp_path, record("甲", decided="2024-06-01"))
    stated = {"indicator": "stated", "points": 10, "by": "司法局", "reason": "已培训"}
    written(folder / "评分.yaml", {"schema": 1, "year": 2024, "stated": [stated]})

    year = scored(folder, given).year(2024)

    review, person, deduction, veto = year.scores
    assert (review.points, person.points, deduction.points) == ((0, 0), (10, 10), (5, 5))
    assert veto.points.worst == 1
    assert year.total == (45, 45)


def test_what_a_person_has_not_stated_is_open_and_an_unstated_veto_changes_nothing(tmp_path: Path) -> None:
    given = indicators(tmp_path, {"looks_at": None}, vetoes=[{"id": "v", "text": "损失"}])

    year = scored(county(tmp_path, record("甲")), given).year(2024)

    assert year.total == (0, 100)


def test_a_persons_answer_counts_as_the_person_says() -> None:
    verdict = dp.check(dp.decision(record("甲", decided="2024-06-01")), as_of=DAY).verdicts[0]
    from decision_procedure.assessing.tallies import standing_of

    asked = verdict._replace(outcome="needs_judgement", judged=None, practice=False, made_good_by=None)

    assert standing_of(asked) == "open"
    assert standing_of(asked._replace(judged="met")) == "met"
    assert standing_of(asked._replace(judged="not_met")) == "not_met"
    assert standing_of(asked._replace(outcome="violated", made_good_by="later")) is None
    assert standing_of(asked._replace(outcome="pending")) is None


@pytest.mark.parametrize(
    ("time", "day", "counted"),
    [
        ("2024年5月", DAY, (1, 1, 0, 0)),  # one decided late, one in time
        ("2024年8月", DAY, (2, 0, 0, 0)),
        (None, DAY, (0, 0, 0, 2)),  # no time, no lateness
        ("2024年11月", "2024-03-01", (0, 0, 0, 2)),  # not due yet
    ],
)
def test_rows_are_in_time_late_or_not_due(
    tmp_path: Path, time: str | None, day: str, counted: tuple[int, ...]
) -> None:
    given = indicators(tmp_path, {"looks_at": {"discrepancies": ["overdue", "decided_late"]}})
    records = record("甲", decided="2024-06-20"), record("乙", decided="2024-05-02")
    folder = county(tmp_path, *records, rows=catalogue("甲", "乙", time=time))

    (score,) = scored(folder, given, day=day).year(2024).scores

    assert tuple(score.tally)[:4] == counted


def test_a_row_without_record_and_a_decision_beside_the_catalogue_are_told(tmp_path: Path) -> None:
    given = indicators(tmp_path, {"looks_at": {"discrepancies": ["no_record", "decided_outside"]}})
    folder = county(
        tmp_path,
        record("甲", decided="2024-06-20"),
        record("丙", decided="2024-05-02"),
        rows=catalogue("甲", "乙", time="2024年5月"),
    )

    (score,) = scored(folder, given).year(2024).scores

    assert (score.tally.met, score.tally.not_met) == (1, 2)
    assert [(ground.title, ground.difference.kind) for ground in score.grounds] == [
        ("乙", "no_record"), ("丙", "decided_outside")
    ]  # fmt: skip


def test_the_own_score_stands_beside_and_is_compared() -> None:
    scores = {score.measure.id: score for score in bodies()["department"].year(2024).scores}

    assert scores["participation"].own_compared == "above"
    assert scores["legality"].own_compared == "below"
    assert scores["risk"].own_compared is None


def test_each_number_of_the_example_leads_to_article_record_and_line() -> None:
    scores = {score.measure.id: score for score in bodies()["department"].year(2024).scores}

    ground = scores["participation"].grounds[0]

    assert (ground.duty, ground.title) == ("cn-713.15.1c", "农村客运票价补贴方案")
    assert ground.file.endswith("农村客运票价补贴.yml")
    assert "kind: public_comment" in Path(ground.file).read_text("utf-8").splitlines()[ground.line - 1]
    assert "第十五条" in ground.article()
    assert "少10日" in ground.said()


def test_earlier_years_come_as_points_without_what_is_behind_them() -> None:
    before = bodies()["county_government"].year(2023)

    assert before.total.best == 100
    assert not any(score.grounds or score.met for score in before.scores)


def test_the_records_of_a_body_are_scored_by_the_unit_that_undertook_them() -> None:
    year = bodies()["county_government"].year(2024)

    units = {under.unit: under for under in year.units}

    assert units.keys() == {"示例县住房和城乡建设局", "示例县发展和改革局", "示例县教育局"}
    assert units["示例县住房和城乡建设局"].score.total == (100, 100)
    assert units["示例县教育局"].tally.open > 0
    assert sum(under.tally.not_met for under in units.values()) == sum(
        score.tally.not_met
        for score in year.of("indicator")
        if not (score.measure.catalogue or score.measure.discrepancies)
    )
