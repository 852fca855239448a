"""Who is named in a record, and what stands in the place of each name and of each identifier that gives one away."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

from decision_procedure.errors import UnusableArgument
from decision_procedure.masking.fields import leaves
from decision_procedure.masking.name_folding import FoldedNames, fold
from decision_procedure.model.decision import Decision

WITHHELD = "〔含姓名，隐去 withheld〕"
_LISTS = ("units", "documents", "drafts", "acts")
# A name that this library makes from content: a guessed name could be tried on it.
_FROM_CONTENT = re.compile(r"[a-z_]+-[0-9a-f]{10}")

_BRACKETED = re.compile(r"[(\[{〔【〈《].*?(?:[)\]}〕】〉》]|$)")
_LISTED = re.compile(r"[、,;/]")


class Holders:
    """What stands for each name and identifier of one report.

    `model` declares what its record holds; `known` gives the name behind each pseudonym; texts are masked by `text`, `title` and `identifier`.
    """

    def __init__(self, report: Mapping[str, Any], salt: bytes, model: type[Decision]) -> None:
        record, self._salt, self.model = report["record"], salt, model
        people = sorted(
            ((item["id"], item.get("name")) for item in record["people"]),
            key=lambda item: self._order(item[0]),
        )
        named = {name for _, name in people}
        alone = [(None, name) for name in dict.fromkeys(self._experts(record)) if name not in named]
        holders: list[tuple[str | None, str | None]] = [*people, *alone]
        self._public = frozenset(_public(record))
        shared = self._public | {
            post["post"] for item in record["people"] for post in item["posts"] if "post" in post
        }
        persons = FoldedNames(_spellings((("", holder) for holder in holders), shared))
        holders += [(None, name) for name in _authorities(report, self.model) if not persons.within(name)]
        self._letters = _unused_letters(
            text for text, _ in _spellings((("", holder) for holder in holders), shared)
        )
        pseudonyms = [self._letters.number(index) for index in range(1, len(holders) + 1)]
        both = list(zip(pseudonyms, holders, strict=True))
        self.known = {key: name for key, (_, name) in both if name}
        self.names = FoldedNames([*_spellings(both, shared)])
        self._identifiers = {identifier: key for key, (identifier, _) in both if identifier}
        self._acts = frozenset(item["id"] for item in record["acts"]) | report["implied"].keys()
        self._neutral(report)

    def identifier(self, value: str) -> str:
        """Return what stands for an identifier, which may be the identifier itself."""
        return self._identifiers.get(value, value)

    def is_known(self, value: str) -> bool:
        """Say whether a text is an identifier that gives way."""
        return value in self._identifiers

    def person(self, name: str) -> str:
        """Return what stands for a text that is the name of a person: never the text itself."""
        return self.names.whole(name) or WITHHELD

    def authority(self, name: str) -> str:
        """Return who stands for something: a unit of the record by its name, anybody else by a pseudonym."""
        if self.is_known(name):
            return self.identifier(name)
        if name in self._public:
            return self.title(name)
        return self.names.whole(name) or (self.text(name) if self.names.within(name) else WITHHELD)

    def title(self, text: str) -> str:
        """Return a name of a unit, body or post: whole where it holds no name."""
        whole = self.names.whole(text)
        if whole is not None:
            return whole
        return WITHHELD if self.names.within(text) else text

    def text(self, text: str) -> str:
        """Return a free text with its names masked; one that spells a name in codes is withheld whole."""
        shown = WITHHELD if self.names.short_within(text) else self.names.replaced(text)
        return WITHHELD if self.names.within(shown) else shown

    def place(self, place: str) -> str | None:
        """Return a place in the record, such as `acts[a12].start`, masked; None for a text that is no such place."""
        head, bracket, rest = place.partition("acts[")
        ends = (end.start() for end in re.finditer(r"\]", rest)) if bracket else ()
        end = next((end for end in ends if rest[:end] in self._acts), None)
        return None if end is None else head + bracket + self.identifier(rest[:end]) + rest[end:]

    def _order(self, identifier: str) -> bytes:
        """Return what puts identifiers in an order of which nobody without the salt can tell where it comes from.

        An identifier may be made from content that holds names: its own order would tell a guess from another.
        """
        return hmac.new(self._salt, identifier.encode(), hashlib.sha256).digest()

    def _experts(self, record: Mapping[str, Any]) -> Iterator[str]:
        """Yield the names of persons that stand in an act alone, in the order in which the act names them."""
        for act in sorted(record["acts"], key=lambda act: self._order(act["id"])):
            for name, role, _ in leaves({"acts": [act]}, self.model):
                if role == "person":
                    yield name

    def _neutral(self, report: Mapping[str, Any]) -> None:
        """Give every other identifier that holds a name, or is made from content that may, a neutral one."""
        record = report["record"]
        items = [
            (item.get("kind", ""), str(item.get("date", "")), item["id"])
            for kind in _LISTS
            for item in record[kind]
        ]
        if "id" in record:
            items.append(("", "", record["id"]))
        waivers = dict.fromkeys(item["waiver"] for item in (*report["waivers"], *report["waiver_notes"]))
        items += [("waiver", str(index), name) for index, name in enumerate(waivers)]
        found = sorted(
            (kind, day, self._order(name), name)
            for kind, day, name in items
            if self.names.within(name)
            or (_FROM_CONTENT.fullmatch(name) and name.startswith((f"{kind}-", "w-")))
        )
        taken = {name for _, _, name in items}
        fresh = (f"{self._letters.number(index)}{self._letters.mark}" for index in count(1))
        unused = (identifier for identifier in fresh if identifier not in taken)
        for *_, identifier in found:
            self._identifiers.setdefault(identifier, next(unused))
        for name, item in report["implied"].items():
            if item["source"] in self._identifiers:
                self._identifiers[name] = f"{self._identifiers[item['source']]}~{item['kind']}"
            elif self.names.within(name):
                self._identifiers[name] = next(unused)


def _authorities(report: Mapping[str, Any], model: type[Decision]) -> Iterator[str]:
    """Yield who stands for a waiver, a judgement or a statement and is no unit of the record: it may be a person."""
    record = report["record"]
    public = frozenset((*_public(record), *(item["id"] for item in (*record["units"], *record["people"]))))
    found = [name for name, role, _ in leaves(record, model) if role == "authority"]
    found += [item["approver"] for item in report["waivers"]]
    found += [item["by"] for item in report.get("judgements", ())]
    yield from dict.fromkeys(name for name in found if name not in public)


def _public(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names and identifiers of bodies in a record."""
    yield record["body"]["name"]
    for unit in record["units"]:
        yield unit["id"]
        yield unit["name"]
        yield from unit.get("aliases", ())


def _spellings(
    holders: Iterable[tuple[str, tuple[str | None, str | None]]], shared: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Yield each text that gives a person away, with the pseudonym; an identifier in ASCII is a mere key.

    `shared` are names of bodies and posts, which give nobody away.
    """
    for pseudonym, (identifier, name) in holders:
        if name:
            yield name, pseudonym
            for part in _parts(name, shared):
                yield part, pseudonym
        if identifier and not identifier.isascii():
            yield identifier, pseudonym


def _parts(name: str, shared: frozenset[str]) -> Iterator[str]:
    """Yield the names in a text that says more, such as `甲(县长)`, `县长甲` or `甲、乙`: what is bracketed is none."""
    for written in _LISTED.split(_BRACKETED.sub("、", unicodedata.normalize("NFKC", name))):
        part = written.strip()
        for post in sorted(shared, key=len, reverse=True):
            part = part.removeprefix(post).removesuffix(post).strip()
        if part and part != name:
            yield part


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
