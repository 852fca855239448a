"""YAML as a record needs it: texts, whole and decimal numbers, true, false, null, lists, mappings.

Only the events of the parser are used, so nothing is resolved, constructed or recursed into. A plain value
is a number, `true`, `false` or nothing (`null`, `~`, empty) and otherwise text: `2023-03-06`, `yes`, `0x1F`,
`12:30`, `007` and `1e3` are texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from decision_procedure.sources.faults import Faults, Flaw, shown, translated
from decision_procedure.sources.tree import Builder, SourceNode, is_within, line_of, number, text_flaw

# The parser in C is ten times as fast and gives the same events; not every platform has it.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML forbids as plain text, and what it takes for a line break where an editor shows none.
_INVISIBLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_MOST_INVISIBLE = 20

# What looks like a text cut short: in a comment a space follows the mark.
_CUT = re.compile(r"[ \t]+#[^\W_]")

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}

_ALIAS = Flaw(
    "不允许使用别名（以 * 开头的文字请加引号）", "aliases are not allowed (quote a text that begins with *)"
)
_ANCHOR = Flaw(
    "不允许使用锚点（以 & 开头的文字请加引号）", "anchors are not allowed (quote a text that begins with &)"
)
_TAG = Flaw(
    "不允许使用标签（以 ! 开头的文字请加引号）", "tags are not allowed (quote a text that begins with !)"
)
_HASH = Flaw(
    "空格后的 # 起头的内容会被当作注释略去：是文字的请把整个值加引号，是注释的请在 # 后加空格",
    "what follows a # after a space is dropped as a comment: quote the value if it belongs to it, "
    "or put a space after the # of a comment",
)
_MERGE = Flaw("不允许使用合并键 <<", "merge keys (<<) are not allowed")
_SECOND = Flaw("只能有一个文档（多余的 ---）", "only one document is allowed (a second ---)")
_TAB = Flaw("缩进须用空格，不能用制表符 (Tab)", "indent with spaces, not with tabs")

_PROBLEMS = {
    "mapping values are not allowed": "此处不能再有冒号（检查缩进；含冒号的文字请加引号）",
    "could not find expected ':'": "缺少冒号（须用半角冒号加空格）",
    "cannot start any token": "此字符不能开头，请加引号",
    "unexpected end of stream": "引号没有结束",
    "',' or ']'": "方括号内缺少逗号，或者括号没有结束",
    "',' or '}'": "花括号内缺少逗号，或者括号没有结束",
    "expected '-' indicator": "列表项应以 - 开头，且与上一项对齐",
    "expected key": "此处应有键（检查缩进）",
    "block end": "缩进与上文不一致",
    "node content": "此处应有内容",
    "document start": "缩进与上文不一致，或者有多余的内容",
    "escape character": "转义符号 \\ 用法不对",
    "alphabetic or numeric": "以 * 或 & 开头的文字请加引号",
}


def find_invisible(text: str, faults: Faults) -> None:
    """Add a fault for each character that YAML forbids or that breaks lines unseen."""
    for match in _INVISIBLE.finditer(text):
        code = f"U+{ord(match[0]):04X}"
        flaw = Flaw(f"有看不见的字符 {code}，请删去", f"an invisible character, {code}: delete it")
        faults.add(line_of(text, match.start()), (), flaw)
        if len(faults.found) >= _MOST_INVISIBLE:  # each one costs a count of lines
            return


class DoubtfulError(Exception):
    """Something in a text needs a closer look: `compose_yaml` says what, and where."""


def load_yaml(text: str) -> Any:
    """Return the data of one document in which nothing can be wrong. Raises DoubtfulError for any other.

    That is most: it costs a third of building the tree first.
    """
    if _CUT.search(text):
        raise DoubtfulError
    parser = _PARSER(text)
    try:
        return _data_of(parser.get_event, has_escapes="\\" in text)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise DoubtfulError from error
    finally:
        parser.dispose()


def _data_of(next_event: Callable[[], Any], *, has_escapes: bool) -> Any:
    whole: list[Any] = []
    open_: list[Any] = [whole]
    keys: list[Any] = [_AWAITED]
    inner, key, nodes, documents = open_[0], _AWAITED, 0, 0
    while (event := next_event()) is not None:
        kind = type(event)
        if kind in _ENDS:
            open_.pop()
            inner, key = open_[-1], keys.pop()
            continue
        if kind not in _STARTS:
            documents += kind is yaml.DocumentStartEvent
            if kind is yaml.AliasEvent or documents > 1:
                raise DoubtfulError
            continue
        nodes += 1
        if event.anchor is not None or event.tag is not None:
            raise DoubtfulError
        value = _sound(event, has_escapes=has_escapes) if kind is yaml.ScalarEvent else _STARTS[kind]()
        if type(inner) is list:
            inner.append(value)
        elif key is not _AWAITED:
            inner[key] = value
            key = _AWAITED
        elif type(value) is str and value not in inner:
            key = value
        else:
            raise DoubtfulError
        if kind is not yaml.ScalarEvent:
            keys.append(key)
            open_.append(value)
            inner, key = value, _AWAITED
            if not is_within(nodes, len(open_) - 1):
                raise DoubtfulError
    if not whole or not is_within(nodes, 0):
        raise DoubtfulError
    return whole[0]


_AWAITED = object()
_ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))
_STARTS: dict[Any, Any] = {yaml.ScalarEvent: str, yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}


def _sound(event: Any, *, has_escapes: bool) -> Any:
    """Return the value of a scalar in which nothing is wrong."""
    text = event.value
    if event.style:
        if has_escapes and text_flaw(text):
            raise DoubtfulError
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _DIGITS and _NUMBER.fullmatch(text):
        value, flaw = number(text)
        if flaw:
            raise DoubtfulError
        return value
    if text == "<<":
        raise DoubtfulError
    return text


_DIGITS = frozenset("-0123456789")


def compose_yaml(text: str, faults: Faults) -> SourceNode | None:
    """Return the tree of one document; None when there is none. Raises UnusableInput for broken text."""
    tree = Builder(faults)
    documents = 0
    cut: int | None = None
    event: Any
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            line, end = event.start_mark.line + 1, event.end_mark
            if isinstance(event, yaml.NodeEvent):
                node = _node(event, line, is_cut=_CUT.match(text, end.index) is not None)
                if node.flaw is _HASH:
                    cut = end.line + 1
                tree.add(node)
            elif isinstance(event, yaml.CollectionEndEvent):
                tree.close()
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise faults.fatal(line, _SECOND)
    except yaml.MarkedYAMLError as error:
        place, flaw = _problem(error, text)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        name = type(error).__name__
        place, flaw = None, Flaw(f"YAML 无法解析：{name}", f"unusable YAML: {name}")
    else:
        return tree.root
    if cut is not None:  # very likely what broke the rest
        faults.add(cut, (), _HASH)
    raise faults.fatal(place, flaw)


def _node(event: Any, line: int, *, is_cut: bool) -> SourceNode:
    if isinstance(event, yaml.AliasEvent):
        return SourceNode(line, flaw=_ALIAS)
    flaw = _ANCHOR if event.anchor is not None else _TAG if event.tag is not None else None
    if not isinstance(event, yaml.ScalarEvent):
        return SourceNode(line, None, flaw, [], isinstance(event, yaml.MappingStartEvent))
    if event.style:
        return SourceNode(line, event.value, flaw or text_flaw(event.value))
    value, found = _plain(event.value)
    return SourceNode(line, value, flaw or (_HASH if is_cut else found))


def _plain(text: str) -> tuple[Any, Flaw | None]:
    if text in _WORDS:
        return _WORDS[text], None
    if _NUMBER.fullmatch(text):
        return number(text)
    return text, _MERGE if text == "<<" else text_flaw(text)


def _problem(error: yaml.MarkedYAMLError, text: str) -> tuple[int | None, Flaw]:
    problem, begun = error.problem or error.context or "", error.context_mark
    mark = error.problem_mark or begun
    if mark is None:
        return None, Flaw("YAML 语法错误", f"YAML syntax: {shown(problem)}")
    if text[mark.index : mark.index + 1] == "\t":
        return mark.line + 1, _TAB
    zh, en = translated(problem, _PROBLEMS), shown(problem)
    if begun is not None and begun.line != mark.line:
        zh, en = f"{zh}（始于第 {begun.line + 1} 行）", f"{en} (begun on line {begun.line + 1})"
    return mark.line + 1, Flaw(f"YAML 语法错误：{zh}", f"YAML syntax: {en}")
