"""What is wrong with a mapping or its tables is told where it stands, all at once; what a hostile hand puts in does no harm."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app

MAPPING: dict[str, Any] = {
    "格式版本": 1,
    "来源": ".",
    "案卷": {
        "表": "事项",
        "主键": "号",
        "列": {"编号": "号", "事项名称": "名称"},
        "固定内容": {"决策机关": "示例县人民政府", "单位": [{"编号": "甲", "名称": "甲局"}, {"编号": "乙", "名称": "乙局"}]},
        "部分": [
            {"列表": "行为", "表": "办理", "外键": "号", "主键": "序", "列": {"种类": "环节", "单位": "单位", "日期": {"列名": "日期", "日期格式": "%Y%m%d"}, "开始日期": "起", "会议类型": "会"},
             "部分": [{"列表": "参会人员", "表": "到会", "外键": "序", "列": {"人员编号": "谁"}}]},
            {"列表": "人员", "表": "人", "外键": "号", "列": {"编号": "人", "名称": "人"}},
        ],
    },
}  # fmt: skip
GOOD = {
    "事项": "号,名称\n1,甲事\n2,乙事\n",
    "办理": "序,号,环节,单位,日期,起,会\n1,1,集体讨论,甲局,20240606,,常务会议\n2,1,公开征求意见,乙,,2024-03-04,\n3,2,出台,,202406,,\n",
    "到会": "序,谁\n1,张三\n1,李四\n",
    "人": "号,人\n1,张三\n1,李四\n",
}


def folder(tmp_path: Path, coding: str = "utf-8", **tables: str) -> Path:
    for name, text in {**GOOD, **tables}.items():
        (tmp_path / f"{name}.csv").write_text(text, coding, newline="")
    path = tmp_path / "对照.yaml"
    path.write_text(yaml.safe_dump(MAPPING, allow_unicode=True), "utf-8")
    return path


def faults(found: Any) -> set[tuple[str, str]]:
    return {(fault.key, fault.zh) for item in found if isinstance(item, dp.UnusableInput) for fault in item.faults}  # fmt: skip


def test_parts_of_parts_names_words_and_forms_of_dates_are_read(tmp_path: Path) -> None:
    first, second = dp.load_tables({**MAPPING, "案卷": {**MAPPING["案卷"]}}, source=folder(tmp_path).parent)

    assert isinstance(first, dp.Decision)
    meeting, comments = first.acts
    assert isinstance(meeting, dp.acts.Deliberation)
    assert [(str(meeting.date), meeting.unit), *(one.person for one in meeting.attendees)] == [("2024-06-06", "甲"), "张三", "李四"]  # fmt: skip
    assert isinstance(comments, dp.acts.PublicComment)
    assert isinstance(second, dp.UnusableInput)  # 202406 is no day in this form


def test_every_cell_that_is_wrong_is_told_by_table_row_and_column(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        事项="号,名称\n1,甲事\n1,\n",
        办理="序,号,环节,单位,日期,起,会\n1,1,集体讨沦,丙局,,,\n2,1,公开征求意见,,2024-06-01,明天,常务会议\n3,8,出台,,,,\n",
        到会="序,谁\n1,无此人\n",
    )

    found = faults(dp.load_tables(path))

    assert {key for key, _ in found} >= {
        "办理[2].环节", "办理[3].日期", "办理[3].会", "事项[3].号", "事项[3]", "办理.号",
    }  # fmt: skip
    assert ("办理[3].会", "此种行为没有此项：会议类型") in found
    assert any("集体讨论?" in zh for _, zh in found)


def test_every_name_that_is_wrong_is_told_by_its_line_of_the_mapping(tmp_path: Path) -> None:
    path = folder(tmp_path)
    text = path.read_text("utf-8").replace("事项名称: 名称", "事项名: 名称").replace("表: 到会", "表: 到场")
    path.write_text(text.replace("单位: 单位", "单位: 部门"), "utf-8")

    with pytest.raises(dp.UnusableInput) as caught:
        list(dp.load_tables(path))

    assert len(caught.value.faults) == 3
    lines = text.replace("单位: 单位", "单位: 部门").splitlines()
    for fault in caught.value.faults:
        assert fault.line is not None
        assert any(word in lines[fault.line - 1] for word in ("事项名", "到场", "部门"))


@pytest.mark.parametrize(
    "change",
    [
        {"来源": None},
        {"来源环境变量": "NO_SUCH_VARIABLE"},
        {"来源": None, "来源环境变量": "NO_SUCH_VARIABLE"},
        {"案卷": {"表": "事项", "部分": [{"列表": "行为", "表": "办理", "外键": "号", "列": {}}]}},
        {"案卷": {"表": "事项", "列": {"行为": "名称"}}},
        {"案卷": 7},
        {"格式版本": 2},
    ],
)
def test_a_mapping_that_says_too_little_or_too_much_is_refused(change: dict[str, Any], tmp_path: Path) -> None:  # fmt: skip
    folder(tmp_path)

    with pytest.raises(dp.UnusableInput):
        list(dp.load_tables({**MAPPING, "来源": str(tmp_path), **change}))


@pytest.mark.parametrize(
    "text",
    [
        "号,名称\n1,甲,多\n", "号,号\n1,2\n", "", ",\n1,2\n", '号,名称\n1,"甲\n', "号,名称\n1,\0\n",
        "号,名称\n1," + "甲" * 1_000_001 + "\n",
    ],
)  # fmt: skip
def test_a_broken_csv_file_is_told_by_its_row(text: str, tmp_path: Path) -> None:
    with pytest.raises(dp.UnusableInput) as caught:
        list(dp.load_tables(folder(tmp_path, 事项=text)))

    assert "事项.csv" in caught.value.text()


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "gb18030"])
def test_files_are_read_in_the_codings_of_offices(coding: str, tmp_path: Path) -> None:
    path = folder(tmp_path, coding, 办理="序,号,环节,单位,日期,起,会\n")

    found = [item for item in dp.load_tables(path) if isinstance(item, dp.Decision)]

    assert [record.title for record in found] == ["甲事", "乙事"]


def test_names_that_look_like_statements_are_names(tmp_path: Path) -> None:
    evil = 'x"; DROP TABLE t; --'
    database = sqlite3.connect(tmp_path / "a.db")
    quoted = '"' + evil.replace('"', '""') + '"'
    database.execute(f"CREATE TABLE {quoted} (k, {quoted})")
    database.execute("CREATE TABLE t (k)")
    database.execute(f"INSERT INTO {quoted} VALUES (?, ?)", ("' OR 1=1 --", "=1+1\x1b[31m"))  # noqa: S608
    database.commit()
    mapping = {"schema": 1, "source": "a.db", "record": {"table": evil, "key": "k", "columns": {"id": "k", "title": evil}, "fixed": {"body": "x"}, "parts": [{"list": "acts", "table": "t", "joins": "k", "fixed": {"kind": "decision"}}]}}  # fmt: skip
    (tmp_path / "m.yaml").write_text(json.dumps(mapping), "utf-8")

    (found,) = dp.load_tables(tmp_path / "m.yaml")

    assert isinstance(found, dp.UnusableInput)  # an identifier holds no spaces
    assert [name for (name,) in database.execute("SELECT name FROM sqlite_master")] == [evil, "t"]
    database.close()


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_database_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(data)

    with pytest.raises(dp.UnusableInput):
        list(dp.load_tables({**MAPPING, "来源": str(tmp_path / "a.db")}))


def test_a_view_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decision_procedure.sources.databases.sqlite._MOST_TICKS", 3)
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        database.execute("CREATE VIEW 事项 AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n AS 号, n AS 名称 FROM c WHERE n < 0")  # fmt: skip
    mapping = {**MAPPING, "来源": str(tmp_path / "a.db"), "案卷": {**MAPPING["案卷"], "部分": []}}

    with pytest.raises(dp.UnusableInput, match="interrupted"):
        list(dp.load_tables(mapping))


def test_a_record_of_too_many_rows_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("decision_procedure.model.tables.reading.MAX_ROWS", 3)
    rows = "".join(f"{n},1,出台,,,,\n" for n in range(9)) + "99,2,出台,,,,\n"

    first, second = dp.load_tables(
        folder(tmp_path, 办理="序,号,环节,单位,日期,起,会\n" + rows, 到会="序,谁\n")
    )

    assert ("事项[2]", "一份案卷超过 3 行") in faults([first])
    assert isinstance(second, dp.Decision)


LOG = {
    "objectTypes": [], "eventTypes": [],
    "objects": [
        {"id": "m1", "type": "matter", "attributes": [{"name": "name", "time": "2024-01-01T00:00:00Z", "value": "旧名"}, {"name": "name", "time": "2024-02-01T00:00:00Z", "value": "停车收费"}]},
        {"id": "m2", "type": "matter", "attributes": [{"name": "name", "time": "2024-01-01T00:00:00Z", "value": "垃圾处理"}]},
        {"id": "fgj", "type": "office", "attributes": [{"name": "name", "time": "2024-01-01T00:00:00Z", "value": "发改局"}]},
    ],
    "events": [
        {"id": "e1", "type": "公示", "time": "2024-03-04T09:00:00+08:00", "attributes": [{"name": "until", "value": "2024-04-08"}], "relationships": [{"objectId": "m1", "qualifier": "事项"}, {"objectId": "fgj", "qualifier": "承办"}]},
        {"id": "e2", "type": "上会", "time": "2024-06-06T01:00:00Z", "attributes": [], "relationships": [{"objectId": "m1", "qualifier": "事项"}, {"objectId": "m2", "qualifier": "事项"}]},
    ],
}  # fmt: skip
OF_LOG = {
    "格式版本": 1,
    "来源": "日志.jsonocel",
    "案卷": {
        "表": "matter", "主键": "id", "列": {"编号": "id", "事项名称": "name"}, "固定内容": {"决策机关": "示例县人民政府"},
        "部分": [
            {"列表": "单位", "表": "office", "外键": "@matter", "列": {"编号": "id", "名称": "name"}},
            {"列表": "行为", "表": "公示", "外键": "事项", "固定内容": {"种类": "公开征求意见"}, "列": {"开始日期": "time", "截止日期": "until", "单位": "承办"}},
            {"列表": "行为", "表": "上会", "外键": "@matter", "固定内容": {"种类": "集体讨论"}, "列": {"日期": "time"}},
        ],
    },
}  # fmt: skip


def test_the_log_of_another_system_is_read_by_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "日志.jsonocel").write_text(json.dumps(LOG, ensure_ascii=False), "utf-8")
    path = tmp_path / "对照.yaml"
    path.write_text(yaml.safe_dump(OF_LOG, allow_unicode=True), "utf-8")

    first, second = dp.load_tables(path)

    assert isinstance(first, dp.Decision)
    assert isinstance(second, dp.Decision)
    comments, _ = first.acts
    assert (first.title, first.units[0].name, comments.unit) == ("停车收费", "发改局", "fgj")
    assert isinstance(comments, dp.acts.PublicComment)
    assert (str(comments.start), str(comments.end)) == ("2024-03-04T09:00", "2024-04-08")
    assert [(act.kind, str(act.date)) for act in second.acts] == [("deliberation", "2024-06-06T09:00")]
    with pytest.raises(dp.UnusableInput):
        list(dp.load_ocel(tmp_path / "日志.jsonocel"))


@pytest.mark.parametrize("data", [[], {}, {"events": [], "objects": [7]}, {"events": [{"id": "a", "type": "b", "relationships": [{}]}], "objects": []}, {"events": 1, "objects": []}])  # fmt: skip
def test_what_is_no_event_log_is_told_by_its_line(data: Any, tmp_path: Path) -> None:
    (tmp_path / "日志.json").write_text(json.dumps(data, indent=1), "utf-8")

    with pytest.raises(dp.UnusableInput):
        list(dp.load_ocel(tmp_path / "日志.json"))


def test_the_command_tells_faults_and_ends_with_two(tmp_path: Path) -> None:
    path = folder(tmp_path, 人="号,人\n")

    result = CliRunner().invoke(app, ["check", "--from", str(path), "--as-of", "2024-09-30"])

    assert result.exit_code == 2
    assert "办理[4].日期" in result.stderr
    assert "到会[2].谁" in result.stderr
    assert isinstance(CliRunner().invoke(app, ["check"]).exception, dp.UnusableArgument)


def test_extras_that_are_absent_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decision_procedure.sources.optional.find_spec", lambda _: None)
    (tmp_path / "事项.parquet").touch()
    mapping = {**MAPPING, "案卷": {**MAPPING["案卷"], "部分": []}}

    with pytest.raises(dp.UnusableArgument, match=r"\[sql\]"):
        list(dp.load_tables(MAPPING, source="postgresql://x"))
    with pytest.raises(dp.UnusableArgument, match=r"\[parquet\]"):
        list(dp.load_tables(mapping, source=tmp_path))


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.binary(max_size=4),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(["1、2，3;4\n5", "是", "不详", "2024-06-06T99:99:99Z", "0001-01-01T00:00:00+14:00", "集体讨论", "甲局"]),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.tuples(ODD, ODD, ODD, ODD, ODD, ODD, ODD), max_size=4), ODD, ODD)
def test_whatever_cells_hold_each_record_is_read_or_told_of(rows: Any, key: Any, title: Any) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        for name, text in GOOD.items():
            columns = text.partition("\n")[0].split(",")
            database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        database.execute("INSERT INTO 事项 VALUES (?, ?), ('1', '甲事')", (key, title))
        database.executemany("INSERT INTO 办理 VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        database.executemany("INSERT INTO 办理 VALUES (1, 1, ?, ?, ?, ?, ?)", [row[2:] for row in rows])
        database.execute("INSERT INTO 到会 VALUES (1, ?)", (title,))
        database.execute("INSERT INTO 人 VALUES (1, ?)", (key,))

        found = list(dp.load_tables(MAPPING, source=database))

    assert len(found) >= 2
    for item in found:
        assert item.faults if isinstance(item, dp.UnusableInput) else dp.decision(item.to_dict()) == item


PARTS: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "事项", "号", "行为", "目录.年度", "..", "种类", "x"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["表", "列", "列名", "词", "部分", "固定内容", "外键", "列表", "条件", "种类", "目录"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(["来源", "案卷", *MAPPING["案卷"]]), PARTS)
def test_whatever_a_mapping_holds_it_is_used_or_refused(key: str, part: Any) -> None:
    mapping = {**MAPPING, key: part} if key in MAPPING else {**MAPPING, "案卷": {**MAPPING["案卷"], key: part}}  # fmt: skip
    with closing(sqlite3.connect(":memory:")) as database:
        for name, text in GOOD.items():
            database.execute(f"CREATE TABLE {name} ({text.partition(chr(10))[0]})")
        database.execute("INSERT INTO 事项 VALUES ('1', '甲事')")

        try:
            found = list(dp.load_tables(mapping, source=database))
        except (dp.UnusableInput, dp.UnusableArgument):
            return  # refused, with what is wrong
    assert len(found) == 1
