"""Records are read from a real PostgreSQL, with its own types, and nothing is written to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from cluster import programs, running
from flattened import flattened, plain
from test_round_trips import read

import decision_procedure as dp
from tools.fuzz.records import RECORDS

sqlalchemy = pytest.importorskip("sqlalchemy", reason="the extra `sql` is not installed")
pytest.importorskip("psycopg", reason="no driver for PostgreSQL is installed")
pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running() as found:
        yield found


MAPPING: dict[str, Any] = {
    "格式版本": 1,
    "来源环境变量": "OA_URL",
    "案卷": {
        "表": "oa.decision",
        "主键": "no",
        "列": {"编号": "code", "事项名称": "title", "目录.年度": "year", "目录.已列入": "listed"},
        "固定内容": {"决策机关": "示例县人民政府"},
        "部分": [
            {
                "列表": "行为",
                "表": "oa.act",
                "外键": "dec",
                "固定内容": {"种类": "集体讨论"},
                "列": {
                    "日期": "at",
                    "行政首长到会": "present",
                    "备注": "note",
                    "会议类型": {"列名": "kind", "词": {"1": "常务会议"}},
                },
            }
        ],
    },
}


def test_values_of_its_own_types_are_read_and_faults_name_the_row(url: str, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for statement in (
            "CREATE SCHEMA oa",
            "CREATE TABLE oa.decision (no bigint PRIMARY KEY, code text, title text, year numeric, listed boolean)",
            "CREATE TABLE oa.act (no serial PRIMARY KEY, dec bigint, at timestamptz, present boolean, kind smallint, note text)",
            "INSERT INTO oa.decision VALUES (1, 'a', '事项甲', 2024.0, true), (2, 'b', '', NULL, false)",
            "INSERT INTO oa.act (dec, at, present, kind, note) VALUES (1, '2024-06-27 01:30+00', true, 1, ' x '), (2, NULL, NULL, 7, NULL), (9, NULL, NULL, 1, NULL)",
        ):
            connection.execute(sqlalchemy.text(statement))
    engine.dispose()
    monkeypatch.setenv("OA_URL", url)

    first, second, rest = dp.load_tables(MAPPING)

    assert isinstance(first, dp.Decision)
    assert (first.id, first.catalogue.year, first.catalogue.listed) == ("a", 2024, True)  # type: ignore[union-attr]
    (act,) = first.acts
    assert (str(act.date), act.note, act.meeting_type) == ("2024-06-27T09:30", "x", "executive")  # type: ignore[attr-defined]
    assert isinstance(second, dp.UnusableInput)
    assert {fault.key for fault in second.faults} == {"oa.decision[2]", "oa.act[2].kind"}
    assert isinstance(rest, dp.UnusableInput)
    assert rest.faults[0].key == "oa.act.dec"


def test_every_example_comes_back_from_it_and_it_is_only_read(url: str) -> None:
    records = [plain(dp.decision(data).to_dict("en")) for data in RECORDS.values()]
    mapping, tables = flattened(records)
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for name, rows in tables.items():
            head = dict.fromkeys(key for row in rows for key in row)
            table = sqlalchemy.Table(
                name, sqlalchemy.MetaData(), *(sqlalchemy.Column(key, sqlalchemy.Text) for key in head)
            )
            table.create(connection)
            connection.execute(table.insert(), [{key: row.get(key) for key in head} for row in rows])

    found = read(mapping, engine)

    assert found == [dp.decision(data) for data in records]
    from decision_procedure.sources.databases.server import server_tables

    with server_tables(url) as held, pytest.raises(sqlalchemy.exc.InternalError, match="read-only"):
        held._asked.execute(sqlalchemy.text("DELETE FROM record"))
    engine.dispose()


def test_what_cannot_be_reached_is_told_without_its_password(url: str, tmp_path: Any) -> None:
    wrong = url.replace("tester@", "tester:verysecret@").replace("host=", f"host={tmp_path}/no")

    with pytest.raises(dp.UnusableInput) as caught:
        list(dp.load_tables({**MAPPING, "来源": wrong, "来源环境变量": None}))

    assert "verysecret" not in str(caught.value) + repr(caught.value.faults)
