"""Reading a file of waivers: in either language, every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

import decision_procedure as dp
from decision_procedure.results.waivers import (
    load_waivers,
)


def test_a_waiver_file_is_read_in_either_language(tmp_path: Path) -> None:
    english, chinese = tmp_path / "en.yaml", tmp_path / "zh.yaml"
    english.write_text(
        "schema: 1\nwaivers:\n- record: r\n  duty: d\n  act: null\n  approver: 甲\n  basis: 乙\n"
        "  date: 2024-01-02\n  expires: 2024-02-03\n  document: 丙\n",
        encoding="utf-8",
    )
    chinese.write_text(
        "格式版本: 1\n豁免:\n- 案卷: r\n  义务: d\n  行为: null\n  批准人: 甲\n  理由: 乙\n"
        "  日期: 2024-01-02\n  有效期至: 2024年2月3日\n  依据文件: 丙\n",
        encoding="utf-8",
    )

    one, other = load_waivers(english), load_waivers(chinese)

    assert one == other
    assert "act" in one[0].model_fields_set
    assert "act" in other[0].model_fields_set


def refused(tmp_path: Path, text: str) -> dp.UnusableInput:
    path = tmp_path / "w.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(dp.UnusableInput) as error:
        load_waivers(path)
    return error.value


def test_every_fault_of_a_waiver_file_is_named_with_its_line(tmp_path: Path) -> None:
    error = refused(
        tmp_path,
        "schema: 1\nwaivers:\n- finding: XYZ\n  approver: 甲\n  basis: 乙\n  date: 2024-03\n"
        "  expires: 2024-02-03\n  document: 丙\n- dutty: d\n",
    )

    assert {(fault.line, fault.key) for fault in error.faults} >= {
        (3, "waivers[0].finding"),
        (6, "waivers[0].date"),
        (9, "waivers[1].dutty"),
        (9, "waivers[1].approver"),
    }
    assert all(fault.zh and fault.en for fault in error.faults)


def test_the_same_waiver_twice_in_a_file_is_a_fault(tmp_path: Path) -> None:
    entry = (
        "- finding: '" + "0" * 32 + "'\n  approver: 甲\n  basis: 乙\n  date: 2024-03-01\n"
        "  expires: 2024-05-03\n  document: 丙\n"
    )

    assert refused(tmp_path, f"schema: 1\nwaivers:\n{entry}{entry}").faults


def test_a_waiver_that_ends_before_it_begins_is_a_fault(tmp_path: Path) -> None:
    error = refused(
        tmp_path,
        "schema: 1\nwaivers:\n- duty: d\n  approver: 甲\n  basis: 乙\n  date: 2024-03-01\n"
        "  expires: 2024-02-03\n  document: 丙\n",
    )

    assert "it expires before it is granted" in str(error)


def test_a_waiver_that_ends_before_it_begins_is_told_at_its_chinese_key(tmp_path: Path) -> None:
    error = refused(
        tmp_path,
        "格式版本: 1\n豁免:\n- 案卷: r\n  义务: d\n  批准人: 甲\n  理由: 乙\n"
        "  日期: 2024-01-02\n  有效期至: 2023年2月3日\n  依据文件: 丙\n",
    )

    assert [(fault.line, fault.key) for fault in error.faults] == [(3, "豁免[0]")]
