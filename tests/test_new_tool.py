"""`python -m tools.new` writes all that it is asked for, or nothing, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import new


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds no more than the tables that the tool changes."""
    for name in (
        "exchange/writers.py",
        "diagrams/building.py",
        "wording/words.yaml",
        "model/acts/execution.py",
    ):
        file = tmp_path / "decision_procedure" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((new.ROOT / "decision_procedure" / name).read_text("utf-8"), "utf-8")
    monkeypatch.setattr(new, "ROOT", tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["new", *words])
    return new.main()


def contents(root: Path) -> dict[Path, str]:
    return {file: file.read_text("utf-8") for file in root.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("format", "Mark"), "Mark"),
        (("format", "gitlab/../x"), "gitlab"),
        (("diagram", "tally"), "--zh"),
        (("act-kind", "site_inspection", "--zh", 'a"b'), 'a"b'),
        (("act-kind", "suspension", "--zh", "中止"), "suspension"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(
    words: tuple[str, ...],
    said: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = contents(root)

    code = run(monkeypatch, *words)

    assert code == 2
    assert said in capsys.readouterr().err
    assert contents(root) == before


def test_nothing_is_made_twice(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "format", "markdown") == 0
    before = contents(root)

    assert run(monkeypatch, "format", "markdown") == 2
    assert contents(root) == before


def test_a_table_that_lost_its_place_is_named_and_nothing_is_written(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "decision_procedure/exchange/writers.py").write_text("from decision_procedure.x import y\n")

    assert run(monkeypatch, "format", "markdown") == 2
    assert "one place" in capsys.readouterr().err
    assert not (root / "decision_procedure/exchange/markdown.py").exists()
