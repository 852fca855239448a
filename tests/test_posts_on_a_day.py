"""Who held a post on a day: only who is known to have held it on that very day, for an omission too."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import act, report, without

import decision_procedure as dp

Record = dict[str, Any]


def answerable(found: dp.Report, duty: str) -> set[str]:
    return {item.get("person") for item in found.concluded("answerable") if item.get("duty") == duty}


def nobody_named(found: dp.Report, duty: str) -> set[str]:
    return {item.get("capacity") for item in found.concluded("unidentified") if item.get("duty") == duty}


def post_of(record: Record, person: str, **dates: str) -> Record:
    (held,) = next(item["posts"] for item in record["people"] if item["id"] == person)
    held.update(dates)
    return record


def chief_speaks_first(record: Record, day: str) -> Record:
    act(record, "meeting").update(date=day, speaking_order=["p-chief", "p-vice", "p-cz"])
    act(record, "decide").update(date=day)
    return record


@pytest.mark.parametrize(
    ("day", "since", "until", "held"),
    [
        ("2024-06-06", "2024-06", None, False),  # took the post on some day of that month
        ("2024-06-06", "2024-06-06", None, True),
        ("2024-06-06", "2024-05", None, True),
        ("2024-06-06", "2024", None, False),
        ("2024-06-06", "2023", None, True),
        ("2024-06-06", "2022-03-01", "2024-06", False),  # left it on some day of that month
        ("2024-06-06", "2022-03-01", "2024-06-06", True),
        ("2024-06-06", "2022-03-01", "2024-06-05", False),
        ("2024-06-06", "2022-03-01", "2024-07", True),
        ("2024-06-06", "2022-03-01", "2024", False),
        ("2024-06", "2022-03-01", "2024-06-15", False),  # the meeting was on some day of that month
        ("2024-06", "2024-06-01", "2024-06-30", True),
        ("2024-06", "2024-06-02", None, False),
        ("2024-06", "2024-06", None, False),
    ],
)
def test_a_post_held_some_day_of_the_month_is_not_known_to_be_held_on_the_day(
    clean: Record, day: str, since: str, until: str | None, held: bool
) -> None:
    record = post_of(clean, "p-chief", since=since, **({} if until is None else {"until": until}))

    found = report(chief_speaks_first(record, day))

    assert ("p-chief" in answerable(found, "cn-713.30.2a")) is held
    assert ("chief" in nobody_named(found, "cn-713.30.2a")) is not held


def test_without_a_beginning_a_post_is_not_known_to_be_held(clean: Record) -> None:
    record = chief_speaks_first(clean, "2024-06-06")
    del record["people"][0]["posts"][0]["since"]

    assert "p-chief" not in answerable(report(record), "cn-713.30.2a")


SUCCESSOR = {
    "id": "p-new", "name": "辛",
    "posts": [{"unit": "zj", "post": "局长", "capacity": "leader", "since": "2024-05-20"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("omitted", "duty", "next_act", "person"),
    [
        # The risk was not assessed; the draft went to review on 05-13, before the head changed.
        ("risk", "cn-713.22.1", {"review": {"sent": "2024-05-13"}}, "p-zj"),
        # The same, sent to review after it.
        ("risk", "cn-713.22.1", {"review": {"sent": "2024-05-21"}}, "p-new"),
        ("experts", "cn-713.19.1", {"risk": {"date": "2024-04-25"}}, "p-zj"),
        ("review", "cn-713.25.1a", {"submit": {"date": "2024-05-29"}}, "p-new"),
    ],
)
def test_for_an_omission_the_post_holders_are_those_on_the_day_of_the_first_act_that_had_to_follow(
    clean: Record, omitted: str, duty: str, next_act: dict[str, Record], person: str
) -> None:
    clean["people"].append(SUCCESSOR)
    record = post_of(clean, "p-zj", until="2024-05-19")
    for name, change in next_act.items():
        act(record, name).update(change)

    assert answerable(report(without(record, omitted)), duty) & {"p-zj", "p-new"} == {person}


@pytest.mark.parametrize("undated", ["review", "submit"])
def test_an_omission_before_an_act_without_date_names_nobody_who_left_in_between(
    clean: Record, undated: str
) -> None:
    """The first act that had to follow may have been done under either head."""
    clean["people"].append(SUCCESSOR)
    record = post_of(clean, "p-zj", until="2024-05-19")
    for key in ("sent", "date"):
        act(record, undated).pop(key, None)
    if undated == "submit":
        without(record, "review")

    found = report(without(record, "risk"))

    (verdict,) = found.about("cn-713.22.1")
    assert verdict.outcome == "violated"
    assert answerable(found, "cn-713.22.1") & {"p-zj", "p-new"} == set()


def test_an_omission_that_nothing_followed_lies_on_the_day_of_checking(clean: Record) -> None:
    record = without(clean, "published", "explained", "filed", "assigned", "executed")

    (verdict,) = report(record).about("comp-ogi.OGI-26-absent")

    assert (verdict.outcome, verdict.day) == ("violated", "2024-09-30")


@pytest.mark.parametrize(
    ("omitted", "duty", "undated", "day"),
    [
        ("risk", "cn-713.22.1", "review", "≤2024-05-29"),  # the review may lie before the submission
        ("risk", "cn-713.22.1", "published", "2024-05-13"),  # the publication certainly came after the review
        ("risk", "cn-713.22.1", "submit", "2024-05-13"),
        ("review", "cn-713.25.1a", "meeting", "2024-05-29"),
    ],
)
def test_the_day_of_an_omission_is_left_open_only_by_an_act_that_may_have_come_first(
    clean: Record, omitted: str, duty: str, undated: str, day: str
) -> None:
    for key in ("sent", "date"):
        act(clean, undated).pop(key, None)

    found = report(without(clean, omitted))

    assert {item.day for item in found.about(duty)} == {day}
