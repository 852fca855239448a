"""Versions of an instrument: which was put in the place of which, and what became of each of its duties."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.law.applicable import Law
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.numbers import numbered
from decision_procedure.law.pack import Superseded
from decision_procedure.render.rules.dates import in_force_text
from decision_procedure.render.rules.sheet import Item, LawWords


def version_items(law: Law, pack: Pack, words: LawWords) -> Iterator[Item]:
    """Yield the versions before and after an instrument, and below each what became of the duties of the older one."""
    for older in law.packs:
        if older.head.id in pack.head.succeeds:
            yield _version("in_place_of", older, words)
            yield from (_fate(item, words) for item in _between(older, pack))
            yield from _new_duties(pack, words)
    for newer in law.packs:
        if pack.head.id in newer.head.succeeds:
            yield _version("replaced_by_law", newer, words)
            yield from (_fate(item, words) for item in _between(pack, newer))
    yield from _unseen_versions(law, pack, words)


def duty_version_items(law: Law, rule: Rule, words: LawWords) -> Iterator[Item]:
    """Yield what the versions of its instrument say of a duty that is the same as none of theirs."""
    pack = rule.pack
    for older in law.packs:
        if older.head.id in pack.head.succeeds and not rule.duty.succeeds:
            yield _version("in_place_of", older, words)
            yield Item(words.say("new_here"), 1)
    for newer in law.packs:
        if pack.head.id in newer.head.succeeds:
            told = [item for item in _between(pack, newer) if rule.id in item.duties]
            if told:
                yield _version("replaced_by_law", newer, words)
                yield from (_fate(item, words) for item in told)
    yield from _unseen_versions(law, pack, words)


def _version(key: str, pack: Pack, words: LawWords) -> Item:
    return Item(words.say(key, law=pack.head.id, days=in_force_text(pack.head, words)), refers=pack.head.id)


def _between(older: Pack, newer: Pack) -> Iterator[Superseded]:
    return (item for item in newer.file.superseded if item.duties[0].partition(".")[0] == older.head.id)


def _fate(item: Superseded, words: LawWords) -> Item:
    values = {
        "duties": words.listed(item.duties),
        "article": words.article(item.article),
        "why": words.said(item.why),
    }
    return Item(words.say("fate" if item.seen else "fate_unseen", **values), 1, refers=item.duties[0])


def _new_duties(pack: Pack, words: LawWords) -> Iterator[Item]:
    for rule in pack.rules:
        if not rule.duty.succeeds:
            text = words.said(rule.duty.text)
            yield Item(words.say("new_duty", duty=rule.id, text=text), 1, refers=rule.id)


def _unseen_versions(law: Law, pack: Pack, words: LawWords) -> Iterator[Item]:
    for entry in law.register:
        if pack.head.id in entry.succeeds:
            start = entry.in_force_from
            days = words.say("from_unknown") if start is None else words.say("from", day=start)
            values = {
                "title": words.said(entry.title),
                "number": numbered(entry.number or "", words.lang),
                "days": days,
            }
            yield Item(words.say("replaced_by_unseen", **values))
