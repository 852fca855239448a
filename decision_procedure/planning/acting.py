"""Acts that a plan or a repair would do, as they would stand in the record, and the record with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision, Unit
from decision_procedure.model.vocabulary import label
from decision_procedure.planning.content import content_of
from decision_procedure.planning.plan import Plan
from decision_procedure.planning.situation import Situation

_ADOPTS = {"decision": {"outcome": "adopt"}}


def acts_of(plan: Plan, situation: Situation, surely: Collection[str] = ()) -> tuple[Act, ...]:
    """Return the acts that do the steps of a plan still to come, on their earliest days, with all that the law asks of them.

    `surely` as for `content_of`.
    """
    dates: dict[str, dict[str, str]] = {}
    for item in plan.steps:
        if item.standing in ("due", "running") and item.ends is not None:
            for place, day in item.dates.items():
                kind, _, name = place.partition(".")
                dates.setdefault(kind, {})[name] = day
    running = {kind for kind in dates if situation.running(kind)}
    kinds = [kind for kind in dates if kind in running or not situation.done(kind)]
    return tuple(_act(kind, dates[kind], situation, surely) for kind in kinds)


def _act(kind: str, days: Mapping[str, str], situation: Situation, surely: Collection[str]) -> Act:
    held = situation.act(kind)
    if held is not None and situation.running(kind):
        return continued(held, days)
    return made(kind, days, situation, content_of(situation, kind, surely))


def continued(act: Act, days: Mapping[str, str]) -> Act:
    """Return an act on record with its further days."""
    return act.changed({name: PartialDate.on(date.fromisoformat(day)) for name, day in days.items()})


def made(
    kind: str, days: Mapping[str, str], situation: Situation, content: Mapping[str, Any] | None = None
) -> Act:
    """Return a new act of a kind on these days, by field, with what the law asks of it (or with this content)."""
    decision = situation.report.decision
    asked = content_of(situation, kind) if content is None else content
    data: dict[str, Any] = {
        "kind": kind,
        "id": free_name(decision, f"{kind}-planned"),
        "round": situation.round,
        **asked,
        **_ADOPTS.get(kind, {}),
        **days,
    }
    if "draft" not in data and decision.drafts and kind not in _WITHOUT_DRAFT:
        data["draft"] = situation.draft
    unit = situation.unit_of(kind) or (_REVIEWER if kind == "legality_review" else None)
    if unit is not None:
        data["unit"] = unit
    model: Any = situation.facts.kinds.acts[kind]
    act: Act = model.model_validate(data)
    return act


_REVIEWER = "reviewing-department"
"""Stands for the department that reviews where the record names none."""
_WITHOUT_DRAFT = ("proposal_study", "initiation")


def free_name(decision: Decision, wanted: str) -> str:
    """Return an identifier that no act of a record has."""
    taken = {act.id for act in decision.acts}
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def with_acts(decision: Decision, acts: Iterable[Act], until: date) -> Decision:
    """Return a record with further acts, one of the same identifier in the place of the old, stated complete up to a day.

    It is whole only where the record said so before: what it does not hold then was not done since either.
    """
    further = {act.id: act for act in acts}
    kept = tuple(further.pop(act.id, act) for act in decision.acts)
    update: dict[str, Any] = {"acts": (*kept, *further.values())}
    if any(act.unit == _REVIEWER for act in further.values()) and all(
        unit.id != _REVIEWER for unit in decision.units
    ):
        name = label("bearer", "LR")
        update["units"] = (*decision.units, Unit.model_validate({"id": _REVIEWER, "name": name}))
    day = PartialDate.on(until)
    if decision.stated_on is not None and decision.stated_on.last < day.last:
        update["stated_on"] = day
    if decision.complete is not None and decision.complete.up_to.last < day.last:
        update["complete"] = decision.complete.model_copy(update={"up_to": day})
    return decision.changed(update)


__all__ = ["acts_of", "continued", "free_name", "made", "with_acts"]
