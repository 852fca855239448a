"""OA 的数据库逐件核查，问题写回一张表，逐件画图 An OA's database checked, findings written back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import decision_procedure as dp


def screen(folder: Path, day: str) -> None:
    """核查 folder 中 oa.db 的各件，写回 finding 表 Check what is in oa.db, and write the findings back."""
    with closing(sqlite3.connect(folder / "oa.db")) as db, db:
        records = dp.load_tables(folder / "对照.yaml", source=db)
        db.execute("CREATE TABLE IF NOT EXISTS finding (dec, duty, article, outcome, text, fingerprint)")
        for number, report in enumerate(dp.check_many(records, as_of=day), 1):
            if isinstance(report, dp.Unchecked):
                print(report, *(fault.text() for fault in report.faults), sep="\n")
                continue
            rows = [
                (f.record, f.rule, f.article.zh, f.outcome, f.sentence("zh"), f.fingerprint)
                for f in report.findings("needs_judgement")
            ]
            db.executemany("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?)", rows)
            print(number, len(rows), report.gate("提交讨论").state)
            # 编号由案卷写，不作文件名 an identifier is what a record says: no name of a file
            dp.diagram(report).save(str(folder / f"{number}.svg"))
