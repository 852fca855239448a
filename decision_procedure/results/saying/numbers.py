"""Numbers and dates in a sentence: a span too short or too long, too few people, one thing after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from decision_procedure.law.evidence import Tree, Truth, is_denied, kinds_listed, value_data
from decision_procedure.law.named import function_of, sign_of
from decision_procedure.results.saying.clauses import Clause

if TYPE_CHECKING:
    from decision_procedure.results.saying.facts import Clauses

_MANY = 1_000_000
_OTHER = {
    "days": "other_reading", "lead_days": "other_reading_lead", "workdays": "other_reading_workdays",
    "workdays_within": "other_reading_within", "workdays_net": "other_reading_within", "workdays_left_net": "other_reading_workdays",
    "days_within": "other_reading_within",
}  # fmt: skip


class Measured(NamedTuple):
    """A number of the record beside the one of the law: how it is counted, what is required, what is lacking.

    `number` and `other` are the number by either way of counting; `less` None: it is not known to the day. `is_cut`:
    the decision ended it before its own end.
    """

    span: str
    number: str
    other: str
    unit: str
    limit: str
    less: int | None
    starts: Tree
    ends: Tree
    at_least: bool
    is_cut: bool


def measured_in(facts: Clauses, tree: Tree) -> Measured | None:
    """Return what a comparison of days measured; None where a date is not known."""
    days, limit = tree.children
    dates = [days, *days.children]
    if days.value is None or len(dates) != 3 or any(is_denied(part.value) for part in dates):
        return None
    span = function_of(days.node.text)
    unit = facts.called.say("workdays" if span.startswith("workdays") else "days")
    low, high, other_low, other_high = value_data(days.value)[:4]
    wanted = int(limit.value)
    at_least = sign_of(tree.node.text) == ">="
    required = facts.called.say("at_least" if at_least else "within", number=wanted, unit=unit)
    if facts.general:
        required = facts.called.say("in_general", limit=required)
    other = "" if (low, high) == (other_low, other_high) else _range(facts, other_low, other_high)
    less = wanted - low if low == high < wanted else None
    start, end = days.children
    number = _range(facts, low, high)
    return Measured(span, number, other, unit, required, less, start, end, at_least, _is_cut(facts, end))


def _is_cut(facts: Clauses, end: Tree) -> bool:
    """Say whether the end that was counted is another day than the act's own: that of the decision."""
    found = facts.called.parsed(end.place)
    if found is None or found.act is None or found.member is not None:
        return False
    own = getattr(facts.called.acts[found.act], found.field, None)
    return own is not None and value_data(own) != value_data(end.value)


def measured(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield how many days a span is, and how many it lacks; or which of its dates is not known."""
    found = measured_in(facts, tree)
    if found is None:
        yield from _without_dates(facts, tree.children[0])
        return
    called = facts.called
    about = facts.about(found.starts.place) if found.span == "lead_days" else ""
    start, end = (called.value(part.value, part.place) for part in (found.starts, found.ends))
    at = called.parsed(found.starts.place)
    shown = called.within_year(start, end) if found.span == "days" else end
    fields = {
        "what": "" if at is None or at.act is None else called.short(at.act),
        "start": start,
        "end": called.say("cut_short", day=shown) if found.is_cut else shown,
        "first": called.event(found.starts.place),
        "last": called.event(found.ends.place),
        "number": found.number,
        "unit": found.unit,
        "limit": found.limit,
        "less": found.less,
    }
    if found.span != "lead_days":
        fields |= {"first": _moment(facts, found.starts), "last": _moment(facts, found.ends)}
    text = called.say(_form(found, tree.truth), **fields)
    if found.other and tree.truth is not None:
        text = called.say(_OTHER[found.span], text=text, number=found.other, unit=found.unit)
    yield Clause(about, text, noun=True)


def counted(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield how many there are of something, and how many there should be."""
    number, limit = tree.children
    called = facts.called
    what = called.field(number.place) or called.words.said(number.node)
    source = number.children[0] if number.children else number
    about = facts.about(source.place)
    what = called.field(source.place) or what
    if number.value is None or is_denied(number.value):
        yield Clause(about, what, open=True)
        return
    value = value_data(number.value)
    low, high = (value, value) if isinstance(value, int) else value[:2]
    if high == 0:
        yield Clause(about, called.say("none_of", what=what))
        return
    if high >= _MANY:
        yield Clause(about, called.say("whether_whole", list=what), open=True)
        return
    if number.children:
        what = called.say("number_of", what=what)
    key = "number_is" if tree.truth else "too_few" if sign_of(tree.node.text) in (">=", ">") else "too_many"
    text = called.say(key, what=what, number=_range(facts, low, high), limit=limit.value)
    yield Clause(about, text, noun=True)


def odd(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield that a number is odd, or is not."""
    (number,) = tree.children
    called, about = facts.called, facts.about(number.place)
    what = called.field(number.place) or called.words.said(number.node)
    if tree.truth is None:
        yield Clause(about, what, open=True)
        return
    key = "is_odd" if tree.truth else "not_odd"
    yield Clause(about, called.say(key, what=what, number=_amount(facts, number)), noun=True)


def share(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield what share one number is of another; or which of them is not known."""
    called = facts.called
    if tree.truth is None:
        yield from map(
            facts.open_field, [part for part in tree.children if part.value is None] or tree.children
        )
        return
    part, whole = tree.children
    fields = {
        "part": called.field(part.place), "number": _amount(facts, part),
        "whole": called.field(whole.place), "all": _amount(facts, whole), "share": tree.value,
    }  # fmt: skip
    key = "share_reached" if tree.truth else "share_short"
    yield Clause(facts.about(part.place), called.say(key, **fields), noun=True)


def _amount(facts: Clauses, number: Tree) -> str:
    value = value_data(number.value)
    return _range(facts, *((value, value) if isinstance(value, int) else value[:2]))


def ordered(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield in which order two dates or acts stand, with both dates; or that the record leaves it open."""
    if len(tree.children) != 2:
        yield from _no_later(facts, tree)
        return
    first, last = tree.children
    called = facts.called
    lacking = [part for part in tree.children if part.value is None]
    denied = [part for part in tree.children if is_denied(part.value)]
    for part in denied:
        text = called.say("denied_date", what=called.event(part.place))
        yield Clause(facts.about(part.place), text, noun=True)
    if denied:
        return
    if tree.truth is None and lacking:
        yield from map(facts.open_field, lacking)
        return
    about, other = facts.about(first.place), facts.about(last.place)
    start, end = (called.value(part.value, part.place) for part in tree.children)
    across = about != other
    names = [_named(facts, part, across=across) for part in tree.children]
    if tree.truth is None:
        first_day, last_day = (
            f"{name}{called.say('aside', text=day)}" for name, day in zip(names, (start, end), strict=True)
        )
        text = called.say("whether_before", first=first_day, second=last_day)
        yield Clause("" if across else about, text, open=True)
        return
    key = _order(str(value_data(first.value)), str(value_data(last.value)))
    text = called.say(f"act_{key}" if across else key, first=names[0], last=names[1], start=start, end=end)
    yield Clause("" if across else about, text, noun=True)


def _named(facts: Clauses, part: Tree, *, across: bool) -> str:
    """Return what a date is the date of: the act, or a field of it that is not simply its day."""
    called, found = facts.called, facts.called.parsed(part.place)
    field = called.event(part.place)
    if not across or found is None or found.act is None:
        return field
    act = called.short(found.act)
    return act if field == act else called.say("field_of_act", act=act, field=field)


def _order(first: str, last: str) -> str:
    return "later" if first > last else "earlier" if first < last else "same_time"


def _no_later(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield that it is open whether the act that had to follow is on record."""
    for kind in kinds_listed(tree.place):
        yield Clause("", facts.called.say("whether", text=facts.done(kind, happened=True)), open=True)


def _without_dates(facts: Clauses, days: Tree) -> Iterator[Clause]:
    for part in days.children:
        if is_denied(part.value):
            text = facts.called.say("denied_date", what=facts.called.event(part.place))
            yield Clause(facts.about(part.place), text, noun=True)
        elif part.value is None and kinds_listed(part.place):
            yield from _no_later(facts, part)
        elif part.value is None:
            yield facts.open_field(part)


def _moment(facts: Clauses, part: Tree) -> str:
    """Return what a date is: the act that it is the date of, or the field of the act tested."""
    found = facts.called.parsed(part.place)
    if found is not None and found.act is not None and found.act != facts.tested:
        return facts.called.kind(facts.called.acts[found.act].kind)
    return facts.called.event(part.place)


def _form(found: Measured, truth: Truth) -> str:
    if truth is None:
        return "span_open"
    if truth:
        return "long_enough" if found.span == "days" else "span_enough"
    if not found.at_least:
        return "too_long"
    if found.less is None:
        return "too_short_about" if found.span == "days" else "span_about"
    return {"days": "too_short", "lead_days": "lead_short"}.get(found.span, "workdays_short")


def _range(facts: Clauses, low: int, high: int) -> str:
    return str(low) if low == high else facts.called.say("number_range", low=low, high=high)
