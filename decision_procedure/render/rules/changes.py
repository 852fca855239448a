"""Law that changes, in words: two versions of it, a newer text of an instrument, and what that means for records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from decision_procedure.law.articles import article_text
from decision_procedure.law.loading import Pack
from decision_procedure.law.texts import TextChange
from decision_procedure.law.versions import Kind, PartChange, VersionChange
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.lines import Block, Style, line, plain
from decision_procedure.reporting.impact import Impact, VerdictMove
from decision_procedure.results.report import Report
from decision_procedure.results.saying.called import Called
from decision_procedure.wording import Bilingual, Words


def change_lines(changes: Sequence[VersionChange], older: str, newer: str, lang: str) -> Iterator[Block]:
    """Yield what differs between two versions of the law; `older` and `newer` name them."""
    words = Words(lang, "law_change")
    yield line(words.say("head", older=plain(older), newer=plain(newer)), "title")
    if not changes:
        yield line(words.say("none"), "satisfied")
    for kind in get_args(Kind):
        found = [change for change in changes if change.kind == kind]
        if not found:
            continue
        yield line(words.say("counted", what=words.say(kind), number=len(found)), "title")
        for change in found:
            yield line(_head(change, lang), indent=2)
            for part in change.parts:
                yield line(_part(part, words), indent=6)


def _head(change: VersionChange, lang: str) -> str:
    words = Words(lang, "law_change")
    if not change.duty:
        return f"{change.instrument}  {words.say('of_head')}"
    article = "" if change.article is None else article_text(change.article, lang)
    return f"{change.duty}  {article}  {change.text.text(lang)}"


def _part(part: PartChange, words: Words) -> str:
    def shown(value: Bilingual | None) -> str:
        return words.say("absent") if value is None else plain(words.said(value))

    return words.say("moved", part=words.say(part.part), was=shown(part.was), now=shown(part.now))


def text_lines(pack: Pack, change: TextChange, lang: str) -> Iterator[Block]:
    """Yield how a text of an instrument stands to the one that its rules were written from."""
    words, title = Words(lang, "law_change"), pack.head.title.text(lang)
    if change.state == "unknown":
        yield line(words.say("text_unknown", title=title), "needs_judgement")
        yield line(f"sha256: {change.sha256}", indent=2)
        kept = ", ".join(f'"{number}": "{mark}"' for number, mark in change.fingerprints.items())
        yield line(f"fingerprints: {{{kept}}}", indent=2)
        return
    said = "layout" if change.state == "differs" and not change.articles else change.state
    style: Style = "needs_judgement" if change.articles else "satisfied"
    yield line(words.say(f"text_{said}", title=title, day=change.read_on), style)
    for item in change.articles:
        article = words.say("article_no", number=item.article)
        what = words.say(f"article_{item.kind}", article=article)
        duties = words.listed(item.duties) or words.say("no_duties")
        yield line(words.say("article_duties", what=what, duties=duties), indent=2)


class ImpactTold:
    """What is said of what a change means for records, in one language."""

    def __init__(self, lang: str) -> None:
        self.lang, self.words = lang, Words(lang, "law_change")

    def record_lines(self, found: Impact) -> Iterator[Block]:
        """Yield what changes for one record."""
        report, called = found.report, Called(found.report.decision, self.lang)
        title = plain(report.decision.title)
        yield line(self.words.say("impact_record", title=title, number=len(found.moves)), "title")
        if found.causes:
            causes = self.words.listed(self.words.say(f"cause_{name}") for name in found.causes)
            yield line(self.words.say("impact_cause", causes=causes), "dim", indent=2)
        if found.first_act is not None:
            yield line(self.words.say("impact_from", act=called.act(found.first_act)), "dim", indent=2)
        for move in found.moves:
            yield line(self._move(move, report, called), _STYLES.get(move.after or "", ""), indent=2)

    def _move(self, move: VerdictMove, report: Report, called: Called) -> str:
        on = "" if move.act is None else self.words.aside(called.act(report.source_of(move.act)))
        return self.words.say(
            "impact_move",
            duty=move.duty,
            article="" if move.article is None else article_text(move.article, self.lang),
            on=on,
            was=self._outcome(move.before),
            now=self._outcome(move.after),
        )

    def _outcome(self, outcome: str | None) -> str:
        return self.words.say("no_verdict") if outcome is None else label("outcome", outcome, self.lang)


def impact_lines(found: Sequence[Impact], day: str | None, unsealed: int, lang: str) -> Iterator[Block]:
    """Yield what a change means for records, those in which nothing changes only counted.

    `day` None: since their receipts. `unsealed` is how many have none.
    """
    told = ImpactTold(lang)
    head = "impact_since" if day is None else "impact_head"
    yield line(told.words.say(head, **({} if day is None else {"day": day}), number=len(found)), "title")
    changed = [item for item in found if item.moves]
    for item in changed:
        yield from told.record_lines(item)
    if same := len(found) - len(changed):
        yield line(told.words.say("impact_none", number=same), "dim")
    if unsealed:
        yield line(told.words.say("no_receipt", number=unsealed), "dim")


_STYLES: dict[str, Style] = {
    "violated": "violated",
    "needs_judgement": "needs_judgement",
    "satisfied": "satisfied",
}
