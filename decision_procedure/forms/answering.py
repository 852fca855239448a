"""Answers to questions, as changes of a record: which keys are set, and what is added to its lists.

The changes are in the words of the record's model; what an answer itself says may be in either language. Nothing is
judged here: the record that comes of it is read as any other, and its faults are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from decision_procedure.errors import UnusableArgument
from decision_procedure.forms.questions import STATED_ON, Question
from decision_procedure.law.evidence import kinds_listed
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision, Judgement
from decision_procedure.model.giving import given, plain
from decision_procedure.model.keys import names_of
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.references import references_of
from decision_procedure.model.sorts import sort_of
from decision_procedure.model.spots import Spot, field_of, spot_at
from decision_procedure.model.writing import written
from decision_procedure.sources import Path
from decision_procedure.wording import LANGUAGES, Bilingual, say


def said_words(key: str) -> frozenset[str]:
    """Return the words in either language that mean one thing in an answer."""
    return frozenset(say(f"question.{key}", LANGUAGES[0]).split("、"))


OPEN = said_words("means_open")
"""Answers that leave a question open, as None and an empty text do."""
NO, YES = said_words("means_no"), said_words("means_yes")


class RecordEdit(NamedTuple):
    """A key that is set, at the path of a part that there is or that is made; `added`: a member put at the end of a list."""

    path: Path
    value: Any
    added: bool = False


def answered(record: Decision, answers: Iterable[tuple[Question, Any]]) -> Decision:
    """Return a record with answers to questions in it; an answer that leaves a question open changes nothing.

    Raises UnusableInput with the faults of what cannot stand in a record, UnusableArgument for an answer that its
    question does not take.
    """
    return edited(record, changes(record, answers))


def edited(record: Decision, edits: Iterable[RecordEdit]) -> Decision:
    """Return a record with edits made. Raises UnusableInput with the faults of what cannot stand in a record."""
    data = written(record)
    for change in edits:
        apply(data, change)
    return given(data, lambda *_: type(record))


def apply(data: Any, change: RecordEdit) -> None:
    """Make a change in data with the keys of the model."""
    part = data
    for step, following in zip(change.path, (*change.path[1:], None), strict=True):
        if following is None and not change.added:
            part[step] = change.value
        elif isinstance(part, dict) and (part.get(step) is None or isinstance(part[step], bool)):
            part[step] = [] if change.added and following is None else {}
        part = part[step]
    if change.added:
        part.append(change.value)


def changes(record: Decision, answers: Iterable[tuple[Question, Any]]) -> list[RecordEdit]:
    """Return what answers change in a record. Raises UnusableArgument for an answer that its question does not take."""
    making = _Making(record)
    return [
        change
        for question, value in answers
        if not means_open(value)
        for change in making.of(question, plain(value))
    ]


def means_open(value: Any) -> bool:
    """Say whether an answer leaves its question open."""
    return value is None or (isinstance(value, str) and value.strip().lower() in (*OPEN, ""))


def _truth(value: Any) -> Any:
    """Return the truth that a word stands for; any other value as it is."""
    word = value.strip().lower() if isinstance(value, str) else value
    if isinstance(word, str):
        return True if word in YES else False if word in NO else value
    return value


class _Making:
    def __init__(self, record: Decision) -> None:
        self._record, self._kinds = record, kinds_of(type(record))
        self._taken = {
            item.id for part in (record.acts, record.units, record.people, record.documents) for item in part
        }
        self._closed: set[str] = set()
        self._named: dict[tuple[str, str], str] = {}

    def of(self, question: Question, value: Any) -> Iterator[RecordEdit]:
        if question.kind == "judgement":
            yield from self._judged(question, value)
        elif question.place == STATED_ON:
            yield from self._stated(question, _truth(value))
        elif question.kind == "act":
            yield from self._acts(question, _truth(value))
        else:
            spot = spot_at(self._record, question.place)
            if spot is None:
                raise _refused("no_place", place=question.place[:80])
            yield from self._fact(question, spot, value)

    # -- facts -----------------------------------------------------------------------------------------------

    def _fact(self, question: Question, spot: Spot, value: Any) -> Iterator[RecordEdit]:
        if isinstance(value, Mapping) and sort_of(spot.annotation) == "list":
            names = names_of(spot.model)  # the list with what stands beside it, such as whether it is whole
            yield from (RecordEdit((*spot.holder, names.get(key, key)), one) for key, one in value.items())
        elif _truth(value) is False and sort_of(spot.annotation) == "list" and field_of(self._record, spot):
            yield self._whole(spot)
        elif _truth(value) is False and self._deniable(spot):
            yield from self._denied(question, spot)
        elif sort_of(spot.annotation) == "list":
            yield from self._list(question, spot, value)
        elif question.sort == "flag" and not isinstance(_truth(value), bool | Mapping):
            raise _refused("not_among", said=str(value)[:40], allowed=question.answers)
        else:
            yield from self._referred(spot, _truth(value) if question.sort == "flag" else value, question)

    @staticmethod
    def _whole(spot: Spot) -> RecordEdit:
        """Say that a list holds no more than is stated."""
        whole = f"{spot.name}_complete"
        if whole not in spot.model.model_fields:
            raise _refused("not_no", name=spot.name)
        return RecordEdit((*spot.holder, whole), True)

    def _deniable(self, spot: Spot) -> bool:
        deniable = issubclass(spot.model, Act) and len(spot.path) == 3 and spot.name in spot.model.deniable()
        return deniable and sort_of(spot.annotation) != "flag"

    def _denied(self, question: Question, spot: Spot) -> Iterator[RecordEdit]:
        """Deny a field by name; of a derived date every field that it may stand for."""
        act = self._record.acts[int(spot.path[1])]
        derived = type(act).derived().get(question.place.rpartition(".")[2])
        fields = (
            [spot.name] if derived is None else [name for name in derived.fields if name in act.deniable()]
        )
        path = (*spot.holder, "denied")
        yield RecordEdit(path, list(dict.fromkeys((*(act.denied or ()), *fields))))

    def _list(self, question: Question, spot: Spot, value: Any) -> Iterator[RecordEdit]:
        """Yield what sets a list to what it is: an answer names all of it."""
        members = value if isinstance(value, list) else _parts(value)
        target = dict(references_of(spot.model)).get(spot.name)
        if target is not None:
            held = list(field_of(self._record, spot))
            for member in members:
                name, adding = self._name(target, member, question)
                yield from adding
                held.append(name)
            members = list(dict.fromkeys(held))
        yield RecordEdit(spot.path, members)
        if f"{spot.name}_complete" in spot.model.model_fields:
            yield self._whole(spot)

    def _referred(self, spot: Spot, value: Any, question: Question) -> Iterator[RecordEdit]:
        target = dict(references_of(spot.model)).get(spot.name)
        if target in ("units", "people", "documents"):
            value, adding = self._name(target, value, question)
            yield from adding
        trait = spot.path[0] == "traits" and len(spot.path) == 2
        stated = trait and "value" in getattr(getattr(self._record.traits, spot.name), "model_fields_set", ())
        yield RecordEdit((*spot.path, "value") if stated else spot.path, value)

    def _name(self, target: str, value: Any, question: Question) -> tuple[Any, list[RecordEdit]]:
        """Return the identifier that something of the record goes by, and what adds it where it is not there yet."""
        held = getattr(self._record, target, ())
        text = value if isinstance(value, str) else ""
        for item in held:
            if text and text in (item.id, getattr(item, "name", None), getattr(item, "title", None)):
                return item.id, []
        if (target, text) in self._named:
            return self._named[target, text], []
        if target not in ("units", "people", "documents") or not (text or isinstance(value, dict)):
            return value, []
        name = self._free(target[0])
        self._named[target, text] = name
        if isinstance(value, dict):
            return name, [RecordEdit((target,), {"id": name, **value}, added=True)]
        kind = {"kind": next(iter(question.papers), "other")} if target == "documents" else {}
        called = "title" if target == "documents" else "name"
        return name, [RecordEdit((target,), {"id": name, **kind, called: text}, added=True)]

    def _names(self, target: str, value: Any, question: Question) -> tuple[Any, list[RecordEdit]]:
        """Return the identifier of one thing of the record, or those of several, as `_name`."""
        if not isinstance(value, list):
            return self._name(target, value, question)
        found = [self._name(target, one, question) for one in value]
        return [name for name, _ in found], [edit for _, adding in found for edit in adding]

    def _free(self, stem: str) -> str:
        number = 1
        while f"{stem}{number}" in self._taken:
            number += 1
        self._taken.add(f"{stem}{number}")
        return f"{stem}{number}"

    # -- acts ------------------------------------------------------------------------------------------------

    def _acts(self, question: Question, value: Any) -> Iterator[RecordEdit]:
        kinds = kinds_listed(question.place)
        if value is False:
            yield from self._none(question, kinds)
            return
        for one in value if isinstance(value, list) else [value]:
            yield from self._act(kinds, one, question)

    def _act(self, kinds: Sequence[str], value: Any, question: Question) -> Iterator[RecordEdit]:
        if isinstance(value, str):
            kind = self._kinds.by_label.get(value, value)
            value = True if kind in kinds else value
            kinds = [kind] if value is True else kinds
        if value is True and len(kinds) == 1:
            announced = self._indexes(kinds[0], held=None)
            if announced:
                yield RecordEdit(("acts", announced[0], "held"), True)
                return
            value = {"kind": kinds[0]}
        if not isinstance(value, dict):
            listed = "、".join(self._kinds.name(kind) for kind in kinds)
            raise _refused("which_act", listed=listed, said=str(value)[:40])
        names = names_of(Act)
        kind = next((one for key, one in value.items() if names.get(key, key) == "kind"), kinds[0])
        kind = self._kinds.by_label.get(kind, kind)
        model = self._kinds.acts.get(kind, Act)
        stated = {names_of(model).get(key, key): one for key, one in value.items()}
        name = stated.pop("id", None) or self._free(str(kind))
        stated.pop("kind", None)
        for key, target in references_of(model):
            if key in stated:
                stated[key], adding = self._names(target, stated[key], question)
                yield from adding
        yield RecordEdit(("acts",), {"kind": kind, "id": name, **stated}, added=True)

    def _none(self, question: Question, kinds: Sequence[str]) -> Iterator[RecordEdit]:
        """Say that none, or none besides those recorded, took place: of a kind without acts by denying it."""
        further = []
        for kind in kinds:
            for index in self._indexes(kind, held=None):
                yield RecordEdit(("acts", index, "held"), False)
            if self._indexes(kind, held=True):
                further.append(kind)
            elif not self._indexes(kind, held=None) and not self._indexes(kind, held=False):
                yield RecordEdit(("acts",), {"kind": kind, "id": self._free(kind), "held": False}, added=True)
        if further:
            yield from self._complete(further, date.fromisoformat(question.as_of))

    def _indexes(self, kind: str, *, held: bool | None) -> list[int]:
        acts = enumerate(self._record.acts)
        return [index for index, act in acts if act.kind == kind and act.held is held]

    def _complete(self, kinds: Sequence[str], day: date) -> Iterator[RecordEdit]:
        known, up_to = self._record.complete, PartialDate.on(day)
        if known is not None and known.up_to.last < up_to.last:
            raise _refused("older_statement", known=known.up_to.text, day=up_to.text)
        self._closed.update(kinds)
        if known is None:
            yield RecordEdit(("complete", "up_to"), up_to.text)
        yield RecordEdit(("complete", "kinds"), [*(known.kinds if known else ()), *sorted(self._closed)])

    def _stated(self, question: Question, value: Any) -> Iterator[RecordEdit]:
        """Bring a record up to the day asked about: nothing was done since it was stated, or what was is asked for next."""
        day = question.as_of if isinstance(value, bool) else value
        if value is True and any(act.held is False for act in self._record.acts):
            raise _refused("denies_acts")
        yield RecordEdit(("stated_on",), day)
        if value is False and self._record.complete is not None:
            yield RecordEdit(("complete", "up_to"), day)

    # -- what the law leaves to a person -----------------------------------------------------------------------

    def _judged(self, question: Question, value: Any) -> Iterator[RecordEdit]:
        if not isinstance(value, Mapping):
            raise _refused("judgement_lacks")
        names = names_of(Judgement)
        stated = {names.get(key, key): one for key, one in value.items() if one is not None}
        if "document" in stated:
            stated["document"], adding = self._name("documents", stated["document"], question)
            yield from adding
        for duty, fingerprint in zip(question.duties, question.fingerprints, strict=True):
            on = {"duty": duty} | ({} if question.act is None else {"act": question.act})
            yield RecordEdit(("judgements",), {**on, **stated, "fingerprint": fingerprint}, added=True)


def _refused(key: str, **fields: str | Bilingual) -> UnusableArgument:
    told = (
        say(f"question.{key}", lang, **{name: _in(text, lang) for name, text in fields.items()})
        for lang in LANGUAGES
    )
    return UnusableArgument(" ".join(told))


def _in(text: str | Bilingual, lang: str) -> str:
    return text.text(lang) if isinstance(text, Bilingual) else text


def _parts(value: Any) -> list[Any]:
    """Return the members that a text names one after the other."""
    if not isinstance(value, str):
        return [value]
    for mark in "，,；;":
        value = value.replace(mark, "、")
    return [part.strip() for part in value.split("、") if part.strip()]


__all__ = ["NO", "OPEN", "YES", "RecordEdit", "answered", "apply", "changes", "means_open", "said_words"]
