"""What can be wrong with a text, collected until there is nothing left to look at."""

from __future__ import annotations

from typing import NamedTuple

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.sources.characters import spelt

MAX_BYTES = 20_000_000
MAX_DEPTH = 40
MAX_NODES = 1_000_000
MAX_FAULTS = 1_000
MAX_DIGITS = 18

Path = tuple[str | int, ...]


class Flaw(NamedTuple):
    """One thing wrong, in Chinese and English; where it is, the caller knows."""

    zh: str
    en: str


EMPTY = Flaw("内容是空的", "there is nothing in it")
TOO_LARGE = Flaw(f"过大，上限 {MAX_BYTES} 字节", f"too large: the limit is {MAX_BYTES} bytes")
TOO_DEEP = Flaw(f"嵌套超过 {MAX_DEPTH} 层", f"nested deeper than {MAX_DEPTH} levels")
TOO_MUCH = Flaw(f"内容超过 {MAX_NODES} 项", f"more than {MAX_NODES} values")
HALF = Flaw("文字中有残缺字符", "a text holds half a character (a lone surrogate)")
TOO_MANY = Flaw(f"仅列出 {MAX_FAULTS} 处问题", f"only {MAX_FAULTS} faults are listed")
NUL = Flaw("文字中有空字符 (NUL)", "a text holds the character NUL")
DIGITS = Flaw(
    f"数字超过 {MAX_DIGITS} 位或者超出范围，请加引号写成文字",
    f"a number of more than {MAX_DIGITS} digits or out of range: put it in quotes, as a text",
)


class Faults:
    """Collects the faults of one file; past `MAX_FAULTS` it only says that there are more."""

    def __init__(self, file: str, first_line: int = 1) -> None:
        self.file = file
        self.first_line = first_line
        self.found: list[Fault] = []

    def add(self, line: int | None, path: Path, flaw: Flaw) -> None:
        """Remember a flaw of the part at `path`; `()` is the whole file."""
        if len(self.found) < MAX_FAULTS:
            self.found.append(Fault(self.file, line, path_text(path), flaw.zh, flaw.en))
        elif len(self.found) == MAX_FAULTS:
            self.found.append(Fault(self.file, line, "", *TOO_MANY))

    def fatal(self, line: int | None, flaw: Flaw) -> UnusableInput:
        """Return the error to raise when reading cannot go on, with everything found so far."""
        self.add(line, (), flaw)
        return UnusableInput(self.found)

    def raise_any(self) -> None:
        """Raise UnusableInput if anything was found."""
        if self.found:
            raise UnusableInput(self.found)


def path_text(path: Path) -> str:
    """Return a path for people to read: `acts[3].end`. Long keys are cut, invisible characters spelt out."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{shown(part)}" if text else shown(part)
    return text


def shown(text: str) -> str:
    """Return untrusted text fit for a message: at most 60 characters, none of them invisible."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return spelt(short)


def translated(problem: str, table: dict[str, str]) -> str:
    """Return the Chinese of a parser's message: the entry of the first key found in it, else the message."""
    return next((zh for part, zh in table.items() if part in problem), shown(problem))
