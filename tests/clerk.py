"""The hand of a clerk: what he knows of a worked matter, written cell by cell into the form that `new` makes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from decision_procedure.sources import read_yaml

KNOWN = Path(__file__).parent / "办事员所知.yaml"
Rows = list[dict[str, Any]]


def known() -> Mapping[str, Rows]:
    """Return what the clerk knows: by sheet, rows of what stands under which head."""
    found: Mapping[str, Rows] = read_yaml(KNOWN.read_text("utf-8"), KNOWN.name).data
    return found


def fill(form: Path) -> int:
    """Write what the clerk knows into a form, as a hand does; return how many cells were written."""
    book, count = openpyxl.load_workbook(form), 0
    for name, rows in known().items():
        sheet = book[name]
        heads = {cell.value: cell.column for cell in sheet[2]}
        for number, row in enumerate(rows, 3):
            lines = _line(sheet, row) or number
            for head, value in row.items():
                cell = sheet.cell(lines, heads[head])
                if cell.value is None:  # what names the line, and what `new` wrote, stands there already
                    cell.value = value
                    count += 1
    book.save(form)
    return count


def _line(sheet: Worksheet, row: Mapping[str, Any]) -> int | None:
    """Return the line of a card or grid that a row is written into; None: the sheet has rows to add."""
    named = [row[head] for head in ("部分", "项目", "事项特征") if head in row]
    if not named:
        return None
    return next(
        line[0].row
        for line in sheet.iter_rows(min_row=3)
        if [cell.value for cell in line[: len(named)]] == named
    )


def answer(letter: Path, told: Mapping[str, str | Mapping[str, str]]) -> int:
    """Write what a lawyer was told into a letter to the units, each where it is asked; return how many were answered.

    What is told of a judgement is by the heads of its columns.
    """
    book, count = openpyxl.load_workbook(letter), 0
    for sheet in book.worksheets:
        heads = {cell.value: cell.column for cell in sheet[3]}
        for row in range(4, sheet.max_row + 1):
            asked = str(sheet.cell(row, heads["需要说明的事项"]).value)
            said = next((said for text, said in told.items() if text in asked), None)
            if said is not None:
                for head, value in ({"回答": said} if isinstance(said, str) else said).items():
                    sheet.cell(row, heads[head]).value = value
                count += 1
    book.save(letter)
    return count


_JUDGED = {
    "回答": "符合要求",
    "判断理由": "材料齐全，审查充分",
    "判断人": "示例县司法局",
    "判断日期": "2024-12-30",
}
TOLD: Mapping[str, str | Mapping[str, str]] = {
    "公开征求意见：截止日期": "2024-06-04",
    "集体讨论：会议类型": "常务会议",
    "是否还进行过合法性审查": "否",
    "是否还进行过集体讨论": "否",
    "是否还进行过解读": "否",
    "是否还进行过风险评估": "否",
    "是否还进行过公平竞争审查": "否",
    "是否进行过执行报告": "否",
    "是否进行过问题报告": "否",
    "是否进行过公布目录": "否",
    "是否进行过决策后评估": "否",
    "是否进行过决策调整": "否",
    "是否进行过中止执行": "否",
    "执行中出现重大问题": "否",
    "属于行政规范性文件": "否",
    "是否由起草单位先行初审": "是",
    "是否听取经营者等利害关系人意见": "是",
    "是否经市场监管部门审查": "是",
    "公平竞争审查：草案是哪一稿": "送审稿",
    "出台：草案是哪一稿": "上会稿",
    "评估方面有哪些": "合法性、合理性、可行性、可控性",
    "风险等级是哪一种": "中风险",
    "是否经同级党委同意": "是",
    "是否向社会公布": "是",
    "是否将不同意见载入会议记录": "是",
    "归档：是否材料完整": "是",
    "是否明确执行时限": "是",
    "是否明确执行反馈要求": "是",
    "缩短期限说明": "未说明",
    "将公告全文收入案卷": "是",
    "是否不合规须由人判断": _JUDGED,
    "是否算作已经公平竞争审查": _JUDGED,
}
"""What the units tell the lawyer who asks, by what is asked."""
