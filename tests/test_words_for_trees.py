"""Every tree of conditions can be shown: those of duties, and those that say whether an instrument covers and binds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, record, report
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.api.checking import procedure, provisions
from decision_procedure.cli.main import app
from decision_procedure.law.applicable import standard_law
from decision_procedure.model.vocabulary import LABELS, label
from decision_procedure.render.text import Detail, View, report_text
from decision_procedure.render.text.findings import explanation_lines

PUBLISHED = sorted((EXAMPLES / "published").glob("*.yaml"))
RECORDS = sorted(EXAMPLES.rglob("*.yaml"))
DAY = date(2025, 12, 31)
LANGS = ["zh", "en"]


def view(found: dp.Report, lang: str) -> View:
    return View(found, lang, procedure(found.decision), provisions(found.decision))


def explained(found: dp.Report, duty: str, lang: str) -> str:
    seen = view(found, lang)
    lines = [line for verdict in found.about(duty) for line in explanation_lines(seen, verdict.trees)]
    return "\n".join("".join(text for text, _ in line.pieces) for line in lines)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_whole_report_with_all_its_trees_can_be_shown(path: Path, lang: str) -> None:
    found = dp.check(dp.load_decision(path), as_of=DAY)

    seen = view(found, lang)

    assert report_text(seen, Detail(everything=True, trees=True))
    for verdict in found.verdicts:
        headings = [line.pieces[0][0] for line in explanation_lines(seen, verdict.trees) if line.indent == 2]
        assert headings == [label("tree", name, lang) for name in verdict.trees]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_the_scope_of_every_instrument_of_a_published_record_can_be_explained(path: Path, lang: str) -> None:
    found = dp.check(dp.load_decision(path), as_of=DAY)

    for duty in [name for name in found.duties if name.endswith(".scope")]:
        (verdict,) = found.about(duty)
        text = explained(found, duty, lang)
        assert all(label("tree", name, lang) in text for name in verdict.trees), duty


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "county", {"level": "county", "kind": "government"}
    yield "department", {"level": "county", "kind": "department"}
    yield "township", {"level": "township", "kind": "government"}
    yield "party", {"level": "county", "kind": "party_committee"}
    yield "committee", {"level": "county", "kind": "administrative_committee"}
    yield "guangdong", {"level": "county", "kind": "government", "code": "441223"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("name", "body"), list(bodies()))
def test_scope_and_binding_are_explained_for_every_kind_of_body(
    name: str, body: dict[str, Any], lang: str
) -> None:
    data = record("示例县-全部合规")
    data["body"] |= body
    found = report(data)

    text = explained(found, "cn-713.scope", lang)

    assert label("tree", "included", lang) in text
    assert label("tree", "excluded", lang) in text


def test_an_act_without_a_date_is_explained_by_the_law_it_leaves_open() -> None:
    data = record("示例县-全部合规")
    for item in data["acts"]:
        if item["id"] == "comment":
            for key in ("notice_date", "start", "end"):
                item.pop(key)
    found = report(data)
    undated = [verdict for verdict in found.verdicts if "law" in verdict.trees]

    texts = [explained(found, verdict.duty, "zh") for verdict in undated]

    assert undated
    assert all(label("tree", "law") in text for text in texts)


def test_every_tree_has_words_in_both_languages_and_is_kept_in_json() -> None:
    assert all(zh and en and zh != en for zh, en in LABELS["tree"].values())
    assert {"when", "require", "judge", "law"} <= set(LABELS["tree"])
    for path in RECORDS:
        found = dp.check(dp.load_decision(path), as_of=DAY)
        names = {name for verdict in found.verdicts for name in verdict.trees}
        assert names <= set(LABELS["tree"])
        read = dp.Report.from_json(found.to_json())
        assert [set(verdict.trees) for verdict in read.verdicts] == [set(v.trees) for v in found.verdicts]


def test_the_trees_of_scope_are_those_that_rule_files_can_give() -> None:
    given = {
        "included",
        "excluded",
        "excluded_locally",
        "belongs",
        "not_bound",
        "direct",
        "reference",
        "internal",
    }

    assert given <= set(LABELS["tree"])
    for pack in standard_law().packs:
        written = {name for part in (pack.file.scope, pack.file.binding) for name, value in part if value}
        assert written - {"article", "text", "note", "leaves_open"} <= given


@pytest.mark.parametrize("lang", LANGS)
def test_the_commands_that_check_proposes_work_on_scope_too(lang: str) -> None:
    path = next(path for path in PUBLISHED if path.stem.startswith("宁津"))

    told = CliRunner().invoke(
        app, ["explain", str(path), "cn-713.scope", "--as-of", "2025-12-31", "--lang", lang]
    )
    whole = CliRunner().invoke(
        app, ["check", str(path), "--details", "--explain", "--as-of", "2025-12-31", "--lang", lang, "--fail-on", "never"]
    )  # fmt: skip

    assert told.exit_code == 0
    assert label("tree", "included", lang) in told.output
    assert whole.exit_code == 0
    assert json.dumps("KeyError") not in whole.output
