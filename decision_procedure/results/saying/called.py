"""What sentences call the parts of a record: acts by kind and date, people by post and name, drafts by title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, get_args, get_origin

from decision_procedure.law.evidence import DENIED, place_text, value_data
from decision_procedure.law.facts import Implied
from decision_procedure.law.types import Text, fields_of
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate, chinese_date, is_moment
from decision_procedure.model.decision import Body, Decision, Person
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.places import Place, parse_place
from decision_procedure.model.posts import may_be_held
from decision_procedure.model.references import lists_of, references_of
from decision_procedure.model.spots import stated_field
from decision_procedure.model.vocabulary import label
from decision_procedure.sources.characters import plain
from decision_procedure.wording import Words, is_chinese, is_in, say, section

_CHINESE = re.compile("[㐀-鿿]")
_MOST_LISTED = 6
_LONGEST = 24  # characters of a name on a card


class Called:
    """The names of one record in one language; nothing of the record that they hold can move a terminal.

    `brief`: as a card has room for them, acts without their dates and what the record names shortened.
    """

    def __init__(
        self,
        decision: Decision,
        lang: str,
        implied: Mapping[str, Implied] | None = None,
        *,
        brief: bool = False,
    ) -> None:
        self.decision, self.lang, self.words, self.brief = decision, lang, Words(lang), brief
        self.kinds = kinds_of(type(decision))
        self._implied = implied or {}
        acts = {act.id or "": act for act in decision.acts}
        sources = {name: acts[item.source] for name, item in self._implied.items() if item.source in acts}
        self.acts: Mapping[str, Act] = {**acts, **sources}
        self._people: Mapping[str, Person] = {person.id: person for person in decision.people}
        self._units = {unit.id: unit.name for unit in decision.units}
        self._drafts = {draft.id: number for number, draft in enumerate(decision.drafts, 1)}
        self._documents = {document.id: document for document in decision.documents}

    def say(self, key: str, /, **fields: object) -> str:
        """Return a text of the section on what is said."""
        name = "brief" if self.brief and is_in(key, "brief") else "saying"
        return say(f"{name}.{key}", self.lang, **fields)

    def written(self, text: str) -> str:
        """Return a name that the record gives."""
        shown = plain(text)
        return f"{shown[: _LONGEST - 1]}…" if self.brief and len(shown) > _LONGEST else shown

    def day(self, moment: PartialDate | str) -> str:
        """Return a date as texts of this language write it, without a time of day."""
        text = moment if isinstance(moment, str) else moment.text
        shown = text.lstrip("≤").partition("T")[0]
        if is_chinese(self.lang):
            shown = chinese_date(PartialDate.written(shown))
        return self.say("at_latest", day=shown) if text.startswith("≤") else shown

    def stretch(self, first: PartialDate | None, last: PartialDate | None) -> str:
        """Return from when to when something lasted; empty where neither date is known."""
        days = list(dict.fromkeys(self.day(moment) for moment in (first, last) if moment is not None))
        if len(days) < 2:
            return "".join(days)
        return self.say("since_until", start=days[0], end=self.within_year(*days))

    def within_year(self, first: str, last: str) -> str:
        """Return a date that stands after another one, in Chinese without its year where that is the same."""
        year, mark, rest = last.partition("年")
        return rest if mark and rest and first.startswith(year + mark) else last

    def act(self, identifier: str) -> str:
        """Return what an act is: its kind with its date, or with its number where there are several of its kind."""
        implied, act = self._implied.get(identifier), self.acts.get(identifier)
        if act is None:
            return self.written(identifier)
        if self.brief:
            return self.short(identifier)
        if implied is not None:
            return self.say("act_implied", kind=self.kind(implied.kind), source=self.act(implied.source))
        kind, number = self._what(act), self._number(act)
        day = self.stretch(*self._days(act))
        if not number:
            return self.say("act_on" if day else "act_undated", kind=kind, day=day)
        return self.say("act_numbered", kind=kind, day=day, number=number) if day else self.short(identifier)

    def short(self, identifier: str) -> str:
        """Return what an act is without its date, to stand beside one."""
        implied, act = self._implied.get(identifier), self.acts.get(identifier)
        if act is None:
            return self.written(identifier)
        kind = self._what(act) if implied is None else self.kind(implied.kind)
        number = 0 if implied is not None else self._number(act)
        return self.say("short_number", number=number, kind=kind) if number else kind

    def kind(self, kind: str) -> str:
        """Return what a kind of act is called."""
        return self.kinds.name(kind, self.lang)

    def _what(self, act: Act) -> str:
        """Return what an act is: its kind, with its form where the kind alone does not say what was done."""
        form = getattr(act, "form", None)
        with_form = None if form is None or self.brief else section("in_form", self.lang).get(act.kind)
        if with_form is None:
            return self.kind(act.kind)
        return with_form.format(form=self.value(form, f"acts[{act.id}].form"))

    def held(self, kind: str) -> list[Act]:
        """Return the recorded acts of a kind, the earliest first."""
        return self._held.get(kind, [])

    def is_implied(self, identifier: str) -> bool:
        """Say whether an act is not on record, but implied by another that is."""
        return identifier in self._implied

    def unit(self, identifier: str) -> str:
        """Return the name of a unit."""
        return self.written(self._units.get(identifier, identifier))

    def person(self, identifier: str, day: PartialDate | None = None) -> str:
        """Return a person by post and name; the post is one that may have been held on the day."""
        person = self._people.get(identifier)
        if person is None:
            return self.written(identifier)
        held = [post for post in person.posts if post.post and may_be_held(post, day)]
        own = [post for post in held if post.unit == self.decision.body.unit]
        post = self.written((own or held)[0].post or "") if held else ""
        name = self.written(person.name or ("" if post else person.id))
        return f"{post}{self.words.say('gap') if post and name else ''}{name}"

    def draft(self, identifier: str) -> str:
        """Return a draft by its title; by its number where the record gives it none."""
        if _CHINESE.search(identifier) or identifier not in self._drafts:
            return self.say("quoted", text=self.written(identifier))
        return self.say("draft_numbered", number=self._drafts[identifier])

    def document(self, identifier: str) -> str:
        """Return the title of a document, or its kind where it has none."""
        found = self._documents.get(identifier)
        if found is None:
            return self.written(identifier)
        return self.written(found.title or self.kinds.document_name(found.kind, self.lang))

    def parsed(self, place: Any) -> Place | None:
        """Return a place of the record taken apart; None where it is none."""
        return parse_place(place_text(place), self.acts)

    def field(self, place: Any) -> str:
        """Return what the field at a place is called; of a derived date, the field that it stands for."""
        parsed = self.parsed(place)
        if parsed is None:
            return ""
        name = parsed.member or parsed.field.rpartition(".")[2]
        act = None if parsed.act is None else self.acts[parsed.act]
        return self.kinds.key_name(stated_field(act, name), self.lang, None if act is None else type(act))

    def event(self, place: Any) -> str:
        """Return what a date is the date of: the act itself, where it is the day of it; else the field."""
        parsed = self.parsed(place)
        if parsed is None or parsed.act is None or parsed.member is not None:
            return self.field(place)
        stated = stated_field(self.acts[parsed.act], parsed.field)
        return (
            self.short(parsed.act)
            if stated == "date"
            else section("moment", self.lang).get(stated) or self.field(place)
        )

    def topic(self, place: Any) -> str:
        """Return what the field at a place is called, as that which the record does not state."""
        parsed = self.parsed(place)
        if parsed is not None and parsed.act is not None and parsed.member is None:
            stated = stated_field(self.acts[parsed.act], parsed.field)
            if moment := section("moment", self.lang).get(stated):
                return self.say("date_of", what=moment)
        return self.say("what_field", what=self.field(place))

    def member(self, place: Any) -> str:
        """Return who the member of a list at a place is; empty where it is no person or body."""
        parsed = self.parsed(place)
        if parsed is None or parsed.act is None or parsed.number is None:
            return ""
        act = self.acts[parsed.act]
        members = getattr(act, parsed.field, ())
        if parsed.number >= len(members):
            return ""
        member = members[parsed.number]
        if person := getattr(member, "person", None):
            named = self.person(person, act.begun)
        elif body := getattr(member, "body", None):
            named = self.unit(body)
        else:
            named = self.written(getattr(member, "name", None) or "")
        if not named and parsed.field in ("experts", "attendees"):
            return self.say(f"nth_{parsed.field}", number=parsed.number + 1)
        return self.say("expert", name=named) if named and parsed.field == "experts" else named

    def value(self, value: Any, place: Any) -> str:
        """Return a value of the record as people read it; empty for one that is not known."""
        shown = value_data(value)
        if isinstance(shown, list):
            texts = [self.value(item, place) for item in shown[:_MOST_LISTED]]
            return self.words.listed(texts) + ("…" if len(shown) > _MOST_LISTED else "")
        if shown is None or isinstance(shown, bool | dict):
            return ""
        if shown == DENIED:
            return label("value", DENIED, self.lang)
        parsed = self.parsed(place)
        return str(shown) if parsed is None else self._word(str(shown), parsed)

    def chosen(self, words: Iterable[str], place: Any) -> list[str]:
        """Return words of a field as people read them."""
        return [self.value(word, place) for word in words]

    def _word(self, text: str, parsed: Place) -> str:
        target = self.target(parsed)
        if target == "people":
            return self.person(text, None if parsed.act is None else self.acts[parsed.act].begun)
        if target == "units":
            return self.unit(text)
        if target == "documents":
            return self.document(text)
        if target == "drafts":
            return self.draft(text)
        if (called := self.choices(parsed)) is not None:
            return self.words.pair(called[text]) if text in called else self.written(text)
        if is_moment(text):
            return self.day(text)
        return self.written(text)

    def target(self, parsed: Place) -> str | None:
        """Return the list of the record in which a field names something; None for a field that names nothing."""
        name = _field_name(parsed)
        found = (dict(references_of(model)).get(name) for model in self._models(parsed))
        return next(filter(None, found), None)

    def choices(self, parsed: Place) -> Mapping[str, tuple[str, str]] | None:
        """Return what the words of a field are called; None for a field that takes any text."""
        for model in self._models(parsed):
            kind = fields_of(model).get(_field_name(parsed))
            item = getattr(kind, "item", kind)
            if isinstance(item, Text) and item.choices:
                return self.kinds.words(item.choices) or {}
        return None

    def _models(self, parsed: Place) -> Iterator[Any]:
        if parsed.act is None:
            holder = parsed.field.rpartition(".")[0]
            if holder and (part := type(self.decision).model_fields.get(holder)) is not None:
                for model in (part.annotation, *get_args(part.annotation)):
                    if (
                        isinstance(model, type)
                        and get_origin(model) is None
                        and hasattr(model, "model_fields")
                    ):
                        yield model
            yield from (Body, type(self.decision))
            return
        act = type(self.acts[parsed.act])
        yield act
        yield from lists_of(act).values()

    def _number(self, act: Act) -> int:
        """Return the number of an act among those of its kind, counted from 1; 0 where it is the only one."""
        return self._numbers.get(act.id or "", 0)

    @cached_property
    def _held(self) -> Mapping[str, list[Act]]:
        found: dict[str, list[Act]] = {}
        for act in sorted(self.decision.acts, key=_begun):
            if act.held is not False:
                found.setdefault(act.kind, []).append(act)
        return found

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        several = [acts for acts in self._held.values() if len(acts) > 1]
        return {act.id or "": number for acts in several for number, act in enumerate(acts, 1)}

    def _days(self, act: Act) -> tuple[PartialDate | None, PartialDate | None]:
        """Return when an act began and ended, as its name tells it; a single day where it has one of its own."""
        if act.date is not None:
            return act.date, None
        return act.begun or act.anchor, act.done


def _field_name(parsed: Place) -> str:
    return parsed.member or parsed.field.rpartition(".")[2]


def _begun(act: Act) -> int:
    moment = act.begun or act.done
    return 0 if moment is None else moment.first
