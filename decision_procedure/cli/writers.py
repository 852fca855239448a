"""Reports written one by one as text, JSON or JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TextIO

from decision_procedure import api
from decision_procedure.api.checking import provisions, step_data
from decision_procedure.cli.paper import Paper
from decision_procedure.exchange.escaping import json_text
from decision_procedure.model.reading import Read
from decision_procedure.render.text import (
    BLANK,
    Block,
    Detail,
    Statistics,
    View,
    closing_line,
    note_lines,
    quiet_lines,
    report_lines,
    short_note,
    worst_lines,
)
from decision_procedure.results.remarks import WaiverNote
from decision_procedure.results.report import Report

if TYPE_CHECKING:
    from decision_procedure.law.applicable import Law


Format = Literal["text", "json", "jsonl"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How text comes: see the options of `check`. `law` None: the law that ships."""

    lang: str
    everything: bool = False
    trees: bool = False
    quiet: bool = False
    statistics: bool = False
    law: Law | None = None


class Writer(Protocol):
    """Takes reports as they come."""

    def add(self, report: Report, read: Read, /) -> None:
        """Write one report on one record."""

    def end(self, notes: Sequence[WaiverNote], /) -> None:
        """Write what comes after the last report; `notes` are on waivers that spoke of none."""


def writer(output_format: Format, stream: TextIO, manner: Manner) -> Writer:
    """Return the writer for a format."""
    if output_format == "json":
        return _Array(stream, manner)
    if output_format == "jsonl":
        return _Lines(stream, manner)
    return _Text(stream, manner)


def view_of(report: Report, read: Read, lang: str, law: Law | None = None) -> View:
    """Return a report with the names of its steps and provisions and the lines of its file."""
    decision = report.decision
    places = read.places(decision)
    return View(report, lang, api.procedure(decision, law), provisions(decision, law), places)


class _Text:
    def __init__(self, stream: TextIO, manner: Manner) -> None:
        self._paper = Paper(stream, manner.lang)
        self._manner = manner
        self._statistics = Statistics()

    def add(self, report: Report, read: Read, /) -> None:
        self._statistics.add(report, read.file)
        if not self._manner.statistics:
            self._paper.write(self._blocks(view_of(report, read, self._manner.lang, self._manner.law)))

    def end(self, notes: Sequence[WaiverNote], /) -> None:
        lang = self._manner.lang
        if self._manner.statistics:
            self._paper.write(self._statistics.lines(lang))
        elif self._statistics.records > 1 and not self._manner.quiet:
            self._paper.write([closing_line(self._statistics, lang), *worst_lines(self._statistics, lang)])
        if self._manner.quiet:
            self._paper.write(short_note(note, lang) for note in notes)
        else:
            self._paper.write(note_lines(notes, lang))

    def _blocks(self, view: View) -> Iterable[Block]:
        if self._manner.quiet:
            return quiet_lines(view)
        return [*report_lines(view, Detail(self._manner.everything, self._manner.trees)), BLANK]


class _Array:
    def __init__(self, stream: TextIO, manner: Manner) -> None:
        self._stream = stream
        self._law = manner.law
        self._before = "["

    def add(self, report: Report, _: Read, /) -> None:
        text = json_text({**report.to_dict(), "steps": step_data(report, self._law)}, 1)
        self._stream.write(f"{self._before}\n{text}")
        self._before = ","

    def end(self, _: Sequence[WaiverNote], /) -> None:
        self._stream.write("[]\n" if self._before == "[" else "\n]\n")


class _Lines:
    def __init__(self, stream: TextIO, manner: Manner) -> None:
        self._stream = stream
        self._law = manner.law

    def add(self, report: Report, _: Read, /) -> None:
        self._stream.write(json_text({**report.to_dict(), "steps": step_data(report, self._law)}) + "\n")

    def end(self, _: Sequence[WaiverNote], /) -> None:
        """Nothing comes after the last line."""
