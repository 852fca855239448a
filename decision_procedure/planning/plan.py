"""The plan of a decision as a value: what is done, due and perhaps due, on which day at the earliest, and what it waits for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from decision_procedure.law.meaning import step_meant
from decision_procedure.law.said import Article
from decision_procedure.law.spans import Count
from decision_procedure.planning.situation import Standing
from decision_procedure.wording import Bilingual, Words

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Counted:
    """What one rule asks of the time between two days: `count` of at least `least`, or at most `most`, from `start` to `end`.

    `count` is `order` (the next day at the earliest), `together` (the same day will do), `days`, `workdays` (neither end
    counted) or `workdays_within` (the first day not counted). `after` and `until` name the moments as `kind.field`.
    `decides`: this is what puts the moment on its day.
    """

    rule: str
    instrument: Bilingual
    article: Article
    count: Count
    least: int | None
    most: int | None
    after: str
    until: str
    start: str
    end: str
    decides: bool

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {**asdict(self), "article": str(self.article)}


@dataclass(frozen=True, slots=True)
class DatedStep:
    """One step of a plan, with its days as ISO text.

    `standing`: `done`; `running` (begun, not over); `due`; `conditional` (whether it is needed is unknown: `missing` names
    the places of the record that would settle it); `overtaken` (needed, not done, and something that had to follow it is
    on record: see `repair`). `begins` and `ends` are the earliest days, or those on record; `begins` None: not known.
    `sure` false: the days lie past the holidays published and are the earliest they can be (no latest can be said until
    the notice is published); `worst` is then the earliest end if what is to be published is as long as any published before
    (None: it is sure, or cannot be said). `if_all` is the earliest end if every conditional step is needed; None: the same.
    `latest_begin` and `latest_end` are the last days from which the goal of the plan can be met (None: it does not wait
    for the step, or it cannot be said), `slack` the calendar days between earliest and latest end. `due_by` is the last day
    the law leaves for it, counted from the earliest day of what starts the time. `dates` are all its days, `kind.field`.
    `unit` is the unit that has to act as people call it (None: the record does not name it), `waits_for` the steps directly
    before it that are not done.
    """

    step: str
    zh: str
    en: str
    standing: Standing
    bearer: str
    unit: str | None
    begins: str | None
    ends: str | None
    sure: bool
    worst: str | None
    if_all: str | None
    latest_begin: str | None
    latest_end: str | None
    slack: int | None
    due_by: str | None
    waits_for: tuple[str, ...]
    dates: Mapping[str, str] = field(default_factory=dict)
    because: tuple[Counted, ...] = ()
    duties: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def critical(self) -> bool:
        """Whether a day lost here is a day lost for the goal."""
        return self.slack is not None and self.slack <= 0

    def reasons(self) -> tuple[Counted, ...]:
        """Return `because` without what only says one limit again in other words: nineteen days between, within twenty."""
        within = {_limit(one) for one in self.because if one.count == "workdays_within"}
        return tuple(
            one
            for one in self.because
            if one.least is not None or one.count != "workdays" or _limit(one) not in within
        )

    def name(self, lang: str = "zh") -> str:
        """Return what the step is called."""
        return Words(lang).said(self)

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            **asdict(self),
            "because": [item.to_data() for item in self.because],
            "dates": dict(self.dates),
            "critical": self.critical,
        }


@dataclass(frozen=True)
class Plan:
    """What may lawfully happen next, step by step, each after all that come before it in the law.

    Days are the earliest on which the check finds nothing wrong in the time between the steps: no more is said of how long
    a step takes. `goal` is the step for which latest days are told, `target` the day wanted for it (None: none was), and
    `reachable` whether it can be met (None: none was wanted, or the holidays needed are not published). `horizon` is the
    last day whose holidays are published. `ended`: the last decision rejected the matter.
    """

    title: str
    as_of: str
    goal: str | None
    target: str | None
    reachable: bool | None
    horizon: str
    meetings: str
    ended: bool
    steps: tuple[DatedStep, ...]

    @cached_property
    def by_step(self) -> Mapping[str, DatedStep]:
        """The steps by identifier."""
        return {item.step: item for item in self.steps}

    def step(self, name: str) -> DatedStep:
        """Return a step by its identifier or by what it is called. Raises UnusableArgument for one not in the plan."""
        named = {item.step: Bilingual(item.zh, item.en) for item in self.steps}
        return self.by_step[step_meant(name, named)]

    def earliest(self, name: str) -> str | None:
        """Return the earliest lawful day on which a step can be over, or the day on which it was; None: not known.

        The step is named as for `step`.
        """
        return self.step(name).ends

    def latest(self, name: str) -> str | None:
        """Return the last day on which a step must be begun for the goal to be met; None as in `DatedStep`."""
        return self.step(name).latest_begin

    def of(self, *standings: Standing) -> tuple[DatedStep, ...]:
        """Return the steps that stand so."""
        return tuple(item for item in self.steps if item.standing in standings)

    @property
    def critical(self) -> tuple[DatedStep, ...]:
        """The steps on which the day of the goal depends, in order of their days."""
        return tuple(sorted((item for item in self.steps if item.critical), key=lambda item: item.ends or ""))

    def unordered(self) -> Mapping[str, tuple[DatedStep, ...]]:
        """Return, by day, the steps still to come that begin on it and that the law puts in no order to each other.

        A step that waits for another of them is left out; a day with one step only is not in it.
        """
        found: dict[str, list[DatedStep]] = {}
        for item in self.of("due", "conditional"):
            if item.begins is not None:
                found.setdefault(item.begins, []).append(item)
        loose = {
            day: tuple(item for item in items if self._ahead[item.step].isdisjoint(one.step for one in items))
            for day, items in sorted(found.items())
        }
        return {day: items for day, items in loose.items() if len(items) > 1}

    @cached_property
    def _ahead(self) -> Mapping[str, frozenset[str]]:
        """All that each step waits for, directly or not."""
        found: dict[str, frozenset[str]] = {}

        def of(step: str) -> frozenset[str]:
            if step not in found:
                direct = self.by_step[step].waits_for if step in self.by_step else ()
                found[step] = frozenset(direct).union(*map(of, direct))
            return found[step]

        return {item.step: of(item.step) for item in self.steps}

    def waiting(self) -> Mapping[str, tuple[DatedStep, ...]]:
        """Return, by unit (or, where the record names none, by who bears the step), the steps that can be taken up now."""
        found: dict[str, list[DatedStep]] = {}
        for item in self.of("due", "running"):
            if not item.waits_for:
                found.setdefault(item.unit or item.bearer, []).append(item)
        return {unit: tuple(items) for unit, items in found.items()}

    def to_networkx(self) -> nx.DiGraph[str]:
        """Return a graph without cycles: nodes are steps with all that `DatedStep` says, edges what one waits for another by."""
        # Loaded here, not above: a plan is made without it.
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        for item in self.steps:
            graph.add_node(item.step, **item.to_data())
        for before, after, reason in self._edges():
            graph.add_edge(before, after, **reason.to_data())
        return graph

    def _edges(self) -> Iterator[tuple[str, str, Counted]]:
        home = {place: item.step for item in reversed(self.steps) for place in item.dates}
        for item in self.steps:
            for reason in item.because:
                before, after = home.get(reason.after), home.get(reason.until)
                forward = reason.least is not None and before != after
                if forward and before is not None and after == item.step:
                    yield before, after, reason

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as JSON data."""
        told = {name: getattr(self, name) for name in _TOLD}
        return {"schema": 1, **told, "steps": [item.to_data() for item in self.steps]}

    def to_json(self) -> str:
        """Return the plan as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1)

    def __hash__(self) -> int:
        return hash((self.title, self.as_of, self.target, len(self.steps)))


def _limit(reason: Counted) -> tuple[object, ...]:
    """Return what two counts share that may tell one limit: the article, and the moments."""
    return reason.instrument, reason.article, reason.after, reason.until


_TOLD = ("title", "as_of", "goal", "target", "reachable", "horizon", "meetings", "ended")

__all__ = ["Counted", "DatedStep", "Plan"]
