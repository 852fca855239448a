"""What a report was made with: the texts of the law, the calendar, the engines."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from decision_procedure import rules
from decision_procedure.keeping.receipts.canonical import canonical_json
from decision_procedure.keeping.receipts.digests import Digest
from decision_procedure.law.applicable import Law, standard_law

_LIBRARIES = ("durable-rules", "networkx", "pydantic", "PyYAML")
_LANGUAGE = ("law/expression.py", "law/functions.py", "law/evidence.py", "law/types.py")
_NOT_DECIDING = ("cli", "render", "diagrams", "exchange", "receipts", "ledger", "rules")


@lru_cache(maxsize=8)
def rule_texts(law: Law) -> Mapping[str, str]:
    """Return every file of a law and of the production rules as `place/name.yaml` → text, in order of name.

    A file that does not travel with the library is named after the place and the identifier of its instrument,
    wherever it stands. Raises UnusableArgument for an instrument that was changed after it was loaded.
    """
    found = {name: rules.text(name) for name in ("inference.yaml", "register.yaml")}
    return MappingProxyType(dict(sorted((found | dict(law.texts())).items())))


def own_rules(law: Law) -> tuple[str, ...]:
    """Return the names of those files of a law that do not travel with the library as they are."""
    shipped = rule_texts(standard_law())
    return tuple(name for name, text in rule_texts(law).items() if shipped.get(name) != text)


def package_version() -> str:
    """Return the version of this library as installed; `unknown` where its sources run without being installed."""
    try:
        return version("decision-procedure")
    except PackageNotFoundError:
        return "unknown"


@lru_cache(maxsize=1)
def calendar_version() -> str:
    """Return the version of `chinesecalendar`."""
    return version("chinesecalendar")


@lru_cache(maxsize=1)
def calendar_digest() -> Digest:
    """Return the fingerprint of the days it knows: each holiday and each make-up day, with its name."""
    from chinese_calendar.constants import holidays, workdays

    days = {
        "holidays": {day.isoformat(): str(name) for day, name in holidays.items()},
        "workdays": {day.isoformat(): str(name) for day, name in workdays.items()},
    }
    return Digest.of(canonical_json(days))


@lru_cache(maxsize=1)
def engine_versions() -> Mapping[str, str]:
    """Return the version of each part that decides or writes a report.

    `code` and `expression-language` are SHA-256 hashes of the library's own source and words, so that a change without
    a new version is seen too.
    """
    found = {name: version(name) for name in _LIBRARIES}
    found["decision-procedure"] = package_version()
    found["python"] = f"{sys.version_info.major}.{sys.version_info.minor}"
    sources = dict(_files(files("decision_procedure"), "", (".py", "words.yaml")))
    found["expression-language"] = _hash({name: sources[name] for name in _LANGUAGE})
    found["code"] = _hash(
        {name: text for name, text in sources.items() if name.partition("/")[0] not in _NOT_DECIDING}
    )
    return MappingProxyType(dict(sorted(found.items())))


def _files(folder: Traversable, prefix: str, suffix: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            yield from _files(entry, f"{prefix}{entry.name}/", suffix)
        elif entry.name.endswith(suffix) and not entry.name.startswith("."):
            yield f"{prefix}{entry.name}", entry.read_text(encoding="utf-8")


def _hash(texts: Mapping[str, str]) -> str:
    return hashlib.sha256(canonical_json(dict(texts))).hexdigest()
