"""A masked report holds no name, whatever the names and wherever they stand; and can be shown to match."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

import pytest
from conftest import act, record, report
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.errors import UnusableArgument
from decision_procedure.exchange.graphml import graphml_text
from decision_procedure.exchange.prov import prov_text
from decision_procedure.masking import (
    WITHHELD,
    Opening,
    commitment,
    opens,
)
from decision_procedure.masking.fields import leaves
from decision_procedure.masking.name_folding import FoldedNames, fold
from decision_procedure.model.decision import Decision
from decision_procedure.model.vocabulary import WORDS
from decision_procedure.results.fingerprints import fingerprints
from decision_procedure.trails.matrix import matrix
from decision_procedure.trails.questions import last_gates, settling
from decision_procedure.trails.replies import gates_text, settling_text
from tools.fuzz.filled import filled

SALT = bytes(range(16))
PEOPLE = ("p-chief", "p-vice", "p-cz", "p-zj", "p-zj2", "p-e1", "p-e2")


def named(names: tuple[str, ...], *, text: str = "{0}、{1}签发,{3}经办") -> dict[str, Any]:
    """Return the record of nine breaches with these names, which also stand in every kind of free text."""
    data = record("示例县-多处不合规")
    for person, name in zip(data["people"], names, strict=True):
        person["name"] = name
    written = text.format(*names)
    data["title"] = f"关于{written}的事项"
    data["note"] = data["source"] = written
    data["traits"]["touches_other_units"]["basis"] = written
    data["complete"]["stated_by"] = written
    for document in data["documents"]:
        document["title"] = f"{written}({document['kind']})"
        document["location"] = f"柜{written}"
        document["number"] = f"{written}〔2024〕1号"
    for item in data["acts"]:
        item["note"] = written
    data["people"][0]["posts"][0]["post"] = f"县长(接{names[1]})"
    data["units"].append({"id": "law", "name": f"{names[2]}律师事务所"})
    act(data, "experts")["experts"].append(
        {"name": names[5], "direct_interest": True, "gave_written_opinion": True, "signed_or_sealed": False}
    )
    act(data, "meeting")["attendees"][1]["recused"] = True
    return data


def outputs(masked: Any) -> dict[str, str]:
    """Return everything that can be exported from a masked report, by format."""
    found, trail = masked.report, dp.trail(masked)
    procedure = dp.procedure(found.decision)
    cells = matrix(found, procedure)
    return {
        "zh": trail.text("zh"),
        "en": trail.text("en"),
        "json": trail.to_json(),
        "graphml": graphml_text(trail),
        "prov": prov_text(trail),
        "matrix": cells.text("zh") + cells.text("en"),
        "csv": cells.csv("zh") + cells.csv("en"),
        "gates": gates_text(last_gates(found, trail, procedure), trail, procedure),
        "settling": settling_text(settling(trail), trail),
        "report": found.to_json(),
    }


def readings(text: str) -> Iterator[str]:
    """Yield a text as written and as unescaped, in every normal form, folded too."""
    for read in dict.fromkeys((text, unquote(text), html.unescape(text))):
        forms = [unicodedata.normalize(form, read) for form in ("NFC", "NFD", "NFKC", "NFKD")]
        yield from dict.fromkeys([*forms, fold(read)])


def assert_without(masked: Any, names: tuple[str, ...]) -> None:
    for kind, text in outputs(masked).items():
        for read in readings(text):
            for name in names:
                assert name not in read, (kind, name)
                assert fold(name) not in read, (kind, name)


ORDINARY = ("张伟民", "李娜", "王芳菲", "赵国强", "钱小明", "孙立平", "周杰仁")


def test_no_format_of_a_masked_trail_holds_any_of_the_names() -> None:
    masked = dp.mask(report(named(ORDINARY)), salt=SALT)

    assert_without(masked, ORDINARY)


def test_the_unmasked_formats_do_hold_the_names_so_that_the_search_can_fail() -> None:
    found = report(named(ORDINARY))
    trail = dp.trail(found)

    for text in (trail.text("zh"), trail.to_json(), graphml_text(trail), prov_text(trail)):
        assert ORDINARY[0] in text


def test_a_name_inside_a_longer_name_and_names_that_overlap_leave_nothing_behind() -> None:
    names = ("张三丰", "张三", "三丰收", "李四光明", "四光", "光明磊", "阿明")

    masked = dp.mask(report(named(names, text="张三丰收粮,张三,李四光明磊落")), salt=SALT)

    assert_without(masked, names)


def test_a_name_in_another_unicode_form_or_spaced_or_dotted_is_found() -> None:
    names = ("Zoë Åström", "José", "阿卜杜拉·买买提", "樂華", "张三", "ﬁona", "Ｌｉｘｉａ")
    text = (
        "Zoe\u0308 A\u030astro\u0308m JOSE\u0301 阿卜杜拉•买买提 \uf914華 张\u3000三 张\u200b三 FIONA lixia"
    )

    masked = dp.mask(report(named(names, text=text)), salt=SALT)

    assert_without(masked, names)
    title = masked.report.decision.title
    assert "〔" in title
    assert "買" not in title


def test_variation_selectors_in_a_name_do_not_keep_it_from_being_masked() -> None:
    text = "葛\U000e0100小\ufe00琴、李\ufe0f娜\U000e0101、王\u180b芳,与赵\U000e01ef国强"

    masked = dp.mask(report(named(("葛小琴", "李娜", "王芳", "赵国强", *ORDINARY[4:]), text=text)), salt=SALT)

    assert_without(masked, ("葛小琴", "李娜", "王芳", "赵国强"))
    title = masked.report.decision.title
    assert title.count("〔") == 4
    assert title.isprintable()


@pytest.mark.parametrize("joiner", [".", "．", "-", "—", "_", "'", "’", "‧", " - "])
def test_what_joins_the_parts_of_a_name_makes_no_difference(joiner: str) -> None:
    names = ("阿卜杜拉·买买提", "Jean-Paul", "O'Brien", *ORDINARY[3:])
    text = f"阿卜杜拉{joiner}买买提、Jean{joiner}Paul、O{joiner}Brien,与赵{joiner}国{joiner}强"

    masked = dp.mask(report(named(names, text=text)), salt=SALT)

    assert_without(masked, names)
    assert masked.report.decision.title.count("〔") == 4


@pytest.mark.parametrize("turned", [False, True])
def test_radicals_as_texts_out_of_a_pdf_have_them_stand_for_their_characters(turned: bool) -> None:
    plain, copied = ("马长民", "黄龙飞", "金见青"), ("⻢⻓⺠", "⻩⻰⻜", "⾦⻅⻘")
    names, written = (copied, plain) if turned else (plain, copied)

    masked = dp.mask(report(named((*names, *ORDINARY[3:]), text="与".join(written))), salt=SALT)

    assert masked.report.decision.title.count("〔") == 3
    assert not any(name in text for text in outputs(masked).values() for name in (*plain, *copied))


@pytest.mark.parametrize(
    "spelt",
    [
        quote("张伟民"), quote("张伟民").lower(), quote(quote("张伟民")), quote("张伟民", encoding="gb18030"),
        quote("张伟民").replace("%", "&#37;"), quote("张伟民", encoding="gb18030").replace("%", r"\u0025"),
        "&#24352;&#20255;&#27665;", "&#x5F20;&#x4F1F;&#x6C11;", r"\u5f20\u4f1f\u6c11", "张%E4%BC%9F民", "%u5F20%u4F1F%u6C11",
        r"\u{5f20}\u{4f1f}\u{6c11}", r"\U00005f20\U00004f1f\U00006c11", "U+5F20 U+4F1F U+6C11", "张+伟+民",
        r"\xe5\xbc\xa0\xe4\xbc\x9f\xe6\xb0\x91", r"\345\274\240\344\274\237\346\260\221", "=E5=BC=A0=E4=BC=9F=E6=B0=91",
    ],
)  # fmt: skip
def test_a_text_that_spells_a_name_in_codes_is_withheld_whole(spelt: str) -> None:
    data = named(ORDINARY, text="{0}")
    data["documents"][0]["location"] = f"https://example.org/{spelt}.pdf"
    data["documents"][1]["location"] = "https://example.org/%E5%BC%A0%E4%B8%89.pdf"

    masked = dp.mask(report(data), salt=SALT).report.decision

    found = {document.id: document.location for document in masked.documents}
    assert found[data["documents"][0]["id"]] == WITHHELD
    assert found[data["documents"][1]["id"]] == "https://example.org/%E5%BC%A0%E4%B8%89.pdf"


@pytest.mark.parametrize(
    "spelt", ["%F0%A0%80%8B田", r"\ud840\udc0b田", r"\uD840\uDC0B\u7530", "&#131083;&#30000;"]
)
def test_a_rare_character_spelt_in_two_halves_is_known(spelt: str) -> None:
    names = FoldedNames([("𠀋田", "P1")])

    assert names.within(f"见{spelt}.pdf")
    assert not names.within(r"见\ud840\udc0c田.pdf")


@pytest.mark.parametrize(
    "written",
    ["张伟民(男)", "张伟民(县长)", "县长张伟民", "张伟民、高远山", "县长 张伟民【兼】", "〔挂职〕张伟民"],
)
def test_a_name_in_a_text_that_says_more_than_a_name_is_found_elsewhere(written: str) -> None:
    data = named((written, *ORDINARY[1:]), text="张伟民签发")
    data["people"][0]["posts"][0]["post"] = "县长"

    masked = dp.mask(report(data), salt=SALT)

    assert_without(masked, ("张伟民", *ORDINARY[1:]))
    assert "县长" in {post.post for person in masked.report.decision.people for post in person.posts}


def test_a_name_inside_a_word_is_masked_there_too() -> None:
    names = ("高明", "新建", "平安", "永定", "长乐", "吉安", "保定")

    masked = dp.mask(report(named(names, text="高明区新建平安永定桥长乐吉安保定")), salt=SALT)

    assert_without(masked, names)


def test_a_text_that_holds_a_name_of_one_character_is_withheld_whole() -> None:
    data = record("示例县-多处不合规")
    data["title"] = "甲与众人议定的事项"
    data["documents"][2]["title"] = "调研报告"

    masked = dp.mask(report(data), salt=SALT)

    assert masked.report.decision.title == WITHHELD
    assert next(item.title for item in masked.report.decision.documents if item.id == "d-res") == "调研报告"


def test_no_text_of_the_record_holds_a_name_of_one_character() -> None:
    data = named(("甲", "乙", "丙", "丁", "戊", "己", "庚"))

    masked = dp.mask(report(data), salt=SALT)

    for text in record_texts(masked.report.decision):
        assert not set("甲乙丙丁戊己庚") & set(text), text


def test_the_wording_of_the_law_stays_though_somebody_is_called_by_its_words() -> None:
    names = ("讨论", "草案", "单位", "公布", "条例", "意见", "审查")

    found = report(named(names))
    masked = dp.mask(found, salt=SALT)
    trail = dp.trail(masked)

    assert "未经合法性审查或者审查未通过的草案，不提交讨论" in trail.text("zh")
    assert masked.report.duties == found.duties
    for text in record_texts(masked.report.decision):
        assert not any(name in text for name in names)


def chosen(found: dp.Report) -> list[tuple[str, str]]:
    """What a record takes from lists of words, where it stands in the evidence."""

    def within(tree: Any) -> Iterator[tuple[str, str]]:
        if isinstance(tree["value"], str) and tree["value"] in {word for words in WORDS for word in words}:
            yield tree["place"], tree["value"]
        for child in tree["children"]:
            yield from within(child)

    return [
        each
        for item in found.to_dict()["verdicts"]
        for tree in item["trees"].values()
        for each in within(tree)
    ]


def test_a_name_that_is_also_a_word_of_the_library_leaves_that_word_where_the_record_chose_it() -> None:
    names = ("passed", "executive", "website", "adopt", "county", "plan", "government")
    found = report(named(names))

    masked = dp.mask(found, salt=SALT).report

    assert masked.decision.body.level == "county"
    assert {value for _, value in chosen(found)} & set(names)
    assert chosen(masked) == chosen(found)


def test_an_answer_says_on_which_duty_it_is_though_the_letters_of_the_law_are_somebodys_name() -> None:
    data = named(("C.N.", *ORDINARY[1:]))
    data["judgements"] = [
        {
            "duty": "cn-713.15.1d",
            "act": "comment",
            "answer": "met",
            "reason": "已核",
            "by": "李娜",
            "day": "2024-04-02",
        }
    ]

    (item,) = dp.mask(report(data), salt=SALT).report.judgements

    assert item.duty == "cn-713.15.1d"
    assert item.by != "李娜"


def test_an_act_that_another_shows_is_named_by_what_stands_for_that_other() -> None:
    data = named(ORDINARY)
    act(data, "issued")["id"] = "李娜签发"
    data["acts"] = [item for item in data["acts"] if item["kind"] != "decision"]
    found = report(data)

    masked = dp.mask(found, salt=SALT).report

    assert {name: item.source for name, item in found.implied.items()} == {"李娜签发~decision": "李娜签发"}
    assert {name: f"{item.source}~{item.kind}" for name, item in masked.implied.items()} == {
        name: name for name in masked.implied
    }
    assert "李娜" not in masked.to_json()


def test_an_identifier_that_is_or_holds_a_name_gives_way_as_well() -> None:
    text = json.dumps(record("示例县-多处不合规"), ensure_ascii=False)
    text = (
        text.replace('"p-vice"', '"李娜"')
        .replace('"d-min"', '"纪要-李娜"')
        .replace('"meeting"', '"李娜主持"')
    )
    data = json.loads(text)
    act(data, "experts")["form"] = "meeting"
    data["people"][1].update(name="李娜")
    data["title"] = "李娜牵头的事项"

    masked = dp.mask(report(data), salt=SALT)

    assert_without(masked, ("李娜",))
    assert len(dp.trail(masked).nodes) == len(dp.trail(report(data)).nodes)


def test_an_identifier_made_from_the_content_of_an_act_gives_nothing_to_try_names_on() -> None:
    data = named(ORDINARY)
    del act(data, "experts")["id"]
    found = report(data)
    made = next(item.id for item in found.decision.acts if item.kind == "expert_review")

    masked = dp.mask(found, salt=SALT)

    assert made is not None
    assert all(made not in text for text in outputs(masked).values())


def test_a_name_of_dots_and_blanks_alone_is_not_shown() -> None:
    data = record("示例县-多处不合规")
    data["people"][0]["name"] = "· ·"

    masked = dp.mask(report(data), salt=SALT)

    assert "· ·" not in {person.name for person in masked.report.decision.people}


def test_a_unit_that_waives_under_its_short_name_is_no_person() -> None:
    data = record("示例县-多处不合规")
    data["units"][0]["aliases"] = ["县政府"]
    grant = {"authority": "县政府", "basis": "情况说明", "date": "2024-03-01"}
    data["waivers"] = [{"duty": "cn-713.15.1d", **grant}]

    masked = dp.mask(report(data), salt=SALT)

    assert [item.authority for item in masked.report.decision.waivers] == ["县政府"]
    assert [item.approver for item in masked.report.waivers] == ["县政府"]


def test_a_note_on_a_waiver_tells_no_fingerprint_on_which_a_name_could_be_tried() -> None:
    data = record("示例县-多处不合规")
    grant = {"authority": "县政府", "basis": "情况说明", "date": "2024-03-01"}
    data["waivers"] = [{"duty": "cn-713.15.1d", **grant}]
    found = report(data)
    name = fingerprints(found)["cn-713.15.1d", "comment"]

    masked = dp.mask(found, salt=SALT).report

    assert name in found.waiver_notes[0].zh
    assert masked.waiver_notes[0].zh == found.waiver_notes[0].zh.replace(name, "…")
    assert name not in masked.to_json()


def test_two_people_of_one_name_share_what_stands_in_texts_but_not_their_pseudonyms() -> None:
    names = ("张伟民", "张伟民", *ORDINARY[2:])

    masked = dp.mask(report(named(names)), salt=SALT)

    both = sorted(key for key, item in masked.openings.items() if item.name == "张伟民")
    assert len(both) == 2
    assert f"〔{'/'.join(both)}〕" in masked.report.decision.title


def test_pseudonyms_use_no_character_of_any_name() -> None:
    names = ("Peter 10", "人员甲", "Quincy9", *ORDINARY[3:])

    masked = dp.mask(report(named(names)), salt=SALT)

    used = set(fold("".join(names)))
    assert all(used.isdisjoint(fold(key)) for key in masked.commitments)


@pytest.mark.parametrize(
    "others", [("吴一帆", "郑爽朗", "冯巩汉", "陈道明亮", "褚时健康", "卫子夫人", "蒋欣荣")]
)
def test_the_masked_exports_are_the_same_whatever_the_names(others: tuple[str, ...]) -> None:
    one, other = dp.mask(report(named(ORDINARY)), salt=SALT), dp.mask(report(named(others)), salt=SALT)

    for kind, text in outputs(type(one)(one.report, {}, {})).items():
        assert outputs(type(one)(other.report, {}, {}))[kind] == text, kind


CHARACTERS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=3)
LATIN = st.text(
    st.characters(min_codepoint=0xC0, max_codepoint=0x24F, categories=("Lu", "Ll")), min_size=4, max_size=8
)


@settings(max_examples=30)
@given(st.lists(st.one_of(CHARACTERS, LATIN), min_size=7, max_size=7), st.randoms(use_true_random=False))
def test_no_text_of_the_record_holds_any_name_hypothesis_finds(names: list[str], pick: Any) -> None:
    text = "".join(pick.choice(names) + pick.choice(["", "与", " ", "x", "·"]) for _ in range(8))
    data = named(tuple(names), text=text.replace("{", "").replace("}", ""))

    masked = dp.mask(report(data), salt=SALT)

    for written in record_texts(masked.report.decision):
        assert not any(fold(name) in fold(written) for name in names)


def test_masking_keeps_every_verdict_and_the_shape_of_the_trail() -> None:
    found = report(record("示例县-多处不合规"))

    masked = dp.mask(found, salt=SALT)

    before, after = dp.trail(found), dp.trail(masked)
    assert [item.outcome for item in masked.report.verdicts] == [item.outcome for item in found.verdicts]
    assert sorted(node.kind for node in after.nodes) == sorted(node.kind for node in before.nodes)
    assert sorted(edge.kind for edge in after.edges) == sorted(edge.kind for edge in before.edges)


# --- commitments --------------------------------------------------------------------------------------------


def test_the_same_salt_gives_the_same_masked_trail_to_the_byte_and_another_salt_other_commitments() -> None:
    found = report(named(ORDINARY))

    one, again, other = (dp.trail(dp.mask(found, salt=salt)) for salt in (SALT, SALT, b"another salt, 16+"))

    assert one.to_json() == again.to_json()
    assert set(one.commitments.values()).isdisjoint(other.commitments.values())


def test_each_commitment_opens_with_its_own_name_and_salt_only() -> None:
    masked = dp.mask(report(named(ORDINARY)), salt=SALT)
    first, second, *_ = sorted(masked.openings)

    assert opens(masked.commitments, first, masked.openings[first])
    assert not opens(masked.commitments, first, Opening("李四", masked.openings[first].salt))
    assert not opens(masked.commitments, first, masked.openings[second])
    assert not opens(masked.commitments, "P99", masked.openings[first])


@pytest.mark.parametrize("others", [("张三强", "李四方"), ("王芳菲", "张伟民"), ("吴一帆", "郑爽朗")])
def test_opening_a_name_opens_none_in_another_masking_with_the_same_salt(others: tuple[str, ...]) -> None:
    first = dp.mask(report(named(ORDINARY)), salt=SALT)
    second = dp.mask(report(named((*others, *ORDINARY[2:]))), salt=SALT)

    for key, opened in first.openings.items():
        if second.openings[key].name != opened.name:
            guess = Opening(second.openings[key].name, opened.salt)
            assert commitment(key, guess) != second.commitments[key]


def test_opening_one_name_does_not_let_the_others_be_tried() -> None:
    masked = dp.mask(report(named(ORDINARY)), salt=SALT)
    opened, *rest = sorted(masked.openings)

    for key in rest:
        guess = Opening(masked.openings[key].name, masked.openings[opened].salt)
        assert commitment(key, guess) != masked.commitments[key]


def test_a_name_in_another_unicode_form_opens_the_same_commitment() -> None:
    masked = dp.mask(report(named(("Zoë Åström", *ORDINARY[1:]))), salt=SALT)
    key = next(key for key, item in masked.openings.items() if item.name.startswith("Zo"))

    opening = Opening(unicodedata.normalize("NFD", "Zoë Åström"), masked.openings[key].salt)

    assert opens(masked.commitments, key, opening)


def test_without_a_salt_each_masking_takes_a_fresh_one() -> None:
    found = report(named(ORDINARY))

    assert set(dp.mask(found).commitments.values()).isdisjoint(dp.mask(found).commitments.values())


def test_a_salt_under_sixteen_bytes_is_refused() -> None:
    with pytest.raises(UnusableArgument, match="16"):
        dp.mask(report(record("示例县-多处不合规")), salt=b"short")


def test_what_prints_a_masked_report_prints_no_name() -> None:
    masked = dp.mask(report(named(ORDINARY)), salt=SALT)

    assert not any(name in repr(masked) for name in ORDINARY)


# --- what each text of a record is, is read off the model ---------------------------------------------------


def record_texts(decision: Decision) -> Iterator[str]:
    """Yield every string of a record in a field that holds text or an identifier."""
    data = decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    for text, role, _ in leaves(data, Decision):
        if role != "safe" and text != WITHHELD:
            yield text


def test_the_declarations_say_what_each_text_is() -> None:
    data = filled(lambda place: f"t:{place}", lambda name: f"i:{name}")

    found = {(text[:2], role) for text, role, _ in leaves(data, Decision)}
    roles = {text: role for text, role, _ in leaves(data, Decision)}

    assert {role for start, role in found if start == "i:"} == {"identifier"}
    assert {role for start, role in found if start == "t:"} == {"person", "authority", "title", "text"}
    assert {role for start, role in found if start not in ("i:", "t:")} == {"safe"}
    assert roles["t:waivers[].authority"] == roles["t:complete.stated_by"] == "authority"
    assert roles["t:units[].aliases[]"] == roles["t:people[].posts[].post"] == "title"


def test_names_of_people_and_experts_are_declared_as_such() -> None:
    data = filled(lambda place: f"t:{place}")

    found = {text for text, role, _ in leaves(data, Decision) if role == "person"}

    assert found == {"t:people[].name", "t:acts.expert_review.experts[].name"}


def test_what_no_declaration_speaks_of_counts_as_free_text() -> None:
    data = {
        "people": [],
        "acts": [{"kind": "hearing", "id": "a", "new": {"newer": ["张三", "hearing"]}}],
        "newest": "李四",
    }

    roles = {text: role for text, role, _ in leaves(data, Decision)}

    assert roles == {"hearing": "text", "a": "identifier", "张三": "text", "李四": "text"}


@pytest.mark.parametrize("name", ["张三丰", "李四光", "欧阳修文", "王五六"])
def test_numbers_do_not_follow_identifiers_made_from_content_that_holds_names(name: str) -> None:
    acts = [
        {"kind": "expert_review", "date": "2024-05-01", "experts": [{"name": name}, {"name": f"{name}{n}"}]}
        for n in "甲乙丙丁戊己"
    ]
    data = {"schema": 1, "title": "示例", "body": {"name": "示例县人民政府"}, "acts": acts}
    plain = report(data)

    masked = dp.mask(plain, salt=SALT).report.decision.acts

    pairs = sorted(zip(plain.decision.acts, masked, strict=True), key=lambda pair: pair[0].id)
    numbers = [int("".join(filter(str.isdecimal, act.id))) for _, act in pairs]
    experts = [int("".join(filter(str.isdecimal, act.experts[1].name or ""))) for _, act in pairs]
    assert numbers != sorted(numbers)
    assert experts != sorted(experts)
