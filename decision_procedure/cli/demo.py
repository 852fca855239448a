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
from decision_procedure.cli.options import Lang, LangOption
from decision_procedure.cli.records import files_of, records_of
from decision_procedure.cli.writers import Format, Manner, writer
from decision_procedure.errors import UnusableInput

DEMO_DAY = date(2026, 1, 31)
_NAME = "decision-procedure"
_HINT = {
    Lang.zh: "以上为随附案例(虚构的“示例县”和已公布的真实公告)。接着可以试:\n"
    "  {program} check {folder} --statistics\n"
    "  {program} explain {record} 15.1c\n"
    "  {program} explain {record} --steps\n"
    "  {program} schema\n",
    Lang.en: "These are the records that come with the library (an invented county, and real published notices). Try next:\n"
    "  {program} check {folder} --statistics --lang en\n"
    "  {program} explain {record} 15.1c --lang en\n"
    "  {program} explain {record} --steps --lang en\n"
    "  {program} schema\n",
}


def demo(lang: LangOption = Lang.zh, rules: RulesOption = None) -> None:
    """检查随附的案例 Check the worked records that come with the library."""
    typer.echo(f"截至 as of {DEMO_DAY.isoformat()}", err=True)
    folder, law = _examples(), law_of(rules)
    out = writer(Format.text, sys.stdout, Manner(lang.value, law=law))
    for file in files_of([folder]):
        for read in records_of(file, law.models):
            if isinstance(read.found, UnusableInput):
                raise read.found
            out.add(api.check(read.found, as_of=DEMO_DAY, law=law), read)
    out.end(())
    record = next(iter(sorted((folder / "invented").glob("*多处不合规.yaml"))), folder)
    typer.echo("\n" + _HINT[lang].format(program=_program(), folder=folder, record=record), nl=False)


def _program() -> str:
    """Return how to call the program from here: its path as typed, where the shell would not find its name."""
    typed = Path(sys.argv[0])
    found = typed.name != _NAME or shutil.which(_NAME)
    return _NAME if found else shlex.quote(str(typed))


def _examples() -> Path:
    package = Path(api.__file__).parent
    shipped = package / "_demo" / "examples"
    return shipped if shipped.is_dir() else package.parent / "examples"
