"""What the law of a place and day wants to know of a matter: which acts, and which articles ask for which key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law
from decision_procedure.law.articles import article_text, listed_articles
from decision_procedure.model.decision import Decision
from decision_procedure.reporting.making import report_on
from decision_procedure.results.report import Report
from decision_procedure.wording import Words

_MOST_ARTICLES = 3


class Asking:
    """What is asked of a record as it stands. `decision` is one of the law's own model."""

    def __init__(self, decision: Decision, law: Law, day: date, lang: str) -> None:
        self._law, self._lang, self._words = law, lang, Words(lang, "skeleton")
        self._report: Report = report_on(decision, law, day)
        self._procedure = Procedure.of(law.for_body(decision))

    @cached_property
    def needs(self) -> Mapping[str, str]:
        """The kinds of act that the matter needs (`required`) or may need (`unknown`), in the order of their steps."""
        found: dict[str, str] = {}
        for step in self._procedure.drawn.values():
            need = self._report.need(step.id).need if step.id in self._report.required_by else "optional"
            for kind in step.kinds:
                if need in ("required", "unknown"):
                    found.setdefault(kind, need)
        return found

    def asks(self, name: str) -> bool:
        """Say whether a duty that may apply reads something: `kind.field`, `traits.name` or `decision.name`."""
        return name in self._asked

    def articles(self, name: str) -> str:
        """Return the articles that ask for something, each instrument named once; empty: none does."""
        found: dict[str, dict[str, None]] = {}
        for asked, cited in self._asked.items():
            if asked == name or asked.startswith(f"{name}."):
                for title, article in cited:
                    found.setdefault(title, {}).update(dict.fromkeys(article.split("、")))
        return self._words.series(
            self._words.say("cited", title=title, articles=self._some(list(articles)))
            for title, articles in found.items()
        )

    def _some(self, articles: list[str]) -> str:
        rest = len(articles) > _MOST_ARTICLES
        shown = listed_articles(articles[:_MOST_ARTICLES], self._lang)
        return shown + self._words.say("more_articles", number=len(articles)) if rest else shown

    @cached_property
    def _asked(self) -> Mapping[str, Mapping[tuple[str, str], None]]:
        """What the duties that may apply read in a record, with the instruments and articles that ask for it."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        duties = self._law.duties
        for verdict in self._report.verdicts:
            if verdict.outcome == "not_applicable" and verdict.reasons != ("no_such_act",):
                continue
            info = self._report.duties[verdict.duty]
            cited = info.instrument.text(self._lang), article_text(info.article, self._lang)
            per = duties[verdict.duty].per if verdict.duty in duties else "decision"
            for name in places_read(info.names, () if per == "decision" else per):
                found.setdefault(name, {})[cited] = None
        return found


def places_read(names: Iterable[str], per: Iterable[str]) -> Iterator[str]:
    """Yield names that duties read as `kind.field`, `traits.name` or `decision.name`."""
    for name in names:
        room, _, rest = name.partition(".")
        if room == "act":
            yield from (f"{kind}.{rest}" for kind in per)
        else:
            yield rest if room == "acts" else name


__all__ = ["Asking", "places_read"]
