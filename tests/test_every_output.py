"""Every output takes a record with denied fields and with fields on which documents differ."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from test_sources_that_disagree import MEETING, SUBMISSION, hearing, record, review, says
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.writers import WRITERS

DAY = date(2024, 12, 31)
ACTS = [
    hearing(
        denied=["list_published", "draft_published", "parts_in_order"], public=says(True, False),
        materials_delivered=says("2024-05-10", "2024-05-19"),
    ),
    hearing(id="g", held=says(True, False), attended=says(3, 5)),
    review(conclusion=says("passed", "not_passed"), denied=["returns", "changes_asked"]),
    SUBMISSION | {"date": says("2024-05-20", "2024-06-20"), "denied": ["package"]},
    MEETING | {"attendees": says(MEETING["attendees"], MEETING["attendees"][:2]), "denied": ["recorded"]},
    {"kind": "expert_review", "id": "e", "date": "2024-03-01",
     "experts": says([{"name": "欧阳某某", "direct_interest": True}], [{"name": "上官某某"}])},
    {"kind": "decision", "id": "d", "date": says("2024-05-26", "2024-05-27"), "outcome": says("adopt", "reject")},
]  # fmt: skip


def data() -> dict[str, object]:
    return record(
        *ACTS,
        traits={"professional": says(True, False)},
        matter_class=says("construction", "plan"),
        stated_on="2024-12-01",
    )


@cache
def found() -> dp.Report:
    return dp.check(dp.parse_decision(json.dumps(data(), ensure_ascii=False)), as_of=DAY)


def as_file(folder: Path) -> Path:
    path = folder / "案卷.json"
    path.write_text(json.dumps(data(), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", WRITERS)
def test_no_format_fails_on_it(form: str, lang: str) -> None:
    assert "".join(WRITERS[form]([("案卷.json", found())], FindingsView(lang=lang)))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "command",
    [
        ("check", "--details", "--explain"), ("check", "--quiet"), ("check", "--statistics"), ("check", "--format", "json"),
        ("report", "--format", "csv"), ("explain",), ("explain", "--steps"), ("trail",), ("trail", "--format", "json"),
    ],
)  # fmt: skip
def test_no_command_fails_on_it(
    tmp_path: Path, command: tuple[str, ...], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decision_procedure.reporting.making.report_on", lambda *_, **__: found())
    path = str(as_file(tmp_path))
    arguments = [path, "cn-713.16.3b"] if command == ("explain",) else [path]

    result = CliRunner().invoke(
        app, [command[0], *arguments, *command[1:], "--as-of", "2024-12-31", "--lang", lang]
    )

    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in (0, 1), result.output


@pytest.mark.parametrize("kind", ["status", "timeline", "trail"])
def test_no_picture_fails_on_it(kind: str) -> None:
    assert dp.diagram(dp.trail(found()) if kind == "trail" else found(), kind=kind).svg


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_office_file_fails_on_it(lang: str) -> None:
    report = found()

    assert dp.as_word(report, lang=lang)
    assert dp.as_review_sheet(report, lang=lang)
    assert dp.as_excel([("a", report)], lang=lang)
    assert dp.as_html(dp.mask(report).report, lang=lang)


def test_a_dossier_and_an_archive_hold_it(tmp_path: Path) -> None:
    report = found()

    dp.archive(report, tmp_path / "bag", bagged_on=DAY)

    assert dp.replay(dp.seal(report)).faithful
