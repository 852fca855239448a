"""Reading untrusted YAML and JSON: what is refused, with which words, and where each part stands."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from typing import Any

import pytest
import yaml
from conftest import HANGS
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.sources import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    decode,
    read_json,
    read_yaml,
    yaml_text,
)

READERS = [read_yaml, read_json]
WHOLE = st.integers(-(10**18) + 1, 10**18 - 1)
FRACTION = st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
DATA = st.recursive(
    st.none() | st.booleans() | WHOLE | FRACTION | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
# Pieces that the two grammars give a meaning to: arbitrary text seldom gets past the first character.
PIECES = st.lists(
    st.sampled_from("[]{},:-?&*!|>'\"%@`~#\\ \n\t\r\x85\u2028\ufeff\ud800中😀")
    | st.sampled_from(["a", "a: ", "- ", "1", "1.5", "1e999", "true", "null", "NaN", "-Infinity", "&a", "*a"])
    | st.sampled_from(["!!str ", "<<: ", "---\n", "...\n", "%YAML 1.9\n", "%TAG ! x\n"])
    | st.sampled_from([r"\ud800", r"\u0000", r"\x00", r"\U00110000"]),
    max_size=25,
).map("".join)


def faults(text: str, *, json: bool = False) -> tuple[Fault, ...]:
    with pytest.raises(UnusableInput) as caught:
        (read_json if json else read_yaml)(text, "f")
    return caught.value.faults


def messages(text: str, *, json: bool = False) -> list[str]:
    return [fault.text("en") for fault in faults(text, json=json)]


# --- YAML: what a plain value means -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "2023-03-06",
        "12:30:00",
        "yes",
        "no",
        "on",
        "off",
        "Yes",
        "True",
        "NULL",
        "007",
        "0o17",
        "0x1F",
        "1_000",
        "+5",
        "1e3",
        ".5",
        "5.",
        ".inf",
        ".nan",
        "=",
        "〔2019〕1号",
        "１２",
    ],
)
def test_a_plain_word_stays_text(word: str) -> None:
    assert read_yaml(f"a: {word}", "f").data == {"a": word}


@pytest.mark.parametrize(
    "word", ["true", "false", "null", "2023", "-7", "0", "1.5", "-0.25", "9" * 18], ids=str
)
def test_plain_numbers_true_false_and_null_mean_what_they_mean_in_json(word: str) -> None:
    found, expected = read_yaml(f"a: {word}", "f").data["a"], json.loads(word)

    assert found == expected
    assert isinstance(found, type(expected))


@pytest.mark.parametrize("nothing", ["", " ~", " null", " # a comment"])
def test_nothing_has_three_ways_to_be_written(nothing: str) -> None:
    assert read_yaml(f"a:{nothing}", "f").data == {"a": None}


@pytest.mark.parametrize("quoted", ['"true"', "'2023'", "'~'", '"<<"', "'*a'"])
def test_a_quoted_word_is_always_text(quoted: str) -> None:
    assert read_yaml(f"a: {quoted}", "f").data == {"a": quoted[1:-1]}


def test_folded_and_literal_blocks_keep_their_text() -> None:
    assert read_yaml("a: |\n  1\n  2\nb: >\n  x\n  y\n", "f").data == {"a": "1\n2\n", "b": "x y\n"}


# --- YAML: what is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3", "f:3: a: key used twice, first on line 1"),
        ("a:\n  - {b: 1, b: 2}", "f:2: a[0].b: key used twice, first on line 2"),
        ("a:\n  1: x", 'f:2: a: a key must be a text, put it in quotes: "1"'),
        ("true: x", 'f:1: a key must be a text, put it in quotes: "true"'),
        ("~: x", 'f:1: a key must be a text, put it in quotes: "null"'),
        ("? [a]\n: x", "f:1: a key must be a text, not a list or a mapping"),
        ("a: 1\n---\nb: 2", "f:2: only one document is allowed (a second ---)"),
        ("a: {}\nb:\n  <<: {c: 1}", "f:3: b.<<: merge keys (<<) are not allowed"),
        ("a: *x", "f:1: a: aliases are not allowed (quote a text that begins with *)"),
        ("a: &x 1", "f:1: a: anchors are not allowed (quote a text that begins with &)"),
        ("a: !x 1", "f:1: a: tags are not allowed (quote a text that begins with !)"),
        ("a: ! 1", "f:1: a: tags are not allowed (quote a text that begins with !)"),
        (
            "a: !!python/object/apply:os.system [x]",
            "f:1: a: tags are not allowed (quote a text that begins with !)",
        ),
        ('a: "x\\0"', "f:1: a: a text holds the character NUL"),
        ("a:\n  - x\x07", "f:2: an invisible character, U+0007: delete it"),
        ("a: x\u2028y", "f:1: an invisible character, U+2028: delete it"),
        ("a: \ud800", "f:1: a text holds half a character (a lone surrogate)"),
        ("a:\n\tb: 1", "f:2: indent with spaces, not with tabs"),
        ("# nothing\n", "f: there is nothing in it"),
        ("", "f: there is nothing in it"),
    ],
)
def test_yaml_that_a_record_does_not_need_is_refused_with_its_line(text: str, expected: str) -> None:
    assert messages(text) == [expected]


def test_an_alias_bomb_is_refused_at_its_first_alias() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)
    )

    found = messages(bomb)

    assert any(text.startswith("f:2: b[0]: aliases are not allowed") for text in found)


def test_every_fault_of_a_document_comes_at_once_in_order() -> None:
    text = "a: 1\na: 2\nb: *x\n3: c\nd: " + "9" * 19 + "\n"

    assert [fault.line for fault in faults(text)] == [2, 3, 4, 5]


def test_every_fault_speaks_both_languages() -> None:
    for fault in faults("a: 1\na: 2\nb: *x\n3: c\n") + faults("a: [1\nb: 2") + faults("[1,]", json=True):
        assert any("\u4e00" <= character <= "\u9fff" for character in fault.zh)
        assert fault.en.isascii()


def test_a_quote_that_never_ends_is_reported_with_the_line_on_which_it_began() -> None:
    fault = faults("a: 1\nb: 'x\nc: 2\nd: 3\n")[0]

    assert "begun on line 2" in fault.en
    assert "始于第 2 行" in fault.zh


@pytest.mark.parametrize(
    "text", ["a: [1", "a: b: c", "- a\nb: 1", "%FOO\n", "{a b: c", "]", '"\\q"', "a: `x"]
)
def test_broken_yaml_is_one_fault_with_a_line(text: str) -> None:
    (fault,) = faults(text)

    assert fault.line is not None
    assert fault.en.startswith("YAML syntax: ")


# --- JSON ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1,\n "a": 2}', "f:2: a: key used twice, first on line 1"),
        ('{"b": [{"a": "a", "c": 1,\n "a": 2}]}', "f:2: b[0].a: key used twice, first on line 1"),
        ("[1,\n NaN]", "f:2: [1]: NaN and Infinity are no JSON numbers"),
        ('{"a": -Infinity}', "f:1: a: NaN and Infinity are no JSON numbers"),
        ('{"a":\n "\\ud800"}', "f:2: a: a text holds half a character (a lone surrogate)"),
        ('{"a": "\\u0000"}', "f:1: a: a text holds the character NUL"),
        ('{"\\u0000": 1}', "f:1: \\x00: a text holds the character NUL"),
        ('["\ud800"]', "f:1: a text holds half a character (a lone surrogate)"),
        ('{"a": 1,\n x}', "f:2: JSON syntax: Expecting property name enclosed in double quotes"),
        ("[1]\n[2]", "f:2: JSON syntax: Extra data"),
        (" ", "f: there is nothing in it"),
    ],
)
def test_json_that_other_systems_would_misread_is_refused_with_its_line(text: str, expected: str) -> None:
    assert messages(text, json=True) == [expected]


def test_every_fault_of_a_json_text_comes_at_once() -> None:
    text = '{"a": NaN,\n"b": "\\ud800",\n"a": 1,\n"c": ' + "9" * 5000 + ',\n"d": 1e999}'

    assert [(fault.line, fault.key) for fault in faults(text, json=True)] == [
        (1, "a"),
        (2, "b"),
        (3, "a"),
        (4, "c"),
        (5, "d"),
    ]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("digits", ["9" * 19, "-" + "9" * 19, "9" * 5000, "0." + "9" * 200])
def test_a_number_too_long_for_other_systems_is_a_fault(reader: Any, digits: str) -> None:
    with pytest.raises(UnusableInput, match="more than 18 digits"):
        reader(f'{{"a": {digits}}}', "f")


def test_a_pair_of_escaped_halves_is_one_whole_character() -> None:
    assert read_json('{"a": "\\ud83d\\ude00", "b": "\\\\u0000"}', "f").data == {"a": "😀", "b": "\\u0000"}


def test_control_characters_other_than_nul_may_be_escaped_in_json() -> None:
    assert read_json('["\\u0007\\t"]', "f").data == ["\a\t"]


@given(DATA)
def test_sound_json_reads_as_the_standard_library_reads_it(data: Any) -> None:
    for text in (json.dumps(data), json.dumps(data, ensure_ascii=False, indent=2)):
        assert read_json(text, "f").data == json.loads(text)


# --- limits -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}"), ('[{"a": ', "}]")])
def test_the_same_depth_is_the_limit_for_both_formats(reader: Any, opening: str, closing: str) -> None:
    levels = MAX_DEPTH // len(closing)
    deep = opening * levels + "1" + closing * levels

    reader(deep, "f")

    with pytest.raises(UnusableInput, match="nested deeper than 40 levels"):
        reader(f"[{deep}]", "f")


@pytest.mark.parametrize("count", [41, 499, 501, 2_000])
def test_a_deep_json_text_is_refused_on_the_line_where_it_gets_too_deep(count: int) -> None:
    text = '["]]]]",\n' * count + "1" + "]" * count

    (fault,) = faults(text, json=True)

    assert fault.line == MAX_DEPTH + 1
    assert "nested" in fault.en


def test_a_wide_json_text_is_not_deep() -> None:
    text = json.dumps([{"a": ["[[["]}] * 400)

    assert len(read_json(text, "f").data) == 400


@pytest.mark.parametrize(
    "opening", ["[", "{", '{"a":', '[{"a":', "- ", "? ", "a:\n ", "[\n", "!!a [", "&a [", '["']
)
def test_no_nesting_brings_the_process_down(opening: str) -> None:
    program = (
        "import sys, threading\n"
        "from decision_procedure.errors import UnusableInput\n"
        "from decision_procedure.sources import read_json, read_yaml\n"
        "sys.setrecursionlimit(10**6)\n"
        "def run():\n"
        "    for read in (read_json, read_yaml):\n"
        "        for text in (sys.argv[1] * 100_000, sys.argv[1] * 100_000 + ']' * 100_000):\n"
        "            try:\n"
        "                read(text, 'f')\n"
        "            except UnusableInput:\n"
        "                print('refused')\n"
        "threading.stack_size(256 * 1024)\n"
        "thread = threading.Thread(target=run)\n"
        "thread.start(); thread.join()\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, opening], capture_output=True, text=True, timeout=HANGS
    )

    assert (done.returncode, done.stdout) == (0, "refused\n" * 4), done.stderr


@pytest.mark.parametrize("reader", READERS)
def test_too_many_values_are_refused(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("tree", "json_text"):
        monkeypatch.setattr(f"decision_procedure.sources.{module}.MAX_NODES", 50)

    reader("[" + ",".join("1" * 49) + "]", "f")

    with pytest.raises(UnusableInput, match="more than"):
        reader("[" + ",".join("1" * 50) + "]", "f")
    assert MAX_NODES >= 100_000


@pytest.mark.parametrize("reader", READERS)
def test_a_text_over_the_limit_is_refused(reader: Any) -> None:
    with pytest.raises(UnusableInput, match="too large"):
        reader("中" * (MAX_BYTES // 3 + 1), "f")


def test_a_flood_of_faults_is_cut() -> None:
    found = messages("[" + "*a ," * 5_000 + "]")

    assert len(found) == 1_001
    assert any(text.endswith("only 1000 faults are listed") for text in found)


# --- nothing but UnusableInput ------------------------------------------------------------------------------


@settings(max_examples=300)
@given(st.text(max_size=40) | PIECES)
def test_any_text_is_read_or_refused(text: str) -> None:
    for reader in READERS:
        try:
            source = reader(text, "f")
        except UnusableInput:
            continue
        assert source.line(("x", 0)) is not None


@given(PIECES)
def test_the_parser_in_python_refuses_as_cleanly_as_the_one_in_c(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "_PARSER", yaml.SafeLoader)

        with suppress(UnusableInput):
            read_yaml(text, "f")


@given(st.binary(max_size=40))
def test_any_bytes_are_decoded_or_refused(raw: bytes) -> None:
    with suppress(UnusableInput):
        assert decode(raw, "f").strip()
