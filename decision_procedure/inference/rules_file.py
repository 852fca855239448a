"""Production rules as data: reading a file of them, refusing all that the rule engine cannot be trusted with.

The rules are Datalog in strata: positive patterns joined on equal values, no negation, no recursion.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from decision_procedure.errors import BadPack, Fault, FaultyInput, nearest
from decision_procedure.sources import Path, Source, path_text, read_yaml

# The engine crashes or loses facts beyond 16 facts in a rule, 64 conditions met by one fact, 255 rules that begin
# with one condition, 511 conditions side by side, 4096 rules: we stay well below each.
MAX_RULES = 1000
MAX_PATTERNS = 14
MAX_USES = 60
MAX_NAMES = 400

# What the adapter adds to facts, beside names in capitals.
RESERVED = frozenset({"id", "sid", "batch"})

Domain = Literal["text"] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of fact or conclusion and its properties, sorted; a fact always has all of them."""

    name: str
    properties: tuple[tuple[str, Domain], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of fact, the values that some properties must have, and the variables that others bind."""

    kind: str
    constants: tuple[tuple[str, str], ...]
    variables: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ProductionRule:
    """If facts meet all patterns, `then` holds. `zh` and `en` say it in a line, `cites` on what basis."""

    id: str
    zh: str
    en: str
    cites: str
    patterns: tuple[Pattern, ...]
    then: Pattern


@dataclass(frozen=True, slots=True)
class Stratum:
    """Rules that draw their conclusions together, from facts and from earlier strata only."""

    name: str
    rules: tuple[ProductionRule, ...]


@dataclass(frozen=True, slots=True)
class ProductionRules:
    """A file of rules without faults. `facts` may be stated, `conclusions` come from the rules alone."""

    facts: tuple[FactKind, ...]
    conclusions: tuple[FactKind, ...]
    strata: tuple[Stratum, ...]

    def rules(self) -> tuple[ProductionRule, ...]:
        """Return the rules of all strata, in order."""
        return tuple(rule for stratum in self.strata for rule in stratum.rules)

    def rule(self, identifier: str) -> ProductionRule:
        """Return the rule of that id. Raises KeyError when there is none."""
        for rule in self.rules():
            if rule.id == identifier:
                return rule
        raise KeyError(identifier)


def load_rules(text: str, file: str) -> ProductionRules:
    """Return the rules written in a YAML text. Raises BadPack with every fault in it."""
    try:
        source = read_yaml(text, file)
    except FaultyInput as error:
        raise BadPack(error.faults) from error
    reader = _Reader(source)
    rules = reader.read()
    if reader.faults:
        raise BadPack(reader.faults)
    return rules


_NAME = re.compile(r"[a-z][a-z_]{0,30}")
_RULE_ID = re.compile(r"[a-z][a-z0-9_.-]{0,60}")
_VARIABLE = re.compile(r"\$[a-z][a-z_]{0,30}")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.:/@+-]{0,63}")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A rule, or what could be read of it, with its place in the file."""

    path: Path
    stratum: int
    patterns: tuple[Pattern, ...]
    then: Pattern | None


class _Reader:
    """Reads everything it can and notes every fault, so that one run reports them all."""

    def __init__(self, source: Source) -> None:
        self.faults: list[Fault] = []
        self._source = source
        self._kinds: dict[str, dict[str, Domain]] = {}
        self._placed: list[_Placed] = []
        self._ids: set[str] = set()

    def read(self) -> ProductionRules:
        """Return the rules as far as they can be read; they may be used only if there is no fault."""
        data = self._mapping((), self._source.data, ("schema", "facts", "conclusions", "strata"))
        if "schema" in data and (type(data["schema"]) is not int or data["schema"] != 1):
            self._fault(("schema",), "schema 应为 1", "schema must be 1")
        facts = self._read_kinds("facts", data)
        conclusions = self._read_kinds("conclusions", data)
        concluded = [kind.name for kind in conclusions]
        strata = [
            self._stratum(("strata", index), index, part, concluded)
            for index, part in enumerate(self._list(("strata",), data.get("strata")))
        ]
        self._repeated("strata", [stratum.name for stratum in strata])
        for placed in self._placed:
            self._check_joins(placed)
            self._check_order(placed)
        self._check_use(facts, conclusions)
        self._check_sizes()
        return ProductionRules(facts, conclusions, tuple(strata))

    def _read_kinds(self, section: str, data: dict[str, Any]) -> tuple[FactKind, ...]:
        if section not in data:
            return ()
        kinds = []
        for name, written in self._mapping((section,), data[section]).items():
            path: Path = (section, name)
            self._check_name(path, name)
            if name in self._kinds:
                self._fault(path, f"已是事实的名称：{name}", f"already the name of a fact: {name}")
            properties = self._mapping(path, written)
            for key in properties:
                self._check_name((*path, key), key)
            domains = {key: self._domain((*path, key), value) for key, value in properties.items()}
            self._kinds.setdefault(name, domains)
            kinds.append(FactKind(name, tuple(sorted(domains.items()))))
        return tuple(kinds)

    def _check_name(self, path: Path, name: str) -> None:
        if name in RESERVED:
            self._fault(path, f"保留名称，不能使用：{name}", f"a reserved name, not to be used: {name}")
        elif not _NAME.fullmatch(name):
            zh, en = "名称只用小写英文字母和下划线", "a name has lower-case letters and _ only"
            self._fault(path, f"{zh}：{name}", f"{en}: {name}")

    def _domain(self, path: Path, value: Any) -> Domain:
        if value == "text":
            return "text"
        if not isinstance(value, list) or not value:
            self._fault(path, f"应为 text 或者词语列表：{value}", f"must be text or a list of words: {value}")
            return "text"
        for index, word in enumerate(value):
            self._check_word((*path, index), word)
        return tuple(str(word) for word in value)

    def _check_word(self, path: Path, value: Any) -> None:
        if not isinstance(value, str) or not _WORD.fullmatch(value):
            zh, en = "应为以字母开头的 ASCII 短词", "must be a short ASCII word that begins with a letter"
            self._fault(path, f"{zh}：{value}", f"{en}: {value}")

    def _stratum(self, path: Path, index: int, part: Any, concluded: list[str]) -> Stratum:
        data = self._mapping(path, part, ("name", "rules"))
        rules = [
            self._rule((*path, "rules", number), index, rule, concluded)
            for number, rule in enumerate(self._list((*path, "rules"), data.get("rules")))
        ]
        return Stratum(self._text(path, data, "name"), tuple(rules))

    def _rule(self, path: Path, stratum: int, part: Any, concluded: list[str]) -> ProductionRule:
        data = self._mapping(path, part, ("id", "zh", "en", "if", "then"), ("cites",))
        name = self._text(path, data, "id")
        if name and not _RULE_ID.fullmatch(name):
            self._fault((*path, "id"), f"规则编号不合格式：{name}", f"not a usable rule id: {name}")
        if name in self._ids:
            self._fault((*path, "id"), f"规则编号重复：{name}", f"rule id used twice: {name}")
        self._ids.update([name] if name else [])
        read = [
            self._pattern((*path, "if", index), pattern, self._kinds)
            for index, pattern in enumerate(self._list((*path, "if"), data.get("if")) if "if" in data else ())
        ]
        patterns = tuple(pattern for pattern in read if pattern is not None)
        then = self._then((*path, "then"), data["then"], concluded) if "then" in data else None
        self._placed.append(_Placed(path, stratum, patterns, then))
        zh, en, cites = (self._text(path, data, key) for key in ("zh", "en", "cites"))
        return ProductionRule(name, zh, en, cites, patterns, then or Pattern("", (), ()))

    def _then(self, path: Path, part: Any, concluded: list[str]) -> Pattern | None:
        then = self._pattern(path, part, concluded)
        if then is not None:
            given = {name for name, _ in (*then.constants, *then.variables)}
            for name in self._kinds[then.kind]:
                if name not in given:
                    self._fault((*path, then.kind), f"缺少属性：{name}", f"property missing: {name}")
        return then

    def _pattern(self, path: Path, part: Any, kinds: Iterable[str]) -> Pattern | None:
        if not isinstance(part, dict) or len(part) != 1:
            self._fault(path, "应为「种类: {属性: 值}」一项", "must be one `kind: {property: value}`")
            return None
        ((kind, written),) = part.items()
        if kind not in kinds:
            self._unknown((*path, kind), "事实或者结论", "fact or conclusion", kind, kinds)
            return None
        constants: list[tuple[str, str]] = []
        variables: list[tuple[str, str]] = []
        domains = self._kinds[kind]
        for name, value in self._mapping((*path, kind), written).items():
            where = (*path, kind, name)
            if name not in domains:
                self._unknown(where, f"属性（{kind}）", f"property of {kind}", name, domains)
            if isinstance(value, str) and value.startswith("$"):
                if not _VARIABLE.fullmatch(value):
                    self._fault(where, f"变量名不合格式：{value}", f"not a usable variable: {value}")
                variables.append((name, value))
            elif name in domains:
                self._check_constant(where, value, domains[name])
                constants.append((name, value))
        return Pattern(kind, tuple(constants), tuple(variables))

    def _check_constant(self, path: Path, value: Any, domain: Domain) -> None:
        if domain == "text":
            self._check_word(path, value)
        elif value not in domain:
            self._unknown(path, "词语", "word", str(value), domain)

    def _check_joins(self, placed: _Placed) -> None:
        """Equal values are possible, no fact could meet two patterns, variables of `then` are bound."""
        bound: dict[str, Domain] = {}
        for index, pattern in enumerate(placed.patterns):
            where = (*placed.path, "if", index)
            for name, variable in pattern.variables:
                domain = self._kinds[pattern.kind].get(name, "text")
                met = _meet(bound.get(variable, domain), domain)
                if met is None:
                    zh, en = "与前面的值永远不会相等", "can never equal what it stood for before"
                    self._fault((*where, pattern.kind, name), f"{variable} {zh}", f"{variable} {en}")
                bound[variable] = domain if met is None else met
                if [other for _, other in pattern.variables].count(variable) > 1:
                    zh, en = "一个条件内变量重复", "twice in one pattern"
                    self._fault((*where, pattern.kind, name), f"{zh}：{variable}", f"{en}: {variable}")
            # The engine never lets one fact meet two patterns of a rule; plain logic would.
            if any(_overlap(pattern, other) for other in placed.patterns[:index]):
                zh = f"两个 {pattern.kind} 可能是同一事实，须有一个属性写明不同的值"
                en = f"two patterns of {pattern.kind} could be one fact: give one property different values"
                self._fault(where, zh, en)
        if placed.then is not None:
            self._check_bound((*placed.path, "then", placed.then.kind), placed.then, bound)

    def _check_bound(self, path: Path, then: Pattern, bound: dict[str, Domain]) -> None:
        for name, variable in then.variables:
            target = self._kinds[then.kind].get(name)
            if variable not in bound:
                self._unknown((*path, name), "变量（if 之中）", "variable under `if`", variable, bound)
            elif target is not None and _meet(bound[variable], target) != bound[variable]:
                zh, en = "可能取到该属性不容许的值", "may hold a value that this property does not allow"
                self._fault((*path, name), f"{variable} {zh}", f"{variable} {en}")

    def _check_order(self, placed: _Placed) -> None:
        for index, pattern in enumerate(placed.patterns):
            concluding = [other for other in self._placed if other.then and other.then.kind == pattern.kind]
            if any(other.stratum >= placed.stratum for other in concluding):
                zh = f"使用了本层或者以后各层的结论：{pattern.kind}"
                en = f"uses a conclusion of its own or a later stratum: {pattern.kind}"
                self._fault((*placed.path, "if", index), zh, en)

    def _check_use(self, facts: Sequence[FactKind], conclusions: Sequence[FactKind]) -> None:
        uses = Counter(pattern.kind for placed in self._placed for pattern in placed.patterns)
        concluded = {placed.then.kind for placed in self._placed if placed.then is not None}
        for kind in facts:
            if kind.name not in uses:
                where = ("facts", kind.name)
                self._fault(where, f"没有规则使用：{kind.name}", f"no rule uses it: {kind.name}")
        for kind in conclusions:
            if kind.name not in concluded:
                where = ("conclusions", kind.name)
                self._fault(where, f"没有规则得出：{kind.name}", f"no rule concludes it: {kind.name}")
        for name, count in sorted(uses.items()):
            section = "conclusions" if name in concluded else "facts"
            self._limit((section, name), count, MAX_USES, "使用次数", "patterns that use it")

    def _check_sizes(self) -> None:
        self._limit((), len(self._kinds), MAX_NAMES, "种类", "kinds")
        self._limit(("strata",), len(self._placed), MAX_RULES, "规则总数", "rules in all")
        for placed in self._placed:
            at = (*placed.path, "if")
            self._limit(at, len(placed.patterns), MAX_PATTERNS, "条件", "patterns in one rule")

    def _limit(self, path: Path, count: int, limit: int, zh: str, en: str) -> None:
        if count > limit:
            self._fault(path, f"{zh}过多：{count}，上限 {limit}", f"too many {en}: {count}, limit {limit}")

    def _mapping(
        self, path: Path, value: Any, required: Sequence[str] = (), optional: Sequence[str] = ()
    ) -> dict[str, Any]:
        if not isinstance(value, dict) or not value:
            self._fault(path, "应为键和值", "must be keys with values")
            return {}
        for key in value if required else ():
            if key not in (*required, *optional):
                self._unknown((*path, key), "键", "key", key, (*required, *optional))
        for key in required:
            if key not in value:
                self._fault(path, f"缺少键：{key}", f"key missing: {key}")
        return value

    def _list(self, path: Path, value: Any) -> list[Any]:
        if not isinstance(value, list) or not value:
            self._fault(path, "应为不空的列表", "must be a list that is not empty")
            return []
        return value

    def _text(self, path: Path, data: dict[str, Any], key: str) -> str:
        value = data.get(key, "")
        if isinstance(value, str) and (value or key not in data):
            return value
        self._fault((*path, key), "应为文字", "must be a text")
        return ""

    def _repeated(self, section: str, names: Sequence[str]) -> None:
        for index, name in enumerate(names):
            if name and name in names[:index]:
                self._fault((section, index, "name"), f"名称重复：{name}", f"name used twice: {name}")

    def _unknown(self, path: Path, zh: str, en: str, name: str, known: Iterable[str]) -> None:
        close = nearest(name, known)
        hint_zh, hint_en = (f"，是否为 {close}?", f", did you mean {close}?") if close else ("", "")
        self._fault(path, f"没有此{zh}：{name}{hint_zh}", f"no such {en}: {name}{hint_en}")

    def _fault(self, path: Path, zh: str, en: str) -> None:
        self.faults.append(Fault(self._source.file, self._source.line(path), path_text(path), zh, en))


def _meet(one: Domain, other: Domain) -> Domain | None:
    """Return the values that two domains share; None when there are none."""
    if one == other:
        return one
    if one == "text" or other == "text":
        return other if one == "text" else one
    return tuple(word for word in one if word in other) or None


def _overlap(one: Pattern, other: Pattern) -> bool:
    """Return whether one fact could meet both patterns."""
    if one.kind != other.kind:
        return False
    constants = dict(other.constants)
    return all(constants.get(name, value) == value for name, value in one.constants)
