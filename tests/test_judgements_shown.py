"""A person's answers are shown in every form of a report, and the exit status goes by them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import act, record
from docx import Document
from heads import DAY, checked
from openpyxl import load_workbook
from test_judgements import GATE, answer, asked, pinned
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.exchange.findings import FindingsView, finding_text, report_findings
from decision_procedure.exchange.writers import WRITERS

REASON, NEWER = "已按审查意见逐条修改", "修改不完整"
NOT_MET = answer("cn-713.28c", "review", answer="not_met", reason=NEWER, by="p1")
LOOSE = answer("cn-713.25.1a", "submit", reason="认为合规")
RECORD = asked(pinned(reason=REASON), NOT_MET, LOOSE)


def written(path: Path, data: dict[str, object] = RECORD) -> str:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*arguments, "--as-of", DAY.isoformat()], env={"COLUMNS": "400"})
    return result.exit_code, result.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", sorted(WRITERS))
def test_every_format_shows_the_answer_its_reason_and_the_answers_on_no_question(
    form: str, lang: str
) -> None:
    text = "".join(WRITERS[form]([("r.json", checked(RECORD))], FindingsView(lang=lang)))

    assert REASON in text
    assert NEWER in text
    assert "judgement.not_asked" in text
    assert "认为合规" in text


def test_the_rows_of_findings_carry_the_answer_and_put_what_is_not_met_first_among_the_questions() -> None:
    rows = list(report_findings("r.json", checked(RECORD), FindingsView()))

    questions = [row for row in rows if row.outcome == "needs_judgement"]
    assert questions[0].rule == "cn-713.28c"
    assert (questions[0].judged, questions[0].counts) == ("not_met", True)
    assert questions[-1].rule == GATE
    assert (questions[-1].judged, questions[-1].counts, questions[-1].fails) == ("met", False, False)
    (loose,) = [row for row in rows if row.rule.startswith("judgement.")]
    assert not loose.fails


def test_csv_has_columns_for_the_answer_and_for_who_gave_it() -> None:
    text = "".join(WRITERS["csv"]([("r.json", checked(RECORD))], FindingsView()))

    rows = {row["rule"]: row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}

    assert (rows[GATE]["judged"], rows[GATE]["judged_by"], rows[GATE]["judged_on"]) == (
        "met",
        "u-sf",
        "2024-04-02",
    )
    assert rows["cn-713.28c"]["judged"] == "not_met"


def test_sarif_suppresses_what_was_judged_met_and_nothing_else() -> None:
    log = json.loads("".join(WRITERS["sarif"]([("r.json", checked(RECORD))], FindingsView())))

    suppressed = {row["ruleId"] for row in log["runs"][0]["results"] if row.get("suppressions")}

    assert suppressed == {GATE}


def test_an_outdated_answer_is_shown_as_such_and_suppresses_nothing() -> None:
    found = checked(asked(answer(fingerprint="0" * 32, reason=REASON)))

    (row,) = [row for row in report_findings("r.json", found, FindingsView()) if row.rule == GATE]

    assert (row.judged, row.counts) == (None, True)
    assert REASON in finding_text(row, "zh")
    assert "案卷事实已变化" in finding_text(row, "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_and_the_web_page_show_answers_beside_their_questions_and_others_apart(lang: str) -> None:
    found = checked(RECORD)

    for text in (dp.as_text(found, lang=lang), dp.as_html(found, lang=lang)):
        assert REASON in text
        assert NEWER in text
        assert text.index(NEWER) < text.index(REASON)
        assert "认为合规" in text
        assert ("不起作用的人工判断" if lang == "zh" else "that change nothing") in text


def test_word_and_excel_show_answers(tmp_path: Path) -> None:
    found = checked(RECORD)
    opinion, book = tmp_path / "o.docx", tmp_path / "b.xlsx"
    opinion.write_bytes(dp.as_word(found))
    book.write_bytes(dp.as_excel([("r.json", found)]))

    document = Document(str(opinion))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    sheet = load_workbook(book)["问题清单"]
    cells = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)

    for shown in (text, cells):
        assert REASON in shown
        assert NEWER in shown
    assert "人工判断" in cells
    assert "认为合规" in cells


def test_the_command_line_marks_answers_in_quiet_lines_and_names_those_on_no_question(tmp_path: Path) -> None:
    file = written(tmp_path / "r.json")

    _, shown = run("check", file, "--quiet")

    lines = [line for line in shown.splitlines() if "需人工判断" in line]
    assert "[已判断：不符合要求] cn-713.28c" in lines[0]
    assert any(f"[已判断：符合要求] {GATE}" in line for line in lines)
    (loose,) = [line for line in shown.splitlines() if "cn-713.25.1a submit" in line]
    number = int(loose.removeprefix(f"{file}:").partition(":")[0])
    texts = Path(file).read_text(encoding="utf-8").splitlines()
    assert "cn-713.25.1a" in texts[number]


@pytest.mark.parametrize("command", ["check", "report"])
def test_the_exit_status_goes_by_the_answers(command: str, tmp_path: Path) -> None:
    base = record("示例县-全部合规")
    act(base, "review").update(conclusion="passed_with_changes", changes_asked=True, changes_made=False)
    questions = [(v.duty, v.act) for v in checked(base).of("needs_judgement") if v.counts]
    assert GATE in {duty for duty, _ in questions}
    answers = [answer(duty, on, by="某人", day="2024-09-01") for duty, on in questions]
    strict = ("--fail-on", "needs_judgement")

    open_, _ = run(command, written(tmp_path / "a.json", base), *strict)
    met, _ = run(command, written(tmp_path / "b.json", {**base, "judgements": answers}), *strict)
    one_not = [answers[0] | {"answer": "not_met"}, *answers[1:]]
    not_met, _ = run(command, written(tmp_path / "c.json", {**base, "judgements": one_not}), *strict)
    outdated = [answers[0] | {"fingerprint": "0" * 32}, *answers[1:]]
    late, _ = run(command, written(tmp_path / "d.json", {**base, "judgements": outdated}), *strict)

    assert (open_, met, not_met, late) == (1, 0, 1, 1)
