"""When things were done: a bar for each act, statutory minimums hollow, days off shaded, meetings as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from decision_procedure.clock import horizon
from decision_procedure.diagrams.axis import LEAST_DAY, Axis, axis_of, head_of, with_days
from decision_procedure.diagrams.metrics import fitted, width_of
from decision_procedure.diagrams.palette import INK, LANE, MUTED, PAPER, RULE, look
from decision_procedure.diagrams.periods import PeriodRow, ProcedureLaw, rows_of
from decision_procedure.diagrams.phases import BADGE, badge
from decision_procedure.diagrams.scene import (
    SHEETS,
    Band,
    Box,
    Line,
    Page,
    PageSize,
    Scene,
    heading,
    lines_height,
    note,
    numbered,
    said,
    stacked,
    text_lines,
)
from decision_procedure.diagrams.state import finding_ids
from decision_procedure.diagrams.wrong import Wrongs
from decision_procedure.model.vocabulary import label
from decision_procedure.results.report import Report
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.wording import Words, say

_ROW = 19.0
_UNDER = 12.0  # more height for dates that stand under their bar


def timeline_scenes(
    report: Report, law: ProcedureLaw, *, lang: str = "zh", page: str = "landscape"
) -> tuple[Scene, ...]:
    """Return the sheets that show when each act of a record was done; `page` as for the status diagram."""
    sheet, wrongs = SHEETS[page], Wrongs(report, lang)
    rows = rows_of(report, law, lang)
    dated = [day for row in rows for day in (row.first, row.last) if day is not None]
    bounds = [
        day.toordinal() for row in rows for item in row.minimums for day in (item.start, item.end) if day
    ]
    name = f"{say('diagram.timeline', lang)}　{say('diagram.as_of', lang)} {report.as_of}"
    if not dated:
        title = heading(report.title, name, sheet.width)
        rows_text = note("note", say("diagram.nothing_dated", lang), sheet.width)
        pages = stacked([title, rows_text, *(_undated(row, sheet, lang) for row in rows)], sheet, gap=0)
    else:
        axis = axis_of(min(dated + bounds), max(dated + bounds), sheet)
        body = [_row(wrongs, row, number, axis, sheet, lang) for number, row in enumerate(rows)]
        told = (report.title, f"{name}　{_key(axis, lang)}")
        pages = dated_pages(told, head_of(axis, lang), _meetings(report, lang), body, axis, sheet)
    desc = Words(lang).series(f"{row.title} {row.dates} {_verdict_text(report, row, lang)}" for row in rows)
    return tuple(
        Scene("timeline", lang, said(report.title), desc, sheet.width, height, boxes)
        for boxes, height in numbered(pages, sheet.width)
    )


def dated_pages(
    told: tuple[str, str],
    head: Band,
    lines: Sequence[tuple[int, str]],
    rows: Sequence[Band],
    axis: Axis,
    sheet: PageSize,
    notes: Sequence[Band] = (),
) -> list[Page]:
    """Return sheets of rows on an axis under a title with what it is `told`: `lines` upright, `notes` on the first sheet."""
    above = meeting_band(lines, axis, sheet)
    again = (heading(*told, sheet.width, small=True), head, above)
    pages = stacked([heading(*told, sheet.width), *notes, head, above, *rows], sheet, again=again, gap=0)
    return [(with_days(boxes, axis, lines), height) for boxes, height in pages]


def _row(wrongs: Wrongs, row: PeriodRow, number: int, axis: Axis, sheet: PageSize, lang: str) -> Band:
    outcome = row.verdict
    name = text_lines(row.title, 8, axis.verdicts - BADGE - 14, most=4, bold=True)
    verdict = _verdict_lines(wrongs, row, outcome, axis.left - axis.verdicts - 8, lang)
    dates = _dates(row, axis, lang)
    least = _ROW + (_UNDER if dates.under else 0.0)
    high = max(least, lines_height(name) + 5, lines_height(verdict) + 5)
    fill = PAPER if number % 2 == 0 else "#FAFBFC"
    return Band(
        high,
        (
            Box(f"row-{row.name}", 1, 0, sheet.width - 2, high, "lane", "box", fill, RULE, 0.5),
            *badge(f"badge-{row.name}", outcome, 5, (high - BADGE) / 2, lang),
            Box(f"name-{row.name}", BADGE + 9, 0, axis.verdicts - BADGE - 11, high, "text", "none", lines=name, pad=1),
            Box(f"verdict-{row.name}", axis.verdicts + 3, 0, axis.left - axis.verdicts - 5, high, "text", "none", lines=verdict, pad=1),
            *_bars(row, outcome, axis, (high - (_UNDER if dates.under else 0.0)) / 2),
            *_dates_box(row, dates, high, fill),
        ),
    )  # fmt: skip


class _Dates(NamedTuple):
    """The dates of a row in words, where they begin, and whether they stand under the bar for want of room beside."""

    text: str
    x: float
    wide: float
    under: bool


def _dates(row: PeriodRow, axis: Axis, lang: str) -> _Dates:
    """Put the dates after the bar, before it, or under it."""
    text = row.dates if row.exact else f"{say('diagram.approximate', lang)} {row.dates}"
    for item in row.minimums:
        if item.end is not None and row.first is not None:
            until = item.end.isoformat()[5:]
            least = say("diagram.must_last", lang, value=item.value, unit=say(f"diagram.{item.unit}", lang))
            text = Words(lang).series([text, least + Words(lang).aside(until)])
    room = axis.right - axis.left - 6
    text = fitted(text, 7, room - 4)
    wide = width_of(text, 7) + 4
    if row.first is None or row.last is None:
        return _Dates(text, axis.left + 3, wide, under=False)
    starts = [row.first, *(item.start.toordinal() for item in row.minimums)]
    ends = [row.last, *(item.end.toordinal() for item in row.minimums if item.end is not None)]
    start, end = axis.x(min(starts)), axis.x(max(ends) + 1)
    if row.first == row.last:
        middle = axis.x(row.first) + axis.scale / 2
        start, end = min(start, middle - 5), max(end, middle + 5)
    if end + 4 + wide <= axis.right - 2:
        return _Dates(text, end + 4, wide, under=False)
    if start - 4 - wide >= axis.left + 2:
        return _Dates(text, start - 4 - wide, wide, under=False)
    return _Dates(text, max(axis.left + 2, min(start, axis.right - wide - 2)), wide, under=True)


def _dates_box(row: PeriodRow, dates: _Dates, high: float, fill: str) -> Iterator[Box]:
    if dates.text:
        y = high - 12.5 if dates.under else (high - 11) / 2
        line = Line(dates.text, 7)
        yield Box(
            f"dates-{row.name}", dates.x, y, dates.wide, 11, "text", "box", fill, "", lines=(line,), pad=1
        )


def _bars(row: PeriodRow, outcome: str | None, axis: Axis, middle: float) -> Iterator[Box]:
    """Yield the statutory minimums, hollow, and the actual bar on them, or a diamond for one day."""
    if row.first is None or row.last is None:
        return
    style = look(outcome)
    for index, item in enumerate(row.minimums):
        if item.end is not None:
            x = axis.x(item.start.toordinal())
            w = axis.x(item.end.toordinal() + 1) - x
            yield Box(
                f"minimum-{index}-{row.name}",
                x,
                middle - 7.5,
                w,
                15,
                "bar",
                "box",
                "",
                style.border,
                1.2,
                "dashed",
            )
    solid = outcome in ("violated", "satisfied", "pending", "needs_judgement")
    ground = style.ground if solid else style.border
    x, w = axis.x(row.first), axis.x(row.last + 1) - axis.x(row.first)
    if row.first == row.last:
        yield Box(f"bar-{row.name}", x + w / 2 - 5, middle - 5, 10, 10, "bar", "diamond", ground, style.border, 1.0,
                  tip=row.dates)  # fmt: skip
    else:
        dash = "solid" if row.exact else "dashed"
        yield Box(
            f"bar-{row.name}",
            x,
            middle - 4,
            w,
            8,
            "bar",
            "box",
            ground,
            style.border,
            1.0,
            dash,
            tip=row.dates,
        )


def _verdict_lines(
    wrongs: Wrongs, row: PeriodRow, outcome: str | None, width: float, lang: str
) -> tuple[Line, ...]:
    """Return the verdict of a row, what is wrong in few words, and the days counted."""
    if outcome is None:
        return text_lines(say("diagram.untested", lang), 7.5, width, ink=MUTED)
    style = look(outcome)
    lines = text_lines(label("step_verdict", outcome, lang), 8, width, bold=True, ink=style.ink)
    wrong = wrongs.among(item for item in row.verdicts if item.face == outcome)
    for text in wrong:
        lines += text_lines(text, 7.5, width, ink=style.ink, most=20)
    for text in _counted(row, wrong, lang):
        lines += text_lines(text, 7.5, width, ink=INK, most=3)
    return lines


def _counted(row: PeriodRow, wrong: Sequence[str], lang: str) -> Iterator[str]:
    """Yield the days counted against each minimum, by both readings where the other would decide differently.

    What the sentences on what is wrong tell already is not told again.
    """
    edge = any(verdict.edges for verdict in row.verdicts)
    for item in row.minimums:
        if item.counted is None:
            continue
        low, high, other_low, other_high = item.counted
        unit = say(f"diagram.{item.unit}", lang)
        gap = say("glossary.gap", lang)
        one = f"{_between(low, high)}{gap}{unit}"
        differs = (low >= item.value) != (other_low >= item.value)
        other = f"{_between(other_low, other_high)}{gap}{unit}"
        both = edge or differs
        if any(one in text and (not both or other in text) for text in wrong):
            continue
        told = say("diagram.both_counts", lang, one=one, other=other) if both else one
        yield f"{told}{say('glossary.pause', lang)}{say('diagram.must_last', lang, value=item.value, unit=unit)}"


def _between(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _verdict_text(report: Report, row: PeriodRow, lang: str) -> str:
    outcome = row.verdict
    ids = finding_ids(report, (item.duty for item in row.verdicts if item.face in TOLD_IN_FULL))
    return " ".join(
        [label("step_verdict", outcome, lang) if outcome else say("diagram.untested", lang), *ids]
    )


def _meetings(report: Report, lang: str) -> list[tuple[int, str]]:
    days = {
        act.date.day for act in report.decision.acts if act.kind == "deliberation" and act.date and act.held
    }
    return [
        (day.toordinal(), f"{day.isoformat()} {say('diagram.meeting', lang)}")
        for day in sorted(filter(None, days))
    ]


def meeting_band(meetings: Sequence[tuple[int, str]], axis: Axis, sheet: PageSize) -> Band:
    """Return the labels of upright lines, each a day with its text, in as many rows as they need."""
    boxes: list[Box] = []
    rows: list[float] = []
    for index, (day, text) in enumerate(meetings):
        wide = width_of(text, 8) + 10
        x = max(2.0, min(axis.x(day) - wide / 2, sheet.width - wide - 2))
        level = next((at for at, end in enumerate(rows) if end + 3 < x), len(rows))
        rows[level : level + 1] = [x + wide]
        boxes.append(
            Box(f"meeting-{index}", x, 2 + level * 18, wide, 15, "card", "box", PAPER, INK, 1.0,
                lines=(Line(text, 8, True, INK, "middle"),), pad=2)
        )  # fmt: skip
    return Band(18.0 * len(rows), tuple(boxes))


def _undated(row: PeriodRow, sheet: PageSize, lang: str) -> Band:
    outcome = row.verdict
    text = f"{row.title} — {row.dates} — {label('step_verdict', outcome, lang) if outcome else say('diagram.untested', lang)}"
    lines = text_lines(text, 8, sheet.width - BADGE - 24)
    high = max(BADGE + 4, lines_height(lines) + 4)
    ground = Box(f"row-{row.name}", 1, 0, sheet.width - 2, high, "lane", "box", LANE, RULE, 0.5)
    words = Box(
        f"name-{row.name}", BADGE + 12, 0, sheet.width - BADGE - 18, high, "text", "none", lines=lines, pad=1
    )
    return Band(high, (ground, *badge(f"badge-{row.name}", outcome, 5, (high - BADGE) / 2, lang), words))


def _key(axis: Axis, lang: str) -> str:
    text = say("diagram.timeline_key", lang)
    if axis.scale < LEAST_DAY:
        text += " " + say("diagram.days_off_hidden", lang)
    end = horizon()
    if axis.last > end.toordinal():
        text += " " + say("diagram.holidays_unknown", lang, day=end.isoformat())
    return text
