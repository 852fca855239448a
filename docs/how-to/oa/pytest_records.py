"""pytest 插件：文件夹里的每份案卷是一个测试 A plugin of pytest: each record of a folder is a test.

python -m pytest -c /dev/null --rootdir . --noconftest -p no:python -p pytest_records --as-of 2024-09-30 案卷/
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import decision_procedure as dp


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--as-of", default=date.today().isoformat(), help="截至日期 the day as of which")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    is_record = file_path.suffix in (".yaml", ".json")
    return RecordFile.from_parent(parent, path=file_path) if is_record else None


class RecordFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        for number, (_, found) in enumerate(dp.load_decisions(self.path), 1):
            yield RecordItem.from_parent(self, name=f"案卷{number}", found=found)


class RecordItem(pytest.Item):
    def __init__(self, found: dp.Decision | dp.UnusableInput, **further: object) -> None:
        super().__init__(**further)  # type: ignore[arg-type]
        self.found = found

    def runtest(self) -> None:
        if isinstance(self.found, dp.UnusableInput):
            pytest.fail(self.found.text(), pytrace=False)
        report = dp.check(self.found, as_of=self.config.getoption("--as-of"))
        if violated := [f.sentence("zh") for f in report.findings("violated") if f.counts]:
            pytest.fail("\n".join(violated), pytrace=False)
