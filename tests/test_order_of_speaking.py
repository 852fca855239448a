"""Whose word counts in the order of speaking (`semantics.md` section 1, on 713-30.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from heads import came_to, checked, headed, on

UNITS = [{"id": "gov", "name": "示例县人民政府"}, {"id": "bureau", "name": "示例局"}]
GOVERNMENT = {
    "name": "示例县人民政府",
    "kind": "government",
    "level": "county",
    "code": "420222",
    "unit": "gov",
}


def people(**posts: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the persons a, b, c and d, with the posts given."""
    return [{"id": name, "posts": [posts[name]] if name in posts else []} for name in "abcd"]


def post(unit: str = "gov", capacity: str = "leader", since: str | None = "2020-01-01", **more: str) -> Any:
    found = {"unit": unit, "capacity": capacity, "since": since, **more}
    return {key: value for key, value in found.items() if value is not None}


def meeting(order: str, roles: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """Return an executive meeting of 10 May 2024 at which these persons spoke, in this order; a is the chief."""
    present = [{"person": name, "role": role} for name, role in (roles or {}).items()]
    return {
        "kind": "deliberation", "id": "m", "date": "2024-05-10", "meeting_type": "executive", "draft": "v1",
        "chief": "a", "attendees": present, "speaking_order": list(order), "speaking_order_complete": True,
    } | more  # fmt: skip


def outcome(act: dict[str, Any], **others: Any) -> str:
    data = headed(act, **{"body": GOVERNMENT, "units": UNITS, "people": people()} | others)
    (found,) = came_to(checked(data), "cn-713.30.2a")
    return found


def test_only_members_count_in_the_order_of_speaking() -> None:
    roles = {"a": "chief", "b": "member", "c": "attending"}

    assert outcome(meeting("bac", roles)) == "satisfied"


CASES = [
    ("a recorder who reads the minutes out afterwards", meeting("bac", {"b": "member", "c": "recorder"}), {}, "satisfied"),
    ("several who sit in speak after the chief", meeting("bacd", {"b": "member", "c": "attending", "d": "attending"}), {}, "satisfied"),
    ("a member after one who sits in", meeting("acb", {"b": "member", "c": "attending"}), {}, "violated"),
    ("a member who speaks after the chief", meeting("ab", {"b": "member"}), {}, "violated"),
    ("one who sits in is between two words of the chief", meeting("baca", {"b": "member", "c": "attending"}), {}, "undetermined"),
    ("an open order in which only one who sits in comes after", meeting("bac", {"c": "attending"}, speaking_order_complete=None), {}, "undetermined"),
    ("an open order with a member after the chief", meeting("ab", {"b": "member"}, speaking_order_complete=None), {}, "violated"),
    ("nobody's part is recorded", meeting("bac"), {}, "undetermined"),
    ("the part of the last speaker is not recorded, on a whole list of those present", meeting("bac", {"a": "chief", "b": "member"}, attendees_complete=True), {}, "undetermined"),
    ("present, but in what part is not said", meeting("bac", attendees=[{"person": "c"}], attendees_complete=True), {}, "undetermined"),
    ("recorded once as a member and once as sitting in", meeting("ab", attendees=[{"person": "b", "role": "member"}, {"person": "b", "role": "attending"}]), {}, "undetermined"),
    ("a deputy head by post, not on the list", meeting("ab"), {"people": people(b=post())}, "violated"),
    ("the chief of the body by post, another having presided", meeting("ab"), {"people": people(b=post(capacity="chief"))}, "violated"),
    ("a leader of another unit", meeting("ab"), {"people": people(b=post("bureau"))}, "undetermined"),
    ("staff of the deciding body", meeting("ab"), {"people": people(b=post(capacity="staff"))}, "undetermined"),
    ("a deputy head who had left the post", meeting("ab"), {"people": people(b=post(until="2024-05-09"))}, "undetermined"),
    ("a deputy head appointed some day of that month", meeting("ab"), {"people": people(b=post(since="2024-05"))}, "undetermined"),
    ("a deputy head since a day unknown", meeting("ab"), {"people": people(b=post(since=None))}, "undetermined"),
    ("a deputy head, the day of the meeting known to the month", meeting("ab", date="2024-05"), {"people": people(b=post())}, "violated"),
    ("a deputy head appointed in the month to which the meeting is known", meeting("ab", date="2024-05"), {"people": people(b=post(since="2024-05-06"))}, "undetermined"),
    ("a deputy head, the meeting undated", meeting("ab", date=None), {"people": people(b=post())}, "undetermined"),
    ("the deciding body is not named among the units", meeting("ab"), {"body": {**GOVERNMENT, "unit": None}, "people": people(b=post())}, "undetermined"),
    ("a deputy head recorded as sitting in", meeting("ab", {"b": "attending"}), {"people": people(b=post())}, "satisfied"),
    ("one of unknown part and then a member", meeting("acb", {"b": "member"}), {}, "violated"),
    ("the chief is not in the order", meeting("bc", {"b": "member"}), {}, "undetermined"),
    ("the chief alone", meeting("a"), {}, "satisfied"),
    ("unknown parts, but it is said that the chief spoke last", meeting("bac", chief_spoke_last=True), {}, "satisfied"),
    ("unknown parts, and it is said that the chief did not", meeting("bac", chief_spoke_last=False), {}, "violated"),
    ("a member after the chief, whatever else is said", meeting("ab", {"b": "member"}, chief_spoke_last=True), {}, "violated"),
    ("at a plenary meeting one who sits in speaks last", meeting("bac", {"b": "member", "c": "attending"}, meeting_type="plenary"), {}, "satisfied"),
    ("at an office meeting a member speaks last", meeting("ab", {"b": "member"}, meeting_type="office"), {}, "violated"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "others", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_who_counts_in_the_order_of_speaking(
    act: dict[str, Any], others: dict[str, Any], expected: str
) -> None:
    assert outcome(act, **others) == expected


def test_the_part_that_is_not_recorded_is_named_as_missing() -> None:
    stated = meeting("bac", attendees=[{"person": "b", "role": "member"}, {"person": "c"}])
    data = headed(stated, meeting("ad", id="m2"), body=GOVERNMENT, units=UNITS, people=people())
    first, second = on(checked(data), "cn-713.30.2a")

    assert first.missing == ("acts[m].attendees[1].role", "acts[m].chief_spoke_last")
    assert second.missing == ("acts[m2].attendees", "acts[m2].chief_spoke_last")


def test_a_meeting_of_a_township_bound_by_reference_is_read_in_the_same_way() -> None:
    town = {
        "name": "示例镇人民政府",
        "kind": "government",
        "level": "township",
        "code": "420222",
        "unit": "gov",
    }
    act = meeting("bac", {"b": "member", "c": "attending"}, meeting_type="leadership")

    assert outcome(act, body=town) == "satisfied"
    assert outcome(meeting("ab", meeting_type="leadership"), body=town, people=people(b=post())) == "violated"


def test_a_chief_who_was_absent_stays_a_question_whoever_spoke_last() -> None:
    assert outcome(meeting("ab", {"b": "member"}, chief_present=False)) == "needs_judgement"


def test_a_whole_file_makes_the_order_whole_but_no_unknown_person_a_member() -> None:
    act = meeting("bac", {"b": "member"}, speaking_order_complete=None)
    data = headed(act, body=GOVERNMENT, units=UNITS, people=people())
    report = checked(data, date(2024, 12, 31), assume_complete=True)

    assert came_to(report, "cn-713.30.2a") == ["undetermined"]
