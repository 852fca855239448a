"""Earliest and latest days by the critical path, over moments that the law puts so far from each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from decision_procedure.law.spans import Instant, TimeDemand
from decision_procedure.planning.counting import first_after, first_within, last_before, last_within
from decision_procedure.planning.meetings import MeetingDays
from decision_procedure.planning.situation import PlannedStep, Situation

Place = tuple[str, str]
_ROUNDS = 200


class EarliestDay(NamedTuple):
    """A day as `date.toordinal`, what put it there (None: the day of the report), and whether it is sure (`counting.Reached`)."""

    day: int
    cause: TimeDemand | None
    sure: bool


class Schedule:
    """The earliest day of every moment still to come.

    `surely`: only what surely applies is counted; otherwise what may apply too. `worst`: days whose holidays are not
    published are taken at their worst (`clock.earliest_at_worst`), not at their best. `not_before`: days of steps.
    """

    def __init__(
        self,
        situation: Situation,
        meetings: MeetingDays,
        *,
        surely: bool,
        worst: bool = False,
        not_before: Mapping[str, int] | None = None,
    ) -> None:
        self._situation, self._meetings, self._worst = situation, meetings, worst
        taken = ("due", "running") if surely else ("due", "running", "conditional")
        self.steps = tuple(item for item in situation.steps if item.standing in taken)
        ahead = {kind for item in self.steps for kind in item.kinds}
        done = {kind for item in situation.steps if item.standing == "done" for kind in item.kinds}
        self.demands = tuple(
            demand
            for demand, sure in situation.demands
            if (sure or not surely) and demand.start.kind in ahead | done and demand.end.kind in ahead
        )
        self._floors = not_before or {}
        self._moments = [situation.moments_of(item) for item in self.steps]
        self.fixed: dict[Place, int] = {}
        self.days: dict[Place, EarliestDay] = {}
        self._begin()
        self._settle()

    def day(self, moment: Instant) -> int | None:
        """Return the earliest day of a moment, or the day on which it was; None: not known."""
        if moment.place in self.days:
            return self.days[moment.place].day
        return self._situation.recorded(moment)

    def sure(self, place: Place) -> bool:
        """Say whether a day is settled whatever holidays are still to be published."""
        return place not in self.days or self.days[place].sure

    def _begin(self) -> None:
        floors = {
            moment.place: self._floors[item.step.id]
            for item, own in zip(self.steps, self._moments, strict=True)
            if item.step.id in self._floors
            for moment in own
        }
        moments = [moment for own in self._moments for moment in own]
        moments += [one for demand in self.demands for one in (demand.start, demand.end)]
        open_kinds = {kind for item in self.steps for kind in item.kinds}
        today = self._situation.today
        for moment in moments:
            if moment.kind not in open_kinds or moment.place in self.days:
                continue
            recorded = self._situation.recorded(moment)
            if recorded is not None and recorded <= today:
                self.fixed[moment.place] = recorded
            elif recorded is not None or not self._situation.done(moment.kind):
                first = max(today, recorded or 0, floors.get(moment.place, 0))
                self.days[moment.place] = EarliestDay(self._meeting(moment.place, first), None, True)

    def _meeting(self, place: Place, day: int) -> int:
        return self._meetings.from_day(day) if place == _MEETING else day

    def _settle(self) -> None:
        for _ in range(_ROUNDS):
            moved = [self._push(demand) for demand in self.demands]
            moved += [self._push_within(*pair) for pair in self._within]
            if not any(moved):
                return

    @cached_property
    def _within(self) -> tuple[tuple[Instant, Instant], ...]:
        """The beginning and the end of every act: it ends no earlier than it begins."""
        return tuple(
            (one, other) for own in self._moments for one in own for other in own if _one_act(one, other)
        )

    def _push_within(self, start: Instant, end: Instant) -> bool:
        day = self.day(start)
        return day is not None and self._raise(end.place, day, None, self.sure(start.place))

    def _push(self, demand: TimeDemand) -> bool:
        start, end = self.day(demand.start), self.day(demand.end)
        moved = False
        if demand.least is not None and start is not None:
            day, sure = first_after(demand.measure, start, demand.least, worst=self._worst)
            moved = self._raise(demand.end.place, day, demand, sure and self.sure(demand.start.place))
        if demand.most is not None and end is not None:
            first = first_within(demand.measure, end, demand.most)
            if first is not None:
                moved = self._raise(demand.start.place, first, demand, self.sure(demand.end.place)) or moved
        return moved

    def _raise(self, place: Place, day: int, cause: TimeDemand | None, sure: bool) -> bool:
        held = self.days.get(place)
        if held is None:
            return False
        day = self._meeting(place, day)
        if day < held.day or (day == held.day and (sure or not held.sure)):
            if day == held.day and cause is not None and held.cause is None:
                self.days[place] = held._replace(cause=cause)
            return False
        self.days[place] = EarliestDay(day, cause, sure and (held.sure or day > held.day))
        return True

    # -- backwards -------------------------------------------------------------------------------------------

    def latest(self, goal: Mapping[Place, int]) -> dict[Place, int]:
        """Return the latest day of each moment from which goals can be met; a moment that none waits for is not in it."""
        found = {place: self._met(place, day) for place, day in goal.items() if place in self.days}
        for _ in range(_ROUNDS):
            moved = [self._pull(demand, found) for demand in self.demands]
            moved += [self._pull_within(*pair, found) for pair in self._within]
            if not any(moved):
                break
        return found

    def _met(self, place: Place, day: int) -> int:
        found = self._meetings.up_to(day) if place == _MEETING else day
        return day if found is None else found

    def _pull(self, demand: TimeDemand, found: dict[Place, int]) -> bool:
        end = found.get(demand.end.place)
        if end is None or demand.least is None:
            return False
        return self._lower(demand.start.place, last_before(demand.measure, end, demand.least), found)

    def _pull_within(self, start: Instant, end: Instant, found: dict[Place, int]) -> bool:
        return end.place in found and self._lower(start.place, found[end.place], found)

    def _lower(self, place: Place, day: int | None, found: dict[Place, int]) -> bool:
        if day is None or place not in self.days or found.get(place, day + 1) <= day:
            return False
        found[place] = self._met(place, day)
        return True

    def due_by(self, moment: Instant) -> tuple[int, TimeDemand] | None:
        """Return the last day that the law leaves for a moment, counted from the earliest day of another, and by which rule."""
        ends = []
        for demand in self.demands:
            if demand.most is not None and demand.end.place == moment.place:
                start = self.day(demand.start)
                if start is not None:
                    ends.append((last_within(demand.measure, start, demand.most).day, demand))
        return min(ends, key=lambda pair: pair[0], default=None)


_MEETING = ("deliberation", "date")


def _one_act(start: Instant, end: Instant) -> bool:
    return start.kind == end.kind and (start.read, end.read) == ("begun", "done") and start.place != end.place


__all__ = ["EarliestDay", "PlannedStep", "Schedule"]
