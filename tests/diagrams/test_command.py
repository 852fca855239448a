"""The command `diagram`, and the examples of its page."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from subprocess import CompletedProcess

import commands
import pytest
from scenes import BAD, GOOD, INVENTED

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "diagrams.md").read_text(encoding="utf-8")


def call(*arguments: str, cwd: Path | None = None) -> CompletedProcess[str]:
    return commands.call("diagram", *arguments, cwd=cwd)


def test_one_picture_goes_to_stdout_as_plain_svg_and_messages_to_stderr() -> None:
    result = call("status", str(BAD), "--as-of", "2024-09-30")

    assert result.returncode == 0
    assert result.stdout.startswith("<svg")
    assert "2024-09-30" in result.stderr


def test_names_are_masked_on_request() -> None:
    shown = call("trail", str(BAD), "--as-of", "2024-09-30").stdout
    masked = call("trail", str(BAD), "--as-of", "2024-09-30", "--mask")

    assert ">丁，局长<" in shown
    assert masked.returncode == 0, masked.stderr
    assert ">丁，局长<" not in masked.stdout
    assert call("procedure", "--place", "441223", "--mask").returncode == 2


@pytest.mark.parametrize("name", ["张伟民.yaml", "案卷-张伟民办理.yaml", "zhangweimin.yml"])
def test_the_name_of_a_masked_picture_is_not_that_of_its_record(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BAD.read_bytes())

    result = call(
        "status",
        str(tmp_path / name),
        "--as-of",
        "2024-09-30",
        "--mask",
        "--plain",
        "--output",
        str(tmp_path / "out"),
    )

    assert result.returncode == 0, result.stderr
    assert {file.name[:15] for file in (tmp_path / "out").iterdir()} == {"record-1-status"}


def test_many_records_give_a_file_each_in_a_folder(tmp_path: Path) -> None:
    result = call(
        "timeline",
        str(INVENTED),
        "--as-of",
        "2024-09-30",
        "--page",
        "screen",
        "--output",
        str(tmp_path / "all"),
        "--plain",
    )

    names = sorted(path.name for path in (tmp_path / "all").iterdir())
    assert result.returncode == 0, result.stderr
    assert names == sorted(f"{path.stem}-timeline.svg" for path in INVENTED.glob("*.yaml"))


def test_a_catalogue_is_one_picture_of_all_records(tmp_path: Path) -> None:
    result = call(
        "catalogue",
        str(INVENTED),
        "--as-of",
        "2024-09-30",
        "--lang",
        "en",
        "--output",
        str(tmp_path / "c.json"),
    )

    assert result.returncode == 0, result.stderr
    assert json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["sheets"][0]["lang"] == "en"


@pytest.mark.parametrize(
    "arguments",
    [
        ("pie", str(GOOD)), ("status",), ("status", str(GOOD), "--as-of", "soon"), ("status", str(INVENTED)),
        ("status", str(GOOD), "--output", "x.exe"), ("timeline", str(GOOD), "--output", "x.mmd"),
        ("status", "nothing.yaml"), ("procedure", "--against-date", "soon"),
    ],
)  # fmt: skip
def test_arguments_that_do_not_fit_end_with_status_2_and_write_nothing(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    result = call(*arguments, cwd=tmp_path)

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_examples_of_the_page_run(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (console,) = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)

    printed = commands.script(code, tmp_path)
    runs = [
        call(*shlex.split(line)[3:], cwd=tmp_path)
        for line in console.splitlines()
        if line.startswith("$ decision-procedure")
    ]

    assert printed.endswith(" sheets\n")
    assert len(runs) == 6
    assert [run.returncode for run in runs] == [0] * 6, [run.stderr for run in runs]
    for name in (
        "status.svg",
        "status-2.svg",
        "first.svg",
        "law.bpmn",
        "changes.svg",
        "law.svg",
        "town.svg",
        "pictures",
    ):
        assert (tmp_path / name).exists()


def test_a_procedure_is_drawn_for_a_department_by_its_place_and_kind(tmp_path: Path) -> None:
    result = call(
        "procedure", "--place", "441223", "--body-kind", "department", "--as-of", "2024-09-01",
        "--output", str(tmp_path / "x.json"),
    )  # fmt: skip

    assert result.returncode == 0, result.stderr
    text = (tmp_path / "x.json").read_text(encoding="utf-8")
    assert "广东省肇庆市广宁县县级政府部门 2024-09-01" in text
    assert "（参照）" in text


def test_a_code_that_is_none_is_refused_in_words() -> None:
    result = call("procedure", "--place", "zz", "--as-of", "2024-09-01")

    assert result.returncode == 2
    assert "no such body: zz" in result.stderr


def test_the_brief_is_drawn_of_a_record_or_without_one_of_a_place(tmp_path: Path) -> None:
    record, place = tmp_path / "record.svg", tmp_path / "place.svg"
    day = ("--as-of", "2024-09-30", "--plain")

    found = call("brief", str(BAD), *day, "--page", "slide", "--output", str(record))
    bare = call("brief", "--place", "441223", *day, "--output", str(place))

    assert (found.returncode, bare.returncode) == (0, 0), found.stderr + bare.stderr
    assert "少10日" in record.read_text(encoding="utf-8")
    assert "必经" in place.read_text(encoding="utf-8")
    assert call("brief", "--place", "441223", "--against-place", "37", *day).returncode == 2
