"""Pages, workbook, paper, JSON and lines of an assessment: the same numbers, links that lead somewhere, nothing of a record live."""

from __future__ import annotations

import io
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from commands import call
from county import COUNTY, DAY, bodies, catalogue, record, written
from openpyxl import load_workbook

from decision_procedure.render.assessing.told import number

HOSTILE = "=cmd|'/c calc'!A1<script>alert(1)</script>&\u202e"


class Links(HTMLParser):
    """The places that a page has, and to which it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.ids |= {found["id"]} if found.get("id") else set()
        self.links += [found["href"]] if tag == "a" and found.get("href") else []


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages") / "out"
    result = call("assess", COUNTY, "--as-of", DAY, "--format", "html", "--output", folder)
    assert result.returncode == 0, result.stderr
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def test_every_link_of_the_pages_leads_to_a_place_that_is_there(pages: dict[str, str]) -> None:
    parsed = {name: Links(text) for name, text in pages.items()}

    assert parsed.keys() == {"index.html", "body-001.html", "body-002.html", "body-003.html"}
    for name, page in parsed.items():
        assert not page.tags & {"script", "img", "link", "iframe"}
        for link in page.links:
            file, _, place = link.partition("#")
            assert file in parsed or not file
            assert not place or place in parsed[file or name].ids, link


def test_the_pages_give_the_points_and_what_stands_behind_them(pages: dict[str, str]) -> None:
    total = bodies()["department"].year(2024).total

    assert f"{number(total.worst)}—{number(total.best)}" in pages["index.html"]
    assert "比“一般不少于30日”的要求少10日" in pages["body-001.html"]
    assert re.search(r"案卷/农村客运票价补贴\.yml，第\d+行", pages["body-001.html"])
    assert "自评高于核查所能支持的最高分" in pages["body-001.html"]


def test_a_folder_with_other_files_is_left_alone_and_several_bodies_need_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")

    foreign = call("assess", COUNTY, "--as-of", DAY, "--format", "html", "--output", tmp_path)
    several = call("assess", COUNTY, "--as-of", DAY, "--format", "html", "--output", tmp_path / "all.html")
    one = call(
        "assess", COUNTY / "清水镇", "--as-of", DAY, "--format", "html", "--output", tmp_path / "one.html"
    )

    assert (foreign.returncode, several.returncode, one.returncode) == (2, 2, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "one.html"]


def test_the_workbook_leads_from_the_overview_to_the_points_and_from_these_to_what_is_behind(
    tmp_path: Path,
) -> None:
    path = tmp_path / "考评.xlsx"

    result = call("assess", COUNTY, "--as-of", DAY, "--format", "xlsx", "--output", path)
    book = load_workbook(path)

    assert result.returncode == 0
    assert book.sheetnames == ["全县总览", "指标得分", "依据", "按承办单位", "历年得分"]
    names = [row[2] for row in book["全县总览"].iter_rows(min_row=2)]
    for cell in names:
        sheet, _, place = cell.hyperlink.location.partition("!")
        assert book[sheet.strip("'")][place].value == cell.value
    for row in book["指标得分"].iter_rows(min_row=2):
        if row[-1].hyperlink:
            sheet, _, place = row[-1].hyperlink.location.partition("!")
            target = book[sheet.strip("'")][place]
            assert (target.value, target.offset(0, 1).value) == (row[0].value, row[1].value)
    assert sum(1 for _ in book["历年得分"].iter_rows(min_row=2)) == 4


def test_text_tells_a_single_body_in_full_in_both_languages() -> None:
    zh = call("assess", COUNTY / "交通运输局", "--as-of", DAY)
    en = call("assess", COUNTY / "交通运输局", "--as-of", DAY, "--lang", "en")

    assert "目录外决策：案卷“出租汽车运价调整方案”" in zh.stdout
    assert "算" not in en.stdout
    assert "what is undetermined" in en.stdout.lower()


def test_json_holds_what_the_objects_hold() -> None:
    result = call("assess", COUNTY, "--as-of", DAY, "--format", "json")
    found = json.loads(result.stdout)

    by_name = {item["name"]: item for item in found["bodies"]}
    for body in bodies().values():
        year = by_name[body.name]["years"][-1]
        assert year["total"] == {
            side: round(float(getattr(body.year(2024).total, side)), 2) for side in ("worst", "best")
        }
        for score, written_score in zip(body.year(2024).scores, year["scores"], strict=True):
            assert written_score["counts"] == (None if score.measure.stated else score.tally._asdict())
            assert len(written_score["grounds"]) == len(score.grounds)
    assert {item["unranked"] for item in found["standings"]} <= {"too_open", "too_few_bodies"}


def test_a_year_without_anything_says_which_years_there_are() -> None:
    result = call("assess", COUNTY, "--as-of", "2025-02-01")

    assert result.returncode == 0
    assert "2025年度没有案卷和目录。有数据的年度：2023、2024。" in result.stderr


def test_nothing_of_a_record_is_live_in_any_form(tmp_path: Path) -> None:
    body = {"name": HOSTILE, "level": "township", "kind": "government"}
    folder = tmp_path / "县/甲"
    written(folder / "案卷/一.yaml", record(HOSTILE, decided="2024-06-01", body=body))
    written(folder / "目录.yaml", catalogue(HOSTILE, issuer=HOSTILE) | {"level": "township"})
    own = [{"indicator": "township-comment", "points": 1, "note": HOSTILE}]
    written(folder / "评分.yaml", {"schema": 1, "year": 2024, "own": own})

    for form in ("text", "json", "html", "xlsx", "docx"):
        output = tmp_path / f"out-{form}"
        result = call("assess", tmp_path / "县", "--as-of", DAY, "--format", form, "--output", output)
        assert result.returncode == 0, result.stderr

    page = Links((tmp_path / "out-html/body-001.html").read_text("utf-8"))
    assert "script" not in page.tags
    assert "\u202e" not in (tmp_path / "out-text").read_text("utf-8")
    book = load_workbook(io.BytesIO((tmp_path / "out-xlsx").read_bytes()))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_no_result_is_written_where_the_next_assessment_would_read_it_as_a_record(
    form: str, tmp_path: Path
) -> None:
    county = tmp_path / "县"
    shutil.copytree(COUNTY, county)

    result = call("assess", county, "--as-of", DAY, "--format", form, "--output", county / f"考评.{form}")

    assert result.returncode == 2
    assert "被考评的文件夹" in result.stderr
    assert not (county / f"考评.{form}").exists()
