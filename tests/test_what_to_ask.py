"""Questions: each is asked once, of whom it can be asked, and its answer settles what waits for it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import call

import decision_procedure as dp

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/*.yaml"))
DAY = date(2024, 9, 30)
BODY = {"name": "示例县人民政府", "level": "county", "kind": "government"}


def asked(**stated: Any) -> tuple[dp.Question, ...]:
    return dp.questions(
        dp.check(dp.decision({"schema": 1, "title": "事项", "body": BODY, **stated}), as_of=DAY)
    )


def places(found: tuple[dp.Question, ...]) -> set[str]:
    return {item.place for item in found}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_is_asked_twice_and_everything_asked_waits_for_an_answer(path: Path) -> None:
    report = dp.check(dp.load_decision(path), as_of=DAY)

    found = dp.questions(report)

    assert len({(item.kind, item.place, item.act, item.text.zh) for item in found}) == len(found)
    open_ones = {
        (verdict.duty)
        for verdict in report.verdicts
        if verdict.outcome in ("undetermined", "needs_judgement")
    }
    for item in found:
        assert item.text.zh
        assert item.answers.en
        assert set(item.duties) <= open_ones
        assert len(item.articles) <= len(item.duties)


def test_what_is_in_doubt_is_asked_before_what_only_lacks_a_fact() -> None:
    found = asked(acts=[{"kind": "public_comment", "start": "2024-03-04", "end": "2024-03-14"}])

    faces = [item.face for item in found]
    assert "in_doubt" in faces
    assert faces.index("to_supply") > max(place for place, face in enumerate(faces) if face == "in_doubt")


def test_a_question_that_is_answered_is_not_asked_again_and_its_duties_are_settled() -> None:
    comment = {"id": "c", "kind": "public_comment", "start": "2024-03-04", "end": "2024-03-14"}
    (question,) = [item for item in asked(acts=[comment]) if item.place == "acts[c].shortening_explained"]

    after = asked(acts=[{**comment, "shortening_explained": "in_notice", "notice_text_complete": True}])

    assert "公告中说明" in question.answers.zh
    assert question.place not in places(after)
    assert "cn-713.15.1d" in question.duties
    assert not [item for item in after if "cn-713.15.1d" in item.duties]


def test_a_judgement_that_is_given_is_not_asked_for_again() -> None:
    report = dp.check(
        dp.load_decision(next(path for path in EXAMPLES if path.stem == "示例县-多处不合规")), as_of=DAY
    )
    for item in dp.questions(report):
        assert (item.kind == "judgement") == (item.place == "")


def test_the_unit_that_can_settle_it_is_asked() -> None:
    units = [{"id": "fg", "name": "示例县发展和改革局"}]
    comment = {"id": "c", "kind": "public_comment", "unit": "fg", "start": "2024-03-04", "end": "2024-03-14"}

    found = asked(units=units, lead_unit="fg", acts=[comment])

    (question,) = [item for item in found if item.place == "acts[c].shortening_explained"]
    assert question.unit == "示例县发展和改革局"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_lists_them_by_unit_and_as_json(lang: str, tmp_path: Path) -> None:
    path = next(path for path in EXAMPLES if path.stem == "示例县-办理中")

    text = call("ask", path, "--as-of", "2024-04-01", "--lang", lang)
    data = call("ask", path, "--as-of", "2024-04-01", "--format", "json")

    assert text.returncode == data.returncode == 0
    report = dp.check(dp.load_decision(path), as_of=date(2024, 4, 1))
    assert len(json.loads(data.stdout)) == len(dp.questions(report))
    for item in dp.questions(report):
        assert item.text.text(lang) in text.stdout


def test_the_kind_of_matter_is_asked_for_those_instruments_that_it_decides() -> None:
    found = {item.place: item for item in asked()}

    sources = {
        place: {instrument.zh for instrument, _ in found[place].sources}
        for place in ("tracks", "traits.normative_document")
    }
    assert "价格法" in sources["tracks"]
    assert "优化营商环境条例" in sources["traits.normative_document"]
    assert not sources["tracks"] & sources["traits.normative_document"]


def test_which_draft_is_not_asked_where_all_are_one() -> None:
    review = {"id": "r", "kind": "legality_review", "draft": "v2", "date": "2024-05-20"}
    acts = [review, {"id": "s", "kind": "submission", "date": "2024-05-27"}]
    drafts = [{"id": "v1"}, {"id": "v2", "materially_changed": False}]

    one = places(asked(acts=acts, drafts=drafts))
    open_ = places(asked(acts=acts, drafts=[{"id": "v1"}, {"id": "v2"}]))
    assert "acts[s].draft" not in one
    assert "acts[s].draft" in open_
