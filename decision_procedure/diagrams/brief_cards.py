"""The cards of a procedure in brief: what a box holds, where it is set, and of a record what it came to there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from decision_procedure.diagrams.brief import BriefBox
from decision_procedure.diagrams.cards import breakable, flow
from decision_procedure.diagrams.changes import Drawing
from decision_procedure.diagrams.citing import number_texts
from decision_procedure.diagrams.metrics import width_of
from decision_procedure.diagrams.palette import INK, MUTED, Look, look
from decision_procedure.diagrams.scene import Line, text_lines
from decision_procedure.diagrams.state import finding_ids
from decision_procedure.diagrams.wrong import Wrongs
from decision_procedure.law.articles import articles_text, has_number
from decision_procedure.model.vocabulary import label
from decision_procedure.reporting.steps import StepState
from decision_procedure.results.severity import FACES, OPEN_FACES, TOLD_IN_FULL
from decision_procedure.wording import Words, is_chinese, say

NUMBER_INK = "#8A2900"
_GRAVEST = (*OPEN_FACES, "not_begun", *FACES[len(OPEN_FACES) :])
PAD = 5.0
SMALL_BADGE = 13.5


class Found(NamedTuple):
    """What a record came to: the state of each step, and what is wrong with it."""

    states: Mapping[str, StepState]
    wrongs: Wrongs


class Size(NamedTuple):
    """The sizes of texts: the title of a card and what stands under it."""

    title: float
    text: float


class BriefCard(NamedTuple):
    """The lines of a card, how it looks, and the verdict that its badge shows (None: no badge).

    `whole`: the name of each step stands on one line.
    """

    lines: tuple[Line, ...]
    whole: bool
    style: Look
    verdict: str | None
    need: str
    href: str


class BriefCards:
    """Makes the cards of one procedure; `detail` from 0, all that a card may say, to `least`, its verdict alone."""

    least = 7

    def __init__(self, draw: Drawing, found: Found | None, lang: str) -> None:
        self._draw, self._found, self._lang = draw, found, lang
        named = [cited.instrument for item in draw.steps.values() for cited in item.law.cited]
        self._main = max(dict.fromkeys(named), key=named.count, default="")

    def card(self, box: BriefBox, width: float, size: Size, detail: int) -> BriefCard:
        """Return the card of a box, its texts wrapped to a width."""
        verdict = self.verdict(box)
        style, room = look(verdict), width - 2 * PAD
        beside = room - SMALL_BADGE if style.badge != "none" else room
        lines: tuple[Line, ...] = ()
        if verdict is not None:
            told = say("diagram.bracketed", self._lang, text=label("step_verdict", verdict, self._lang))
            lines = text_lines(
                say("diagram.numbered", self._lang, number=box.number, text=told),
                size.text,
                beside,
                bold=True,
                ink=style.ink,
            )
        titled = self._title(box, size.title, room, numbered=verdict is None)
        under_badge = any(width_of(line.text, size.title) > beside for line in titled[:1])
        if under_badge and detail < self.least:
            titled = self._title(box, size.title, beside, numbered=verdict is None)
        lines += titled
        for text in self._wrong(box, detail):
            lines += text_lines(text, size.text, room, ink=style.ink, most=40)
        if detail < 3:
            lines += text_lines(self._articles(box), size.text, room, ink=MUTED, most=6)
        if detail < 2:
            for text in self._numbers(box, first=detail > 0):
                lines += text_lines(text, size.text, room, bold=True, ink=NUMBER_INK)
        if detail < 4:
            for text in self._conditions(box):
                lines += text_lines(text, size.text, room, ink=INK, most=6)
        return BriefCard(
            lines, self._whole(box, size.title, room), style, verdict, self._need(box), self._href(box)
        )

    def _title(self, box: BriefBox, size: float, room: float, *, numbered: bool) -> tuple[Line, ...]:
        """Return the names of the steps of a box, its number before; no Chinese one is divided that has room on a line."""
        joint = say("glossary.comma", self._lang).rstrip()
        first, *others = (breakable(self._name(name), room, size) for name in box.steps)
        names = [f"{box.number} {first}" if numbered else first, *others]
        texts = [f"{name}{joint}" for name in names[:-1]] + names[-1:]
        gap = say("glossary.gap", self._lang)
        if not is_chinese(self._lang):
            return text_lines(gap.join(texts), size, room, most=20, bold=True, ink=INK)
        lines = flow(texts, room, size, ink=INK, bold=True, gap=gap)
        return tuple(line._replace(align="left") for line in lines)

    def _whole(self, box: BriefBox, size: float, room: float) -> bool:
        """Say whether the name of each step of a box has room on a line, with number and comma; English names break."""
        if not is_chinese(self._lang):
            return True
        first, *others = map(self._name, box.steps)
        joint = say("glossary.comma", self._lang)
        return all(width_of(name + joint, size) <= room for name in (f"{box.number} {first}", *others))

    def verdict(self, box: BriefBox) -> str | None:
        """Return the gravest verdict of the steps of a box; None where nothing is tested, or no record is drawn."""
        found = [state.verdict for state in self._states(box) if state.verdict is not None]
        return min(found, key=_GRAVEST.index, default=None)

    def tip(self, box: BriefBox) -> str:
        """Return all steps of a box with their verdicts, or what they ask."""
        words, lang = Words(self._lang), self._lang
        if self._found is not None:
            return words.series(
                f"{state.name(lang)} {label('step_verdict', state.verdict, lang) if state.verdict else ''}".strip()
                for state in self._states(box)
            )
        return words.series(self._name(name) for name in box.steps)

    def _states(self, box: BriefBox) -> list[StepState]:
        if self._found is None:
            return []
        return [self._found.states[name] for name in box.steps if name in self._found.states]

    def _name(self, step: str) -> str:
        return self._draw.steps[step].law.step.name.text(self._lang)

    def _wrong(self, box: BriefBox, detail: int) -> list[str]:
        """Return what is wrong, each problem once; for want of room the first and how many there are, at last the duties."""
        if self._found is None:
            return []
        found = self._found.wrongs.among(verdict for state in self._states(box) for verdict in state.verdicts)
        if detail >= self.least and found:
            return [say("diagram.problem_count", self._lang, count=len(found))]
        if detail == self.least - 1 and found:
            duties = [
                verdict.duty
                for state in self._states(box)
                for verdict in state.verdicts
                if verdict.face in TOLD_IN_FULL
            ]
            ids = Words(self._lang).listed(finding_ids(self._found.wrongs.report, duties))
            return [say("diagram.problems_in", self._lang, count=len(found), ids=ids)]
        if detail < self.least - 2 or len(found) < 2:
            return found
        return [say("diagram.first_of", self._lang, text=found[0], count=len(found))]

    def _articles(self, box: BriefBox) -> str:
        cited: dict[str, dict[str, None]] = {}
        for name in box.steps:
            for item in self._draw.steps[name].law.cited:
                cited.setdefault(item.instrument, {}).update(dict.fromkeys(item.articles))
        own = tuple(text for text in cited.pop(self._main, ()) if has_number(text))
        parts = [articles_text(own, self._lang)] if own else []
        if cited:
            key = "more_instruments" if parts else "instrument_count"
            parts.append(say(f"diagram.{key}", self._lang, count=len(cited)))
        return Words(self._lang).series(parts)

    def _numbers(self, box: BriefBox, *, first: bool) -> Iterable[str]:
        """Yield the numbers of the law that hold for every matter, or the first of each step, as they stand on it."""
        gap = say("glossary.gap", self._lang)
        for name in box.steps:
            always = [number for number in self._draw.steps[name].law.numbers if not number.conditional]
            for number in always[:1] if first else always:
                yield gap.join(number_texts(number, self._lang))

    def _conditions(self, box: BriefBox) -> Iterable[str]:
        """Yield that a gate stands on a step, and which steps are needed on a condition or not at all."""
        words = Words(self._lang)
        gated = [name for name in box.steps if any(gate.direct for gate in self._draw.steps[name].law.gates)]
        if self._found is None:
            if gated:
                yield words.headed(say("diagram.gate", self._lang), words.listed(map(self._name, gated)))
            some = [name for name in box.steps if self._draw.steps[name].law.need == "conditional"]
            if some:
                only = len(some) == len(box.steps)
                head = say("diagram.conditionally", self._lang)
                yield head if only else words.headed(head, words.listed(map(self._name, some)))
            return
        for gate in ("closed", "unknown"):
            behind = [state.name(self._lang) for state in self._states(box) if state.gate == gate]
            if behind:
                yield words.headed(say(f"diagram.gate_{gate}", self._lang), words.listed(behind))
        unneeded = [state for state in self._states(box) if state.verdict == "not_applicable"]
        if unneeded and len(unneeded) < len(self._states(box)):
            told = words.listed(state.name(self._lang) for state in unneeded)
            yield words.headed(label("face", "not_applicable", self._lang), told)

    def _need(self, box: BriefBox) -> str:
        needs = {self._draw.steps[name].law.need for name in box.steps}
        return (
            "mandatory" if "mandatory" in needs else "conditional" if "conditional" in needs else "optional"
        )

    def _href(self, box: BriefBox) -> str:
        wrong = [
            verdict.duty
            for state in self._states(box)
            for verdict in state.verdicts
            if verdict.face in TOLD_IN_FULL
        ]
        return f"#{wrong[0]}" if wrong else ""
