"""`report --format html`: one file, or a folder, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from commands import call
from conftest import EXAMPLES

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
DAY = ("--as-of", "2024-09-30", "--format", "html")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_one_record_goes_to_stdout_with_the_lines_of_its_file() -> None:
    result = call("report", BAD, *DAY)

    assert result.returncode == 1
    assert result.stdout.startswith("<!DOCTYPE html>")
    assert "示例县-多处不合规.yaml:288" in result.stdout


def test_one_record_goes_to_one_file(tmp_path: Path) -> None:
    result = call("report", BAD, *DAY, "--lang", "en", "--output", tmp_path / "report.html")

    assert result.returncode == 1
    assert 'lang="en"' in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_many_records_make_a_folder_the_same_each_time(tmp_path: Path) -> None:
    first = call("report", EXAMPLES / "invented", *DAY, "--output", f"{tmp_path / 'one'}/")
    second = call("report", EXAMPLES / "invented", *DAY, "--output", tmp_path / "two")

    assert (first.returncode, second.returncode) == (1, 1)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert len(files(tmp_path / "one")) >= 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_folder_of_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    call("report", EXAMPLES / "invented", *DAY, "--output", tmp_path / "out")

    result = call("report", BAD, *DAY, "--output", tmp_path / "out")

    assert result.returncode == 1
    assert len([name for name in files(tmp_path / "out") if name.startswith("decisions/")]) == 1


def test_a_folder_with_files_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")

    result = call("report", BAD, *DAY, "--output", tmp_path / "out")

    assert result.returncode == 2
    assert files(tmp_path / "out") == {"notes.txt": b"mine"}


def test_many_records_without_a_folder_are_refused(tmp_path: Path) -> None:
    result = call("report", EXAMPLES / "invented", *DAY, "--output", tmp_path / "report.html")

    assert result.returncode == 2
    assert "--output DIR" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_appears_when_one_record_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("schema: 1\ntitle: [a\n", encoding="utf-8")

    result = call("report", BAD, tmp_path / "bad.yaml", *DAY, "--output", tmp_path / "out")

    assert result.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


def test_a_waiver_that_speaks_of_no_record_is_told_on_stderr(tmp_path: Path) -> None:
    waivers = tmp_path / "waivers.yaml"
    waivers.write_text(
        "schema: 1\nwaivers:\n- record: 另一案卷\n  duty: cn-713.15.1c\n  act: comment\n  approver: 甲\n  basis: 应急\n"
        "  date: 2024-03-01\n  expires: 2024-12-31\n  document: 函\n",
        encoding="utf-8",
    )

    result = call("report", BAD, *DAY, "--waivers", waivers, "--output", tmp_path / "report.html")

    assert "豁免所指的案卷不在本次核查之列" in result.stderr


def test_findings_that_a_baseline_accepts_are_marked_in_words(tmp_path: Path) -> None:
    baseline = tmp_path / "b.json"
    call("report", BAD, "--as-of", "2024-09-30", "--new-baseline", baseline)
    accepted = json.loads(baseline.read_text(encoding="utf-8"))
    accepted["findings"] = accepted["findings"][:3]
    baseline.write_text(json.dumps(accepted), encoding="utf-8")

    for lang, chip in (("zh", ">已列入存量清单<"), ("en", ">accepted in the baseline<")):
        told = call("report", BAD, *DAY, "--lang", lang, "--baseline", baseline).stdout
        plain = call("report", BAD, *DAY, "--lang", lang).stdout
        marked = [part for part in told.split("<article")[1:] if chip in part]
        assert len(marked) == 3
        assert all(any(item["duty"] in part for item in accepted["findings"]) for part in marked)
        assert chip not in plain

    assert "有3项已列入存量清单" in call("report", BAD, *DAY, "--baseline", baseline).stdout
    call("report", BAD, *DAY, "--baseline", baseline, "--output", tmp_path / "pages")
    (page,) = (tmp_path / "pages" / "decisions").iterdir()
    assert page.read_text(encoding="utf-8").count(">已列入存量清单<") == 3
