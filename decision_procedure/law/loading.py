"""Reading and linting a pack file: every fault at once, with its line, then compiled conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pydantic import ValidationError

from decision_procedure.errors import BadPack, Fault, FaultyInput
from decision_procedure.law.declaring import declaration_faults
from decision_procedure.law.expression import BadExpression, Compiled, Scope, compile_condition
from decision_procedure.law.linting import lint, order_id, unseen_faults
from decision_procedure.law.pack import Cure, Duty, Edge, Head, Mark, PackFile, Said, Step
from decision_procedure.model.declarations import record_model
from decision_procedure.model.kinds import SHIPPED, Kinds, kinds_of
from decision_procedure.model.messages import keys_at, message
from decision_procedure.rules.ready import source_of
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
    """One instrument, ready to apply. A condition is None where the file gives none: it then never holds."""

    file: PackFile
    rules: tuple[Rule, ...] = field(default=())
    included: Compiled | None = None
    excluded: Compiled | None = None
    excluded_locally: Compiled | None = None
    belongs: Compiled | None = None
    direct: Compiled | None = None
    reference: Compiled | None = None
    internal: Compiled | None = None
    not_bound: Compiled | None = None
    source: Source | None = None
    kinds: Kinds = SHIPPED

    @property
    def head(self) -> Head:
        """What identifies the instrument."""
        return self.file.head

    def rule(self, identifier: str) -> Rule | None:
        """Return the rule with this full or local identifier; None when there is none."""
        full = identifier if identifier.startswith(self.head.id + ".") else f"{self.head.id}.{identifier}"
        return next((rule for rule in self.rules if rule.id == full), None)


class WrittenPack(NamedTuple):
    """An instrument as its file has it, not yet compiled."""

    file: PackFile
    source: Source


def load_pack(text: str, file: str) -> Pack:
    """Return the instrument written in a pack file, applied by itself. Raises BadPack with every fault in it."""
    packs, faults = load_together([(file, text)])
    if faults:
        raise BadPack(faults)
    return packs[0]


def load_together(
    files: Iterable[tuple[str, str]], beside: Iterable[PackFile] = ()
) -> tuple[list[Pack], list[Fault]]:
    """Return the instruments written in `(name, text)` files, but for those with faults, and every fault in them.

    Each may use what those declare, here or `beside`, that apply wherever it does.
    """
    found: list[WrittenPack] = []
    packs: list[Pack] = []
    faults: list[Fault] = []
    beside = tuple(beside)
    for name, text in files:
        try:
            found.append(_read(text, name))
        except BadPack as error:
            faults.extend(error.faults)
    together = {file.head.id: file for file in (*beside, *(written.file for written in found))}
    for written in found:
        try:
            packs.append(_compiled(written, together))
        except BadPack as error:
            faults.extend(error.faults)
    return packs, faults


def _read(text: str, file: str) -> WrittenPack:
    source = source_of(text, file) or _source(text, file)
    try:
        return WrittenPack(PackFile.model_validate(source.data), source)
    except ValidationError as error:
        raise BadPack(_schema_faults(error, source)) from error


def _source(text: str, file: str) -> Source:
    try:
        source = read_yaml(text, file)
    except FaultyInput as error:
        raise BadPack(error.faults) from error
    if unseen := list(unseen_faults(source)):  # told by themselves: no other message then holds such a text
        raise BadPack(unseen)
    return source


def _compiled(written: WrittenPack, together: Mapping[str, PackFile]) -> Pack:
    file, source = written
    place = "" if file.head.place == "cn" else file.head.place
    above = [
        other.declared
        for other in together.values()
        if other.declared
        and other.head.procedure == file.head.procedure
        and covers_place(other.head.place, place)
    ]
    borrowed = {step.id: step for name in file.head.uses if name in together for step in together[name].steps}
    faults = [source.fault(*wrong) for wrong in declaration_faults(file.declared, above)]
    kinds = SHIPPED if faults else kinds_of(record_model(above))
    faults.extend(lint(file, source, kinds, borrowed))
    pack = _compile(file, source, kinds, borrowed, faults)
    if faults:
        raise BadPack(faults)
    return pack


def covers_place(place: str, code: str) -> bool:
    """Say whether a place, `cn` or a GB/T 2260 code, contains the place of a code."""
    return place == "cn" or (bool(code) and code.startswith(place))


def _schema_faults(error: ValidationError, source: Source) -> Iterator[Fault]:
    for item in error.errors(include_url=False):
        yield source.fault(tuple(item["loc"]), *message(item, keys_at(PackFile, item["loc"][:-1])))


def _compile(
    written: PackFile, source: Source, kinds: Kinds, borrowed: Mapping[str, Step], faults: list[Fault]
) -> Pack:
    whole = Scope(kinds=kinds)

    def condition(text: str | None, scope: Scope, path: Path) -> Compiled | None:
        if text is None:
            return None
        try:
            return compile_condition(text, scope)
        except BadExpression as error:
            faults.append(source.fault(path, error.zh, error.en))
            return None

    pack = Pack(
        file=written,
        included=condition(written.scope.included, whole, ("scope", "included")),
        excluded=condition(written.scope.excluded, whole, ("scope", "excluded")),
        excluded_locally=condition(written.scope.excluded_locally, whole, ("scope", "excluded_locally")),
        belongs=condition(written.scope.belongs, whole, ("scope", "belongs")),
        direct=condition(written.binding.direct, whole, ("binding", "direct")),
        reference=condition(written.binding.reference, whole, ("binding", "reference")),
        internal=condition(written.binding.internal, whole, ("binding", "internal")),
        not_bound=condition(written.binding.not_bound, whole, ("binding", "not_bound")),
        source=source,
        kinds=kinds,
    )
    rules = []
    for index, duty in enumerate(written.duties):
        cap = _cap_of_order([edge for edge in written.order if edge.tested_by == duty.id])
        rules.append(_rule(pack, duty, ("duties", index), condition, cap))
    steps = {**borrowed, **{step.id: step for step in written.steps}}
    for index, edge in enumerate(written.order):
        if edge.tested_by is None:
            duty = _order_duty(edge, steps, written.head.mark)
            rule = _rule(pack, duty, ("order", index), condition, _untimed(edge))
            after = steps.get(edge.after)
            if rule is not None and edge.require is None and after is not None:
                rule = replace(rule, follows=(after.id, after.kinds))
            rules.append(rule)
    object.__setattr__(pack, "rules", tuple(rule for rule in rules if rule is not None))
    return pack


def _rule(pack: Pack, duty: Duty, path: Path, condition: Any, untimed: str | None) -> Rule | None:
    per = () if duty.per == "decision" else duty.per
    params = {name: param.value for name, param in duty.params.items()}
    known = all(kind in pack.kinds.acts for kind in per)
    scope = Scope(per if known else (), params, kinds=pack.kinds)
    when = condition(duty.when, scope, (*path, "when"))
    require = condition(duty.require, scope, (*path, "require"))
    judge = condition(duty.judge, scope, (*path, "judge"))
    adapted = duty.adapted
    when_adapted = condition(adapted.when if adapted else None, scope, (*path, "adapted", "when"))
    require_adapted = condition(adapted.require if adapted else None, scope, (*path, "adapted", "require"))
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
    name_before = before.name if before else Said(zh=edge.before, en=edge.before)
    name_after = after.name if after else Said(zh=edge.after, en=edge.after)
    within = edge.require is not None
    tested = after if within else before
    order = None if within or before is None or after is None else _order_of(before, after)
    judge = (
        f"another_{order}"
        if order and edge.strength == "stated" and (edge.time_word or edge.rest_word)
        else None
    )
    return Duty(
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
        cure=Cure(
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


_ANOTHER_IN_TIME = Said(
    zh="同一环节已有按次序进行的，此次在后是否影响决策",
    en="Whether the late one matters, another having been in time",
)
