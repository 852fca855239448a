"""A count day by day, as text: a line a day, and the sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from decision_procedure.planning.days import PeriodCounted
from decision_procedure.render.text.lines import BLANK, Block, Piece, Table, line
from decision_procedure.wording import Words


def day_lines(periods: Iterable[PeriodCounted], lang: str) -> Iterator[Block]:
    """Yield the days of each count, and how they add up; a line says so where nothing is counted."""
    words, none = Words(lang, "days"), True
    for period in periods:
        none = False
        yield BLANK
        yield line(_head(period, words), "title")
        if period.days:
            yield Table(tuple(_rows(period, words)), indent=2)
            sums = (
                words.say("sum_of", reason=words.say(reason), number=number)
                for reason, number in period.sums().items()
            )
            yield line(words.series(sums), "dim", indent=2)
    if none:
        yield line(words.say("nothing"), "dim")


def _head(period: PeriodCounted, words: Words) -> str:
    start, end = (
        words.say("moment", what=what.text(words.lang), day=day or words.say("no_date"))
        for what, day in zip(period.at, (period.start, period.end), strict=True)
    )
    number = words.say("unknown") if period.number is None else str(period.number)
    return words.say(f"head_{period.measure}", start=start, end=end, number=number)


def _rows(period: PeriodCounted, words: Words) -> Iterator[tuple[Piece, ...]]:
    number = 0
    for day in period.days:
        number += day.counts
        weekday = words.say("weekdays").split(" ")[_weekday(day.day)]
        yield (
            (day.day, "" if day.counts else "dim"),
            (weekday, "dim"),
            (str(number) if day.counts else "—", "" if day.counts else "dim"),
            (words.say(day.reason), "" if day.counts else "dim"),
        )


def _weekday(day: str) -> int:
    return date.fromisoformat(day).weekday()


__all__ = ["day_lines"]
