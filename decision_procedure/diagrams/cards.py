"""The card of a step of the procedure: name, order, articles, numbers, whether it is needed, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from decision_procedure.checking.requirements import StepLaw
from decision_procedure.diagrams.changes import (
    Drawing,
    Drawn,
    cited_changed,
    gates_changed,
    numbers_changed,
)
from decision_procedure.diagrams.metrics import width_of, wrap
from decision_procedure.diagrams.palette import INK, MUTED, PAPER
from decision_procedure.diagrams.scene import Box, Line, lines_height, text_lines
from decision_procedure.wording import Words, is_chinese, say

_MOST_NUMBERS = 3  # on a card; of two laws compared one fewer, the table under the drawing has all
NUMBER_INK = "#8A2900"
_DASH = {"mandatory": "solid", "conditional": "dashed", "optional": "dotted"}
_DIFFS = {"added": ("#E4EEF8", 3.0), "removed": ("#F2F2F2", 0.8), "changed": ("#FFF3D1", 2.2)}


class Card(NamedTuple):
    """The lines of a card, and those of the bands over it: `gate`, `precondition`, or neither."""

    bands: tuple[tuple[str, tuple[Line, ...]], ...]
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """The height of card and bands together."""
        return lines_height(self.lines) + 8 + self.over

    @property
    def over(self) -> float:
        """The height of the bands."""
        return sum(lines_height(lines) + 2 for _, lines in self.bands)


def card_of(name: str, draw: Drawing, width: float, lang: str) -> Card:
    """Return the card of a step, its texts wrapped to the width of the card."""
    item, room = draw.steps[name], width - 8
    size = 8 if is_chinese(lang) else 7.5
    ink = MUTED if item.diff == "removed" else INK
    lines: tuple[Line, ...] = ()
    if item.diff:
        lines += _text(say(f"diagram.diff_{item.diff}", lang), room, 7.5, bold=True)
    lines += _text(breakable(item.law.step.name.text(lang), room, size), room, size, bold=True, ink=ink)
    for mark, texts in _grouped(cited_changed(item, draw.marks, lang)):
        lines += flow([mark + texts[0], *texts[1:]], room, ink=INK if mark == "+" else MUTED)
    numbers, most = numbers_changed(item, lang), _MOST_NUMBERS - draw.compared
    for mark, texts, _ in numbers[:most]:
        ink_here, gap = MUTED if mark == "-" else NUMBER_INK, say("glossary.gap", lang)
        lines += flow([mark + texts[0], *texts[1:]], room, 7.5, bold=mark != "-", ink=ink_here, gap=gap)
    if len(numbers) > most:
        lines += _text(say("diagram.more_numbers", lang, count=len(numbers) - most), room, 7.5, ink=MUTED)
    tight = say("glossary.gap", lang)
    lines += flow(_need_texts(item, lang), room, ink=ink, gap=tight)
    lines += flow(list(_orders(name, draw, lang)), room, ink=MUTED, gap=tight)
    return Card(tuple(_bands(item, draw, room, lang)), lines)


def boxes_of(
    name: str, item: Drawn, card: Card, at: tuple[float, float, float, float], lang: str
) -> list[Box]:
    """Return the boxes of a card at its place."""
    x, y, w, h = at
    fill, pen = _DIFFS.get(item.diff, (PAPER, 1.0 if item.law.need != "mandatory" else 1.6))
    asked = Words(lang).series(duty.text.text(lang) for _, duty in item.law.duties)
    tip = Words(lang).headed(item.law.step.name.text(lang), asked)
    found = [
        Box(
            f"step-{name}", x, y + card.over, w, h - card.over, "card", "rounded", fill,
            MUTED if item.diff == "removed" else INK, pen, _DASH[item.law.need], card.lines, 4, 4,
            tip=tip[:600], css=f"step {item.law.need} {item.diff}".strip(),
        )
    ]  # fmt: skip
    for kind, lines in card.bands:
        high = lines_height(lines) + 2
        fill = INK if kind == "gate" else PAPER
        found.append(Box(f"{kind}-{name}", x, y, w, high, "head", "box", fill, INK, 0.8, lines=lines, pad=2))
        y += high
    return found


def need_text(law: StepLaw, lang: str) -> str:
    """Return whether a step is needed, on what it depends, and how that binds, in full."""
    when = say("diagram.or", lang).join(Words(lang).listed(words) for words in _conditions(law, lang))
    return "".join(_need(law, lang)) + (say("diagram.colon", lang) + when if when else "")


def _conditions(law: StepLaw, lang: str) -> list[list[str]]:
    return [[part.text(lang) for part in parts] for parts in law.triggers]


def breakable(name: str, room: float, size: float) -> str:
    """Let a word that is too wide for the card break after its hyphen."""
    return " ".join(
        word if width_of(word, size) <= room else word.replace("-", "- ") for word in name.split(" ")
    )


def short_need_text(law: StepLaw, lang: str) -> str:
    """Return the same with the shortest condition only, three words at most."""
    return (say("glossary.gap", lang)).join(part.strip() for part in _short_need(law, lang))


def _need(law: StepLaw, lang: str) -> list[str]:
    bound = [] if law.binding in ("direct", "") else [say(f"diagram.bound_{law.binding}", lang)]
    return [say(f"diagram.{'if_done' if law.need == 'optional' else law.need}", lang), *bound]


def _short_need(law: StepLaw, lang: str) -> list[str]:
    """Return the same for a card: of the shortest condition, three words at most."""
    conditions = _conditions(law, lang)
    words = conditions[0][:3] if conditions else []
    if not words:
        return _need(law, lang)
    if len(conditions) > 1 or len(conditions[0]) > 3:
        words[-1] += say("diagram.and_others", lang)
    joint = say("diagram.comma_tight", lang)
    *need, last = _need(law, lang)
    return [
        *need,
        last + say("diagram.colon", lang).strip(),
        *(word + joint for word in words[:-1]),
        words[-1],
    ]


def _need_texts(item: Drawn, lang: str) -> list[str]:
    now = _short_need(item.law, lang)
    before = _short_need(item.other, lang) if item.other else now
    return now if now == before else [*before, "→", *now]


def _orders(name: str, draw: Drawing, lang: str) -> Iterable[str]:
    """Yield the words for the arrows into a step: stated or implied."""
    into = {(edge.diff, edge.order.strength) for edge in draw.edges if edge.order.after == name}
    for diff, mark in (("", ""), ("added", "+"), ("removed", "-")):
        words = [
            say(f"diagram.{strength}", lang) for strength in ("stated", "implied") if (diff, strength) in into
        ]
        joint = say("diagram.comma_tight", lang)
        yield from (
            (mark + say("diagram.order_word", lang) if index == 0 else "")
            + word
            + (joint if word != words[-1] else "")
            for index, word in enumerate(words)
        )


def _bands(item: Drawn, draw: Drawing, room: float, lang: str) -> Iterable[tuple[str, tuple[Line, ...]]]:
    """Yield the gates on a step, then what forbids it without binding the body directly."""
    gates = gates_changed(item)
    for kind, ink in (("gate", PAPER), ("precondition", INK)):
        shown = [(mark, draw.marks.mark(gate.instrument)) for mark, gate in gates if gate.name == kind]
        texts = [mark + text for mark, items in _grouped(list(dict.fromkeys(shown))) for text in items]
        if texts:
            yield kind, flow([say(f"diagram.{kind}", lang), *texts], room + 4, ink=ink, bold=True)


def _grouped(items: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Put what has one mark together."""
    found: dict[str, list[str]] = {}
    for mark, text in items:
        found.setdefault(mark, []).append(text)
    return list(found.items())


def flow(
    texts: Sequence[str], room: float, size: float = 7, *, ink: str, bold: bool = False, gap: str = " "
) -> tuple[Line, ...]:
    """Return texts one after another in lines, none divided that has room on a line of its own."""
    lines: list[str] = []
    for text in texts:
        joined = f"{lines[-1]}{gap}{text.strip()}" if lines else text
        if lines and width_of(joined, size) <= room:
            lines[-1] = joined
        else:
            lines += wrap(text, size, room, 9, balanced=True)
    return tuple(Line(line, size, bold, ink, "middle") for line in lines)


def _text(text: str, room: float, size: float, *, bold: bool = False, ink: str = INK) -> tuple[Line, ...]:
    return text_lines(text, size, room, most=9, bold=bold, ink=ink, align="middle", balanced=True)
