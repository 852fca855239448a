"""The command line: data on stdout, messages on stderr, exit codes 0, 1, 2 and 3."""

from __future__ import annotations

import sys

import typer

from decision_procedure.cli import catalogue, ledger, receipt, rules_testing, waivers
from decision_procedure.cli.check import check
from decision_procedure.cli.demo import demo
from decision_procedure.cli.diagram import diagram
from decision_procedure.cli.explain import explain
from decision_procedure.cli.help import App
from decision_procedure.cli.options import Lang, faults_text
from decision_procedure.cli.process import flush, prepare
from decision_procedure.cli.report import write_report
from decision_procedure.cli.rules import rules_lint, rules_list, rules_show
from decision_procedure.cli.rules_new import rules_new
from decision_procedure.cli.schema import schema
from decision_procedure.cli.trail import trail
from decision_procedure.errors import CannotDraw, FaultyInput, UnusableArgument
from decision_procedure.render.text import plain

app = App(
    "重大行政决策程序检查 Checks the procedure of major administrative decisions.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
rules_app = App("法律规则 the rules of law")

app.command("check")(check)
app.command("explain")(explain)
app.command("diagram")(diagram)
app.command("schema")(schema)
app.command("report")(write_report)
app.command("demo")(demo)
app.command("trail")(trail)
app.command("receipt")(receipt.receipt)
app.command("replay")(receipt.replay)
app.command("archive")(receipt.archive)

app.add_typer(catalogue.app, name="catalogue")
app.add_typer(ledger.app, name="ledger")
app.add_typer(waivers.app, name="waivers")
app.add_typer(rules_app, name="rules")
rules_app.command("list")(rules_list)
rules_app.command("show")(rules_show)
rules_app.command("lint")(rules_lint)
rules_app.command("new")(rules_new)
rules_testing.register(rules_app)


def run() -> None:
    """Run the command line; the entry point of the package."""
    prepare()
    try:
        try:
            app()
        finally:
            flush()
    except FaultyInput as error:
        typer.echo(faults_text(error, _lang()), err=True)
        sys.exit(2)
    except (UnusableArgument, CannotDraw) as error:
        typer.echo(plain(str(error)), err=True)
        sys.exit(2)
    except OSError as error:  # a full disk, a folder that is gone or may not be written to
        place = "" if error.filename is None else f" {error.filename}"
        typer.echo(plain(f"无法读写 cannot read or write{place}: {error.strerror}"), err=True)
        sys.exit(2)
    except Exception as error:  # its text may hold personal data: only its kind is shown
        typer.echo(f"内部错误 internal error: {type(error).__name__}", err=True)
        sys.exit(3)


def _lang() -> Lang:
    """Return the language asked for, read off the arguments because the command has already been left."""
    words = " ".join(sys.argv)
    return Lang.en if "--lang en" in words or "--lang=en" in words else Lang.zh
