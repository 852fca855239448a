"""Two versions of the law: what came, went and changed; which articles of a newer text differ; what it means for records."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest
from commands import call
from conftest import EXAMPLES

import decision_procedure as dp
from decision_procedure import rules
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.texts import article_fingerprints, text_change
from decision_procedure.law.versions import version_changes

GD_303 = rules.text("cn-44/gd-303.yaml")
DAY = date(2024, 12, 31)
TEXT = """# 示例县办法
## 第一章 总 则
### **第一条**
为了规范决策，制定本办法。
第二条　公开征求意见不少于三十日，
第一条 的规定除外。
第三条 本办法自公布之日起施行。
"""


def changed(tmp_path: Path, *replacements: tuple[str, str]) -> Path:
    """Write the rule on hearings with other words in some places."""
    text = GD_303
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    folder = tmp_path / "新版"
    folder.mkdir(exist_ok=True)
    (folder / "gd-303.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_number_and_a_force_that_change_are_told_with_what_they_were_and_are(tmp_path: Path) -> None:
    folder = changed(tmp_path, ("params: {days: {value: 20,", "params: {days: {value: 15,"))

    changes = dp.law_changes(standard_law(), dp.revised_law(folder))

    (change,) = changes
    assert (change.kind, change.duty) == ("changed", "gd-303.16")
    (part,) = change.parts
    assert (part.part, part.was.zh, part.now.zh) == ("limit", "20日", "15日")  # type: ignore[union-attr]


def test_a_version_that_succeeds_another_under_another_name_is_held_against_it() -> None:
    packs = {pack.head.id: pack for pack in standard_law().packs}

    changes = list(version_changes([packs["gd-183"]], [packs["gd-303"]]))

    kinds = {(change.kind, change.duty) for change in changes}
    assert ("added", "gd-303.19.2-quorum") in kinds
    assert ("ended", "gd-183.min8") in kinds
    assert {change.kind for change in changes if not change.duty} == {"changed"}


def test_the_same_version_differs_in_nothing() -> None:
    assert dp.law_changes(standard_law(), standard_law()) == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_tells_the_difference_for_people_and_as_json(tmp_path: Path, lang: str) -> None:
    folder = changed(tmp_path, ("params: {days: {value: 20,", "params: {days: {value: 15,"))

    told = call("rules", "diff", "gd-303", str(folder), "--lang", lang)
    data = json.loads(call("rules", "diff", "gd-303", str(folder), "--format", "json").stdout)

    assert {"zh": "数量、期限：20日 → 15日", "en": "number or time limit: 20 days → 15 days"}[
        lang
    ] in told.stdout
    assert [item["duty"] for item in data] == ["gd-303.16"]


def test_articles_are_told_apart_without_regard_to_layout_and_a_citation_that_begins_a_line() -> None:
    marks = article_fingerprints(TEXT)
    other = article_fingerprints(
        TEXT.replace("### **第一条**\n", "第一条　").replace("三十日，\n", "三十日，")
    )

    assert list(marks) == ["1", "2", "3"]
    assert marks == other


def test_articles_that_run_on_within_a_line_are_told_apart_and_those_it_cites_are_not() -> None:
    apart = (
        "第一条 甲。\n第二条 乙，见 第三条 。\n## 第二章 总则\n第三条 丙。丁依 第四条 办理。\n第四条 戊。\n"
    )
    run_on = (
        apart.replace("。\n第二条", "。 第二条").replace("总则\n", "总则 ").replace("。\n第四条", "。 第四条")
    )

    marks = article_fingerprints(run_on)

    assert list(marks) == ["1", "2", "3", "4"]
    assert marks == article_fingerprints(apart)


def test_a_newer_text_names_the_articles_that_differ_and_the_duties_that_rest_on_them() -> None:
    pack = next(pack for pack in standard_law().packs if pack.head.id == "gd-303")
    older = "\n".join(f"第{number}条 内容{index}" for index, number in enumerate("一二三四五六七八九", 1))
    kept = pack.head.sources[0].model_copy(
        update={"fingerprints": article_fingerprints(older), "sha256": None}
    )
    held = type(pack)(
        pack.head.model_copy(update={"sources": (kept,)}), pack.declares, pack.file, pack.source
    )
    object.__setattr__(held, "rules", pack.rules)

    change = text_change(held, older.replace("内容7", "另写").replace("第九条 内容9", "") + "\n第十条 新增")

    found = {(item.kind, item.article): item.duties for item in change.articles}
    assert found == {("changed", 7): ("gd-303.7",), ("ended", 9): ("gd-303.9",), ("added", 10): ()}


def test_the_instrument_is_the_one_whose_title_a_text_names_first(tmp_path: Path) -> None:
    text = tmp_path / "文本.md"
    text.write_text(
        "# 重大行政决策程序暂行条例\n第一条 根据地方各级人民代表大会和地方各级人民政府组织法，制定本条例。\n",
        encoding="utf-8",
    )

    found = call("rules", "lint", "--sources", text)

    assert found.returncode == 1
    assert "重大行政决策程序暂行条例：与2026年11月30日所读文本不同" in found.stdout
    assert "第1条文字不同；规则无" in found.stdout


def test_a_text_of_no_instrument_or_without_articles_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "说明.md"
    text.write_text("这不是条文", encoding="utf-8")

    found = call("rules", "lint", "--sources", str(text))

    assert found.returncode == 2
    assert "说明.md" in found.stderr


def test_a_change_of_rules_tells_which_verdicts_of_which_records_it_moves_and_from_which_act_on(
    tmp_path: Path,
) -> None:
    record = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
    older = rules.text("cn/cn-713.yaml")
    folder = tmp_path / "新版"
    folder.mkdir()
    assert "value: 30" in older
    (folder / "cn-713.yaml").write_text(older.replace("value: 30", "value: 10"), encoding="utf-8")

    told = call("impact", str(record), "--rules", str(folder), "--as-of", DAY.isoformat())
    data = json.loads(
        call(
            "impact", str(record), "--rules", str(folder), "--as-of", DAY.isoformat(), "--format", "json"
        ).stdout
    )

    moves = {(move["duty"], move["before"], move["after"]) for item in data for move in item["moves"]}
    assert ("cn-713.15.1c", "violated", "satisfied") in moves or any(
        duty.startswith("cn-713.15.1") and before != after for duty, before, after in moves
    )
    assert data[0]["first_act"] is not None
    assert "最早涉及" in told.stdout


def test_rules_that_change_nothing_are_counted_only(tmp_path: Path) -> None:
    record = EXAMPLES / "invented" / "示例县-办理中.yaml"
    folder = changed(tmp_path)

    told = call("impact", str(record), "--rules", str(folder), "--as-of", DAY.isoformat())

    assert told.returncode == 0
    assert "1份案卷的结论不变" in told.stdout


def test_since_a_receipt_nothing_has_moved_where_law_and_program_are_the_same(tmp_path: Path) -> None:
    record = EXAMPLES / "invented" / "示例县-办理中.yaml"
    receipts = tmp_path / "回执"
    receipts.mkdir()
    call("receipt", str(record), "--as-of", DAY.isoformat(), "--output", str(receipts / "一.json"))

    told = call("impact", str(record), "--since", str(receipts), "--as-of", DAY.isoformat())
    none = call(
        "impact",
        str(EXAMPLES / "invented" / "示例县-全部合规.yaml"),
        "--since",
        str(receipts),
        "--as-of",
        DAY.isoformat(),
    )

    assert "1份案卷的结论不变" in told.stdout
    assert "没有回执的案卷1份" in none.stdout


def test_since_a_receipt_by_older_law_the_verdicts_that_moved_are_told_with_the_cause(tmp_path: Path) -> None:
    law = dp.revised_law(changed(tmp_path, ("params: {days: {value: 20,", "params: {days: {value: 60,")))
    data = json.loads(json.dumps({"schema": 1, "title": "听证", "body": {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223"}, "catalogue": {"listed": True, "year": 2024}, "acts": [{"kind": "hearing", "date": "2024-06-30", "notice_date": "2024-06-01"}]}))  # fmt: skip
    report = dp.check(dp.decision(data, law=law), as_of=DAY, law=law)

    found = dp.impact_since(dp.seal(report, law=law))

    assert {move.duty: (move.before, move.after) for move in found.moves}["gd-303.16"][0] == "violated"
    assert "law" in found.causes


def test_a_dossier_that_is_not_the_one_of_its_receipt_is_compared_with_nothing(tmp_path: Path) -> None:
    record = dp.load_decision(EXAMPLES / "invented" / "示例县-办理中.yaml")
    sealed = dp.seal(dp.check(record, as_of=DAY))
    receipts = tmp_path / "回执"
    receipts.mkdir()
    damaged = {
        "一": {"report": "{}"},
        "二": {"report": None},
        "三": {"record": None},
        "四": {"record": (sealed.record or "").replace("县", "市")},
    }
    for name, texts in damaged.items():
        data = json.loads(sealed.to_json()) | texts
        (receipts / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    (receipts / "五.json").write_text("{", encoding="utf-8")

    told = call("impact", str(EXAMPLES / "invented" / "示例县-办理中.yaml"), "--since", str(receipts))

    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.count("不能比较") == len(damaged)
    assert [name for name in (*damaged, "五") if f"{name}.json:" not in told.stderr] == []
    with pytest.raises(dp.UnusableInput, match="report"):
        dp.impact_since(dataclasses.replace(sealed, report="{}"))


def test_a_folder_without_a_dossier_is_told_from_one_in_which_nothing_moved(tmp_path: Path) -> None:
    told = call("impact", str(EXAMPLES / "invented" / "示例县-办理中.yaml"), "--since", str(tmp_path))

    assert told.returncode == 2
    assert "文件夹中没有回执卷宗" in told.stderr


def test_a_record_given_for_a_rule_is_told_the_line_that_a_rule_begins_with(tmp_path: Path) -> None:
    (tmp_path / "案卷.yaml").write_text("格式版本: 1\n", encoding="utf-8")

    with pytest.raises(dp.BadPack) as caught:
        dp.revised_law(tmp_path)

    assert "缺少此项。请写一行 schema: 1" in [fault.zh for fault in caught.value.faults]


def test_either_new_rules_or_receipts_are_asked_for() -> None:
    found = call("impact", str(EXAMPLES), "--as-of", DAY.isoformat())

    assert found.returncode == 2
