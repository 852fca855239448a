"""When a hearing in Guangdong had to be put off (粤府令第183号)."""

from __future__ import annotations

from typing import Any

import pytest
from heads import came_to, checked, headed

BODY = {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "441223"}
CASES = [
    ("fifteen came, how many applied is not stated", {"attended": 15}, "satisfied"),
    ("seven applied, and it was put off", {"applicants": 7, "postponed": True}, "satisfied"),
    ("seven applied and nine came to the hearing put off", {"applicants": 7, "attended": 9, "postponed": True}, "satisfied"),
    ("five came, and it was put off", {"attended": 5, "postponed": True}, "satisfied"),
    ("exactly eight came", {"attended": 8}, "satisfied"),
    ("eight applied and eight came", {"applicants": 8, "attended": 8, "postponed": False}, "satisfied"),
    ("seven applied, fifteen came, not put off", {"applicants": 7, "attended": 15, "postponed": False}, "violated"),
    ("fifteen applied, seven came, not put off", {"applicants": 15, "attended": 7, "postponed": False}, "violated"),
    ("seven came, not put off, how many applied is not stated", {"attended": 7, "postponed": False}, "violated"),
    ("seven applied, not put off, how many came is not stated", {"applicants": 7, "postponed": False}, "violated"),
    ("seven came, whether it was put off is not stated", {"attended": 7}, "undetermined"),
    ("seven applied, whether it was put off is not stated", {"applicants": 7, "attended": 15}, "undetermined"),
    ("nine applied, how many came is not stated", {"applicants": 9}, "undetermined"),
    ("no number is stated", {}, "undetermined"),
    ("no number is stated, but that it was put off", {"postponed": True}, "satisfied"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_hearing_with_fewer_than_eight_people_is_put_off(fields: dict[str, Any], expected: str) -> None:
    hearing = {"kind": "hearing", "id": "h", "date": "2018-06-05", **fields}

    assert came_to(checked(headed(hearing, body=BODY)), "gd-183.min8") == [expected]
