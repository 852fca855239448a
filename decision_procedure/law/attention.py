"""From when on a person should look at how long a duty to act promptly took, and how that is said."""

from __future__ import annotations

from datetime import date

from decision_procedure.clock import days_between, workdays_within
from decision_procedure.law.evidence import Truth
from decision_procedure.law.pack import Attention
from decision_procedure.law.said import Said
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.kinds import SHIPPED, Kinds


def past(attention: Attention, start: PartialDate, end: PartialDate) -> Truth:
    """Say whether more time went by from `start` to `end`; None: the dates, or the holidays known, do not tell."""
    if attention.until is not None:
        month, day = map(int, attention.until.split("-"))
        first, last = (
            date(date.fromordinal(ordinal).year + 1, month, day).toordinal()
            for ordinal in (start.first_day, start.last_day)
        )
        return True if end.first_day > last else (False if end.last_day <= first else None)
    if attention.workdays is not None:
        span, most = workdays_within(start, end), attention.workdays
    else:
        span, most = days_between(start, end), attention.days or 0
    return True if span.low > most else (False if span.high <= most else None)


def in_words(attention: Attention, kinds: Kinds = SHIPPED) -> Said:
    """Return the measure as people read it, named as ours, with the day from which it counts."""
    zh, en = kinds.names(attention.kind)
    if attention.field != "done":
        of_zh, of_en = kinds.key_names(attention.field, kinds.acts.get(attention.kind))
        zh, en = f"{zh}的{of_zh}", f"the date \u201c{of_en}\u201d of {en}"
    if attention.until is not None:
        month, day = map(int, attention.until.split("-"))
        zh, en = f"{zh}次年{month}月{day}日", f"{attention.until} of the year after {en}"
    elif attention.workdays is not None:
        zh, en = f"自{zh}起{attention.workdays}个工作日", f"{attention.workdays} working days from {en}"
    else:
        zh, en = f"自{zh}起{attention.days}日", f"{attention.days} days from {en}"
    return Said.made(
        zh=f"{zh}（本库所设，条文没有期限）", en=f"{en} (set by this library; the text has no limit)"
    )
