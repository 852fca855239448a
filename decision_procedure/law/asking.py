"""What a duty asks of the content of an act, field by field, read off its condition."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from decision_procedure.law.language import parsed
from decision_procedure.law.loading import Rule
from decision_procedure.law.opinions import PLAINLY_FAVOURABLE
from decision_procedure.law.spans import number_in
from decision_procedure.model.kinds import Kinds
from decision_procedure.model.sorts import models_in, sort_of

Content = dict[str, Any]


@lru_cache(maxsize=4096)
def listed_in(rule: Rule) -> frozenset[str]:
    """Return the kinds of act that the condition of a duty lists."""
    words = (
        str(item.value)
        for node in ast.walk(parsed(rule.duty.require))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in ("acts", "held", "last_opinion", *_OF_MEETINGS)
        for item in node.args
        if isinstance(item, ast.Constant)
    )
    by_word = (
        "deliberation"
        for node in ast.walk(parsed(rule.duty.require))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _OF_MEETINGS
    )
    return frozenset((*words, *by_word))


_OF_MEETINGS = ("decided_on_meeting", "risk_finding", "full_meeting")


def asked_of(rule: Rule, kind: str, kinds: Kinds) -> Content:
    """Return what the condition of one duty asks of acts of a kind, by field."""
    return _Asking(rule, kind, kinds).content()


def merge(found: Content, more: Mapping[str, Any]) -> None:
    """Add what another duty asks: lists grow, numbers rise, of two words the first stays."""
    for name, value in more.items():
        held = found.get(name)
        if isinstance(value, tuple) and isinstance(held, tuple):
            if held and isinstance(held[0], dict):
                found[name] = ({**value[0], **held[0]},)
            else:
                found[name] = held + tuple(item for item in value if item not in held)
        elif isinstance(value, int) and isinstance(held, int) and not isinstance(value, bool):
            found[name] = max(held, value)
        else:
            found.setdefault(name, value)


class _Asking:
    def __init__(self, rule: Rule, kind: str, kinds: Kinds) -> None:
        self._kind, self._model = kind, kinds.acts[kind]
        self._own = kind in rule.per
        self._rule = rule
        self._params = {name: param.value for name, param in rule.duty.params.items()}
        self._found: Content = {}

    def content(self) -> Content:
        """Return what is asked."""
        self._ask(parsed(self._rule.duty.require), "act" if self._own else "")
        return self._found

    def _ask(self, node: ast.expr, subject: str, *, holds: bool = True) -> bool:
        """Note what makes a part true (or false) of what `subject` stands for; say whether anything can be noted."""
        match node:
            case ast.BoolOp(op, parts):
                every = isinstance(op, ast.And) is holds
                asked = [self._ask(part, subject, holds=holds) for part in (parts if every else ())]
                return all(asked) if every else any(self._ask(part, subject, holds=holds) for part in parts)
            case ast.UnaryOp(ast.Not(), inner):
                return self._ask(inner, subject, holds=not holds)
            case ast.Call(ast.Name("first_known"), parts):
                return any(self._ask(part, subject, holds=holds) for part in parts)
            case ast.Attribute(ast.Name(owner), name) if owner == subject:
                return self._note(name, holds)
            case ast.Compare(left, [sign], [right]):
                return self._compared(left, sign, right, subject, holds=holds)
            case ast.Call(ast.Name(word), arguments):
                return self._word(word, arguments, subject, holds=holds)
        return False

    def _note(self, name: str, value: object) -> bool:
        field = self._model.model_fields.get(name)
        if field is None or sort_of(field.annotation) == "date":
            return field is not None or name in ("done", "begun")
        merge(self._found, {name: value})
        return True

    def _compared(
        self, left: ast.expr, sign: ast.cmpop, right: ast.expr, subject: str, *, holds: bool
    ) -> bool:
        match left, sign, right:
            case ast.Attribute(ast.Name(owner), name), ast.Eq(), ast.Constant(value) if (
                owner == subject and holds
            ):
                return self._note(name, value)
            case ast.Attribute(ast.Name(owner), name), ast.In(), ast.List([ast.Constant(value), *_]) if (
                owner == subject and holds
            ):
                return self._note(name, value)
            case ast.Attribute(ast.Name(owner), name), ast.GtE(), limit if owner == subject and holds:
                number = number_in(limit, self._params)
                return number is not None and self._note(name, number)
            case ast.Call(ast.Name("risk_finding")), ast.Eq(), ast.Constant(value) if (
                self._kind == "deliberation"
            ):
                return self._note("risk_finding", value) and self._note("meeting_type", "executive")
            case ast.Call(ast.Name("decided_on_meeting")), ast.Eq(), _ if self._kind == "deliberation":
                return self._note("meeting_type", "executive")
            case ast.Call(ast.Name("last_opinion"), [ast.Constant(kind), *conditions]), ast.Eq(), _ if (
                kind == self._kind
            ):
                for condition in conditions:
                    self._ask(condition, "it")
                return self._note("conclusion", PLAINLY_FAVOURABLE[self._kind])
        return False

    def _word(self, word: str, arguments: Iterable[ast.expr], subject: str, *, holds: bool) -> bool:
        match word, [*arguments]:
            case ("covers", [ast.Attribute(ast.Name(owner), name), ast.List(items)]) if owner == subject:
                wanted = tuple(item.value for item in items if isinstance(item, ast.Constant))
                return self._note(name, wanted) and self._whole(name)
            case ("includes", [ast.Attribute(ast.Name(owner), name), ast.Constant(item)]) if owner == subject:
                return self._note(name, (item,)) and self._whole(name)
            case ("any_of", [ast.Call(ast.Name("acts"), kinds), condition]):
                named = [item.value for item in kinds if isinstance(item, ast.Constant)]
                return self._kind in named and self._ask(condition, "it", holds=holds)
            case ("any_of" | "all_of", [ast.Attribute(ast.Name(owner), name), condition]) if owner == subject:
                return self._members(name, condition)
            case ("last_speaker", _) if subject == "act":
                return False
            case ("full_meeting", _) if self._kind == "deliberation":
                return self._note("meeting_type", "executive")
            case ("known" | "document" | "before", _):
                return word == "known"
        return False

    def _members(self, name: str, condition: ast.expr) -> bool:
        """Note one member of a list that meets a condition on each."""
        field = self._model.model_fields.get(name)
        part = None if field is None else next(models_in(field.annotation), None)
        match condition:
            case ast.Compare(ast.Name("it"), [ast.In()], [ast.List([ast.Constant(value), *_])]):
                return self._note(name, (value,)) and self._whole(name)
        if part is None:
            return False
        flags = {
            flag: value
            for flag, value in _of_members(condition)
            if flag in part.model_fields and sort_of(part.model_fields[flag].annotation) == "flag"
        }
        self._found[name] = ({**self._found.get(name, ({},))[0], **flags},)
        return self._whole(name)

    def _whole(self, name: str) -> bool:
        if f"{name}_complete" in self._model.model_fields:
            self._note(f"{name}_complete", True)
        return True


def _of_members(condition: ast.expr) -> Iterator[tuple[str, bool]]:
    """Yield the flags of a member that meet a condition on it: of alternatives the last, and what it speaks of as so."""
    match condition:
        case ast.BoolOp(ast.And(), parts):
            for part in parts:
                yield from _of_members(part)
        case ast.BoolOp(ast.Or(), [*others, last]):
            yield from _of_members(last)
            for part in others:
                yield from ((name, not value) for name, value in _of_members(part))
        case ast.UnaryOp(ast.Not(), ast.Attribute(ast.Name("it"), name)):
            yield name, False
        case ast.Attribute(ast.Name("it"), name):
            yield name, True


__all__ = ["Content", "asked_of", "listed_in", "merge"]
