"""Brute force over small cases agrees with the planner: no earlier day passes the check, the day given does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

import pytest
from ahead import Done, done, left_open
from drafts import issued, jilin, reviewed, with_hearing
from hypothesis import Phase, given, settings
from hypothesis import example as example_of
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.model.dates import PartialDate

BEFORE_HOLIDAYS = ("2024-02-02", "2024-04-26", "2024-09-25", "2025-01-24", "2025-09-26")
Days = Mapping[tuple[str, str], date]


def between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=more) for more in range((last - first).days + 1)]


def on(found: Done, days: Days) -> dp.Decision:
    """Return the record with the plan done, these moments of it on other days."""
    acts = []
    for act in found.record.acts:
        own = {name: PartialDate.on(day) for (kind, name), day in days.items() if kind == act.kind}
        acts.append(act.changed(own) if own else act)
    return found.record.changed({"acts": tuple(acts)})


def passing(found: Done, tried: Iterator[Days]) -> Iterator[Days]:
    """Yield the days on which the check finds nothing that it does not find on the days of the plan."""
    planned = left_open(found)
    return (days for days in tried if not left_open(found, on(found, days)) - planned)


def earliest(found: Done, step: str) -> date:
    return date.fromisoformat(found.plan.earliest(step) or "")


def of_time(found: Done) -> set[str]:
    return {duty for duty, _, outcome in left_open(found) if outcome == "violated"}


@given(
    st.sampled_from(BEFORE_HOLIDAYS),
    st.integers(0, 12),
    st.booleans(),
    st.sampled_from(["none", "returned"]),
    st.integers(1, 9),
)
@settings(max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate])
@example_of("2024-09-25", 1, True, "returned", 2)
def test_no_earlier_meeting_passes_whenever_opinion_and_submission_come(
    start: str, after: int, in_jilin: bool, out: str, before: int
) -> None:
    sent = date.fromisoformat(start) + timedelta(days=after)
    more = {}
    if out == "returned":
        days = (sent + timedelta(days=more) for more in (2, 4))
        more["returns"] = [dict(zip(("date", "resubmitted"), map(str, days), strict=True))]
    law = jilin() if in_jilin else None
    report = reviewed(sent.isoformat(), law=law, conclusion="passed", **more)
    today = date.fromisoformat(report.as_of)
    found = done(report.decision, today, law=law)
    first = earliest(found, "deliberation")
    assert of_time(found) == set()

    def earlier() -> Iterator[Days]:
        for meeting in {first - timedelta(days=1), max(today, first - timedelta(days=before))}:
            for opinion, submission in product(between(today, meeting), repeat=2):
                yield {
                    ("legality_review", "date"): opinion, ("submission", "date"): submission,
                    ("deliberation", "date"): meeting, ("decision", "date"): meeting,
                }  # fmt: skip

    assert first > today
    assert list(passing(found, earlier())) == []


@pytest.mark.parametrize(("code", "year"), [("420222", 2024), ("441223", 2024)])
def test_no_earlier_hearing_passes_whenever_notice_list_and_material_come(code: str, year: int) -> None:
    report = with_hearing(code, year)
    today = date.fromisoformat(report.as_of)
    found = done(report.decision, today)
    first = earliest(found, "hearing")
    hearing = next(act for act in found.acts if act.kind == "hearing")
    others = [
        name
        for name in type(hearing).model_fields
        if name != "date" and isinstance(getattr(hearing, name), PartialDate)
    ]

    def earlier() -> Iterator[Days]:
        for day in between(today, first - timedelta(days=1)):
            for days in product({today, day - timedelta(days=1)}, repeat=len(others)):
                named = {("hearing", name): one for name, one in zip(others, days, strict=True)}
                yield {("hearing", "date"): day, **named}

    assert len(others) >= 3
    assert list(passing(found, earlier())) == []


@given(st.dates(date(2024, 1, 2), date(2025, 11, 20)))
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@example_of(date(2024, 9, 26))
@example_of(date(2025, 1, 24))
def test_the_last_day_for_publication_passes_and_the_day_after_it_does_not(day: date) -> None:
    report = issued(day.isoformat())
    last = date.fromisoformat(dp.plan(report).step("publication").due_by or "")

    outcomes = [published(report, last + timedelta(days=more)) for more in (0, 1)]

    assert outcomes == ["satisfied", "violated"]


def published(report: dp.Report, day: date) -> str:
    """Return what the check says of the twenty working days where the decision is published on a day."""
    act = dp.acts.Publication(id="p", date=day.isoformat(), channels=["gazette"])
    complete = report.decision.complete.model_copy(update={"up_to": PartialDate.on(day)})
    record = report.decision.changed({"acts": (*report.decision.acts, act), "complete": complete})
    (verdict,) = [item for item in dp.check(record, as_of=day).about("comp-ogi.OGI-26") if item.act == "p"]
    return verdict.outcome


@given(st.dates(date(2024, 1, 2), date(2025, 11, 20)), st.booleans())
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@example_of(date(2024, 2, 2), True)
def test_the_last_day_for_the_opinion_in_jilin_passes_and_the_day_after_it_does_not(
    sent: date, returned: bool
) -> None:
    back, again = (sent + timedelta(days=days) for days in (3, 8))
    more = {"returns": [{"date": str(back), "resubmitted": str(again)}]} if returned else {}
    plan = dp.plan(reviewed(str(sent), law=jilin(), **more))
    last = date.fromisoformat(plan.step("legality_review").due_by or "")

    verdicts = [
        reviewed(str(sent), law=jilin(), opinion=str(last + timedelta(days=days)), **more).about("jl-270.29")
        for days in (0, 1)
    ]

    assert [one.outcome for (one,) in verdicts] == ["satisfied", "needs_judgement"]
