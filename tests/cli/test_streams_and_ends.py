"""Ends, streams, locales and permissions: each its plain message, nothing left behind, the same bytes everywhere."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import HANGS
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app

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


def asked_to_end(code: str, name: str, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a program that sends itself a signal, which `nohup` or a shell's background may have had it ignore."""
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGS,
        preexec_fn=lambda: signal.signal(getattr(signal, name), signal.SIG_DFL),
    )


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_command_that_is_asked_to_end_leaves_no_temporary_file(name: str, tmp_path: Path) -> None:
    words = ["check", str(RECORD), *DAY, "--output", str(tmp_path / "out.txt"), name]

    result = asked_to_end(HALF, name, words)

    assert list(tmp_path.iterdir()) == []
    assert result.returncode == (128 + getattr(signal, name) if name != "SIGINT" else 130), result.stderr
    assert "Traceback" not in result.stderr


# An archive that is asked to end while it is written.
BAGGING = """
import os, signal, sys
from decision_procedure.keeping import archive as archiving
from decision_procedure.cli.main import run
number = getattr(signal, sys.argv.pop())
def end(folder):
    os.kill(os.getpid(), number)
    signal.pause()
archiving._close = end
run()
"""


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_an_archive_that_is_asked_to_end_leaves_nothing(name: str, tmp_path: Path) -> None:
    words = ["archive", str(RECORD), *DAY, "--output", str(tmp_path / "bag"), name]

    result = asked_to_end(BAGGING, name, words)

    assert result.returncode == 128 + getattr(signal, name)
    assert list(tmp_path.iterdir()) == []


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


# Runs each command in a process of its own, split off after the law and what the commands need were loaded, with its
# streams as told: both into files, or stdout closed, or stderr closed, or both, or stdout a device that is always full.
EACH = (
    f"""
import gc, json, os, sys
from datetime import date
import decision_procedure as dp
from decision_procedure.cli.main import run
report = dp.check(dp.load_decision({str(RECORD)!r}), as_of=date(2024, 9, 30))
for write in (dp.as_html, dp.as_text, dp.trail, dp.seal, lambda report: dp.as_excel([("", report)])):
    write(report)
gc.freeze()  # a process split off does not take down what it shares
"""
    """
how, codes = sys.argv[2], []
for number, words in enumerate(json.loads(sys.argv[1])):
    child = os.fork()
    if child == 0:
        for stream, name in ((1, "stdout"), (2, "stderr")):
            if how in (name, "both"):
                os.close(stream)
                setattr(sys, name, None)  # what Python makes of a stream that is closed when it starts
                continue
            file = "/dev/full" if how == "full" and stream == 1 else f"{number}.{name}"
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), stream)
        if how == "small":
            import resource
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        sys.argv = ["decision-procedure", *words]
        run()
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(json.dumps(codes))
"""
)


def each(how: str, folder: Path, *commands: list[str | Path]) -> tuple[list[int], list[str], list[str]]:
    """Return the statuses of commands, what each wrote to stdout, and to stderr."""
    folder.mkdir(exist_ok=True)
    words = json.dumps([[str(word) for word in words] for words in commands])
    result = subprocess.run(
        [sys.executable, "-c", EACH, words, how], cwd=folder, capture_output=True, text=True, check=True
    )

    def written(name: str) -> list[str]:
        files = [folder / f"{number}.{name}" for number in range(len(commands))]
        return [file.read_text("utf-8", "replace") if file.exists() else "" for file in files]

    return json.loads(result.stdout), written("stdout"), written("stderr")


@posix
def test_a_closed_stdout_is_told_with_status_2_by_every_command(tmp_path: Path) -> None:
    codes, _, errors = each("stdout", tmp_path, *COMMANDS.values())

    assert codes == [2] * len(COMMANDS), dict(zip(COMMANDS, errors, strict=True))
    for text in errors:
        assert "cannot read or write" in text
        assert "internal error" not in text
        assert "Exception ignored" not in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_device_is_told_with_status_2_by_every_command(tmp_path: Path) -> None:
    codes, _, errors = each("full", tmp_path, *COMMANDS.values())

    assert codes == [2] * len(COMMANDS), dict(zip(COMMANDS, errors, strict=True))
    for text in errors:
        assert "cannot read or write" in text
        assert "Exception ignored" not in text


WRITING = {
    "check": ["check", RECORD, *DAY, "--details", "--output", "out"],
    "csv": ["report", RECORD, *DAY, "--format", "csv", "--output", "out"],
    "xlsx": ["report", RECORD, *DAY, "--format", "xlsx", "--output", "out"],
    "docx": ["report", RECORD, *DAY, "--format", "docx", "--output", "out"],
    "review-sheet": ["report", RECORD, *DAY, "--format", "review-sheet", "--output", "out"],
    "html": ["report", RECORD, RECORD, *DAY, "--format", "html", "--output", "out"],
    "receipt": ["receipt", RECORD, *DAY, "--output", "out"],
    "archive": ["archive", RECORD, *DAY, "--output", "out"],
    "diagram": ["diagram", "status", RECORD, *DAY, "--plain", "--output", "out.svg"],
    "masked trail": ["trail", RECORD, *DAY, "--mask", "--openings", "openings", "--output", "out"],
}


@posix
def test_a_disk_that_takes_no_more_is_told_with_status_2_and_nothing_is_left(tmp_path: Path) -> None:
    codes, _, errors = each("small", tmp_path, *WRITING.values())

    assert codes == [2] * len(WRITING), dict(zip(WRITING, errors, strict=True))
    for text in errors:
        assert "cannot" in text
        assert "Exception ignored" not in text
    left = {path.name for path in tmp_path.iterdir()}
    assert left <= {f"{number}.{stream}" for number in range(len(WRITING)) for stream in ("stdout", "stderr")}


@posix
def test_a_closed_stderr_changes_nothing_on_stdout(tmp_path: Path) -> None:
    each_kind = ("check", "report", "report, a workbook", "diagram", "rules list")
    same_each_time = [COMMANDS[name] for name in each_kind]
    opened = each("files", tmp_path / "a", *same_each_time)
    closed = each("stderr", tmp_path / "b", *same_each_time)

    assert closed[:2] == opened[:2]


@posix
def test_with_both_streams_closed_there_is_still_a_status(tmp_path: Path) -> None:
    assert each("both", tmp_path, ["check", "nowhere.yaml", *DAY], ["check", RECORD, *DAY])[0] == [2, 2]


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
