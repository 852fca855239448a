"""What instruments must agree on with each other: relations, versions, numbers, contradictions, reach.

A pack is read and linted by itself in `loading`; here the packs are seen together. Each fault names the
articles on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from decision_procedure.errors import Fault, hint
from decision_procedure.law.articles import article_text
from decision_procedure.law.comparing import compared
from decision_procedure.law.gates import gated_step
from decision_procedure.law.loading import Pack, covers_place
from decision_procedure.law.places import duties_of, fault_in, params_of
from decision_procedure.law.precedence import lowering
from decision_procedure.law.satisfiable import Effort, can_hold
from decision_procedure.sources import Path

RELATIONS = ("same_as", "adds_to", "displaces", "yields_to", "succeeds")


def cross_faults(packs: Iterable[Pack]) -> tuple[Fault, ...]:
    """Return everything in which these instruments disagree with each other, in file and line order.

    Empty when they fit together. Packs must come from `load_pack`, which keeps where each line stands.
    """
    loaded = tuple(packs)
    faults = (
        *broken_links(loaded),
        *lowering(loaded),
        *_versions(loaded),
        *_ends(loaded),
        *_fates(loaded),
        *_reach(loaded)[0],
        *compared(loaded),
    )
    return _in_order(faults)


def unexamined(packs: Iterable[Pack]) -> tuple[str, ...]:
    """Return the duties of which `cross_faults` could not say whether they ever apply: their triggers combine too much."""
    return _reach(tuple(packs))[1]


def broken_links(packs: Iterable[Pack]) -> tuple[Fault, ...]:
    """Return what keeps these instruments from being applied together, in file and line order.

    That is an identifier used twice, a duty, step or instrument that does not exist, a circle of orders, or what
    lowers higher law.
    """
    loaded = tuple(packs)
    by_id = {pack.head.id: pack for pack in loaded}
    faults = (
        *_repeated(loaded),
        *_unknown_relations(loaded),
        *_unknown_repeats(loaded),
        *_unknown_forerunners(loaded, by_id),
        *_unknown_steps(loaded, by_id),
        *_cycles(loaded),
        *lowering(loaded),
    )
    return _in_order(faults)


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(set(faults), key=lambda fault: (fault.file, fault.line or 0, fault.key, fault.en)))


def _repeated(packs: Sequence[Pack]) -> Iterator[Fault]:
    seen: set[str] = set()
    for pack in packs:
        name = pack.head.id
        if name in seen:
            yield fault_in(pack, ("head", "id"), f"编号重复：{name}", f"identifier used twice: {name}")
        seen.add(name)


def _unknown_relations(packs: Sequence[Pack]) -> Iterator[Fault]:
    known = {rule.id for pack in packs for rule in pack.rules}
    for pack, index, duty in duties_of(packs):
        own = f"{pack.head.id}.{duty.id}"
        for relation in RELATIONS:
            for target in getattr(duty, relation):
                path: Path = ("duties", index, relation)
                if target == own:
                    yield fault_in(
                        pack, path, f"不能指向自身：{own}", f"a duty cannot point to itself: {own}"
                    )
                elif target not in known:
                    yield _no_such_duty(pack, path, duty.article, target, known)


def _unknown_repeats(packs: Sequence[Pack]) -> Iterator[Fault]:
    known = {rule.id for pack in packs for rule in pack.rules}
    for pack in packs:
        theirs = known - {rule.id for rule in pack.rules}
        for index, repeat in enumerate(pack.file.repeats):
            for target in set(repeat.of) - theirs:
                yield _no_such_duty(pack, ("repeats", index, "of"), repeat.article, target, theirs)


def _no_such_duty(pack: Pack, path: Path, article: str, target: str, known: Iterable[str]) -> Fault:
    told = f"{target}{hint(target, known)}"
    return fault_in(
        pack,
        path,
        f"{article}指向的义务不存在：{told}",
        f"{article_text(article, 'en')} points to no such duty: {told}",
    )


def _unknown_forerunners(packs: Sequence[Pack], by_id: Mapping[str, Pack]) -> Iterator[Fault]:
    """Yield instruments that are succeeded and do not exist, and duties said to be superseded that are not theirs."""
    for pack in packs:
        for name in pack.head.succeeds:
            if name not in by_id or name == pack.head.id:
                yield fault_in(
                    pack, ("head", "succeeds"), f"没有此法律文件：{name}", f"no such instrument: {name}"
                )
        theirs = {rule.id for name in pack.head.succeeds if name in by_id for rule in by_id[name].rules}
        for index, item in enumerate(pack.file.superseded):
            for duty in item.duties:
                if duty not in theirs:
                    yield fault_in(
                        pack,
                        ("superseded", index, "duties"),
                        f"所承接的文件没有此义务：{duty}{hint(duty, theirs)}",
                        f"no such duty of an instrument that it succeeds: {duty}{hint(duty, theirs)}",
                    )


def _unknown_steps(packs: Sequence[Pack], by_id: Mapping[str, Pack]) -> Iterator[Fault]:
    for pack in packs:
        steps = {step.id for step in pack.file.steps}
        for name in pack.head.uses:
            if name not in by_id:
                yield fault_in(
                    pack, ("head", "uses"), f"没有此法律文件：{name}", f"no such instrument: {name}"
                )
            elif covers_place(by_id[name].head.place, pack.head.place):
                steps.update(step.id for step in by_id[name].file.steps)
            else:
                yield fault_in(
                    pack,
                    ("head", "uses"),
                    f"其他地方的规定，其环节不在本地：{name}",
                    f"the law of another place, whose steps are not here: {name}",
                )
        for path, step, article in _named_steps(pack):
            if step not in steps:
                told = f"{step}{hint(step, steps)}"
                yield fault_in(
                    pack,
                    path,
                    f"{article}：没有此环节：{told}",
                    f"{article_text(article, 'en')}: no such step: {told}",
                )


def _named_steps(pack: Pack) -> Iterator[tuple[Path, str, str]]:
    for index, edge in enumerate(pack.file.order):
        yield ("order", index, "before"), edge.before, edge.article
        yield ("order", index, "after"), edge.after, edge.article
    for _, index, duty in duties_of((pack,)):
        yield ("duties", index, "step"), duty.step, duty.article
        for step in duty.presents:
            yield ("duties", index, "presents"), step, duty.article
        if duty.requires_step:
            yield ("duties", index, "requires_step"), duty.requires_step, duty.article
        if duty.closes:
            yield ("duties", index, "closes"), gated_step(duty.closes), duty.article
        for named in (duty.before.strict, duty.before.implied) if duty.before else ():
            if named is not None:
                yield ("duties", index, "before"), named, duty.article
        if duty.promptly_after:
            yield ("duties", index, "promptly_after"), duty.promptly_after, duty.article
        if duty.deadline:
            yield ("duties", index, "deadline"), duty.deadline.after, duty.article


def _cycles(packs: Sequence[Pack]) -> Iterator[Fault]:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((edge.before, edge.after) for pack in packs for edge in pack.file.order)
    for part in filter(lambda part: len(part) > 1, nx.strongly_connected_components(graph)):
        for pack in packs:
            for index, edge in enumerate(pack.file.order):
                if edge.before in part and edge.after in part:
                    names = "、".join(sorted(part))
                    yield fault_in(
                        pack,
                        ("order", index),
                        f"{edge.article}与其他次序成环：{names}",
                        f"{article_text(edge.article, 'en')} closes a circle of orders: {names}",
                    )


def _versions(packs: Sequence[Pack]) -> Iterator[Fault]:
    """Yield gaps and overlaps in time between versions: of one title, or of which one succeeds the other."""
    for older, newer in dict.fromkeys((*_of_one_title(packs), *_successions(packs))):
        start, end = newer.head.in_force_from, older.head.in_force_to
        names = f"{older.head.number} / {newer.head.number}"
        if end is None or (start is not None and end.first_day > start.last_day):
            yield fault_in(
                newer,
                ("head", "in_force_from"),
                f"两个版本重叠：{names}",
                f"two versions overlap: {names}",
            )
        elif start is not None and end.last_day < start.first_day:
            yield fault_in(
                newer,
                ("head", "in_force_from"),
                f"两个版本之间有空档：{names}，{end} 至 {start}",
                f"a gap between two versions: {names}, {end} to {start}",
            )


def _ends(packs: Sequence[Pack]) -> Iterator[Fault]:
    """Yield instruments with an end that neither name what took their place nor say that nothing is known."""
    for pack in packs:
        head = pack.head
        if head.in_force_to is not None and bool(head.succeeded_by) is not head.successor_known:
            yield fault_in(
                pack,
                ("head", "in_force_to"),
                "已有终止日期，须写明 succeeded_by（后继规定），查不到的写 successor_known: false",
                "it has an end: name what took its place in succeeded_by, or write successor_known: false",
            )


def _of_one_title(packs: Sequence[Pack]) -> Iterator[tuple[Pack, Pack]]:
    groups: dict[tuple[str, str], list[Pack]] = {}
    for pack in packs:
        groups.setdefault((pack.head.title.zh, pack.head.place), []).append(pack)
    for group in groups.values():
        dated = [(pack.head.in_force_from.first, pack) for pack in group if pack.head.in_force_from]
        ordered = sorted(dated, key=lambda item: (item[0], item[1].head.id))
        yield from ((older, newer) for (_, older), (_, newer) in pairwise(ordered))


def _successions(packs: Sequence[Pack]) -> Iterator[tuple[Pack, Pack]]:
    """Yield each instrument that is succeeded with the one in its place."""
    by_id = {pack.head.id: pack for pack in packs}
    for pack in packs:
        yield from ((by_id[name], pack) for name in pack.head.succeeds if name in by_id)


def _fates(packs: Sequence[Pack]) -> Iterator[Fault]:
    """Yield versions of one title of which none succeeds the other, and duties whose fate the newer one leaves open."""
    successions = tuple(_successions(packs))
    for older, newer in _of_one_title(packs):
        if (older, newer) not in successions:
            yield fault_in(
                newer,
                ("head", "succeeds"),
                f"与 {older.head.id} 同名，未写明 succeeds",
                f"of one title with {older.head.id}, yet it does not say that it succeeds it",
            )
    for older, newer in successions:
        told = {duty for item in newer.file.superseded for duty in item.duties}
        told.update(duty for rule in newer.rules for duty in rule.duty.succeeds)
        for rule in older.rules:
            if rule.id not in told:
                yield fault_in(
                    newer,
                    ("head", "succeeds"),
                    f"未写明旧版义务的去向：{rule.id}（{rule.duty.article}）",
                    f"what became of a duty of the older version is not said: {rule.id} ({article_text(rule.duty.article, 'en')})",
                )


@lru_cache(maxsize=4)
def _reach(packs: tuple[Pack, ...]) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """Return the triggers that can never hold as faults, and the duties of which that was not found out."""
    faults, unexamined, effort = [], [], Effort()
    for pack, index, duty in duties_of(packs):
        text = f"({duty.when or True}) and not ({pack.file.scope.excluded})"
        holds = can_hold(" ".join(text.split()), params_of(duty), effort)
        if holds is None:
            unexamined.append(f"{pack.head.id}.{duty.id}")
        if holds is False:
            zh = f"{duty.article}：适用条件永远不能成立"
            en = f"{article_text(duty.article, 'en')}: its trigger can never hold"
            faults.append(fault_in(pack, ("duties", index, "when"), zh, en))
    return tuple(faults), tuple(unexamined)
