"""Ends, streams, locales and permissions: each its plain message, nothing left behind, the same bytes everywhere."""

from __future__ import annotations

import io
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import HANGS
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app, run

RECORD = Path(__file__).parents[2] / "examples" / "invented" / "示例县-多处不合规.yaml"
DAY = ("--as-of", "2024-09-30")
RUN = "from decision_procedure.cli.main import run; run()"
posix = pytest.mark.skipif(os.name != "posix", reason="other systems have no such signals and modes")


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-c", RUN, *map(str, words)]


# --- a request to end ---------------------------------------------------------------------------------------

# A command that is asked to end, by the signal of its last argument, while its output is half written.
HALF = """
import os, signal, sys
from decision_procedure.cli import check
from decision_procedure.cli.main import run
number = getattr(signal, sys.argv.pop())
class Half:
    def __init__(self, stream): self.stream = stream
    def add(self, report, read):
        self.stream.write("half"); self.stream.flush()
        os.kill(os.getpid(), number)
        signal.pause()
    def end(self): pass
check.writer = lambda form, stream, manner: Half(stream)
run()
"""


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_command_that_is_asked_to_end_leaves_no_temporary_file(name: str, tmp_path: Path) -> None:
    words = ["check", str(RECORD), *DAY, "--output", str(tmp_path / "out.txt"), name]

    result = subprocess.run(
        [sys.executable, "-c", HALF, *words], capture_output=True, text=True, check=False, timeout=HANGS
    )

    assert list(tmp_path.iterdir()) == []
    assert result.returncode == (128 + getattr(signal, name) if name != "SIGINT" else 130), result.stderr
    assert "Traceback" not in result.stderr


@posix
def test_a_command_that_ignores_hangups_goes_on_ignoring_them() -> None:
    code = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from decision_procedure.cli.process import prepare; prepare()\n"
        "print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN)"
    )

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "True\n"
    )


# --- streams that are closed or full ------------------------------------------------------------------------

COMMANDS = {
    "check": ["check", RECORD, *DAY],
    "check, data": ["check", RECORD, *DAY, "--format", "json"],
    "explain": ["explain", RECORD, "15.1c", *DAY],
    "report": ["report", RECORD, *DAY, "--format", "csv"],
    "report, a page": ["report", RECORD, *DAY, "--format", "html"],
    "report, a workbook": ["report", RECORD, *DAY, "--format", "xlsx"],
    "trail": ["trail", RECORD, *DAY],
    "receipt": ["receipt", RECORD, *DAY],
    "diagram": ["diagram", "status", RECORD, *DAY],
    "schema": ["schema"],
    "rules list": ["rules", "list"],
}


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let a test put other streams in place of stdout and stderr, and run commands as their users do."""
    kept = {
        number: signal.getsignal(number)
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
    }
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    yield monkeypatch
    for number, handler in kept.items():
        signal.signal(number, handler)


def status(monkeypatch: pytest.MonkeyPatch, words: list[str | Path]) -> int:
    monkeypatch.setattr(sys, "argv", ["decision-procedure", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        run()
    return int(caught.value.code or 0)


def said(stream: object) -> str:
    assert isinstance(stream, io.TextIOWrapper)
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_closed_stdout_is_told_with_status_2(name: str, streams: pytest.MonkeyPatch) -> None:
    streams.setattr(sys, "stdout", None)  # what Python makes of a stream that is closed when it starts

    assert status(streams, COMMANDS[name]) == 2
    assert "cannot read or write" in said(sys.stderr)
    assert "internal error" not in said(sys.stderr)


@pytest.mark.parametrize("name", ["check", "report", "diagram", "trail"])
def test_a_closed_stderr_changes_nothing_on_stdout(name: str, streams: pytest.MonkeyPatch) -> None:
    opened = status(streams, COMMANDS[name]), said(sys.stdout)
    streams.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    streams.setattr(sys, "stderr", None)

    assert (status(streams, COMMANDS[name]), said(sys.stdout)) == opened


def test_a_message_with_both_streams_closed_still_gives_its_status(streams: pytest.MonkeyPatch) -> None:
    streams.setattr(sys, "stdout", None)
    streams.setattr(sys, "stderr", None)

    assert status(streams, ["check", "nowhere.yaml", *DAY]) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_device_is_told_with_status_2(name: str, streams: pytest.MonkeyPatch) -> None:
    streams.setattr(sys, "stdout", Path("/dev/full").open("w"))  # noqa: SIM115

    assert status(streams, COMMANDS[name]) == 2
    assert "cannot read or write" in said(sys.stderr)


@posix
def test_nothing_is_said_at_the_exit_of_a_process_whose_stdout_was_closed() -> None:
    line = " ".join(["exec", *(f"'{word}'" for word in command("check", RECORD, *DAY)), ">&-"])

    result = subprocess.run(
        ["/bin/sh", "-c", line], stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False
    )

    assert result.returncode == 2
    assert "Exception ignored" not in result.stderr


# --- locales ------------------------------------------------------------------------------------------------

FILE = "案卷.yaml"
SAME = [
    ["check", FILE, *DAY],
    ["check", FILE, *DAY, "--format", "json"],
    ["report", FILE, *DAY, "--format", "csv"],
    ["report", FILE, *DAY, "--format", "sarif"],
    ["report", FILE, *DAY, "--format", "html"],
    ["trail", FILE, *DAY],
    ["check", "坏案卷.yaml", *DAY],
    ["check", "没有.yaml", *DAY],
]
# Runs commands one after another in one process, as if each were the only one.
SEVERAL = """
import json, os, sys
from decision_procedure.cli.main import run
for words in json.loads(sys.argv[1]):
    sys.argv = ["decision-procedure", *(os.fsdecode(word.encode()) for word in words)]
    try:
        run()
    except SystemExit as end:
        print(end.code)
"""


@posix
def test_a_chinese_file_name_gives_the_same_bytes_in_every_locale(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(RECORD.read_bytes())
    (tmp_path / "坏案卷.yaml").write_text("schema: 2\n", encoding="utf-8")
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHONUTF8"))
    }
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    found = [
        subprocess.run(
            [sys.executable, "-c", SEVERAL, json.dumps(SAME)],
            capture_output=True, check=True, cwd=tmp_path, env=environment | setting,
        )
        for setting in ({"LC_ALL": "C.UTF-8"}, bare)
    ]  # fmt: skip

    assert found[0].stdout == found[1].stdout
    assert found[0].stderr == found[1].stderr
    assert FILE in found[0].stdout.decode()
    assert "没有.yaml" in found[0].stderr.decode()


# --- who may read what --------------------------------------------------------------------------------------


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def invoked(*words: str | Path) -> object:
    return CliRunner().invoke(app, [*map(str, words)]).exception


@posix
@pytest.mark.parametrize("before", [None, 0o644, 0o666])
def test_a_dossier_is_for_its_owner_alone_and_a_bare_receipt_for_all(
    before: int | None, tmp_path: Path
) -> None:
    dossier, receipt = tmp_path / "dossier", tmp_path / "receipt"
    for file in (dossier, receipt):
        if before is not None:
            file.touch()
            file.chmod(before)

    invoked("receipt", RECORD, *DAY, "--output", dossier)
    invoked("receipt", RECORD, *DAY, "--output", receipt, "--fingerprints")

    umask = os.umask(0o022)
    os.umask(umask)
    assert mode(dossier) == 0o600
    assert mode(receipt) == (before or 0o666 & ~umask)


@posix
def test_an_archive_is_for_its_owner_alone(tmp_path: Path) -> None:
    day = date(2024, 9, 30)

    dp.archive(dp.check(dp.load_decision(RECORD), as_of=day), tmp_path / "bag", bagged_on=day)

    assert {mode(path) for path in (tmp_path / "bag").rglob("*")} == {0o700, 0o600}
    assert mode(tmp_path / "bag") == 0o700


@posix
def test_what_opens_a_masked_trail_is_for_its_owner_alone(tmp_path: Path) -> None:
    invoked(
        "trail", RECORD, *DAY, "--mask", "--openings", tmp_path / "o.json", "--output", tmp_path / "t.txt"
    )

    assert mode(tmp_path / "o.json") == 0o600


# --- links that go in a circle ------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("option", ["output", "record", "documents", "a document", "rules", "html"])
def test_links_that_go_in_a_circle_are_told(option: str, tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    record = tmp_path / "record.json"
    document = {"id": "d", "kind": "draft", "location": "a"}
    body = {"name": "示例县人民政府"}
    record.write_text(
        json.dumps({"schema": 1, "title": "t", "body": body, "documents": [document]}), encoding="utf-8"
    )
    words = {
        "output": ["check", RECORD, *DAY, "--output", tmp_path / "a"],
        "record": ["check", tmp_path / "a", *DAY],
        "documents": ["archive", record, *DAY, "--documents", tmp_path / "a", "--output", tmp_path / "bag"],
        "a document": ["archive", record, *DAY, "--documents", tmp_path, "--output", tmp_path / "bag"],
        "rules": ["check", RECORD, *DAY, "--rules", tmp_path / "a"],
        "html": ["report", RECORD, *DAY, "--format", "html", "--output", tmp_path / "a"],
    }[option]

    found = invoked(*words)

    assert isinstance(found, dp.UnusableInput | dp.UnusableArgument | dp.BadPack | SystemExit | None), found
    assert not (tmp_path / "bag").exists() or option == "documents"
