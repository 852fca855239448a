"""What the evidence of a verdict rests on: the acts and documents that it looked at, what is absent or disputed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from decision_procedure.law.evidence import DENIED, is_denied, leaves, place_text
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.sorts import choices_of
from decision_procedure.model.vocabulary import labels
from decision_procedure.results.report import Dispute, Report, Verdict
from decision_procedure.sources.characters import spelt
from decision_procedure.wording import Words, both, in_both

_ACT = re.compile(r"acts\[([^\]]+)\]")
_TRUTHS = {True: "yes", False: "no", None: "unknown"}


class EvidenceReader:
    """The evidence of verdicts on one record, in words of both languages."""

    def __init__(self, report: Report) -> None:
        decision = report.decision
        self._names = {person.id: person.name or person.id for person in decision.people}
        self._kinds = {act.id: type(act) for act in decision.acts}
        self._called = kinds_of(type(decision))
        self._named = report.namings
        self._source_of = report.source_of
        self._traits = {name: trait.document for name, trait in decision.traits if trait is not None}

    def acts(self, verdict: Verdict) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the recorded acts that the test looked at, each with the places read there, in order."""
        found: dict[str, dict[str, None]] = {}
        for place in _places(verdict):
            named = _ACT.match(place)
            if named and self._source_of(named[1]) in self._kinds:
                found.setdefault(named[1], {})[spelt(place)] = None
        return tuple((act, tuple(found[act])) for act in sorted(found))

    def absent_kinds(self, verdict: Verdict) -> tuple[str, ...]:
        """Return the kinds of act that the test looked for, and whose absence the record answers for."""
        tree = verdict.trees.get("require")
        found = {
            place_text(leaf.place)[len("acts(") : -1]
            for leaf in (leaves(tree) if tree else ())
            if leaf.node.operator == "acts" and leaf.truth is True and not leaf.value
        }
        return tuple(sorted(found & self._called.acts.keys()))

    def trigger_documents(self, verdict: Verdict) -> tuple[tuple[str, str], ...]:
        """Return the documents that show the traits which made the duty apply, with the place of each trait."""
        tree = verdict.trees.get("when")
        names = (
            [place_text(leaf.place) for leaf in leaves(tree) if leaf.node.operator == "trait"] if tree else []
        )
        traits = sorted({name.removeprefix("traits.") for name in names})
        return tuple(
            (document, f"traits.{name}.document") for name in traits if (document := self._traits.get(name))
        )

    def act(self, name: str) -> tuple[str, str]:
        """Return what an act is: its kind with its date, or with its number among those of its kind."""
        return in_both(lambda lang: self._named.of(lang).act(name))

    def place(self, place: str) -> tuple[str, str]:
        """Return a place of the record in words, such as `acts[a1].end` as the end of that act."""
        field = place.rpartition(".")[2]
        named = _ACT.match(place)
        part = self._kinds.get(named[1]) if named else None
        words = in_both(lambda lang: spelt(self._called.key_name(field, lang, part)))
        if named and named[1] in self._kinds and field != place:
            return both("trail.place_of_act", act=self.act(named[1]), field=words)
        kind = place.removeprefix("acts(").removesuffix(")")
        return both("trail.more_acts", kind=self._called.names(kind)) if place.startswith("acts(") else words

    def dispute(self, dispute: Dispute) -> tuple[str, str]:
        """Return what the documents say of a field that they dispute, in both languages."""
        said = [(spelt(item.document), self._words(item.value, dispute.place)) for item in dispute.says]
        place = self.place(dispute.place)

        def told(lang: str) -> str:
            words = Words(lang)
            texts = (f"{document} {words.pair(text)}" for document, text in said)
            return words.pair(place) + words.aside(words.listed(texts))

        return in_both(told)

    def _words(self, value: Any, place: str) -> tuple[str, str]:
        if is_denied(value):
            return labels("value", DENIED)
        if value is None:
            return both("trail.not_stated")
        if isinstance(value, bool):
            return both(f"trail.{_TRUTHS[value]}")
        if isinstance(value, list):
            pairs = [self._words(item, place) for item in value]
            return (
                in_both(lambda lang: Words(lang).listed(map(Words(lang).pair, pairs)))
                if pairs
                else both("trail.none")
            )
        text = str(value)
        named = _ACT.match(place)
        act = self._kinds.get(named[1]) if named else None
        field = act.model_fields.get(place.rpartition(".")[2]) if act is not None else None
        choices = choices_of(field.annotation) if field is not None else ()
        called = self._called.words(choices) if choices else None
        if called is not None:
            return called.get(text, (text, text))
        shown = spelt(self._names.get(text, text))
        return shown, shown


def _places(verdict: Verdict) -> Iterator[str]:
    for name in ("when", "require", "judge"):
        if name in verdict.trees:
            for leaf in leaves(verdict.trees[name]):
                yield place_text(leaf.place)
