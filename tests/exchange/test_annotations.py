"""GitHub commands, GitLab code quality and the CSV table."""

from __future__ import annotations

import csv
import io
import json
import re

from samples import BAD, worked, written

from decision_procedure.exchange.csv_table import COLUMNS
from decision_procedure.exchange.findings import findings


def test_github_levels_follow_what_stands() -> None:
    reports, view = worked()
    expected = [
        {"violated": "error", "needs_judgement": "warning"}.get(f.outcome, "notice") if f.fails else "notice"
        for f in findings(reports, view)
    ]

    levels = re.findall(r"^::([a-z]+) ", written("github"), re.MULTILINE)

    assert levels == expected
    assert set(levels) == {"error", "warning", "notice"}


def test_github_names_file_and_line() -> None:
    lines = [line for line in written("github").splitlines() if BAD in line and "title=cn-713.15.1d" in line]

    assert len(lines) == 1
    assert re.search(r"file=[^,]*多处不合规\.yaml,line=\d+,title=", lines[0])


def test_gitlab_objects_have_what_gitlab_demands() -> None:
    for item in json.loads(written("gitlab")):
        assert set(item) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert item["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not item["location"]["path"].startswith("./")
        assert item["location"]["lines"]["begin"] >= 1


def test_gitlab_fingerprints_are_unique() -> None:
    names = [item["fingerprint"] for item in json.loads(written("gitlab"))]

    assert len(names) == len(set(names))


def test_the_table_has_one_head_and_full_rows() -> None:
    text = written("csv")

    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert text.startswith("\ufeff")
    assert tuple(head) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert {row[COLUMNS.index("waived_by")] for row in rows} == {"", "甲"}
