"""What a condition came to on a record, as clauses: a form for each kind of condition (`words.yaml`, `saying`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from decision_procedure.law.evidence import Tree, Truth, is_denied, kinds_listed, place_text, value_data
from decision_procedure.law.named import words_covered, words_of, words_wanted
from decision_procedure.results.saying import meetings, numbers, reviews
from decision_procedure.results.saying.called import Called
from decision_procedure.results.saying.clauses import Clause
from decision_procedure.sources.characters import plain
from decision_procedure.wording import section

_MEMBERS = 2


class Clauses:
    """What conditions came to. `tested` is the act tested (None: the decision), `general`: the law says "in general"."""

    def __init__(self, called: Called, tested: str | None, *, general: bool = False) -> None:
        self.called, self.tested, self.general = called, tested, general

    def of(self, tree: Tree) -> Iterator[Clause]:
        """Yield what a condition came to, by the parts that made it so; a negation says what is under it."""
        form = _FORMS.get(tree.node.operator, _other)
        yield from form(self, tree)

    def about(self, place: Any) -> str:
        """Return what stands at a place: a member of an act's list, the act, the catalogue, the matter."""
        called = self.called
        found = called.parsed(place)
        if found is None or found.act is None:
            part = place_text(place).partition(".")[0]
            if part == "catalogue":
                return self._catalogue()
            if called.brief:
                return ""
            return plain(called.decision.body.name) if part == "body" else called.say("the_matter")
        member = called.member(place)
        if called.brief and found.act == self.tested:
            return member
        act = called.act(found.act)
        return called.say("member", member=member, act=act) if member else act

    def flag(self, name: str, truth: Truth, place: Any) -> Clause:
        """Return what a flag says."""
        about, called = self.about(place), self.called
        table = section("flag" if truth is not False else "flag_not", called.lang)
        known, what = table.get(name), called.field(place) or name
        if truth is None:
            return Clause(about, called.say("whether", text=known) if known else what, open=True)
        text = known or called.say("flag_yes" if truth else "flag_no", what=what)
        return Clause(about, text, noun=known is None)

    def denied(self, text: str, value: Any) -> str:
        """Return a text, with the word that the record denies by name what it speaks of, where it does."""
        return self.called.say("denied_too", text=text) if is_denied(value) else text

    def took_place(self, act: str) -> Clause:
        """Return that an act was done, and on what day."""
        found = self.called.acts[act]
        what = self.done(found.kind, happened=True)
        if found.done is None:
            return Clause("", what)
        return Clause("", self.called.say("took_place", what=what, day=self.called.day(found.done)))

    def open_field(self, tree: Tree) -> Clause:
        """Return that a field is not stated."""
        return Clause(self.about(tree.place), self.called.topic(tree.place), open=True)

    def word_of(self, tree: Tree) -> Clause:
        """Return that a field holds a word."""
        what, value = self.called.field(tree.place), self.called.value(tree.value, tree.place)
        return Clause(self.about(tree.place), self.called.say("word_is", what=what, value=value), noun=True)

    def done(self, kind: str, *, happened: bool) -> str:
        """Return that an act of a kind took place, or did not."""
        known = section("done" if happened else "not_done", self.called.lang).get(kind)
        return known or self.called.say("kind_yes" if happened else "kind_no", what=self.called.kind(kind))

    def _catalogue(self) -> str:
        entry = self.called.decision.catalogue
        if entry is None or entry.year is None:
            return self.called.say("the_catalogue")
        return self.called.say("on_catalogue", year=entry.year)


def _parts(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    for part in tree.alike():
        yield from facts.of(part)


def _first(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    for part in tree.alike()[:1]:
        yield from facts.of(part)


def _on_these(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield what a condition rests on, where it holds of some acts that a word of the rules has found."""
    for part in tree.children:
        if part.truth is tree.truth and (part.truth is not None or part.value is None):
            yield from facts.of(part)


def _under(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    yield from facts.of(tree.children[0])


def _whole_text(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    stated = tree.children[0]
    if stated.truth is tree.truth:
        yield from facts.of(stated)
        return
    for leaf in _fields(stated):
        text = facts.called.say("silent", what=facts.called.field(leaf.place))
        yield Clause(facts.about(leaf.place), text, noun=True)


def _field(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    if tree.truth is None and tree.value is None:
        yield _unknown(facts, tree)
    elif isinstance(tree.truth, bool):
        clause = facts.flag(_name(tree), tree.truth, tree.place)
        yield clause._replace(text=facts.denied(clause.text, tree.value))


def _unknown(facts: Clauses, tree: Tree) -> Clause:
    name = _name(tree)
    known = section("flag", facts.called.lang)
    return facts.flag(name, None, tree.place) if name in known else facts.open_field(tree)


def _trait(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    called, what = facts.called, facts.called.field(tree.place)
    if tree.truth is None:
        yield Clause("", called.say("whether_trait", what=what), open=True)
    else:
        yield Clause("", called.say("trait" if tree.truth else "trait_not", what=what))


def _held(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    source = tree.children[0]
    if tree.truth is True:
        yield from map(facts.took_place, value_data(source.value))
    else:
        yield from _no_act(facts, kinds_listed(source.place), tree.truth)


def _no_act(facts: Clauses, kinds: tuple[str, ...], truth: Truth) -> Iterator[Clause]:
    """Yield that no act of these kinds is on record: that there was none, or that it is not said."""
    if truth is None:
        for kind in kinds:
            yield Clause("", facts.called.say("whether", text=facts.done(kind, happened=True)), open=True)
    else:
        texts = [facts.done(kind, happened=False) for kind in kinds]
        yield Clause("", facts.called.words.listed(texts))


def _any_of(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    source, *members = tree.children
    kinds = kinds_listed(source.place)
    if tree.truth is True:
        for name, member in zip(value_data(source.value), members, strict=False):
            if member.truth is True:
                yield from (facts.took_place(name),) if kinds else facts.of(member)
        return
    if kinds and not members:
        yield from _no_act(facts, kinds, tree.truth)
        return
    if not members:
        yield from _no_members(facts, source, tree.truth)
        return
    named = list(zip(value_data(source.value), members, strict=False))
    own = [member for name, member in named if not (kinds and facts.called.is_implied(name))]
    for member in sorted(own or members, key=_short_of)[:_MEMBERS]:
        yield from facts.of(member)
    if tree.truth is None and not any(member.truth is None for member in members):
        yield _another(facts, source, kinds)


def _all_of(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    source, *members = tree.children
    deciding = [member for member in members if member.truth is tree.truth]
    for member in deciding[:_MEMBERS]:
        yield from facts.of(member)
    if tree.truth is None and not deciding:
        yield _another(facts, source, kinds_listed(source.place))


def _another(facts: Clauses, source: Tree, kinds: tuple[str, ...]) -> Clause:
    """Return that a list may hold more than the record."""
    called = facts.called
    if kinds:
        what = called.words.listed(map(called.kind, kinds))
        return Clause("", called.say("whether_other", what=what), open=True)
    text = called.say("whether_whole", list=called.field(source.place))
    return Clause(facts.about(source.place), text, open=True)


def _no_members(facts: Clauses, source: Tree, truth: Truth) -> Iterator[Clause]:
    text = facts.called.field(source.place)
    if truth is not None:
        text = facts.called.say("list_none", list=text)
    yield Clause(facts.about(source.place), text, open=truth is None)


def _short_of(member: Tree) -> tuple[int, int]:
    """Return how far a member is from what is wanted: what fails of it, then what is open."""
    parts = [member] if member.node.operator != "and" else list(member.children)
    return sum(part.truth is False for part in parts), sum(part.truth is None for part in parts)


def lacking_in(facts: Clauses, tree: Tree) -> list[str]:
    """Return what a list of the record lacks of what it must hold, as people read it."""
    source = tree.children[0]
    held = [] if is_denied(source.value) else value_data(source.value) or []
    wanted = words_covered(tree.node.text)
    return facts.called.chosen([word for word in wanted if word not in held] or wanted, source.place)


def _covers(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    source, called = tree.children[0], facts.called
    items = called.words.listed(called.say("quoted", text=item) for item in lacking_in(facts, tree))
    about, what = facts.about(source.place), called.field(source.place)
    if tree.truth is None:
        yield Clause(about, called.say("whether_listed", list=what, items=items), open=True)
    else:
        text = called.say("holds" if tree.truth else "lacks", list=what, items=items)
        yield Clause(about, facts.denied(text, source.value), noun=True)


def _compared(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield what a word of the record is, beside what is asked; what compares a finding has a form of its own."""
    left = tree.children[0]
    own = _OWN.get(left.node.operator)
    if own is not None:
        yield from own(facts, left, tree.truth)
        return
    called = facts.called
    lacking = [part for part in tree.children if part.place and part.value is None]
    if tree.truth is None and lacking:
        yield from map(facts.open_field, lacking)
        return
    what, value = called.field(left.place), called.value(left.value, left.place)
    wanted, turned = words_wanted(tree.node.text)
    listed = called.say("words_or").join(called.chosen(wanted, left.place))
    if tree.truth is turned or not wanted:
        text = called.say("word_is", what=what, value=value)
    else:
        key = "word_none" if called.brief and len(wanted) > _MEMBERS else "word_wrong"
        text = called.say(key, what=what, value=value, wanted=listed)
    yield Clause(facts.about(left.place), text, noun=True)


def _meeting_kind(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    (kind,) = tree.children
    if tree.truth is None or kind.value is None:
        yield facts.open_field(kind)
    elif tree.truth is False:
        value = facts.called.value(kind.value, kind.place)
        yield Clause("", facts.called.say("meeting_is", meeting=facts.about(kind.place), kind=value))


def _document(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    called = facts.called
    kinds = [called.kinds.document_name(kind, called.lang) for kind in words_of(tree.node.text)]
    what, about = called.words.listed(kinds), facts.about(tree.place)
    if tree.truth is True:
        yield Clause(about, called.say("has_document", what=what))
    else:
        yield Clause(about, called.say("no_document", what=what))


def _known(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    source = tree.children[0]
    if is_denied(source.value):
        text = facts.called.say("denied_date", what=facts.called.event(source.place))
        yield Clause(facts.about(source.place), text, noun=True)
    elif source.value is None:
        yield facts.open_field(source)


def _constant(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    yield from ()


def _other(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield a condition by its own words, where no form fits."""
    called, what = facts.called, facts.called.words.said(tree.node)
    read = [part for part in tree.children if part.place]
    about = facts.about((read[0] if read else tree).place)
    if tree.truth is None:
        yield Clause(about, called.say("whether", text=called.say("quoted", text=what)), open=True)
        return
    values = [
        f"{called.field(part.place)} {value}"
        for part in read
        if (value := called.value(part.value, part.place))
    ]
    text = called.say("condition_holds" if tree.truth else "condition", what=what)
    yield Clause(
        about, text + (called.say("aside", text=called.words.listed(values)) if values else ""), noun=True
    )


def _fields(tree: Tree) -> Iterator[Tree]:
    if tree.node.operator == "field" and tree.value is None:
        yield tree
    for child in tree.children:
        yield from _fields(child)


def _name(tree: Tree) -> str:
    return place_text(tree.place).rpartition(".")[2]


_Form = Callable[[Clauses, Tree], Iterator[Clause]]
_FORMS: Mapping[str, _Form] = {
    "and": _parts, "or": _parts, "first_known": _first, "not": _under, "in_whole_text": _whole_text,
    "field": _field, "trait": _trait, "exception": _field, "held": _held, "any_of": _any_of, "all_of": _all_of,
    "covers": _covers, "equal": _compared, "in": _compared, "compare": numbers.counted,
    "odd": numbers.odd, "share": numbers.share, "compare_days": numbers.measured, "before": numbers.ordered, "full_meeting": _meeting_kind,
    "document": _document, "known": _known, "value": _constant, "same_draft": reviews.same_draft,
    "same_round": reviews.same_round, "by_undertaker": reviews.by_undertaker, "last_speaker": meetings.last_speaker,
    "prepared_decision": meetings.prepared, "meets_after": _constant, "no_earlier_meeting": meetings.no_earlier,
    "another_in_order": _constant, "adjusted_since": _on_these, "of_last_opinion": _on_these,
}  # fmt: skip
_OWN: Mapping[str, Callable[[Clauses, Tree, Truth], Iterator[Clause]]] = {
    "last_opinion": reviews.last_opinion,
    "decided_on_meeting": meetings.decided,
    "risk_finding": meetings.risk,
    "last_outcome": meetings.outcome,
}
