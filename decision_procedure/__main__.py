"""`python -m decision_procedure` is the command line."""

from decision_procedure.cli.main import run

if __name__ == "__main__":
    run()
