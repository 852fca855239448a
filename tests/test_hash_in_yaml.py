"""A `#` that is no comment: what a value of YAML would lose without a word."""

from __future__ import annotations

import pytest

import decision_procedure as dp
from decision_procedure.errors import UnusableInput
from decision_procedure.sources import read_yaml, yaml_text

TITLE = "schema: 1\ntitle: {}\nbody: {{name: 甲}}\n"


def faults_of(text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(UnusableInput) as error:
        read_yaml(text, "f.yaml")
    return [(fault.line, fault.key, fault.en) for fault in error.value.faults]


CUT = {
    "a section of a road": ("title: 省道S332线 #3标段改建工程\n", 1, "title"),
    "the whole value": ("title: #3标段改建工程\n", 1, "title"),
    "a member of a list": ("a:\n- 甲\n- 乙 #2\n", 3, "a[1]"),
    "the whole member of a list": ("a:\n- #2号楼\n", 2, "a[0]"),
    "a date with a word after it": ("date: 2024-06-06 #审核\n", 1, "date"),
    "a number": ("count: 12 #x\n", 1, "count"),
    "a tab before it": ("title: 甲\t#乙\n", 1, "title"),
    "several spaces before it": ("title: 甲   #A座\n", 1, "title"),
    "the last line of a text of several": ("a:\n  title: 甲\n    乙 #3\n", 2, "a.title"),
    "a Latin letter": ("title: phase #b\n", 1, "title"),
    "a wide digit": ("title: 甲 #3\n", 1, "title"),
    "a key in quotes": ('"title": 甲 #3\n', 1, "title"),
    "a truth value": ("public: true #是\n", 1, "public"),
}


@pytest.mark.parametrize("name", CUT)
def test_a_hash_directly_before_a_letter_digit_or_character_in_an_unquoted_value_is_refused(
    name: str,
) -> None:
    text, line, key = CUT[name]

    (fault,) = faults_of(text)

    assert fault[:2] == (line, key)
    assert "quote the value" in fault[2]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("title: 甲 # 3标段\n", {"title": "甲"}),
        ("title: 甲 #\n", {"title": "甲"}),
        ("title: 甲 ## 乙\n", {"title": "甲"}),
        ("title: 甲 #(乙)\n", {"title": "甲"}),
        ("title: 甲#3标段\n", {"title": "甲#3标段"}),
        ("title: '甲 #3标段'\n", {"title": "甲 #3标段"}),
        ('title: "甲 #3标段"\n', {"title": "甲 #3标段"}),
        ("title: '甲' #乙\n", {"title": "甲"}),
        ("title: |\n  甲 #3标段\n", {"title": "甲 #3标段\n"}),
        ("title: >-\n  甲 #3标段\n", {"title": "甲 #3标段"}),
        ("#title: 乙\ntitle: 甲\n", {"title": "甲"}),
        ("a:\n  #b: 1\n  c: 2\n", {"a": {"c": 2}}),
        ("a: #list\n- 1\n", {"a": [1]}),
        ("a: [1, 2] #list\n", {"a": [1, 2]}),
    ],
)  # fmt: skip
def test_comments_and_quoted_texts_are_what_they_were(text: str, data: object) -> None:
    assert read_yaml(text, "f.yaml").data == data


def test_a_hash_that_breaks_the_brackets_around_it_is_named_beside_the_broken_syntax() -> None:
    found = faults_of("title: 甲\ntags: [一标 #2, 二标]\nnote: 乙\n")

    assert any(line == 2 and "quote the value" in text for line, _, text in found)


def test_every_cut_value_of_a_file_is_told_at_once() -> None:
    assert [line for line, _, _ in faults_of("a: 甲 #1\nb: 乙\nc: 丙 #2\n")] == [1, 3]


def test_the_slower_parser_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for text, _, _ in CUT.values() if "\t" not in text]  # it takes no tab before a comment
    expected = [faults_of(text) for text in texts]

    monkeypatch.setattr(yaml_text, "_PARSER", yaml_text.yaml.SafeLoader)

    assert [faults_of(text) for text in texts] == expected


def test_a_record_whose_title_would_be_cut_is_refused_and_quoted_it_is_read() -> None:
    title = "省道S332线 #3标段改建工程"

    with pytest.raises(UnusableInput) as error:
        dp.parse_decision(TITLE.format(title), json=False, name="f.yaml")
    read = dp.parse_decision(TITLE.format(f"'{title}'"), json=False)

    assert error.value.text("zh").startswith("f.yaml:2: title: ")
    assert "加引号" in error.value.text("zh")
    assert read.title == title
