"""A report knows the law it was checked against: told, drawn, sealed or kept, it is never by another one unawares."""

from __future__ import annotations

import io
import json
import pickle
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, report
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.results.known_law import law_of

DAY = date(2024, 9, 30)
RULES = EXAMPLES.parent / "docs" / "county-rules" / "示例县-征求意见规定.yaml"
TITLE = "示例县重大行政决策征求意见规定"
# A provision of the county on who answers: what only its own law can name.
LIABILITY = """
liability:
  - id: "77"
    article: 第七十七条
    ground: breach
    bearers: [CU]
    capacities: [leader]
    text: {zh: "由县政府责令改正", en: "the county government orders it to be put right"}
"""
RECORD: dict[str, Any] = {
    "schema": 1, "title": "示例", "catalogue": {"listed": True}, "traits": {"wide_reach": True}, "lead_unit": "zj",
    "body": {"name": "示例县人民政府", "level": "county", "kind": "government", "code": "999901"},
    "units": [{"id": "zj", "name": "某局"}],
    "people": [
        {"id": "p", "name": "某甲", "posts": [{"unit": "zj", "post": "局长", "capacity": "leader", "since": "2020"}]}
    ],
    "acts": [
        {"id": "c", "kind": "public_comment", "unit": "zj", "start": "2024-03-01", "end": "2024-04-05"},
        {"id": "s", "kind": "submission", "unit": "zj", "date": "2024-05-01"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("county")
    text = RULES.read_text(encoding="utf-8").replace("\nunmodelled:", LIABILITY + "\nunmodelled:")
    (place / RULES.name).write_text(text.replace("articles: 4", "articles: 77"), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def county(folder: Path) -> Law:
    return dp.load_law(folder)


@pytest.fixture(scope="module")
def found(county: Law) -> dp.Report:
    made = dp.check(dp.parse_decision(json.dumps(RECORD)), as_of=DAY, law=county)
    assert {item.duty for item in made.violations} == {"example-county.3"}
    return made


def unzipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in sorted(archive.namelist()))


def drawn(source: Any, **how: Any) -> str:
    return "".join(dp.diagram(source, **how).svgs())


Told = Callable[..., str]
FORMS: Mapping[str, Told] = {
    "text": lambda item, **law: dp.as_text(item, **law),
    "html": lambda item, **law: dp.as_html(item, **law),
    "word": lambda item, **law: unzipped(dp.as_word(item, **law)),
    "review sheet": lambda item, **law: unzipped(dp.as_review_sheet(item, **law)),
    "excel": lambda item, **law: unzipped(dp.as_excel([("a.json", item)], **law)),
    "trail": lambda item, **law: dp.trail(item, **law).text("zh"),
    "seal": lambda item, **law: dp.seal(item, nonce="0" * 64, **law).to_json(),
    **{
        kind: lambda item, kind=kind, **law: drawn(item, kind=kind, **law)
        for kind in ("status", "timeline", "trail", "procedure")
    },
    "catalogue": lambda item, **law: drawn([item, item], kind="catalogue", **law),
    "comparison": lambda item, **law: drawn(
        ("441223", date(2024, 1, 1)), kind="procedure", against=item, **law
    ),
}


@pytest.fixture(scope="module")
def told(found: dp.Report) -> Told:
    """What a form tells of the report by the law that it knows."""
    return cache(lambda form: FORMS[form](found))


@pytest.mark.parametrize("form", FORMS)
def test_without_its_law_named_again_a_report_is_told_by_the_law_it_was_checked_against(
    form: str, found: dp.Report, county: Law, told: Told
) -> None:
    assert told(form) == FORMS[form](found, law=county)


@pytest.mark.parametrize("form", ["text", "html", "word", "trail"])
def test_the_article_of_a_county_on_who_answers_is_named(form: str, told: Told) -> None:
    assert "第七十七条" in told(form)
    assert "example-county.77" not in told(form).replace('"example-county.77"', "")


@pytest.mark.parametrize("form", ["procedure", "comparison"])
def test_a_procedure_drawn_of_a_report_is_that_of_its_law(form: str, found: dp.Report) -> None:
    assert TITLE in re.sub("<[^>]*>|\n", "", FORMS[form](found))


def test_a_sealed_report_holds_the_law_it_was_checked_against(found: dp.Report) -> None:
    assert "cn-999901/example-county.yaml" in dp.seal(found).rules


def test_an_archive_holds_it_too(found: dp.Report, tmp_path: Path) -> None:
    dp.archive(found, tmp_path / "bag", bagged_on=DAY)

    assert (tmp_path / "bag" / "data" / "rules" / "cn-999901" / "example-county.yaml").is_file()
    assert "第七十七条" in (tmp_path / "bag" / "data" / "report" / "report.zh.txt").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("form", FORMS)
def test_another_law_than_its_own_is_refused(form: str, found: dp.Report) -> None:
    if form == "comparison":
        with pytest.raises(dp.UnusableArgument, match="not the one"):
            dp.diagram(found, kind="procedure", law=standard_law())
        return
    with pytest.raises(dp.UnusableArgument, match="not the one"):
        FORMS[form](found, law=standard_law())


def test_the_same_law_loaded_again_is_its_own(found: dp.Report, folder: Path) -> None:
    again = dp.load_law(folder)

    assert dp.as_text(found, law=again) == dp.as_text(found)


def test_the_law_is_neither_compared_nor_written_nor_shown(found: dp.Report, county: Law) -> None:
    read = dp.Report.from_json(found.to_json())

    assert read == found
    assert hash(read) == hash(found)
    assert read.workings is None
    assert "workings" not in found.to_dict()
    assert "workings" not in repr(found)


@pytest.mark.parametrize("form", [name for name in FORMS if name != "comparison"])
def test_a_report_read_back_is_not_told_by_law_that_lacks_its_instruments(
    form: str, found: dp.Report, county: Law, told: Told
) -> None:
    read = dp.Report.from_json(found.to_json())

    with pytest.raises(dp.UnusableArgument, match="example-county"):
        FORMS[form](read)
    assert FORMS[form](read, law=county) == told(form)
    assert FORMS[form](dp.attach(read, county)) == told(form)


def test_a_report_read_back_whose_law_travels_with_the_library_is_told_as_ever() -> None:
    made = report(RECORD | {"body": RECORD["body"] | {"code": "420222"}})

    assert dp.as_text(dp.Report.from_json(made.to_json())) == dp.as_text(made)


def test_no_law_is_attached_that_is_not_its_own(found: dp.Report) -> None:
    with pytest.raises(dp.UnusableArgument):
        dp.attach(found, standard_law())
    with pytest.raises(dp.UnusableArgument, match="example-county"):
        dp.attach(dp.Report.from_json(found.to_json()), standard_law())


def test_a_pickled_report_knows_its_law_still(found: dp.Report) -> None:
    copied = pickle.loads(pickle.dumps(found))  # noqa: S301

    assert copied == found
    assert dp.as_text(copied) == dp.as_text(found)
    assert "第七十七条" in dp.trail(copied).text("zh")


@pytest.mark.parametrize("pool", [None, ThreadPoolExecutor, ProcessPoolExecutor])
def test_the_reports_of_many_records_know_their_law(pool: type[Executor] | None, county: Law) -> None:
    records = [dp.parse_decision(json.dumps(RECORD))] * 3
    executor = None if pool is None else pool(2)  # type: ignore[call-arg]

    made: Iterable[dp.Report] = list(dp.check_many(records, as_of=DAY, law=county, executor=executor))
    if executor is not None:
        executor.shutdown()

    assert all(TITLE in drawn(item, kind="procedure") for item in made)


def test_a_masked_report_knows_its_law_with_names_masked(county: Law) -> None:
    data = RECORD | {"people": [{**RECORD["people"][0], "name": "责令改"}]}
    masked = dp.mask(dp.check(dp.parse_decision(json.dumps(data)), as_of=DAY, law=county), salt=b"s" * 16)

    text = dp.as_text(masked.report)

    assert "责令改" not in text
    assert dp.as_text(masked.report, law=masked.law(county)) == text
    assert "第七十七条" in text
    assert "第七十七条" in dp.trail(masked).text("zh")


def test_a_report_under_the_law_that_ships_knows_it() -> None:
    assert law_of(report(RECORD)) is standard_law()


@pytest.mark.parametrize(
    ("form", "suffix"), [("html", "html"), ("docx", "docx"), ("review-sheet", "docx"), ("xlsx", "xlsx")]
)
def test_a_report_written_by_the_command_with_county_rules_is_told_by_them(
    form: str, suffix: str, folder: Path, found: dp.Report, tmp_path: Path
) -> None:
    file, output = tmp_path / "案卷.json", tmp_path / f"out.{suffix}"
    file.write_text(json.dumps(RECORD), encoding="utf-8")

    CliRunner().invoke(
        app,
        ["report", str(file), "--as-of", "2024-09-30", "--rules", str(folder), "--format", form, "--output", str(output)],
    )  # fmt: skip

    text = output.read_text(encoding="utf-8") if suffix == "html" else unzipped(output.read_bytes())
    assert "第三条" in text or "example-county.3" in text
    assert "第七十七条" in text or form in ("review-sheet", "xlsx")


def test_the_law_tells_its_instruments_duties_and_steps(county: Law) -> None:
    duty = county.duties["cn-713.15.1c"]

    assert isinstance(county, dp.Law)
    assert county.instruments["cn-713"].title.zh == "重大行政决策程序暂行条例"
    assert duty.article == "第十五条第一款"
    assert county.steps[duty.step].name.text("zh") == "公众参与"
    assert {name.partition(".")[0] for name in county.duties} == set(county.instruments)
    assert county.questions == {*county.duties, *(f"{name}.scope" for name in county.instruments)}


def test_a_report_gives_its_law_and_one_without_it_says_what_is_missing(
    found: dp.Report, county: Law
) -> None:
    read = dp.Report.from_json(found.to_json())

    assert found.law is county
    assert dp.attach(read, county).law is county
    with pytest.raises(dp.UnusableArgument, match="example-county"):
        _ = read.law
