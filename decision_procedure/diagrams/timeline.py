"""When things were done: a bar for each act, statutory minimums hollow, days off shaded, meetings as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from decision_procedure.clock import horizon, is_workday
from decision_procedure.diagrams.duties import ProcedureLaw
from decision_procedure.diagrams.metrics import width_of
from decision_procedure.diagrams.palette import HEAD, INK, LANE, MUTED, PAPER, RULE, look
from decision_procedure.diagrams.periods import Row, act_rows, missing_rows
from decision_procedure.diagrams.scene import (
    SHEETS,
    Band,
    Box,
    Line,
    Scene,
    Sheet,
    heading,
    lines_height,
    note,
    said,
    stacked,
    text_lines,
)
from decision_procedure.diagrams.state import finding_ids, severest
from decision_procedure.diagrams.status import BADGE, badge
from decision_procedure.diagrams.words import say
from decision_procedure.errors import Beyond
from decision_procedure.model.vocabulary import label
from decision_procedure.report import Report

_ROW = 29.0
_HOLIDAY = "#CDD3DA"
_WEEKEND = "#E9ECEF"
_LEAST_DAY = 0.55


class Axis(NamedTuple):
    """The days from `first` to `last`, drawn from `left` on, `scale` points a day."""

    first: int
    last: int
    left: float
    scale: float

    def x(self, day: int) -> float:
        """Return where a day begins."""
        return self.left + (day - self.first) * self.scale

    @property
    def right(self) -> float:
        """Return where the last day ends."""
        return self.x(self.last + 1)


def timeline_scenes(
    report: Report, law: ProcedureLaw, *, lang: str = "zh", page: str = "landscape"
) -> tuple[Scene, ...]:
    """Return the sheets that show when each act of a record was done; `page` as for the status diagram."""
    sheet = SHEETS[page]
    rows = [*act_rows(report, law, lang), *missing_rows(report, law, lang)]
    title = heading(
        report.title, f"{say('timeline', lang)}　{say('as_of', lang)} {report.as_of}", sheet.width
    )
    dated = [day for row in rows for day in (row.first, row.last) if day is not None]
    bounds = [
        day.toordinal() for row in rows for item in row.minimums for day in (item.start, item.end) if day
    ]
    if not dated:
        rows_text = note("note", say("nothing_dated", lang), sheet.width)
        bands: list[Band] = [title, rows_text, *(_undated(row, sheet, lang) for row in rows)]
        again: tuple[Band, ...] = ()
    else:
        axis = _axis(min(dated + bounds), max(dated + bounds), sheet, lang)
        head = _head(axis, sheet, lang)
        meetings = _meetings(report, lang)
        body = [_row(row, number, axis, meetings, sheet, lang) for number, row in enumerate(rows)]
        again = (heading(report.title, say("timeline", lang), sheet.width, small=True), head)
        bands = [
            title,
            head,
            *body,
            _meeting_band(meetings, axis, sheet),
            note("note", _key(axis, lang), sheet.width),
        ]
    desc = "; ".join(f"{row.title} {row.dates} {_verdict_text(report, row, lang)}" for row in rows)
    return tuple(
        Scene("timeline", lang, said(report.title), desc, sheet.width, height, boxes)
        for boxes, height in stacked(bands, sheet, again=again, gap=0)
    )


def _axis(first: int, last: int, sheet: Sheet, lang: str) -> Axis:
    left, right = _left(sheet), sheet.width - _right(sheet)
    margin = 2 + (last - first) // 50
    first, last = first - margin, last + margin + 1
    return Axis(first, last, left, (right - left) / (last - first + 1))


def _left(sheet: Sheet) -> float:
    return 118.0 if sheet.width < 600 else 150.0


def _right(sheet: Sheet) -> float:
    return 112.0 if sheet.width < 600 else 140.0


def _head(axis: Axis, sheet: Sheet, lang: str) -> Band:
    def cell(name: str, x: float, w: float, text: str) -> Box:
        lines = text_lines(text, 8, w - 4, most=2, bold=True, align="middle")
        return Box(name, x, 0, w, 26, "head", "box", HEAD, RULE, 0.8, lines=lines, pad=1)

    boxes = [cell("head-step", 1, axis.left - 1, say("step", lang))]
    for name, start, end in _periods(axis):
        x, w = axis.x(start), axis.x(end + 1) - axis.x(start)
        year, _, month = name.partition("-")
        long = name if not month else f"{year}年{int(month)}月" if lang == "zh" else name
        short = "" if not month else f"{int(month)}月" if lang == "zh" else month
        text = next((item for item in (long, short) if item and width_of(item, 8) <= w - 4), "")
        boxes.append(cell(f"head-{name}", x, w, text))
    boxes.append(cell("head-verdict", axis.right, sheet.width - 1 - axis.right, say("verdict", lang)))
    return Band(26, tuple(boxes))


def _periods(axis: Axis) -> Iterator[tuple[str, int, int]]:
    """Yield the months of the axis, or its years when a month is too narrow for its name."""
    by_year = axis.scale * 28 < 16
    day = axis.first
    while day <= axis.last:
        at = date.fromordinal(day)
        following = (
            date(at.year + 1, 1, 1) if by_year else date(at.year + at.month // 12, at.month % 12 + 1, 1)
        )
        end = min(axis.last, following.toordinal() - 1)
        yield (str(at.year) if by_year else f"{at.year}-{at.month:02d}"), day, end
        day = end + 1


def _row(
    row: Row, number: int, axis: Axis, meetings: Sequence[tuple[int, str]], sheet: Sheet, lang: str
) -> Band:
    outcome = severest(verdict.outcome for verdict in row.verdicts)
    name = text_lines(row.title, 8, axis.left - BADGE - 14, most=3, bold=True)
    verdict = _verdict_lines(row, outcome, sheet.width - 8 - axis.right, lang)
    high = max(_ROW, lines_height(name) + 5, lines_height(verdict) + 5)
    fill = PAPER if number % 2 == 0 else "#FAFBFC"
    boxes = [Box(f"row-{row.name}", 1, 0, sheet.width - 2, high, "lane", "box", fill, RULE, 0.5)]
    boxes += _days_off(row.name, axis, high)
    boxes += [
        Box(
            f"meeting-{index}-{row.name}",
            axis.x(day) + axis.scale / 2 - 0.6,
            0,
            1.2,
            high,
            "line",
            "box",
            INK,
        )
        for index, (day, _) in enumerate(meetings)
    ]
    boxes += badge(f"badge-{row.name}", outcome, 5, (high - BADGE) / 2, lang)
    boxes.append(
        Box(f"name-{row.name}", BADGE + 9, 0, axis.left - BADGE - 11, high, "text", "none", lines=name, pad=1)
    )
    boxes.append(
        Box(
            f"verdict-{row.name}",
            axis.right + 3,
            0,
            sheet.width - 5 - axis.right,
            high,
            "text",
            "none",
            lines=verdict,
            pad=1,
        )
    )
    return Band(high, (*boxes, *_bars(row, outcome, axis, fill, lang)))


def _bars(row: Row, outcome: str | None, axis: Axis, fill: str, lang: str) -> Iterator[Box]:
    text = row.dates if row.exact else f"{say('approximate', lang)} {row.dates}"
    place = axis.left + 3
    if row.first is not None and row.last is not None:
        style = look(outcome)
        for index, item in enumerate(row.minimums):
            if item.end is not None:
                x = axis.x(item.start.toordinal())
                w = axis.x(item.end.toordinal() + 1) - x
                yield Box(
                    f"minimum-{index}-{row.name}",
                    x,
                    1.5,
                    w,
                    14,
                    "bar",
                    "box",
                    PAPER,
                    style.border,
                    1.0,
                    "dashed",
                )
                until = item.end.isoformat()[5:]
                text += f"; {say('must_last', lang, item.value, say(item.unit, lang))} ({until})"
        x, w = axis.x(row.first), axis.x(row.last + 1) - axis.x(row.first)
        ground = (
            style.ground
            if outcome in ("violated", "satisfied", "pending", "needs_judgement")
            else style.border
        )
        if row.first == row.last:
            yield Box(
                f"bar-{row.name}",
                x + w / 2 - 5,
                3.5,
                10,
                10,
                "bar",
                "diamond",
                ground,
                style.border,
                1.0,
                tip=text,
            )
        else:
            dash = "solid" if row.exact else "dashed"
            yield Box(
                f"bar-{row.name}", x, 4.5, w, 8, "bar", "box", ground, style.border, 1.0, dash, tip=text
            )
        place = x
    room = axis.right - axis.left - 6
    lines = text_lines(text, 7, room, most=1)
    wide = min(room, max((width_of(line.text, 7) for line in lines), default=0.0) + 4)
    x = max(axis.left + 2, min(place, axis.right - wide - 2))
    yield Box(f"dates-{row.name}", x, 16.5, wide, 11, "text", "box", fill, "", lines=lines, pad=1)


def _days_off(name: str, axis: Axis, high: float) -> Iterator[Box]:
    """Yield a stripe for each run of weekend days and each run of holidays."""
    if axis.scale < _LEAST_DAY:
        return
    run: tuple[int, str] | None = None
    for day in range(axis.first, axis.last + 2):
        kind = _day_off(day) if day <= axis.last else ""
        if run and kind != run[1]:
            if run[1]:
                x = axis.x(run[0])
                yield Box(f"off-{run[0]}-{name}", x, 0.5, axis.x(day) - x, high - 1, "shade", "box", run[1])
            run = None
        run = run or (day, kind)


def _day_off(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    try:
        if is_workday(day):
            return ""
    except Beyond:
        return ""
    return _WEEKEND if day.weekday() >= 5 else _HOLIDAY


def _verdict_lines(row: Row, outcome: str | None, width: float, lang: str) -> tuple[Line, ...]:
    if outcome is None:
        return text_lines(say("untested", lang), 7.5, width, ink=MUTED)
    style = look(outcome)
    ids = [
        verdict.duty.split(".", 1)[1]
        for verdict in row.verdicts
        if verdict.outcome == outcome and outcome in ("violated", "needs_judgement")
    ]
    lines = text_lines(
        f"{label('outcome', outcome, lang)} {' '.join(dict.fromkeys(ids))}",
        8,
        width,
        bold=True,
        ink=style.ink,
    )
    for text in _counted(row, lang):
        lines += text_lines(text, 7.5, width, ink=INK, most=3)
    return lines


def _counted(row: Row, lang: str) -> Iterator[str]:
    """Yield the days counted against each minimum; by both readings where the other would decide differently."""
    edge = any(verdict.edges for verdict in row.verdicts)
    for item in row.minimums:
        if item.counted is None:
            continue
        low, high, other_low, other_high = item.counted
        unit = say(item.unit, lang)
        gap = "" if lang == "zh" else " "
        one = f"{_between(low, high)}{gap}{unit}"
        differs = (low >= item.value) != (other_low >= item.value)
        yield (
            say("both_counts", lang, one, f"{_between(other_low, other_high)}{gap}{unit}")
            if edge or differs
            else one
        )


def _between(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _verdict_text(report: Report, row: Row, lang: str) -> str:
    outcome = severest(verdict.outcome for verdict in row.verdicts)
    ids = finding_ids(
        report, (item.duty for item in row.verdicts if item.outcome in ("violated", "needs_judgement"))
    )
    return " ".join([label("outcome", outcome, lang) if outcome else say("untested", lang), *ids])


def _meetings(report: Report, lang: str) -> list[tuple[int, str]]:
    days = {
        act.date.day for act in report.decision.acts if act.kind == "deliberation" and act.date and act.held
    }
    return [
        (day.toordinal(), f"{day.isoformat()} {say('meeting', lang)}") for day in sorted(filter(None, days))
    ]


def _meeting_band(meetings: Sequence[tuple[int, str]], axis: Axis, sheet: Sheet) -> Band:
    boxes: list[Box] = []
    rows: list[float] = []
    for index, (day, text) in enumerate(meetings):
        wide = width_of(text, 8) + 10
        x = max(2.0, min(axis.x(day) - wide / 2, sheet.width - wide - 2))
        level = next((at for at, end in enumerate(rows) if end + 3 < x), len(rows))
        rows[level : level + 1] = [x + wide]
        boxes.append(
            Box(f"meeting-{index}", x, 3 + level * 18, wide, 15, "card", "box", PAPER, INK, 1.0,
                lines=(Line(text, 8, True, INK, "middle"),), pad=2)
        )  # fmt: skip
    return Band(4 + 18 * len(rows), tuple(boxes))


def _undated(row: Row, sheet: Sheet, lang: str) -> Band:
    outcome = severest(verdict.outcome for verdict in row.verdicts)
    text = (
        f"{row.title} — {row.dates} — {label('outcome', outcome, lang) if outcome else say('untested', lang)}"
    )
    lines = text_lines(text, 8, sheet.width - BADGE - 24)
    high = max(BADGE + 4, lines_height(lines) + 4)
    ground = Box(f"row-{row.name}", 1, 0, sheet.width - 2, high, "lane", "box", LANE, RULE, 0.5)
    words = Box(
        f"name-{row.name}", BADGE + 12, 0, sheet.width - BADGE - 18, high, "text", "none", lines=lines, pad=1
    )
    return Band(high, (ground, *badge(f"badge-{row.name}", outcome, 5, (high - BADGE) / 2, lang), words))


def _key(axis: Axis, lang: str) -> str:
    text = say("timeline_key", lang)
    if axis.scale < _LEAST_DAY:
        text += " " + say("days_off_hidden", lang)
    end = horizon()
    if axis.last > end.toordinal():
        text += " " + say("holidays_unknown", lang, end.isoformat())
    return text
