"""The command line: data on stdout, messages on stderr, exit codes 0, 1, 2 and 3."""

from __future__ import annotations

import sys

import typer

from decision_procedure.cli.help import App
from decision_procedure.cli.process import flush, prepare
from decision_procedure.errors import CannotDraw, FaultyInput, UnusableArgument
from decision_procedure.sources.characters import plain
from decision_procedure.wording import LANGUAGES

app = App(
    "重大行政决策程序核查 Checks the procedure of major administrative decisions.",
    {
        "new": "new:new",
        "import": "importing:import_form",
        "check": "check:check",
        "ask": "ask:ask",
        "plan": "plan:plan",
        "repair": "repair:repair",
        "fmt": "fmt:fmt",
        "deadlines": "deadlines:deadlines",
        "assess": "assess:assess",
        "explain": "explain:explain",
        "diagram": "diagram:diagram",
        "schema": "schema:schema",
        "report": "report:write_report",
        "demo": "demo:demo",
        "trail": "trail:trail",
        "receipt": "receipt:receipt",
        "replay": "receipt:replay",
        "archive": "receipt:archive",
        "catalogue": App(
            "年度事项目录 yearly catalogues",
            {
                "import": "catalogue_import:import_catalogues",
                "advise": "catalogue:advise",
                "status": "reconciling:status",
                "reconcile": "reconciling:reconcile",
            },
        ),
        "ledger": App(
            "核查登记簿 the ledger of receipts",
            {name: f"ledger:{name}" for name in ("append", "verify", "show", "find", "prove")},
        ),
        "impact": "rules_changing:impact",
        "waivers": App("豁免和存量清单 waivers and baselines", {"renew": "waivers:renew"}),
        "rules": App(
            "法律规则 the rules of law",
            {
                "list": "rules:rules_list",
                "show": "rules:rules_show",
                "lint": "rules:rules_lint",
                "diff": "rules_changing:rules_diff",
                "new": "rules_new:rules_new",
                "test": "rules_testing:run_examples",
                "coverage": "rules_testing:show_coverage",
                "mutate": "rules_testing:mutate_rules",
            },
        ),
    },
)


def run() -> None:
    """Run the command line; the entry point of the package."""
    prepare()
    try:
        try:
            app()
        finally:
            flush()
    except FaultyInput as error:
        from decision_procedure.cli.options import faults_text

        typer.echo(faults_text(error, _language()), err=True)
        sys.exit(2)
    except UnusableArgument as error:
        typer.echo(plain(error.message), err=True)
        for choice in error.choices:
            typer.echo(f"  {plain(choice)}", err=True)
        sys.exit(2)
    except CannotDraw as error:
        typer.echo(plain(str(error)), err=True)
        sys.exit(2)
    except OSError as error:  # a full disk, a folder that is gone or may not be written to
        place = "" if error.filename is None else f" {error.filename}"
        typer.echo(plain(f"无法读写 cannot read or write{place}: {error.strerror}"), err=True)
        sys.exit(2)
    except Exception as error:  # its text may hold personal data: only its kind is shown
        typer.echo(f"内部错误 internal error: {type(error).__name__}", err=True)
        sys.exit(3)


def _language() -> str:
    """Return the language asked for, read off the arguments because the command has already been left."""
    words = " ".join(sys.argv).replace("=", " ")
    return next((lang for lang in reversed(LANGUAGES) if f"--lang {lang}" in words), LANGUAGES[0])
