"""A province that nobody wrote yet: one file of YAML, and no line of Python, in every output and both languages."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from outputs import OUTPUTS
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.law.articles import article_text, articles_text
from decision_procedure.law.said import Article

SAMPLE = Path(__file__).parents[1] / "docs" / "county-rules" / "示例县-征求意见规定.yaml"
NAMES = {
    "title": ("某省决策征求意见办法", "Measures of a Province on Comment"),
    "issuer": ("某省人民政府办公厅", "General Office of a Provincial Government"),
    "kind": ("省政府规范性文件", "provincial document"),
    "article": ("征求意见部分首段", "opening lines of the part on comment"),
}


def said(name: str) -> dict[str, str]:
    return dict(zip(("zh", "en"), NAMES[name], strict=True))


@lru_cache
def law(folder: Path) -> dp.Law:
    pack = yaml.safe_load(SAMPLE.read_text("utf-8"))
    for part in (pack["scope"], pack["binding"], pack["duties"][0]):
        part["article"] = said("article")
    pack["head"] |= {
        "id": "mou-1", "number": "某政办〔2024〕1号", "level": "province", "place": "370000",
        **{name: said(name) for name in ("title", "issuer", "kind")},
    }  # fmt: skip
    (folder / "mou-1.yaml").write_text(yaml.safe_dump(pack, allow_unicode=True), "utf-8")
    return dp.load_law(folder)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dp.Report:
    loaded = law(tmp_path_factory.mktemp("rules"))
    record = {
        "schema": 1, "title": "规划", "body": {"name": "某县人民政府", "code": "371499", "level": "county", "kind": "government"},
        "catalogue": {"listed": True}, "traits": {"wide_reach": True},
        "acts": [{"id": "c", "kind": "public_comment", "start": "2024-03-01", "end": "2024-04-05"}],
    }  # fmt: skip
    decision = dp.parse_decision(json.dumps(record, ensure_ascii=False), law=loaded)
    return dp.check(decision, as_of=date(2024, 9, 1), law=loaded)


def test_it_finds_in_its_own_counties(report: dp.Report) -> None:
    (found,) = [item for item in report.findings() if item.duty == "mou-1.3"]

    assert found.outcome == "violated"
    assert (found.article.zh, found.article.en) == NAMES["article"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", OUTPUTS)
def test_every_output_names_its_law(form: str, lang: str, report: dp.Report) -> None:
    text = OUTPUTS[form](report, lang)

    assert text
    if lang == "en" and form in ("text", "html", "word", "trail", "csv", "github"):
        assert NAMES["title"][1] in text
        assert NAMES["article"][1] in text
        assert NAMES["article"][0] not in text


@pytest.mark.parametrize(("at", "lang"), [(0, "zh"), (1, "en")])
def test_its_page_says_who_issued_it(tmp_path: Path, at: int, lang: str) -> None:
    law(tmp_path)
    told = (
        CliRunner().invoke(app, ["rules", "show", "mou-1", "--rules", str(tmp_path), "--lang", lang]).output
    )

    assert all(names[at] in told for names in NAMES.values())


def test_lint_and_test_take_it(tmp_path: Path) -> None:
    law(tmp_path)
    for command in ("lint", "test"):
        done = CliRunner().invoke(app, ["rules", command, str(tmp_path / "mou-1.yaml")])
        assert done.exit_code == 0, done.output


def test_a_report_read_back_cites_as_before(report: dp.Report) -> None:
    back = dp.Report.from_json(report.to_json(), report.law)

    assert back == report
    assert dp.as_text(back, lang="en", law=report.law) == dp.as_text(report, lang="en")


def test_a_citation_says_its_own_english_and_another_of_the_same_words_says_its_numbers() -> None:
    own, plain = Article("第三条首段", "opening of Article 3"), Article("第三条")

    assert article_text(own, "en") == "opening of Article 3"
    assert article_text(own, "zh") == "第三条首段"
    assert article_text(plain, "en") == "Art. 3"
    assert articles_text((Article("首段", "opening"),), "en") == "opening"
    assert articles_text(("首段",), "en") == "首段"
