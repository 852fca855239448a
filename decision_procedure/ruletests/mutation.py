"""Mutation: each small change of a rule that its examples must notice."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from decision_procedure.errors import UnusableInput
from decision_procedure.law.expression import BadExpression, Compiled, compile_condition
from decision_procedure.law.language import parsed
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.pack import Duty
from decision_procedure.law.said import Said
from decision_procedure.results.report import Verdict
from decision_procedure.ruletests.running import expected, faults, only, snippets, used_by, verdicts
from decision_procedure.ruletests.truths import CONDITIONS

State = Literal["killed", "survived", "unchanged", "stale"]


class Mutant(NamedTuple):
    """One change of a rule and what came of it.

    `change` names it: `params.days: 7 → 8`. `killed_by` is the first example that no longer comes to what it
    claims; None when there is none. `why` says why an `unchanged` one changes no verdict; the pack
    says so of a `stale` one, which does not exist or does change a verdict.
    """

    duty: str
    change: str
    state: State
    killed_by: str | None
    why: Said | None = None

    @property
    def name(self) -> str:
        """The duty and the change."""
        return f"{self.duty}: {self.change}"


def mutants(
    pack: Pack, rules: Iterable[Rule] | None = None, beside: Iterable[Pack] = ()
) -> tuple[Mutant, ...]:
    """Return every change of a pack's rules, or of some of them, and which example noticed it.

    `beside` are the packs among which those are found whose steps this one uses.
    """
    used = used_by(pack, beside)
    return tuple(mutant for rule in rules or pack.rules for mutant in _mutants(pack, rule, used))


def score(found: Iterable[Mutant]) -> tuple[int, int]:
    """Return how many mutants were killed, and out of how many that change a verdict."""
    states = [mutant.state for mutant in found]
    return states.count("killed"), states.count("killed") + states.count("survived")


def _mutants(pack: Pack, rule: Rule, used: tuple[Pack, ...]) -> Iterator[Mutant]:
    changed = dict(changed_rules(rule))
    killers = _killers(pack, rule, changed, used)
    reasons = {item.change: item.why for item in rule.duty.examples.unchanged}
    for change in changed:
        if change in killers:
            yield Mutant(rule.id, change, "killed", killers[change])
        elif change in reasons:
            yield Mutant(rule.id, change, "unchanged", None, reasons[change])
        else:
            yield Mutant(rule.id, change, "survived", None)
    for change, why in reasons.items():
        if change in killers or change not in changed:
            yield Mutant(rule.id, change, "stale", killers.get(change), why)


def _killers(pack: Pack, rule: Rule, changed: Mapping[str, Rule], used: tuple[Pack, ...]) -> dict[str, str]:
    """Return, for each change that an example notices, the first that does.

    All changed rules stand in one pack under names of their own, so that each example is checked once.
    """
    law = only(pack, changed.values(), used)
    killers: dict[str, str] = {}
    for name, section, snippet in snippets(pack, rule):
        if isinstance(snippet, UnusableInput):
            continue
        wanted = expected(pack, rule, section, snippet.claims)
        found: dict[str, list[Verdict]] = {}
        for verdict in verdicts(law, snippet):
            found.setdefault(verdict.duty, []).append(verdict)
        for change, mutant in changed.items():
            if any(faults(section, wanted, snippet.claims, tuple(found.get(mutant.id, ())))):
                killers.setdefault(change, name)
    return killers


def changed_rules(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Yield each changed rule under the name of the change; what is no longer a condition is left out."""
    number = 0
    for change, parts in _variants(rule):
        try:
            mutant = _rebuilt(rule, parts)
        except BadExpression:
            continue
        number += 1
        yield change, replace(mutant, id=f"{rule.id}~{number}")


def _rebuilt(rule: Rule, parts: Mapping[str, Any]) -> Rule:
    duty = rule.duty.model_copy(update={name: parts[name] for name in parts if name in Duty.model_fields})
    params = {name: param.value for name, param in duty.params.items()}
    scope = replace(rule.scope, params=params)

    def compiled(text: str | None) -> Compiled | None:
        return None if text is None else compile_condition(text, scope)

    when, require, adapted = compiled(duty.when), compile_condition(duty.require, scope), duty.adapted
    return replace(
        rule,
        duty=duty,
        untimed=parts.get("untimed", rule.untimed),
        when=when,
        require=require,
        judge=compiled(duty.judge),
        when_adapted=compiled(adapted.when if adapted else None) or when,
        require_adapted=compiled(adapted.require if adapted else None) or require,
    )


def _variants(rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name of each change and the parts of the rule that it gives another value."""
    duty = rule.duty
    for name, param in duty.params.items():
        for moved in (param.value - 1, param.value + 1):
            params = duty.params | {name: param.model_copy(update={"value": moved})}
            yield f"params.{name}: {param.value} → {moved}", {"params": params}
    for name in (
        "when",
        "judge",
        "promptly_after",
        "attention",
        "deadline",
        "before",
        "presupposes",
        "reason_demanded_by",
    ):
        if getattr(duty, name) is not None:
            yield f"{name}: dropped", {name: None}
    yield from _moved_attention(duty)
    yield from _moved_limit(duty)
    for name in type(duty).model_fields:
        if getattr(duty, name) is True:
            yield f"{name}: dropped", {name: False}
    if duty.force == "general":
        yield "force: general → must", {"force": "must"}
    if rule.untimed is not None:
        yield "strength: taken for stated with a word of time", {"untimed": None}
    for name in CONDITIONS:
        for change, text in _rewritten(getattr(duty, name)):
            yield f"{name}: {change}", {name: text}
    for name in ("when", "require"):
        for change, text in _rewritten(getattr(duty.adapted, name, None)):
            adapted = None if duty.adapted is None else duty.adapted.model_copy(update={name: text})
            yield f"adapted.{name}: {change}", {"adapted": adapted}


def _moved_attention(duty: Duty) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the measure of delay with its number, or its day, moved by one."""
    attention = duty.attention
    if attention is None:
        return
    for name in ("days", "workdays"):
        value = getattr(attention, name)
        for moved in () if value is None else (value - 1, value + 1):
            yield (
                f"attention.{name}: {value} → {moved}",
                {"attention": attention.model_copy(update={name: moved})},
            )
    if attention.until is not None:
        for step in (-1, 1):
            day = date.fromisoformat(f"2023-{attention.until}") + timedelta(step)
            moved_day = attention.model_copy(update={"until": f"{day:%m-%d}"})
            yield f"attention.until: {attention.until} → {moved_day.until}", {"attention": moved_day}


def _moved_limit(duty: Duty) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield by when a duty must have been met without its implied act, and with that act in place of the strict one."""
    before = duty.before
    if before is not None and before.implied is not None:
        yield "before.implied: dropped", {"before": before.model_copy(update={"implied": None})}
        strict = before.model_copy(update={"strict": before.implied, "implied": None})
        yield f"before.strict: {before.strict} → {before.implied}", {"before": strict}


def _rewritten(text: str | None) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every change of a condition; None: there is none."""
    if text is not None:
        tree = parsed(text)
        for change, changed in (("reversed", ast.UnaryOp(ast.Not(), tree)), *_changes(tree)):
            yield change, ast.unparse(changed)


def _changes(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield every tree that differs from this one in one place, with the name of the change."""
    yield from _changes_here(tree)
    for field, value in ast.iter_fields(tree):
        if isinstance(value, ast.expr):
            for change, part in _changes(value):
                yield change, _with(tree, field, part)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, ast.expr):
                    for change, part in _changes(item):
                        yield change, _with(tree, field, [*value[:index], part, *value[index + 1 :]])


def _changes_here(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(tree, ast.BoolOp):
        yield from _of_connective(tree)
    elif isinstance(tree, ast.UnaryOp):
        yield f"not dropped: {ast.unparse(tree)}", tree.operand
    elif isinstance(tree, ast.Compare):
        for operator in _FLIPS.get(type(tree.ops[0]), ()):
            flipped = _with(tree, "ops", [operator()])
            yield f"{ast.unparse(tree)} → {ast.unparse(flipped)}", flipped
    elif isinstance(tree, ast.Constant) and type(tree.value) is int:
        for moved in (tree.value - 1, tree.value + 1):
            yield f"{tree.value} → {moved}", ast.Constant(moved)
    elif isinstance(tree, ast.List):
        for index, word in enumerate(tree.elts):
            rest = [*tree.elts[:index], *tree.elts[index + 1 :]]
            yield f"{ast.unparse(word)} dropped: {ast.unparse(tree)}", _with(tree, "elts", rest)
    elif isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        yield from _of_call(tree, tree.func.id)


_FLIPS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


def _of_connective(tree: ast.BoolOp) -> Iterator[tuple[str, ast.AST]]:
    other = ast.Or() if isinstance(tree.op, ast.And) else ast.And()
    words = ("and → or", "or → and")
    yield f"{words[isinstance(tree.op, ast.Or)]}: {ast.unparse(tree)}", _with(tree, "op", other)
    for index, part in enumerate(tree.values):
        rest = [*tree.values[:index], *tree.values[index + 1 :]]
        yield (
            f"operand dropped: {ast.unparse(part)}",
            _with(tree, "values", rest) if len(rest) > 1 else rest[0],
        )


def _of_call(tree: ast.Call, name: str) -> Iterator[tuple[str, ast.AST]]:
    text = ast.unparse(tree)
    if name in _QUANTIFIERS:
        yield (
            f"{name} → {_QUANTIFIERS[name]}: {text}",
            _with(tree, "func", ast.Name(_QUANTIFIERS[name], ast.Load())),
        )
    elif name in ("before", "first_known"):
        yield f"arguments exchanged: {text}", _with(tree, "args", tree.args[::-1])
    elif name == "last_opinion" and len(tree.args) > 1:
        yield f"condition dropped: {text}", _with(tree, "args", tree.args[:1])
    elif name == "of_last_opinion":
        yield (
            f"condition dropped: {text}",
            _with(tree, "args", [tree.args[0], ast.Constant(True), tree.args[2]]),
        )
    elif name == "in_whole_text":
        yield f"whole text not asked for: {text}", tree.args[0]
    elif name in ("held", "acts") and len(tree.args) > 1:
        for index, word in enumerate(tree.args):
            rest = [*tree.args[:index], *tree.args[index + 1 :]]
            yield f"{ast.unparse(word)} dropped: {text}", _with(tree, "args", rest)


_QUANTIFIERS = {"any_of": "all_of", "all_of": "any_of"}


def _with(tree: ast.AST, field: str, value: object) -> ast.AST:
    changed = copy.copy(tree)
    setattr(changed, field, value)
    return changed
