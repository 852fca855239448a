"""The line of counts on a terminal: broken between its counts, never inside a word."""

from io import StringIO

import pytest

from decision_procedure.cli.paper import Paper
from decision_procedure.render.text import TextLine


@pytest.mark.parametrize("columns", [40, 60, 80, 140])
def test_no_count_is_parted_from_its_word(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    counts = [
        f"{face} {number}  "
        for face, number in (("不合规", 3), ("需人工判断", 1), ("尚无记录", 6), ("不适用", 67))
    ]
    stream = StringIO()
    Paper(stream, "zh").write([TextLine(tuple((text, "") for text in counts * 2), 2, whole=True)])
    printed = [line.strip().split("  ") for line in stream.getvalue().splitlines()]
    assert [count for line in printed for count in line] == [count.strip() for count in counts * 2]
