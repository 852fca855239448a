"""`python -m tools.fill_in`: docs/fill-in.md (案卷填写说明), from the declarations of the model, the law and the examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

import decision_procedure as dp
from decision_procedure.checking.compiled import duties_of
from decision_procedure.forms.asking import places_read
from decision_procedure.forms.meaning import what_to_write
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.articles import article_text, listed_articles
from decision_procedure.model.acts import Act
from decision_procedure.model.decision import (
    Body,
    CatalogueEntry,
    Completeness,
    Decision,
    Document,
    Draft,
    Judgement,
    Person,
    Post,
    Unit,
    Withholding,
)
from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.references import lists_of
from decision_procedure.model.traits import Traits
from decision_procedure.model.writing import written
from decision_procedure.wording import Words, section

PAGE = Path(__file__).parents[1] / "docs" / "fill-in.md"
EXAMPLES = Path(__file__).parents[1] / "examples" / "invented"
_MOST_ARTICLES, _LONGEST_EXAMPLE = 3, 60
_PARTS: Mapping[str, tuple[str, type[BaseModel]]] = {
    "body": ("决策机关", Body),
    "catalogue": ("目录", CatalogueEntry),
    "traits": ("事项特征", Traits),
    "withholding": ("不公开情况", Withholding),
    "complete": ("完整性声明", Completeness),
    "units": ("单位", Unit),
    "people": ("人员", Person),
    "people.posts": ("任职", Post),
    "documents": ("文件", Document),
    "drafts": ("草案版本", Draft),
    "judgements": ("人工判断", Judgement),
}
_INTRO = """\
# 案卷填写说明 Filling in a record

本页由声明、法律和例子生成(`python -m tools.fill_in`)。中英文的键都可以用;英文的键见[词汇](glossary.md)。
Made from the declarations, the law and the examples; the English keys are in the [glossary](glossary.md).

- 新建:`decision-procedure new 案卷.yaml --body 示例县 --matter 定价`,只列本事项需要的行为;不清楚的不填,不填不等于没有。
- 没有办理的:整个行为写 `已进行: 否`;行为中的某一项写进 `未办理事项`;某类行为已经列全的,写完整性声明。
- 日期写 `2024-06-01`、`2024年6月1日` 或者只写年月;是、否、不详写 `是`、`否`,不详的不写。
- 几份文件记载不一的:`记载: {日期: [{文件: 甲, 值: 2024-06-01}, {文件: 乙, 值: 2024-06-02}]}`。
- 填好后 `check 案卷.yaml`,再 `ask 案卷.yaml` 看还要问什么,`ask --answer` 逐项回答,`fmt` 统一键和词。

“用于”列出哪些条文要看这一项;没有列出的,只供存档或者指明是谁、是哪一份。
"""


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRO
    yield "## 基本情况"
    yield from _table(Decision, "decision", without=("says", "acts", *(name for name in _PARTS)))
    for place, (title, model) in _PARTS.items():
        yield f"\n### {title}"
        room = "traits" if model is Traits else f"decision.{place}"
        yield from _table(model, room, without=("says",))
    yield "\n## 行为"
    yield "\n### 各种行为共有"
    yield from _table(Act, "", without=("says", "kind"))
    for kind, model in SHIPPED.acts.items():
        yield f"\n### {SHIPPED.name(kind)}"
        own = tuple(name for name in model.model_fields if name in Act.model_fields)
        if set(model.model_fields) == set(own):
            yield "\n没有自己的键。"
            continue
        yield from _table(model, kind, without=own)
        for name, member in lists_of(model).items():
            yield f"\n其中每项“{keys_of(model)[name].zh}”："
            yield from _table(member, f"{kind}.{name}", without=("says",))


def _table(model: type[BaseModel], room: str, *, without: tuple[str, ...]) -> Iterator[str]:
    yield "\n| 键 | 怎样填 | 用于 | 例 |\n|---|---|---|---|"
    for name, field in model.model_fields.items():
        if name in without:
            continue
        key = field.alias or name
        called = keys_of(model)[key]
        text = what_to_write(model, name, SHIPPED, Words("zh", "skeleton"))
        meaning = (
            section("flag", "zh").get(name) if text.startswith(Words("zh", "skeleton").say("flag")) else None
        )
        cells = (
            called.zh + (f"（也可写{'、'.join(called.also)}）" if called.also else ""),
            f"是否{meaning}：{text}" if meaning else text,
            _used(f"{room}.{name}"),
            _example(room, key),
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _used(place: str) -> str:
    """Return the articles whose duties read a place, the instrument named once."""
    found: dict[str, dict[str, None]] = {}
    for title, article in _readers().get(place, ()):
        found.setdefault(title, {}).update(dict.fromkeys(article.split("、")))
    return "；".join(
        f"《{title}》" + listed_articles(list(articles)[:_MOST_ARTICLES], "zh") + (f"等{len(articles)}处" if len(articles) > _MOST_ARTICLES else "")
        for title, articles in list(found.items())[:_MOST_ARTICLES]
    ) + (f"等{len(found)}部" if len(found) > _MOST_ARTICLES else "")  # fmt: skip


@cache
def _readers() -> Mapping[str, list[tuple[str, str]]]:
    """Return which articles read each place of a record."""
    found: dict[str, list[tuple[str, str]]] = {}
    for info in duties_of(standard_law().packs).values():
        cited = (info.instrument.zh, article_text(info.article, "zh"))
        for place in dict.fromkeys(places_read(info.names, info.per)):
            found.setdefault(place, []).append(cited)
    return found


def _example(room: str, key: str) -> str:
    """Return the first value that an example states under a key, as a file in Chinese writes it."""
    for path in sorted(EXAMPLES.glob("*.yaml")):
        value = next(_stated(_chinese(path), room, key), None)
        if value is not None:
            text = _written(value)
            return f"`{text[:_LONGEST_EXAMPLE]}{'…' if len(text) > _LONGEST_EXAMPLE else ''}`"
    return ""


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    return yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000).split("\n")[0]


@cache
def _chinese(path: Path) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    record = dp.load_decision(path)
    return written(record), written(record, "zh")


def _stated(record: tuple[Mapping[str, Any], Mapping[str, Any]], room: str, key: str) -> Iterator[Any]:
    """Yield the values under a key of the parts of a room, found in English and told in Chinese."""
    for part, said in _parts_in(*record, room):
        if key in part:
            yield list(said.values())[list(part).index(key)]


def _parts_in(data: Any, said: Any, room: str) -> Iterator[tuple[Any, Any]]:
    first, *rest = room.removeprefix("decision.").split(".") if room not in ("decision", "") else [""]
    if room == "decision":
        yield data, said
        return
    acts = zip(data["acts"], said["行为"], strict=True)
    if room == "" or first in SHIPPED.acts:
        found = [pair for pair in acts if room == "" or pair[0]["kind"] == first]
    else:
        found, rest = [(data, said)], [first, *rest]
    for step in rest:
        found = [pair for one in found for pair in _below(*one, step)]
    yield from found


def _below(data: Any, said: Any, step: str) -> Iterator[tuple[Any, Any]]:
    if step not in data:
        return
    part, told = data[step], list(said.values())[list(data).index(step)]
    yield from zip(part, told, strict=True) if isinstance(part, list) else [(part, told)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
