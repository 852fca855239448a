"""Dates as records state them: a year, a month, a day, or a minute of a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from decision_procedure.errors import UnusableArgument

MINUTES_A_DAY = 24 * 60
FIRST_YEAR, LAST_YEAR = 1900, 2200

_FORM = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::[0-5]\d)?)?)?)?")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日(?: ?(\d{1,2})[时:](\d{2})分?)?)?)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"≤?\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?")
_CHINESE_DAY = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_PATTERN = r"^\d{4}(-\d{1,2}(-\d{1,2}([T ]\d{1,2}:\d{2}(:[0-5]\d)?)?)?)?$"


class PartialDate:
    """A stretch of time within which a stated moment lies.

    `first` and `last` are minutes since day 0 of `date.toordinal`, both included: a day has 1440,
    a month about 43 000. `text` is the canonical form (`2023`, `2023-03`, `2023-03-06`,
    `2023-03-06T15:00`), or begins with `≤` when only the end is known.
    """

    __slots__ = ("first", "last", "text")

    first: int
    last: int
    text: str

    def __init__(self, text: str, first: int, last: int) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "last", last)

    @property
    def first_day(self) -> int:
        """The earliest day as a `date.toordinal` number; 0 when nothing bounds it."""
        return self.first // MINUTES_A_DAY

    @property
    def last_day(self) -> int:
        """The latest day as a `date.toordinal` number."""
        return self.last // MINUTES_A_DAY

    @property
    def day(self) -> date | None:
        """The calendar day when it is known; None for a month, a year or an open beginning."""
        return date.fromordinal(self.first_day) if self.first_day == self.last_day else None

    @classmethod
    def on(cls, day: date) -> PartialDate:
        """Return the whole of one calendar day. Raises UnusableArgument for a day that no record can state."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UnusableArgument(
                f"日期应在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间 a day lies between {FIRST_YEAR} and {LAST_YEAR}: {day}"
            )
        return parse_date(day.isoformat()[:10])

    @classmethod
    def by(cls, latest: PartialDate) -> PartialDate:
        """Return "at `latest` or at any time before it"."""
        return cls("≤" + latest.text.lstrip("≤"), 0, latest.last)

    @classmethod
    def written(cls, text: str) -> PartialDate:
        """Return the moment that reports write as `text`. Raises ValueError as `parse_date` does."""
        return cls.by(parse_date(text.lstrip("≤"))) if text.startswith("≤") else parse_date(text)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"PartialDate is frozen: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type[PartialDate], tuple[str, int, int]]:
        return PartialDate, (self.text, self.first, self.last)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        # The text of a date in JSON goes to the cache without a detour.
        return core_schema.json_or_python_schema(
            core_schema.no_info_after_validator_function(parse_date, core_schema.str_schema()),
            core_schema.no_info_plain_validator_function(_validate),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": _PATTERN,
            "description": "年、月、日或时刻 a year, month, day or minute: 2023, 2023-03, 2023-03-06",
        }


NOT_DONE = PartialDate("denied", 0, 0)
"""Stands in evidence for the date of an event that the record denies; never in a record."""


@lru_cache(maxsize=65536, typed=True)
def parse_date(value: object) -> PartialDate:
    """Return the stretch that a stated date means.

    Accepts `2023`, `2023-03`, `2023-03-06`, `2023-03-06T15:00`, `2023-03-06 15:00:30` (the minute of it),
    `2023年3月6日`, `2023年3月6日15:00`, an int year, a `date`. Raises ValueError for anything else, for days that
    do not exist and for times with a zone.
    """
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, datetime):
        value = value.isoformat(timespec="minutes")
    elif isinstance(value, date):
        value = value.isoformat()
    text = _written(value).strip()
    match = _FORM.fullmatch(text) or _CHINESE.fullmatch(text)
    if not match:
        raise ValueError(
            f"不是日期，应写成 2024-01-02、2024-01 或者 2024年1月2日 not a date, write 2024-01-02: {text[:40]!r}"
        )
    parts = [None if part is None else int(part) for part in (*match.groups(), None, None)]
    return _stretch(parts[0] or 0, *parts[1:5])


def calendar_day(text: str) -> date | None:
    """Return the day that a text such as `2024-06-01` names; None for any other text and for no such day."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_said(text: str) -> date | None:
    """Return the day that a text such as `2024-06-01` or `2024年6月1日` names; None as for `calendar_day`."""
    found = _CHINESE_DAY.fullmatch(text)
    return calendar_day("-".join(part.zfill(2) for part in found.groups()) if found else text)


def is_moment(text: str) -> bool:
    """Say whether a text is a date as evidence has it: a year, month, day or minute, or at the latest then (`≤`)."""
    return _MOMENT.fullmatch(text) is not None


def day_of(given: object, name: str = "") -> date:
    """Return the day that a date names, or a text as `day_said` reads it; a time of day is left out.

    `name` is what it was given as. Raises UnusableArgument for anything else, and for a day that no record can state.
    """
    day = day_said(given) if isinstance(given, str) else given
    if isinstance(day, datetime):
        day = day.date()
    if not isinstance(day, date):
        shown = given[:40] if isinstance(given, str) else type(given).__name__
        raise UnusableArgument(
            f"{name} 不是日期，应写成 2024-06-01 或者 2024年6月1日 not a date, write 2024-06-01: {shown}".strip()
        )
    PartialDate.on(day)
    return day


def chinese_date(moment: PartialDate) -> str:
    """Return a year, month or day as Chinese texts write it: 2026年8月15日."""
    parts = moment.text.partition("T")[0].split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def _written(value: object) -> str:
    """Return a value as its file has it: a decimal number with every digit, a truth value in small letters."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(getattr(value, "written", value))


def _validate(value: object) -> PartialDate:
    try:
        return parse_date(value)
    except TypeError:  # a list or a mapping cannot be a key of the cache
        raise ValueError("不是日期 not a date") from None


def _stretch(
    year: int, month: int | None, day: int | None, hour: int | None, minute: int | None
) -> PartialDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"年份不可信 year out of range: {year}")
    start = date(year, 1 if month is None else month, 1 if day is None else day)
    end_month = 12 if month is None else month
    end = start if day is not None else date(year, end_month, monthrange(year, end_month)[1])
    first, last = start.toordinal() * MINUTES_A_DAY, (end.toordinal() + 1) * MINUTES_A_DAY - 1
    text = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
    if hour is not None and minute is not None:
        if hour > 23 or minute > 59:
            raise ValueError(f"时刻不存在 no such time: {hour}:{minute:02d}")
        first = last = first + hour * 60 + minute
        text += f"T{hour:02d}:{minute:02d}"
    return PartialDate(text, first, last)
