"""Changes of valid data and texts that keep most of what was valid, so that they reach behind the first look."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random
from typing import Any

import yaml

from tools.fuzz.records import parts

HOSTILE = (
    "", " ", "\0", "\x1b[31m", "\x85", "\r\n", "\u2028", "\u202e", "\u034f", "\ufeff", "\ud800", "\U000e0041", "e\u0301\u20dd",
    "~1", "〔P1〕", "{0}", "%s", "%(x)s", "$1", "\\1", "(?P<", "[", "]]>", "<!--", "<b>&amp;", "'", '"', "`", "=1+1", "@x", "|",
    "::error::", "##vso[x]", "../..", "C:\\", "https://[", "—", "acts[0].id", "cn-713.15.1c", "all", "null", "true", "是", "无",
    "４４１２２３", "٣", "½", "²", "0x1F", "1e9", "2024-02-30", "2024-13", "0000-00-00", "9999-12-31", "2024.6", "2024年六月",
    "2024-06-06T24:00", "T", "昨天", "第三条", "《", "》", "〔", "国令第713号", "ﬁ", "İ", "ß", "𠮷" * 40, "张" * 3_000,
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 10**9, 10**18, -(10**30), 0.5, 1e308, [], {}, [[]], [None], {"": ""}, {"id": "x"},
    {"says": []}, {"says": [{"document": "x", "value": 1}]},
)  # fmt: skip
_TOKENS = re.compile(r"\w+|\s+|.", re.DOTALL)
_MOST = 300


class Pool:
    """Values of valid data by their keys, to put in place of others."""

    def __init__(self, seeds: Sequence[Any]) -> None:
        self._values: dict[str, list[Any]] = {}
        for holder, key in (place for seed in seeds for place in parts(seed)):
            if isinstance(key, str):
                self._values.setdefault(key, []).append(holder[key])
        self._keys = sorted(self._values)

    def key(self, source: Random) -> str:
        """Return some key."""
        return source.choice(self._keys)

    def value(self, key: str | int, source: Random) -> Any:
        """Return a value that some data have under a key, or under any where none has it."""
        found = self._values.get(key) if isinstance(key, str) else None
        return copy.deepcopy(source.choice(found or self._values[self.key(source)]))


def changed(data: Any, source: Random, pool: Pool, times: int) -> Any:
    """Return a copy of data that differs from it in up to so many places."""
    data = {"": copy.deepcopy(data)}
    for _ in range(times):
        found = [*parts(data[""])] if isinstance(data[""], dict | list) else []
        if found:
            holder, key = source.choice(found)
            source.choice(_CHANGES)(holder, key, source, pool)
    return data[""]


def _drop(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    del holder[key]


def _transplant(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    holder[key] = pool.value(key if source.random() < 0.7 else pool.key(source), source)


def _make_odd(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    holder[key] = copy.deepcopy(source.choice(ODD + HOSTILE))


def _write_between(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    if isinstance(holder[key], str):
        place = source.randint(0, len(holder[key]))
        holder[key] = holder[key][:place] + source.choice(HOSTILE) + holder[key][place:]


def _recombine(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    """Put words of other texts into a text: a condition stays nearly one, a date nearly a date."""
    if not isinstance(holder[key], str):
        return
    tokens = _TOKENS.findall(holder[key])
    others = [
        *tokens,
        *_TOKENS.findall(str(pool.value(key, source))),
        "(",
        ")",
        " and ",
        " not ",
        "act.",
        "0",
        "1",
    ]
    for _ in range(source.randint(1, 3)):
        place = source.randint(0, len(tokens))
        tokens[place : place + source.randint(0, 2)] = source.choices(others, k=source.randint(0, 2))
    holder[key] = "".join(tokens)


def _repeat(holder: Any, key: Any, source: Random, pool: Pool) -> None:
    if isinstance(holder, list):
        holder[key:key] = [copy.deepcopy(holder[key]) for _ in range(source.choice((1, 2, _MOST)))]


def _wrap(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    held = holder[key]
    holder[key] = source.choice(
        ([held], [held, copy.deepcopy(held)], {"id": held}, {"says": [{"value": held}]})
    )


def _unwrap(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    inner = [*holder[key].values()] if isinstance(holder[key], dict) else holder[key]
    if isinstance(inner, list) and inner:
        holder[key] = source.choice(inner)


def _add(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    if isinstance(holder, dict):
        name = pool.key(source)
        holder[name] = pool.value(name, source)
    else:
        holder.append(pool.value(key, source))


def _rename(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    if isinstance(holder, dict):
        holder[source.choice((pool.key(source), source.choice(HOSTILE), f"{key}x"))] = holder.pop(key)


def _swap(holder: Any, key: str | int, source: Random, pool: Pool) -> None:
    other = source.choice([*holder] if isinstance(holder, dict) else range(len(holder)))
    holder[key], holder[other] = holder[other], holder[key]


_CHANGES: tuple[Callable[[Any, Any, Random, Pool], None], ...] = (
    _drop, _transplant, _transplant, _transplant, _make_odd, _write_between, _recombine, _recombine, _repeat, _wrap, _unwrap,
    _add, _add, _rename, _swap,
)  # fmt: skip


def written(data: Any, source: Random, suffix: str) -> bytes:
    """Return data as the text of a file with a suffix; one in twenty is then scratched."""
    text = json.dumps(data, ensure_ascii=source.random() < 0.3)
    if suffix == ".yaml":
        with suppress(UnicodeEncodeError):  # what YAML cannot say stays JSON, which is YAML as well
            text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=200)
    found = text.encode("utf-8", "surrogatepass")
    return scratched(found, source) if source.random() < 0.05 else found


def scratched(data: bytes, source: Random) -> bytes:
    """Return bytes with some of them changed, gone, doubled or put in."""
    for _ in range(source.choice((1, 1, 1, 2, 5))):
        start = source.randint(0, len(data))
        end = min(len(data), start + source.choice((0, 1, 1, 4, 30, 500)))
        middle = source.choice((
            b"", data[start:end] * 2, bytes(source.randrange(256) for _ in range(min(4, end - start))),
            source.choice(HOSTILE).encode("utf-8", "surrogatepass"),
        ))  # fmt: skip
        data = data[:start] + middle + data[end:]
    return data[: source.randint(0, len(data))] if source.random() < 0.05 else data


class _Dumper(yaml.CSafeDumper if hasattr(yaml, "CSafeDumper") else yaml.SafeDumper):  # type: ignore[misc]
    """Writes what stands twice twice: aliases are refused."""

    def ignore_aliases(self, _: Any) -> bool:
        return True
