"""Renewing: fingerprints of version 1, in files of waivers and baselines, give way to those of version 2.

A fingerprint is renewed where a record of today still shows the finding: by that fingerprint itself, or by the
record, duty and act named beside it. Everything else in the file stays as it was written, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from decision_procedure.errors import Fault, UnusableArgument
from decision_procedure.results.baseline import load_baseline
from decision_procedure.results.fingerprints import VERSION, Target, fingerprints, record_key, version_of
from decision_procedure.results.first_fingerprints import first_acts, first_fingerprints
from decision_procedure.results.report import Report
from decision_procedure.results.waiver_files import load_waivers
from decision_procedure.sources import read_json, read_source, read_yaml

_LEFT = (
    "问题指纹由第 1 版生成，所给案卷中没有与之对应的问题，未更新",
    "its fingerprint was made by version 1, and the records given show no such finding: left as it is",
)
_KEYS = ("fingerprints", "指纹版本")
_STATED = re.compile(r"""(?P<before>"?(?:fingerprints|指纹版本)"?\s*:\s*)[12]\b""")
_IN_BRACES = re.compile(r"""[{,](?P<space>\s*)"(?P<schema>schema|格式版本)"\s*:\s*1\b""")
_ON_LINES = re.compile(r"(?m)^\ufeff?(?P<schema>schema|格式版本)[ \t]*:[ \t]*1\b[^\r\n]*")


class Renewed(NamedTuple):
    """A file as it is now, how many fingerprints were renewed in it, and those that could not be."""

    text: str
    number: int
    left: tuple[Fault, ...]


class _Entry(NamedTuple):
    """A fingerprint of version 1, and the finding named beside it; None: not named in full."""

    fingerprint: str
    record: str | None
    target: Target | None


class Renewal:
    """One file to be renewed by the reports on records of today. Raises UnusableInput for a file that is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._source = read_source(path)
        self._text = path.read_bytes().decode("utf-8")
        found = self._baseline() if _is_baseline(self._source.data) else self._waivers()
        self._entries = [entry for entry in found if version_of(entry.fingerprint) != VERSION]
        self._new: dict[str, str] = {}

    def add(self, report: Report) -> None:
        """Match what is left with the findings of a report."""
        record, left = (
            record_key(report.decision),
            [e for e in self._entries if e.fingerprint not in self._new],
        )
        ours = [entry for entry in left if entry.record in (None, record)]
        if not ours:
            return
        now, acts = fingerprints(report), first_acts(report)
        before = {name: target for target, name in first_fingerprints(report).items()}
        for entry in ours:
            duty, act = entry.target or ("", None)
            target = before.get(entry.fingerprint, (duty, acts.get(act or "", act)))
            if target in now:
                self._new[entry.fingerprint] = now[target]
                self._new |= {act: acts[act]} if act in acts else {}

    def result(self) -> Renewed:
        """Return the file with what was matched. Raises UnusableArgument where it cannot be rewritten in place."""
        text = self._text
        for old, new in self._new.items():
            text = text.replace(old, new)
        left = [entry for entry in self._entries if entry.fingerprint not in self._new]
        if not left:
            text = _stating(text)
        self._compare(text, stated=not left)
        faults = tuple(
            Fault(str(self.path), self._line(entry.fingerprint), entry.fingerprint, *_LEFT) for entry in left
        )
        return Renewed(text, sum(entry.fingerprint in self._new for entry in self._entries), faults)

    def _waivers(self) -> list[_Entry]:
        return [
            _Entry(item.finding, item.record, (item.duty or "", item.act) if item.names_all else None)
            for item in load_waivers(self.path)
            if item.finding is not None
        ]

    def _baseline(self) -> list[_Entry]:
        found = load_baseline(self.path)
        return [_Entry(item.fingerprint, item.record, (item.duty, item.act)) for item in found]

    def _line(self, fingerprint: str) -> int:
        return self._text.count("\n", 0, self._text.index(fingerprint)) + 1

    def _compare(self, text: str, *, stated: bool) -> None:
        """Make sure that the new text says what the old one did, but for the fingerprints and their version."""
        read = read_json if self.path.suffix.lower() == ".json" else read_yaml
        data = read(text, str(self.path)).data
        expected = _renamed(self._source.data, self._new)
        if stated:
            expected[next((key for key in _KEYS if key in data), _KEYS[0])] = VERSION
        if data != expected:
            raise UnusableArgument(f"无法就地更新，请手工修改 cannot be rewritten in place: {self.path}")


def _is_baseline(data: Any) -> bool:
    return isinstance(data, Mapping) and any(name in data for name in ("findings", "问题"))


def _renamed(data: Any, names: Mapping[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _renamed(value, names) for key, value in data.items()}
    if isinstance(data, list):
        return [_renamed(value, names) for value in data]
    return names.get(data, data) if isinstance(data, str) else data


def _stating(text: str) -> str:
    """Return the text of a file that states the version of its fingerprints, after that of its form."""
    if _STATED.search(text):
        return _STATED.sub(rf"\g<before>{VERSION}", text, count=1)
    match = _IN_BRACES.search(text)
    if match:
        stated = f',{match["space"]}"{_KEYS[match["schema"] != "schema"]}": {VERSION}'
    else:
        match = _ON_LINES.search(text)
        newline = "\r\n" if "\r\n" in text else "\n"
        stated = "" if match is None else f"{newline}{_KEYS[match['schema'] != 'schema']}: {VERSION}"
    return text if match is None else text[: match.end()] + stated + text[match.end() :]
