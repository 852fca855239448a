"""How a program that uses the library is typed; checked by mypy and pyright, never run."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import assert_type

import decision_procedure as dp


def record(path: Path) -> dp.Decision:
    law = dp.load_law()
    assert_type(law, dp.Law)
    assert_type(dp.load_decision(path, law), dp.Decision)
    assert_type(dp.parse_decision("schema: 1"), dp.Decision)
    assert_type(dp.decision({"格式版本": 1}), dp.Decision)
    for file, found in dp.load_decisions([path]):
        assert_type(file, str)
        if isinstance(found, dp.UnusableInput):
            assert_type(found.faults[0].line, int | None)
            continue
        assert_type(found, dp.Decision)
    return dp.decision(
        {"acts": [dp.acts.Deliberation(date=dp.moment("2024-06-06"), meeting_type="executive")]}
    )


def tables(path: Path) -> Iterator[dp.Decision]:
    for found in (*dp.load_tables(path, source="postgresql://x"), *dp.load_ocel("日志.json")):
        if not isinstance(found, dp.UnusableInput):
            yield assert_type(found, dp.Decision)


def parts() -> tuple[dp.Person, dp.acts.Attendee]:
    return dp.Person(id="p", posts=(dp.Post(unit="gov"),)), dp.acts.Attendee(person="p")


def report(decision: dp.Decision) -> dp.Report:
    found = dp.check(decision, as_of=date(2024, 6, 30))
    assert_type(found, dp.Report)
    assert_type(found.findings()[0], dp.Finding)
    assert_type(found.problems()[0], dp.Problem)
    assert_type(found.verdicts[0], dp.Verdict)
    assert_type(found.findings("in_doubt")[0].sentence("zh"), str)
    assert_type(dp.questions(found)[0], dp.Question)
    assert_type(dp.plan(found, "2024-07-31"), dp.Plan)
    outcome: dp.Outcome = "violated"
    least: dp.Grade = "in_doubt"
    assert_type(found.of(outcome), tuple[dp.Verdict, ...])
    assert_type(found.problems(least), tuple[dp.Problem, ...])
    return found


def many(records: list[dp.Decision]) -> Iterator[dp.Report]:
    for found in dp.check_many(records, as_of="2024-06-30", processes=2):
        if not isinstance(found, dp.Unchecked):
            yield assert_type(found, dp.Report)


def papers(found: dp.Report) -> None:
    assert_type(dp.as_text(found, lang="en"), str)
    assert_type(dp.as_html(found), str)
    assert_type(dp.as_word(found), bytes)
    assert_type(dp.as_excel([("案卷.yaml", found)]), bytes)
