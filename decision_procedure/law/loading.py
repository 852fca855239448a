"""Reading and linting a pack file: every fault at once, with its line, then compiled conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from pydantic import ValidationError

from decision_procedure.errors import BadPack, Fault, FaultyInput
from decision_procedure.law.declaring import declaration_faults
from decision_procedure.law.expression import BadExpression, Compiled, Scope, compile_condition
from decision_procedure.law.head import Head, Mark
from decision_procedure.law.linting import lint, order_id, unseen_faults
from decision_procedure.law.pack import Cure, Duty, Edge, PackFile, Step
from decision_procedure.law.said import Said
from decision_procedure.model.declarations import record_model
from decision_procedure.model.kinds import SHIPPED, Kinds, kinds_of
from decision_procedure.model.messages import keys_at, message
from decision_procedure.rules.ready import Ready, source_of
from decision_procedure.sources import Source, read_yaml

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A duty, or the test of an order edge, with its conditions compiled.

    `id` is the full identifier (`cn-713.15.1c`). `per` is empty for the whole decision; `scope` is what
    the conditions may name. `untimed` says that
    the order it tests is implied, or stated without a word of time (`semantics.md` section 2).
    `follows` names the later step, and its kinds of act, that a test of order waits for. `when_adapted` and `require_adapted` stand in for the conditions where the body is bound by reference.
    """

    id: str
    duty: Duty
    pack: Pack
    per: tuple[str, ...]
    scope: Scope
    require: Compiled
    when: Compiled | None = None
    judge: Compiled | None = None
    untimed: str | None = None
    when_adapted: Compiled | None = None
    require_adapted: Compiled | None = None
    counts_days: bool = False
    mark: str = "V"
    follows: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """One instrument, ready to apply. A condition is None where the file gives none: it then never holds.

    `declares`: whether it declares what records may hold. An instrument that was found without fault before
    (`law.shelf`) may be known by its head alone: the rest is read, and compiled, when it is first asked for.
    """

    head: Head
    declares: bool
    file: PackFile
    source: Source | None = None
    kinds: Kinds = SHIPPED
    included: Compiled | None = None
    excluded: Compiled | None = None
    excluded_locally: Compiled | None = None
    belongs: Compiled | None = None
    direct: Compiled | None = None
    reference: Compiled | None = None
    internal: Compiled | None = None
    not_bound: Compiled | None = None
    rules: tuple[Rule, ...] = field(default=())
    _closed: Closed | None = field(default=None, repr=False)

    @classmethod
    def closed(cls, ready: Ready, together: Mapping[str, Pack]) -> Pack:
        """Return an instrument known by its head, beside those `together` with it, itself among them.

        Raises ValidationError for a head that is none.
        """
        pack = cls.__new__(cls)
        _fill(
            pack,
            head=Head.model_validate(ready.head),
            declares=ready.declares,
            _closed=Closed(ready, together),
        )
        return pack

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Open an instrument that is known by its head: called for a part that was not filled in yet."""
            with _OPENING:
                with suppress(AttributeError):  # another thread may have opened it meanwhile
                    return object.__getattribute__(self, name)
                _open(self, name)
                return object.__getattribute__(self, name)

    def rule(self, identifier: str) -> Rule | None:
        """Return the rule with this full or local identifier; None when there is none."""
        full = identifier if identifier.startswith(self.head.id + ".") else f"{self.head.id}.{identifier}"
        return next((rule for rule in self.rules if rule.id == full), None)

    def as_written(self) -> tuple[str, str] | None:
        """Return its file with the text; None: it came from none, or was changed after it was loaded."""
        if self._closed is not None:
            return self._closed.ready.file, self._closed.ready.text
        if self.source is None or any(rule.pack is not self for rule in self.rules):
            return None
        return self.source.file, self.source.text


class Closed(NamedTuple):
    """What opens an instrument that is known by its head."""

    ready: Ready
    together: Mapping[str, Pack]


_OPENING = RLock()


def _open(pack: Pack, name: str) -> None:
    closed = pack._closed
    if closed is None:
        raise AttributeError(name)
    if name in ("file", "source"):
        source = closed.ready.source()
        _fill(pack, source=source, file=_read(source).file)
    else:
        _compile(pack, closed.together)


def _fill(pack: Pack, **parts: Any) -> None:
    for name, part in parts.items():
        object.__setattr__(pack, name, part)


def load_pack(text: str, file: str) -> Pack:
    """Return the instrument written in a pack file, applied by itself. Raises BadPack with every fault in it."""
    packs, faults = load_together([(file, text)])
    if faults:
        raise BadPack(faults)
    return packs[0]


def load_together(
    files: Iterable[tuple[str, str]], beside: Iterable[Pack] = ()
) -> tuple[list[Pack], list[Fault]]:
    """Return the instruments written in `(name, text)` files, but for those with faults, and every fault in them.

    Each may use what those declare, here or `beside`, that apply wherever it does.
    """
    found: list[Pack] = []
    packs: list[Pack] = []
    faults: list[Fault] = []
    for name, text in files:
        try:
            found.append(_read(source_of(text, name) or _source(text, name)))
        except BadPack as error:
            faults.extend(error.faults)
    together = {pack.head.id: pack for pack in (*beside, *found)}
    for pack in found:
        try:
            _compile(pack, together, linted=True)
            packs.append(pack)
        except BadPack as error:
            faults.extend(error.faults)
    return packs, faults


def rewritten(packs: Iterable[Pack], files: Mapping[str, PackFile]) -> tuple[Pack, ...]:
    """Return instruments, those of these identifiers with other texts, which were not read from any file.

    What they say must be sound; whether it is worded within the limits of a file does not matter.
    """
    found = [_worded(files[pack.head.id]) if pack.head.id in files else pack for pack in packs]
    together = {pack.head.id: pack for pack in found}
    for pack in found:
        if pack.head.id in files:
            _compile(pack, together)
    return tuple(found)


def _worded(file: PackFile) -> Pack:
    data = file.model_dump(mode="json", by_alias=True, exclude_unset=True)
    source = Source(f"{file.head.id}.yaml", data, yaml.safe_dump(data, allow_unicode=True, width=1_000))
    return Pack(file.head, bool(file.declared), file, source)


def closed_together(files: Iterable[Ready], beside: Iterable[Pack] = ()) -> list[Pack]:
    """Return instruments that were found without fault before, together with these, each known by its head.

    Raises ValidationError for a head that is none.
    """
    together = {pack.head.id: pack for pack in beside}
    packs = [Pack.closed(ready, together) for ready in files]
    together.update((pack.head.id, pack) for pack in packs)
    return packs


def _read(source: Source) -> Pack:
    try:
        file = PackFile.model_validate(source.data)
    except ValidationError as error:
        raise BadPack(_schema_faults(error, source)) from error
    return Pack(file.head, bool(file.declared), file, source)


def _source(text: str, file: str) -> Source:
    try:
        source = read_yaml(text, file)
    except FaultyInput as error:
        raise BadPack(error.faults) from error
    if unseen := list(unseen_faults(source)):  # told by themselves: no other message then holds such a text
        raise BadPack(unseen)
    return source


def covers_place(place: str, code: str) -> bool:
    """Say whether a place, `cn` or a GB/T 2260 code, contains the place of a code."""
    return place == "cn" or (bool(code) and code.startswith(place))


def _schema_faults(error: ValidationError, source: Source) -> Iterator[Fault]:
    for item in error.errors(include_url=False):
        yield source.fault(tuple(item["loc"]), *message(item, keys_at(PackFile, item["loc"][:-1])))


def _compile(pack: Pack, together: Mapping[str, Pack], *, linted: bool = False) -> None:
    """Compile an instrument that was read. Raises BadPack with its faults, all of them where it is `linted`."""
    head, file, source = pack.head, pack.file, pack.source or Source(pack.head.id, None)
    place = "" if head.place == "cn" else head.place
    above = [
        other.file.declared
        for other in together.values()
        if other.declares and other.head.procedure == head.procedure and covers_place(other.head.place, place)
    ]
    borrowed = {step.id: step for name in head.uses if name in together for step in together[name].file.steps}
    faults = [source.fault(*wrong) for wrong in declaration_faults(file.declared, above)] if linted else []
    kinds = SHIPPED if faults else kinds_of(record_model(above))
    if linted:
        faults.extend(lint(file, source, kinds, borrowed))
    conditions = _Conditions(source, kinds)
    _fill(
        pack,
        kinds=kinds,
        **conditions.of_all(file.scope, "scope", _SCOPE),
        **conditions.of_all(file.binding, "binding", _BINDING),
    )
    rules = tuple(_rules(pack, borrowed, conditions))
    if faults := [*faults, *conditions.faults]:
        raise BadPack(faults)
    _fill(pack, rules=rules)


_SCOPE = ("included", "excluded", "excluded_locally", "belongs")
_BINDING = ("direct", "reference", "internal", "not_bound")


class _Conditions:
    """Compiles the conditions of a file, and keeps what is wrong with them."""

    def __init__(self, source: Source, kinds: Kinds) -> None:
        self._source, self._whole = source, Scope(kinds=kinds)
        self.faults: list[Fault] = []

    def of(self, text: str | None, scope: Scope, path: Path) -> Compiled | None:
        """Return a condition; None where there is none, or none that can be compiled."""
        if text is None:
            return None
        try:
            return compile_condition(text, scope)
        except BadExpression as error:
            self.faults.append(self._source.fault(path, error.zh, error.en))
            return None

    def of_all(self, part: Any, section: str, names: Iterable[str]) -> dict[str, Compiled | None]:
        """Return the conditions of a part of the file that speaks of the whole decision, by their names."""
        return {name: self.of(getattr(part, name), self._whole, (section, name)) for name in names}


def _rules(pack: Pack, borrowed: Mapping[str, Step], conditions: _Conditions) -> Iterator[Rule]:
    file = pack.file
    for index, duty in enumerate(file.duties):
        cap = _cap_of_order([edge for edge in file.order if edge.tested_by == duty.id])
        if rule := _rule(pack, duty, ("duties", index), conditions, cap):
            yield rule
    steps = {**borrowed, **{step.id: step for step in file.steps}}
    for index, edge in enumerate(file.order):
        if edge.tested_by is None:
            duty = _order_duty(edge, steps, pack.head.mark)
            after = steps.get(edge.after)
            rule = _rule(pack, duty, ("order", index), conditions, _untimed(edge))
            if rule is not None and edge.require is None and after is not None:
                rule = replace(rule, follows=(after.id, after.kinds))
            if rule is not None:
                yield rule


def _rule(pack: Pack, duty: Duty, path: Path, conditions: _Conditions, untimed: str | None) -> Rule | None:
    per = () if duty.per == "decision" else duty.per
    params = {name: param.value for name, param in duty.params.items()}
    known = all(kind in pack.kinds.acts for kind in per)
    scope = Scope(per if known else (), params, kinds=pack.kinds)
    when = conditions.of(duty.when, scope, (*path, "when"))
    require = conditions.of(duty.require, scope, (*path, "require"))
    judge = conditions.of(duty.judge, scope, (*path, "judge"))
    adapted = duty.adapted
    when_adapted = conditions.of(adapted.when if adapted else None, scope, (*path, "adapted", "when"))
    require_adapted = conditions.of(
        adapted.require if adapted else None, scope, (*path, "adapted", "require")
    )
    if require is None:
        return None
    marks = [duty.mark, *(param.mark for param in duty.params.values())]
    return Rule(
        id=f"{pack.head.id}.{duty.id}",
        duty=duty,
        pack=pack,
        per=per,
        scope=scope,
        require=require,
        when=when,
        judge=judge,
        untimed=untimed,
        when_adapted=when_adapted or when,
        require_adapted=require_adapted or require,
        counts_days=any(part.counts_days for part in (require, when, judge) if part is not None),
        mark=max(marks, key=_MARKS.index),
    )


_MARKS = ("V", "V2", "R", "?", "draft")


def _cap_of_order(edges: Sequence[Edge]) -> str | None:
    """Return what caps a duty that tests these edges: nothing as soon as one of them has a word of time.

    Otherwise the firmest of them: what is stated without a word of time before what is only implied.
    """
    caps = {_untimed(edge) for edge in edges}
    return None if None in caps or not caps else "no_time_word" if "no_time_word" in caps else "implied"


def _untimed(edge: Edge) -> str | None:
    if edge.strength == "implied":
        return "implied"
    return None if edge.time_word or edge.rest_word else "no_time_word"


def _order_duty(edge: Edge, steps: Mapping[str, Step], mark: Mark) -> Duty:
    before, after = steps.get(edge.before), steps.get(edge.after)
    name_before = before.name if before else Said.made(zh=edge.before, en=edge.before)
    name_after = after.name if after else Said.made(zh=edge.after, en=edge.after)
    within = edge.require is not None
    tested = after if within else before
    order = None if within or before is None or after is None else _order_of(before, after)
    judge = (
        f"another_{order}"
        if order and edge.strength == "stated" and (edge.time_word or edge.rest_word)
        else None
    )
    return Duty.model_construct(  # of parts that were checked: to make Duty check takes longer than all else here
        id=order_id(edge),
        article=edge.article,
        step=edge.after if within else edge.before,
        per=tested.kinds if tested else "decision",
        bearer=edge.bearer,
        force="must",
        mark=mark,
        when=edge.when,
        require=edge.require or order or "True",
        judge=judge,
        judgement=_ANOTHER_IN_TIME if judge else None,
        text=Said.made(
            zh=f"{name_before.zh}在先，{name_after.zh}在后",
            en=f"{name_before.en} comes before {name_after.en[0].lower()}{name_after.en[1:]}",
        ),
        cure=Cure.model_construct(
            kind="supplement",
            zh="核对两个环节的日期；次序确实颠倒的，说明原因并补救",
            en="Check the dates of both steps; where the order was reversed, explain and repair it",
        ),
        examples=edge.examples,
    )


def _order_of(before: Step, after: Step) -> str:
    """Return the test that an act of one step was over before the other step, on which the decision rests."""
    kinds = ", ".join(f'"{kind}"' for kind in after.kinds)
    end = f'"{before.at or ""}"'
    return f'in_order({end}, "{after.id}", {kinds})'


_ANOTHER_IN_TIME = Said.made(
    zh="同一环节已有按次序进行的，此次在后是否影响决策",
    en="Whether the late one matters, another having been in time",
)
