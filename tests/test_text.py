"""The text view: names, places, widths, and untrusted text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import report
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

import decision_procedure as dp
from decision_procedure.cli.paper import broken
from decision_procedure.model.places import Place, Places, parse_place
from decision_procedure.render.text.lines import plain
from decision_procedure.render.text.names import Names

HEAD = {"schema": 1, "title": "甲", "body": {"name": "乙"}}

texts = st.text(st.sampled_from("ab12-/ .,()征求意见公告,。;:“”《》〔〕"), max_size=120)


@given(texts, st.integers(min_value=4, max_value=60))
def test_no_part_of_a_broken_text_is_too_wide_and_nothing_but_spaces_is_lost(text: str, room: int) -> None:
    parts = [part.plain for part in broken(Text(text), room)]

    assert all(cell_len(part) <= room for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_chinese_breaks_between_characters_but_not_before_closing_punctuation() -> None:
    parts = [part.plain for part in broken(Text("公开征求意见,二十日(含)"), 12)]

    assert parts[0] == "公开征求意"
    assert not any(part.startswith((",", ")")) for part in parts)


@given(st.text())
def test_plain_text_holds_no_control_character_and_no_line_break(text: str) -> None:
    assert plain(text).isprintable()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("acts[a12].attendees[2].view", Place("a12", "attendees", 2, "view")),
        ("acts[a12].end", Place("a12", "end")),
        ("acts[x].y].end", Place("x].y", "end")),
        ("traits.professional", Place(None, "traits.professional")),
        ("acts(deliberation)", None),
        ("acts[nobody].end", None),
        ("", None),
    ],
)
def test_places_are_read_back_whatever_an_identifier_holds(text: str, place: Place | None) -> None:
    assert parse_place(text, {"a12", "x].y"}) == place


def test_a_place_is_found_on_its_line_by_english_chinese_and_derived_names() -> None:
    text = (
        "格式版本: 1\ntitle: 甲\nbody: {name: 乙}\ntraits:\n  专业性技术性较强:\n    值: true\nacts:\n"
        "  - kind: 公开征求意见\n    编号: a\n    开始日期: 2024-01-01\n    end: 2024-02-01\n"
    )
    places = Places("x.yaml", text, dp.parse_decision(text, json=False))

    found = {
        name: places.place(name)
        for name in (
            "acts[a].start",
            "acts[a].begun",
            "acts[a].done",
            "traits.professional",
            "acts[a].received",
        )
    }

    assert {name: quote.line for name, quote in found.items() if quote} == {
        "acts[a].start": 10,
        "acts[a].begun": 10,
        "acts[a].done": 11,
        "traits.professional": 6,
        "acts[a].received": 8,
    }
    assert found["acts[a].begun"] is not None
    assert found["acts[a].begun"].text == "开始日期: 2024-01-01"


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("第十五条第一款", "Art. 15(1)"), ("第三十八条", "Art. 38"), ("第二十九条第一项", "Art. 29(1)"),
        ("第十条", "Art. 10"), ("第一百零二条", "Art. 102"), ("第四条至第七条", "Art. 4 to Art. 7"),
        ("第十八条、第二十九条", "Art. 18, Art. 29"), ("第三十条第一款、第二款", "Art. 30(1), (2)"),
        ("第十六条第一款前段", "Art. 16(1), first part"), ("第三十二条但书", "Art. 32, proviso"),
        ("第五条以后", "Art. 5 and after"), ("第十九点", "Point 19"),
        ("听证部分(条次未见)", "part on hearings (article number not seen)"),
        ("跟踪、评估和终身责任部分", "part on tracking, evaluation and lifelong accountability"),
        ("本县的办法", "本县的办法"), ("第三条(附注)", "Art. 3 (附注)"),
    ],
)  # fmt: skip
def test_articles_read_as_numbers_in_english(zh: str, en: str) -> None:
    decision = dp.parse_decision(json.dumps(HEAD))

    assert Names(decision, "en").article(zh) == en
    assert Names(decision, "zh").article(zh) == zh


def test_names_stand_for_identifiers_and_labels_for_words(clean: dict[str, Any]) -> None:
    names = Names(report(clean).decision, "zh")

    assert names.unit("zj") == "示例县住房和城乡建设局"
    assert names.value(["p-chief", "p-vice"], ("meeting", "speaking_order")) == "甲、乙"
    assert names.value("executive", ("meeting", "meeting_type")) == "常务会议"
    assert names.value("gov", ("", "lead_unit")) == "示例县人民政府"
    assert names.place((("experts", "experts", 1), "direct_interest"), "experts") == "庚 直接利害关系"
    assert names.document("d-min") == "常务会议纪要"
