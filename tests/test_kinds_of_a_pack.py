"""Kinds of act, fields, documents and traits that a county declares: read, checked, masked and told like those that ship."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from outputs import OUTPUTS
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.errors import BadPack, Fault
from decision_procedure.law.loading import load_together
from decision_procedure.model.acts import Act
from decision_procedure.model.kinds import SHIPPED, kinds_of

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to"
RULES, RECORD = HOW_TO / "kinds" / "rules", HOW_TO / "kinds" / "案卷.yaml"
PACK = next(RULES.glob("*.yaml"))
KIND = "slx-lz:integrity_review"
DAY = date(2024, 9, 30)
PEOPLE = ("text", "html", "word", "sheet", "excel", "trail", "matrix", "pictures")


@lru_cache
def law() -> dp.Law:
    return dp.load_law(RULES)


@lru_cache
def report() -> dp.Report:
    return dp.check(dp.load_decision(RECORD, law()), as_of=DAY, law=law())


@lru_cache
def english() -> dict[str, Any]:
    found: dict[str, Any] = report().to_dict()["record"]
    return found


def changed(path: tuple[Any, ...], value: Any) -> str:
    """The pack of the example with another value at a path."""
    data = yaml.safe_load(PACK.read_text("utf-8"))
    inner = data
    for part in path[:-1]:
        inner = inner.setdefault(part, {}) if isinstance(inner, dict) else inner[part]
    inner[path[-1]] = value
    return yaml.safe_dump(data, allow_unicode=True)


def faults_of(text: str) -> tuple[Fault, ...]:
    _, faults = load_together([("规定.yaml", text)], dp.load_law().packs)
    return tuple(faults)


def test_its_acts_fields_documents_and_traits_are_typed_like_those_that_ship() -> None:
    decision = report().decision
    act: Any = decision.acts[0]

    assert isinstance(act, Act)
    assert (act.kind, act.conclusion, act.reviewer, act.heads) == (
        KIND,
        "at_risk",
        "jw",
        ("contract", "tender"),
    )
    assert str(act.anchor) == str(act.done) == "2024-05-02"
    assert decision.documents[0].kind == "integrity_opinion"
    assert decision.traits.public_procurement.value is True  # type: ignore[attr-defined]


@pytest.mark.parametrize("written", ["json", "jsonl", "yaml"])
def test_a_record_is_the_same_in_english_and_in_every_format(written: str, tmp_path: Path) -> None:
    path = tmp_path / f"record.{written}"
    text = yaml.safe_dump(english()) if written == "yaml" else json.dumps(english(), ensure_ascii=False)
    path.write_text(text, encoding="utf-8")

    ((_, again),) = dp.load_decisions([tmp_path], law())
    assert again == dp.load_decision(path, law())
    assert dp.check(dp.load_decision(path, law()), as_of=DAY, law=law()) == report()


def test_its_duty_finds_its_gate_closes_and_what_was_done_behind_it_is_told() -> None:
    found = report()
    outcomes = {
        verdict.duty: verdict.outcome for verdict in found.verdicts if verdict.duty.startswith("slx-lz.")
    }

    assert outcomes["slx-lz.2"] == "satisfied"
    assert outcomes["slx-lz.3"] == "violated"
    assert outcomes["slx-lz.order.integrity_review-deliberation"] == "satisfied"
    assert found.gate("decision").state == "closed"
    assert "slx-lz.3" in found.gate("decision").blocked_by
    assert [item.get("act") for item in found.concluded("behind") if item.get("duty") == "slx-lz.3"] == ["j1"]
    assert found.need("integrity_review").need == "required"


def test_behind_a_gate_on_a_step_that_only_the_law_of_another_place_knows_stands_nothing() -> None:
    data = yaml.safe_load(PACK.read_text("utf-8"))
    data["head"]["uses"].append("sd-336")
    data["duties"][1]["closes"] = "office_meeting"
    text = yaml.safe_dump(data, allow_unicode=True)
    packs, faults = load_together([("规定.yaml", text)], dp.load_law().packs)
    county = dp.Law((*dp.load_law().packs, *packs), dp.load_law().register)

    found = dp.check(dp.load_decision(RECORD, county), as_of=DAY, law=county)

    assert faults == []
    assert [item.get("state") for item in found.concluded("gate") if item.get("duty") == "slx-lz.3"] == [
        "closed"
    ]
    assert not [item for item in found.concluded("behind") if item.get("duty") == "slx-lz.3"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", OUTPUTS)
def test_every_output_tells_it_and_those_for_people_by_its_name(form: str, lang: str) -> None:
    text = OUTPUTS[form](report(), lang)

    assert text
    if form in PEOPLE:
        assert KIND not in text
        assert "integrity_opinion" not in text
        assert form == "sheet" or ("廉洁性审查" if lang == "zh" else "ntegrity review") in text


def test_wrong_words_and_keys_of_it_are_told_with_the_right_ones(tmp_path: Path) -> None:
    path = tmp_path / "案卷.yaml"
    path.write_text(
        RECORD.read_text("utf-8").replace("有廉洁风险", "有风险").replace("已申报利益关系", "申报利益关系"),
        "utf-8",
    )

    with pytest.raises(dp.UnusableInput) as error:
        dp.load_decision(path, law())

    text = str(error.value)
    assert "有廉洁风险" in text
    assert "已申报利益关系" in text


def test_references_and_denials_of_it_are_checked_like_any_other(tmp_path: Path) -> None:
    act = {**english()["acts"][0], "reviewer": "nobody", "denied": ["interests_declared"]}

    with pytest.raises(dp.UnusableInput) as error:
        dp.parse_decision(json.dumps({**english(), "acts": [act]}), law=law())

    assert "nobody" in str(error.value)
    assert "interests declared is both stated and denied" in str(error.value)


def test_without_its_law_a_record_is_refused_and_the_pack_is_named() -> None:
    with pytest.raises(dp.UnusableInput) as error:
        dp.parse_decision(json.dumps(english()))

    assert "slx-lz" in str(error.value)
    assert "--rules" in str(error.value)


def test_a_record_of_another_place_may_not_use_it() -> None:
    body = {**english()["body"], "code": "441223"}

    with pytest.raises(dp.UnusableInput, match="slx-lz"):
        dp.parse_decision(json.dumps({**english(), "body": body}), law=law())


def test_a_record_read_without_its_law_is_checked_by_it_all_the_same() -> None:
    plain = {key: value for key, value in english().items() if key not in ("acts", "traits", "documents")}

    decision = dp.parse_decision(json.dumps(plain))
    found = dp.check(decision, as_of=DAY, law=law())

    assert type(found.decision) is type(report().decision)
    assert next(item for item in found.verdicts if item.duty == "slx-lz.2").outcome == "undetermined"


def test_a_record_and_a_report_travel_and_come_back_the_same() -> None:
    back: dp.Report = pickle.loads(pickle.dumps(report()))  # noqa: S301 - our own
    assert pickle.loads(pickle.dumps(report().decision)) == report().decision  # noqa: S301
    assert back.decision == report().decision
    assert back.to_json() == report().to_json()
    assert dp.Report.from_json(report().to_json(), law()) == report()

    many = list(dp.check_many([RECORD, report().decision], as_of=DAY, law=law(), processes=2))
    assert [item.to_json() for item in many if isinstance(item, dp.Report)] == [report().to_json()] * 2


def test_its_receipt_holds_and_is_replayed() -> None:
    dossier = dp.seal(report(), nonce="0" * 64)

    assert dp.replay(dossier, law=law()).same


def test_a_name_in_its_fields_is_masked() -> None:
    text = changed(
        ("kinds", "integrity_review", "fields", "signatory"),
        {"zh": "签字人", "en": "signatory", "type": "name"},
    )
    packs, faults = load_together([("规定.yaml", text)], dp.load_law().packs)
    assert faults == []
    county = dp.Law((*dp.load_law().packs, *packs), dp.load_law().register)
    act = {**english()["acts"][0], "signatory": "欧阳清风"}
    found = dp.check(
        dp.parse_decision(json.dumps({**english(), "acts": [act]}), law=county), as_of=DAY, law=county
    )

    masked = dp.mask(found, salt=b"0" * 16)

    assert "欧阳清风" in found.to_json()
    assert "欧阳清风" not in masked.report.to_json()
    assert "欧阳清风" not in dp.trail(masked).to_json()


def test_a_pack_may_add_a_field_to_a_kind_that_ships() -> None:
    field = {"zh": "已查廉洁性", "en": "integrity checked", "type": "flag"}
    text = changed(("fields", "legality_review", "integrity_checked"), field)
    packs, faults = load_together([("规定.yaml", text)], dp.load_law().packs)

    assert faults == []
    kinds = packs[0].kinds
    assert kinds.acts["legality_review"].model_fields.keys() - SHIPPED.acts[
        "legality_review"
    ].model_fields.keys() == {"integrity_checked"}
    assert kinds.key_names("integrity_checked") == ("已查廉洁性", "integrity checked")
    assert kinds.acts["hearing"] is SHIPPED.acts["hearing"]


WRONG: Mapping[str, tuple[tuple[Any, ...], Any, str]] = {
    "a key of every act": (("kinds", "integrity_review", "fields", "date"), {"zh": "审查日", "en": "d", "type": "date"}, "此名称已被使用"),
    "a member of the model": (("kinds", "integrity_review", "fields", "model_dump"), {"zh": "审查日", "en": "d", "type": "date"}, "此名称已被使用"),
    "a Chinese name taken": (("kinds", "integrity_review", "fields", "day"), {"zh": "日期", "en": "d", "type": "date"}, "“日期”已是 date"),
    "the name of another kind": (("kinds", "integrity_review", "zh"), "听证会", "已有行为叫“听证会”"),
    "a date that is none": (("kinds", "integrity_review", "anchor"), ["reviewer"], "没有此日期：reviewer"),
    "no date at all": (("kinds", "integrity_review", "done"), [], "至少写一个日期"),
    "a span without dates": (("kinds", "integrity_review", "spans"), [["date", "heads"]], "没有此日期：heads"),
    "a list of flags": (("kinds", "integrity_review", "fields", "passes"), {"zh": "各项通过", "en": "p", "type": "flag", "list": True}, "可成列表"),
    "a kind that there is not": (("fields", "hearing_of_angels"), {"x": {"zh": "天使", "en": "x", "type": "flag"}}, "没有这种行为：hearing_of_angels"),
    "a trait that ships": (("traits", "professional"), {"zh": "专业", "en": "p"}, "已有此名称：professional"),
    "a document that ships": (("documents", "minutes"), {"zh": "纪要", "en": "m"}, "已有此名称：minutes"),
    "words of another field": (("kinds", "integrity_review", "fields", "view"), {"zh": "审查态度", "en": "v", "type": {"clean": {"zh": "好", "en": "c"}, "at_risk": {"zh": "坏", "en": "r"}}}, "另有一组相同的词"),
    "a role of which no act names the unit": (("roles", "reviewing_unit", "unit"), "reviewr", "没有此单位字段：reviewr → reviewer?"),
    "a duty of a role that there is not": (("duties", 1, "bearer"), "slx-lz:reviewing", "没有此义务主体：slx-lz:reviewing → slx-lz:reviewing_unit?"),
    "a step of nobody": (("steps", 0, "bearer"), "CV", "没有此义务主体：CV"),
    "an unknown type": (("kinds", "integrity_review", "fields", "x"), {"zh": "某项", "en": "x", "type": "colour"}, "没有此值"),
    "markup in an identifier": (("kinds", "<script>"), {"zh": "某", "en": "x"}, "格式不符"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_may_not_be_declared_is_told_with_its_line(case: str) -> None:
    path, value, said = WRONG[case]

    faults = faults_of(changed(path, value))

    assert faults
    assert any(said in fault.zh for fault in faults), [fault.zh for fault in faults]
    assert all(fault.line for fault in faults)


def test_two_packs_of_a_place_may_not_declare_one_thing_differently(tmp_path: Path) -> None:
    other = (
        changed(("head", "id"), "slx-other")
        .replace("slx-lz:", "slx-other:")
        .replace("涉及政府采购", "涉及采购")
    )
    (tmp_path / "一.yaml").write_text(PACK.read_text("utf-8"), "utf-8")
    (tmp_path / "二.yaml").write_text(other, "utf-8")

    with pytest.raises(BadPack) as error:
        dp.load_law(tmp_path)

    said = [fault.zh for fault in error.value.faults]
    assert "slx-lz 已另作定义：public_procurement" in said
    assert "已有行为叫“廉洁性审查”" in said


def test_the_schema_of_records_knows_it_where_its_law_is_given() -> None:
    schema = json.dumps(dp.record_schema(law(), "999901"))

    assert KIND in schema
    assert "integrity_opinion" in schema
    assert KIND not in json.dumps(dp.record_schema(law(), "441223"))
    assert KIND not in json.dumps(dp.record_schema())


def test_the_law_that_ships_declares_nothing_so_that_records_are_read_without_loading_it() -> None:
    assert [pack.head.id for pack in dp.load_law().packs if pack.file.declared] == []
    assert dp.load_law().models("441223", "") is dp.Decision


def test_examples_of_its_duties_are_written_and_run_like_any_other() -> None:
    for command in ("lint", "test", "coverage", "mutate"):
        result = CliRunner().invoke(app, ["rules", command, str(PACK)])
        assert "internal error" not in result.output
        assert command in ("coverage", "mutate") or result.exit_code == 0, result.output


def test_a_duty_is_borne_by_the_unit_that_its_role_names() -> None:
    (found,) = [item for item in report().findings() if item.duty == "slx-lz.3"]

    assert (found.bearer, found.role.zh, found.role.en) == (
        "slx-lz:reviewing_unit", "廉洁性审查单位", "integrity reviewer"
    )  # fmt: skip
    assert found.units == ("jw",)


@pytest.mark.parametrize(("named", "units"), [(["jw"], ("jw",)), (["jw", "gov"], ("",))])
def test_of_a_list_of_units_the_only_one_bears_the_duty_and_of_several_none_is_told(
    named: list[str], units: tuple[str, ...]
) -> None:
    text = changed(("kinds", "integrity_review", "fields", "reviewer", "list"), True)
    packs, faults = load_together([("规定.yaml", text)], dp.load_law().packs)
    county = dp.Law((*dp.load_law().packs, *packs), dp.load_law().register)
    acts = [item | ({"reviewer": named} if "reviewer" in item else {}) for item in english()["acts"]]
    told = json.dumps({**english(), "acts": acts})

    (found,) = [
        item
        for item in dp.check(dp.parse_decision(told, law=county), as_of=DAY, law=county).findings()
        if item.duty == "slx-lz.3"
    ]

    assert faults == []
    assert found.units == units


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "html", "trail", "github", "sarif", "pictures"])
def test_a_role_is_told_by_its_name(form: str, lang: str) -> None:
    text = re.sub(r' id="[^"]*"', "", OUTPUTS[form](report(), lang))

    assert ("廉洁性审查单位" if lang == "zh" else "integrity reviewer") in text
    assert "slx-lz:reviewing_unit" not in text


def test_a_trail_that_is_summed_up_names_the_kinds_of_document() -> None:
    told = "".join(dp.diagram(dp.trail(report()), kind="trail").svgs())

    assert "integrity_opinion" not in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_the_instrument_lists_what_it_declares(lang: str) -> None:
    result = CliRunner().invoke(app, ["rules", "show", "slx-lz", "--rules", str(RULES), "--lang", lang])

    assert KIND in result.output
    assert "public_procurement" in result.output
    assert "slx-lz:reviewing_unit" in result.output


def test_a_law_knows_what_everything_in_it_is_called() -> None:
    words = law().words

    assert {name: words[name].zh for name in (KIND, "slx-lz:reviewing_unit", "public_procurement", "reviewer")} == {
        KIND: "廉洁性审查", "slx-lz:reviewing_unit": "廉洁性审查单位", "public_procurement": "涉及政府采购",
        "reviewer": "廉洁性审查单位",
    }  # fmt: skip
    assert (words["public_comment"].en, words["LR"].zh) == ("public comment", "合法性审查部门")
    assert KIND not in dp.load_law().words


def test_kinds_of_a_record_are_those_of_its_model() -> None:
    kinds = kinds_of(type(report().decision))

    assert kinds.names(KIND) == ("廉洁性审查", "integrity review")
    assert kinds.names("no such kind") == ("no such kind", "no such kind")
    assert set(kinds.acts) == {*SHIPPED.acts, KIND}


@pytest.mark.parametrize("name", ["张三丰", "An", "日", "act", "廉洁性审查"])
def test_names_in_what_a_county_declares_are_masked_whatever_they_are(name: str, tmp_path: Path) -> None:
    text = re.sub(r"\b((?:zh|en): [^,}\n]+)", rf"\1 {name}", PACK.read_text("utf-8"))
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    own = dp.load_law(tmp_path)
    data = english() | {"people": [{"id": "p-1", "name": name}]}
    found = dp.check(dp.decision(data, law=own), as_of=DAY, law=own)

    masked = dp.mask(found, salt=bytes(16)).report

    assert sorted((v.duty, v.outcome) for v in masked.verdicts) == sorted(
        (v.duty, v.outcome) for v in found.verdicts
    )
    assert pickle.loads(pickle.dumps(masked)) == masked  # noqa: S301 - our own
    kinds = PEOPLE if name == "张三丰" else ("text", "html")
    told = {kind: OUTPUTS[kind](masked, lang) for kind in kinds for lang in ("zh", "en")}
    assert not [kind for kind, said in told.items() if "张三丰" in said]


FIELD = {"zh": "甲乙", "en": "x", "type": "date"}


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("traits", "foo"), {"zh": "涉及面广", "en": "x"}, "wide_reach"),
        (("traits", "foo"), {"zh": "wide_reach", "en": "x"}, "wide_reach"),
        (("documents", "foo"), {"zh": "合法性审查意见书", "en": "x"}, "review_opinion"),
        (("documents", "foo"), {"zh": "review_opinion", "en": "x"}, "review_opinion"),
        (("documents", "foo"), {"zh": "廉洁性审查意见书", "en": "x"}, "integrity_opinion"),
        (("fields",), {"public_comment": {"foo": FIELD | {"zh": "end"}}}, "end"),
        (("fields",), {"public_comment": {"foo": FIELD | {"also": ["end"]}}}, "end"),
        (("fields",), {"public_comment": {"foo": FIELD, "bar": FIELD | {"zh": "foo"}}}, "foo"),
        (("kinds", "integrity_review", "zh"), "public_comment", "public_comment"),
        (("kinds", "integrity_review", "zh"), "全部", "全部"),
        (("kinds", "integrity_review", "fields", "heads", "zh"), "kind", "kind"),
    ],
)
def test_nothing_it_declares_goes_by_what_a_record_calls_something_else(
    path: tuple[Any, ...], value: Any, named: str
) -> None:
    assert any(named in fault.text() and "zh" in fault.key for fault in faults_of(changed(path, value)))
