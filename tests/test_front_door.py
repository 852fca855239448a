"""The library as a developer calls it from Python: what is given, what is said of what is wrong, what is written."""

from __future__ import annotations

import logging
import pickle
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from test_docs import ROOT, blocks

import decision_procedure as dp

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/*.yaml"))
DEFECTIVE = next(path for path in EXAMPLES if path.stem == "示例县-多处不合规")
DAY = date(2024, 9, 30)
BODY = {"name": "示例县人民政府", "level": "county", "kind": "government"}
SMALL: dict[str, Any] = {"schema": 1, "title": "事项", "body": BODY}


# -- a record from a mapping -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_mapping_makes_the_record_that_a_file_with_the_same_content_does(path: Path) -> None:
    assert dp.decision(yaml.safe_load(path.read_text("utf-8"))) == dp.load_decision(path)


def test_a_mapping_may_have_chinese_keys_and_words() -> None:
    chinese = {
        "格式版本": 1,
        "事项名称": "事项",
        "决策机关": {"名称": "示例县人民政府", "级别": "县级", "种类": "人民政府"},
    }

    assert dp.decision(chinese) == dp.decision(SMALL)


def test_dates_and_sequences_of_python_are_taken_as_they_are() -> None:
    acts = ({"kind": "deliberation", "date": datetime(2024, 9, 20, 9, 30)}, {"kind": "decision", "date": DAY})

    first, second = dp.decision({**SMALL, "acts": acts}).acts

    assert (str(first.begun), str(second.begun)) == ("2024-09-20T09:30", "2024-09-30")


def test_every_fault_is_told_at_once_with_its_key_and_the_nearest_word() -> None:
    wrong = {
        **SMALL,
        "titel": "x",
        "acts": [{"kind": "deliberation", "attendees": [{"person": "nobody"}]}],
        "body": {},
    }

    with pytest.raises(dp.UnusableInput) as caught:
        dp.decision(wrong)

    assert {fault.key for fault in caught.value.faults} == {"titel", "body.name"}
    assert "title?" in str(caught.value)


def test_the_class_itself_says_the_same_and_refuses_what_disagrees() -> None:
    acts = [{"kind": "deliberation", "attendees": [{"person": "nobody"}]}]

    assert dp.Decision(**SMALL) == dp.decision(SMALL)
    for make in (dp.decision, lambda data: dp.Decision(**data)):
        with pytest.raises(dp.UnusableInput) as caught:
            make({**SMALL, "acts": acts})
        (fault,) = caught.value.faults
        assert fault.key == "acts[0].attendees[0].person"


def test_acts_may_be_objects_of_their_classes() -> None:
    act = dp.acts.PublicComment(start="2024-03-04", end="2024-04-08")

    (found,) = dp.decision({**SMALL, "acts": [act]}).acts

    assert isinstance(found, dp.acts.PublicComment)
    assert str(found.end) == "2024-04-08"
    assert not hasattr(dp.acts, "NoSuchAct")


def test_a_part_alone_is_told_of_what_is_wrong_as_a_record_is() -> None:
    wrong = {"start": "x", "titel": 1}

    with pytest.raises(dp.UnusableInput) as alone:
        dp.acts.PublicComment(**wrong)
    with pytest.raises(dp.UnusableInput) as inside:
        dp.decision({**SMALL, "acts": [{"kind": "public_comment", **wrong}]})

    told = [(fault.key, fault.zh, fault.en) for fault in inside.value.faults]
    assert [(f"acts[0].{fault.key}", fault.zh, fault.en) for fault in alone.value.faults] == told
    assert {fault.file for fault in alone.value.faults} == {"<PublicComment>"}


def test_a_part_alone_may_have_chinese_keys_and_dates_of_python() -> None:
    english = dp.acts.PublicComment(start=date(2024, 3, 4), unit="gov")  # type: ignore[arg-type]

    chinese = dp.acts.PublicComment(种类="公开征求意见", 开始日期="2024年3月4日", 单位编号="gov")

    assert chinese == english == pickle.loads(pickle.dumps(english))  # noqa: S301 - our own
    assert dp.Person(编号="p", 任职=[{"单位编号": "gov"}]).posts == (dp.Post(unit="gov"),)
    assert dp.acts.Attendee(person="p").person == "p"


@pytest.mark.parametrize("wrong", [None, 3, "text", [], object()])
def test_what_is_no_mapping_is_refused_with_what_to_call(wrong: Any) -> None:
    with pytest.raises(dp.UnusableArgument):
        dp.decision(wrong)


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", {1: "x"}])
def test_what_no_file_could_hold_is_refused(value: Any) -> None:
    with pytest.raises(dp.UnusableArgument):
        dp.decision({**SMALL, "note": value})


def test_a_value_that_holds_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)

    with pytest.raises(dp.UnusableArgument):
        dp.decision({**SMALL, "acts": loop})


# -- what is wrong with arguments ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "call"),
    [("record.yaml", "load_decision"), (Path("r.yaml"), "load_decision"), (SMALL, "decision(")],
)
def test_what_is_no_record_is_refused_with_what_makes_it_one(wrong: Any, call: str) -> None:
    with pytest.raises(dp.UnusableArgument, match=call.replace("(", r"\(")):
        dp.check(wrong, as_of=DAY)


def test_a_day_may_be_a_text_or_a_moment() -> None:
    record = dp.decision(SMALL)

    found = {dp.check(record, as_of=day).as_of for day in (DAY, "2024-09-30", datetime(2024, 9, 30, 12))}

    assert found == {"2024-09-30"}


@pytest.mark.parametrize("day", ["2024", "30.9.2024", "", None, 20240930])
def test_what_is_no_day_is_refused(day: Any) -> None:
    for call in (dp.check, lambda record, as_of: dp.check_many([record], as_of=as_of)):
        with pytest.raises(dp.UnusableArgument, match="as_of"):
            call(dp.decision(SMALL), as_of=day)  # type: ignore[operator]


def test_a_misspelt_outcome_is_an_error_that_names_the_nearest() -> None:
    report = dp.check(dp.load_decision(DEFECTIVE), as_of=DAY)

    with pytest.raises(dp.UnusableArgument, match="violated"):
        report.of("violation")  # type: ignore[arg-type]
    for call in (
        lambda: report.findings("violation"),
        lambda: report.problems("violation"),
        lambda: report.of_face("violation"),
        lambda: dp.to_frame([], least="violation"),
        lambda: dp.as_format([], "csv", least="violation"),
    ):
        with pytest.raises(dp.UnusableArgument, match=r"→ violated\?"):
            call()


# -- what is written -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_record_comes_back_the_same_from_every_form_in_both_languages(path: Path, lang: Any) -> None:
    record = dp.load_decision(path)

    assert dp.decision(record.to_dict(lang)) == record
    assert dp.parse_decision(record.to_json(lang)) == record
    assert dp.parse_decision(record.to_yaml(lang), json=False) == record


def test_what_documents_say_differently_comes_back_as_well() -> None:
    says = [{"document": "d1", "value": "2024-05-01"}, {"document": "d2", "value": "2024-05-06"}]
    documents = [{"id": name, "kind": "other"} for name in ("d1", "d2")]
    act = {"kind": "decision", "date": {"says": says}, "documents": ["d1", "d2"]}
    record = dp.decision({**SMALL, "documents": documents, "acts": [act]})

    assert "不同记载" in record.to_yaml("zh")
    assert dp.decision(record.to_dict("zh")) == record
    assert dp.decision(record.to_dict("en")) == record


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_act_that_serves_another_comes_back_as_well(lang: Any) -> None:
    acts = [{"id": "j", "kind": "adjustment", "date": "2024-06-03"}, {"kind": "hearing", "for": "j"}]
    record = dp.decision({**SMALL, "acts": acts})

    assert dp.decision(record.to_dict(lang)) == record
    assert dp.parse_decision(record.to_yaml(lang), json=False) == record


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1, max_size=40
    )
)
def test_any_text_comes_back_from_yaml_as_it_was(text: str) -> None:
    record = dp.decision({**SMALL, "title": text, "note": f"- {text}: #x"})

    assert dp.parse_decision(record.to_yaml("zh"), json=False) == record
    assert dp.parse_decision(record.to_json("zh")) == record


@pytest.mark.parametrize("name", ["r.yaml", "r.json"])
def test_a_record_is_saved_whole_in_chinese_by_default(name: str, tmp_path: Path) -> None:
    record = dp.load_decision(DEFECTIVE)

    dp.save(record, tmp_path / name)

    assert "事项名称" in (tmp_path / name).read_text("utf-8")
    assert dp.load_decision(tmp_path / name) == record


def test_nothing_is_written_in_another_form_or_language(tmp_path: Path) -> None:
    record = dp.decision(SMALL)

    for call in (
        lambda: dp.save(record, tmp_path / "r.txt"),
        lambda: dp.save(record, tmp_path / "r.yaml", lang="fr"),
    ):  # type: ignore[arg-type]
        with pytest.raises(dp.UnusableArgument):
            call()
    assert not list(tmp_path.iterdir())


# -- what is shown ---------------------------------------------------------------------------------------------


def test_what_is_printed_of_records_reports_and_verdicts_is_short() -> None:
    record = dp.load_decision(DEFECTIVE)
    report = dp.check(record, as_of=DAY)

    for value in (record, report, report.verdicts[0]):
        assert len(repr(value)) < 200
    assert "11 violated" in repr(report)


def test_steps_are_listed_with_what_they_are_called() -> None:
    steps = dp.steps()

    assert steps["public_participation"].zh == "公众参与"
    report = dp.check(dp.load_decision(DEFECTIVE), as_of=DAY)
    assert {report.gate(name).state for name in report.rests_on} <= {"open", "closed", "unknown"}
    assert report.rests_on.keys() <= steps.keys()


def test_findings_make_a_table() -> None:
    pytest.importorskip("pandas", reason="no library of tables is installed")
    given = [dp.load_decision(DEFECTIVE), None]

    table = dp.to_frame(dp.check_many(given, as_of=DAY), least="violated")  # type: ignore[list-item]

    assert list(table["outcome"].dropna().unique()) == ["violated"]
    assert len(table) == 12
    assert "第十五条第一款" in set(table["article"])
    assert table["unchecked"].iloc[-1] is not None


def test_what_is_logged_names_no_person_and_no_text_of_the_record(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="decision_procedure"):
        dp.check(dp.load_decision(DEFECTIVE), as_of=DAY)

    assert "violated" in caplog.text
    assert "示例" not in caplog.text


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_of_the_page_run(
    number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)

    exec(blocks("docs/python.md", "python")[number], {})  # noqa: S102 - our own page

    assert ("集体讨论" if number == 0 else "事项名称: 示例县") in capsys.readouterr().out


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_record_in_chinese_is_valid_by_the_schema_for_files_in_chinese(path: Path) -> None:
    checker = jsonschema.Draft202012Validator(dp.record_schema(lang="zh"))
    record = dp.load_decision(path)

    assert list(checker.iter_errors(record.to_dict("zh"))) == []
    assert list(checker.iter_errors(record.to_dict("en")))


def test_the_schema_for_files_in_chinese_names_what_is_wrong() -> None:
    checker = jsonschema.Draft202012Validator(dp.record_schema(lang="zh"))
    chinese = dp.decision(SMALL).to_dict("zh")

    assert checker.is_valid({**chinese, "决策机关": "示例县人民政府", "目录": {"已列入": "是"}})
    for wrong in (
        {"题目": "x"},
        {"事项类别": "水价"},
        {"行为": [{"种类": "没有的"}]},
        {"目录": {"已列入": "也许"}},
    ):
        assert not checker.is_valid({**chinese, **wrong})


def test_one_path_alone_is_a_path_and_not_a_list_of_letters(tmp_path):
    path = tmp_path / "案卷.yaml"
    path.write_bytes(EXAMPLES[0].read_bytes())

    for named in (path, str(path), [path]):
        assert [file for file, _ in dp.load_decisions(named)] == [str(path)]


def test_what_else_a_file_holds_is_looked_up_once_however_many_of_its_lines_are_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "案卷.jsonl").write_text('{"schema": 1}\n' * 30, encoding="utf-8")
    looked_up: list[Path] = []
    monkeypatch.setattr("decision_procedure.api.records.other_content", looked_up.append)

    found = list(dp.load_decisions(tmp_path))

    assert len(found) == 30
    assert all(isinstance(item, dp.UnusableInput) for _, item in found)
    assert looked_up == [tmp_path / "案卷.jsonl"]
