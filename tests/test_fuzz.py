"""The fuzz command: it sees what must not happen, runs every case again by its number, and a sample finds nothing."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from tools.fuzz import running
from tools.fuzz.__main__ import main
from tools.fuzz.kinds import KINDS, Case, Kind
from tools.fuzz.relations import RELATIONS, base, broken
from tools.fuzz.running import Workers, made, run_case


@pytest.mark.parametrize("kind", KINDS)
def test_no_case_of_a_sample_ends_in_an_internal_error(kind: str) -> None:
    findings = [finding for number in range(2) for finding in run_case(KINDS[kind], 1, number)]

    assert findings == [], findings[0].detail


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_follows_from_its_kind_seed_and_number(kind: str) -> None:
    assert made(KINDS[kind], 3, 5) == made(KINDS[kind], 3, 5)
    assert made(KINDS[kind], 3, 5) != made(KINDS[kind], 3, 6)


@pytest.mark.parametrize("first", range(0, 6, 2))
def test_no_relation_of_a_sample_is_broken(first: int) -> None:
    assert [item for number in range(first, first + 2) for item in broken(2, number)] == []


# --- what must not happen is seen -------------------------------------------------------------------------------


def fails(_: Path) -> None:
    raise KeyError("x")


def spins(_: Path) -> None:
    while True:
        pass


def dies(_: Path) -> None:
    os._exit(7)


def refuses(_: Path) -> None:
    raise OSError(28, "full")


WHAT = {fails: "KeyError", spins: "hang", dies: "death", refuses: None}


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> dict[str, Kind]:
    """Kinds whose one command does what must not happen."""
    monkeypatch.setattr(running, "CPU_SECONDS", 0.1)
    calls = {call.__name__: call for call in WHAT}
    monkeypatch.setattr(running, "CALLS", calls)

    def kind(name: str) -> Kind:
        return Kind(name, lambda _: Case({"x": b""}, ((name, "x"),)))

    return {name: kind(name) for name in calls}


def test_an_internal_error_a_hang_and_a_death_are_findings_and_the_next_case_is_run(
    odd: dict[str, Kind],
) -> None:
    with Workers(odd, 0) as workers:
        found = {call: workers.run(call.__name__, 0) for call in [*WHAT, *WHAT]}

    assert {call: [item.what for item in items] for call, items in found.items()} == {
        call: [] if what is None else [what] for call, what in WHAT.items()
    }
    assert found[dies][0].where == "exit code 7"
    assert "KeyError" in found[fails][0].detail
    assert "spins" in found[spins][0].detail
    assert workers.seconds > 0


def test_the_command_tells_each_finding_once_how_to_see_it_again_and_keeps_its_files(
    odd: dict[str, Kind], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, kind in odd.items():
        monkeypatch.setitem(KINDS, name, kind)  # type: ignore[arg-type]
    monkeypatch.setattr("tools.fuzz.__main__.WARMING", None)
    words = ["mutate", "--kinds", "fails", "refuses", "--cases", "3", "--keep", str(tmp_path / "kept")]

    assert main(words) == 1

    told = capsys.readouterr().out
    assert told.count("python -m tools.fuzz mutate --kinds fails --seed 0 --case 0") == 1
    assert "6 cases (fails 3, refuses 3)" in told
    assert "3 × KeyError" in told
    assert {file.name for file in (tmp_path / "kept" / "fails-0").iterdir()} == {"x", "finding.txt"}


def test_the_command_shows_one_case_and_says_with_its_status_that_nothing_was_found() -> None:
    assert main(["mutate", "--kinds", "catalogue", "--case", "0"]) == 0
    assert main(["metamorphic", "--relations", "ordering", "--cases", "1"]) == 0


def test_a_broken_relation_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(RELATIONS, "ordering", lambda *_: ["other"])  # type: ignore[arg-type]

    assert main(["metamorphic", "--relations", "ordering", "--cases", "2"]) == 1
    assert "2 × ordering" in capsys.readouterr().out


def test_relations_are_tried_on_records_that_differ() -> None:
    reports = [base(Random(str(number))).report for number in range(12)]  # noqa: S311

    assert len({report.to_json() for report in reports}) == 12
    assert {"violated", "satisfied", "undetermined", "needs_judgement", "pending"} <= {
        verdict.outcome for report in reports for verdict in report.verdicts
    }
