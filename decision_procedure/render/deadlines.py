"""期限清单: what is due over a whole county, as text, page, workbook and calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from decision_procedure.law.articles import article_text
from decision_procedure.model.vocabulary import label
from decision_procedure.planning.deadlines import URGENCIES, DueStep
from decision_procedure.render.text.lines import Block, Style, Table, line, plain
from decision_procedure.sources.optional import needed
from decision_procedure.wording import Words, check_language

_COLUMNS = ("urgency", "day", "left", "title", "step", "unit", "why", "file")
_CELLS = (12, 13, 9, 40, 18, 28, 50, 40)
_STYLES: dict[str, Style] = {
    "overdue": "violated",
    "soon": "needs_judgement",
    "later": "pending",
    "waiting": "dim",
}


class DueTold:
    """What is said of what is due, in one language."""

    def __init__(self, found: Iterable[DueStep], day: str, lang: str) -> None:
        check_language(lang)
        self.found: Sequence[DueStep] = tuple(found)
        self.day, self.lang, self.words = day, lang, Words(lang, "deadline")

    @property
    def title(self) -> str:
        """The head of it all."""
        return self.words.say("head", day=self.day)

    def row(self, item: DueStep) -> tuple[str, ...]:
        """Return an entry in words, by column."""
        left = "" if item.left is None else str(item.left)
        day = item.day or ""
        unit = plain(item.unit) if item.unit else label("bearer", item.bearer, self.lang)
        step = item.step.text(self.lang)
        return (
            self.words.say(item.urgency), day, left, plain(item.title), step, unit, self.why(item), plain(item.file),
        )  # fmt: skip

    def why(self, item: DueStep) -> str:
        """Return what sets the day."""
        said = self.words.say(f"by_{item.source}")
        if item.article is None or item.instrument is None:
            return said
        law = self.words.say(
            "cited_law", title=item.instrument.text(self.lang), article=article_text(item.article, self.lang)
        )
        return said + self.words.aside(law)


def due_lines(told: DueTold) -> Iterator[Block]:
    """Yield what is due for people, the most urgent first."""
    yield line(told.title, "title")
    if not told.found:
        yield line(told.words.say("nothing"), "satisfied")
    for urgency in URGENCIES:
        rows = [told.row(item) for item in told.found if item.urgency == urgency]
        if rows:
            yield line(
                told.words.say("counted", what=told.words.say(urgency), number=len(rows)), _STYLES[urgency]
            )
            yield Table(tuple(tuple((text, "") for text in (row[1], *row[3:7])) for row in rows), indent=2)


def due_book(told: DueTold) -> bytes:
    """Return it as a workbook. Raises UnusableArgument without `openpyxl`."""
    needed("openpyxl", "excel")
    from decision_procedure.render.excel_cells import CellGrid, opened, saved

    with opened() as book:
        grid = CellGrid(
            book, told.words.say("sheet"), [told.words.say(f"of_{key}") for key in _COLUMNS], _CELLS
        )
        for item in told.found:
            texts = told.row(item)
            grid.add([*texts[:2], item.left, *texts[3:]])
        grid.end()
        return saved(book, told.title, told.day)


def due_page(told: DueTold) -> str:
    """Return it as one page without scripts. Raises UnusableArgument without Jinja2 (extra `html`)."""
    from decision_procedure.render.html.drawing import drawn

    values = {
        "title": told.title,
        "nothing": told.words.say("nothing"),
        "columns": [told.words.say(f"of_{key}") for key in _COLUMNS],
        "rows": [(_STYLES[item.urgency], told.row(item)) for item in told.found],
    }
    return drawn("due.html.j2", told.lang, values)


def due_calendar(told: DueTold) -> bytes:
    """Return the days as an iCalendar file, an event a day that is set. Raises UnusableArgument without `icalendar`."""
    needed("icalendar", "calendar")
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//decision-procedure//deadlines//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", told.title)
    stamp = datetime.combine(date.fromisoformat(told.day), datetime.min.time(), UTC)
    for item in told.found:
        if item.day is None:
            continue
        texts, day, event = told.row(item), date.fromisoformat(item.day), Event()
        event.add("uid", _name_of(item))
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", told.words.headed(texts[4], texts[3]))
        event.add("description", told.words.series((texts[5], texts[6])))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _name_of(item: DueStep) -> str:
    """Return a name for an entry that stays when its day moves, and tells nothing of the record."""
    text = "\n".join((item.file, item.title, item.step.en, item.source))
    return sha256(text.encode()).hexdigest()[:32] + "@decision-procedure"


__all__ = ["DueTold", "due_book", "due_calendar", "due_lines", "due_page"]
