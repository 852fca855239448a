"""What is told in one place is told in all: every form of a report is read back, and all of them say the same."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import pytest
from conftest import DAY, EXAMPLES, record, report, without
from lxml import etree
from tellings import OPEN, Told, of_timeline, tellings, worst

import decision_procedure as dp
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.vocabulary import label
from decision_procedure.render.word import annex
from decision_procedure.results.severity import FACES
from tools.fuzz.records import RECORDS, mutated

ORDER = [*(label("face", face) for face in FACES), "未开始", "无核查项"]
COUNTY = Path(__file__).parent.parent / "docs" / "county-rules" / "示例县-征求意见规定.yaml"
CHANGED = 4
Case = tuple[dp.Report, Law | None]


@lru_cache(maxsize=1)
def cases() -> dict[str, Case]:
    """Return reports on examples, two of them published, on changed ones, where acts show others, and by the law of a county as well."""
    found: dict[str, Case] = {}
    for path in (*sorted(EXAMPLES.glob("invented/*.yaml")), *sorted(EXAMPLES.glob("published/[茂郴]*.yaml"))):
        found[path.stem] = dp.check(dp.load_decision(path), as_of=DAY), None
    names = sorted(RECORDS)
    for number in range(CHANGED):
        _, decision = mutated(RECORDS[names[number % len(names)]], random.Random(number), 12)  # noqa: S311
        found[f"changed {number}"] = dp.check(decision, as_of=date(2024, 12, 31)), None
    found["shown by others"] = report(without(record("示例县-全部合规"), "decide", "submit", "issued")), None
    found["two rounds"] = report(_in_two_rounds()), None
    law = dp.load_law(COUNTY)
    decision = dp.load_decision(EXAMPLES / "invented" / "示例县-多处不合规.yaml")
    found["county"] = dp.check(decision, as_of=DAY, law=law), law
    return found


def _in_two_rounds() -> dict[str, object]:
    """A draft submitted without review, then again with one: the gate was closed and is open."""
    data = record("示例县-全部合规")
    early = next(item for item in data["acts"] if item["id"] == "submit")
    data["acts"].append({**early, "id": "early", "date": "2024-05-02"})
    return data


@cache
def told(case: str) -> dict[str, Told]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(annex, "sheets_of", lambda _: ())  # it shows the status picture, read as such
        return tellings(*cases()[case])


@pytest.fixture(scope="module", params=sorted(cases()))
def case(request: pytest.FixtureRequest) -> str:
    """One of the cases; pytest takes all tests of one together, so that its forms are read once."""
    return str(request.param)


def test_every_form_tells_the_same_counts(case: str) -> None:
    forms = told(case)
    expected = forms["text"].counts

    for form in ("page", "workbook", "status", "status in the page"):
        assert forms[form].counts == expected, form
    assert forms["word"].counts == expected
    assert forms["trail"].counts == {
        "不合规": expected["不合规"],
        "存疑": expected["存疑"],
        "需人工判断、待补或者尚无记录": sum(expected[face] for face in OPEN[2:])
        - forms["text"].asked.total(),
    }


def test_every_form_tells_the_same_findings_by_the_same_articles(case: str) -> None:
    forms = told(case)
    expected = forms["text"].findings

    assert Counter(face for face, _, _ in expected.elements()) == {
        face: number
        for face, number in forms["text"].counts.items()
        if number and face in forms["text"].faces
    }
    for form in ("page", "workbook", "json"):
        assert forms[form].findings == _of(expected, forms[form].faces), form
    unnamed = Counter((face, "", cited) for face, _, cited in _of(expected, OPEN).elements())
    assert forms["word"].findings == unnamed
    sections = Counter(
        (face if face in OPEN[:2] else "需人工判断、待补或者尚无记录", duty, cited)
        for face, duty, cited in (_of(expected, OPEN) - forms["text"].asked).elements()
    )
    assert forms["trail"].findings == sections


def _of(found: Counter[tuple[str, str, str]], faces: tuple[str, ...]) -> Counter[tuple[str, str, str]]:
    return Counter({item: number for item, number in found.items() if item[0] in faces})


def test_every_form_tells_the_same_gates(case: str) -> None:
    forms = told(case)
    expected = forms["status"].gates or set()
    tested = {(step, state) for step, state in expected if state != "未到期"}

    for form, one in forms.items():
        if one.gates is not None:
            assert worst(one.gates) == (expected if one.waiting else tested), form


def test_every_form_tells_the_same_progress_and_the_same_verdict_of_each_step(case: str) -> None:
    forms = told(case)
    listed, drawn = forms["page"], forms["status"]

    for form in ("text", "json"):
        assert (forms[form].progress, forms[form].verdicts) == (listed.progress, listed.verdicts), form
    for one in (drawn, forms["status in the page"]):
        assert len(one.verdicts) > 20
        assert one.verdicts.items() <= listed.verdicts.items()
        assert one.progress.items() <= listed.progress.items()
        unneeded = {step for step, verdict in one.verdicts.items() if verdict == "不适用"}
        assert one.verdicts.keys() - one.progress.keys() <= unneeded


def test_the_timeline_tells_of_each_step_the_verdict_that_the_picture_of_the_state_tells(case: str) -> None:
    found, law = cases()[case]
    sheets = dp.diagram(found, kind="timeline", law=law).svgs()
    rows = of_timeline(etree.fromstring(sheet.encode()) for sheet in sheets)
    steps = _steps_by_title(dp.procedure(found.decision, law))
    by_step: dict[str, list[str]] = {}
    for title, verdicts in rows.items():
        by_step.setdefault(steps[title], []).extend(verdicts)

    expected = told(case)["status"].verdicts
    assert {step: min(verdicts, key=ORDER.index) for step, verdicts in by_step.items()} == {
        step: expected[step] or "无核查项" for step in by_step
    }
    assert {step for step, verdict in expected.items() if verdict in OPEN[:3]} <= by_step.keys()


def _steps_by_title(procedure: Procedure) -> dict[str, str]:
    """Return the step that a row of the timeline is of, by its title: an act is the step of which fewest kinds are."""
    found = {step.name.zh: step.name.zh for step in procedure.steps.values()}
    for step in sorted(procedure.steps.values(), key=lambda step: -len(step.kinds)):
        if step.at is None:
            found |= {SHIPPED.name(kind): step.name.zh for kind in step.kinds}
    return found
