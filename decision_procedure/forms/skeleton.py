"""A record to fill in, as commented YAML: the acts that a matter needs by the law of its place and day, key by key.

What is stated stands as it is; every other line begins with a mark and states nothing until the mark is taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import yaml
from pydantic import BaseModel

from decision_procedure.forms.meaning import is_list, what_to_write
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law
from decision_procedure.law.articles import article_text
from decision_procedure.model.acts import Act
from decision_procedure.model.decision import Decision, Document, Draft, Person, Traits, Unit
from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import Kinds, kinds_of
from decision_procedure.model.writing import written
from decision_procedure.reporting.making import report_on
from decision_procedure.results.report import Report
from decision_procedure.wording import Language, Words, is_chinese

NOTE, OPEN = "## ", "# "
"""Begin a line that is for the reader, and one that states something once its mark is taken off."""
_MOST_ARTICLES = 3
_LISTS: Mapping[str, type[BaseModel]] = {
    "units": Unit,
    "people": Person,
    "documents": Document,
    "drafts": Draft,
}
_COMMON = ("id", "unit", "by", "date", "documents", "draft")
_LATER = frozenset(
    {
        "says",
        "acts",
        "traits",
        "waivers",
        "judgements",
        "outcome_finding",
        "invented",
        "source",
        "note",
        "procedure",
    }
)


def skeleton(decision: Decision, law: Law, day: date, lang: Language = "zh") -> str:
    """Return the text of a record to fill in, which states what a record states and reads back as that record.

    It asks for what the law in force on a day wants to know of a matter with these traits and tracks.
    """
    return "\n".join(_Skeleton(law.as_record(decision), law, day, lang).lines()) + "\n"


class _Skeleton:
    def __init__(self, decision: Decision, law: Law, day: date, lang: Language) -> None:
        self._decision, self._law, self._day, self._lang = decision, law, day, lang
        self._kinds: Kinds = kinds_of(type(decision))
        self._words = Words(lang, "skeleton")
        self._report: Report = report_on(decision, law, day)
        self._procedure = Procedure.of(law.for_body(decision))
        self._asking = dict(self._asked())
        self._stated = written(decision, lang)

    def lines(self) -> Iterator[str]:
        yield from (NOTE + line for line in self._words.say("head", day=self._day.isoformat()).splitlines())
        for name, field in Decision.model_fields.items():
            key = self._key(field.alias or name, Decision)
            if key in self._stated and name not in ("traits", "acts"):
                yield yaml.safe_dump({key: self._stated[key]}, allow_unicode=True, sort_keys=False).rstrip()
            elif name in _LISTS:
                yield from self._one_of(name, _LISTS[name])
            elif name not in _LATER:
                yield self._open(key, Decision, name, self._articles(f"decision.{name}"))
        yield from self._traits()
        yield from self._acts()

    def _traits(self) -> Iterator[str]:
        key = self._key("traits", Decision)
        stated = self._stated.get(key) or {}
        yield f"{key}:" if stated else f"{OPEN}{key}:"
        for name, field in self._kinds.traits.model_fields.items():
            called = self._key(field.alias or name, self._kinds.traits)
            if called in stated:
                yield from _indented(
                    yaml.safe_dump({called: stated[called]}, allow_unicode=True).rstrip(), "  "
                )
            elif articles := self._articles(f"traits.{name}"):
                yield (
                    "  " + self._open(called, Traits, name, articles)
                    if stated
                    else self._open(f"  {called}", Traits, name, articles)
                )

    def _acts(self) -> Iterator[str]:
        yield f"{OPEN}{self._key('acts', Decision)}:"
        shown: set[str] = set()
        for step in self._procedure.drawn.values():
            need = self._report.need(step.id).need if step.id in self._report.required_by else "optional"
            for kind in step.kinds:
                if need in ("required", "unknown") and kind not in shown:
                    shown.add(kind)
                    yield from self._act(kind, need)
        others = [self._kinds.name(kind, self._lang) for kind in self._kinds.acts if kind not in shown]
        yield NOTE + self._words.say("others", acts=self._words.listed(others))

    def _act(self, kind: str, need: str) -> Iterator[str]:
        model = self._kinds.acts[kind]
        yield NOTE + self._words.say(need, act=self._kinds.name(kind, self._lang))
        word = self._kinds.name(kind) if is_chinese(self._lang) else kind
        yield f"{OPEN}- {self._key('kind', Act)}: {word}"
        asked = [name for name in model.model_fields if f"{kind}.{name}" in self._asking]
        for name in dict.fromkeys((*_COMMON, *asked)):
            if name not in ("kind", "says", "held", "round"):
                field = model.model_fields[name]
                articles = self._articles(f"{kind}.{name}")
                yield self._open(f"  {self._key(field.alias or name, model)}", model, name, articles)

    def _one_of(self, name: str, model: type[BaseModel]) -> Iterator[str]:
        yield self._open(self._key(name, Decision), Decision, name, "", empty=False)
        for index, (inner, field) in enumerate(model.model_fields.items()):
            if inner not in ("says", "parent", "aliases"):
                key = self._key(field.alias or inner, model)
                yield self._open(f"{'- ' if index == _first(model) else '  '}{key}", model, inner, "")

    def _open(self, key: str, model: type[BaseModel], name: str, articles: str, *, empty: bool = True) -> str:
        """Return the line of a key that states nothing yet."""
        said = what_to_write(model, name, self._kinds, self._words)
        value = " []" if empty and is_list(model.model_fields[name].annotation) else ""
        asked = f"{self._words.say('semicolon')}{articles}" if articles else ""
        return f"{OPEN}{key}:{value}  {OPEN}{said}{asked}"

    def _key(self, key: str, model: type[BaseModel]) -> str:
        return keys_of(model)[key].zh if is_chinese(self._lang) and key in keys_of(model) else key

    def _articles(self, name: str) -> str:
        """Return the articles that ask for something, each instrument named once; empty: none does."""
        found: dict[str, dict[str, None]] = {}
        for asked, cited in self._asking.items():
            if asked == name or asked.startswith(f"{name}."):
                for title, article in cited:
                    found.setdefault(title, {})[article] = None
        return self._words.series(
            self._words.say("cited", title=title, articles=self._some(list(articles)))
            for title, articles in found.items()
        )

    def _some(self, articles: list[str]) -> str:
        rest = len(articles) > _MOST_ARTICLES
        shown = self._words.listed(articles[:_MOST_ARTICLES])
        return shown + self._words.say("more_articles", number=len(articles)) if rest else shown

    def _asked(self) -> Iterator[tuple[str, dict[tuple[str, str], None]]]:
        """Yield what the duties that may apply read in a record, with the instruments and articles that ask for it."""
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
        yield from found.items()


def places_read(names: Iterable[str], per: Iterable[str]) -> Iterator[str]:
    """Yield names that duties read as `kind.field`, `traits.name` or `decision.name`."""
    for name in names:
        room, _, rest = name.partition(".")
        if room == "act":
            yield from (f"{kind}.{rest}" for kind in per)
        else:
            yield rest if room == "acts" else name


def _first(model: type[BaseModel]) -> int:
    return next(index for index, name in enumerate(model.model_fields) if name != "says")


def _indented(text: str, by: str) -> Iterator[str]:
    yield from (by + line for line in text.splitlines())


__all__ = ["places_read", "skeleton"]
