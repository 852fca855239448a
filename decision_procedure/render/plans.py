"""A plan as text: the goal, what can be taken up now and by whom, every step with its days and the rule behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decision_procedure.diagrams.plan_line import days_text, goal_text
from decision_procedure.law.articles import article_text
from decision_procedure.model.vocabulary import label
from decision_procedure.planning.plan import Counted, DatedStep, Plan
from decision_procedure.render.text.lines import BLANK, Block, Piece, Style, Table, line, plain
from decision_procedure.wording import Words
from decision_procedure.wording.words import day_text

_STYLES: dict[str, Style] = {
    "done": "satisfied", "running": "pending", "due": "", "conditional": "undetermined", "overtaken": "violated",
}  # fmt: skip


def plan_lines(plan: Plan, lang: str) -> Iterator[Block]:
    """Yield a plan for people."""
    yield from _Told(plan, lang).blocks()


class _Told:
    def __init__(self, plan: Plan, lang: str) -> None:
        self._plan, self._lang, self._words = plan, lang, Words(lang, "plan")

    def blocks(self) -> Iterator[Block]:
        plan, say = self._plan, self._words.say
        yield line(say("title", title=plain(plan.title), day=plan.as_of), "title")
        yield line(goal_text(plan, self._words))
        yield line(say("horizon", day=plan.horizon), "dim")
        if plan.meetings:
            yield line(say("meetings", days=plain(plan.meetings)), "dim")
        done = plan.of("done")
        if done:
            yield line(
                self._words.headed(
                    label("standing", "done", self._lang),
                    self._words.listed(self._names(done)),
                ),
                "dim",
            )
        yield BLANK
        yield from self._now()
        yield from self._table()
        for item in plan.of("running", "due", "conditional"):
            yield from self._reasons(item)
        yield from self._others()
        for day, items in plan.unordered().items():
            yield line(say("no_order", steps=self._words.listed(self._names(items)), day=day), "dim")
        yield line(say("basis"), "dim")

    def _now(self) -> Iterator[Block]:
        waiting = self._plan.waiting()
        if not waiting:
            return
        yield line(self._words.say("now"), "title")
        for unit, items in waiting.items():
            called = label("bearer", unit, self._lang) if unit == items[0].bearer else plain(unit)
            yield line(
                self._words.headed(called, self._words.listed(self._names(items))),
                indent=2,
            )
        yield BLANK

    def _table(self) -> Iterator[Block]:
        rows = [self._row(item) for item in self._plan.of("running", "due", "conditional")]
        if rows:
            head = ("step", "standing", "earliest", "latest", "slack")
            yield Table((tuple((self._words.say(key), "dim") for key in head), *rows), indent=2)
            yield BLANK

    def _row(self, item: DatedStep) -> tuple[Piece, ...]:
        style = _STYLES[item.standing]
        slack = (
            _NO_DAY
            if item.slack is None
            else self._words.say("critical" if item.critical else "days", number=item.slack)
        )
        return (
            (item.name(self._lang), style),
            (label("standing", item.standing, self._lang), style),
            (days_text(item, self._words) or _NO_DAY, ""),
            (item.latest_end or _NO_DAY, ""),
            (slack, "violated" if item.slack is not None and item.slack < 0 else ""),
        )

    def _reasons(self, item: DatedStep) -> Iterator[Block]:
        told = [
            reason for reason in item.reasons() if reason.decides or reason.count not in ("order", "together")
        ]
        texts = [self._reason(reason) for reason in told]
        if item.due_by:
            texts.append(self._words.say("due_by", day=item.due_by))
        if item.if_all:
            texts.append(self._words.say("if_all", day=item.if_all))
        if item.waits_for:
            texts.append(self._words.say("waits", steps=self._words.listed(self._waited_for(item))))
        for text in dict.fromkeys(texts):
            yield line(self._words.headed(item.name(self._lang), text), indent=2)

    def _reason(self, reason: Counted) -> str:
        number = reason.most if reason.least is None else reason.least
        key = f"within_{reason.count}" if reason.least is None else f"least_{reason.count}"
        law = self._words.say(
            "cited_law",
            title=reason.instrument.text(self._lang),
            article=article_text(reason.article, self._lang),
        )
        what = self._words.say(key, number=number, start=day_text(reason.start, self._lang))
        return self._words.say(
            "reason_decides" if reason.decides else "reason", law=law, what=what, day=reason.end
        )

    def _waited_for(self, item: DatedStep) -> Iterator[str]:
        """Yield the steps that one waits for, those of one unit together with its name after them."""
        by_unit: dict[str, list[DatedStep]] = {}
        for name in item.waits_for:
            by_unit.setdefault(self._plan.by_step[name].unit or "", []).append(self._plan.by_step[name])
        for unit, items in by_unit.items():
            yield self._words.listed(self._names(items)) + self._words.aside(plain(unit))

    def _names(self, items: Iterable[DatedStep]) -> Iterator[str]:
        return (item.name(self._lang) for item in items)

    def _others(self) -> Iterator[Block]:
        overtaken = self._plan.of("overtaken")
        if overtaken:
            yield line(
                self._words.say("overtaken", steps=self._words.listed(self._names(overtaken))),
                "violated",
            )


_NO_DAY = "—"


__all__ = ["plan_lines"]
