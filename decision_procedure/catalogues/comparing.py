"""One row of a catalogue and one record joined with it: in what they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from decision_procedure.catalogues.joining import numbered_as
from decision_procedure.catalogues.matters import STEPS, MatterState
from decision_procedure.catalogues.reconciliation import Discrepancy, RowRef
from decision_procedure.catalogues.telling import SURE, UNSURE, discrepancy
from decision_procedure.catalogues.titles import title_key
from decision_procedure.catalogues.unit_names import one_of, same_unit, written_alike
from decision_procedure.model.catalogue import Catalogue, CatalogueItem
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.planned import PlannedTime, steps_within

_LONGEST_PLAN = 24


@dataclass(frozen=True)
class Pair:
    """A row and a record joined with it, as of a day.

    `since`: from when the row stands on the catalogue (None: unknown); `since_sure` false: this is the day of the catalogue,
    which may have had versions before that were not given.

    `stalled_after` is after how many calendar days without an act a matter under way is told as stalled; `hearing`: a
    hearing is planned (None: nothing says so or denies it).
    """

    catalogue: Catalogue
    item: CatalogueItem
    row: RowRef
    matter: MatterState
    as_of: PartialDate
    since: PartialDate | None
    since_sure: bool
    stalled_after: int
    hearing: bool | None

    @property
    def plan(self) -> PlannedTime | None:
        """The time planned."""
        return planned_time(self.catalogue, self.item)

    def plans(self, step: str) -> bool | None:
        """Say whether the row, or a list of hearings on which the matter stands too, plans a step; None: neither says."""
        return self.hearing if step == "hearing" else self.item.plans(step)


def planned_time(catalogue: Catalogue, item: CatalogueItem) -> PlannedTime | None:
    """Return the time planned for a row: its own, otherwise that which the notice sets for all; None: there is none."""
    return item.planned_time or catalogue.planned_time


def days_late(plan: PlannedTime | None, matter: MatterState | None, as_of: PartialDate) -> int | None:
    """Return by how many days a decision came surely after the time planned, or is late on the day; None: by none.

    A matter that was rejected is not late.
    """
    last = None if plan is None else plan.last_day
    if last is None or (matter is not None and matter.stands == "ended"):
        return None
    if matter is not None and matter.stands == "decided":
        days = 0 if matter.decided is None else matter.decided.first_day - last.toordinal()
    else:
        days = as_of.first_day - last.toordinal()
    return days if days > 0 else None


def compared(pair: Pair) -> Iterator[Discrepancy]:
    """Yield in what a row and a record differ, in the order of kinds."""
    yield from _listed_late(pair)
    yield from _time(pair)
    yield from year_over(pair.catalogue, pair.item, pair.row, pair.matter, pair.as_of)
    yield from _pace(pair)
    yield from _milestones(pair)
    yield from _steps(pair)
    yield from _left_out(pair)
    yield from _entry(pair)
    yield from _names(pair)


def _listed_late(pair: Pair) -> Iterator[Discrepancy]:
    decided = pair.matter.decided
    if decided is not None and pair.since is not None and decided.last < pair.since.first:
        yield discrepancy(
            "decided_before_listed", SURE if pair.since_sure else UNSURE, pair.row, pair.matter.ref, decided,
            form="decided_before_listed" if pair.since_sure else "decided_before_issue",
            decided=decided, since=pair.since,
        )  # fmt: skip


def _time(pair: Pair) -> Iterator[Discrepancy]:
    plan, matter = pair.plan, pair.matter
    days = days_late(plan, matter, pair.as_of)
    if plan is None or days is None:
        return
    if matter.stands == "decided":
        yield discrepancy(
            "decided_late", SURE, pair.row, matter.ref, plan.end, planned=planned_said(plan), decided=matter.decided, days=days
        )  # fmt: skip
        return
    yield discrepancy(
        "overdue", SURE, pair.row, matter.ref, plan.end,
        form="overdue" if matter.last else "overdue_not_begun",
        planned=planned_said(plan), as_of=pair.as_of, days=days, last=matter.last,
    )  # fmt: skip


def year_over(
    catalogue: Catalogue, item: CatalogueItem, row: RowRef, matter: MatterState | None, as_of: PartialDate
) -> Iterator[Discrepancy]:
    """Yield that the year of the catalogue is over and nothing decided, where it gives no time that is understood."""
    settled = matter is not None and matter.stands in ("decided", "ended")
    if until(planned_time(catalogue, item)) is None and not settled and as_of.text[:4] > str(catalogue.year):
        last = PartialDate.on(date(catalogue.year, 12, 31))
        yield discrepancy(
            "year_over", UNSURE, row, None if matter is None else matter.ref, last, year=catalogue.year
        )


def planned_said(plan: PlannedTime) -> str:
    """Return a time planned to be told within a sentence: as published, a long one by its last day."""
    return plan.raw if plan.end is None or len(plan.raw) <= _LONGEST_PLAN else plan.end.text


def _pace(pair: Pair) -> Iterator[Discrepancy]:
    """Yield what a matter under way will miss by the time that the law asks of its steps, and that it stands still."""
    plan, matter = pair.plan, pair.matter
    if matter.stands != "under_way":
        return
    last = until(plan)
    if plan and last and matter.meeting and pair.as_of.text <= last < matter.meeting.day:
        yield discrepancy(
            "cannot_be_met", SURE, pair.row, matter.ref, plan.end, planned=planned_said(plan), earliest=matter.meeting.day
        )  # fmt: skip
    idle = 0 if matter.last_day is None else pair.as_of.last_day - matter.last_day.last_day
    if idle > pair.stalled_after:
        yield discrepancy(
            "stalled", UNSURE, pair.row, matter.ref, matter.last_day,
            since=matter.last_day, days=idle, last=matter.last, after=pair.stalled_after,
        )  # fmt: skip


def _milestones(pair: Pair) -> Iterator[Discrepancy]:
    """Yield the stages whose time is over while their steps are not on record; none of what was decided."""
    if pair.matter.stands != "under_way":
        return
    for stage in pair.item.milestones:
        end = None if stage.time is None else stage.time.end
        if end is None or end.last >= pair.as_of.first:
            continue
        meant = [taken for step in steps_within(stage.text) if (taken := pair.matter.steps.get(STEPS[step]))]
        lacking = [taken for taken in meant if taken.progress != "done"]
        if lacking or not meant:
            sure = bool(lacking) and all(taken.progress == "not_done" for taken in lacking)
            yield discrepancy(
                "milestone_passed", SURE if sure else UNSURE, pair.row, pair.matter.ref, end,
                form="milestone_passed" if lacking else "milestone_unread",
                stage=stage.text, steps=[taken.name for taken in lacking],
            )  # fmt: skip


def _steps(pair: Pair) -> Iterator[Discrepancy]:
    """Yield the steps planned and passed over, and those done though the row says that they are not to be."""
    settled = pair.matter.stands == "decided"
    for step, name in STEPS.items():
        taken, planned = pair.matter.steps.get(name), pair.plans(step)
        if taken is None or planned is None:
            continue
        if planned and taken.progress in ("not_done", "unknown", "announced") and (taken.passed or settled):
            denied = taken.progress == "not_done"
            yield discrepancy(
                "step_not_done" if denied else "step_not_shown", SURE if denied else UNSURE,
                pair.row, pair.matter.ref, step=taken.name,
            )  # fmt: skip
        elif not planned and taken.progress == "done":
            yield discrepancy("step_not_planned", SURE, pair.row, pair.matter.ref, step=taken.name)


def _left_out(pair: Pair) -> Iterator[Discrepancy]:
    """Yield the steps that the law demands of the record while the row leaves them out or denies them; the law stands.

    A row that lists no steps leaves none out.
    """
    lists = pair.item.planned_steps is not None and pair.item.planned_steps.raw is not None
    lacking = [
        taken.name
        for step, name in STEPS.items()
        if (taken := pair.matter.steps.get(name)) is not None
        and taken.demanded
        and taken.progress != "done"
        and (pair.plans(step) is False or (lists and pair.plans(step) is None))
    ]
    if lacking:
        yield discrepancy("demanded_left_out", SURE, pair.row, pair.matter.ref, steps=lacking)


def _entry(pair: Pair) -> Iterator[Discrepancy]:
    """Yield that a record does not say of the hearing what the catalogue does: rules read the record."""
    stated = pair.matter.hearing
    if pair.hearing is not None and stated is not pair.hearing and (pair.hearing or stated):
        yield discrepancy(
            "hearing_entry", UNSURE if stated is None else SURE, pair.row, pair.matter.ref,
            form="hearing_entry_unstated" if stated is None else "hearing_entry_yes" if pair.hearing else "hearing_entry_no",
        )  # fmt: skip


def _names(pair: Pair) -> Iterator[Discrepancy]:
    item, matter = pair.item, pair.matter
    if title_key(item.title, pair.catalogue.issuer) != title_key(
        matter.ref.title, pair.catalogue.issuer, invented=matter.invented
    ):
        yield discrepancy(
            "title_differs", SURE, pair.row, matter.ref, listed=item.title, recorded=matter.ref.title
        )
    undertakes = undertaken(pair.catalogue, item, matter)
    if undertakes is not True and item.undertakers and matter.lead:
        yield discrepancy(
            "unit_differs", SURE if undertakes is False else UNSURE, pair.row, matter.ref,
            form="unit_differs" if undertakes is False else "unit_perhaps",
            listed=item.undertakers, recorded=matter.lead[0],
        )  # fmt: skip
    if not numbered_as(item, matter):
        yield discrepancy(
            "number_differs", SURE, pair.row, matter.ref, listed=item.item, recorded=matter.item
        )


def undertaken(catalogue: Catalogue, item: CatalogueItem, matter: MatterState) -> bool | None:
    """Say whether the unit that leads by the record is one that the row names, or leads by it where it names one so; None: it may be."""
    wanted = (item.lead,) if item.lead is not None else item.undertakers
    found = {one_of(name, wanted, catalogue.issuer) for name in matter.lead}
    return True if True in found else None if None in found else False


def taken_for_one(catalogue: Catalogue, item: CatalogueItem, matter: MatterState) -> tuple[str, str] | None:
    """Return the name of a unit in the row and in the record that are written otherwise, the place apart, and taken for one; None: none are."""
    names = (item.lead,) if item.lead is not None else item.undertakers
    if not matter.lead or matter.lead[0] in names:
        return None
    same = (name for name in names if any(same_unit(name, other, catalogue.issuer) for other in matter.lead))
    listed = next(same, None)
    if listed is None or written_alike(listed, matter.lead[0], catalogue.issuer):
        return None
    return listed, matter.lead[0]


def until(plan: PlannedTime | None) -> str | None:
    """Return the last day of a time planned as ISO text; None: there is none, or it is not understood."""
    last: date | None = None if plan is None else plan.last_day
    return None if last is None else last.isoformat()
