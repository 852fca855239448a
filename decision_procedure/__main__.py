"""`python -m decision_procedure` is the command line."""

from decision_procedure.cli.main import run

run()
