"""What a pack file must agree on with itself and with the record's model: every fault with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from decision_procedure.errors import Fault, hint
from decision_procedure.law.articles import articles_of, cited_in, is_cited
from decision_procedure.law.faults import known_slots, unknown_slots
from decision_procedure.law.gates import gated_step
from decision_procedure.law.head import Head
from decision_procedure.law.pack import Duty, Edge, PackFile, Step
from decision_procedure.law.types import Moment, fields_of
from decision_procedure.model.kinds import Kinds
from decision_procedure.model.references import references_of
from decision_procedure.model.vocabulary import LABELS
from decision_procedure.sources import Path, Source
from decision_procedure.sources.characters import no_text_in

MANY = 100_000
_DIGITS = {"national": 0, "province": 2, "city": 4, "county": 6}


def lint(pack: PackFile, source: Source, kinds: Kinds, borrowed: Mapping[str, Step]) -> Iterator[Fault]:
    """Yield every fault of a pack file that its schema cannot see, in no particular order.

    `kinds` is what records may hold where it applies, `borrowed` the steps of the instruments that it uses.
    """
    steps = {step.id: step for step in pack.steps}
    duties = {duty.id for duty in pack.duties}
    borrows = bool(pack.head.uses)
    yield from _repeated([step.id for step in pack.steps], "steps", source)
    yield from _repeated([duty.id for duty in pack.duties], "duties", source)
    names = [*duties, *(repeat.id for repeat in pack.repeats)]
    yield from _repeated(names, "repeats", source, beyond=len(duties))
    yield from _repeated([item.id for item in pack.liability], "liability", source)
    yield from _repeated([order_id(edge) for edge in pack.order], "order", source)
    for index, step in enumerate(pack.steps):
        path: Path = ("steps", index)
        yield from _known(step.kinds, kinds.acts, (*path, "kinds"), source, "行为种类", "kind of act")
        yield from _known(step.shown_by, kinds.acts, (*path, "shown_by"), source, "行为种类", "kind of act")
        yield from _known(step.required_by, duties, (*path, "required_by"), source, "义务", "duty")
        if step.at is not None and step.kinds and step.kinds[0] in kinds.acts:
            yield from _known(
                (step.at,), fields_of(kinds.acts[step.kinds[0]]), (*path, "at"), source, "字段", "field"
            )
    for index, edge in enumerate(pack.order):
        path = ("order", index)
        if not (borrows and edge.require):
            yield from _known((edge.before,), {*steps, *borrowed}, (*path, "before"), source, "环节", "step")
            yield from _known((edge.after,), {*steps, *borrowed}, (*path, "after"), source, "环节", "step")
        if edge.tested_by:
            yield from _known((edge.tested_by,), duties, (*path, "tested_by"), source, "义务", "duty")
    bearers = {**LABELS["bearer"], **kinds.roles}
    for path, bearer in _bearers(pack):
        yield from _known((bearer,), bearers, path, source, "义务主体", "role")
    units = {
        field for model in kinds.acts.values() for field, target in references_of(model) if target == "units"
    }
    for name, role in pack.roles.items():
        yield from _known((role.unit,), units, ("roles", name, "unit"), source, "单位字段", "field of a unit")
    for index, item in enumerate(pack.liability):
        for key, named in (("duties", item.duties), ("examines", item.examines)):
            yield from _known(named, duties, ("liability", index, key), source, "义务", "duty")
        named_by_others = [
            duty.id for duty in pack.duties if duty.id in item.duties and duty.bearer not in item.bearers
        ]
        if item.duties and (item.ground != "breach" or named_by_others):
            zh = "duties 只能写明责任主体自己的义务，且只用于 ground: breach"
            en = "duties are those of its own bearers, and go with ground: breach"
            yield source.fault(("liability", index, "duties"), zh, en)
    yield from _cycles(pack, source)
    yield from _lint_citations(pack, source)
    yield from _lint_head(pack.head, source)
    for index, duty in enumerate(pack.duties):
        if pack.head.mark != "V" and "mark" not in duty.model_fields_set:
            yield source.fault(("duties", index), "须写明 mark", "its mark must be stated")
        yield from _lint_duty(duty, ("duties", index), duties, source, kinds)
        if not borrows:
            yield from _lint_steps(duty, ("duties", index), steps, source)


def _bearers(pack: PackFile) -> Iterator[tuple[Path, str]]:
    """Yield whom a pack file names as bearing something."""
    parts: Mapping[str, tuple[Step | Edge | Duty, ...]] = {
        "steps": pack.steps, "order": pack.order, "duties": pack.duties
    }  # fmt: skip
    for section, items in parts.items():
        yield from (((section, index, "bearer"), item.bearer) for index, item in enumerate(items))
    for index, item in enumerate(pack.liability):
        yield from ((("liability", index, "bearers", at), bearer) for at, bearer in enumerate(item.bearers))


def unseen_faults(source: Source) -> Iterator[Fault]:
    """Yield each place of a file of law whose text could steer a terminal, a line or a direction of writing."""
    for path, character in no_text_in(source.data):
        if character == "\n":
            zh, en = (
                "不得换行（多行书写请用 >-）",
                "no line break may stand here (write several lines with >-)",
            )
        else:
            code = f"U+{ord(character):04X}"
            zh = f"不得有控制字符或者看不见的字符：{code}"
            en = f"no control character or unseen character may stand here: {code}"
        yield source.fault(path, zh, en)


def order_id(edge: Edge) -> str:
    """Return the local identifier of the test of an order edge."""
    return f"order.{edge.before}-{edge.after}"


def _lint_steps(duty: Duty, path: Path, steps: dict[str, Step], source: Source) -> Iterator[Fault]:
    yield from _known((duty.step,), steps, (*path, "step"), source, "环节", "step")
    if duty.presents:
        yield from _known(duty.presents, steps, (*path, "presents"), source, "环节", "step")
    if duty.requires_step:
        yield from _known((duty.requires_step,), steps, (*path, "requires_step"), source, "环节", "step")
    if duty.closes:
        yield from _known((gated_step(duty.closes),), steps, (*path, "closes"), source, "环节", "step")
    if duty.before:
        named = [step for step in (duty.before.strict, duty.before.implied) if step is not None]
        yield from _known(named, steps, (*path, "before"), source, "环节", "step")
    if duty.promptly_after:
        yield from _known((duty.promptly_after,), steps, (*path, "promptly_after"), source, "环节", "step")
    if duty.deadline:
        yield from _known((duty.deadline.after,), steps, (*path, "deadline"), source, "环节", "step")


def _lint_head(head: Head, source: Source) -> Iterator[Fault]:
    """Yield dates in force that exclude each other, a level higher than its place can have, sources that belie what was seen."""
    if head.place != "cn" and len(head.place) > _DIGITS[head.level]:
        yield source.fault(
            ("head", "level"),
            f"级别与地域不符：{head.level}、{head.place}",
            f"this level does not go with this place: {head.level}, {head.place}",
        )
    yield from _lint_seen(head, source)
    start, end = head.in_force_from, head.in_force_to
    for first in (head.in_force_by, start):
        if first is not None and end is not None and first.first >= end.last:
            path = ("head", "in_force_to")
            yield source.fault(path, f"失效早于施行：{end.text}", f"out of force before in force: {end.text}")
            return


def _lint_seen(head: Head, source: Source) -> Iterator[Fault]:
    """Yield a text that is said to be unseen, or seen in full, where the sources say otherwise."""
    read = [not item.cited for item in head.sources]
    if head.seen == "none" and any(read):
        yield source.fault(
            ("head", "seen"),
            "写明未见条文,来源却有条文(只是转述、解读或者草案的,写 cited: true)",
            "the text is said to be unseen, yet a source has it (what only reports, interprets or drafts it is cited: true)",
        )
    if head.seen == "full" and read and not any(read):
        yield source.fault(
            ("head", "seen"),
            "写明见到全文,来源却都只是转述、解读或者草案(cited)",
            "the text is said to be seen in full, yet no source has it: each only reports, interprets or drafts it (cited)",
        )


def _lint_citations(pack: PackFile, source: Source) -> Iterator[Fault]:
    for path, text in cited_in(pack):
        if not is_cited(text):
            yield source.fault(path, f"未引条文：{text}", f"no article is cited: {text}")
        beyond = [number for number in articles_of(text) if number > (pack.head.articles or MANY)]
        if beyond:
            yield source.fault(path, f"没有第{beyond[0]}条", f"there is no article {beyond[0]}")


def _lint_duty(duty: Duty, path: Path, duties: set[str], source: Source, kinds: Kinds) -> Iterator[Fault]:
    yield from _known(
        duty.evidence, kinds.documents, (*path, "evidence"), source, "文件种类", "kind of document"
    )
    if duty.per != "decision":
        yield from _known(duty.per, kinds.acts, (*path, "per"), source, "行为种类", "kind of act")
    if duty.before and duty.per != "decision":
        yield source.fault(
            (*path, "before"),
            "before 只用于针对本决策事项的义务",
            "before is for duties on the whole decision; on a single act write the order into require",
        )
    if duty.announced and (duty.per == "decision" or not all(_has_notice(kind, kinds) for kind in duty.per)):
        yield source.fault(
            (*path, "announced"),
            "announced 只用于针对有公告日的行为的义务",
            "announced is for duties on acts that have a day of notice",
        )
    yield from _lint_attention(duty, (*path, "attention"), source, kinds)
    if duty.deadline and duty.deadline.param not in duty.params:
        yield from _known(
            (duty.deadline.param,), duty.params, (*path, "deadline"), source, "参数", "parameter"
        )
    if duty.reason_demanded_by:
        yield from _known(
            (duty.reason_demanded_by,), duties, (*path, "reason_demanded_by"), source, "义务", "duty"
        )
    if (duty.effect == "gate") is (duty.closes is None):
        yield source.fault(
            (*path, "closes"),
            "前置程序（gate）须且只有前置程序须写明 closes",
            "a gate, and only a gate, says what it closes",
        )
    if duty.judge and duty.judgement is None:
        yield source.fault(
            (*path, "judge"),
            "有 judge 须写明 judgement",
            "a judge condition needs its judgement in words",
        )
    for slot in unknown_slots(duty, kinds):
        told = f"{slot}{hint(slot.strip('{}'), known_slots(duty, kinds))}"
        yield source.fault((*path, "fault"), f"没有此空位:{told}", f"no such slot: {told}")
    for name, param in duty.params.items():
        texts = " ".join(text for text in (duty.when, duty.require, duty.judge) if text)
        if f"params.{name}" not in texts and (duty.deadline is None or duty.deadline.param != name):
            yield source.fault((*path, "params", name), f"参数未使用：{param.value}", "parameter not used")


def _lint_attention(duty: Duty, path: Path, source: Source, kinds: Kinds) -> Iterator[Fault]:
    """Yield what is wrong with from when on a person is to look at the delay of a duty to act promptly."""
    attention = duty.attention
    if attention is None:
        return
    if duty.promptly_after is None or duty.deadline is not None:
        yield source.fault(
            path,
            "attention 只用于写有 promptly_after 而没有 deadline 的义务",
            "attention is for duties with promptly_after and without a deadline",
        )
    given = [attention.days, attention.workdays, attention.until]
    if sum(value is not None for value in given) != 1:
        yield source.fault(
            path,
            "days、workdays、until 须且只能写一个",
            "exactly one of days, workdays and until is wanted",
        )
    if attention.until is not None and not _is_day(attention.until):
        yield source.fault(
            (*path, "until"), f"没有这一天：{attention.until}", f"no such day of a year: {attention.until}"
        )
    kind = kinds.acts.get(attention.kind)
    if kind is None:
        yield from _known((attention.kind,), kinds.acts, (*path, "from"), source, "行为种类", "kind of act")
    else:
        dates = [name for name, field in fields_of(kind).items() if isinstance(field, Moment)]
        yield from _known((attention.field,), dates, (*path, "from"), source, "日期", "date")


def _is_day(text: str) -> bool:
    """Say whether every year has such a day."""
    try:
        date.fromisoformat(f"2023-{text}")
    except ValueError:
        return False
    return True


def _has_notice(kind: str, kinds: Kinds) -> bool:
    return kind not in kinds.acts or "notice_date" in kinds.acts[kind].anchor_fields


def circle_in(before: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the steps of a circle in an order, each before the next, the first again at the end; empty: there is none."""
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def _cycles(pack: PackFile, source: Source) -> Iterator[Fault]:
    before: dict[str, list[str]] = {}
    for edge in pack.order:
        before.setdefault(edge.after, []).append(edge.before)
    circle = circle_in(before)
    if not circle:
        return
    edges = [(edge.before, edge.after) for edge in pack.order]
    places = sorted(edges.index(edge) for edge in pairwise(circle))
    start = circle.index(edges[places[0]][0])
    names = " → ".join([*circle[start:-1], *circle[: start + 1]])
    last = places[-1]
    yield source.fault(("order", last), f"环节次序成环：{names}", f"the order goes in a circle: {names}")


def _repeated(names: list[str], section: str, source: Source, *, beyond: int = 0) -> Iterator[Fault]:
    """Yield the names of a section that occur before; the first of them, `beyond`, are of another section."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield source.fault(
                (section, index - beyond), f"编号重复：{name}", f"identifier used twice: {name}"
            )
        seen.add(name)


def _known(
    names: Iterable[str], known: Iterable[str], path: Path, source: Source, zh: str, en: str
) -> Iterator[Fault]:
    known = set(known)
    for name in names:
        if name not in known:
            told = f"{name}{hint(name, known)}"
            yield source.fault(path, f"没有此{zh}：{told}", f"no such {en}: {told}")
