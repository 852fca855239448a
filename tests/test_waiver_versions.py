"""Fingerprints of version 1 in waivers and baselines: matched as far as possible, else told, and renewed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import call
from conftest import DAY, EXAMPLES, act, report
from test_fingerprints import bad
from test_waivers import TARGET, kinds, placed, waived, waiver

import decision_procedure as dp
from decision_procedure.exchange.findings import FindingsView, report_findings, standing
from decision_procedure.results.baseline import (
    accept,
    accepted_names,
    accepted_targets,
    baseline_text,
    load_baseline,
    still_found,
)
from decision_procedure.results.fingerprints import fingerprints, record_key, version_of
from decision_procedure.results.first_fingerprints import first_fingerprints
from decision_procedure.results.waivers import Run, apply_waivers, load_waivers

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
AS_OF = ("--as-of", "2024-09-30")
RECORD = "示例县人民政府/示例县老城区停车收费方案(虚构)"
OLD = "b4b028cf8d7ee6cc84443fcfa50dbfb8"
GRANT = "  approver: 甲\n  basis: 应急\n  date: 2024-03-01\n  expires: 2024-12-31\n  document: 函\n"


def first(found: dp.Report, target: tuple[str, str | None] = TARGET) -> str:
    return first_fingerprints(found)[target]


def longer() -> dp.Report:
    data = bad()
    act(data, "comment")["end"] = "2024-03-10"
    return report(data)


def test_a_waiver_whose_fingerprint_of_version_1_still_comes_out_stands_and_nothing_is_told() -> None:
    found = report(bad())

    after, notes = apply_waivers(found, [waiver(finding=first(found))], DAY)

    assert waived(after) == {TARGET}
    assert notes == ()


def test_a_waiver_of_version_1_is_matched_by_record_duty_and_act_and_the_new_fingerprint_told() -> None:
    found = report(bad())
    other = first(longer())

    after, (note,) = apply_waivers(found, [placed(found, finding=other)], DAY)

    assert waived(after) == {TARGET}
    assert note.kind == "version_1_named"
    assert fingerprints(found)[TARGET] in note.zh
    assert "version 1" in note.en


@pytest.mark.parametrize("change", ["cured", "gone"])
def test_a_waiver_of_version_1_that_matches_nothing_is_told_as_such_and_not_as_cured_or_outlived(
    change: str,
) -> None:
    data = bad()
    if change == "cured":
        act(data, "comment")["end"] = "2024-04-24"
    else:
        data["acts"] = [item for item in data["acts"] if item["id"] != "comment"]
    found = report(data)

    after, notes = apply_waivers(found, [placed(found, finding=first(report(bad())))], DAY)

    assert waived(after) == set()
    assert [note.kind for note in notes] == ["version_1"]
    assert "由第 1 版生成" in notes[0].zh
    assert "made by version 1" in notes[0].en


def test_a_waiver_of_version_1_that_names_its_fingerprint_only_is_told_as_such_when_it_matches_no_record() -> (
    None
):
    run = Run((waiver(finding=OLD),), duties=report(bad()).duties)

    run.add(longer())

    assert [note.kind for note in run.left_over()] == ["version_1"]


def test_a_waiver_of_version_1_that_has_expired_is_told_as_expired() -> None:
    found = report(bad())

    after, _ = apply_waivers(found, [placed(found, finding=first(longer()), expires="2024-09-29")], DAY)

    assert kinds(after) == ["expired"]
    assert waived(after) == set()


def test_a_waiver_of_version_2_is_never_matched_by_name_alone() -> None:
    found = report(bad())

    after, _ = apply_waivers(longer(), [placed(found, finding=fingerprints(found)[TARGET])], DAY)

    assert kinds(after) == ["outlived"]
    assert waived(after) == set()


def baseline_of_version_1(found: dp.Report, *, version: int | None = None) -> str:
    rows = [
        {"fingerprint": name, "record": record_key(found.decision), "duty": duty, "act": target}
        for (duty, target), name in first_fingerprints(found).items()
    ]
    stated = {} if version is None else {"fingerprints": version}
    return json.dumps({"schema": 1, **stated, "findings": rows}, ensure_ascii=False, indent=1) + "\n"


def test_a_baseline_of_version_1_accepts_by_record_duty_and_act(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(baseline_of_version_1(longer()), encoding="utf-8")
    found = report(bad())

    names = accepted_names(load_baseline(path))

    assert "violated" not in standing(found, names)
    rows = report_findings("f", found, FindingsView(accepted=names))
    assert all(row.accepted for row in rows if row.counts)
    assert "violated" in standing(report({**bad(), "title": "另一事项"}), names)


def test_what_version_1_accepted_never_leaves_a_baseline_as_cured(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(baseline_of_version_1(report(bad())), encoding="utf-8")
    items = load_baseline(path)

    left = still_found(items, {RECORD: frozenset()})

    assert left == items
    assert "fingerprints" not in json.loads(baseline_text(left))


def test_a_new_baseline_states_its_version() -> None:
    data = json.loads(baseline_text(accept(report(bad()))))

    assert data["fingerprints"] == 2
    assert {version_of(row["fingerprint"]) for row in data["findings"]} == {2}


def test_a_fingerprint_that_is_not_of_the_version_a_file_states_is_a_fault_with_its_line(
    tmp_path: Path,
) -> None:
    waivers, baseline = tmp_path / "w.yaml", tmp_path / "b.json"
    waivers.write_text(f"schema: 1\nfingerprints: 2\nwaivers:\n- finding: {OLD}\n{GRANT}", encoding="utf-8")
    baseline.write_text(baseline_of_version_1(report(bad()), version=2), encoding="utf-8")

    for load, path, line in ((load_waivers, waivers, 4), (load_baseline, baseline, 6)):
        with pytest.raises(dp.UnusableInput) as error:
            load(path)
        assert error.value.faults[0].line == line
        assert "version 1" in error.value.faults[0].en


def test_check_goes_on_with_a_waiver_of_version_1_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(
        f"schema: 1\nwaivers:\n- finding: {'a' * 32}\n  record: {RECORD}\n  duty: cn-713.15.1c\n"
        f"  act: comment\n{GRANT}",
        encoding="utf-8",
    )

    result = call("check", str(BAD), *AS_OF, "--waivers", str(path))

    assert "第 1 版" in result.stdout
    assert "w.yaml:3" in result.stdout.replace("\n", "").replace(" ", "")
    assert "已经纠正" not in result.stdout


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


WAIVERS = f"""# 本县豁免 our waivers
schema: 1
waivers:
- finding: {OLD}   # 征求意见期限
  record: {RECORD}
  duty: cn-713.15.1c
  act: comment
{GRANT}- record: {RECORD}   # 未写指纹 unpinned
  duty: cn-713.20c
  act: experts
{GRANT}"""


def test_renewing_waivers_changes_the_fingerprints_and_the_version_and_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path / "w.yaml", WAIVERS)

    result = call("waivers", "renew", str(path), "--record", str(BAD), *AS_OF)

    new = fingerprints(report(bad()))["cn-713.15.1c", "comment"]
    assert result.returncode == 0
    assert path.read_text(encoding="utf-8") == WAIVERS.replace(OLD, new).replace(
        "schema: 1\n", "schema: 1\nfingerprints: 2\n"
    )
    assert len(load_waivers(path)) == 2
    assert "1" in result.stdout


def test_renewing_keeps_chinese_keys_line_ends_and_the_byte_order_mark(tmp_path: Path) -> None:
    text = (
        f"\ufeff格式版本: 1\r\n豁免:\r\n- 问题指纹: {OLD}\r\n  案卷: {RECORD}\r\n  义务: cn-713.15.1c\r\n"
        "  行为: comment\r\n  批准人: 甲\r\n  理由: 乙\r\n  日期: 2024-01-02\r\n  有效期至: 2024年12月3日\r\n"
        "  依据文件: 丙\r\n"
    )
    path = written(tmp_path / "w.yaml", text)

    result = call("waivers", "renew", str(path), "--record", str(BAD), *AS_OF)

    new = fingerprints(report(bad()))["cn-713.15.1c", "comment"]
    assert result.returncode == 0
    assert path.read_bytes().decode() == text.replace(OLD, new).replace(
        "格式版本: 1\r\n", "格式版本: 1\r\n指纹版本: 2\r\n"
    )


def test_renewing_a_baseline_gives_what_a_new_one_would_hold(tmp_path: Path) -> None:
    found = report(bad())
    path = written(tmp_path / "b.json", baseline_of_version_1(found))

    result = call("waivers", "renew", str(path), "--record", str(BAD.parent), *AS_OF)

    assert result.returncode == 0
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["fingerprints"] == 2
    assert {row["fingerprint"] for row in data["findings"]} == set(fingerprints(found).values())
    assert accepted_names(load_baseline(path)) == frozenset(fingerprints(found).values())


def test_what_cannot_be_renewed_is_left_and_named_with_its_line(tmp_path: Path) -> None:
    lost = WAIVERS + f"- finding: {'a' * 32}\n  record: 另一案卷\n  duty: cn-713.20c\n  act: null\n{GRANT}"
    path = written(tmp_path / "w.yaml", lost)

    result = call("waivers", "renew", str(path), "--record", str(BAD), *AS_OF)

    text = path.read_text(encoding="utf-8")
    assert result.returncode == 1
    assert OLD not in text
    assert "a" * 32 in text
    assert "fingerprints" not in yaml.safe_load(text)
    line = lost[: lost.index("a" * 32)].count("\n") + 1
    assert f"{path}:{line}" in result.stdout


def test_renewing_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = written(tmp_path / "w.yaml", WAIVERS)
    call("waivers", "renew", str(path), "--record", str(BAD), *AS_OF)
    once = path.read_bytes()

    again = call("waivers", "renew", str(path), "--record", str(BAD), *AS_OF)

    assert again.returncode == 0
    assert path.read_bytes() == once


@pytest.mark.parametrize(
    "text", ['{"schema": 1, "waivers": []}', "schema: 1\n", '{"findings": [], "schema":1}']
)
def test_a_file_without_fingerprints_only_comes_to_state_their_version(text: str, tmp_path: Path) -> None:
    path = written(tmp_path / "w.yaml", text)

    result = call("waivers", "renew", str(path), "--record", str(BAD), *AS_OF)

    assert result.returncode == 0
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert data == {**yaml.safe_load(text), "fingerprints": 2}


def test_nothing_is_renewed_when_a_record_or_a_file_cannot_be_used(tmp_path: Path) -> None:
    path = written(tmp_path / "w.yaml", WAIVERS)
    broken = written(tmp_path / "r.yaml", "schema: 2\n")
    fault = written(tmp_path / "x.yaml", "schema: 1\nwaivers:\n- finding: 1\n")

    for arguments in ((str(path), "--record", str(broken)), (str(path), str(fault), "--record", str(BAD))):
        assert call("waivers", "renew", *arguments, *AS_OF).returncode == 2
    assert path.read_text(encoding="utf-8") == WAIVERS


# ------------------------------------------------------------------- acts known by their content, as version 1 named them


NAMELESS_OF_VERSION_1 = "public_comment-ed5e80951c"


def nameless() -> dict[str, Any]:
    """A record whose comment has no identifier, with a list that is not written in the order of the alphabet."""
    data = bad()
    comment = act(data, "comment")
    comment["channels"] = ["website", "notice_board"]
    del comment["id"]
    return data


def nameless_target(found: dp.Report) -> tuple[str, str | None]:
    (verdict,) = found.about("cn-713.15.1c")
    return verdict.duty, verdict.act


def test_a_waiver_names_an_act_without_an_identifier_as_version_1_did() -> None:
    found = report(nameless())
    target = nameless_target(found)
    ours = placed(found, (target[0], NAMELESS_OF_VERSION_1), finding=first(longer()))

    after, (note,) = apply_waivers(found, [ours], DAY)

    assert target[1] != NAMELESS_OF_VERSION_1
    assert waived(after) == {target}
    assert note.kind == "version_1_named"


def test_a_baseline_names_an_act_without_an_identifier_as_version_1_did(tmp_path: Path) -> None:
    found = report(nameless())
    target = nameless_target(found)
    path = tmp_path / "baseline.json"
    row = {"fingerprint": first(longer()), "record": RECORD, "duty": target[0], "act": NAMELESS_OF_VERSION_1}
    path.write_text(json.dumps({"schema": 1, "findings": [row]}), encoding="utf-8")

    assert accepted_targets(found, accepted_names(load_baseline(path))) == {target}


def test_renewing_gives_such_an_act_its_name_of_today(tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text(yaml.safe_dump(nameless(), allow_unicode=True), encoding="utf-8")
    found = report(nameless())
    target = nameless_target(found)
    path = tmp_path / "waivers.yaml"
    path.write_text(
        f"schema: 1\nwaivers:\n- finding: {first(longer())}\n  record: {RECORD}\n  duty: {target[0]}\n"
        f"  act: {NAMELESS_OF_VERSION_1}\n{GRANT}",
        encoding="utf-8",
    )

    result = call("waivers", "renew", str(path), "--record", str(tmp_path / "record.yaml"), *AS_OF)
    (renewed,) = load_waivers(path)

    assert result.returncode == 0
    assert (renewed.finding, renewed.act) == (fingerprints(found)[target], target[1])
    assert apply_waivers(found, [renewed], DAY)[1] == ()
