"""Names of units: which are of one unit, which may be, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision_procedure.catalogues.unit_names import same_unit

ISSUER = "示例县人民政府"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("县发改局", "示例县发展和改革局", True),
        ("发改局", "示例县发展改革局", True),
        ("县 发展和改革局", "县发展与改革局", True),
        ("县卫健委", "示例县卫生健康局", True),
        ("县城管局", "示例县城市管理和综合执法局", True),
        ("县教育局", "示例县教育局", True),
        ("市场监管局", "示例县市场监督管理局", True),
        ("县府办", "示例县人民政府办公室", True),
        ("县水利局", "示例县水务局", False),
        ("市发改局", "示例县发展和改革局", False),
        ("市自然资源局示例县分局", "示例县自然资源局", False),
        ("县财政局", "示例县教育局", False),
        ("县农业局", "示例县农业农村局", None),
        ("县规划局", "示例县规划和自然资源局", None),
        ("区级相关部门", "示例县教育局", False),
        ("", "示例县教育局", False),
    ],
)
def test_names_are_of_one_unit_by_place_marks_and_common_short_forms(
    one: str, other: str, same: bool | None
) -> None:
    assert same_unit(one, other, ISSUER) is same
    assert same_unit(other, one, ISSUER) is same


def test_the_place_may_be_named_with_or_without_the_higher_one() -> None:
    assert same_unit("番禺区财政局", "广州市番禺区财政局", "广州市番禺区人民政府") is True
    assert same_unit("广州市财政局", "广州市番禺区财政局", "广州市番禺区人民政府") is False


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=12))
def test_whether_two_names_are_of_one_unit_depends_on_no_order(one: str, other: str, issuer: str) -> None:
    assert same_unit(one, other, issuer) is same_unit(other, one, issuer)
    assert same_unit(one, one, issuer) is True
