"""The answers to questions on trails as text, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decision_procedure.graph import Procedure
from decision_procedure.model.vocabulary import label
from decision_procedure.trails.chain import Trail
from decision_procedure.trails.questions import Answer, GateKept, Settling, breaches
from decision_procedure.wording import Words, say


def answers_text(answers: Iterable[Answer], key: str, lang: str = "zh") -> str:
    """Return what a post-holder or unit answers for, one line each; `key` is `person`, `unit` or `id`."""
    found = tuple(answers)
    lines = [say("reply.answered", lang, count=len(found), key=say(f"reply.{key}_key", lang))]
    for item in found:
        capacity = f"({_capacity(item.capacity, lang)})" if item.capacity else ""
        lines.append(
            say(
                "reply.answer",
                lang,
                day=item.day,
                decision=item.decision,
                duty=item.duty,
                matched=" / ".join(part or "—" for part in item.matched),
                capacity=capacity,
                provisions=Words(lang).listed(item.provisions) or say("reply.no_provision", lang),
            )
        )
    return "\n".join(lines) + "\n"


def gates_text(gates: Iterable[GateKept], trail: Trail, procedure: Procedure, lang: str = "zh") -> str:
    """Return, for each violated finding that binds directly, the last gates before the decision."""
    return "\n".join((say("reply.gates", lang), *_gates(tuple(gates), trail, procedure, lang))) + "\n"


def settling_text(items: Iterable[Settling], trail: Trail, lang: str = "zh") -> str:
    """Return what would settle each open finding, one line each."""
    found = tuple(items)
    lines = [say("reply.settling", lang, count=len(found))]
    for item in found:
        unit = trail.node(item.unit).text(lang) if item.unit else say("reply.nobody", lang)
        text = Words(lang).said(item)
        severity = label("face", item.face, lang)
        lines.append(say("reply.settle", lang, duty=item.duty, severity=severity, text=text, unit=unit))
    return "\n".join(lines) + "\n"


def _gates(gates: tuple[GateKept, ...], trail: Trail, procedure: Procedure, lang: str) -> Iterator[str]:
    found = breaches(trail)
    for node in found:
        kept = [gate for gate in gates if gate.finding == node.id]
        for gate in kept:
            yield _gate(gate, node.data["duty"], trail, procedure, lang)
        if not kept:
            yield say("reply.no_gate", lang, duty=node.data["duty"])
    yield say("reply.gate_note" if found else "reply.no_breach", lang)


def _gate(gate: GateKept, duty: str, trail: Trail, procedure: Procedure, lang: str) -> str:
    day = gate.day or say("reply.no_day", lang)
    names = [trail.node(name).text(lang) for name in gate.holders]
    known = {node.id: node.text(lang) for node in (*trail.of("unit"), *trail.of("gap"))}
    return say(
        "reply.gate",
        lang,
        duty=duty,
        gate=gate.gate,
        step=procedure.steps[gate.step].name.text(lang),
        when=say("reply.done", lang, day=day, act=gate.act) if gate.act else say("reply.not_done", lang),
        state=label("gate_state", gate.state, lang),
        unit=known.get(gate.unit or "", (gate.unit or "").removeprefix("unit:"))
        or say("reply.no_unit", lang),
        holders=say("reply.holders", lang, names=Words(lang).series(names)) if names else "",
    )


def _capacity(capacity: str, lang: str) -> str:
    if capacity == "expert":
        return say("trail.expert", lang)
    return label("capacity", capacity, lang)
