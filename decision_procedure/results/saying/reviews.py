"""Reviews in a sentence: why what is on record is not the review that the law asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from decision_procedure.law.drafts import drafts_after
from decision_procedure.law.evidence import Tree, Truth, place_text, value_data
from decision_procedure.law.named import words_of
from decision_procedure.model.acts import Act
from decision_procedure.model.decision import Draft
from decision_procedure.results.saying.clauses import Clause

if TYPE_CHECKING:
    from decision_procedure.results.saying.facts import Clauses

_MOST = 2


def same_draft(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield whether a review is of the draft of the act tested, with the titles of both."""
    reviewed, tested = _acts(facts, tree)
    if reviewed is None or tested is None:
        return
    called, about = facts.called, facts.about(tree.place)
    if tree.truth is True:
        yield Clause(about, called.say("same_draft", tested=called.act(facts.tested or "")))
        return
    if tree.truth is None:
        unnamed = [part for part in tree.children if part.value is None and part.node.text == "draft"]
        yield from map(facts.open_field, unnamed)
        if not unnamed and reviewed.draft and tested.draft:
            one, other = called.draft(reviewed.draft), called.draft(tested.draft)
            yield Clause("", called.say("whether_same_draft", one=one, other=other), open=True)
        return
    yield not_on_its_draft(facts, reviewed, tested)


def not_on_its_draft(facts: Clauses, reviewed: Act, tested: Act) -> Clause:
    """Return that the draft of the act tested was changed in substance after a review."""
    called = facts.called
    names = {
        "tested": called.act(facts.tested or tested.id or ""),
        "draft": called.draft(tested.draft or ""),
        "reviewed": called.draft(reviewed.draft or ""),
    }
    if reviewed.done is None:
        return Clause(called.act(reviewed.id or ""), called.say("other_draft", **names))
    review, day = called.kind(reviewed.kind), called.day(reviewed.done)
    key = "draft_not_reviewed" if hasattr(reviewed, "conclusion") else "draft_changed_since"
    return Clause("", called.say(key, review=review, day=day, **names))


def same_round(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield whether an act is of the round of the act tested."""
    one, tested = _acts(facts, tree)
    if one is None or tested is None:
        return
    called, about, name = facts.called, facts.about(tree.place), facts.called.act(facts.tested or "")
    if tree.truth is None:
        yield Clause(about, called.kinds.key_name("round", called.lang), open=True)
    elif tree.truth is True:
        yield Clause(about, called.say("same_round", tested=name))
    else:
        yield Clause(about, called.say("other_round", round=one.round, other=tested.round, tested=name))


def by_undertaker(facts: Clauses, tree: Tree) -> Iterator[Clause]:
    """Yield whether the undertaking unit reviewed its own draft."""
    unit = tree.children[0]
    name = facts.called.value(unit.value, unit.place)
    text = facts.called.say("own_review" if tree.truth else "other_review", unit=name)
    yield Clause(facts.about(unit.place), text)


def last_opinion(facts: Clauses, tree: Tree, truth: Truth) -> Iterator[Clause]:
    """Yield what the opinion that governs comes to, or why none on record governs."""
    state, kind = value_data(tree.value), _kind(tree)
    acts = facts.called.held(kind)
    if truth is True:
        for part in tree.children:
            if part.node.text == "conclusion":
                value = facts.called.value(part.value, part.place)
                yield Clause(facts.about(part.place), facts.called.say("concluded", conclusion=value))
        return
    found = [clause for act in acts for clause in _why_not(facts, act, tree, state)]
    yield from found[:_MOST]
    if not acts and state is not None:
        yield Clause("", facts.done(kind, happened=False))
    if state is None:
        yield from _left_open(facts, tree, kind, bool(acts))


def _why_not(facts: Clauses, act: Act, tree: Tree, state: str | None) -> Iterator[Clause]:
    """Yield why a review is not the one asked for: its form, time, draft or conclusion."""
    called, about = facts.called, facts.called.act(act.id or "")
    own = [part for part in tree.children if _act_of(facts, part) == act.id]
    failing = [part for part in own if part.truth is False and part.node.operator in ("equal", "before")]
    if failing:
        for part in failing:
            yield from facts.of(part)
        return
    tested = called.acts.get(facts.tested or "")
    read = {part.node.text: value_data(part.value) for part in own}
    if tested is not None and "conclusion" not in read:
        yield from _set_aside(facts, act, tested)
        return
    conclusion = called.value(getattr(act, "conclusion", None), f"acts[{act.id}].conclusion")
    if state == "unfavourable":
        still = called.act(facts.tested or "")
        yield Clause(about, called.say("concluded_still", conclusion=conclusion, tested=still))
    elif state == "for_a_person":
        yield from _for_a_person(facts, act, tested, conclusion)


def _set_aside(facts: Clauses, act: Act, tested: Act) -> Iterator[Clause]:
    """Yield why a review does not speak of the act tested: a later day, another draft, another round."""
    called = facts.called
    first, last = called.short(act.id or ""), called.short(facts.tested or "")
    if act.done is not None and tested.begun is not None and act.done.last >= tested.begun.first:
        start, end = called.day(act.done), called.day(tested.begun)
        key = "act_later" if start != end else "act_same_time"
        yield Clause("", called.say(key, first=first, last=last, start=start, end=end))
    elif act.kind != "fair_competition_review" and any(
        draft.materially_changed is True for draft in _between(facts, act, tested)
    ):
        yield not_on_its_draft(facts, act, tested)
    elif act.round != tested.round:
        text = called.say(
            "other_round", round=act.round, other=tested.round, tested=called.act(facts.tested or "")
        )
        yield Clause(called.act(act.id or ""), text)


def asked_of(facts: Clauses, tree: Tree) -> Iterator[str]:
    """Yield why the opinion that governs is for a person, as the words `saying.judge_…` ask it."""
    tested = facts.called.acts.get(facts.tested or "")
    shown = {_act_of(facts, part) for part in tree.children if part.node.text == "conclusion"}
    for act in facts.called.held(_kind(tree)):
        if act.id in shown:
            if act.kind == "fair_competition_review":
                yield from _asked_of_competition(facts, act, tested)
            elif _changed_since(facts, act, tested) is not None:
                yield "changed"
            elif _refused(act):
                yield "refused"
            else:
                yield "own_review"


def _asked_of_competition(facts: Clauses, act: Act, tested: Act | None) -> Iterator[str]:
    if _changed_since(facts, act, tested) is not None:
        yield "changed_after_competition"
    if getattr(act, "conclusion", None) == "exception_applies" and getattr(act, "end_set", None) is False:
        yield "no_end"
    if getattr(act, "market_department_reviewed", None) is False:
        yield "alone"


def _refused(act: Act) -> bool:
    asked = getattr(act, "conclusion", None) == "passed_with_changes" or getattr(act, "changes_asked", None)
    return bool(asked) and getattr(act, "changes_made", None) is False


def _for_a_person(facts: Clauses, act: Act, tested: Act | None, conclusion: str) -> Iterator[Clause]:
    called, about = facts.called, facts.called.act(act.id or "")
    changed = _changed_since(facts, act, tested)
    if changed is not None:
        key = "as_reviewed" if changed.materially_changed == "as_reviewed" else "changed_since"
        yield Clause(about, called.say("concluded", conclusion=conclusion))
        yield Clause("", called.say(key, draft=called.draft(changed.id)))
    elif _refused(act):
        yield Clause(about, called.say("changes_refused", conclusion=conclusion))
    else:
        yield Clause(about, called.say("concluded", conclusion=conclusion))
        for name in ("end_set", "market_department_reviewed"):
            if getattr(act, name, None) is False:
                yield facts.flag(name, False, f"acts[{act.id}].{name}")
        if act.unit is not None:
            yield Clause(about, called.say("reviewed_by", unit=called.unit(act.unit)))


def _changed_since(facts: Clauses, act: Act, tested: Act | None) -> Draft | None:
    """Return the last draft after that of a review, up to that of the act tested, that was changed; None: none was."""
    between = () if tested is None else _between(facts, act, tested)
    return next((draft for draft in reversed(between) if draft.materially_changed), None)


def _between(facts: Clauses, act: Act, tested: Act) -> tuple[Draft, ...]:
    """Return the drafts after that of a review up to that of the act tested; none where one of them is not named."""
    drafts = facts.called.decision.drafts
    places = {draft.id: place for place, draft in enumerate(drafts)}
    return drafts_after(drafts, places, act.draft, tested.draft) or ()


def _left_open(facts: Clauses, tree: Tree, kind: str, some: bool) -> Iterator[Clause]:
    """Yield what the record leaves open on the opinion that governs."""
    for part in tree.children:
        if part.node.operator == "acts":
            what = facts.called.kind(kind)
            text = facts.done(kind, happened=True)
            yield Clause(
                "",
                facts.called.say("whether_other", what=what)
                if some
                else facts.called.say("whether", text=text),
                open=True,
            )
        elif part.node.operator == "before" and part.truth is None:
            yield from facts.of(part)
        elif part.node.operator == "field" and part.value is None and part.place:
            yield from _open_part(facts, part)


def _open_part(facts: Clauses, part: Tree) -> Iterator[Clause]:
    """Yield what an act leaves open, or what a draft does."""
    text = place_text(part.place)
    if not text.startswith("drafts["):
        yield from facts.of(part)
        return
    draft = facts.called.draft(text[len("drafts[") :].rpartition("].")[0])
    yield facts.flag(part.node.text, None, part.place)._replace(about=draft)


def _acts(facts: Clauses, tree: Tree) -> tuple[Act | None, Act | None]:
    found = facts.called.parsed(tree.place)
    one = None if found is None or found.act is None else facts.called.acts.get(found.act)
    return one, facts.called.acts.get(facts.tested or "")


def _act_of(facts: Clauses, part: Tree) -> str | None:
    places = [part.place, *(child.place for child in part.children)]
    found = next(
        (place for place in map(facts.called.parsed, filter(None, places)) if place is not None), None
    )
    return None if found is None else found.act


def _kind(tree: Tree) -> str:
    """Return the kind of review that a condition on the last opinion names."""
    return words_of(tree.node.text)[0]
