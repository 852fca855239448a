"""Two versions of the law held against each other: which duties came, went or changed, and in what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from decision_procedure.law.articles import article_text
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.pack import Param
from decision_procedure.law.said import Article, Said
from decision_procedure.model.vocabulary import label
from decision_procedure.wording import Bilingual, section

Kind = Literal["added", "ended", "changed"]


class PartChange(NamedTuple):
    """What changed of a duty or of the head of an instrument: `part` is a key of the words of `law_change`.

    `was` and `now` say it in both languages; None: nothing stood, or stands, there.
    """

    part: str
    was: Bilingual | None
    now: Bilingual | None


class VersionChange(NamedTuple):
    """A duty that came, went or changed from one version of an instrument to another.

    `duty` is its identifier in the newer version, in the older one where it ended; empty: the head of the instrument.
    `parts` say in what it changed; empty for one that came or went.
    """

    kind: Kind
    instrument: str
    duty: str
    article: Article | None
    text: Said
    parts: tuple[PartChange, ...] = ()


def version_changes(older: Sequence[Pack], newer: Sequence[Pack]) -> Iterator[VersionChange]:
    """Yield what changed between two versions of instruments: the heads first, then duty by duty.

    Instruments are matched by identifier, else by what the newer one succeeds; duties of them by what they succeed,
    else by identifier.
    """
    before = {pack.head.id: pack for pack in older}
    left = dict(before)
    for pack in newer:
        known = [pack.head.id, *pack.head.succeeds]
        was = next((before[name] for name in known if name in before), None)
        if was is not None:
            left.pop(was.head.id, None)
            yield from _head_changes(was, pack)
        yield from _duty_changes(() if was is None else was.rules, pack.rules, pack.head.id)
    for pack in left.values():
        yield from _duty_changes(pack.rules, (), pack.head.id)


def _head_changes(older: Pack, newer: Pack) -> Iterator[VersionChange]:
    was, now = older.head, newer.head
    days = {
        name: (getattr(was, name), getattr(now, name))
        for name in ("promulgated", "in_force_from", "in_force_to")
    }
    pairs = {
        "title": (_said(was.title), _said(now.title)),
        "number": (_same(was.number), _same(now.number)),
        **{
            name: tuple(None if day is None else _same(day.text) for day in pair)
            for name, pair in days.items()
        },
    }
    parts = tuple(PartChange(name, *pair) for name, pair in pairs.items() if pair[0] != pair[1])
    if parts:
        yield VersionChange("changed", now.id, "", None, now.title, parts)


def _duty_changes(older: Iterable[Rule], newer: Iterable[Rule], instrument: str) -> Iterator[VersionChange]:
    before = {rule.duty.id: rule for rule in older}
    names = {rule.id: rule.duty.id for rule in before.values()}
    ended = dict(before)
    for rule in newer:
        known = [*(names[name] for name in rule.duty.succeeds if name in names), rule.duty.id]
        matched = [before[name] for name in dict.fromkeys(known) if name in before]
        for was in matched:
            ended.pop(was.duty.id, None)
        if not matched:
            yield VersionChange("added", instrument, rule.id, rule.duty.article, rule.duty.text)
        elif parts := tuple(_part_changes(matched[0], rule)):
            yield VersionChange("changed", instrument, rule.id, rule.duty.article, rule.duty.text, parts)
    for rule in ended.values():
        yield VersionChange("ended", instrument, rule.id, rule.duty.article, rule.duty.text)


def _part_changes(older: Rule, newer: Rule) -> Iterator[PartChange]:
    for part, read in _PARTS.items():
        was, now = read(older), read(newer)
        if was != now:
            yield PartChange(part, was, now)
    limits = older.duty.params, newer.duty.params
    for name in dict.fromkeys((*limits[0], *limits[1])):
        was, now = (_limit(params, name) for params in limits)
        if was != now:
            yield PartChange("limit", was, now)


def _said(said: Said) -> Bilingual:
    return Bilingual.of(said)


def _same(text: str | None) -> Bilingual | None:
    return None if text is None else Bilingual(text, text)


def _named(table: str, read: Callable[[Rule], str | None]) -> Callable[[Rule], Bilingual | None]:
    def named(rule: Rule) -> Bilingual | None:
        word = read(rule)
        return None if word is None else Bilingual.by(lambda lang: label(table, word, lang))

    return named


def _written(read: Callable[[Rule], str | None]) -> Callable[[Rule], Bilingual | None]:
    return lambda rule: _same(read(rule))


def _limit(params: Mapping[str, Param], name: str) -> Bilingual | None:
    param = params.get(name)
    if param is None:
        return None

    def limit(lang: str) -> str:
        units = section("number_unit", lang)
        return section("law_change", lang)["limit_of"].format(
            value=param.value, unit=units.get(param.unit, param.unit)
        )

    return Bilingual.by(limit)


def _deadline(rule: Rule) -> str | None:
    found = rule.duty.deadline
    return None if found is None else f"{found.after} + {found.param}"


_PARTS: Mapping[str, Callable[[Rule], Bilingual | None]] = {
    "article": lambda rule: Bilingual.by(lambda lang: article_text(rule.duty.article, lang)),
    "text": lambda rule: _said(rule.duty.text),
    "force": _named("force", lambda rule: rule.duty.force),
    "effect": _named("effect", lambda rule: rule.duty.effect),
    "bearer": _named("bearer", lambda rule: rule.duty.bearer),
    "mark": _written(lambda rule: rule.mark),
    "closes": _written(lambda rule: rule.duty.closes),
    "step": _written(lambda rule: rule.duty.step),
    "per": _written(lambda rule: ", ".join(rule.per) or None),
    "when": _written(lambda rule: rule.duty.when),
    "require": _written(lambda rule: rule.duty.require),
    "judge": _written(lambda rule: rule.duty.judge),
    "deadline": _written(_deadline),
}
