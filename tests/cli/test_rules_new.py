"""`rules new`: a folder of rules that passes as it stands, made whole or not at all, and never over another."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import call

GIVEN = {
    "--id": "slx-zq", "--title": "示例县征求意见规定", "--place": "999901", "--issuer": "示例县人民政府",
    "--number": "示府〔2024〕1号:#1",
}  # fmt: skip


def new(folder: Path, **changed: str) -> tuple[int, str]:
    given = GIVEN | {f"--{name}": text for name, text in changed.items()}
    made = call("rules", "new", folder, *(word for pair in given.items() for word in pair))
    return made.returncode, made.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "示例县"
    assert new(folder) == (0, "")
    return folder


@pytest.mark.parametrize("command", ["lint", "test", "mutate", "coverage"])
def test_its_rules_pass_as_they_stand(command: str, made: Path) -> None:
    assert call("rules", command, made / "rules" / "slx-zq.yaml").returncode == 0


def test_its_record_is_checked_by_its_rules_and_accuses_nobody(made: Path) -> None:
    checked = call(
        "report", made / "案卷.yaml", "--rules", made / "rules", "--as-of", "2024-09-30", "--format", "csv"
    )

    (line,) = [line for line in checked.stdout.splitlines() if "slx-zq.3" in line]
    assert '"needs_judgement"' in line


def test_what_is_to_be_filled_in_is_said_in_both_languages(made: Path) -> None:
    text = (made / "rules" / "slx-zq.yaml").read_text("utf-8")

    assert text.count("待填") > 8
    assert all("fill in" in line for line in text.splitlines() if "# 待填" in line)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id": "Slx"}, "head.id"),
        ({"id": "cn-713"}, "cn-713"),
        ({"id": "../up"}, "head.id"),
        ({"place": "cn"}, "--place"),
        ({"place": "99990"}, "--place"),
        ({"title": ""}, "head.title"),
        ({"issuer": "甲\u202e乙"}, "head.issuer"),
    ],
)
def test_what_cannot_be_written_is_one_error_and_nothing_is_made(
    changed: dict[str, str], said: str, tmp_path: Path
) -> None:
    code, error = new(tmp_path / "folder", **changed)

    assert code == 2
    assert said in error
    assert len(error.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    code, error = new(tmp_path / "folder", id="Slx", title="", issuer="")

    assert code == 2
    assert all(key in error for key in ("head.id", "head.title", "head.issuer"))


def test_a_folder_that_exists_is_kept(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept")

    code, error = new(tmp_path)

    assert code == 2
    assert "不覆盖" in error
    assert [file.name for file in tmp_path.iterdir()] == ["kept.txt"]


def test_a_folder_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    code, error = new(tmp_path / "no" / "folder")

    assert code == 2
    assert "没有上级文件夹" in error
