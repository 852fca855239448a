"""`ask`: what to ask of each unit so that what is open in a record can be settled, and the answers to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from decision_procedure import api
from decision_procedure.cli.answering import answer_from, answer_here
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import (
    LANG,
    AsOf,
    AssumeComplete,
    LangOption,
    Output,
    Record,
    said_day,
)
from decision_procedure.cli.records import records_of
from decision_procedure.cli.sink import write, write_whole
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.exchange.escaping import json_text
from decision_procedure.forms import Question
from decision_procedure.forms.given_answers import name_of
from decision_procedure.forms.letters import FORMS, cited_by
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text import plain
from decision_procedure.results.report import Report
from decision_procedure.wording import LANGUAGES, Words

AskForm = Literal["text", "json", "docx", "xlsx"]


def ask(
    path: Record,
    as_of: AsOf = None,
    rules: RulesOption = None,
    form: Annotated[AskForm, typer.Option("--format", help="输出格式 format")] = "text",
    output: Output = None,
    lang: LangOption = LANG,
    assume_complete: AssumeComplete = False,
    answer: Annotated[
        bool,
        typer.Option("--answer", help="逐项回答，写回案卷 answer one by one; the record is written back"),
    ] = False,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            help="填好的问询表（xlsx）或者答案文件（yaml、json、csv），写回案卷 a filled workbook or a file of answers, written into the record",
        ),
    ] = None,
) -> None:
    """列出尚须问明的事项，按单位；回答写回案卷 List what to ask of each unit, and write answers back into the record."""
    day, law = said_day(as_of), law_of(rules)
    if answer or answers is not None:
        if answer and answers is not None:
            raise UnusableArgument("--answer 与 --answers 二选一 give either --answer or --answers")
        if answers is None:
            answer_here(path, day, law, lang)
        else:
            answer_from(path, answers, day, law)
        return
    for read in records_of(path, law.models):
        if isinstance(read.found, UnusableInput):
            raise read.found
        report = api.check(read.found, as_of=day, assume_complete=assume_complete, law=law)
        _put(report, form, output, lang)


def _put(report: Report, form: AskForm, output: Path | None, lang: str) -> None:
    if form in FORMS:
        write_whole(api.letters(report, form=form, lang=lang), output)
        return
    found = api.questions(report)
    if form == "text":
        write(_text(found, lang), output)
    elif form == "json":
        write(json_text([_data(item) for item in found], 1) + "\n", output)


def _text(found: Iterable[Question], lang: str) -> str:
    words = Words(lang, "question")
    by_unit: dict[str, list[Question]] = {}
    for item in found:
        by_unit.setdefault(item.unit or words.say(f"of_{item.kind}"), []).append(item)
    return (
        "".join(f"{line}\n" for unit, items in by_unit.items() for line in _of_unit(unit, items, words))
        or words.say("none") + "\n"
    )


def _of_unit(unit: str, items: Iterable[Question], words: Words) -> Iterator[str]:
    yield plain(unit)
    for number, item in enumerate(items, 1):
        yield f"  {number}. {plain(item.text.text(words.lang))}{words.aside(plain(item.answers.text(words.lang)))}"
        cited = cited_by(item, words.lang)
        yield f"     {label('face', item.face, words.lang)}{words.say('semicolon')}{plain(cited)}"


def _data(item: Question) -> dict[str, object]:
    return {
        "kind": item.kind, "place": item.place, "name": name_of(item), **{lang: item.text.text(lang) for lang in LANGUAGES},
        **{f"answers_{lang}": item.answers.text(lang) for lang in LANGUAGES}, "unit": item.unit, "duties": list(item.duties),
        "articles": [article.zh for article in item.articles], "act": item.act, "face": item.face,
    }  # fmt: skip
