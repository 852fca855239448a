"""The command `report`: results for machines, whole or not at all."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from commands import call
from conftest import EXAMPLES
from docx import Document
from test_docs import RUN

from decision_procedure.cli.office import OFFICE
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.render import pdf

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
GOOD = EXAMPLES / "invented" / "示例县-全部合规.yaml"
DAY = ("--as-of", "2024-09-30")
GRANT = "  approver: 甲\n  basis: 应急\n  date: 2024-03-01\n  expires: {}\n  document: 函\n"


def rows(path: Path = BAD, *arguments: str) -> list[dict[str, object]]:
    result = call("report", str(path), *DAY, *arguments)
    return [row for item in json.loads(result.stdout) for row in item["findings"]]


def waive_all(path: Path, expires: str = "2024-12-31") -> Path:
    names = [row["fingerprint"] for row in rows() if row["outcome"] == "violated"]
    entries = "".join(f"- finding: '{name}'\n{GRANT.format(expires)}" for name in names)
    path.write_text(f"schema: 1\nwaivers:\n{entries}", encoding="utf-8")
    return path


def test_the_help_of_the_command_names_every_format() -> None:
    shown = call("report", "--help").stdout

    assert {form for form in (*WRITERS, *OFFICE, "html") if form not in shown} == set()


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_a_format_goes_to_a_file_as_it_goes_to_the_screen(form: str, tmp_path: Path) -> None:
    target = tmp_path / "out"

    shown = call("report", str(BAD), *DAY, "--format", form)
    kept = call("report", str(BAD), *DAY, "--format", form, "--output", str(target))

    assert shown.returncode == kept.returncode == 1
    assert kept.stdout == ""
    assert target.read_text(encoding="utf-8") == shown.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("form", sorted(set(OFFICE) - {"pdf"}))
def test_an_office_file_is_written_whole_and_the_same_to_a_file_and_to_a_pipe(
    form: str, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    command = ["report", BAD.name, *DAY, "--format", form]

    kept = call(*command, "--output", target, cwd=BAD.parent)
    shown = subprocess.run(
        [sys.executable, "-c", RUN, *command], cwd=BAD.parent, capture_output=True, check=False
    )

    assert kept.returncode == shown.returncode == 1
    assert kept.stdout == ""
    assert target.read_bytes().startswith(b"PK")
    assert len(target.read_bytes()) == len(shown.stdout) or form == "xlsx"  # its links start where it lies
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_each_paper_is_written_as_pdf_where_libreoffice_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bytes] = []
    monkeypatch.setattr(pdf, "pdf", lambda data: given.append(data) or b"%PDF-1.6")
    target = tmp_path / "out.pdf"

    result = call("report", BAD, *DAY, "--format", "pdf", "--paper", "补正材料清单", "--output", target)

    assert result.returncode == 1
    assert target.read_bytes() == b"%PDF-1.6"
    assert Document(io.BytesIO(given[0])).core_properties.title.endswith("补正材料清单")


def test_where_libreoffice_is_absent_a_pdf_is_not_written_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    target = tmp_path / "out.pdf"

    result = call("report", BAD, *DAY, "--format", "pdf", "--output", target)

    assert result.returncode == 2
    assert "LibreOffice" in result.stderr
    assert not target.exists()


@pytest.mark.parametrize(
    "wrong", [("--format", "docx", "--paper", "信函"), ("--format", "html", "--paper", "opinion")]
)
def test_a_paper_that_there_is_not_or_that_the_format_has_not_is_refused(
    wrong: tuple[str, ...], tmp_path: Path
) -> None:
    result = call("report", BAD, *DAY, *wrong, "--output", tmp_path / "out")

    assert result.returncode == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["docx", "review-sheet"])
def test_a_word_file_of_several_records_is_refused_and_nothing_is_written(form: str, tmp_path: Path) -> None:
    target = tmp_path / "out"

    result = call("report", str(BAD), str(GOOD), *DAY, "--format", form, "--output", str(target))

    assert result.returncode == 2
    assert "one record" in result.stderr
    assert not target.exists()


@pytest.mark.parametrize("form", sorted(OFFICE))
def test_an_office_file_of_an_unusable_record_is_not_written(form: str, tmp_path: Path) -> None:
    record, target = tmp_path / "a.yaml", tmp_path / "out"
    record.write_text("schema: 2\n", encoding="utf-8")

    result = call("report", str(record), *DAY, "--format", form, "--output", str(target))

    assert result.returncode == 2
    assert "a.yaml" in result.stderr
    assert not target.exists()


def test_nothing_is_written_when_one_of_the_records_is_unusable(tmp_path: Path) -> None:
    folder, target = tmp_path / "records", tmp_path / "out"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(GOOD.read_bytes())
    (folder / "b.yaml").write_text("schema: 1\n", encoding="utf-8")
    (folder / "c.yaml").write_text("schema: 2\n", encoding="utf-8")

    result = call("report", str(folder), *DAY, "--output", str(target))
    shown = call("report", str(folder), *DAY)

    assert result.returncode == shown.returncode == 2
    assert shown.stdout == ""
    assert not target.exists()
    assert "b.yaml" in result.stderr
    assert "c.yaml" in result.stderr


def test_waived_breaches_do_not_fail_but_are_all_there(tmp_path: Path) -> None:
    before = rows()
    waivers = waive_all(tmp_path / "w.yaml")

    result = call("report", str(BAD), *DAY, "--waivers", str(waivers))

    assert result.returncode == 0
    after = [row for item in json.loads(result.stdout) for row in item["findings"]]
    assert [row["fingerprint"] for row in after] == [row["fingerprint"] for row in before]
    assert {row["waived"] for row in after if row["outcome"] == "violated"} == {True}


def test_an_expired_waiver_fails_again_and_says_so(tmp_path: Path) -> None:
    waivers = waive_all(tmp_path / "w.yaml", expires="2024-09-29")

    result = call("report", str(BAD), *DAY, "--waivers", str(waivers), "--format", "github")

    assert result.returncode == 1
    assert "waiver.expired" in result.stdout


def test_an_unused_waiver_fails_when_questions_for_a_person_are_asked_for(tmp_path: Path) -> None:
    waivers = tmp_path / "w.yaml"
    waivers.write_text(
        f"schema: 1\nwaivers:\n- finding: '{'0' * 32}'\n{GRANT.format('2024-12-31')}", encoding="utf-8"
    )

    arguments = ("report", str(GOOD), *DAY, "--waivers", str(waivers), "--format", "jsonl")
    plain, strict = call(*arguments), call(*arguments, "--fail-on", "needs_judgement")

    assert plain.returncode == 0
    assert strict.returncode == 1
    last = json.loads(plain.stdout.splitlines()[-1])
    assert [(row["rule"], row["file"]) for row in last["findings"]] == [("waiver.unused", str(waivers))]


def test_a_baseline_accepts_the_old_and_fails_on_the_new_and_shrinks(tmp_path: Path) -> None:
    record, baseline = tmp_path / "r.yaml", tmp_path / "b.json"
    text = BAD.read_text(encoding="utf-8")
    record.write_text(text, encoding="utf-8")
    call("report", str(record), *DAY, "--new-baseline", str(baseline))
    first = json.loads(baseline.read_text(encoding="utf-8"))["findings"]

    assert call("report", str(record), *DAY, "--baseline", str(baseline)).returncode == 0

    record.write_text(text.replace("end: '2024-03-24'", "end: '2024-03-20'"), encoding="utf-8")
    worse = call("report", str(record), *DAY, "--baseline", str(baseline), "--update-baseline")
    after_worse = json.loads(baseline.read_text(encoding="utf-8"))["findings"]
    record.write_text(text.replace("end: '2024-03-24'", "end: '2024-04-24'"), encoding="utf-8")
    cured = call("report", str(record), *DAY, "--baseline", str(baseline), "--update-baseline")
    after_cure = json.loads(baseline.read_text(encoding="utf-8"))["findings"]

    assert worse.returncode == 1
    assert cured.returncode == 0
    assert len(after_cure) <= len(after_worse) < len(first)
    assert all(item in first for item in (*after_worse, *after_cure))


def test_an_existing_baseline_is_never_overwritten_by_a_new_one(tmp_path: Path) -> None:
    baseline = tmp_path / "b.json"
    baseline.write_text("kept", encoding="utf-8")

    result = call("report", str(BAD), *DAY, "--new-baseline", str(baseline))

    assert result.returncode == 2
    assert baseline.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--baseline", "missing.json"),
        ("--waivers", "missing.yaml"),
        ("--update-baseline",),
        ("--as-of", "yesterday"),
        ("--format", "odt"),
        ("--output", "no/such/folder/out.json"),
    ],
)
def test_arguments_that_cannot_be_used_end_with_status_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    result = call("report", str(GOOD), *DAY, *arguments, cwd=tmp_path)

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_record_that_no_loaded_law_covers_is_never_a_success(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    act = {"id": "a", "kind": "publication", "date": "1995-01-01"}
    old.write_text(
        json.dumps({"schema": 1, "title": "旧事", "body": {"name": "某县"}, "acts": [act]}), encoding="utf-8"
    )

    assert call("report", str(old), *DAY).returncode == 1
    assert call("report", str(old), *DAY, "--allow-uncovered").returncode == 0


def test_the_schema_of_reports_is_printed() -> None:
    shown = json.loads(call("schema", "report").stdout)

    assert shown["title"] == "Report"
    assert json.loads(call("schema", "record").stdout) == json.loads(call("schema").stdout)


def test_english_output_is_english() -> None:
    text = call("report", str(BAD), *DAY, "--format", "junit", "--lang", "en").stdout

    messages = [item.attrib["message"] for item in ET.fromstring(text).iter("failure")]
    assert messages
    assert all(message.startswith("violated: ") for message in messages)


def test_word_marks_in_words_what_a_baseline_accepts(tmp_path: Path) -> None:
    baseline = tmp_path / "b.json"
    call("report", str(BAD), *DAY, "--new-baseline", str(baseline))
    number = len(json.loads(baseline.read_text(encoding="utf-8"))["findings"])

    for form, told in (
        ("docx", "已列入存量清单。"),
        ("review-sheet", f"其中{number - 1}项已列入存量清单"),  # one of them is not counted on the sheet
    ):
        for given, shown in ((("--baseline", str(baseline)), True), ((), False)):
            output = tmp_path / f"{form}-{shown}.docx"
            call("report", str(BAD), *DAY, "--format", form, "--output", str(output), *given)
            document = Document(str(output))
            texts = [cell.text for table in document.tables for cell in table._cells]
            texts += [paragraph.text for paragraph in document.paragraphs]
            assert any(told in text.replace("\n", "") for text in texts) is shown
