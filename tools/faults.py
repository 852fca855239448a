"""`python -m tools.faults`: docs/faults.md, what is said of each duty on its failing examples, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import decision_procedure as dp
from decision_procedure.checking.verdicts import check_decision
from decision_procedure.errors import UnusableInput
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.results.report import Report
from decision_procedure.results.saying import Namings, Sentence, said
from decision_procedure.results.severity import SEVERITY
from decision_procedure.results.verdict import Verdict
from decision_procedure.ruletests.running import only, snippets, used_by
from decision_procedure.wording import LANGUAGES

PAGE = Path(__file__).parent.parent / "docs" / "faults.md"
SECTIONS = ("fail", "unknown")
_SHOWN = SECTIONS[:1]
_SOURCES = {"pack": "自拟 own", "form": "句式 form"}


class Told(NamedTuple):
    """One example of a duty, and what is said of it in Chinese and English."""

    duty: str
    name: str
    section: str
    report: Report
    verdict: Verdict
    sentences: tuple[Sentence, Sentence]


@lru_cache(maxsize=1)
def told() -> tuple[Told, ...]:
    """Return every failing or open example of every duty that ships."""
    law = dp.load_law()
    return tuple(
        item
        for pack in law.packs
        for rule in pack.rules
        for item in _of_rule(pack, rule, used_by(pack, law.packs))
    )


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 问题怎么说 What is said of a fault"
    yield (
        "\n本页由各文件自带的例子生成（`python -m tools.faults`）：每项义务不合规或者须由人判断时，标题上那一句话。"
        "“自拟”的句子写在规则文件的 `fault` 里，“句式”的由 `words.yaml` 的 `saying` 一节生成。"
        "Made from the examples of the rule files: the sentence that heads each finding."
    )
    pack = ""
    for duty in dict.fromkeys(item.duty for item in told()):
        found = [item for item in told() if item.duty == duty and item.section in _SHOWN]
        if not found:
            continue
        if duty.partition(".")[0] != pack:
            pack = duty.partition(".")[0]
            yield f"\n## {found[0].report.duties[duty].instrument.zh} `{pack}`"
        info = found[0].report.duties[duty]
        yield f"\n### `{duty}` {info.article}\n\n要求：{info.text.zh} {info.text.en}\n"
        sentences = {item.sentences: item for item in found}
        for (zh, en), item in sentences.items():
            mark = "需人工判断 " if item.verdict.outcome == "needs_judgement" else ""
            yield f"- {mark}({_SOURCES[zh.source]}) {zh.text}<br>{en.text}"


def _of_rule(pack: Pack, rule: Rule, used: tuple[Pack, ...]) -> Iterator[Told]:
    law = only(pack, [rule], used)
    for name, section, snippet in snippets(pack, rule):
        if section in SECTIONS and not isinstance(snippet, UnusableInput):
            report = check_decision(snippet.decision, law, snippet.claims.as_of)
            namings = Namings(report)
            for verdict in report.verdicts:
                if verdict.duty == rule.id and verdict.outcome in SEVERITY[:3]:
                    zh, en = (said(report, verdict, namings.of(lang)) for lang in LANGUAGES)
                    yield Told(rule.id, name, section, report, verdict, (zh, en))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
