"""What a supposition changes in a plan, and what a delay does to its goal, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decision_procedure.model.vocabulary import label
from decision_procedure.planning.supposing import Slip, StepChange
from decision_procedure.render.text.lines import BLANK, Block, line, plain
from decision_procedure.results.report import Report
from decision_procedure.wording import Words


def change_lines(changes: Sequence[StepChange], lang: str) -> Iterator[Block]:
    """Yield how the steps of a plan change."""
    words = Words(lang, "suppose")
    yield BLANK
    yield line(words.say("head"), "title")
    if not changes:
        yield line(words.say("same"))
    for item in changes:
        was, then = (
            words.say("not_in_plan") if standing is None else label("standing", standing, lang)
            for standing in (item.standing, item.standing_then)
        )
        was, then = (
            text + words.aside(day or "") for text, day in ((was, item.ends), (then, item.ends_then))
        )
        key = "other" if not item.days else "later" if item.days > 0 else "earlier"
        fields = {"step": item.name(lang), "was": was, "then": then}
        told = words.say(key, **fields, days=abs(item.days)) if item.days else words.say(key, **fields)
        yield line(told, indent=2)


def raised_lines(before: Report, after: Report, lang: str) -> Iterator[Block]:
    """Yield what is violated, or in doubt, in the record as supposed and was not before."""
    words = Words(lang, "suppose")
    known = {(item.rule, item.act) for item in before.findings("in_doubt")}
    raised = [item for item in after.findings("in_doubt") if (item.rule, item.act) not in known]
    if raised:
        yield line(words.say("raised"), "violated")
    for item in raised:
        yield line(words.headed(label("face", item.face, lang), plain(item.sentence(lang))), indent=2)


def slip_lines(slips: Sequence[Slip], days: int, lang: str) -> Iterator[Block]:
    """Yield by how much the goal moves for each step that ends late."""
    words = Words(lang, "suppose")
    yield BLANK
    yield line(words.say("slip_head", days=days), "title")
    for item in slips:
        if item.moved:
            said = words.say("slip", step=item.name.text(lang), goal=item.goal or "", moved=item.moved)
            yield line(said, indent=2)
    still = [item.name.text(lang) for item in slips if not item.moved]
    if still:
        yield line(words.say("no_slip", steps=words.listed(still)), "dim", indent=2)


__all__ = ["change_lines", "raised_lines", "slip_lines"]
