"""A report as plain text for people, in Chinese or English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from decision_procedure.law.evidence import Tree, place_text, value_data
from decision_procedure.model.vocabulary import label
from decision_procedure.report import Report, Verdict

LineOf = Callable[[str], int | None]
_SHOWN = ("violated", "needs_judgement")
_MARKS = {"violated": "×", "needs_judgement": "？", "undetermined": "◇", "pending": "待", "satisfied": "√"}
_WORDS = {
    "as_of": ("截至", "as of"),
    "assumed": ("本结论以“案卷完整”的陈述为前提", "This rests on the statement that the record is complete"),
    "uncovered": (
        "已载明的行为均不在已载入法律的施行期内,本报告不能作为合规依据",
        "No recorded act falls under a loaded law in force on its day: this report shows no compliance",
    ),
    "applied": ("适用的法律", "law applied"),
    "unseen": ("施行中而未见全文", "in force, text not seen"),
    "not_loaded": ("施行中而未载入", "in force, not loaded"),
    "act": ("行为", "act"),
    "evidence": ("依据", "evidence"),
    "capped": ("不直接认定不合规,因为", "not called violated, because"),
    "judge": ("需判断", "to judge"),
    "cure": ("如何补救", "what to do"),
    "missing": ("缺少", "missing"),
    "edge": ("另一计算方法结论不同", "the other way of counting decides otherwise"),
    "waived": ("已豁免", "waived"),
    "nothing": ("案卷所载事实未显示不合规", "the recorded facts show no breach"),
    "open": (
        "因缺少事实而不能判断的项数,用 --details 列出",
        "left open for want of facts, listed by --details",
    ),
    "scope": ("适用范围", "scope"),
    "line": ("行", "line"),
    "gates": ("关口关闭", "gate closed"),
    "behind": ("关口未满足时实施", "done behind a closed gate"),
    "rests": ("以其为基础", "rests on it"),
    "answers": ("任职人员(是否有责由有权机关认定)", "held the post (fault is for the authority)"),
    "unidentified": ("案卷未载明任职人员", "the record names no holder"),
    "unseen_text": ("条文本身未见", "the text itself was not seen"),
}


def report_text(
    report: Report, lang: str = "zh", *, details: bool = False, line_of: LineOf | None = None
) -> str:
    """Return the report as lines of text. `details` adds every open verdict; `line_of` finds a place's line."""
    return "\n".join(_lines(report, lang, details, line_of)) + "\n"


def verdict_text(report: Report, verdict: Verdict, lang: str = "zh", line_of: LineOf | None = None) -> str:
    """Return one verdict with its whole tree of conditions."""
    lines = list(_verdict(report, verdict, lang, line_of))
    for name, tree in verdict.trees.items():
        lines.append(f"  {name}")
        lines.extend(_tree(tree, lang, 2))
    return "\n".join(lines) + "\n"


def _lines(report: Report, lang: str, details: bool, line_of: LineOf | None) -> Iterator[str]:
    def say(key: str) -> str:
        return _WORDS[key][0 if lang == "zh" else 1]

    yield f"{report.title}  ({say('as_of')} {report.as_of})"
    if report.assume_complete:
        yield f"! {say('assumed')}"
    if report.uncovered:
        yield f"! {say('uncovered')}"
    for name in ("applied", "unseen", "not_loaded"):
        titles = [f"{item[lang]}({item['number']})" for item in report.law[name]]
        if titles:
            yield f"{say(name)}: {'; '.join(titles)}"
    yield f"{say('scope')}: " + "; ".join(
        f"{name} {label('scope', value, lang)}" for name, value in report.scope.items()
    )
    yield "  ".join(
        f"{label('outcome', outcome, lang)} {len(report.of(outcome))}"
        for outcome in (
            "violated",
            "needs_judgement",
            "undetermined",
            "pending",
            "satisfied",
            "not_applicable",
        )
    )
    yield ""
    for outcome in _SHOWN:
        for verdict in report.of(outcome):
            yield from _verdict(report, verdict, lang, line_of)
    if not report.uncovered and not report.of("violated"):
        still_open = len(report.of("undetermined"))
        yield say("nothing") + (f" ({say('open')}: {still_open})" if still_open else "")
    yield from _gates(report, lang)
    if details:
        for verdict in report.of("undetermined"):
            yield from _verdict(report, verdict, lang, line_of)


def _gates(report: Report, lang: str) -> Iterator[str]:
    at = 0 if lang == "zh" else 1
    for gate in report.concluded("gate"):
        if gate.get("state") == "closed":
            yield f"■ {_WORDS['gates'][at]}: {gate.get('closes')}  {gate.get('duty')}  ({gate.get('act')})"
    for kind in ("behind", "rests"):
        for item in report.concluded(kind):
            yield f"    {_WORDS[kind][at]}: {item.get('act')}"


def _verdict(report: Report, verdict: Verdict, lang: str, line_of: LineOf | None) -> Iterator[str]:
    def say(key: str) -> str:
        return _WORDS[key][0 if lang == "zh" else 1]

    duty: Mapping[str, Any] = report.duties[verdict.duty]
    yield (
        f"{_MARKS.get(verdict.outcome, '—')} {label('outcome', verdict.outcome, lang)}  {verdict.duty}  "
        f"{duty['instrument'][lang]} {duty['article']}  [{label('bearer', duty['bearer'], lang)}]"
    )
    yield f"    {duty['text'][lang]}"
    if verdict.act:
        line = line_of(verdict.act) if line_of else None
        yield f"    {say('act')}: {verdict.act}" + (f" ({say('line')} {line})" if line else "")
    for name in ("when", "require"):
        if name in verdict.trees:
            for text in _decisive(verdict.trees[name], lang):
                yield f"    {say('evidence')}: {text}"
    if verdict.reasons:
        yield "    " + ("、" if lang == "zh" else ", ").join(
            label("reason", reason, lang) for reason in verdict.reasons
        )
    if verdict.caps:
        yield f"    {say('capped')}: " + "; ".join(label("cap", cap, lang) for cap in verdict.caps)
    if verdict.outcome == "needs_judgement" and duty["judgement"]:
        yield f"    {say('judge')}: {duty['judgement'][lang]}"
    if verdict.missing and verdict.outcome == "undetermined":
        yield f"    {say('missing')}: " + "; ".join(verdict.missing[:6])
    for edge in verdict.edges:
        yield f"    {say('edge')}: {edge}"
    if duty["mark"] == "V2":
        yield f"    {say('unseen_text')}"
    if verdict.waived:
        yield f"    {say('waived')}"
    yield from _answerable(report, verdict, lang)
    if verdict.outcome in _SHOWN:
        yield f"    {say('cure')}: {duty['cure'][lang]}"


def _answerable(report: Report, verdict: Verdict, lang: str) -> Iterator[str]:
    at = 0 if lang == "zh" else 1
    act = verdict.act or f"—{verdict.duty}"
    for item in report.concluded("answerable"):
        if item.get("duty") == verdict.duty and item.get("act") == act:
            post = label("capacity", item.get("capacity"), lang)
            yield f"    {_WORDS['answers'][at]}: {item.get('person')} ({post}, {item.get('unit')}) → {item.get('provision')}"
    for item in report.concluded("unidentified"):
        if item.get("duty") == verdict.duty and item.get("act") == act:
            yield f"    {_WORDS['unidentified'][at]}: {label('capacity', item.get('capacity'), lang)} → {item.get('provision')}"


def _decisive(tree: Tree, lang: str) -> list[str]:
    """Return the readable comparisons that decided a tree, at most four."""
    node, _, truth, _, children = tree
    if node.operator in ("and", "or", "first_known", "any_of", "all_of"):
        found = [
            text
            for child in children
            if child[2] is truth or truth is None
            for text in _decisive(child, lang)
        ]
        return found[:4] or [_one_line(tree, lang)]
    return [_one_line(tree, lang)]


def _one_line(tree: Tree, lang: str) -> str:
    node, _, truth, _, _ = tree
    text = node.zh if lang == "zh" else node.en
    word = {True: ("是", "yes"), False: ("否", "no"), None: ("不详", "unknown")}[
        truth if isinstance(truth, bool) else None
    ]
    values = [_value(child) for child in _value_leaves(tree)]
    shown = [item for item in values if item]
    return f"{text} → {word[0 if lang == 'zh' else 1]}" + (f"  ({'; '.join(shown[:4])})" if shown else "")


def _value_leaves(tree: Tree) -> Iterator[Tree]:
    if tree[0].operator == "days" or (not tree[4] and tree[0].operator in ("field", "trait", "list", "acts")):
        yield tree
    for child in tree[4]:
        yield from _value_leaves(child)


def _value(tree: Tree) -> str:
    node, value, _, place, _ = tree
    if value is None:
        return f"{place_text(place)} = ?" if place else ""
    if node.operator == "days":
        low, high = value[0], value[1]
        return str(low) if low == high else f"{low}–{high}"
    shown = value_data(value)
    if isinstance(shown, list):
        shown = "、".join(str(item) for item in shown) or "∅"
    return f"{place_text(place)} = {shown}"


def _tree(tree: Tree, lang: str, depth: int) -> Iterator[str]:
    yield "  " * depth + _one_line(tree, lang)
    for child in tree[4]:
        yield from _tree(child, lang, depth + 1)
