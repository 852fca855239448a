"""How duties of the law stand to each other, seen from one of them; and which took over from which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from decision_procedure.law.applicable import Law
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.model.vocabulary import label
from decision_procedure.render.rules.dates import in_force_text
from decision_procedure.render.rules.sheet import Item, LawWords

KINDS = ("same_as", "adds_to", "displaces", "yields_to", "succeeds")


class Takeover(NamedTuple):
    """A duty, and the one that took its place."""

    old: Rule
    new: Rule


def relation_items(rule: Rule, law: Law, words: LawWords) -> Iterator[Item]:
    """Yield the relations that a duty states, then those that duties of other instruments state to it."""
    for kind in KINDS:
        for other in getattr(rule.duty, kind):
            yield Item(words.say(kind, duty=other), refers=other)
    for other_rule in _rules(law):
        for kind in KINDS:
            if rule.id in getattr(other_rule.duty, kind):
                yield Item(words.say(f"{kind}_by", duty=other_rule.id), refers=other_rule.id)
    for pack in law.packs:
        for repeat in pack.file.repeats:
            if rule.id in repeat.of:
                yield Item(
                    words.say("repeats_by", duty=pack.head.id, article=words.article(repeat.article)),
                    refers=pack.head.id,
                )


def takeovers(law: Law) -> tuple[Takeover, ...]:
    """Return every duty that gives way to, or is succeeded by, one of a later instrument, each pair once.

    A special procedure that displaces a general one is no newer version of it. Instruments of which one is
    not known to have been in force first are left out.
    """
    rules = {rule.id: rule for rule in _rules(law)}
    pairs: dict[tuple[str, str], None] = {}
    for rule in rules.values():
        pairs.update({(rule.id, other): None for other in rule.duty.yields_to})
        pairs.update({(other, rule.id): None for other in rule.duty.succeeds})
    found = (Takeover(rules[old], rules[new]) for old, new in pairs if old in rules and new in rules)
    return tuple(pair for pair in found if _was_first(pair))


def history_items(pairs: Iterable[Takeover], words: LawWords) -> Iterator[Item]:
    """Yield, for each pair, which took over from which, when each is in force, and what changed."""
    for old, new in pairs:
        days = {
            "old_days": in_force_text(old.pack.head, words),
            "new_days": in_force_text(new.pack.head, words),
        }
        yield Item(words.say("took_over", old=old.id, new=new.id, **days))
        yield Item(words.say("was", text=words.said(old.duty.text)), 1, refers=old.id)
        yield Item(words.say("is", text=words.said(new.duty.text)), 1, refers=new.id)
        for change in _changes(old, new, words):
            yield Item(change, 1)


def number_text(rule: Rule, name: str, words: LawWords) -> str:
    """Return a number of a duty with its unit; that there is none where the duty does not have it."""
    param = rule.duty.params.get(name)
    return words.say("no_value") if param is None else f"{param.value} {words.unit(param.unit)}"


def _changes(old: Rule, new: Rule, words: LawWords) -> Iterator[str]:
    for name in dict.fromkeys((*old.duty.params, *new.duty.params)):
        values = (number_text(old, name, words), number_text(new, name, words))
        if values[0] != values[1]:
            yield words.say("changed", what=name, old=values[0], new=values[1])
    for field in ("bearer", "force", "effect"):
        one, other = getattr(old.duty, field), getattr(new.duty, field)
        if one != other:
            names = {"old": _called(old, field, words.lang), "new": _called(new, field, words.lang)}
            yield words.say("changed", what=words.label(_LABEL_OF[field]), **names)
    for field in ("when", "require"):
        if getattr(old.duty, field) != getattr(new.duty, field):
            yield words.say("condition_changed", what=words.label(field))


def _called(rule: Rule, field: str, lang: str) -> str:
    value = getattr(rule.duty, field)
    return rule.pack.kinds.bearer_name(value, lang) if field == "bearer" else label(field, value, lang)


_LABEL_OF = {"bearer": "bearer", "force": "force", "effect": "breach"}


def _rules(law: Law) -> Iterator[Rule]:
    return (rule for pack in law.packs for rule in pack.rules)


def of_pack(pairs: Iterable[Takeover], pack: Pack) -> tuple[Takeover, ...]:
    """Return those pairs in which an instrument has the older or the newer duty."""
    return tuple(pair for pair in pairs if pack.head.id in (pair.old.pack.head.id, pair.new.pack.head.id))


def _was_first(pair: Takeover) -> bool:
    old, new = pair.old.pack.head, pair.new.pack.head
    known = old.in_force_by or old.in_force_from
    return known is not None and new.in_force_from is not None and known.first < new.in_force_from.first
