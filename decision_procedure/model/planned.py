"""What a catalogue plans for a matter: the steps and the time, as published and as far as the words are understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, model_validator

from decision_procedure.model.base import Flag, Key, Moment, Part, Text
from decision_procedure.model.dates import PartialDate
from decision_procedure.sources.characters import is_unseen

Precision = Literal["day", "ten_days", "month", "quarter", "half_year", "year", "span"]


def as_list(text: Any) -> Any:
    """Return one text as a list of one, anything else as it is."""
    return (text,) if isinstance(text, str) else text


Texts = Annotated[tuple[Text, ...], BeforeValidator(as_list)]
"""A list of texts; one text counts as a list of one."""

_SIMPLIFIED = str.maketrans(
    "號決項稱類別內容單辦門責體據設眾參與專論證風險評聽審議討計劃時間擬請務會縣鄉鎮區機關實備註牽頭協運標準預徵見領導員財規範圍編製屬應級發資務農產業電話聯繫進達則條質環經濟執監督產權錄處總織術檢護態園貿統價值與庫書",
    "号决项称类别内容单办门责体据设众参与专论证风险评听审议讨计划时间拟请务会县乡镇区机关实备注牵头协运标准预征见领导员财规范围编制属应级发资务农产业电话联系进达则条质环经济执监督产权录处总织术检护态园贸统价值与库书",
)
"""The traditional forms of the characters that stand in headers, steps and times."""


def folded(text: str) -> str:
    """Return what of a header or a word counts: without blanks and unseen characters, of common width, simplified."""
    narrow = unicodedata.normalize("NFKC", text).casefold().translate(_SIMPLIFIED)
    return "".join(part for part in narrow if not part.isspace() and not is_unseen(part))


class PlannedTime(Part):
    """A time as published, and the days that it means: `start` the first, `end` the last that the words allow.

    `start` None: only the end is stated ("before the end of June"); both None: the words are not understood. A quarter
    or month without a year is one of the catalogue's year.
    """

    raw: Annotated[Text, Key("原文")]
    start: Annotated[Moment, Key("起")] = None
    end: Annotated[Moment, Key("止")] = None
    precision: Annotated[Precision | None, Key("精度")] = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        return time_read(data, None) if isinstance(data, str) else data

    @property
    def last_day(self) -> date | None:
        """The last day that the words allow; after it the plan is overdue. None: not understood."""
        return None if self.end is None else date.fromordinal(self.end.last_day)


class Milestone(Part):
    """A stage of a plan: its time, None where the text begins with none, and its text as published."""

    time: Annotated[PlannedTime | None, Key("时间")] = None
    text: Annotated[Text, Key("内容")]


class PlannedSteps(Part):
    """The steps that a row plans: true, false, or None where it does not say, which never means "no".

    `raw` is the cell that lists them, None where each has a column of its own. `others` are steps that the cell names
    in words that stand for none of these. Whether a hearing is planned stands in the row (`hearing`).
    """

    raw: Annotated[Text | None, Key("原文")] = None
    participation: Annotated[
        Flag,
        Key(
            "公众参与", "public participation",
            also=(
                "公开征求意见", "征求意见", "征求公众意见", "征求社会公众意见", "公众参与程序", "座谈会", "问卷调查",
                "民意调查", "实地走访", "书面征求意见", "公开征求社会公众意见", "向社会公开征求意见", "网上征求意见", "公示",
            ),
        ),
    ] = None  # fmt: skip
    expert: Annotated[
        Flag,
        Key("专家论证", "expert argumentation", also=("专家咨询论证", "专家论证会", "专家咨询", "专家评审")),
    ] = None
    risk: Annotated[
        Flag,
        Key("风险评估", "risk assessment", also=("社会稳定风险评估", "稳评", "社会风险评估", "稳定风险评估")),
    ] = None
    fair_competition: Annotated[
        Flag, Key("公平竞争审查", "fair-competition review", also=("公平竞争审核",))
    ] = None
    legality: Annotated[
        Flag,
        Key("合法性审查", "legality review", also=("合法性审核", "合法合规性审查", "合法性论证", "法制审核")),
    ] = None
    collective: Annotated[
        Flag,
        Key(
            "集体讨论决定", "collective decision",
            also=("集体讨论", "集体决策", "集体审议", "集体审议讨论", "集体审议决定", "集体研究", "集体研究决定", "集体决定"),
        ),
    ] = None  # fmt: skip
    others: Annotated[Texts, Key("其他程序")] = ()

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        if not isinstance(data, str):
            return data
        found = steps_read(data)
        named = {name: value for name, value in found.named.items() if name != HEARING}
        return {"raw": data, "others": found.others} | named


HEARING = "hearing"
HEARING_NAMES = ("听证", "听证会", "举行听证", "举行听证会", "组织听证", "召开听证会", "听证程序")
"""What a hearing is called among the steps."""


class StepsRead(NamedTuple):
    """The steps that a text names by the fields of `PlannedSteps` and `hearing`, and the words that are none."""

    named: dict[str, bool]
    others: tuple[str, ...]


def step_named(text: str) -> str | None:
    """Return the step that a header or a word of a list stands for: a field of `PlannedSteps`, or `hearing`; None: none."""
    bare = folded(text)
    for name in (bare, _ASKED.sub("", bare)):
        found = _STEPS.get(name) or _STEPS.get(_TAIL.sub("", name))
        if found is not None:
            return found
    return None


def steps_within(text: str) -> tuple[str, ...]:
    """Return the steps, as `step_named` has them, whose names stand anywhere in a text, such as that of a stage."""
    bare = folded(text)
    return tuple(dict.fromkeys(step for name, step in _STEPS.items() if name in bare))


def steps_read(text: str) -> StepsRead:
    """Return the steps that a cell lists, divided by marks, lines or numbers; a step it does not name is not there."""
    named: dict[str, bool] = {}
    others: list[str] = []
    for piece in _pieces(text):
        denied = _DENIED.match(folded(piece))
        step = step_named(folded(piece)[denied.end() :] if denied else piece)
        if step is None or named.setdefault(step, denied is None) is not (denied is None):
            others.append(piece)
    return StepsRead(named, tuple(others))


def _pieces(text: str) -> Iterator[str]:
    """Yield what a list is divided into; blanks and "and" divide it where each part is a step."""
    for piece in _LISTED.split(text):
        parts = [part for part in _AND.split(piece) if part]
        if len(parts) > 1 and all(map(step_named, parts)):
            yield from parts
        elif piece.strip():
            yield " ".join(piece.split())


_STEPS = {
    **{
        name: step
        for step, field in PlannedSteps.model_fields.items()
        if step not in ("raw", "others")
        for mark in field.metadata
        if isinstance(mark, Key)
        for name in (mark.zh, *mark.also)
    },
    **dict.fromkeys(HEARING_NAMES, HEARING),
}
_ASKED = re.compile(
    "^(?:决策中|决策过程中)?(?:是否|应|拟)?(?:已)?(?:需要?|履行|进行|开展|组织|经过?|纳入)?(?:履行|进行|开展)?"
)
_TAIL = re.compile(r"(?:等|的)?(?:法定)?(?:程序|情况|环节|方式)?\??$")
_AND = re.compile(r"\s+|以及|[及和]")
_DENIED = re.compile("^(?:不需要?|无需|无须|不进行|不开展|不履行|未履行|不涉及|不|否)")
_LISTED = re.compile(
    r"[、，,；;/。|\r\n（）()：:+]|(?<![0-9])[0-9]{1,2}[.．)）、]|[①-⑳]|第[一二三四五六七八九十]步"
)


def time_read(text: str, year: int | None) -> dict[str, Any]:
    """Return the fields of the `PlannedTime` that a text means, of a year where it names none; no days if not understood."""
    stages = milestones_read(text, year)
    if stages:
        return {"raw": text} | _from_first_to_last([stage["time"] for stage in stages])
    found = _time(text, year)
    return {"raw": text} if found is None else dict(zip(_TIME, (text, *found), strict=True))


_TIME = ("raw", "start", "end", "precision")


def _from_first_to_last(times: Sequence[dict[str, Any] | None]) -> dict[str, Any]:
    """Return the days that stages take; none where one of them has no time."""
    days = [time for time in times if time is not None]
    if len(days) < len(times):
        return {}
    starts = [time["start"] for time in days]
    first = None if None in starts else min(starts, key=lambda day: day.first)
    return {
        "start": first,
        "end": max((time["end"] for time in days), key=lambda day: day.last),
        "precision": "span",
    }


def milestones_read(text: str, year: int | None) -> tuple[dict[str, Any], ...]:
    """Return the fields of the `Milestone`s of a cell: two or more pieces, one of which begins with a time; else none.

    A piece that names a month only is of the year that the last one named.
    """
    if not _MARKED.search(text) and _time(text, year) is not None:
        return ()  # one time, however its lines are broken
    found: list[dict[str, Any]] = []
    for piece in filter(None, (" ".join(piece.split()) for piece in _STAGES.split(text))):
        days = _time(piece, year)
        if days is not None:
            year = date.fromordinal(days[1].last_day).year
        time = None if days is None else dict(zip(_TIME, (piece, *days), strict=True))
        found.append({"time": time, "text": piece})
    return tuple(found) if len(found) > 1 and any(stage["time"] for stage in found) else ()


_MARKED = re.compile("[;；]")
_STAGES = re.compile(r"[;；\r\n]+")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_MONTHS = {"十二": "12", "十一": "11", "十": "10"}
_YEAR = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_MONTH = re.compile("(十[一二]?|[一二三四五六七八九])(?=月)")
_DAY = re.compile("([二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])")
_NUMERIC = re.compile(r"(?<![0-9])([12][0-9]{3})[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?(?![0-9])(?:日)?")
_ONE = re.compile(
    r"(?:([12][0-9]{3})年(?:度)?)?"
    r"(?:(?:第?([一二三四1-4])季度|([1-4])季度|q([1-4]))|([上下])半年|([0-9]{1,2})月份?(?:([0-9]{1,2})[日号]|([上中下])旬)?)?"
    r"(年?(?:底|末)|年内|全年|内|之内)?((?:之|以)?前)?"
)
_ASIDE = re.compile("^(?:力争|计划|拟|预计|确保|力争于|计划于|拟于|于|在|约)+")
_TO = re.compile("[-–—~至到]+")
_RANGE = re.compile("(?<![0-9年])([0-9]{1,2}|[一二三四])[-–—~至到]([0-9]{1,2}|[一二三四])(月|季度)")
_MORE = re.compile("^[0-9或、,]|[0-9]{1,4}[年月日号]|季度|半年|年[底末]")


def _time(text: str, year: int | None) -> tuple[Moment, PartialDate, Precision] | None:
    """Return the first and the last day that a text means and how exactly; None: it is not understood."""
    bare = _ASIDE.sub("", _numbers(folded(text)))
    first = _stretch(bare, year)
    if first is None:
        return None
    start, end, precision, rest = first
    joined = _TO.match(rest)
    if joined is not None:
        named = date.fromordinal(end.last_day).year
        second = _stretch(rest[joined.end() :], named)
        if second is None or _MORE.search(second[3]) or second[1].last < end.last:
            return None
        return start, second[1], "span"
    return None if _MORE.search(rest) else (start, end, precision)


def _numbers(text: str) -> str:
    """Return a text with the numbers of its dates in digits and 年月日 between them."""
    text = _YEAR.sub(lambda found: found[0].translate(_DIGITS), text)
    text = _MONTH.sub(lambda found: _MONTHS.get(found[1]) or found[1].translate(_DIGITS), text)
    text = _DAY.sub(lambda found: str(_tens(found[1])), text)
    text = _RANGE.sub(r"\1\3-\2\3", text)
    return _NUMERIC.sub(
        lambda found: f"{found[1]}年{found[2]}月" + (f"{found[3]}日" if found[3] else ""), text
    )


def _tens(numeral: str) -> int:
    tens, mark, ones = numeral.rpartition("十")
    return int(tens.translate(_DIGITS) or bool(mark)) * 10 + int(ones.translate(_DIGITS) or 0)


def _stretch(text: str, year: int | None) -> tuple[Moment, PartialDate, Precision, str] | None:
    """Return the days that a text begins with, how exactly they are named, and what follows."""
    found = _ONE.match(text)
    if found is None or not found[0]:
        return None
    named, ordinal, digit, latin, half, month, day, ten, within, before = found.groups()
    of_year = int(named) if named else year
    quarter = ordinal or digit or latin
    if of_year is None or not (named or quarter or half or month or within in _WHOLE_YEAR):
        return None
    try:
        first, last, precision = _days(of_year, quarter, half, month, day, ten)
    except ValueError:
        return None
    only_end = bool(before) or (within in _ENDS and not (quarter or half or month))
    return (None if only_end else PartialDate.on(first)), PartialDate.on(last), precision, text[found.end() :]


_WHOLE_YEAR = ("年底", "年末", "年内", "全年")
_ENDS = ("年底", "年末", "底", "末")


def _days(
    year: int, quarter: str | None, half: str | None, month: str | None, day: str | None, ten: str | None
) -> tuple[date, date, Precision]:
    """Return the first and the last day of a part of a year. Raises ValueError where there is no such part."""
    if quarter:
        at = int(quarter.translate(_DIGITS)) * 3
        return date(year, at - 2, 1), _end(year, at), "quarter"
    if half:
        return (
            (date(year, 1, 1), _end(year, 6), "half_year")
            if half == "上"
            else (date(year, 7, 1), _end(year, 12), "half_year")
        )
    if not month:
        return date(year, 1, 1), date(year, 12, 31), "year"
    at = int(month)
    if day:
        return date(year, at, int(day)), date(year, at, int(day)), "day"
    if ten:
        begin = "上中下".index(ten) * 10 + 1
        return (
            date(year, at, begin),
            (_end(year, at) if ten == "下" else date(year, at, begin + 9)),
            "ten_days",
        )
    return date(year, at, 1), _end(year, at), "month"


def _end(year: int, month: int) -> date:
    return date.fromordinal((date(year + month // 12, month % 12 + 1, 1)).toordinal() - 1)
