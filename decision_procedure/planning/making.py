"""Makes the plan of a report: the schedule of its steps told day by day, with the rule behind each day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from decision_procedure.clock import horizon
from decision_procedure.errors import UnusableArgument
from decision_procedure.graph import part_of
from decision_procedure.law.applicable import Law
from decision_procedure.law.meaning import step_meant
from decision_procedure.law.spans import TimeDemand
from decision_procedure.model.dates import day_of
from decision_procedure.planning.meetings import MeetingDays
from decision_procedure.planning.plan import Counted, DatedStep, Plan
from decision_procedure.planning.schedule import Place, Schedule
from decision_procedure.planning.situation import PlannedStep, Situation
from decision_procedure.results.bearers import bearing_unit
from decision_procedure.results.report import Report
from decision_procedure.wording import Bilingual

Meetings = str | Iterable[date | str] | None
Target = date | str | Mapping[str, date | str] | None
_GOAL = "deliberation"


def plan_of(
    report: Report,
    law: Law,
    *,
    target: Target = None,
    meetings: Meetings = None,
    not_before: Mapping[str, date | str] | None = None,
    redo: Collection[str] = (),
) -> Plan:
    """Return the plan of a report by a law. Raises UnusableArgument for a step or day that is none."""
    return plan_in(Situation(report, law, redo), target=target, meetings=meetings, not_before=not_before)


def plan_in(
    situation: Situation,
    *,
    target: Target = None,
    meetings: Meetings = None,
    not_before: Mapping[str, date | str] | None = None,
) -> Plan:
    """Return the plan of a situation; the arguments as for `plan_of`."""
    return _Maker(situation, target, meetings, not_before or {}).plan()


class _Maker:
    def __init__(
        self, situation: Situation, target: Target, meetings: Meetings, not_before: Mapping[str, date | str]
    ) -> None:
        self._situation = situation
        self._given = meetings if isinstance(meetings, str) else "、".join(map(str, meetings or ()))
        days = MeetingDays(meetings)
        floors = {self._step(name): _ordinal(day) for name, day in not_before.items()}
        self._surely = Schedule(situation, days, surely=True, not_before=floors)
        doubtful = any(item.standing == "conditional" for item in situation.steps)
        self._all = Schedule(situation, days, surely=False, not_before=floors) if doubtful else self._surely
        self._worst = self._at_worst(days, floors)
        self._goal, self._wanted = self._goal_of(target)
        self._latest = self._latest_days()
        self._acts = {act.id or "": act for act in situation.report.decision.acts}
        self._units = {unit.id: unit.name for unit in situation.report.decision.units}
        self._open = {one.step.id for one in situation.steps if one.standing not in ("done", "overtaken")}
        self._causes = _by_end((*self._surely.demands, *self._all.demands))

    def plan(self) -> Plan:
        report = self._situation.report
        told = [item for item in self._situation.steps if part_of(item.step) != "order"]
        steps = tuple(map(self._dated, told))
        return Plan(
            title=report.title,
            as_of=report.as_of,
            goal=None if self._goal is None else self._goal.step.id,
            target=None if self._wanted is None else _iso(self._wanted),
            reachable=self._reachable(),
            horizon=horizon().isoformat(),
            meetings=self._given,
            ended=self._situation.ended,
            steps=steps,
        )

    def _at_worst(self, meetings: MeetingDays, floors: Mapping[str, int]) -> Schedule | None:
        """Return the schedule at worst; None: all is sure, or the meeting days given do not reach so far."""
        if all(bound.sure for bound in self._surely.days.values()):
            return None
        try:
            return Schedule(self._situation, meetings, surely=True, worst=True, not_before=floors)
        except UnusableArgument:
            return None

    # -- the goal --------------------------------------------------------------------------------------------

    def _step(self, name: str) -> str:
        steps = self._situation.procedure.steps
        return step_meant(name, {key: step.name for key, step in steps.items()})

    def _goal_of(self, target: Target) -> tuple[PlannedStep | None, int | None]:
        ahead = {item.step.id: item for item in self._surely.steps}
        if isinstance(target, Mapping):
            if len(target) != 1:
                raise UnusableArgument("目标须为一个环节及其日期 a target is one step with its day")
            ((name, day),) = target.items()
            return ahead.get(self._step(name)), _ordinal(day)
        wanted = None if target is None else _ordinal(target)
        if _GOAL in ahead:
            return ahead[_GOAL], wanted
        last = max(self._surely.steps, key=self._end, default=None)
        return last, wanted

    def _end(self, item: PlannedStep) -> int:
        return max((self._surely.day(one) or 0 for one in self._situation.moments_of(item)), default=0)

    def _latest_days(self) -> Mapping[Place, int]:
        if self._goal is None:
            return {}
        day = self._end(self._goal) if self._wanted is None else self._wanted
        return self._surely.latest({one.place: day for one in self._situation.moments_of(self._goal)})

    def _reachable(self) -> bool | None:
        if self._wanted is None:
            return None
        if self._goal is None:
            return False
        places = [one.place for one in self._situation.moments_of(self._goal)]
        if self._end(self._goal) > self._wanted or self._latest.get(places[-1], self._wanted) < self._end(
            self._goal
        ):
            return False
        return True if all(map(self._surely.sure, places)) else None

    # -- one step --------------------------------------------------------------------------------------------

    def _dated(self, item: PlannedStep) -> DatedStep:
        situation = self._situation
        step, moments = item.step, situation.moments_of(item)
        schedule = self._all if item.standing == "conditional" else self._surely
        days = [day for one in moments if (day := schedule.day(one)) is not None]
        open_ = [one for one in moments if one.place in schedule.days]
        latest = [self._latest[one.place] for one in open_ if one.place in self._latest]
        ends = max(days, default=None) if item.standing != "overtaken" else None
        last = max(latest, default=None)
        dues = [found[0] for one in open_ if (found := schedule.due_by(one))]
        unit = bearing_unit(situation.report.decision, step.bearer, situation.act(item.kinds[0]), self._acts)
        return DatedStep(
            step=step.id, zh=step.name.zh, en=step.name.en, standing=item.standing, bearer=step.bearer,
            unit=None if unit is None else self._units.get(unit, unit),
            begins=_iso(min(days, default=None)) if item.standing != "overtaken" else None,
            ends=_iso(ends), sure=all(schedule.sure(one.place) for one in moments),
            worst=self._worst_day(item), if_all=self._if_all(item, ends), latest_begin=_iso(min(latest, default=None)), latest_end=_iso(last),
            slack=None if last is None or ends is None else last - ends, due_by=_iso(min(dues, default=None)),
            waits_for=self._waits_for(item), dates=dict(self._dates(item, schedule)),
            because=tuple(_each_once(self._because(item, schedule))), duties=item.duties, missing=item.missing,
        )  # fmt: skip

    def _worst_day(self, item: PlannedStep) -> str | None:
        if self._worst is None or item.standing not in ("due", "running"):
            return None
        moments = self._situation.moments_of(item)
        if all(self._surely.sure(one.place) for one in moments):
            return None
        return _iso(max((self._worst.day(one) or 0 for one in moments), default=0) or None)

    def _if_all(self, item: PlannedStep, ends: int | None) -> str | None:
        if self._all is self._surely or item.standing not in ("due", "running"):
            return None
        moments = self._situation.moments_of(item)
        day = max((self._all.day(one) or 0 for one in moments), default=0)
        return _iso(day) if ends is not None and day > ends else None

    def _waits_for(self, item: PlannedStep) -> tuple[str, ...]:
        if item.standing in ("done", "overtaken"):
            return ()
        steps, name = self._situation.procedure.steps, item.step.id
        found = (one for one in self._situation.procedure.before[name] if one in self._open and one != name)
        return tuple(sorted(one for one in found if steps[one].at != "date"))

    def _dates(self, item: PlannedStep, schedule: Schedule) -> Iterator[tuple[str, str]]:
        own = {one.place: schedule.day(one) for one in self._situation.moments_of(item)}
        if item.step.at is None and item.standing in ("due", "running", "conditional"):
            own |= {place: bound.day for place, bound in schedule.days.items() if place[0] in item.kinds}
        for (kind, name), day in own.items():
            if day is not None:
                yield f"{kind}.{name}", date.fromordinal(day).isoformat()

    def _because(self, item: PlannedStep, schedule: Schedule) -> Iterator[Counted]:
        """Yield what the law asks of the time before the moments of a step that are still to come."""
        places = dict.fromkeys(one.place for one in self._situation.moments_of(item))
        if item.step.at is None:
            places |= dict.fromkeys(
                place
                for place in schedule.days
                if place[0] in item.kinds and place not in self._situation.steps_within
            )
        for demand in (one for place in places for one in self._causes.get(place, ())):
            start, end = schedule.day(demand.start), schedule.days.get(demand.end.place)
            if start is None or end is None:
                continue
            info = self._situation.report.duties.get(demand.rule)
            yield Counted(
                rule=demand.rule,
                instrument=info.instrument if info else Bilingual.of(self._situation.title_of(demand.pack)),
                article=demand.article, count=demand.measure, least=demand.least, most=demand.most,
                after=".".join(demand.start.place), until=".".join(demand.end.place),
                start=_iso(start) or "", end=_iso(end.day) or "", decides=end.cause is demand,
            )  # fmt: skip


def _each_once(reasons: Iterable[Counted]) -> Iterable[Counted]:
    """Return reasons without those that only say again what an article asks: of one rule, one count, between two moments."""
    found: dict[tuple[str, str, str, str], Counted] = {}
    for one in reasons:
        key = (one.rule, one.count, one.after, one.until)
        if key not in found or one.decides:
            found[key] = one
    return found.values()


def _by_end(demands: Iterable[TimeDemand]) -> Mapping[Place, Sequence[TimeDemand]]:
    found: dict[Place, list[TimeDemand]] = {}
    for demand in {id(demand): demand for demand in demands}.values():
        found.setdefault(demand.end.place, []).append(demand)
    return found


@lru_cache(maxsize=4096)
def _iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()


def _ordinal(given: date | str) -> int:
    return day_of(given).toordinal()


__all__ = ["Meetings", "Target", "plan_in", "plan_of"]
