"""What lowers a breach to a question for a person (`semantics.md` section 2), but for what its own dates show.

Its words, and the order in which they are named, stand in the vocabulary under `cap`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from decision_procedure.checking.applicability import Applicability
from decision_procedure.law.head import UNPROVEN
from decision_procedure.law.loading import Rule
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.vocabulary import LABELS


def lasting_caps(rule: Rule) -> tuple[str, ...]:
    """Return what lowers every breach of a duty, whatever the record."""
    return _in_order({cap for cap, holds in _LASTING.items() if holds(rule)})


def caps_on(moment: PartialDate, lasting: tuple[str, ...], scope: Applicability) -> tuple[str, ...]:
    """Return what lowers a breach at a moment: what always does, and what the matter and the body add."""
    found = {*lasting}
    if scope.unclear_on(moment) is not False:
        found.add("scope_unclear")
    if scope.binding == "uncertain":
        found.add("applicability_uncertain")
    return _in_order(found)


def _in_order(caps: set[str]) -> tuple[str, ...]:
    return tuple(cap for cap in LABELS["cap"] if cap in caps)


def _is_general(rule: Rule) -> bool:
    """Say whether the text speaks of what is generally so; not where it demands a reason that a breach lacks."""
    demanded = rule.duty.reason_demanded_by is not None and rule.judge is not None
    return rule.duty.force == "general" and not demanded


_LASTING: Mapping[str, Callable[[Rule], bool]] = {
    "mark": lambda rule: rule.mark in (*UNPROVEN, "draft"),
    "general": _is_general,
    "implied": lambda rule: rule.untimed == "implied",
    "no_time_word": lambda rule: rule.untimed == "no_time_word",
    "applicability_uncertain": lambda rule: not rule.pack.head.end_known,
}
