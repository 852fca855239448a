"""What the law was: each instrument with its dates, what it governed, and what was not seen or not loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from decision_procedure.law.head import Head
from decision_procedure.law.numbers import number_text
from decision_procedure.model.vocabulary import label
from decision_procedure.render.html.subject import Shown
from decision_procedure.wording import Words


class Applied(NamedTuple):
    """One instrument; `governed` lists the acts tested by it, each with the date whose law was applied."""

    title: str
    number: str
    in_force: str
    scope: str
    governed: tuple[str, ...]
    omitted: str


class Unapplied(NamedTuple):
    """Requirements of one instrument that do not apply, for one reason."""

    instrument: str
    reason: str
    articles: tuple[str, ...]


def applied(shown: Shown) -> tuple[Applied, ...]:
    """Return the instruments applied; those that governed something first."""
    rows = [_row(shown, item) for item in shown.view.report.law_used["applied"]]
    return tuple(sorted(rows, key=lambda row: not (row.governed or row.omitted)))


def unapplied(shown: Shown) -> tuple[Unapplied, ...]:
    """Return the requirements that do not apply, by instrument and reason."""
    lang, report = shown.view.lang, shown.view.report
    t = Words(lang, "page")
    found: dict[tuple[str, str], dict[str, None]] = {}
    for verdict in report.of("not_applicable"):
        data = report.duties[verdict.duty]
        reason = t.listed(label("reason", item, lang) for item in verdict.reasons)
        articles = found.setdefault((data.instrument.text(lang), reason or t.say("when_false")), {})
        articles[shown.view.names.article(data.article)] = None
    return tuple(Unapplied(title, reason, tuple(articles)) for (title, reason), articles in found.items())


def _row(shown: Shown, item: Any) -> Applied:
    lang = shown.view.lang
    pack = shown.packs.get(item["id"])
    scope = shown.view.report.scope.get(item["id"])
    return Applied(
        title=item[lang],
        number=number_text(item["number"], lang),
        in_force="" if pack is None else _dates(pack.head, lang),
        scope="" if scope is None else label("scope", scope, lang),
        governed=tuple(_governed(shown, item["id"])),
        omitted=_omitted(shown, item["id"]),
    )


def _dates(head: Head, lang: str) -> str:
    t = Words(lang, "page")
    parts = []
    if head.in_force_from is not None and head.in_force_by is None:
        parts.append(t.say("since", day=head.in_force_from))
    elif head.in_force_by is not None:
        parts.append(t.say("by_day", day=head.in_force_by))
    if head.in_force_to is not None:
        parts.append(t.say("to_day", day=head.in_force_to))
    return " ".join(parts) or t.say("force_unknown")


def _governed(shown: Shown, instrument: str) -> Iterator[str]:
    found: dict[tuple[str, str], None] = {}
    for act, verdicts in shown.by_act.items():
        for verdict in verdicts:
            if act is not None and verdict.duty.partition(".")[0] == instrument:
                found[act, verdict.day] = None
    for act, day in sorted(found, key=lambda pair: (pair[1], pair[0])):
        yield f"{shown.view.names.act(act)} {day}"


def _omitted(shown: Shown, instrument: str) -> str:
    verdicts = shown.by_act.get(None, ())
    days = sorted({v.day for v in verdicts if v.duty.partition(".")[0] == instrument})
    t = Words(shown.view.lang, "page")
    return t.say("omitted", days=t.listed(days)) if days else ""
