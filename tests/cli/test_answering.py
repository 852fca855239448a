"""Answers and canonical keys written back into the file of a record: comments stay, bad answers change nothing."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
import typer.testing
from commands import call
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.errors import UnusableInput
from decision_procedure.forms.answering import changes
from decision_procedure.forms.record_text import RecordText

RECORD = """\
# 县里的案卷
格式版本: 1
事项名称: 示例县停车收费管理方案  # 暂名
决策机关: 示例县人民政府
单位:
  - {编号: fg, 名称: 示例县发展和改革局}
行为:
  # 网上公开
  - 种类: 公开征求意见
    编号: c
    单位: fg
    开始日期: 2024年3月4日
    截止日期: 2024-03-14
# 以上由发改局填
"""
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.yaml"))
AS_OF = ("--as-of", "2024-09-30")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "案卷.yaml"
    path.write_text(RECORD, encoding="utf-8")
    return path


def test_answers_of_a_file_go_into_the_record_and_comments_stay(record: Path, tmp_path: Path) -> None:
    answers = tmp_path / "回答.yaml"
    answers.write_text(
        "catalogue.listed: 是\nacts[c].shortening_explained: 公告中说明\nacts(hearing): 否\nacts(deliberation): 不清楚\n",
        encoding="utf-8",
    )

    done = call("ask", record, *AS_OF, "--answers", answers)

    assert done.returncode == 0, done.stderr
    text = record.read_text("utf-8")
    assert text.startswith(RECORD.partition("# 以上")[0].partition("  # 网上")[0])
    assert "# 网上公开" in text
    assert "# 暂名" in text
    assert ": 公告中说明" in text
    after = dp.load_decision(record)
    assert after.catalogue is not None
    assert after.catalogue.listed is True
    assert [act.held for act in after.acts] == [True, False]


def test_a_table_of_answers_is_taken_and_a_bad_one_is_told_with_its_line_and_changes_nothing(
    record: Path, tmp_path: Path
) -> None:
    table = tmp_path / "回答.csv"
    table.write_text("位置,回答\nacts[c].shortening_explained,随便\ncatalogue.listed,是\n", encoding="utf-8")

    refused = call("ask", record, *AS_OF, "--answers", table)

    assert refused.returncode == 2
    assert "回答.csv:2: acts[c].shortening_explained" in refused.stderr
    assert record.read_text("utf-8") == RECORD
    table.write_text(f'位置,回答\nx,"{"长" * 140_000}"\n', encoding="utf-8")
    assert "回答.csv" in (endless := call("ask", record, *AS_OF, "--answers", table)).stderr
    assert endless.returncode == 2
    table.write_text("位置,回答\nacts[c].shortening_explained,未说明\n无此处,是\n", encoding="utf-8")
    done = call("ask", record, *AS_OF, "--answers", table)
    assert done.returncode == 0
    assert "无此处" in done.stderr


def test_a_record_in_json_takes_answers_too(record: Path, tmp_path: Path) -> None:
    path, answers = tmp_path / "案卷.json", tmp_path / "a.json"
    path.write_text(dp.load_decision(record).to_json("zh"), encoding="utf-8")
    answers.write_text(json.dumps({"catalogue.listed": True}), encoding="utf-8")

    assert call("ask", path, *AS_OF, "--answers", answers).returncode == 0
    found = dp.load_decision(path).catalogue
    assert found is not None
    assert found.listed is True


def terminal(record: Path, typed: str) -> str:
    done = typer.testing.CliRunner().invoke(app, ["ask", str(record), *AS_OF, "--answer"], input=typed)
    return done.output


def test_in_the_terminal_each_answer_is_checked_and_kept_at_once_and_one_may_stop_half_way(
    record: Path,
) -> None:
    first = terminal(record, "q\n")
    assert "已保存" in first
    assert record.read_text("utf-8") == RECORD

    said = terminal(record, "9\n1\nq\n")

    assert "9" in said
    after = dp.load_decision(record)
    assert after != dp.parse_decision(RECORD, json=False)
    assert "# 以上由发改局填" in record.read_text("utf-8")


def test_what_is_not_known_is_passed_over_and_left_open(record: Path) -> None:
    said = terminal(record, "\n不清楚\n")

    assert record.read_text("utf-8") == RECORD
    assert said.count("回答（") == 3


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_record_in_the_keys_of_either_language_is_the_same_record(path: Path) -> None:
    text = path.read_text("utf-8")
    there = RecordText(text, "a.yaml", is_json=False).in_language("zh")
    back = RecordText(there, "a.yaml", is_json=False)

    assert back.decision == dp.load_decision(path)
    assert "schema:" not in there
    assert back.in_language("zh") == there
    assert RecordText(back.in_language("en"), "a.yaml", is_json=False).decision == back.decision
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in there.splitlines() if line.startswith("#")
    ]


NOTES = st.lists(st.sampled_from(["# 注", "#甲", "", "# a: b"]), min_size=14, max_size=14)


@settings(max_examples=25)
@given(notes=NOTES, lang=st.sampled_from(["zh", "en"]))
def test_comments_anywhere_are_kept_or_the_record_is_left_alone(notes: list[str], lang: str) -> None:
    lines = RECORD.splitlines()
    text = "".join(
        f"{line}\n{note}\n" if note else f"{line}\n" for line, note in zip(lines, notes, strict=True)
    )
    record = RecordText(text, "a.yaml", is_json=False)
    new = record.in_language(lang)  # type: ignore[arg-type]

    assert dp.parse_decision(new, json=False) == record.decision
    assert sorted(line.strip() for line in new.splitlines() if line.strip().startswith("#")) == sorted(
        line.strip() for line in text.splitlines() if line.strip().startswith("#")
    )


def test_fmt_says_which_records_it_would_rewrite_and_rewrites_all_or_none(record: Path) -> None:
    assert call("fmt", record, "--check").returncode == 1
    assert record.read_text("utf-8") == RECORD
    assert call("fmt", record).returncode == 0
    assert "单位编号: fg" in record.read_text("utf-8")
    assert call("fmt", record, "--check").returncode == 0
    assert call("fmt", record, "--lang", "en").returncode == 0
    assert "kind: public_comment" in record.read_text("utf-8")
    bad = record.with_name("坏.yaml")
    bad.write_text("格式版本: 1\n标题: &a 甲\n", encoding="utf-8")
    before = record.read_text("utf-8")
    assert call("fmt", record, bad, "--lang", "zh").returncode == 2
    assert record.read_text("utf-8") == before


def test_what_cannot_stand_in_a_record_is_refused_before_anything_is_written() -> None:
    record = RecordText(RECORD, "a.yaml", is_json=False)
    report = dp.check(record.decision, as_of="2024-09-30")
    question = next(item for item in dp.questions(report) if item.place == "acts[c].shortening_explained")
    with pytest.raises(UnusableInput):
        record.with_edits(changes(record.decision, [(question, "也许")]))


def test_a_new_record_takes_its_first_acts_with_units_and_documents_by_name(tmp_path: Path) -> None:
    path, answers = tmp_path / "新.yaml", tmp_path / "a.yaml"
    assert call("new", path, "--body", "示例县", "--title", "停车收费", *AS_OF).returncode == 0
    skeleton = path.read_text("utf-8")
    answers.write_text(
        "acts(hearing): {日期: 2024-06-10, 单位: 示例县发展和改革局}\n"
        "acts(legality_review): {送审日期: 2024-07-01, 单位: 示例县司法局, 材料: [审查意见]}\n"
        "acts(deliberation): 否\n",
        encoding="utf-8",
    )

    done = call("ask", path, *AS_OF, "--answers", answers)

    assert done.returncode == 0, done.stderr
    after = dp.load_decision(path)
    assert [act.kind for act in after.acts] == ["hearing", "legality_review", "deliberation"]
    assert [unit.name for unit in after.units] == ["示例县发展和改革局", "示例县司法局"]
    assert [document.title for document in after.documents] == ["审查意见"]
    assert [line for line in skeleton.splitlines() if line.startswith("#")] == [
        line for line in path.read_text("utf-8").splitlines() if line.startswith("#")
    ]
    assert "种类: 听证会" in path.read_text("utf-8")


UNNAMED = """\
格式版本: 1
事项名称: 示例县停车收费管理方案
决策机关: {名称: 示例县人民政府, 级别: 县级, 种类: 人民政府}
行为:
  - {种类: 风险评估}
"""


def test_an_act_without_an_identifier_is_known_again_once_an_answer_has_changed_it(tmp_path: Path) -> None:
    record = tmp_path / "案卷.yaml"
    record.write_text(UNNAMED, encoding="utf-8")
    name = dp.load_decision(record).acts[0].id
    answers = tmp_path / "回答.yaml"
    answers.write_text(
        f"acts[{name}].date: 2024-05-08\nacts[{name}].documents: 示例县风险评估报告\n", encoding="utf-8"
    )

    done = call("ask", record, *AS_OF, "--answers", answers)

    assert done.returncode == 0, done.stderr
    assert "未问此项" not in done.stderr
    found = dp.load_decision(record)
    assert str(found.acts[0].date) == "2024-05-08"
    assert found.acts[0].documents == (found.documents[0].id,)


def form_of(folder: Path) -> Path:
    path = folder / "案卷表.xlsx"
    path.write_bytes(dp.form(dp.parse_decision(RECORD, json=False), as_of=AS_OF[1]).data)
    return path


def test_answers_go_into_a_form_too(tmp_path: Path) -> None:
    form, answers = form_of(tmp_path), tmp_path / "回答.yaml"
    answers.write_text("acts[c].shortening_explained: 公告中说明\nacts(hearing): 否\n", encoding="utf-8")

    done = call("ask", form, *AS_OF, "--answers", answers)

    assert done.returncode == 0, done.stderr
    found = dp.load_decision(form)
    (comment,) = [act for act in found.acts if act.kind == "public_comment"]
    assert comment.shortening_explained == "in_notice"  # type: ignore[attr-defined]
    assert [act.kind for act in found.acts if act.held is False] == ["hearing"]
    sheet = openpyxl.load_workbook(form)["公开征求意见"]
    assert sheet.protection.sheet


def test_in_the_terminal_each_answer_goes_into_the_form_at_once(tmp_path: Path) -> None:
    form = form_of(tmp_path)
    first = dp.questions(dp.check(dp.load_decision(form), as_of=AS_OF[1]))[0]

    done = typer.testing.CliRunner().invoke(app, ["ask", str(form), *AS_OF, "--answer"], input="1\nq\n")

    assert done.exit_code == 0, done.output
    after = dp.questions(dp.check(dp.load_decision(form), as_of=AS_OF[1]))
    assert first.place not in [item.place for item in after]


def test_a_word_letter_is_not_read_back_and_it_is_told_what_to_do(record: Path, tmp_path: Path) -> None:
    letter = tmp_path / "函.docx"
    assert call("ask", record, *AS_OF, "--format", "docx", "--output", letter).returncode == 0

    done = call("ask", record, *AS_OF, "--answers", letter)

    assert done.returncode == 2
    assert "ask --format xlsx" in done.stderr
    assert record.read_text("utf-8") == RECORD


def test_no_to_whether_there_is_more_of_a_list_is_taken_in_the_terminal(tmp_path: Path) -> None:
    record = tmp_path / "案卷.yaml"
    record.write_text(UNNAMED + "特别程序: [政府定价]\n目录: {已列入: 是}\n", encoding="utf-8")
    asked = dp.questions(dp.check(dp.load_decision(record), as_of=AS_OF[1]))
    before = [item.place for item in asked].index("tracks")

    done = typer.testing.CliRunner().invoke(
        app, ["ask", str(record), *AS_OF, "--answer"], input="\n" * before + "否\nq\n"
    )

    assert done.exit_code == 0, done.output
    assert dp.load_decision(record).tracks_complete is True
