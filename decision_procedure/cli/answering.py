"""Answers written back into a record: asked for in the terminal one by one, or taken from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from decision_procedure import api
from decision_procedure.errors import Fault, FaultyInput, UnusableArgument
from decision_procedure.forms import Question
from decision_procedure.forms.answering import changes, edited, means_open, said_words
from decision_procedure.forms.given_answers import GivenAnswer, answers_in, meant, name_of, taken
from decision_procedure.forms.letters import cited_by
from decision_procedure.forms.record_text import RecordText
from decision_procedure.model.decision import Decision
from decision_procedure.render.text import plain
from decision_procedure.sources import label_of, read_file
from decision_procedure.sources.archive import MAX_FILE
from decision_procedure.sources.files import read_bytes
from decision_procedure.sources.optional import needed
from decision_procedure.sources.whole_file import write_file
from decision_procedure.sources.workbook import is_workbook
from decision_procedure.wording import Words

if TYPE_CHECKING:
    from decision_procedure.forms.record_form import RecordForm
    from decision_procedure.law.applicable import Law

_STOP = said_words("means_stop")
_ACT = re.compile(r"(?<=acts\[)[^\]]+|(?<= )\S+$")
"""The identifier of an act in what a question goes by (`name_of`)."""


def opened(path: Path, law: Law) -> RecordText:
    """Return the record of a file that can be written back. Raises UnusableArgument for what is no file of one record."""
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        raise UnusableArgument(
            f"只能写回 YAML 或 JSON 案卷 only a YAML or JSON record can be written back: {path}"
        )
    return RecordText(read_file(path), label_of(path), law.models, is_json=path.suffix.lower() == ".json")


def answerable(path: Path, law: Law, day: date) -> RecordText | RecordForm:
    """Return the record of a file that answers can be written into, a filled form included; faults as `opened`."""
    if not is_workbook(path):
        return opened(path, law)
    needed("openpyxl", "excel")
    from decision_procedure.forms.record_form import RecordForm

    return RecordForm(read_bytes(path, MAX_FILE), label_of(path), law, day)


def answer_from(path: Path, answers: Path, day: date, law: Law) -> None:
    """Write the answers of a file into a record, whole or not at all; say which of them are to no question.

    What is asked only once others are answered is asked again of the same file.
    """
    record, rest = answerable(path, law, day), answers_in(answers)
    written = 0
    while rest:
        report = api.check(record.decision, as_of=day, law=law)
        found = taken(record.decision, api.questions(report), rest, answers)
        rest = found.rest
        if not found.fitting:
            break
        written += len(found.fitting)
        edits = changes(record.decision, found.fitting)
        rest = _still_named(rest, record.decision, edited(record.decision, edits))
        record = record.edited(edits)
    if written:
        write_file(path, record.data)
    typer.echo(plain(f"已写入 {written} 项回答 answers written: {written}: {path}"), err=True)
    for one in rest:
        if not means_open(one.value):
            typer.echo(plain(_unasked(answers, one)), err=True)


def _still_named(given: list[GivenAnswer], before: Decision, after: Decision) -> list[GivenAnswer]:
    """Return answers by what their questions go by now: an act without an identifier has one made of its content."""
    now = {old.id or "": new.id or "" for old, new in zip(before.acts, after.acts, strict=False)}
    return [one._replace(name=_ACT.sub(lambda found: now.get(found[0], found[0]), one.name)) for one in given]


def _unasked(answers: Path, one: GivenAnswer) -> str:
    where = label_of(answers) if one.line is None else f"{label_of(answers)}:{one.line}"
    return f"{where}: {one.cell}: 未问此项，未写入 nobody asks this, it was not written"


def answer_here(path: Path, day: date, law: Law, lang: str) -> None:
    """Ask one question after the other, and write each answer into the record at once: what was answered stays."""
    words, passed = Words(lang, "question"), set[str]()
    while True:
        record = answerable(path, law, day)
        asked = api.questions(api.check(record.decision, as_of=day, law=law))
        left = [item for item in asked if name_of(item) not in passed]
        if not left:
            typer.echo(words.say("none") if not asked else words.say("left_open", number=len(asked)))
            return
        question = left[0]
        typer.echo("\n" + "\n".join(_lines(question, len(left), words)))
        value = _answer(question, words, day)
        if isinstance(value, str) and value.strip().lower() in _STOP:
            typer.echo(words.say("stopped", number=len(left)))
            return
        if means_open(value):
            passed.add(name_of(question))
            continue
        try:
            after = record.edited(changes(record.decision, [(question, value)]))
        except FaultyInput as error:
            typer.echo("\n".join(dict.fromkeys(plain(_said(fault, lang)) for fault in error.faults)))
        except UnusableArgument as error:
            typer.echo(plain(error.message))
        else:
            write_file(path, after.data)
            passed.add(name_of(question)) if after.decision == record.decision else None


def _said(fault: Fault, lang: str) -> str:
    """Return what is wrong with an answer, without its place in the record."""
    return fault.text(lang).partition(f"{fault.key}: ")[2] if fault.key else fault.text(lang)


def _lines(question: Question, left: int, words: Words) -> Iterator[str]:
    """Yield a question as the terminal shows it: whom to ask, what, why, and what may be answered."""
    unit = question.unit or words.say(f"of_{question.kind}")
    yield plain(f"[{left}] {unit}")
    yield plain(question.text.text(words.lang))
    yield plain(f"  {cited_by(question, words.lang)}")
    choices = [
        f"{number} {called.text(words.lang)}" for number, (_, called) in enumerate(question.choices, 1)
    ]
    yield plain(f"  {' / '.join(choices) if choices else question.answers.text(words.lang)}")


def _answer(question: Question, words: Words, day: date) -> Any:
    said = _prompt(words.say("prompt"))
    if said.strip().lower() in _STOP or means_open(said):
        return said
    value = _chosen(question, said)
    if question.kind != "judgement":
        return value
    told: dict[str, Any] = {"answer": value}
    for key, default in (("reason", None), ("by", None), ("day", day.isoformat()), ("document", "")):
        told[key] = _prompt(words.say(f"judge_{key}"), default).strip()
        if told[key].lower() in _STOP:
            return told[key]
    return {key: one for key, one in told.items() if one != ""}


def _chosen(question: Question, said: str) -> Any:
    """Return the answer that a text means: the number or name of a choice, several of them, or the text itself."""
    marks = "、,，;； " if question.several else ""
    parts = [part for part in _split(said, marks) if part]
    found = [_one(question, part) for part in parts]
    if found == parts and len(parts) == 1:  # none of the choices: no, or a word that is told to be none
        return said.strip()
    return found if question.several and question.choices else found[0] if len(found) == 1 else said


def _split(said: str, marks: str) -> list[str]:
    for mark in marks:
        said = said.replace(mark, "\n")
    return [part.strip() for part in said.split("\n")]


def _one(question: Question, part: str) -> Any:
    if question.choices and part.isdecimal() and 0 < int(part) <= len(question.choices):
        return question.choices[int(part) - 1][0]
    found = meant(question, part)
    return found[0] if isinstance(found, list) else found


def _prompt(text: str, default: str | None = "") -> str:
    """Return what is typed; at the end of the input, that nothing more is answered. `default` None: it must be given."""
    try:
        return str(typer.prompt(text, default=default, show_default=bool(default)))
    except (typer.Abort, EOFError):
        return "q"
