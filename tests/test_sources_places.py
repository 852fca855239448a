"""Where each part of a text stands, and how files and lines become text."""

from __future__ import annotations

import json
from itertools import islice, repeat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_sources import DATA, TEXT

from decision_procedure import sources
from decision_procedure.errors import UnusableInput
from decision_procedure.sources import (
    MAX_BYTES,
    Source,
    files,
    lines_of,
    path_text,
    read_file,
    read_json,
    read_json_lines,
    read_yaml,
)

# --- positions ----------------------------------------------------------------------------------------------


def test_a_part_stands_where_its_key_or_its_item_stands() -> None:
    text = "# head\nbody:\n  name: x\nacts:\n  - kind: a\n    end: 1\n  -\n    kind: b\n  - c\n"

    line = read_yaml(text, "f").line

    assert [line(("body",)), line(("body", "name")), line(("acts",))] == [2, 3, 4]
    assert [line(("acts", 0)), line(("acts", 0, "end")), line(("acts", 1, "kind")), line(("acts", 2))] == [
        5,
        6,
        8,
        9,
    ]


def test_a_missing_part_stands_where_the_nearest_part_around_it_stands() -> None:
    line = read_json('{\n"a": [\n1,\n{"b": 2}]}', "f").line

    assert line(()) == line(("zz", 5)) == 1
    assert line(("a", 1, "zz", "y")) == 4
    assert line(("a", 7)) == line(("a", "b")) == line(("a", -1)) == 2


def test_data_that_came_from_no_text_has_no_lines() -> None:
    assert Source("sheet", {"a": 1}).line(("a",)) is None


@pytest.mark.parametrize(
    "text", ['\t{\t"a"\n\t:\n\t"\\ud83d\\ude00",\n"b\\/":\r\n1}', '{"k' + "k" * 2000 + '":\n 1}']
)
def test_json_that_is_no_yaml_has_lines_too(text: str) -> None:
    source = read_json(text, "f", first_line=11)

    assert source.line(()) == 11
    assert source.line((list(source.data)[-1],)) == 10 + text[: text.rfind('"')].count("\n") + 1


def paths(data: Any, path: tuple[str | int, ...] = ()) -> Any:
    yield path
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in entries:
        yield from paths(part, (*path, key))


@given(DATA)
def test_each_part_of_generated_json_is_found_on_the_line_where_it_was_written(data: Any) -> None:
    text = json.dumps(data, indent=1)
    source = read_json(text, "f")

    # With an indent every part that is not the whole begins a line of its own, in reading order.
    begun = [number for number, line in enumerate(text.split("\n"), 1) if line.strip(" ,") not in ("]", "}")]

    assert [source.line(path) for path in paths(source.data)] == begun


def quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


@given(st.lists(TEXT, unique=True, max_size=5), st.integers(0, 3))
def test_each_entry_of_generated_yaml_is_found_on_the_line_of_its_key(keys: list[str], gap: int) -> None:
    entry = "\n" * gap + "  - {}:\n      deeper: [1,\n        2]\n"
    source = read_yaml("all:\n" + "".join(entry.format(quoted(key)) for key in keys), "f")

    first = [2 + gap + index * (3 + gap) for index in range(len(keys))]

    assert [source.line(("all", index, key)) for index, key in enumerate(keys)] == first
    assert [source.line(("all", index, key, "deeper", 1)) for index, key in enumerate(keys)] == [
        line + 2 for line in first
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("acts", 3, "end"), "acts[3].end"),
        ((0, "a", 1, 2), "[0].a[1][2]"),
        (("a\x1b[2J\ud800",), "a\\x1b[2J\\ud800"),
        (("k" * 100, "a"), "k" * 59 + "….a"),
    ],
)
def test_a_path_is_written_for_people(path: tuple[str | int, ...], text: str) -> None:
    assert path_text(path) == text


# --- JSON lines ---------------------------------------------------------------------------------------------


def test_each_line_is_its_own_record_with_its_own_line_number() -> None:
    lines: list[str | bytes] = [
        '{"a": 1}\n',
        "\n",
        "{\n",
        b'{"a": NaN}\n',
        "中".encode("gb18030"),
        '\ufeff{"a": "\u2028"}\n',
    ]

    found = list(read_json_lines(lines, "f", read_json))

    assert [item.data for item in found if isinstance(item, Source)] == [{"a": 1}, {"a": "\u2028"}]
    assert [item.line(("a",)) for item in found if isinstance(item, Source)] == [1, 6]
    refused = [item.faults[0] for item in found if isinstance(item, UnusableInput)]
    assert [fault.line for fault in refused] == [3, 4, 5]


def test_lines_are_read_one_at_a_time() -> None:
    endless = repeat('{"a": 1}')

    assert len(list(islice(read_json_lines(endless, "f", read_json), 3))) == 3


def test_a_file_of_lines_may_be_larger_than_one_text_but_no_line_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sources, files):
        monkeypatch.setattr(module, "MAX_BYTES", 10)
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'[1]\n[2]\n["' + b"x" * 35 + b'"]\n[3]')

    found = list(read_json_lines(lines_of(path), "f", read_json))

    assert [item.data for item in found if isinstance(item, Source)] == [[1], [2], [3]]
    assert [item.text() for item in found if isinstance(item, UnusableInput)] == [
        "f:3: 过大，上限 20000000 字节"
    ]


# --- files --------------------------------------------------------------------------------------------------


def test_a_file_is_text_without_its_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeff标题: 一\r\n".encode())

    assert read_yaml(read_file(path), "f").data == {"标题": "一"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "the file is empty"),
        (b" \n\t", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"PK\x03\x04\x00", "binary data, not a text file"),
        ("标题".encode("utf-16"), "this is UTF-16: save the file as UTF-8"),
        (b"a: 1\nb: \xff\xff", "not UTF-8: save the file as UTF-8"),
        ("a: 1\nb: 标题".encode("gb18030"), "not UTF-8 (GB18030 / GBK): save the file as UTF-8"),
        (b"x" * (MAX_BYTES + 1), "too large: the limit is 20000000 bytes"),
    ],
)
def test_a_file_that_is_no_text_says_what_it_is(tmp_path: Path, raw: bytes, expected: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)

    with pytest.raises(UnusableInput) as caught:
        read_file(path)

    (fault,) = caught.value.faults
    assert (fault.file, fault.en) == (str(path), expected)
    assert fault.line == (2 if "not UTF-8" in expected else None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "this is a folder, not a file"),
        ("none.yaml", "there is no such file"),
        ("a\0b", "cannot read it"),
    ],
)
def test_a_path_that_cannot_be_read_says_why(tmp_path: Path, name: str, expected: str) -> None:
    with pytest.raises(UnusableInput, match=expected):
        read_file(tmp_path / name)
