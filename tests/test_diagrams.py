"""Pictures: states in words, gates where they stand, and no text of a record as markup."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, EXAMPLES, report

import decision_procedure as dp
from decision_procedure.errors import UnusableArgument

BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"


def drawn(path: Path) -> str:
    decision = dp.load_decision(path)
    return dp.diagram(dp.check(decision, as_of=DAY)).text


def test_each_step_bears_its_state_in_words_and_the_same_text_comes_twice() -> None:
    text = drawn(BAD)

    assert "× 合法性审查意见\\n不合规" in text
    assert "√ 风险评估\\n合规" in text
    assert drawn(BAD) == text


def test_the_gate_mark_stands_on_the_forbidden_step_only() -> None:
    assert drawn(BAD).count("关口关闭") == 2  # the label and its tooltip


def test_publication_never_waits_behind_a_closed_gate() -> None:
    found = dp.check(dp.load_decision(BAD), as_of=DAY)

    assert found.gate("publication").state == "open"
    assert found.gate("decision").state == "closed"


@pytest.mark.parametrize("title", ["<b>x</b>", '"]; evil [', "\\N\\G", "<<TABLE>>", "a\x01b"])
def test_a_hostile_title_stays_text(clean: dict[str, Any], title: str) -> None:
    clean["title"] = title
    found = report(clean)

    text = dp.diagram(found).text

    assert "label=<" not in text
    assert "\x01" not in text


def test_dot_text_needs_no_graphviz_and_an_unknown_format_is_refused(tmp_path: Path) -> None:
    decision = dp.load_decision(BAD)
    picture = dp.diagram(dp.check(decision, as_of=DAY))

    assert picture.save(tmp_path / "x.dot").read_text(encoding="utf-8") == picture.text
    with pytest.raises(UnusableArgument):
        picture.save(tmp_path / "x.exe")


def test_without_graphviz_a_picture_is_a_clear_error_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = dp.load_decision(BAD)
    picture = dp.diagram(dp.check(decision, as_of=DAY))
    monkeypatch.setenv("PATH", str(tmp_path))

    assert shutil.which("dot") is None
    with pytest.raises(UnusableArgument, match="Graphviz"):
        picture.save(tmp_path / "x.svg")
    assert not (tmp_path / "x.svg").exists()
