"""Folders of bodies, bodies side by side, places where the sample allows them, and what stops an assessment."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from county import COUNTY, DAY, bodies, catalogue, indicators, record, written

import decision_procedure as dp
from decision_procedure.assessing.bodies import BodyScore
from decision_procedure.assessing.scores import Points, YearScore


def faults(*folders: Path, **more: Any) -> list[str]:
    with pytest.raises(dp.UnusableInput) as caught:
        list(dp.assess(*folders, as_of=DAY, **more))
    return [fault.text("en") for fault in caught.value.faults]


def body(
    name: str, worst: int, best: int, *, decisions: int = 5, before: tuple[int, int] | None = None
) -> BodyScore:
    years = [YearScore(2024, decisions, None, (), Points(Fraction(worst), Fraction(best)))]
    if before is not None:
        years.insert(0, YearScore(2023, 5, None, (), Points(*map(Fraction, before))))
    return BodyScore(name, "township", name, tuple(years), 0, ())


def ranking(folder: Path) -> dp.Indicators:
    return indicators(folder, ranking={"least_decisions": 3, "least_bodies": 3, "widest": 20})


def test_the_folder_of_a_county_holds_one_for_each_body_and_their_names_say_nothing() -> None:
    found = bodies()

    assert [item.name for item in found.values()] == [
        "示例县交通运输局",
        "示例县人民政府",
        "示例县清水镇人民政府",
    ]
    assert [len(item.years) for item in found.values()] == [1, 2, 1]


def test_a_folder_of_counties_is_that_of_their_bodies() -> None:
    above = [body.name for body in dp.assess(COUNTY.parent, as_of=DAY)]

    assert above == [body.name for body in dp.assess(COUNTY, as_of=DAY)]
    assert len(above) == 3


def test_the_folder_of_one_body_may_be_given_itself() -> None:
    (alone,) = dp.assess(COUNTY / "清水镇", as_of=DAY)

    assert alone.year(2024).total == bodies()["township"].year(2024).total


def test_records_may_lie_beside_the_catalogue_and_in_json_lines(tmp_path: Path) -> None:
    import json

    written(tmp_path / "县/一.yaml", record("甲", decided="2024-06-01"))
    (tmp_path / "县/二.jsonl").write_text(json.dumps(record("乙", decided="2024-06-01")) + "\n", "utf-8")
    written(tmp_path / "县/目录.json", catalogue("甲", "乙"))

    (found,) = dp.assess(tmp_path, as_of=DAY)

    assert (found.year(2024).decisions, found.year(2024).rows) == (2, 2)


def test_places_are_ranges_where_points_meet_and_equal_bodies_share_one(tmp_path: Path) -> None:
    given = ranking(tmp_path)
    items = [body("甲", 90, 95), body("乙", 70, 85), body("丙", 80, 88), body("丁", 60, 65)]

    places = {
        item.body.name: item.place[:2] for item in dp.overview(items, year=2024, indicators=given).standings()
    }

    assert places == {"甲": (1, 1), "乙": (2, 3), "丙": (2, 3), "丁": (4, 4)}


def test_who_is_not_ranked_is_told_why(tmp_path: Path) -> None:
    given = ranking(tmp_path)
    items = [body("甲", 90, 95, decisions=2), body("乙", 10, 85), body("丙", 80, 88), body("丁", 60, 65)]

    found = {
        item.body.name: item.unranked for item in dp.overview(items, year=2024, indicators=given).standings()
    }
    unruled = dp.overview(items, year=2024, indicators=indicators(tmp_path)).standings()

    assert found == {
        "甲": "too_few_decisions", "乙": "too_open", "丙": "too_few_bodies", "丁": "too_few_bodies"
    }  # fmt: skip
    assert {item.unranked for item in unruled} == {"no_rule"}


@pytest.mark.parametrize(
    ("before", "moved"), [((50, 60), "up"), ((95, 99), "down"), ((75, 85), "unclear"), (None, None)]
)
def test_a_rise_or_fall_is_told_only_where_the_ranges_do_not_meet(
    tmp_path: Path, before: tuple[int, int] | None, moved: str | None
) -> None:
    (item,) = dp.overview(
        [body("甲", 80, 90, before=before)], year=2024, indicators=ranking(tmp_path)
    ).standings()

    assert item.moved == moved


def test_nothing_comes_where_a_file_cannot_be_read_and_all_faults_are_told(tmp_path: Path) -> None:
    written(tmp_path / "甲/案卷/一.yaml", record("甲") | {"titel": "x"})
    written(tmp_path / "乙/目录.yaml", catalogue("乙") | {"year": "soon"})
    written(
        tmp_path / "乙/评分.yaml",
        {"schema": 1, "year": 2024, "own": [{"indicator": "nothing", "points": "ten"}]},
    )

    found = faults(tmp_path)

    assert any("一.yaml" in fault and "titel" in fault for fault in found)
    assert any("目录.yaml" in fault and "year" in fault for fault in found)
    assert any("评分.yaml" in fault and "should be a number" in fault for fault in found)


def test_scores_on_what_is_no_indicator_of_the_body_are_refused(tmp_path: Path) -> None:
    given = indicators(
        tmp_path / "x", {"applies_to": ["county_government"]}, {"id": "town", "applies_to": ["township"]}
    )
    written(tmp_path / "县/案卷/一.yaml", record("甲"))
    own = [{"indicator": name, "points": 1} for name in ("review", "review", "town", "reviw")]
    stated = [{"indicator": "review", "points": 1, "by": "司法局", "reason": "x"}]
    written(tmp_path / "县/评分.yaml", {"schema": 1, "year": 2024, "own": own, "stated": stated})

    found = faults(tmp_path / "县", indicators=given)

    assert [fault.partition("]")[0].rpartition(": ")[2] for fault in found] == [
        "own[1",
        "own[2",
        "own[3",
        "stated[0",
    ]
    assert "no such indicator of this body → review?" in found[2]


def test_a_folder_of_several_bodies_or_of_no_known_kind_asks_for_a_file_that_tells(tmp_path: Path) -> None:
    other = {"name": "乙县人民政府", "level": "county", "kind": "government"}
    written(tmp_path / "甲/案卷/一.yaml", record("甲"))
    written(tmp_path / "甲/案卷/二.yaml", record("乙", body=other))
    written(tmp_path / "乙/案卷/一.yaml", record("丙", body={"name": "某中心"}))

    first, second = faults(tmp_path)
    for name, unit in {"甲": "甲县人民政府", "乙": "某中心"}.items():
        written(tmp_path / name / "单位.yaml", {"格式版本": 1, "单位": unit, "对象": "部门"})

    assert ("several bodies" in first) + ("several bodies" in second) == 1
    assert [item.name for item in dp.assess(tmp_path, as_of=DAY)] == ["某中心", "甲县人民政府"]


def test_two_folders_of_one_body_are_a_fault(tmp_path: Path) -> None:
    for name in "甲乙":
        written(tmp_path / name / "案卷/一.yaml", record(name))

    (fault,) = faults(tmp_path)

    assert "the same body" in fault


def test_an_undated_record_counts_in_no_year_and_a_second_catalogue_of_a_year_is_named(
    tmp_path: Path,
) -> None:
    undated = record("甲")
    del undated["catalogue"]
    written(tmp_path / "县/案卷/一.yaml", undated)
    written(tmp_path / "县/目录.yaml", catalogue("甲") | {"issued": "2024-03-01"})
    written(tmp_path / "县/旧目录.yaml", catalogue("甲", "乙") | {"issued": "2024-01-01"})

    (found,) = dp.assess(tmp_path, as_of=DAY)

    assert found.undated == 1
    assert [Path(name).name for name in found.beside] == ["旧目录.yaml"]
    assert found.year(2024).rows == 1


def test_a_folder_that_holds_nothing_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(dp.UnusableArgument):
            list(dp.assess(folder, as_of=DAY))
