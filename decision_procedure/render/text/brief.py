"""A report on one screen: what is wrong and what to do, without the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.render.text.findings import headline
from decision_procedure.render.text.lines import BLANK, Block, TextLine, line, plain
from decision_procedure.render.text.view import View


def brief_lines(view: View) -> Iterator[Block]:
    """Yield the matter, and each breach and what would be one if the record were complete, with what to do."""
    report = view.report
    yield TextLine(((f"{view.say('matter')} ", "dim"), (plain(report.title), "title")))
    body = f"{view.say('body')} {plain(report.decision.body.name)} · {view.say('dated', day=report.as_of)}"
    yield line(body, "dim", indent=2)
    yield BLANK
    for verdict in (*report.of("violated"), *report.in_doubt.violated):
        finding = view.findings.of(verdict)
        yield headline(view, finding)
        yield line(finding.cure.text(view.lang), "cure", indent=2, label=view.say("cure"))
    yield BLANK
