"""The data of a report, masked: whatever is not named here as safe is masked, so that nothing new is forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from decision_procedure.law.applicable import standard_law
from decision_procedure.masking.fields import Role, changed, identifier_fields
from decision_procedure.masking.holders import WITHHELD, Holders
from decision_procedure.masking.laws import masked_condition
from decision_procedure.model.vocabulary import LABELS, WORDS
from decision_procedure.results.report import IN_NO_ORDER
from decision_procedure.wording import LANGUAGES, section

# Keys of a report whose values are words and days of this library, or identifiers and numbers of the law.
SAFE = frozenset(
    {"schema", "as_of", "assume_complete", "uncovered", "scope", "rests_on", "required_by", "duty", "outcome",
     "binding", "day", "caps", "reasons", "proof", "related", "operator", "kind", "rule", "bearer", "closes",
     "effect", "severity", "standing", "capacity", "step", "force", "mark", "names", "state", "date", "expires",
      "instrument_id", "provision", "truth", "if_complete", "class",
      "assumed_up_to", "answer", "judged", "nearest"}
)  # fmt: skip
# The properties of facts that name a part of the record, even one that is called by a word of this library.
_NAMING = frozenset({"act", "of", "unit", "person"})
_HEX = re.compile(r"[0-9a-f]{10,}")


class Masker:
    """Masks the data of one report; `shipped` are the instruments of its law whose wording ships."""

    def __init__(self, report: Mapping[str, Any], holders: Holders, shipped: frozenset[str]) -> None:
        self._holders = holders
        self._duties = report["duties"].keys()
        self._shipped = shipped | {entry.id for entry in standard_law().register}

    def masked(self, report: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of the report with every text masked that is not safe."""
        parts: Mapping[str, Callable[[Any], Any]] = {
            "record": self._record,
            "duties": self._of_law,
            "verdicts": lambda items: [self._verdict(item) for item in items],
            "conclusions": lambda items: [self._conclusion(item) for item in items],
            "law": lambda lists: {
                name: [self._instrument(item) for item in found] for name, found in lists.items()
            },
            "waivers": lambda items: [self._waiver(item) for item in items],
            "waiver_notes": lambda items: [self._note(item) for item in items],
            "judgements": lambda items: [self._judged(item) for item in items],
        }
        return {
            name: parts[name](value) if name in parts else self._part(value, name)
            for name, value in report.items()
        }

    def _part(self, value: Any, key: str) -> Any:
        """Return a part of which nothing more is known than its name: a mapping may be by identifiers of the record."""
        if isinstance(value, dict) and key not in SAFE:
            return {self._holders.identifier(name): self._any(item) for name, item in value.items()}
        return self._any(value, key)

    def _record(self, record: Mapping[str, Any]) -> dict[str, Any]:
        found = changed(record, self._leaf, self._holders.model)
        for masked, person in zip(found["people"], record["people"], strict=True):
            if "name" in person:  # of two people of one name each is its own
                masked["name"] = self._holders.identifier(person["id"])
        for name in IN_NO_ORDER:  # in that of what they were called they would tell it
            found[name].sort(key=lambda item: item["id"])
        return found

    def _leaf(self, text: str, role: Role, field: str) -> str:
        if role == "safe":
            return text
        if role == "fingerprint":
            return "0" * len(text)
        if field == "duty" and text in self._duties:
            return text
        see: Mapping[str, Callable[[str], str]] = {
            "identifier": self._holders.identifier,
            "person": self._holders.person,
            "authority": self._holders.authority,
            "title": self._holders.title,
        }
        return see.get(role, self._holders.text)(text)

    def _any(self, value: Any, key: str = "") -> Any:
        """Return a value of which nothing more is known than the key that it stands under.

        The keys of a mapping are the names of fields, whatever somebody's identifier is.
        """
        if isinstance(value, dict):
            if key in SAFE:
                return value
            return {name: self._any(item, name) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._any(item, key) for item in value]
        if not isinstance(value, str) or key in SAFE:
            return value
        return self._string(value)

    def _string(self, value: str) -> str:
        if self._holders.is_known(value):
            return self._holders.identifier(value)
        place = self._holders.place(value)
        if place is not None:
            return place
        # What the record calls a part by all that it holds, where it has no identifier.
        return WITHHELD if "name=" in value else self._holders.text(value)

    def _conclusion(self, item: Mapping[str, Any]) -> dict[str, Any]:
        premises = [dict(premise, values=self._facts(premise["values"])) for premise in item["premises"]]
        return dict(item, values=self._facts(item["values"]), premises=premises)

    def _facts(self, values: Mapping[str, str | None]) -> dict[str, str | None]:
        return {name: value and self._token(name, value) for name, value in values.items()}

    def _token(self, name: str, value: str) -> str:
        if name == "party":
            kind, _, known = value.partition(":")
            masked = self._holders.person(known) if kind == "name" else self._holders.identifier(known)
            return f"{kind}:{masked}"
        word = name in SAFE or (name not in _NAMING and value in _tokens())
        return value if word else self._holders.identifier(value)

    def _verdict(self, item: Mapping[str, Any]) -> dict[str, Any]:
        shipped = self._ships(item["duty"])
        trees = {name: self._tree(tree, shipped=shipped) for name, tree in item["trees"].items()}
        return {name: trees if name == "trees" else self._any(value, name) for name, value in item.items()}

    def _tree(self, tree: Mapping[str, Any], *, shipped: bool) -> dict[str, Any]:
        place = self._any(tree["place"])
        found = dict(
            tree,
            value=self._value(tree["value"], place),
            place=place,
            children=[self._tree(child, shipped=shipped) for child in tree["children"]],
        )
        if not shipped:
            found |= {name: self._any(tree[name]) for name in LANGUAGES}
            found["expression"] = masked_condition(tree["expression"], self._string)
        return found

    def _value(self, value: Any, place: str) -> Any:
        """Return the value of a condition; a word that the record took from a list of words is safe."""
        if isinstance(value, list | tuple):
            return [self._value(item, place) for item in value]
        if isinstance(value, str) and value in _words():
            return (
                self._any(value)
                if place.rpartition(".")[2] in identifier_fields(self._holders.model)
                else value
            )
        return self._any(value)

    def _of_law(self, duties: Mapping[str, Any]) -> dict[str, Any]:
        return {name: duty if self._ships(name) else self._any(duty) for name, duty in duties.items()}

    def _instrument(self, item: Mapping[str, Any]) -> dict[str, Any]:
        if item["id"] in self._shipped:
            return dict(item)
        return {name: value if name == "id" else self._any(value, name) for name, value in item.items()}

    def _ships(self, duty: str) -> bool:
        return duty.partition(".")[0] in self._shipped

    def _waiver(self, item: Mapping[str, Any]) -> dict[str, Any]:
        return dict(self._any(item), approver=self._holders.authority(item["approver"]))

    def _judged(self, item: Mapping[str, Any]) -> dict[str, Any]:
        duty = item["duty"] if item["duty"] in self._duties else self._any(item["duty"])
        return dict(self._any(item), duty=duty, by=self._holders.authority(item["by"]))

    def _note(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """Return a note without the fingerprint it may tell, on which a guessed name could be tried."""
        texts = {}
        for lang in LANGUAGES:
            said, shown = item[lang], section("waiver_note", lang).get(item["kind"], "")
            own = said.startswith(shown)
            rest = _HEX.sub("…", said.removeprefix(shown) if own else said)
            texts[lang] = (shown if own else "") + self._any(rest)
        duty = item["duty"]
        named = duty if duty is None or duty in self._duties else self._any(duty)
        return dict(self._any(item), duty=named, **texts)


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Return every word that a record may use."""
    return frozenset(word for words in WORDS for word in words)


@lru_cache(maxsize=1)
def _tokens() -> frozenset[str]:
    """Return the words of conclusions that are labelled for people."""
    return frozenset(word for labels in LABELS.values() for word in labels)


__all__ = ["SAFE", "Masker"]
