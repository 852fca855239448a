"""A day given on the command line, in a receipt or to a function: one form, within the years that records state."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import decision_procedure as dp
from decision_procedure.cli.main import app, run
from decision_procedure.keeping.receipts.forms import Dossier

EXAMPLES = Path(__file__).parents[2] / "examples" / "invented"
RECORD = EXAMPLES / "示例县-办理中.yaml"
UNUSABLE = {
    "a year before 1900": "1899-12-31",
    "a year after 2200": "2201-01-01",
    "the first year that Python knows": "0001-01-01",
    "the last year that Python knows": "9999-12-31",
    "a week": "2024-W22-6",
    "no dashes": "20240601",
    "a day of the year": "2024-153",
    "no such day": "2023-02-29",
    "full width": "２０２４-０６-０１",
    "Arabic digits": "٢٠٢٤-٠٦-٠١",
    "a month": "2024-06",
    "a time": "2024-06-01T10:00",
    "a blank": " 2024-06-01",
    "nothing": "",
}
COMMANDS = {
    "check": ["check", RECORD, "--as-of", "DAY"],
    "explain": ["explain", RECORD, "cn-713.25.2a", "--as-of", "DAY"],
    "report": ["report", RECORD, "--as-of", "DAY"],
    "receipt": ["receipt", RECORD, "--as-of", "DAY"],
    "archive": ["archive", RECORD, "--output", "bag", "--as-of", "DAY"],
    "bagged": ["archive", RECORD, "--output", "bag", "--as-of", "2024-06-01", "--bagged-on", "DAY"],
    "trail": ["trail", RECORD, "--as-of", "DAY"],
    "since": [
        "trail",
        RECORD,
        "--as-of",
        "2024-06-01",
        "--name",
        "甲",
        "--unit",
        "乙",
        "--post",
        "丙",
        "--since",
        "DAY",
    ],
    "diagram": ["diagram", "status", RECORD, "--output", "a.svg", "--plain", "--as-of", "DAY"],
    "procedure": [
        "diagram",
        "procedure",
        "--place",
        "441223",
        "--output",
        "a.svg",
        "--plain",
        "--as-of",
        "DAY",
    ],
}


def ran(monkeypatch: pytest.MonkeyPatch, folder: Path, arguments: list[str | Path], day: str) -> int:
    """Return the exit status of the command as its users see it."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(
        "sys.argv", ["decision-procedure", *(day if a == "DAY" else str(a) for a in arguments)]
    )
    try:
        run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


@pytest.mark.parametrize("day", UNUSABLE.values(), ids=UNUSABLE)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_day_that_cannot_be_used_is_refused_by_every_command(
    command: str,
    day: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = ran(monkeypatch, tmp_path, COMMANDS[command], day)

    assert status == 2
    assert "内部错误" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_day_as_help_writes_it_is_taken_by_every_command(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ran(monkeypatch, tmp_path, COMMANDS[command], "2024-06-01") in (0, 1)


def called(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], env={"COLUMNS": "200"})


@pytest.mark.parametrize("command", ["check", "explain", "report", "receipt", "archive", "trail", "diagram"])
def test_help_names_the_form_of_a_day(command: str) -> None:
    assert "2024-06-01" in called(command, "--help").stdout


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1901, 7, 1), date(2200, 12, 31), date(2199, 2, 28)])
def test_a_record_is_checked_on_the_first_and_on_the_last_day_that_can_be_stated(day: date) -> None:
    report = dp.check(dp.load_decision(RECORD), as_of=day)

    assert report.as_of == day.isoformat()
    assert dp.trail(report).to_json()
    assert dp.as_text(report)
    assert dp.diagram(report, kind="timeline")


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2201, 1, 1), date(1, 1, 1), date(9999, 12, 31)])
def test_a_function_refuses_a_day_beyond_the_years_of_records(day: date) -> None:
    decision = dp.load_decision(RECORD)

    with pytest.raises(dp.UnusableArgument, match="1900"):
        dp.check(decision, as_of=day)
    with pytest.raises(dp.UnusableArgument, match="1900"):
        list(dp.check_many([decision], as_of=day))
    with pytest.raises(dp.UnusableArgument, match="1900"):
        dp.diagram(("441223", day), kind="procedure")


@pytest.mark.parametrize("day", UNUSABLE.values(), ids=UNUSABLE)
def test_a_receipt_of_such_a_day_is_not_replayed(day: str, tmp_path: Path) -> None:
    text = dp.seal(dp.check(dp.load_decision(RECORD), as_of=date(2024, 6, 1))).to_json()
    path = tmp_path / "dossier.json"
    path.write_text(text.replace('"as_of":"2024-06-01"', f'"as_of":{json.dumps(day)}', 1), encoding="utf-8")

    with pytest.raises((dp.UnusableInput, dp.UnusableArgument)):
        dp.replay(Dossier.from_json(path.read_text("utf-8"), "dossier.json"))
    replayed = called("replay", path)

    assert isinstance(replayed.exception, dp.UnusableInput | dp.UnusableArgument)
