"""What `check` and `report` say of waivers: which are at fault, where they stand, and what they cost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import call
from conftest import EXAMPLES, record, report

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
GOOD = EXAMPLES / "invented" / "示例县-全部合规.yaml"
AS_OF = ("--as-of", "2024-09-30")
RECORD = "示例县人民政府/示例县老城区停车收费方案(虚构)"
BREACHES = [(verdict.duty, verdict.act) for verdict in report(record("示例县-多处不合规")).violations]
GRANT = "  approver: 甲\n  basis: 应急\n  date: 2024-03-01\n  expires: {}\n  document: 函\n"


def waivers(path: Path, *entries: str, expires: str = "2024-12-31") -> str:
    text = "".join(f"- {entry}\n{GRANT.format(expires)}" for entry in entries)
    path.write_text(f"schema: 1\nfingerprints: 2\nwaivers:\n{text}", encoding="utf-8")
    return str(path)


def named(duty: str, act: str | None = "comment", of: str = RECORD) -> str:
    return f"record: {of}\n  duty: {duty}\n  act: {act or 'null'}"


@pytest.mark.parametrize(
    ("duty", "nearest"),
    [
        ("cn-713.15.1x", "cn-713.15.1"),
        ("cn-713.25.2aa", "cn-713.25.2a"),
        ("cn713.30.1a", "cn-713.30.1a"),
        ("comp-fcr.FCR-2x", "comp-fcr.FCR-2"),
        ("nat-2004.12z", "nat-2004.12"),
        ("30.1b", "cn-713.30.1b"),
        ("15.1c", "cn-713.15.1c"),
    ],
)
@pytest.mark.parametrize("command", ["check", "report"])
def test_a_waiver_of_a_duty_that_does_not_exist_is_named_with_the_nearest_and_its_place(
    command: str, duty: str, nearest: str, tmp_path: Path
) -> None:
    file = waivers(tmp_path / "w.yaml", named("cn-713.20c", "experts"), named(duty))
    form = ("--format", "github") if command == "report" else ()

    result = call(command, str(BAD), *AS_OF, "--waivers", file, *form)

    joined = result.stdout.replace("\n", "").replace(" ", "")
    assert f"没有此义务，豁免不起作用；最接近的是{nearest}" in joined
    assert "没有相应的问题" not in result.stdout
    assert f"{file}:12" in joined if command == "check" else f"file={file},line=12" in joined


def test_a_waiver_in_a_record_of_a_duty_that_does_not_exist_is_named_with_the_line_of_the_record(
    tmp_path: Path,
) -> None:
    data = record("示例县-多处不合规")
    grant = {"authority": "甲", "basis": "乙", "date": "2024-03-01"}
    data["waivers"] = [{"duty": "cn-713.20c", **grant}, {"duty": "cn-713.20cc", **grant}]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    line = path.read_text(encoding="utf-8").splitlines().index('   "duty": "cn-713.20cc",')

    quiet = call("check", str(path), *AS_OF, "--quiet")
    rows = json.loads(call("report", str(path), *AS_OF).stdout)[0]["findings"]

    assert f"{path}:{line}: " in quiet.stdout
    assert [row["line"] for row in rows if row["rule"] == "waiver.unknown_duty"] == [line]


def test_check_names_the_waivers_of_records_that_were_not_checked(tmp_path: Path) -> None:
    file = waivers(tmp_path / "w.yaml", named("cn-713.20c", "experts", of="另一案卷"))

    plain = call("check", str(BAD), *AS_OF, "--waivers", file)
    quiet = call("check", str(BAD), *AS_OF, "--waivers", file, "--quiet")
    data = call("check", str(BAD), *AS_OF, "--waivers", file, "--format", "json")

    assert "不在本次核查之列" in plain.stdout
    assert f"{file}:4: " in quiet.stdout
    assert "waiver.other_record" in quiet.stdout
    assert "不在本次核查之列" in data.stderr
    assert json.loads(data.stdout)


def test_quiet_marks_what_is_waived(tmp_path: Path) -> None:
    file = waivers(tmp_path / "w.yaml", named("cn-713.15.1c"))

    lines = call("check", str(BAD), *AS_OF, "--waivers", file, "--quiet").stdout.splitlines()

    marked = [text for text in lines if "已豁免" in text and "waiver." not in text]
    assert [text.split("] ")[1].split(" ")[0] for text in marked] == ["cn-713.15.1c"]
    assert any("不合规 cn-713.20c" in text for text in lines)


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (named("cn-713.4.9x"), "unknown_duty"),
        (named("cn-713.25.2a", "review"), "unused"),
        ("record: 示例县某事项\n  duty: cn-713.20c", "too_wide"),
        (f"finding: '{'0' * 32}'", "unused"),
    ],
    ids=["unknown duty", "unused", "too wide", "finding of no record"],
)
@pytest.mark.parametrize("command", ["check", "report"])
def test_a_faulty_waiver_fails_the_run_where_questions_for_a_person_do(
    command: str, entry: str, kind: str, tmp_path: Path
) -> None:
    file = waivers(tmp_path / "w.yaml", entry)
    data = record("示例县-全部合规")
    data["title"] = RECORD.partition("/")[2]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    arguments = (command, str(path), *AS_OF, "--waivers", file)

    lenient, strict = call(*arguments), call(*arguments, "--fail-on", "needs_judgement")
    clean = call(command, str(path), *AS_OF, "--fail-on", "needs_judgement")

    assert clean.returncode == lenient.returncode == 0
    assert strict.returncode == 1
    assert f"waiver.{kind}" in call("check", str(path), *AS_OF, "--waivers", file, "--quiet").stdout


def test_an_expired_waiver_is_told_by_check_and_the_breach_counts_again(tmp_path: Path) -> None:
    valid = waivers(tmp_path / "w.yaml", *(named(*target) for target in BREACHES))
    assert call("check", str(BAD), *AS_OF, "--waivers", valid).returncode == 0

    file = waivers(tmp_path / "w.yaml", *(named(*target) for target in BREACHES), expires="2024-09-29")
    result = call("check", str(BAD), *AS_OF, "--waivers", file, "--quiet")

    assert result.returncode == 1
    assert result.stdout.count("waiver.expired") == len(BREACHES)


def test_a_waiver_of_another_record_fails_only_where_what_is_open_does(
    tmp_path: Path,
) -> None:
    file = waivers(tmp_path / "w.yaml", named("cn-713.20c", "experts", of="另一案卷"))
    arguments = ("check", str(GOOD), *AS_OF, "--waivers", file)

    assert call(*arguments, "--fail-on", "needs_judgement").returncode == 0
    assert call(*arguments, "--fail-on", "undetermined").returncode == 1
