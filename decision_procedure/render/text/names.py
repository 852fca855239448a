"""The names that people use for what a report names by identifier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decision_procedure.law.articles import article_text
from decision_procedure.law.evidence import DENIED, is_denied, kinds_listed, place_text, value_data
from decision_procedure.law.facts import Implied
from decision_procedure.model.acts import Act
from decision_procedure.model.acts.assessment import Expert
from decision_procedure.model.acts.deciding import Attendee
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.places import parse_place
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.lines import plain
from decision_procedure.results.report import Dispute
from decision_procedure.results.saying.called import Called
from decision_procedure.wording import Words, say


class Names:
    """Names for one report in one language: `plain`, so that nothing of the record can move the terminal."""

    def __init__(self, decision: Decision, lang: str, implied: Mapping[str, Implied] | None = None) -> None:
        self.lang = lang
        self._called = Called(decision, lang, implied)
        self.acts: Mapping[str, Act] = {act.id or "": act for act in decision.acts}
        self._decision, self._kinds = decision, kinds_of(type(decision))
        self._units = {unit.id: unit.name for unit in decision.units}
        self._people = {person.id: person for person in decision.people}
        self._documents = {document.id: document for document in decision.documents}

    def unit(self, identifier: str) -> str:
        """Return the name of a unit; the identifier when the record names it nowhere, a dash where it names none."""
        return plain(self._units.get(identifier, identifier)) or "—"

    def person(self, identifier: str) -> str:
        """Return the name of a person; the identifier when the record gives none."""
        person = self._people.get(identifier)
        return plain(identifier if person is None else person.name or identifier)

    def post(self, identifier: str, unit: str, capacity: str) -> str:
        """Return the post and capacity in which somebody served in a unit."""
        person = self._people.get(identifier)
        posts = [] if person is None else person.posts
        post = next((p.post for p in posts if p.unit == unit and p.capacity == capacity and p.post), None)
        title = label("capacity", capacity, self.lang)
        return Words(self.lang).listed([plain(post), title]) if post else title

    def document(self, identifier: str) -> str:
        """Return the title of a document, or its kind when it has none."""
        document = self._documents.get(identifier)
        if document is None:
            return plain(identifier)
        return plain(document.title or self._kinds.document_name(document.kind, self.lang))

    def act(self, identifier: str) -> str:
        """Return what an act is: its kind with its date, or with its number among those of its kind."""
        return self._called.act(identifier)

    def article(self, text: str) -> str:
        """Return an article; in English `Art. 15(1)` for `第十五条第一款`, as every output says it."""
        return article_text(text, self.lang)

    def place(self, place: Any, act: str | None = None) -> str:
        """Return a place in words: the key's label, before it the member's name, and the act unless it is `act`."""
        text = place_text(place)
        parsed = parse_place(text, self.acts)
        if parsed is None:
            kinds = [self._kinds.name(kind, self.lang) for kind in kinds_listed(text)]
            return Words(self.lang).listed(kinds) if kinds else plain(text)
        name = parsed.member or parsed.field.rpartition(".")[2]
        member = self.member(place)
        other = self.act(parsed.act) if parsed.act is not None and parsed.act != act else ""
        part = None if parsed.act is None else type(self.acts[parsed.act])
        called = self._kinds.key_name(name, self.lang, part)
        return " ".join(word for word in (other, member, called) if word)

    def member(self, place: Any) -> str:
        """Return who a member of a list is, such as an expert; empty when the place is no member."""
        parsed = parse_place(place_text(place), self.acts)
        if parsed is None or parsed.act is None or parsed.number is None:
            return ""
        members = getattr(self.acts[parsed.act], parsed.field, ())
        if parsed.number >= len(members):
            return ""
        item = members[parsed.number]
        if isinstance(item, Expert | Attendee):
            return self._who(item)
        return self.value(item, place) if parsed.member is None else ""

    def value(self, value: Any, place: Any) -> str:
        """Return a value as people read it: words by their labels, units and people by name, dates as text."""
        shown = value_data(value)
        if isinstance(shown, bool):
            return say("text.yes" if shown else "text.no", self.lang)
        if shown is None:
            return say("text.unknown", self.lang)
        if is_denied(value):
            return label("value", DENIED, self.lang)
        if isinstance(shown, list):
            texts = [self.value(item, place) for item in shown[:8]]
            more = [f"… {len(shown)}"] if len(shown) > 8 else []
            return Words(self.lang).listed([*texts, *more]) or say("text.none", self.lang)
        if isinstance(shown, dict):
            fields = [
                f"{self._kinds.key_name(name, self.lang)} {self.value(item, f'{place_text(place)}[0].{name}')}"
                for name, item in shown.items()
            ]
            return " ".join(fields)
        return self._word(str(shown), place)

    def dispute(self, dispute: Dispute, act: str | None = None) -> str:
        """Return what the documents say of a field, as one phrase; the act is named unless it is `act`."""
        titles = [self.document(item.document) for item in dispute.says]
        said = [
            f"{title}{'' if titles.count(title) == 1 else f' [{plain(item.document)}]'} {self.value(item.value, dispute.place)}"
            for title, item in zip(titles, dispute.says, strict=True)
        ]
        words = Words(self.lang)
        return f"{self.place(dispute.place, act)}{words.say('colon')}{words.series(said)}"

    def _word(self, text: str, place: Any) -> str:
        where = place_text(place)
        if kinds_listed(where):
            return self.act(text)
        parsed = parse_place(where, self.acts)
        target = None if parsed is None else self._called.target(parsed)
        if target == "people":
            return self.person(text)
        if target == "units":
            return self.unit(text)
        called = (None if parsed is None else self._called.choices(parsed)) or {}
        return Words(self.lang).pair(called[text]) if text in called else plain(text)[:200]

    def _who(self, item: Expert | Attendee) -> str:
        if item.person is not None:
            return self.person(item.person)
        if isinstance(item, Expert):
            return self.unit(item.body) if item.body else plain(item.name or "")
        return ""


def kind_of(act: Act) -> str:
    """Return the kind of an act."""
    return act.kind
