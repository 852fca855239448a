"""What the cells of a published table say: units, yes and no, law; as published, and nothing guessed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal, NamedTuple

from decision_procedure.model.planned import folded
from decision_procedure.sources.characters import is_unseen
from decision_procedure.sources.workbook import CellValue


def text_in_cell(value: CellValue, coarse: Literal["month", "year"] | None = None) -> str:
    """Return what a cell shows as text, without what nobody sees; of a date no more than it shows, a day, month or year."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        year = f"{value.year}年"
        if coarse == "year":
            return year
        return f"{year}{value.month}月" if coarse == "month" else f"{year}{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "".join(part for part in str(value) if part in "\n\t" or not is_unseen(part)).strip()


def tidy(text: str) -> str:
    """Return a text with one blank for several, and no blanks at the ends of its lines: patterns stay quick on it."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))


def on_one_line(text: str) -> str:
    """Return a text whose lines a cell broke on one line: a blank between them only where neither is Chinese."""
    found: list[str] = []
    for line in tidy(text).split("\n"):
        if found and not (_WIDE.match(line[:1]) or _WIDE.match(found[-1][-1:])):
            found.append(" ")
        found.append(line)
    return "".join(found)


_WIDE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u2018-\u201d]")

YES = frozenset(
    (
        "是",
        "√",
        "✓",
        "✔",
        "☑",
        "有",
        "需",
        "需要",
        "要",
        "应",
        "应当",
        "必须",
        "y",
        "yes",
        "true",
        "履行",
        "已履行",
        "1",
        "v",
    )
)
NO = frozenset(
    (
        "否",
        "×",
        "✗",
        "✘",
        "✕",
        "☒",
        "x",
        "无",
        "不",
        "不需",
        "不需要",
        "无需",
        "无须",
        "不要",
        "n",
        "no",
        "false",
        "不履行",
        "0",
        "╳",
    )
)
_BOXES = re.compile(r"[☑√✔■✓](?:\(?)(是|否|需要|不需要|有|无)")


def yes_or_no(text: str) -> bool | None:
    """Return what a cell says of a step; None: words that are neither."""
    bare = folded(text)
    boxes = _BOXES.findall(bare)
    if len(boxes) == 1:
        bare = boxes[0]
    return True if bare in YES else False if bare in NO else None


class Units(NamedTuple):
    """The units of a cell as published: all, which lead and which help where it says so.

    `joined` are names whose parts stood apart, by blanks or lines, and how they are written now.
    """

    names: tuple[str, ...] = ()
    lead: str | None = None
    assisting: tuple[str, ...] = ()
    joined: tuple[tuple[str, str], ...] = ()


def units_in(text: str) -> Units:
    """Return the units that a cell names, divided by marks, or by blanks and lines between whole names."""
    names: list[str] = []
    leads: list[str] = []
    helpers: list[str] = []
    joined: list[tuple[str, str]] = []
    for piece in _pieces(_ASIDE.sub(lambda aside: f"、{aside[1]}", tidy(text))):
        role, bare = _role(piece)
        for name, raw in _names(bare):
            if name != raw:
                joined.append((raw, name))
            if role == "helps":
                helpers.append(name)
            else:
                names.append(name)
                if role == "leads":
                    leads.append(name)
    lead = leads[0] if len(leads) == 1 else None
    names = [*leads, *(name for name in names if name not in leads)]
    return Units(tuple(dict.fromkeys(names)), lead, tuple(dict.fromkeys(helpers)), tuple(joined))


Role = Literal["leads", "helps", ""]
_DIVIDED = re.compile("[、，,；;/|]")
_HEADS = re.compile(r"(牵头|主办|主要责任|责任|承办|配合|协办|协助|参与)(?:单位|部门|科室)?[:：]")
_TAILED = re.compile(r"^(.+?)[（(]?(牵头|配合|协办)(?:单位|部门|负责)?[）)]?$", re.DOTALL)
_ASIDE = re.compile(r"\s?[（(]([^（()）]{2,40}?(?:牵头|配合|协办|协助)(?:单位|部门|负责)?)[）)]")
"""A unit in brackets with its role; a role alone in brackets belongs to the name before it."""
_TOGETHER = re.compile("会同|联合")
_LEADING = ("牵头", "主办", "主要责任")
_HELPING = ("配合", "协办", "协助", "参与")


def _pieces(text: str) -> list[tuple[Role, str]]:
    """Return the parts of a cell, each with the role that stands before it: `牵头单位：甲；配合单位：乙、丙`."""
    found: list[tuple[Role, str]] = []
    role: Role = ""
    parts = _HEADS.split(text)
    for index in range(0, len(parts), 2):
        if index:
            word = parts[index - 1]
            role = "leads" if word in _LEADING else "helps" if word in _HELPING else ""
        found += [(role, piece) for piece in _DIVIDED.split(parts[index]) if piece.strip()]
    return found


def _role(piece: tuple[Role, str]) -> tuple[Role, str]:
    role, text = piece
    tailed = _TAILED.match(text.strip())
    if tailed is None:
        return role, text.strip()
    return ("leads" if tailed[2] == "牵头" else "helps"), tailed[1].strip()


def _names(text: str) -> list[tuple[str, str]]:
    """Return the names in a text without marks, each with how it stood: blanks divide whole names, else join their parts."""
    parts = text.split()
    if len(parts) > 1 and all(_is_whole(part) for part in parts):
        return [(part, part) for part in parts]
    several = _TOGETHER.split("".join(parts))
    if len(several) > 1 and all(_is_whole(part) for part in several):
        return [(part, part) for part in several]
    return [("".join(parts) if _HAN.search(text) else " ".join(parts), text)]


_HAN = re.compile("[\u4e00-\u9fff]")
_WHOLE = re.compile(
    "(?:局|委|委员会|办|办公室|厅|院|所|中心|公司|集团|人民政府|政府|科|队|处|部|银行|学校|医院|街道|街道办事处|镇|乡|妇联|总工会|协会|站)$"
)
_BRANCH = re.compile("(?:分局|支局|分公司|支队|大队|分中心)$")
_PLACED = re.compile("^(?:省|市|县|区|州|旗|乡|镇|街道)")


def _is_whole(name: str) -> bool:
    """Say whether a text is the name of a unit by itself, and no end of one: 花都区分局 is a branch of what stands before."""
    return (
        len(name) > 2
        and _WHOLE.search(name) is not None
        and not (_BRANCH.search(name) and not _PLACED.match(name))
    )


def law_in(text: str) -> list[str]:
    """Return the instruments that a cell cites, each with its number; one text where it names them otherwise."""
    found = [on_one_line(part) for part in _CITED.split(tidy(text))]
    return [part.strip() for part in found if part.strip()]


_CITED = re.compile(r"[;；\r\n]+(?=\s*(?:[0-9]+[.、．]\s*)?《)|(?<=[》）)])\s*[、,，]?\s*(?=《)")
