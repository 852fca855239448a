"""`demo`: the worked records that come with the library."""

from __future__ import annotations

import shlex
import shutil
import sys
from datetime import date
from pathlib import Path

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import LANG, LangOption
from decision_procedure.cli.paper import Paper
from decision_procedure.cli.records import records_of
from decision_procedure.cli.writers import view_of
from decision_procedure.errors import UnusableInput
from decision_procedure.render.text import brief_lines
from decision_procedure.wording import say

DEMO_DAY = date(2026, 1, 31)
_NAME = "decision-procedure"
_RECORD = "示例县-办公会代替常务会.yaml"


def demo(lang: LangOption = LANG, rules: RulesOption = None) -> None:
    """核查一件随附的案例，并列出接着可以试的命令 Check a record that comes with the library, and say what to try next."""
    typer.echo(f"截至 as of {DEMO_DAY.isoformat()}", err=True)
    folder, law = _examples(), law_of(rules)
    record = folder / "invented" / _RECORD
    for read in records_of(record, law.models):
        if isinstance(read.found, UnusableInput):
            raise read.found
        report = api.check(read.found, as_of=DEMO_DAY, law=law)
        Paper(sys.stdout, lang).write(brief_lines(view_of(report, read, lang, law)))
    told = say("demo.next", lang, program=_program(), folder=folder, record=record)
    typer.echo(told, nl=False)


def _program() -> str:
    """Return how to call the program from here: its path as typed, where the shell would not find its name."""
    typed = Path(sys.argv[0])
    found = typed.name != _NAME or shutil.which(_NAME)
    return _NAME if found else shlex.quote(str(typed))


def _examples() -> Path:
    package = Path(__file__).parent.parent
    shipped = package / "_demo" / "examples"
    return shipped if shipped.is_dir() else package.parent / "examples"
