"""`python -m tools.coverage`: docs/coverage.md and docs/coverage.svg, what law is loaded where and how its rules compare, from the packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.head import Head
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.register import Entry
from decision_procedure.law.spans import Instant, TimeDemand, demands_of
from decision_procedure.model.divisions import place_name
from decision_procedure.model.keys import key_label
from decision_procedure.model.vocabulary import label
from decision_procedure.ruletests.coverage import counts
from tools.coverage_map import PICTURE, TITLE, picture

PAGE = Path(__file__).parent.parent / "docs" / "coverage.md"
_SEEN = {"full": "全文 whole", "part": "部分 in part", "none": "未见 unseen"}
_STATUS = {"unseen": "文本未见 unseen", "not_loaded": "未载入 not loaded", "draft": "草案 draft"}
_UNIT = {"days": "日 days", "workdays": "工作日 working days", "workdays_within": "工作日 working days"}
_COUNTED = ("days", "workdays", "workdays_within")


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join(_lines(standard_law())) + "\n"


def _lines(law: Law) -> Iterator[str]:
    yield "# 覆盖 Coverage"
    yield "\n本页由规则文件生成(`python -m tools.coverage`)。Made from the rule files."
    yield "\n## 各地适用什么 What is loaded, place by place"
    yield "\n上级的文件在下级适用:一县适用全国、本省、本市和本县的文件。An instrument applies in every place within its own."
    yield f"\n[![{TITLE}]({PICTURE.name})]({PICTURE.name})"
    yield "\n图由同一命令生成，点开后指向一格可见其文件。Made by the same command; opened by itself, each square names its instruments."
    for place, packs in groupby(sorted(law.packs, key=_by_place), key=lambda pack: pack.head.place):
        yield f"\n### {_place(place)}\n"
        yield "| 文件 instrument | 文号 number | 施行 in force | 所读 read | 条 articles | 规则核查 modelled | 重述上位法 repeated | 列出原因 listed |\n|---|---|---|---|---|---|---|---|"
        yield from map(_instrument, packs)
    yield "\n### 已知而未载入 Known and not loaded\n"
    yield "案卷引用时能认出,不据以核查。Recognised where a record cites them; nothing is checked by them.\n"
    yield "| 地方 place | 文件 instrument | 文号 number | 施行 in force | 状态 state |\n|---|---|---|---|---|"
    yield from map(
        _entry, sorted(law.register, key=lambda entry: (entry.place != "cn", entry.place, entry.id))
    )
    yield "\n## 比较 How the rules compare"
    local = [pack for pack in law.packs if pack.head.procedure is None]
    yield "\n### 期限 Time\n\n| 从 from | 至 to | 要求 asked | 依据 by |\n|---|---|---|---|"
    yield from _times(local)
    for title, rules in _topics(local):
        yield f"\n### {title}\n\n| 地方 place | 依据 by | 效力 force | 要求 requirement |\n|---|---|---|---|"
        yield from map(_duty, rules)


def _by_place(pack: Pack) -> tuple[bool, str, str]:
    return pack.head.place != "cn", pack.head.place, pack.head.id


def _place(code: str) -> str:
    return f"{place_name(code, 'zh')} {place_name(code, 'en')}"


def _instrument(pack: Pack) -> str:
    head, found = pack.head, counts(pack)
    total = "不详 unknown" if head.articles is None else str(head.articles)
    return (
        f"| {head.title.zh} `{head.id}` | {head.number or ''} | {_in_force(head)} | {_SEEN[head.seen]} | {total} "
        f"| {found.modelled} | {found.repeated} | {found.listed} |"
    )


def _entry(entry: Entry) -> str:
    return f"| {_place(entry.place)} | {entry.title.zh} | {entry.number or ''} | {_in_force(entry)} | {_STATUS[entry.status]} |"


def _in_force(item: Head | Entry) -> str:
    since = "不详 unknown" if item.in_force_from is None else item.in_force_from.text
    return since if item.in_force_to is None else f"{since} — {item.in_force_to.text}"


def _times(packs: Sequence[Pack]) -> Iterator[str]:
    named = {pack.head.id: pack for pack in packs}
    rows = {}
    for demand in sorted(
        demands_of(tuple(packs)),
        key=lambda demand: _COUNTED.index(demand.measure) if demand.measure in _COUNTED else -1,
    ):
        if (
            demand.measure in _COUNTED
        ):  # of one limit counted in two ways, the last of `_COUNTED` is how the text says it
            pack = named[demand.pack]
            key = (
                *_ends(pack, demand),
                demand.least is None,
                pack.head.place != "cn",
                _cited(pack, demand.article),
            )
            rows[key] = _asked(demand)
    for (start, end, *_, cited), asked in sorted(
        rows.items(), key=lambda row: (row[0][1], row[0][0], *row[0][3:])
    ):
        yield f"| {start} | {end} | {asked} | {cited} |"


def _ends(pack: Pack, demand: TimeDemand) -> tuple[str, str]:
    return _moment(pack, demand.start), _moment(pack, demand.end)


def _moment(pack: Pack, moment: Instant) -> str:
    kind = pack.kinds.name(moment.kind, "zh")
    return kind if moment.field == "date" else f"{kind}：{key_label(moment.field)}"


def _asked(demand: TimeDemand) -> str:
    unit = _UNIT[demand.measure]
    least = [] if demand.least is None else [f"不少于 at least {demand.least} {unit}"]
    most = [] if demand.most is None else [f"不超过 at most {demand.most} {unit}"]
    return "；".join(least + most)


def _cited(pack: Pack, article: str) -> str:
    return f"{place_name(pack.head.place, 'zh')} `{pack.head.id}` {article}"


def _topics(packs: Iterable[Pack]) -> Iterator[tuple[str, list[Rule]]]:
    rules = sorted(
        (rule for pack in packs for rule in pack.rules if not rule.follows),
        key=lambda rule: (_by_place(rule.pack), rule.id),
    )
    yield "前置程序 Gates", [rule for rule in rules if rule.duty.effect == "gate"]
    yield "目录 The catalogue", [rule for rule in rules if "catalogue_publication" in rule.per]
    yield (
        "听证人数、专家人数和份额 How many people",
        [rule for rule in rules if any(param.unit in ("人", "份") for param in rule.duty.params.values())],
    )
    yield (
        "意见的处理和反馈 Opinions handled and answered",
        [
            rule
            for rule in rules
            if "opinion_handling" in rule.per or "written_feedback" in rule.duty.evidence
        ],
    )


def _duty(rule: Rule) -> str:
    force = label("force", rule.duty.force)
    return f"| {place_name(rule.pack.head.place, 'zh')} | `{rule.id}` {rule.duty.article} | {force} | {rule.duty.text.zh} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    PICTURE.write_text(picture(standard_law()), encoding="utf-8")
