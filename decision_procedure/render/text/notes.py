"""What is wrong with waivers, each on a line of its own after the file and line that it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decision_procedure.model.places import Places
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.findings import short_line
from decision_procedure.render.text.lines import BLANK, Block, TextLine, line, plain
from decision_procedure.render.text.view import View
from decision_procedure.results.judgements import loose_text
from decision_procedure.results.remarks import WaiverNote
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.results.waivers import NOTES, note_text
from decision_procedure.wording import say


def note_lines(notes: Sequence[WaiverNote], lang: str, places: Places | None = None) -> Iterator[Block]:
    """Yield notes under a heading; nothing where there are none. `places` are those of the record they are on."""
    if notes:
        yield line(f"━━ {say('text.waiver_notes', lang)} {len(notes)} ━━", "needs_judgement")
        for note in notes:
            yield note_line(note, lang, places)
        yield BLANK


def note_line(note: WaiverNote, lang: str, places: Places | None = None) -> TextLine:
    """Return a note on one line."""
    return line(note_said(note, lang, places), indent=2)


def note_said(note: WaiverNote, lang: str, places: Places | None = None) -> str:
    """Return a note as text, after the file and line that the waiver stands on."""
    return plain(_where(note, places) + note_text(note, lang))


def loose_lines(view: View) -> Iterator[Block]:
    """Yield the answers of persons that are on no question under a heading; nothing where there are none."""
    loose = view.report.loose_judgements
    if loose:
        yield line(f"━━ {view.say('loose_judgements')} {len(loose)} ━━", "needs_judgement")
        for item in loose:
            yield line(
                plain(_at(item.place, view.places) + loose_text(view.report, item, view.lang)), indent=2
            )
        yield BLANK


def quiet_lines(view: View) -> Iterator[TextLine]:
    """Yield what a report finds, the gravest first, and what is wrong with its waivers: one line each."""
    for face in TOLD_IN_FULL:
        for verdict in view.report.of_face(face):
            yield short_line(view, view.findings.of(verdict))
    for note in view.report.waiver_notes:
        yield short_note(note, view.lang, view.places)
    for item in view.report.loose_judgements:
        text = plain(_at(item.place, view.places) + loose_text(view.report, item, view.lang))
        yield TextLine(((text, ""),), quote=True)


def short_note(note: WaiverNote, lang: str, places: Places | None = None) -> TextLine:
    """Return a note as `short_line` does a verdict: with its severity, for editors and for `grep`."""
    outcome = label("outcome", NOTES[note.kind], lang)
    text = f"{_where(note, places)}{outcome} waiver.{note.kind} {note_text(note, lang)}"
    return TextLine(((plain(text), ""),), quote=True)


def _where(note: WaiverNote, places: Places | None) -> str:
    if note.place is not None:
        return _at(note.place, places)
    return (
        "" if note.file is None else f"{note.file}: " if note.line is None else f"{note.file}:{note.line}: "
    )


def _at(place: str, places: Places | None) -> str:
    quote = None if places is None else places.member(place)
    return "" if quote is None else f"{quote.file}:{quote.at}: "
