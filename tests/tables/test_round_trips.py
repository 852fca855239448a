"""A record comes back the same from flat tables and from an event log, whatever it states."""

from __future__ import annotations

import csv
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flattened import Tables, flattened, plain
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from tools.fuzz.records import RECORDS, mutated

ALTERED = st.tuples(st.sampled_from(sorted(RECORDS)), st.integers(0, 2**32))


def altered(name: str, seed: int, changes: int = 12) -> dp.Decision:
    return mutated(RECORDS[name], random.Random(seed), changes)[1]  # noqa: S311 - not for secrets


def in_sqlite(tables: Tables) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    for name, rows in tables.items():
        head = list(dict.fromkeys(key for row in rows for key in row))
        columns = ", ".join(f'"{key}" TEXT' for key in head)
        database.execute(f"CREATE TABLE {name} ({columns})")
        database.executemany(
            f"INSERT INTO {name} VALUES ({', '.join('?' * len(head))})",  # noqa: S608 - names of the model
            [[row.get(key) for key in head] for row in rows],
        )
    return database


def as_csv(tables: Tables, folder: Path) -> None:
    for name, rows in tables.items():
        head = list(dict.fromkeys(key for row in rows for key in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, head)
            writer.writeheader()
            writer.writerows(rows)


def read(mapping: dict[str, Any], source: Any) -> list[dp.Decision]:
    found = list(dp.load_tables(mapping, source=source))
    wrong = [item.text() for item in found if isinstance(item, dp.UnusableInput)]
    assert wrong == []
    return found  # type: ignore[return-value]


@settings(max_examples=25)
@given(ALTERED)
def test_a_record_comes_back_from_the_tables_of_a_database(which: tuple[str, int]) -> None:
    data = plain(altered(*which).to_dict("en"))
    mapping, tables = flattened([data])

    (found,) = read(mapping, in_sqlite(tables))

    assert found == dp.decision(data)


def test_every_example_comes_back_from_one_folder_of_csv_files(tmp_path: Path) -> None:
    records = [plain(dp.decision(data).to_dict("en")) for data in RECORDS.values()]
    mapping, tables = flattened(records)
    as_csv(tables, tmp_path)

    found = read(mapping, tmp_path)

    assert found == [dp.decision(data) for data in records]


def test_every_example_comes_back_from_parquet_files(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    from pyarrow import parquet

    records = [plain(dp.decision(data).to_dict("en")) for data in RECORDS.values()]
    mapping, tables = flattened(records)
    for name, rows in tables.items():
        head = dict.fromkeys(key for row in rows for key in row)
        columns = {key: pyarrow.array([row.get(key) for row in rows], pyarrow.string()) for key in head}
        parquet.write_table(pyarrow.table(columns), tmp_path / f"{name}.parquet")

    assert read(mapping, tmp_path) == [dp.decision(data) for data in records]


@settings(max_examples=12)
@given(ALTERED)
def test_a_record_comes_back_from_the_event_log_that_is_written_of_it(tmp_path_factory: Any, which: tuple[str, int]) -> None:  # fmt: skip
    record = altered(*which)
    path = tmp_path_factory.mktemp("log") / "日志.json"
    path.write_text(
        "".join(dp.as_format([("案卷.yaml", dp.check(record, as_of="2024-09-30"))], "ocel")), "utf-8"
    )

    (found,) = dp.load_ocel(path)

    assert found == record


def test_all_examples_come_back_from_one_event_log(tmp_path: Path) -> None:
    records = {data["title"]: dp.decision(data) for data in RECORDS.values()}
    reports = [(name, dp.check(record, as_of="2024-09-30")) for name, record in records.items()]
    path = tmp_path / "日志.json"
    path.write_text("".join(dp.as_format(reports, "ocel")), "utf-8")

    found = {record.title: record for record in dp.load_ocel(path) if isinstance(record, dp.Decision)}

    assert found == records


@settings(max_examples=25)
@given(ALTERED, st.sampled_from(["zh", "en"]))
def test_a_record_comes_back_from_data_and_texts_of_either_language(which: tuple[str, int], lang: Any) -> None:  # fmt: skip
    record = altered(*which)

    assert dp.decision(record.to_dict(lang)) == record
    assert dp.parse_decision(record.to_json(lang)) == record
    assert dp.parse_decision(record.to_yaml(lang), json=False) == record
