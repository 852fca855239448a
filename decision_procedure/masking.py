"""Masking: a report in which every personal name of the record gives way to a stable pseudonym.

The names are those that the record gives its people and experts. A text of the record that holds a name of
two or more characters shows the pseudonym in its place. A text that holds a name of one character is withheld
whole: the character may be an ordinary word, and what stands around it would give it away. The same goes for
names of units, bodies and posts, where a replaced part could be guessed from the rest. The wording of the law
and of this library is the same for every record and is never touched: a name that is also a word of the law
stays there as that word.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, NamedTuple

from decision_procedure.errors import UnusableArgument
from decision_procedure.names import Names, fold
from decision_procedure.report import Report

WITHHELD = "〔含姓名,隐去 withheld〕"
SALT_BYTES = 16

FREE_TEXTS = frozenset(
    {"title", "note", "source", "basis", "item", "section", "planned_steps", "stated_by", "authority", "location",
     "reason", "cited_law", "number"}
)  # fmt: skip
STRUCTURED_TEXTS = frozenset({"name", "aliases", "post"})
IDENTIFIERS = frozenset(
    {"id", "unit", "lead_unit", "co_units", "document", "documents", "draft", "by", "person", "body",
     "interest_document", "deliberation", "chief", "speaking_order", "undertakers", "consulted", "executors",
     "evaluator", "third_party", "parent", "for", "for_"}
)  # fmt: skip


class Opening(NamedTuple):
    """What opens one commitment: the name and its own salt (hexadecimal). Keep it apart from the export."""

    name: str
    salt: str


@dataclass(frozen=True)
class Masked:
    """A masked report; for each pseudonym the commitment of its name; and what opens each commitment.

    `openings` hold the names: they are for whoever keeps the unmasked record.
    """

    report: Report
    commitments: Mapping[str, str]
    openings: Mapping[str, Opening] = field(repr=False)


def mask_report(report: Report, salt: bytes | None = None) -> Masked:
    """Return a report with its personal names masked. Raises UnusableArgument for a salt under 16 bytes."""
    if salt is None:
        salt = secrets.token_bytes(SALT_BYTES)
    if len(salt) < SALT_BYTES:
        raise UnusableArgument(f"盐不足 {SALT_BYTES} 字节 the salt is shorter than {SALT_BYTES} bytes")
    data = report.to_dict()
    mask = _Mask(data["record"], data["implied"], salt)
    masked = dict(data, **{name: mask.of_report(name, data[name]) for name in _TOUCHED})
    openings = {
        pseudonym: Opening(name, _own_salt(salt, pseudonym)) for pseudonym, name in mask.known.items()
    }
    report = Report.from_json(json.dumps(masked))
    return Masked(
        report=replace(report, conclusions=tuple(sorted(report.conclusions))),
        commitments={pseudonym: commitment(pseudonym, opening) for pseudonym, opening in openings.items()},
        openings=openings,
    )


def commitment(pseudonym: str, opening: Opening) -> str:
    """Return the commitment of a name: HMAC-SHA256, keyed with its own salt, of pseudonym and folded name."""
    message = f"{pseudonym}\0{fold(opening.name)}".encode("utf-8", "surrogatepass")
    return hmac.new(bytes.fromhex(opening.salt), message, hashlib.sha256).hexdigest()


def opens(commitments: Mapping[str, str], pseudonym: str, opening: Opening) -> bool:
    """Say whether a name and its salt are what a masked trail committed to under a pseudonym."""
    known = commitments.get(pseudonym)
    return known is not None and hmac.compare_digest(known, commitment(pseudonym, opening))


_HOLDERS = ("people", "experts")
_TOUCHED = ("record", "conclusions", "verdicts", "plans", "implied", "advice")


def _own_salt(salt: bytes, pseudonym: str) -> str:
    """Return the salt of one name, from which those of the others cannot be told."""
    return hmac.new(salt, pseudonym.encode(), hashlib.sha256).hexdigest()


class _Mask:
    """What stands for each name and identifier of one record."""

    def __init__(
        self, record: Mapping[str, Any], implied: Mapping[str, Mapping[str, str]], salt: bytes
    ) -> None:
        people = sorted(
            ((item["id"], item.get("name")) for item in record["people"]),
            key=lambda item: hmac.new(
                salt, item[0].encode("utf-8", "surrogatepass"), hashlib.sha256
            ).digest(),
        )
        named = {name for _, name in people}
        alone = [(None, name) for name in _expert_names(record) if name not in named]
        holders: list[tuple[str | None, str | None]] = [*people, *alone]
        self._letters = _unused_letters(text for text, _ in _spellings(("", holder) for holder in holders))
        pseudonyms = [self._letters.number(index) for index in range(1, len(holders) + 1)]
        self.known = {key: name for key, (_, name) in zip(pseudonyms, holders, strict=True) if name}
        self._identifiers = {
            identifier: key for key, (identifier, _) in zip(pseudonyms, holders, strict=True) if identifier
        }
        self._names = Names([*_spellings(zip(pseudonyms, holders, strict=True))])
        self._neutral(record)
        for name, item in implied.items():
            if item["source"] in self._identifiers:
                self._identifiers[name] = f"{self._identifiers[item['source']]}~{item['kind']}"

    def of_report(self, name: str, value: Any) -> Any:
        """Return one part of a report's data, masked."""
        if name == "record":
            return self._record(value)
        if name == "advice":
            return [dict(item, place=self._place(item["place"])) for item in value]
        if name == "plans":
            return [self._identifier(item) for item in value]
        if name == "implied":
            return {
                self._identifier(act): dict(item, source=self._identifier(item["source"]))
                for act, item in value.items()
            }
        if name == "conclusions":
            return [self._conclusion(item) for item in value]
        return [self._verdict(item) for item in value]

    def _neutral(self, record: Mapping[str, Any]) -> None:
        """Give every other identifier that holds a name, or is made from content that may, a neutral one."""
        found = sorted(
            (item.get("kind", ""), item.get("date", ""), item["id"])
            for kind in ("units", "documents", "drafts", "acts")
            for item in record[kind]
            if self._names.within(item["id"]) or _from_content(item)
        )
        taken = {item["id"] for kind in ("units", "documents", "drafts", "acts") for item in record[kind]}
        fresh = (f"{self._letters.number(index)}{self._letters.mark}" for index in count(1))
        unused = (identifier for identifier in fresh if identifier not in taken)
        for _, _, identifier in found:
            self._identifiers[identifier] = next(unused)

    def _identifier(self, value: str) -> str:
        return self._identifiers.get(value, value)

    def _record(self, value: Any, field: str = "") -> Any:
        if isinstance(value, dict):
            masked = {name: self._record(item, name) for name, item in value.items()}
            return self._holder(masked, value, field) if field in _HOLDERS and "name" in value else masked
        if isinstance(value, list):
            return [self._record(item, field) for item in value]
        if not isinstance(value, str):
            return value
        if field in IDENTIFIERS:
            return self._identifier(value)
        if field in STRUCTURED_TEXTS:
            return self._structured(value)
        return self._text(value) if field in FREE_TEXTS else value

    def _holder(self, masked: dict[str, Any], value: Mapping[str, Any], field: str) -> dict[str, Any]:
        """Return a person or expert whose name is surely a pseudonym, whatever characters it consists of."""
        if field == "people":
            return dict(masked, name=self._identifiers[value["id"]])
        return dict(masked, name=self._names.whole(value["name"]) or WITHHELD)

    def _structured(self, value: str) -> str:
        whole = self._names.whole(value)
        if whole is not None:
            return whole
        return WITHHELD if self._names.within(value) else value

    def _text(self, value: str) -> str:
        return WITHHELD if self._names.short_within(value) else self._names.replaced(value)

    def _conclusion(self, item: Mapping[str, Any]) -> dict[str, Any]:
        return dict(
            item,
            values=self._facts(item["values"]),
            premises=[dict(premise, values=self._facts(premise["values"])) for premise in item["premises"]],
        )

    def _facts(self, values: Mapping[str, str]) -> dict[str, str]:
        return {name: self._token(name, value) for name, value in values.items()}

    def _token(self, name: str, value: str) -> str:
        if name == "party":
            kind, _, known = value.partition(":")
            masked = self._structured(known) if kind == "name" else self._identifier(known)
            return f"{kind}:{masked}" if known else value
        return self._identifier(value) if name in ("act", "of", "unit", "person") else value

    def _verdict(self, item: Mapping[str, Any]) -> dict[str, Any]:
        act = item["act"]
        return dict(
            item,
            act=None if act is None else self._identifier(act),
            edges=list(item["edges"]),
            missing=[self._place(place) for place in item["missing"]],
            trees={name: self._tree(tree) for name, tree in item["trees"].items()},
        )

    def _tree(self, tree: Mapping[str, Any]) -> dict[str, Any]:
        children = [self._tree(child) for child in tree["children"]]
        return dict(
            tree, value=self._value(tree["value"]), place=self._place(tree["place"]), children=children
        )

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(item) for item in value]
        if isinstance(value, dict):
            return {name: self._value(item) for name, item in value.items()}
        if not isinstance(value, str):
            return value
        known = self._identifiers.get(value)
        if known is not None:
            return known
        return WITHHELD if "name=" in value else self._text(value)

    def _place(self, place: str) -> str:
        head, bracket, rest = place.partition("acts[")
        if not bracket:
            return place
        act, end, tail = rest.partition("]")
        return head + bracket + self._identifier(act) + end + tail


def _expert_names(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names that stand on an expert alone, in an order that depends on them last."""
    found = [
        (act["id"], json.dumps(expert | {"name": ""}, sort_keys=True), expert["name"])
        for act in record["acts"]
        for expert in act.get("experts", ())
        if expert.get("name")
    ]
    yield from dict.fromkeys(name for _, _, name in sorted(found))


def _spellings(
    holders: Iterable[tuple[str, tuple[str | None, str | None]]],
) -> Iterator[tuple[str, str]]:
    """Yield each text that gives a person away, with the pseudonym; an identifier in ASCII is a mere key."""
    for pseudonym, (identifier, name) in holders:
        if name:
            yield name, pseudonym
        if identifier and not identifier.isascii():
            yield identifier, pseudonym


def _from_content(item: Mapping[str, Any]) -> bool:
    """Say whether an identifier was made from the content of an act: a guessed name could be tried on it."""
    return re.fullmatch(rf"{re.escape(item.get('kind', ''))}-[0-9a-f]{{10}}", item["id"]) is not None


class _Letters(NamedTuple):
    """The characters of pseudonyms: none of them stands in any name."""

    prefix: str
    digits: str
    mark: str

    def number(self, number: int) -> str:
        """Return a pseudonym such as `P12`."""
        return self.prefix + "".join(self.digits[int(digit)] for digit in str(number))


_PREFIXES = ("P", "人员", "Q", "某", "◇", "◆", "□", "■", "△", "▽")
_DIGITS = ("0123456789", "〇一二三四五六七八九", "ABCDEFGHIJ", "▁▂▃▄▅▆▇█▉▊")
_MARKS = ("号", "x", "☆", "★", "○", "●")


def _unused_letters(names: Iterable[str]) -> _Letters:
    used = set("".join(fold(name) for name in names))

    def free(candidates: tuple[str, ...]) -> str:
        found = next((item for item in candidates if used.isdisjoint(fold(item))), None)
        if found is None:
            raise UnusableArgument("姓名用尽了代号可用的字符 the names leave no characters for pseudonyms")
        return found

    return _Letters(free(_PREFIXES), free(_DIGITS), free(_MARKS))


__all__ = [
    "FREE_TEXTS",
    "IDENTIFIERS",
    "STRUCTURED_TEXTS",
    "WITHHELD",
    "Masked",
    "Opening",
    "commitment",
    "mask_report",
    "opens",
]
