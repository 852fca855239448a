"""Hostile input through the real command line, and random data through the reader: one clear error, no crash."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import random
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commands import call
from conftest import EXAMPLES, HANGS
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_procedure.errors import UnusableInput
from decision_procedure.model.reading import record
from decision_procedure.sources import Source, read_json, read_yaml

RUN = "from decision_procedure.cli.main import run; run()"
MINIMAL = "schema: 1\ntitle: 甲\nbody: {name: 乙}\n"
JSON = {"schema": 1, "title": "甲", "body": {"name": "乙"}}
MEMORY = 2_000_000_000
BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
WORKED = read_yaml(BAD.read_text(encoding="utf-8"), BAD.name).data


def check(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, "check", *map(str, arguments), "--as-of", "2024-09-30", "--lang", "en"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANGS,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


def checked(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Return what the same command gives in this process."""
    return call("check", *arguments, "--as-of", "2024-09-30", "--lang", "en")


def with_acts(*acts: dict[str, Any]) -> bytes:
    return json.dumps({**JSON, "acts": acts}).encode()


def bomb() -> bytes:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    return "\n".join(lines).encode()


# What is wrong with each file, and a part of the message that says so.
FILES: dict[str, tuple[bytes, str]] = {
    "syntax.yaml": (b"schema: 1\ntitle: [a\n", "YAML syntax"),
    "unknown-key.yaml": ((MINIMAL + "atcs: []\n").encode(), "acts?"),
    "wrong-date.yaml": ((MINIMAL + "stated_on: 2024-02-30\n").encode(), "stated_on"),
    "end-before-start.json": (
        with_acts({"kind": "public_comment", "start": "2024-02-01", "end": "2024-01-01"}),
        "ends before it starts",
    ),
    "two-ids.json": (with_acts({"id": "a", "kind": "issue"}, {"id": "a", "kind": "filing"}), "used twice"),
    "dangling.json": (with_acts({"id": "a", "kind": "issue", "unit": "nobody"}), "no unit"),
    "twice.yaml": ((MINIMAL + "title: 丙\n").encode(), "key used twice"),
    "bomb.yaml": (bomb(), "anchors are not allowed"),
    "tag.yaml": (b"a: !!python/object/apply:os.system [id]", "tags are not allowed"),
    "deep.yaml": (b"[" * 100_000, "nest"),
    "deep.json": (b'{"a":' * 100_000, "nested deeper"),
    "binary.yaml": (bytes(range(256)) * 10, "binary"),
    "empty.yaml": (b"", "empty"),
    "empty.jsonl": (b"", "empty"),
    "blank.json": (b" \n\n", "empty"),
    "huge-number.json": (b'{"schema": ' + b"9" * 100_000 + b"}", "number"),
    "huge-number.yaml": (b"schema: " + b"9" * 100_000, "number"),
    "nan.json": (b'{"schema": NaN}', "NaN"),
    "infinity.json": (b'{"schema": 1e999}', "out of range"),
    "surrogate.json": (b'{"schema": 1, "title": "\\ud800", "body": {"name": "x"}}', "surrogate"),
    "nul.json": (b'{"schema": 1, "title": "\\u0000", "body": {"name": "x"}}', "NUL"),
    "utf16.yaml": (MINIMAL.encode("utf-16"), "UTF-16"),
    "utf32.yaml": (MINIMAL.encode("utf-32"), "this is UTF-32"),
    "utf32.json": ("\ufeff{}".encode("utf-32-be"), "this is UTF-32"),
    "gbk.yaml": (MINIMAL.encode("gb18030"), "GBK"),
    "number-key.yaml": ((MINIMAL + "1: x\n").encode(), "a key must be a text"),
    "list-key.yaml": ((MINIMAL + "[a]: x\n").encode(), "a key must be a text"),
    "list.json": (b"[]", "must be a mapping"),
    "text.yaml": (b"x", "must be a mapping"),
    "megabyte.json": (json.dumps({**JSON, "note": "x" * 1_000_000}).encode(), "too long"),
    "megabyte-key.json": (json.dumps({**JSON, "x" * 1_000_000: 1}).encode(), "no such key"),
    "escape.json": (json.dumps({**JSON, "\x1b[2J": 1}).encode(), "no such key"),
    "many-keys.json": (json.dumps({**JSON, **{f"k{n}": 1 for n in range(3000)}}).encode(), "no such key"),
    "too-many-keys.json": (
        json.dumps({**JSON, **{f"k{n}": 1 for n in range(3000)}}).encode(),
        "only 1000 faults are listed",
    ),
    "too-many-values.json": (
        json.dumps({**JSON, "units": [{"id": "u", "name": 1}] * 250_000}).encode(),
        "more than 1000000 values",
    ),
    "junk.yaml": (b"x" * 50_000_000, "too large"),
    "junk.jsonl": (b"x" * 50_000_000, "too large"),
    "half-empty.jsonl": (b"\xef\xbb\xbf" + json.dumps(JSON).encode() + b"\n\0\n", "half-empty.jsonl:2"),
    "escaped-twice.json": (
        b'{"schema": 1, "title": "x", "body": {"name": "y"}, "\\u0074itle": "z"}',
        "key used twice",
    ),
    "both-languages.json": (json.dumps({**JSON, "事项名称": "丙"}).encode(), "repeats title"),
    "twice-in-an-act.json": (
        b'{"schema": 1, "title": "x", "body": {"name": "y"},\n"acts": [{"kind": "issue", "id": "a", "id": "b"}]}',
        "twice-in-an-act.json:2: acts[0].id: key used twice",
    ),
    "long-number.json": (with_acts({"kind": "hearing", "participants": 10**25}), "more than 18 digits"),
    "fraction.json": (with_acts({"kind": "hearing", "participants": 1.5}), "whole number"),
    "trailing.json": (json.dumps(JSON).encode() + b" x", "Extra data"),
    "two.json": (json.dumps(JSON).encode() * 2, "Extra data"),
    "version.yaml": (MINIMAL.replace("1", "2").encode(), "this library reads version 1"),
    "version.json": (json.dumps({**JSON, "schema": True}).encode(), "this library reads version 1"),
    "quoted-version.yaml": (MINIMAL.replace("1", '"1"').encode(), "without quotes"),
    "slashes.yaml": ((MINIMAL + "stated_on: 2024/1/2\n").encode(), "write 2024-01-02"),
    "colon.yaml": (b"schema:1\ntitle:x\n", "a space follows the colon"),
    "blank-id.json": (with_acts({"id": "a b", "kind": "issue"}), "none of them a space"),
    "citations.json": (json.dumps({**JSON, "cited_law": ["x"] * 900}).encode(), "900 of them, the limit is 100"),
    "citation.json": (json.dumps({**JSON, "cited_law": ["《甲》" * 5000]}).encode(), "text too long"),
    "loud.YAML": ((MINIMAL + "atcs: []\n").encode(), "acts?"),
    "loud.JSONL": (b"{\n", "loud.JSONL:1: JSON syntax"),
    "half-good.jsonl": (json.dumps(JSON).encode() + b"\n{\n", "half-good.jsonl:2"),
}  # fmt: skip


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """All the bad files, given to one command."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (content, _) in FILES.items():
        (folder / name).write_bytes(content)
    result = check(folder, folder / "missing.yaml", "--output", folder / "out.txt")
    assert not (folder / "out.txt").exists()
    assert not list(folder.glob(".out*"))
    return result


def test_every_bad_file_together_ends_with_status_2_and_no_traceback(
    refused: subprocess.CompletedProcess[str],
) -> None:
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert "internal error" not in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize("name", FILES)
def test_each_bad_file_is_named_with_what_is_wrong(
    refused: subprocess.CompletedProcess[str], name: str
) -> None:
    lines = [line for line in refused.stderr.splitlines() if f"/{name}" in line]

    assert any(FILES[name][1] in line for line in lines), lines


def test_a_missing_file_is_named(refused: subprocess.CompletedProcess[str]) -> None:
    assert "missing.yaml: there is no such file" in refused.stderr


def test_no_message_moves_the_terminal_and_none_is_endless(
    refused: subprocess.CompletedProcess[str],
) -> None:
    assert "\x1b" not in refused.stderr
    assert max(map(len, refused.stderr.splitlines())) < 2_000


def test_a_pipe_and_a_device_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")

    result = check(tmp_path / "pipe.yaml", "/dev/zero", "/dev/null")

    assert result.returncode == 2
    assert result.stderr.count("a pipe or a device") == 3


def test_a_pipe_a_broken_link_and_a_circle_of_links_in_a_folder_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "broken.yaml").symlink_to("nowhere")
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "folder.yaml" / "up").symlink_to(tmp_path)

    result = check(tmp_path)

    assert result.returncode == 2
    assert "pipe.yaml: this is a pipe" in result.stderr
    assert "broken.yaml: there is no such file" in result.stderr
    assert "circle.yaml: cannot read it" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named_and_spoils_no_other_message(tmp_path: Path) -> None:
    for name in ("file.yaml", "shut/inside.yaml", "folder/shut/inside.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(MINIMAL, encoding="utf-8")
    shut = [tmp_path / name for name in ("file.yaml", "shut", "folder/shut")]
    for path in shut:
        path.chmod(0)

    result = check(
        tmp_path / "file.yaml", tmp_path / "shut", tmp_path / "shut" / "inside.yaml", tmp_path / "folder"
    )

    for path in shut:
        path.chmod(0o700)
    assert result.returncode == 2
    assert result.stderr.count("no permission to read it") == 4


def test_names_that_no_file_can_have_are_refused(tmp_path: Path) -> None:
    below = tmp_path / "file.yaml"
    below.write_text(MINIMAL, encoding="utf-8")

    result = checked(tmp_path / ("x" * 5000), below / "inside.yaml")

    assert result.returncode == 2
    assert result.stderr.count("cannot read it") == 2


@pytest.mark.parametrize("output", ["x" * 300, "missing/report.txt", ".", "/dev/full"])
def test_an_output_that_cannot_be_written_is_named(tmp_path: Path, output: str) -> None:
    result = checked(BAD, "--output", tmp_path / output)

    assert result.returncode == 2
    assert "internal error" not in result.stderr
    assert str(tmp_path / output) in result.stderr


def test_a_folder_without_records_is_an_error(tmp_path: Path) -> None:
    result = checked(tmp_path)

    assert result.returncode == 2
    assert "no record in this folder" in result.stderr


def test_a_hundred_thousand_acts_are_refused_in_bounded_time_and_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    path.write_bytes(with_acts(*({"id": f"a{n}", "kind": "issue"} for n in range(100_000))))

    result = check(path)

    assert result.returncode == 2
    assert "100000 of them, the limit is 500" in result.stderr


BRACKETS = "[]" * 300
OPEN = {
    "a text that is left open": BRACKETS + '"' + '\\"x' * 200_000,
    "an escape that is left open": BRACKETS + '"' + '\\"x' * 200_000 + "\\",
    "words after the last bracket": BRACKETS + "x" * 400_000,
    "blanks after the last bracket": BRACKETS + " " * 400_000,
    "quotes after the last bracket": BRACKETS + '"' * 400_001,
    "an open text in a record": json.dumps({**JSON, "acts": [{"kind": "issue"}] * 499, "note": 'x"' * 9_000})[
        :-3
    ],
}


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN)
def test_what_is_left_open_is_refused_without_reading_the_rest_over_and_over(text: str) -> None:
    with pytest.raises(UnusableInput, match="JSON syntax"):
        read_json(text, "x.json")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    text = BAD.read_text(encoding="utf-8")
    plain, marked = tmp_path / "a" / "x.yaml", tmp_path / "b" / "x.yaml"
    plain.parent.mkdir()
    marked.parent.mkdir()
    plain.write_bytes(text.encode())
    marked.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    one, other = checked(plain), checked(marked)

    assert one.returncode == other.returncode == 1
    assert one.stdout.replace(f"{plain.parent}", f"{marked.parent}") == other.stdout


def test_texts_of_a_record_reach_the_terminal_with_their_control_characters_spelt_out(tmp_path: Path) -> None:
    evil = {**JSON, "title": "\x1b[31mred\u202e\r\nnext [bold]x[/bold]"}
    path = tmp_path / "evil.json"
    path.write_text(json.dumps(evil))

    result = checked(path)

    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "\\x1b[31mred\\u202e next [bold]x[/bold]" in result.stdout


def test_a_file_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\x1b[2J.yaml"
    Path(os.fsdecode(path)).write_text("x")

    result = checked(tmp_path)

    assert result.returncode == 2
    assert "\x1b" not in result.stderr
    assert "must be a mapping" in result.stderr


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["2024-01-01", "issue", "deliberation", "all", "是", "公布", "gov"])
)  # fmt: skip
keys = st.sampled_from(
    [
        "schema",
        "title",
        "body",
        "name",
        "acts",
        "kind",
        "id",
        "date",
        "complete",
        "kinds",
        "up_to",
        "traits",
        "行为",
    ]
) | st.text(max_size=6)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5), max_leaves=25
)  # fmt: skip


@given(anything)
@settings(max_examples=300)
def test_random_data_is_a_record_or_unusable_input(data: Any) -> None:
    with_head = {**JSON, **data} if isinstance(data, dict) else data

    for candidate in (data, with_head):
        attempt(candidate)


def changes(value: Any, part: Any) -> list[Any]:
    """What may stand in place of a value."""
    inside = list(value.values()) if isinstance(value, dict) else {"id": value}
    junk = [True, -1, 10**30, float("nan"), "", "\ud800", "x" * 30_000, {}, []]
    return [None, [value], [value] * 3, inside, copy.deepcopy(part), *junk]


@given(st.randoms(use_true_random=False), anything)
@settings(max_examples=200)
def test_random_changes_to_a_worked_record_are_read_or_refused(source: random.Random, part: Any) -> None:
    data = copy.deepcopy(WORKED)
    for _ in range(source.randint(1, 4)):
        holder: Any = data
        while True:
            places = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not places:
                break
            place = source.choice(places)
            inside = holder[place]
            if isinstance(inside, dict | list) and inside and source.random() < 0.7:
                holder = inside
                continue
            holder[place] = source.choice(changes(inside, part))
            break

    attempt(data)


def attempt(data: Any) -> None:
    with contextlib.suppress(UnusableInput):
        record(Source("x.yaml", data))
