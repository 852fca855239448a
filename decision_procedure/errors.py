"""One tree of exceptions: unusable input, badly configured law, a failing engine.

A breach of the law is never an exception: it is a finding in the report.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """Return the known word most like one that there is not; None: none is like it by at least `least` of 1."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=least)), None)


def hint(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """Return the nearest known word as a hint at the end of a message, or nothing."""
    found = nearest(word, known, least)
    return f" → {found}?" if found else ""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing wrong in one place of a file.

    `line` is counted from 1; None when the place has no line (an empty file, a whole archive).
    `key` is the path inside the file, such as `acts[3].end`; empty for the file itself.
    `zh` and `en` say the same thing in Chinese and English.
    """

    file: str
    line: int | None
    key: str
    zh: str
    en: str

    def text(self, lang: str = "zh") -> str:
        """Return `file:line: key: message` in the language asked for (`zh` or `en`)."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        message = self.zh if lang == "zh" else self.en
        return f"{where}: {self.key}: {message}" if self.key else f"{where}: {message}"


def folded(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults as people are told of them: where one thing is wrong in many places alike, the first and how many."""
    alike: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.file, _NUMBER.sub("[]", fault.key), fault.zh), []).append(fault)
    told = (fault for found in alike.values() for fault in _folded(found))
    return sorted(told, key=lambda fault: (fault.file, fault.line or 0))


def _folded(alike: list[Fault]) -> list[Fault]:
    if len(alike) < _MANY:
        return alike
    first, number = alike[0], len(alike)
    return [
        replace(first, zh=f"{first.zh}（同样的共 {number} 处）", en=f"{first.en} ({number} places alike)")
    ]


_NUMBER = re.compile(r"\[\d+\]|(?<=![A-Z])\d+$|(?<=![A-Z]{2})\d+$")
_MANY = 4


class DecisionProcedureError(Exception):
    """Base of every error that this library raises on purpose."""


class FaultyInput(DecisionProcedureError):
    """A file that cannot be used; `faults` lists everything wrong with it, in file and line order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(
            sorted(set(faults), key=lambda f: (f.file, f.line or 0, f.key, f.en))
        )
        super().__init__(self.text("en"))

    def text(self, lang: str = "zh") -> str:
        """Return all faults, one on each line."""
        return "\n".join(fault.text(lang) for fault in self.faults)

    def __reduce__(self) -> tuple[type[FaultyInput], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class UnusableInput(FaultyInput):
    """A record or catalogue that a county handed in cannot be read."""


class BadPack(FaultyInput):
    """A file of law or of production rules is badly written."""


class UnusableArgument(DecisionProcedureError):
    """A caller gave an argument that cannot be used (an unknown duty, step, language); `choices` are what it may mean."""

    def __init__(self, message: str, choices: Iterable[str] = ()) -> None:
        self.message, self.choices = message, tuple(choices)
        super().__init__("\n  ".join([message, *self.choices]))

    def __reduce__(self) -> tuple[type[UnusableArgument], tuple[str, tuple[str, ...]]]:
        return type(self), (self.message, self.choices)


def check_word(word: object, known: Iterable[str], zh: str, en: str) -> None:
    """Raise UnusableArgument for what is none of the known words: `zh` and `en` say so, the nearest and all are named."""
    known = tuple(known)
    if word not in known:
        text = str(word)[:40]
        raise UnusableArgument(f"{zh} {en}: {text}{hint(text, known)} ({', '.join(known)})")


class CannotDraw(DecisionProcedureError):
    """A picture cannot be drawn well on this machine; the message says why and what helps. SVG always can."""


class Unchecked(DecisionProcedureError):
    """One record of many that could not be checked; the others were.

    `index` counts from 0 in the order in which the records were given; `record` is what the record is called. The
    message tells only the kind of the error behind it, whose text may hold personal data.
    """

    def __init__(self, index: int, record: str, cause: BaseException | str) -> None:
        self.index, self.record = index, record
        self.kind = cause if isinstance(cause, str) else type(cause).__name__
        self.faults = cause.faults if isinstance(cause, FaultyInput) else ()
        number = index + 1
        super().__init__(
            f"第 {number} 份案卷未能核查 record {number} could not be checked ({self.kind}): {record}"
        )

    def __reduce__(self) -> tuple[type[Unchecked], tuple[int, str, str], dict[str, tuple[Fault, ...]]]:
        return type(self), (self.index, self.record, self.kind), {"faults": self.faults}


class BrokenRun(DecisionProcedureError):
    """A run over many records whose executor can take no more.

    `unchecked` are the records that it held and did not check, in order; all records after the last of them are
    unchecked too. `finished` are reports that came out of their order, as `(index, report)`.
    """

    def __init__(self, unchecked: Iterable[Unchecked], finished: Iterable[tuple[int, object]] = ()) -> None:
        self.unchecked, self.finished = tuple(unchecked), tuple(finished)
        names = "; ".join(f"{item.index + 1} {item.record}" for item in self.unchecked)
        super().__init__(
            f"执行器已失效，下列案卷及其后的案卷未核查 the executor broke: unchecked are these records and all after them: {names}"
        )


class EngineFailure(DecisionProcedureError):
    """The rule engine lost a fact or a rule; no conclusion of that run may be used."""


class Beyond(DecisionProcedureError):
    """A working-day question reaches beyond the last year whose holidays are published."""
