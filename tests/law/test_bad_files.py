"""Rule files that cannot be used: every fault at once with file, line and key, status 2, nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from decision_procedure.cli.main import app
from decision_procedure.errors import FaultyInput
from decision_procedure.sources import tree

COUNTY_RULES = Path(__file__).parents[2] / "docs" / "county-rules"
GOOD = (COUNTY_RULES / "示例县-征求意见规定.yaml").read_text(encoding="utf-8")
RECORD = Path(__file__).parents[2] / "examples" / "invented" / "示例县-办理中.yaml"
DUTY = GOOD[GOOD.index('  - id: "3"') : GOOD.index("unmodelled:")]
CIRCLE = """steps:
  - {id: one, name: {zh: 甲, en: A}, kinds: [drafting], phase: first, bearer: CU}
  - {id: two, name: {zh: 乙, en: B}, kinds: [filing], phase: first, bearer: CU}
order:
  - {before: one, after: two, article: 第三条, strength: stated}
  - {before: two, after: one, article: 第三条, strength: stated}
duties:"""
BOMB = 'a: &a ["x", "x"]\n' + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(20))

# Changes of the good file, and the faults that they make: the key (in the order of lines) and a word of each.
BAD = {
    "unknown keys": (
        {"force: must\n": "force: must\n    fource: must\n", "seen: full\n": "seen: full\n  seeen: full\n"},
        [("head.seeen", "seen?"), ("duties[0].fource", "force?")],
    ),
    "wrong types": (
        {"articles: 4": "articles: four", "force: must": "force: 7", "value: 45": 'value: "45"'},
        [("head.articles", "整数"), ("duties[0].force", "7"), ("duties[0].params.days.value", "整数")],
    ),
    "wrong expressions": (
        {"when: traits.wide_reach": "when: traits.wide_reach and", "act.end)": "act.ennd)"},
        [("duties[0].when", "语法错误"), ("duties[0].require", "end?")],
    ),
    "not a condition": ({"when: traits.wide_reach": "when: decision.title"}, [("duties[0].when", "应为条件")]),
    "an unknown trait": ({"when: traits.wide_reach": "when: traits.wide_reech"}, [("duties[0].when", "wide_reach?")]),
    "an unknown function": ({"days(act.start": "dayz(act.start"}, [("duties[0].require", "days?")]),
    "a call that is no condition": (
        {"when: traits.wide_reach": "when: \"__import__('os')\""}, [("duties[0].when", "没有此函数")],
    ),
    "an expression too deep": (
        {"when: traits.wide_reach": f"when: \"{'not ' * 490}traits.wide_reach\""}, [("duties[0].when", "嵌套过深")],
    ),
    "an expression too long": (
        {"when: traits.wide_reach": f"when: \"{' or '.join(['traits.wide_reach'] * 105)}\""}, [("duties[0].when", "过长")],
    ),
    "a provision on responsibility for a duty of another": (
        {"unmodelled:": """liability:
  - {id: "6", article: 第三条, ground: breach, bearers: [EX], duties: ["3"], capacities: [staff], text: {zh: 一, en: one}}
unmodelled:"""},
        [("liability[0].duties", "自己的义务")],
    ),
    "a circle": ({"duties:": CIRCLE}, [("order[1]", "one → two → one")]),
    "a number without a mark": ({"unit: 日, mark: V": "unit: 日"}, [("duties[0].params.days.mark", "缺少此项")]),
    "a text seen in full of which others only tell": (
        {"seen: full\n": "seen: full\n  sources: [{url: 某报, read_on: 2026-11-30, cited: true}]\n"},
        [("head.seen", "都只是转述")],
    ),
    "an unseen text that a source has": (
        {"seen: full\n": "seen: none\n  sources: [{url: 某站, read_on: 2026-11-30}]\n"}, [("head.seen", "来源却有条文")],
    ),
    "a negative number": ({"value: 45": "value: -45"}, [("duties[0].params.days.value", "过小")]),
    "a huge number": ({"value: 45": "value: " + "9" * 5000}, [("duties[0].params.days.value", "18 位")]),
    "a duty without a mark in a text not read": (
        {"seen: full\n  mark: V": "seen: full\n  mark: R", "    mark: V\n    adds_to": "    adds_to"}, [("duties[0]", "mark")],
    ),
    "a gate that closes nothing": ({"force: must": "force: must_not\n    effect: gate"}, [("duties[0].closes", "前置程序")]),
    "an identifier twice": ({DUTY: DUTY + DUTY}, [("duties[1]", "编号重复")]),
    "a key twice": ({"  seen: full\n": "  seen: full\n  seen: full\n"}, [("head.seen", "键重复")]),
    "links into nowhere": (
        {"adds_to: [cn-713.15.1c]": "same_as: [cn-713.99, nobody.1]"},
        [("duties[0].same_as", "cn-713.99"), ("duties[0].same_as", "nobody.1")],
    ),
    "a link to itself": ({"adds_to: [cn-713.15.1c]": "adds_to: [example-county.3]"}, [("duties[0].adds_to", "自身")]),
    "an unknown step": ({"step: public_participation": "step: public_participatio"}, [("duties[0].step", "public_participation?")]),
    "an unknown document": ({"evidence: [comment_notice]": "evidence: [comment]"}, [("duties[0].evidence", "comment")]),
    "law that is not there": ({"uses: [cn-713]": "uses: [cn-714]"}, [("head.uses", "cn-714"), ("duties[0].step", "环节")]),
    "an article that is not there": ({"article: 第三条": "article: 第九条"}, [("duties[0].article", "没有第9条")]),
    "no article": ({"article: 第三条": "article: 某处"}, [("duties[0].article", "未引条文")]),
    "a day that is not there": ({"in_force_from: 2024-02-01": "in_force_from: 2024-02-31"}, [("head.in_force_from", "没有这一天")]),
    "an end before its start": (
        {"in_force_from: 2024-02-01": "in_force_from: 2024-02-01\n  in_force_to: 2024-01-01"}, [("head.in_force_to", "失效早于施行")],
    ),
    "a place that is no code": ({'place: "999901"': 'place: "99990"'}, [("head.place", "格式不符")]),
    "another schema": ({"schema: 1": "schema: 2"}, [("schema", "2")]),
}  # fmt: skip
FEW = 100_000
UNREADABLE = {
    "binary": bytes(range(256)) * 50,
    "UTF-16": GOOD.encode("utf-16"),
    "empty": b"",
    "a list": b"- 1\n- 2\n",
    "aliases that grow": BOMB.encode(),
    "a tag": b'schema: !!python/object/apply:os.system ["ls"]\n',
    "more numbers than are read": b"schema: 1\nhead: [" + b"1," * FEW + b"1]\n",
    "nesting without an end": b"[" * 3000,
    "a list in a list in a list": b"a:" + b" {a:" * 2000 + b" 1" + b"}" * 2000,
}


def faults_of(path: Path, command: list[str]) -> list[str]:
    """Return the lines of the faults that a command names."""
    result = CliRunner().invoke(app, command)
    if isinstance(result.exception, FaultyInput):  # `run` prints these, and ends with status 2
        return [fault.text("zh").rstrip() for fault in result.exception.faults]
    assert result.exit_code == 2, result.output
    return [line for line in result.stderr.splitlines() if line.startswith(str(path))]


@pytest.mark.parametrize("name", BAD)
def test_each_fault_is_named_with_file_line_and_key_and_by_every_command(name: str, tmp_path: Path) -> None:
    changes, expected = BAD[name]
    path = tmp_path / "rules.yaml"
    text = GOOD
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")

    linted = faults_of(path, ["rules", "lint", str(path)])
    checked = faults_of(path, ["check", str(RECORD), "--rules", str(tmp_path)])

    assert linted == checked
    assert len(linted) == len(expected), linted
    for line, (key, word) in zip(linted, expected, strict=True):
        assert re.match(re.escape(f"{path}:") + r"\d+: " + re.escape(f"{key}: "), line), line
        assert word in line
        assert len(line) < len(str(path)) + 250


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_at_all_is_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "MAX_NODES", FEW)
    path = tmp_path / "rules.yaml"
    path.write_bytes(UNREADABLE[name])

    linted = faults_of(path, ["rules", "lint", str(path)])

    assert linted
    assert all(line.startswith(f"{path}:") for line in linted)
    assert linted == faults_of(path, ["check", str(RECORD), "--rules", str(tmp_path)])


def test_a_bad_file_ends_the_process_with_status_2_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("force: must", "force: 7"), encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes(UNREADABLE["aliases that grow"])
    code = "import sys; from decision_procedure.cli.main import run; sys.exit(run())"
    words = ["check", str(RECORD), "--as-of", "2024-09-30", "--rules", str(tmp_path)]

    result = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert result.returncode == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert f"{tmp_path / 'a.yaml'}:38: duties[0].force: 没有此值：7" in result.stderr
    assert f"{tmp_path / 'b.yaml'}:1: a: " in result.stderr


def test_a_breach_that_an_unverified_mark_rules_out_is_a_wrong_example(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    text = GOOD.replace("unit: 日, mark: V", "unit: 日, mark: R")
    path.write_text(
        text.replace("2024-04-14}, edge: true}", "2024-04-14}, edge: true, expect: violated}", 1), "utf-8"
    )

    result = CliRunner().invoke(app, ["rules", "test", str(path)])

    assert result.exit_code == 1
    assert "example-county.3#fail1" in result.output
    assert "应为 不合规，得出 需人工判断" in result.output


def test_an_order_stated_by_a_text_that_was_not_verified_carries_its_mark(tmp_path: Path) -> None:
    from decision_procedure.law.loading import load_pack

    order = "order:\n  - {before: one, after: two, article: 第三条, strength: stated, time_word: 前}\n"
    text = GOOD.replace("duties:", CIRCLE.partition("order:")[0] + order + "duties:", 1)
    text = text.replace("seen: full\n  mark: V", "seen: part\n  mark: R")

    rule = load_pack(text, "rules.yaml").rule("order.one-two")

    assert rule is not None
    assert rule.mark == "R"
