"""What an act must contain, field by field, read off the conditions of the duties that look at acts of its kind.

It proposes; whether a record with such an act has no fault the check alone says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from decision_procedure.law.asking import Content, asked_of, listed_in, merge
from decision_procedure.law.loading import Rule
from decision_procedure.planning.situation import Situation


def content_of(situation: Situation, kind: str, surely: Collection[str] = ()) -> Content:
    """Return what the duties that apply ask of an act of a kind, by field; dates are left out.

    What depends on the act itself (changes, where the review asks for them) is left out too, but for the duties in `surely`.
    """
    found: Content = {}
    for rule in rules_on(situation, kind):
        if rule.id in surely or kind not in rule.per or not _depends_on_act(rule):
            merge(found, asked_of(rule, kind, situation.facts.kinds))
    if kind == "deliberation" and "meeting_type" in found and situation.by_leadership:
        found["meeting_type"] = "leadership"
    model = situation.facts.kinds.acts[kind].model_fields
    return {name: value for name, value in found.items() if name in model}


def rules_on(situation: Situation, kind: str) -> Iterator[Rule]:
    """Yield the duties that apply and look at acts of a kind."""
    for pack in situation.packs:
        for rule in pack.rules:
            if (kind in rule.per or kind in listed_in(rule)) and situation.applies(rule):
                yield rule


def _depends_on_act(rule: Rule) -> bool:
    return rule.when is not None and any(name.startswith("act.") for name in rule.when.names)


__all__ = ["content_of", "rules_on"]
