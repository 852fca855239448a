"""The command line as a county uses it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import call
from conftest import EXAMPLES
from rich.cells import cell_len

import decision_procedure as dp
from decision_procedure.sources import read_yaml

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
GOOD = EXAMPLES / "invented" / "示例县-全部合规.yaml"
RUNNING = EXAMPLES / "invented" / "示例县-办理中.yaml"
OLD = Path(__file__).parent / "records" / "早于全部文件.yaml"
TOWNSHIP = EXAMPLES / "published" / "开平市马冈镇-2025-国土空间总体规划听证.yaml"
RUN = "from decision_procedure.cli.main import run; run()"
DAY = ("--as-of", "2024-09-30")


def on_a_terminal(*arguments: str | Path, **environment: str) -> str:
    """Return what the command writes when stdout is a terminal."""
    master, slave = pty.openpty()
    command = [sys.executable, "-c", RUN, *map(str, arguments)]
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment}
    with subprocess.Popen(command, stdout=slave, stderr=subprocess.DEVNULL, env=env):
        os.close(slave)
        written = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            written += part
    os.close(master)
    return written.decode()


@pytest.fixture(scope="module")
def bad() -> subprocess.CompletedProcess[str]:
    return call("check", BAD, *DAY)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([GOOD], 0), ([BAD], 1), ([EXAMPLES / "nothing.yaml"], 2), ([BAD, "--fail-on", "never"], 0),
        ([RUNNING, "--fail-on", "pending"], 1), ([RUNNING, "--as-of", "2024-04-01"], 0), ([OLD], 1),
        ([OLD, "--allow-uncovered"], 0), ([GOOD, BAD], 1), ([GOOD, "--lang", "fr"], 2), ([GOOD, "--format", "xml"], 2),
        ([], 2), ([GOOD, "--as-of", "yesterday"], 2), ([GOOD, "--output", "/no/such/folder/x"], 2),
    ],
)  # fmt: skip
def test_exit_status(arguments: list[str | Path], status: int) -> None:
    day = () if "--as-of" in arguments else DAY

    result = call("check", *arguments, *day)

    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr


def test_a_finding_names_article_days_units_people_documents_and_cure(
    bad: subprocess.CompletedProcess[str],
) -> None:
    flat = re.sub(r"\s+", "", bad.stdout)

    for part in (
        "第十五条第一款", "自2024年3月4日至3月24日，共20日", "由决策机关研究补救", "2024年3月4日至3月24日公开征求意见·",
        "示例县住房和城乡建设局", "征求意见公告、草案说明", "丁（局长、其他负有责任的领导人员）", "第三十九条",
        "专家庚与决策事项有直接利害关系", "“提交讨论”的前置程序未完成", "前置程序未完成即实施：", "据以作出：",
        "是否有责由有权机关认定", "下一步",
    ):  # fmt: skip
        assert part in flat, part
    for word in ("无效", "违法决策", "合法决策"):
        assert word not in flat


def test_a_finding_quotes_the_line_of_the_file(bad: subprocess.CompletedProcess[str]) -> None:
    lines = BAD.read_text(encoding="utf-8").splitlines()
    quoted = re.findall(rf"{BAD.name}:(\d+) │ (.+)", bad.stdout)

    assert len(quoted) >= 9
    for number, text in quoted:
        assert lines[int(number) - 1].strip().startswith(text.rpartition("⏎ ")[2].rstrip("…")), number


@pytest.mark.parametrize("columns", ["80", "120"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal_and_labels_align(columns: str, lang: str) -> None:
    result = call("check", EXAMPLES / "invented", "--details", "--lang", lang, *DAY, COLUMNS=columns)

    lines = result.stdout.splitlines()
    paths = [line for line in lines if "/" in line]
    assert max(cell_len(line) for line in lines if line not in paths) <= int(columns)
    label = "案卷" if lang == "zh" else "record"
    starts = {
        cell_len(line[: line.index(".yaml:")].rpartition("  ")[0])
        for line in lines
        if line.startswith(f"  {label}") and ".yaml:" in line
    }
    assert len(starts) == 1


def test_colour_comes_on_a_terminal_only_and_not_under_no_color(
    bad: subprocess.CompletedProcess[str],
) -> None:
    coloured = on_a_terminal("check", BAD, *DAY)
    plain = on_a_terminal("check", BAD, *DAY, NO_COLOR="1")

    assert "\x1b[1;31m" in coloured
    assert "\x1b[1;31m" not in plain
    assert "\x1b" not in bad.stdout


def test_quiet_gives_one_line_a_finding_that_begins_with_file_and_line() -> None:
    result = call("check", BAD, GOOD, "--quiet", *DAY)

    lines = result.stdout.splitlines()
    assert len(lines) == 11
    assert all(re.match(rf"{re.escape(str(BAD))}:\d+: 不合规 cn-713\.", line) for line in lines)
    assert result.stderr == ""


def test_statistics_count_each_duty_over_all_records() -> None:
    result = call("check", EXAMPLES / "invented", "--statistics", "--lang", "en", *DAY)

    assert result.stdout.startswith("5 records, 2 with a breach")
    row = next(line for line in result.stdout.splitlines() if "cn-713.20c" in line)
    assert row.split()[0] == "1"
    assert "cn-713.10.0 " not in result.stdout


def test_explain_shows_every_node_with_value_verdict_and_line_for_a_pass_too() -> None:
    result = call("explain", GOOD, "15.1c", *DAY, "--lang", "en")

    assert "days from start to end ≥ 30 → yes" in result.stdout
    assert "days from start to end = 35" in result.stdout
    assert re.search(rf"start: 2024-03-04\s+{GOOD.name}:\d+", result.stdout)
    assert "unknown" not in result.stdout


def test_explain_tells_a_condition_that_stands_for_another_of_the_same_words_once() -> None:
    text = call("explain", BAD, "15.1d", *DAY).stdout

    told = [line for line in text.splitlines() if "缩短期限说明是公告中说明 →" in line]
    assert len(told) == 1
    assert "公告全文在卷 →" in text


def test_check_with_explain_shows_the_trees_of_what_is_found() -> None:
    result = call("check", BAD, "--explain", *DAY)

    assert "自开始日期至截止日期的天数 = 20" in result.stdout


def test_details_list_what_is_met_what_no_test_sees_and_the_steps() -> None:
    result = call("check", RUNNING, "--details", "--as-of", "2024-04-01")

    for part in ("√ 合规", "未核查", "程序环节", "尚待", "未到期"):
        assert part in result.stdout


def test_explain_steps_says_what_each_step_waits_for() -> None:
    result = call("explain", RUNNING, "--steps", "--as-of", "2024-04-01", COLUMNS="120")

    row = next(line for line in result.stdout.splitlines() if "送合法性审查" in line)
    assert re.search(r"需要\s+未进行\s+第二十五条第一款；尚待 专家论证、风险评估", row)


def test_an_unknown_duty_or_none_is_an_error_of_arguments() -> None:
    for arguments in (["nothing"], []):
        result = call("explain", GOOD, *arguments, *DAY)

        assert result.returncode == 2
        assert result.stdout == ""


def test_json_is_an_array_and_jsonl_a_report_a_line() -> None:
    array = json.loads(call("check", BAD, GOOD, "--format", "json", *DAY).stdout)
    lines = call("check", BAD, GOOD, "--format", "jsonl", *DAY).stdout.splitlines()

    assert [json.loads(line) for line in lines] == array
    assert dp.Report.from_json(lines[0]).title.startswith("示例县")


def test_json_lines_are_read_one_by_one_and_findings_name_their_line(tmp_path: Path) -> None:
    data = [read_yaml(path.read_text(encoding="utf-8"), "x").data for path in (GOOD, BAD, BAD)]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps(item, ensure_ascii=False) for item in data), encoding="utf-8")

    result = call("check", path, "--quiet", *DAY)

    assert {line.split(":")[1] for line in result.stdout.splitlines()} == {"2", "3"}


def test_output_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    output, broken = tmp_path / "report.txt", tmp_path / "broken.yaml"
    output.write_text("before")
    broken.write_text("titel: x\n")

    refused = call("check", GOOD, broken, "--output", output, *DAY)
    kept = output.read_text()
    written = call("check", GOOD, "--output", output, *DAY)

    assert refused.returncode == 2
    assert kept == "before"
    assert "titel" in refused.stderr
    assert written.returncode == 0
    assert written.stdout == ""
    assert "示例县" in output.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == [broken, output]


def test_a_device_or_folder_is_never_replaced_by_the_output(tmp_path: Path) -> None:
    assert call("check", GOOD, "--output", "/dev/null", *DAY).returncode == 2
    assert call("check", GOOD, "--output", tmp_path, *DAY).returncode == 2
    assert not Path("/dev/null").is_file()


def test_usable_reports_are_printed_although_another_record_is_unusable(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("x")

    result = call("check", broken, GOOD, *DAY)

    assert result.returncode == 2
    assert "供水管网" in result.stdout


def test_a_record_with_chinese_keys_gives_the_same_findings_at_its_own_lines(tmp_path: Path) -> None:
    from decision_procedure.model.kinds import SHIPPED

    text = BAD.read_text(encoding="utf-8")
    chinese = re.sub(
        r"^([ -]*)(\w+):", lambda match: f"{match[1]}{SHIPPED.key_name(match[2])}:", text, flags=re.M
    )
    path = tmp_path / BAD.name
    path.write_text(chinese, encoding="utf-8")

    result = call("check", path, *DAY)

    assert result.returncode == 1
    number = text.splitlines().index("  end: '2024-03-24'") + 1
    assert f"{number} │ 截止日期: '2024-03-24'" in result.stdout


def test_the_first_line_says_that_the_report_rests_on_assumed_completeness() -> None:
    result = call("check", GOOD, "--assume-complete", "--lang", "en", *DAY)

    assert result.stdout.startswith("! This report rests on the statement that the record is complete")


def test_a_record_to_which_no_loaded_law_applies_is_never_called_clean() -> None:
    result = call("check", OLD, "--lang", "en", *DAY)

    flat = re.sub(r"\s+", " ", result.stdout)
    assert "shows no compliance" in flat
    assert "show no breach" not in flat
    assert "settle which law applies" in flat


def test_the_day_is_today_unless_given_and_is_printed() -> None:
    result = call("check", TOWNSHIP)

    assert re.match(r"截至 as of \d{4}-\d\d-\d\d\n", result.stderr)


def test_the_demo_runs_in_an_empty_folder_and_says_what_to_try_next(tmp_path: Path) -> None:
    result = call("demo", cwd=tmp_path)

    assert result.returncode == 0
    for part in ("不合规", "第三十条第一款", "补救", "explain", "--format html", "diagram status"):
        assert part in result.stdout
    assert len(result.stdout.splitlines()) <= 24
    assert not list(tmp_path.iterdir())


def test_schema_and_rules_answer() -> None:
    assert json.loads(call("schema").stdout)["title"] == "Decision"
    assert "cn-713.15.1c" in call("rules", "list").stdout
    assert "三十日" in call("rules", "show", "cn-713.15.1c").stdout
    assert call("rules", "lint").returncode == 0
    assert call("rules", "show", "nothing").returncode == 2
    assert call("rules", "lint", "nothing.yaml").returncode == 2


def test_importing_the_package_loads_no_renderer_no_terminal_and_no_engine() -> None:
    code = (
        "import sys, decision_procedure; "
        "print([name for name in ('typer', 'rich', 'durable_rules_engine', 'graphviz', 'chinese_calendar', "
        "'decision_procedure.render', 'decision_procedure.cli') if name in sys.modules])"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"


def test_a_picture_that_no_renderer_can_draw_is_an_error_of_arguments(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pygraphviz'] = sys.modules['resvg_py'] = None; "
        "from decision_procedure.cli.main import run; run()"
    )
    arguments = ["diagram", "status", str(GOOD), *DAY, "--output", str(tmp_path / "x.png")]

    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": str(tmp_path)},
        check=False,
    )

    assert result.returncode == 2
    assert "SVG" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [
        "check", "trail", "receipt --as-of 2024-09-30", "archive --as-of 2024-09-30", "diagram status",
        "report --format json", "report --format html", "report --format docx", "report --format xlsx",
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_written_to_is_named_and_is_no_internal_error(
    command: str, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")

    result = call(*command.split(), str(GOOD), "--output", str(file / "out.svg"))

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert "内部错误" not in result.stderr
    assert str(file) in result.stderr
