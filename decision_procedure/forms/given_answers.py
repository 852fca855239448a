"""Answers from a file: the filled workbook of questions, a table, or a mapping of places to answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from decision_procedure.errors import Fault, UnusableArgument, UnusableInput
from decision_procedure.forms.answering import answered, means_open
from decision_procedure.forms.questions import Question
from decision_procedure.model.decision import Decision
from decision_procedure.sources import label_of, read_file, read_source
from decision_procedure.sources.delimited import rows_of
from decision_procedure.sources.faults import Faults
from decision_procedure.sources.optional import needed
from decision_procedure.wording import LANGUAGES, in_both, say

MOST_ROWS = 20_000


class GivenAnswer(NamedTuple):
    """One answer of a file: to which question, as `name_of` names it, what it says, and where it stands there."""

    name: str
    value: Any
    line: int | None = None
    cell: str = ""


def name_of(question: Question) -> str:
    """Return what a question goes by in a file of answers: its place; of a judgement its duties and act."""
    if question.kind != "judgement":
        return question.place
    on = "" if question.act is None else f" {question.act}"
    return f"{','.join(question.duties)}{on}"


def answers_in(path: Path) -> list[GivenAnswer]:
    """Return the answers that a file gives: YAML, JSON, CSV or a workbook, by its suffix; what is left empty is none.

    Raises UnusableInput with every fault, UnusableArgument for another kind of file.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        needed("openpyxl", "excel")
        from decision_procedure.forms.letter_book import filled

        return filled(path)
    if suffix == ".csv":
        text = read_file(path).removeprefix("\ufeff")
        return list(_of_table(rows_of(text, ",", Faults(label_of(path))), path))
    if suffix in (".yaml", ".yml", ".json"):
        return list(_of_mapping(path))
    if suffix == ".docx":
        raise UnusableArgument(_told("answers_docx", file=path.name[:60]))
    raise UnusableArgument(_told("answers_suffix", file=path.name[:60]))


def _of_mapping(path: Path) -> Iterator[GivenAnswer]:
    source = read_source(path)
    if not isinstance(source.data, Mapping):
        raise UnusableInput([source.fault((), *in_both(lambda lang: say("question.answers_shape", lang)))])
    for name, value in source.data.items():
        yield GivenAnswer(str(name), value, source.line((name,)), str(name))


def _of_table(rows: Iterable[Sequence[str]], path: Path) -> Iterator[GivenAnswer]:
    numbered = iter(enumerate(rows, 1))
    try:
        _, head = next(numbered)
        place, answer = (columns(head).index(key) for key in ("place", "answer"))
    except (StopIteration, ValueError):
        raise UnusableInput([_fault(path, 1, "", "answers_head")]) from None
    for number, row in numbered:
        if number > MOST_ROWS:
            raise UnusableInput([_fault(path, number, "", "answers_many")])
        if len(row) > max(place, answer) and row[place].strip():
            yield GivenAnswer(row[place].strip(), row[answer].strip(), number, row[place].strip())


def columns(head: Iterable[Any]) -> list[str]:
    """Return which column each head of a table of answers is, by what it is called in either language."""
    called = {say(f"letter.head_{key}", lang): key for key in HEADS for lang in LANGUAGES}
    return [called.get(str(text or "").strip(), str(text or "").strip()) for text in head]


HEADS = ("number", "question", "why", "allowed", "answer", "judge_reason", "judge_by", "judge_day", "judge_document", "place")  # fmt: skip
"""The columns of a table of answers, in order."""


class FittingAnswers(NamedTuple):
    """What a file of answers comes to: the answers that fit the questions asked, and those that fit none."""

    fitting: list[tuple[Question, Any]]
    rest: list[GivenAnswer]


def taken(
    record: Decision, asked: Iterable[Question], given: Iterable[GivenAnswer], path: Path
) -> FittingAnswers:
    """Return which answers are to questions that are asked. Raises UnusableInput with the faults of all that do not fit."""
    by_name = {name_of(question): question for question in asked}
    fitting: list[tuple[Question, Any]] = []
    rest: list[GivenAnswer] = []
    faults: list[Fault] = []
    for one in given:
        question = by_name.get(one.name)
        if question is None:
            rest.append(one)
        elif not means_open(one.value):
            value = meant(question, one.value)
            faults += _faults(record, question, value, one, path)
            fitting.append((question, value))
    if faults:
        raise UnusableInput(faults)
    return FittingAnswers(fitting, rest)


def meant(question: Question, value: Any) -> Any:
    """Return an answer as its question takes it: a text that names one of its choices is that choice."""
    if isinstance(value, str):
        for word, called in question.choices:
            if value.strip() in (called.zh, called.en, str(word)):
                return [word] if question.several else word
        if question.sort == "number" and value.strip().isdecimal():
            return int(value)
    return value


def _faults(
    record: Decision, question: Question, value: Any, one: GivenAnswer, path: Path
) -> Iterator[Fault]:
    try:
        answered(record, [(question, value)])
    except UnusableInput as error:
        yield from (Fault(label_of(path), one.line, one.cell, fault.zh, fault.en) for fault in error.faults)
    except UnusableArgument as error:
        yield Fault(label_of(path), one.line, one.cell, error.message, error.message)


def _fault(path: Path, line: int | None, cell: str, key: str) -> Fault:
    return Fault(label_of(path), line, cell, *in_both(lambda lang: say(f"question.{key}", lang)))


def _told(key: str, **fields: str) -> str:
    return " ".join(say(f"question.{key}", lang, **fields) for lang in LANGUAGES)


__all__ = ["HEADS", "FittingAnswers", "GivenAnswer", "answers_in", "columns", "meant", "name_of", "taken"]
