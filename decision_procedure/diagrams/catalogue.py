"""The decisions of one year: a row for each, a cell for each step, totals by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from decision_procedure.diagrams.metrics import fitted, width_of
from decision_procedure.diagrams.palette import HEAD, ORDER, PAPER, RULE
from decision_procedure.diagrams.phases import badge
from decision_procedure.diagrams.scene import (
    SHEETS,
    Band,
    Box,
    Line,
    PageSize,
    Scene,
    heading,
    lines_height,
    moved,
    note,
    numbered,
    said,
    stacked,
    text_box,
    text_lines,
)
from decision_procedure.graph import Procedure
from decision_procedure.model.vocabulary import label
from decision_procedure.reporting.steps import StepState, drawn_states
from decision_procedure.results.report import Report
from decision_procedure.wording import Words, is_chinese, say

_BADGE = 13.4
Entry = tuple[Report, Mapping[str, StepState]]


def catalogue_scenes(
    reports: Sequence[Report], procedures: Sequence[Procedure], *, lang: str = "zh", page: str = "landscape"
) -> tuple[Scene, ...]:
    """Return the sheets of each year, years in order; `procedures` are those of the reports."""
    years: dict[int | None, list[Entry]] = {}
    for report, procedure in zip(reports, procedures, strict=True):
        entry = report.decision.catalogue
        years.setdefault(entry.year if entry else None, []).append((report, drawn_states(report, procedure)))
    if not years:
        head = heading(say("diagram.catalogue", lang), say("diagram.no_reports", lang), SHEETS[page].width)
        text = say("diagram.no_reports", lang)
        return (Scene("catalogue", lang, text, text, SHEETS[page].width, head.height, head.boxes),)
    found: list[Scene] = []
    for year in sorted(years, key=lambda item: (item is None, item or 0)):
        found += _year(year, years[year], SHEETS[page], lang)
    return tuple(found)


def _year(year: int | None, entries: list[Entry], sheet: PageSize, lang: str) -> tuple[Scene, ...]:
    name = _name(year, [report for report, _ in entries], lang)
    days = sorted({report.as_of for report, _ in entries})
    between = days[0] if len(days) == 1 else f"{days[0]} {say('diagram.to', lang)} {days[-1]}"
    subtitle = f"{say('diagram.as_of', lang)} {between}　{say('diagram.decisions', lang)} {len(entries)}"
    steps = _steps(entries)
    left = 128.0 if sheet.width < 600 else 210.0
    cell = (sheet.width - 2 - left) / max(1, len(steps))
    head = _head(steps, left, cell, lang)
    rows = [
        _row(number, entry, steps, left, cell, sheet.width, lang) for number, entry in enumerate(entries, 1)
    ]
    bands = [
        heading(name, subtitle, sheet.width),
        *_legend(steps, sheet.width, lang),
        head,
        *rows,
        Band(10, ()),
    ]
    bands += _totals(entries, sheet.width, lang)
    again = (heading(name, "", sheet.width, small=True), *_numbers(steps, sheet.width, lang), head)
    words = Words(lang)
    told = words.series(words.headed(report.title[:80], _told(report, lang)) for report, _ in entries)
    return tuple(
        Scene("catalogue", lang, said(name), told, sheet.width, height, boxes)
        for boxes, height in numbered(stacked(bands, sheet, again=again, gap=0), sheet.width)
    )


def _name(year: int | None, reports: Sequence[Report], lang: str) -> str:
    """Return the title: whose decisions, of which year."""
    bodies = list(dict.fromkeys(report.decision.body.name for report in reports))
    whose = bodies[0] if len(bodies) == 1 else say("diagram.several_bodies", lang, count=len(bodies))
    when = say("diagram.of_year", lang, year=year) if year is not None else say("diagram.no_year", lang)
    return f"{say('diagram.catalogue', lang)}　{whose} {when}"


def _steps(entries: Sequence[Entry]) -> list[StepState]:
    """Return the steps that have a test in any of the decisions."""
    found: dict[str, StepState] = {}
    for _, states in entries:
        for name, state in states.items():
            if state.verdict is not None:
                found.setdefault(name, state)
    return list(found.values())


def _head(steps: Sequence[StepState], left: float, cell: float, lang: str) -> Band:
    """Return the names over the columns: Chinese written downwards, English by number with a key below."""
    columns = [_column_name(number, step, lang) for number, step in enumerate(steps, 1)]
    high = max([lines_height(lines) for lines in columns] + [20]) + 6
    title = text_lines(say("diagram.item", lang), 8, left - 8, bold=True, align="middle")
    boxes = [Box("head-item", 1, 0, left, high, "head", "box", HEAD, RULE, 0.8, lines=title)]
    for number, lines in enumerate(columns):
        boxes.append(
            Box(
                f"head-{number}",
                1 + left + number * cell,
                0,
                cell,
                high,
                "head",
                "box",
                HEAD,
                RULE,
                0.8,
                lines=lines,
                pad=0,
            )
        )
    return Band(high, tuple(boxes))


def _column_name(number: int, step: StepState, lang: str) -> tuple[Line, ...]:
    if not is_chinese(lang):
        return (Line(str(number), 8, True, align="middle"),)
    return tuple(Line(char, 7.5, align="middle") for char in step.zh[:9])


def _row(
    number: int, entry: Entry, steps: Sequence[StepState], left: float, cell: float, width: float, lang: str
) -> Band:
    report, states = entry
    entry_number = report.decision.catalogue.item if report.decision.catalogue else None
    lines = text_lines(f"{entry_number or number} {report.title}", 7.5, left - 8, most=12)
    high = max(_BADGE + 3, lines_height(lines) + 4)
    fill = PAPER if number % 2 else "#FAFBFC"
    boxes = [
        Box(f"row-{number}", 1, 0, width - 2, high, "lane", "box", fill, RULE, 0.5),
        Box(f"title-{number}", 1, 0, left, high, "text", "none", lines=lines, pad=3, tip=report.title),
    ]
    for at, step in enumerate(steps):
        x = 1 + left + at * cell
        boxes.append(Box(f"rule-{number}-{at}", x - 0.25, 0, 0.5, high, "rule", "box", RULE))
        outcome = states[step.step].verdict if step.step in states else None
        boxes += badge(
            f"cell-{number}-{step.step}", outcome, x + (cell - _BADGE) / 2, (high - _BADGE) / 2, lang, _BADGE
        )
    return Band(high, tuple(boxes))


def _legend(steps: Sequence[StepState], width: float, lang: str) -> Iterator[Band]:
    """Yield the badges with their words, what a cell shows, and in English the steps by number."""
    boxes: list[Box] = []
    x, y = 2.0, 0.0
    for outcome in ORDER:
        word = label("face", outcome, lang)
        wide = width_of(word, 7.5) + 2
        if x + _BADGE + 3 + wide > width - 2:
            x, y = 2.0, y + _BADGE + 4
        boxes += badge(f"key-{outcome}", outcome, x, y + 1, lang, _BADGE)
        boxes.append(text_box(f"key-{outcome}-text", x + _BADGE + 3, y + 1.5, wide, [Line(word, 7.5)]))
        x += _BADGE + wide + 14
    yield Band(y + _BADGE + 4, tuple(boxes))
    yield note("legend", say("diagram.catalogue_key", lang), width)
    yield from _numbers(steps, width, lang)


def _numbers(steps: Sequence[StepState], width: float, lang: str) -> Iterator[Band]:
    """Yield the steps by number, in columns read downwards; none in Chinese, whose names stand over the cells."""
    if is_chinese(lang):
        return
    columns = 4 if width < 600 else 5
    deep = -(-len(steps) // columns)
    room = (width - 4) / columns
    boxes = []
    for index, step in enumerate(steps):
        line = Line(fitted(f"{index + 1} {step.en}", 7.5, room - 6), 7.5)
        at = (2 + index // deep * room, index % deep * 12)
        boxes.append(text_box(f"step-name-{index}", *at, room - 4, [line]))
    yield Band(deep * 12 + 5, tuple(boxes))


def _totals(entries: Sequence[Entry], width: float, lang: str) -> Iterator[Band]:
    """Yield a table of the tests of each lead unit, and of all."""
    units: dict[str, list[Report]] = {}
    for report, _ in entries:
        units.setdefault(_unit(report, lang), []).append(report)
    names = [
        say("diagram.lead_unit", lang),
        say("diagram.decisions", lang),
        *(label("face", outcome, lang) for outcome in ORDER),
    ]
    title = text_lines(say("diagram.totals", lang), 9, width - 4, bold=True)
    names_row = _line("totals-head", names, width, head=True)
    top = Box("totals", 2, 0, width - 4, 16, "text", "none", lines=title, pad=1)
    yield Band(18 + names_row.height, (top, *moved(names_row.boxes, 0, 18)))
    for number, (unit, reports) in enumerate(sorted(units.items())):
        yield _line(f"totals-{number}", [unit, str(len(reports)), *_sums(reports)], width)
    every = [report for report, _ in entries]
    yield _line(
        "totals-all", [say("diagram.all_units", lang), str(len(every)), *_sums(every)], width, head=True
    )


def _line(name: str, texts: Sequence[str], width: float, *, head: bool = False) -> Band:
    first = (width - 2) * 0.22
    other = (width - 2 - first) / (len(texts) - 1)
    cells = []
    x = 1.0
    for at, text in enumerate(texts):
        w = first if at == 0 else other
        lines = text_lines(text, 7.5, w - 4, most=3, bold=head, align="left" if at == 0 else "middle")
        cells.append((x, w, lines))
        x += w
    high = max(lines_height(lines) for _, _, lines in cells) + 5
    fill = HEAD if head else PAPER
    return Band(
        high,
        tuple(
            Box(f"{name}-{at}", x, 0, w, high, "head", "box", fill, RULE, 0.5, lines=lines, pad=2)
            for at, (x, w, lines) in enumerate(cells)
        ),
    )


def _sums(reports: Sequence[Report]) -> list[str]:
    total = dict.fromkeys(ORDER, 0)
    for report in reports:
        for outcome, count in report.counts.items():
            total[outcome] += count
    return [str(total[outcome]) for outcome in ORDER]


def _unit(report: Report, lang: str) -> str:
    lead = report.decision.lead_unit
    names = {unit.id: unit.name for unit in report.decision.units}
    return names.get(lead, lead) if lead else say("diagram.no_unit", lang)


def _told(report: Report, lang: str) -> str:
    return Words(lang).listed(
        f"{label('face', outcome, lang)} {count}" for outcome, count in report.counts.items() if count
    )
