"""The answers to questions on trails as text, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from decision_procedure.graph import Procedure
from decision_procedure.model.vocabulary import label
from decision_procedure.trails.chain import Trail
from decision_procedure.trails.questions import Answer, GateKept, Settling
from decision_procedure.trails.words import CAPACITY_EXPERT

_SAY: Mapping[str, tuple[str, str]] = {
    "answered": (
        "任职或者承担义务的记录({count} 项)。按案卷所写的{key}逐字匹配,不作推测;是否有过错由有权机关认定。",
        (
            "Posts held and duties borne ({count}). Matched on {key} exactly as stated, never guessed; fault is "
            "for the authority."
        ),
    ),
    "person_key": ("姓名、单位和职务", "name, unit and post"),
    "unit_key": ("单位名称", "the name of the unit"),
    "id_key": ("本案卷内的编号", "the identifier within this record"),
    "answer": (
        "  {day}  {decision}  {duty}  {matched}{capacity}  条款:{provisions}",
        "  {day}  {decision}  {duty}  {matched}{capacity}  provision: {provisions}",
    ),
    "no_provision": ("不及于责任条款", "none reached"),
    "gates": (
        "决定作出之前,最后一处法定关口及其把关单位:",
        "The last gate of the law before the decision, and who kept it:",
    ),
    "gate": (
        "  {duty}:关口义务 {gate},禁止“{step}”;{when};状态:{state};把关单位:{unit}{holders}",
        "  {duty}: gate {gate} on “{step}”; {when}; state: {state}; kept by {unit}{holders}",
    ),
    "done": ("该环节于 {day} 实施({act})", "done on {day} ({act})"),
    "not_done": ("该环节尚无实施记载", "not recorded as done yet"),
    "no_day": ("日期未载明", "a day not recorded"),
    "no_unit": ("未载明", "a unit not recorded"),
    "holders": (",当日任职:{names}", "; post held by {names}"),
    "no_gate": (
        "  {duty}:其后、决定之前,载入的法律没有适用的关口",
        "  {duty}: no gate of the loaded law applies between it and the decision",
    ),
    "no_breach": (
        "  没有直接适用而不合规的义务。",
        "  No directly binding duty is violated.",
    ),
    "gate_note": (
        "关口条文检验的内容以条文为准;它是否本应发现上述问题,由人判断。",
        "What a gate tests is what its text says; whether it should have caught the defect is for a person.",
    ),
    "settling": ("尚待补充的事实和证据({count} 项):", "What would settle the open findings ({count}):"),
    "settle": ("  {duty}({severity}):{text};可问:{unit}", "  {duty} ({severity}): {text}; ask: {unit}"),
    "nobody": ("案卷未载明承担单位", "the record names no bearer"),
}


def answers_text(answers: Iterable[Answer], key: str, lang: str = "zh") -> str:
    """Return what a post-holder or unit answers for, one line each; `key` is `person`, `unit` or `id`."""
    found = tuple(answers)
    lines = [_say("answered", lang, count=len(found), key=_say(f"{key}_key", lang))]
    for item in found:
        capacity = f"({_capacity(item.capacity, lang)})" if item.capacity else ""
        lines.append(
            _say(
                "answer",
                lang,
                day=item.day,
                decision=item.decision,
                duty=item.duty,
                matched=" / ".join(part or "—" for part in item.matched),
                capacity=capacity,
                provisions=", ".join(item.provisions) or _say("no_provision", lang),
            )
        )
    return "\n".join(lines) + "\n"


def gates_text(gates: Iterable[GateKept], trail: Trail, procedure: Procedure, lang: str = "zh") -> str:
    """Return, for each violated finding that binds directly, the last gates before the decision."""
    return "\n".join((_say("gates", lang), *_gates(tuple(gates), trail, procedure, lang))) + "\n"


def settling_text(items: Iterable[Settling], trail: Trail, lang: str = "zh") -> str:
    """Return what would settle each open finding, one line each."""
    found = tuple(items)
    lines = [_say("settling", lang, count=len(found))]
    for item in found:
        unit = trail.node(item.unit).text(lang) if item.unit else _say("nobody", lang)
        text = item.zh if lang == "zh" else item.en
        severity = label("face", item.face, lang)
        lines.append(_say("settle", lang, duty=item.duty, severity=severity, text=text, unit=unit))
    return "\n".join(lines) + "\n"


def _gates(gates: tuple[GateKept, ...], trail: Trail, procedure: Procedure, lang: str) -> Iterator[str]:
    breaches = [
        node
        for node in trail.of("finding")
        if node.data["severity"] == "violated" and node.data["binding"] == "direct"
    ]
    for node in breaches:
        kept = [gate for gate in gates if gate.finding == node.id]
        for gate in kept:
            yield _gate(gate, node.data["duty"], trail, procedure, lang)
        if not kept:
            yield _say("no_gate", lang, duty=node.data["duty"])
    yield _say("gate_note" if breaches else "no_breach", lang)


def _gate(gate: GateKept, duty: str, trail: Trail, procedure: Procedure, lang: str) -> str:
    day = gate.day or _say("no_day", lang)
    names = [trail.node(name).text(lang) for name in gate.holders]
    known = {node.id: node.text(lang) for node in (*trail.of("unit"), *trail.of("gap"))}
    return _say(
        "gate",
        lang,
        duty=duty,
        gate=gate.gate,
        step=procedure.steps[gate.step].name.text(lang),
        when=_say("done", lang, day=day, act=gate.act) if gate.act else _say("not_done", lang),
        state=label("gate_state", gate.state, lang),
        unit=known.get(gate.unit or "", (gate.unit or "").removeprefix("unit:")) or _say("no_unit", lang),
        holders=_say("holders", lang, names="; ".join(names)) if names else "",
    )


def _capacity(capacity: str, lang: str) -> str:
    if capacity == "expert":
        return CAPACITY_EXPERT[0 if lang == "zh" else 1]
    return label("capacity", capacity, lang)


def _say(entry: str, lang: str, /, **values: object) -> str:
    return _SAY[entry][0 if lang == "zh" else 1].format(**values)
