"""What is told of verdicts beside what they came to: practice, what was due, what each open one would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from decision_procedure.checking.subjects import Subjects
from decision_procedure.results.doubt import Supposed, Supposition, Target, denied_exceptions, short_acts
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.severity import FAILED
from decision_procedure.results.verdict import Verdict


def placed(
    verdicts: Iterable[Verdict], duties: Mapping[str, DutyInfo], subjects: Subjects
) -> tuple[Verdict, ...]:
    """Return verdicts that say whether they are practice, and whether nothing of their step is on record or due."""
    found = []
    for verdict in verdicts:
        duty = duties[verdict.duty]
        if duty.is_practice:
            verdict = verdict._replace(practice=True)
        if verdict.outcome == "undetermined" and _is_unrecorded(verdict, duty.step, subjects):
            verdict = verdict._replace(unrecorded=True)
        found.append(verdict)
    return tuple(found)


def with_supposition(
    verdicts: Iterable[Verdict],
    duties: Mapping[str, DutyInfo],
    as_it_stands: Callable[[], Iterable[Verdict]],
) -> tuple[Verdict, ...]:
    """Return verdicts of which the undetermined know what they would be.

    `as_it_stands` runs the check again as if the record were complete; it is called when it is first asked what
    one of them would be.
    """
    found = tuple(verdicts)
    open_ones = tuple(item for item in found if item.outcome == "undetermined")
    supposed = Supposition(partial(_supposed, open_ones, duties, as_it_stands))
    return tuple(
        item._replace(supposed=supposed) if item.outcome == "undetermined" else item for item in found
    )


def _supposed(
    verdicts: Iterable[Verdict],
    duties: Mapping[str, DutyInfo],
    as_it_stands: Callable[[], Iterable[Verdict]],
) -> dict[Target, Supposed]:
    """Return what verdicts would be; one joined with another in the second run is what the joined one is."""
    found = {(item.duty, item.act): item for item in as_it_stands()}
    for item in tuple(found.values()):
        for name in item.related:
            found.setdefault((name, item.act), item)
    return {
        (verdict.duty, verdict.act): _would_be(
            verdict,
            found.get((verdict.duty, verdict.act)),
            judged=duties[verdict.duty].judgement is not None,
        )
        for verdict in verdicts
    }


def _would_be(verdict: Verdict, second: Verdict | None, *, judged: bool) -> Supposed:
    if second is None:
        return Supposed(verdict.outcome)
    outcome = "needs_judgement" if judged and _fails(second) else second.outcome
    if outcome not in FAILED:
        return Supposed(outcome)
    require = verdict.trees.get("require")
    short = () if require is None else short_acts(require, verdict.act)
    return Supposed(outcome, denied_exceptions(second.trees.values()), short, second.made_good_by)


def _fails(verdict: Verdict) -> bool:
    """Say whether only this is open in a verdict, whether what is not met is for a person: it is in doubt in any case."""
    if verdict.outcome != "undetermined" or verdict.reasons:
        return False
    truths = {name: tree.truth for name, tree in verdict.trees.items()}
    return truths.get("when", True) is True and truths.get("require") is False and "judge" in truths


def _is_unrecorded(verdict: Verdict, step: str | None, subjects: Subjects) -> bool:
    """Say whether no act of a step is on record and none was due."""
    if step is None or verdict.act is not None:
        return False
    kinds, facts = subjects.procedure.steps[step].kinds, subjects.facts
    if facts.held(kinds) or any(kind in facts.announced for kind in kinds):
        return False
    if "act_unknown" in verdict.reasons:
        return subjects.on_step(step).due is not True
    return "due_unknown" in verdict.reasons
