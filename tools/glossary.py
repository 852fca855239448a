"""`python -m tools.glossary`: docs/glossary.md, from the declarations of the model and the table of words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_origin

from pydantic import BaseModel

from decision_procedure.model.acts import ACT_CLASSES, Act
from decision_procedure.model.base import Key, Part
from decision_procedure.model.decision import Decision
from decision_procedure.model.keys import key_label, keys_of
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.references import lists_of, references_of
from decision_procedure.model.sorts import choices_of, members_of, models_in, sort_of
from decision_procedure.model.traits import Trait, Traits
from decision_procedure.model.vocabulary import LABELS, domain_of, label

PAGE = Path(__file__).parent.parent / "docs" / "glossary.md"
TERMS = (
    ("instrument", "法律文件", "一部法律、法规、规章或者文件 one law, regulation, rule or document"),
    ("duty", "义务", "一部文件中可以核查的一句话 one checkable sentence of an instrument"),
    ("step", "程序环节", "程序图上的一点 a node of the procedure graph"),
    ("act", "行为", "案卷记载做过的一件事 something a record says was done"),
    ("trait", "事项特征", "引起义务的事实:是、否、不详 a fact that triggers duties: true, false, unknown"),
    ("test", "核查", "一项义务的条件在一个行为上求值 the condition of a duty evaluated on an act"),
    ("verdict", "结论", "一项义务在一个行为上得出什么 what a duty comes to on an act"),
    ("gate", "前置程序", "条文禁止后一环节,直到做到 a duty whose text forbids a later step until it is met"),
    ("finding", "问题", "值得人看的结论 a conclusion worth a person's attention"),
    ("cap", "降级依据", "不合规因此只能交人判断 what lowers a breach to a question for a person"),
    ("word", "规则语言的词", "规则条件可以调用的函数 a function that conditions of rules may call"),
    ("trail", "责任追溯链", "从结果回到义务、行为、证据、单位、人 from an outcome back to duty, act, evidence, unit and person"),
    ("waiver", "豁免", "立在结论旁边,不改变结论 stands beside a verdict and changes none"),
    ("round", "轮次", "从草案到决定的一次过程 one passage from draft to decision"),
)  # fmt: skip
_KINDS = {"date": "日期 date", "flag": "是、否、不详 true, false, null", "number": "数 number"}
_OF_RESULTS = ("outcome", "class", "force", "effect", "binding", "proof", "need", "progress", "gate_state", "cap", "reason", "stage")  # fmt: skip


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 词汇 Glossary"
    yield "\n本页由声明生成(`python -m tools.glossary`),案卷中中英文的键和词都可以用。Made from the declarations; a record may use either language."
    yield "\n## 术语 Terms\n\n| 标识 identifier | 中文 | 含义 meaning |\n|---|---|---|"
    yield from (f"| `{name}` | {zh} | {meaning} |" for name, zh, meaning in TERMS)
    yield "\n## 结果中的词 Words of results"
    for domain in _OF_RESULTS:
        yield f"\n### `{domain}`\n"
        yield from _words(domain)
    yield "\n## 案卷 The record"
    for model in _parts(Decision, {Act, *ACT_CLASSES.values()}):
        yield f"\n### `{model.__name__}`"
        yield from _table(model, tuple(model.model_fields))
    yield "\n## 行为 Acts"
    yield "\n### 各种行为共有 Every act"
    yield from _table(Act, tuple(Act.model_fields))
    for kind, act in ACT_CLASSES.items():
        yield f"\n### {SHIPPED.name(kind)} `{kind}`"
        own = tuple(name for name in act.model_fields if name not in Act.model_fields)
        yield from _table(act, own) if own else ("\n没有自己的键。No keys of its own.",)
        for member in lists_of(act).values():
            yield f"\n`{member.__name__}`:"
            yield from _table(member, tuple(member.model_fields))


def _words(domain: str) -> Iterator[str]:
    yield from (f"- `{word}` {zh} {en}" for word, (zh, en) in LABELS[domain].items())


def _parts(model: type[Part], without: set[type[BaseModel]]) -> Iterator[type[Part]]:
    """Yield a part of a record and those that it holds, each once."""
    seen: set[type[BaseModel]] = set(without)

    def walk(part: type[Part]) -> Iterator[type[Part]]:
        if part in seen:
            return
        seen.add(part)
        yield part
        for field in part.model_fields.values():
            for inner in models_in(field.annotation):
                if issubclass(inner, Part):
                    yield from walk(inner)

    yield from walk(model)


def _table(model: type[Part], names: tuple[str, ...]) -> Iterator[str]:
    yield "\n| 键 key | 中文键 | 值 value |\n|---|---|---|"
    for name in names:
        key = model.model_fields[name].alias or name
        if not (name == "kind" and issubclass(model, Act)) and name != "says":
            called = keys_of(model)[key]
            yield f"| `{key}` | {called.zh} | {_value(model, name)}{_also(called)} |"


def _also(called: Key) -> str:
    """Return what else may be written for a key."""
    return f";也可写 or: {'、'.join(called.also)}" if called.also else ""


def _value(model: type[Part], name: str) -> str:
    """Return what stands under a key: words that are allowed, a part of the record, an identifier, or a plain value."""
    annotation: Any = model.model_fields[name].annotation
    many = "若干 list: " if any(get_origin(member) is tuple for member in members_of(annotation)) else ""
    target = dict(references_of(model)).get(name)
    if target is not None:
        return f"{many}编号 identifier" + ("" if target == "any" else f" (`{target}` {key_label(target)})")
    inner = tuple(dict.fromkeys(models_in(annotation)))
    if len(inner) > 1:
        return f"{many}见下“行为” see Acts below"
    found = [_KINDS["flag"]] if Trait in inner or bool in members_of(annotation) else []
    found += [] if Trait in inner and model is not Traits else [f"`{part.__name__}`" for part in inner]
    found += _choices(annotation)
    return many + ("、".join(found) or _KINDS.get(sort_of(annotation), "文字 text"))


def _choices(annotation: object) -> list[str]:
    words = choices_of(annotation)
    domain = domain_of(words) if words else None
    return [f"{label(domain, word)} `{word}`" if domain else f"`{word}`" for word in words]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
