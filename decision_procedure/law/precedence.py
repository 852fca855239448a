"""Precedence: which instrument stands above which, and what a lower one may not do to a higher one.

No instrument displaces, lowers or narrows what a higher one says, unless the higher text itself allows it and
its pack says where (`semantics.md` section 3). 法律 > 行政法规 > 地方性法规 > 规章 > other documents; and within
one kind the country before the province, the city, the county.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from decision_procedure.errors import Fault
from decision_procedure.law.articles import article_text
from decision_procedure.law.head import Head, LawKind
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Allowance, Duty, Step
from decision_procedure.sources import Path

LEVELS = ("national", "province", "city", "county")
_KINDS: tuple[tuple[LawKind, tuple[str, ...], tuple[str, ...]], ...] = (
    # A kind, the endings of its names, and the levels that can make it.
    ("行政法规", ("行政法规",), ("national",)),
    ("地方性法规", ("地方性法规", "自治条例", "单行条例", "经济特区法规"), ("province", "city")),
    ("规章", ("规章",), ("national", "province", "city")),
    ("法律", ("法律",), ("national",)),
)
_RANKS: Mapping[LawKind, int] = {"法律": 0, "行政法规": 1, "地方性法规": 2, "规章": 3, "文件": 4}


def kind_of(head: Head) -> LawKind:
    """Return the kind of an instrument by its name; what its level cannot make is a document like any other."""
    for kind, endings, levels in _KINDS:
        if head.kind.zh.endswith(endings) and head.level in levels:
            return kind
    return "文件"


def may_override(one: Head, other: Head) -> bool:
    """Say whether an instrument may put its own rule in the place of another's: it stands nowhere below it."""
    (kind, level), (other_kind, other_level) = _standing(one), _standing(other)
    return kind <= other_kind and level <= other_level


def _standing(head: Head) -> tuple[int, int]:
    return _RANKS[kind_of(head)], LEVELS.index(head.level)


def stands_above(one: Head, other: Head) -> bool:
    """Say whether an instrument is higher law than another."""
    return may_override(one, other) and not may_override(other, one)


def allows(higher: Pack, what: str, lower: Head, duty: Duty | None = None) -> bool:
    """Say whether the text of an instrument lets such another one go its own way, in this duty or in `what`."""
    return any(
        _fits(allowance, lower) and _speaks_of(allowance, what, duty)
        for allowance in higher.file.allows_other
    )


def _only_counts_otherwise(higher: Pack, lower: Head, duty: Duty, target: Duty) -> bool:
    """Say whether a duty asks for the same number as one of higher law, whose text leaves open how it is counted."""
    of_it = [
        item for item in higher.file.allows_other if item.of == "counting" and item.article == target.article
    ]
    numbers = [sorted((param.value, param.unit) for param in one.params.values()) for one in (duty, target)]
    return (
        numbers[0] == numbers[1] and duty.force == target.force and any(_fits(item, lower) for item in of_it)
    )


def _fits(allowance: Allowance, lower: Head) -> bool:
    return kind_of(lower) in allowance.kinds and lower.level in allowance.levels


def _speaks_of(allowance: Allowance, what: str, duty: Duty | None) -> bool:
    if what != "procedure":
        return allowance.of == what
    if duty is None:
        return False
    return allowance.of == "procedure" or (allowance.of == "hearings" and _on_hearings(duty))


def _on_hearings(duty: Duty) -> bool:
    return duty.step == "hearing" or "hearing" in duty.per


def lowering(packs: Iterable[Pack]) -> Iterator[Fault]:
    """Yield everything by which one of these instruments would lower what a higher one among them says."""
    loaded = tuple(packs)
    owners = {rule.id: (pack, rule.duty) for pack in loaded for rule in pack.rules}
    by_id = {pack.head.id: pack for pack in loaded}
    for pack in loaded:
        for index, duty in enumerate(pack.file.duties):
            yield from _of_duty(pack, index, duty, owners)
        for name in pack.head.succeeds:
            if name in by_id and not may_override(pack.head, by_id[name].head):
                yield _fault(pack, ("head", "succeeds"), f"下位文件不能承接上位文件：{name}", f"lower law cannot succeed higher law: {name}")  # fmt: skip
        for name in pack.file.scope.leaves_open:
            higher = by_id.get(name)
            if higher and not may_override(pack.head, higher.head) and not allows(higher, "scope", pack.head):
                yield _fault(pack, ("scope", "leaves_open"), f"上位文件未允许下位文件限缩其适用范围：{name}", f"the higher text does not let lower law narrow its scope: {name}")  # fmt: skip
    yield from _steps_told_anew(loaded)


def _of_duty(pack: Pack, index: int, duty: Duty, owners: Mapping[str, tuple[Pack, Duty]]) -> Iterator[Fault]:
    head = pack.head
    for name in duty.displaces:
        other, target = owners.get(name, (pack, duty))
        allowed = allows(other, "procedure", head, target) or _only_counts_otherwise(
            other, head, duty, target
        )
        if not may_override(head, other.head) and not allowed:
            yield _fault(
                pack,
                ("duties", index, "displaces"),
                f"{duty.article}不能取代{_named(other.head)}{target.article}：{name}；更严的要求写 adds_to，"
                "上位法允许另定的，由上位文件的 allows_other 写明",
                f"{article_text(duty.article, 'en')} cannot displace {article_text(target.article, 'en')} of {other.head.title.en}, which is not lower law: "
                f"{name}; write adds_to for what is stricter, and let the higher file say in allows_other where "
                "its text allows another rule",
            )
    for name in duty.yields_to:
        other, target = owners.get(name, (pack, duty))
        if stands_above(head, other.head):
            wrong = not allows(pack, "procedure", other.head, duty)
        else:
            wrong = stands_above(other.head, head) and not allows(other, "yielding", head)
        if wrong:
            yield _fault(
                pack,
                ("duties", index, "yields_to"),
                f"{duty.article}不能让位于{_named(other.head)}{target.article}：{name}；更严的要求写 adds_to，"
                "相同的写 same_as",
                f"{article_text(duty.article, 'en')} cannot yield to {article_text(target.article, 'en')} of {other.head.title.en}: {name}; write adds_to "
                "for what is stricter, same_as for what is the same",
            )
    for name in duty.succeeds:
        other, _ = owners.get(name, (pack, duty))
        if not may_override(head, other.head):
            yield _fault(pack, ("duties", index, "succeeds"), f"下位文件不能承接上位文件的义务：{name}", f"lower law cannot succeed a duty of higher law: {name}")  # fmt: skip


def _named(head: Head) -> str:
    return f"《{head.title.zh}》（{head.kind.zh}）"


def _steps_told_anew(packs: Sequence[Pack]) -> Iterator[Fault]:
    """Yield steps that one instrument declares otherwise than another, and acts that it alone takes as implied.

    Both would change when a duty of the other is due, and whether an act is taken to have happened.
    """
    first: dict[str, tuple[Pack, Step]] = {}
    performed: dict[str, Pack] = {}
    for pack in sorted(packs, key=lambda item: _standing(item.head)):  # of equals, the one given first
        for step in pack.file.steps:
            first.setdefault(step.id, (pack, step))
            for kind in step.kinds[:1]:
                performed.setdefault(kind, pack)
    for pack in packs:
        for index, step in enumerate(pack.file.steps):
            path: Path = ("steps", index)
            owner, told = first[step.id]
            if step != told:
                yield _fault(pack, path, f"环节已由 {owner.head.id} 定义：{step.id}", f"{owner.head.id} defines this step already: {step.id}")  # fmt: skip
            elif step.shown_by and owner is pack and performed[step.kinds[0]] is not pack:
                yield _fault(pack, (*path, "shown_by"), f"此类行为的环节由其他文件定义：{step.kinds[0]}", f"another instrument defines the step of this kind of act: {step.kinds[0]}")  # fmt: skip


def _fault(pack: Pack, path: Path, zh: str, en: str) -> Fault:
    if pack.source is None:
        return Fault(pack.head.id, None, "", zh, en)
    return pack.source.fault(path, zh, en)
