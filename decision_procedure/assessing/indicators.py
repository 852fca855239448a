"""A file of indicators: what is looked at, for which kind of body, what it weighs, and by which formula it is scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from decision_procedure.assessing.formula import Formula, formula
from decision_procedure.assessing.wrong import wrong
from decision_procedure.catalogues.reconciliation import DiscrepancyKind
from decision_procedure.errors import Fault, UnusableInput, hint
from decision_procedure.law.applicable import Law
from decision_procedure.law.language import BadExpression
from decision_procedure.model.base import Flag, Identifier, Key, Part, Text
from decision_procedure.model.translating import Translation
from decision_procedure.model.vocabulary import AssessedKind, Per
from decision_procedure.sources import Source, read_source, read_yaml
from decision_procedure.wording import LANGUAGES, Bilingual

SHIPPED = "shipped.yaml"
_SHARE = "weight * share"


class Statement(Part):
    """A text in Chinese and in English; written as one text it is the same in both."""

    zh: Text
    en: Text


def _statement(value: Any) -> Any:
    return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


BothTexts = Annotated[Statement, BeforeValidator(_statement)]
Names = Annotated[tuple[Identifier, ...], BeforeValidator(_listed)]


class LooksAt(Part):
    """What is counted: verdicts on these steps and duties, on gates, on the catalogue itself, and what differs from it.

    Several together: each verdict that any of them names, once.
    """

    steps: Annotated[Names, Key("环节")] = ()
    duties: Annotated[Names, Key("义务")] = ()
    gates: Annotated[Flag, Key("前置程序")] = None
    catalogue: Annotated[Flag, Key("年度目录")] = None
    discrepancies: Annotated[tuple[DiscrepancyKind, ...], Key("目录对照")] = ()


class ItemEntry(Part):
    """What indicators, deductions and vetoes share. `applies_to` empty: every kind of body. `looks_at` None: a person states it."""

    id: Annotated[Identifier, Key("编号")]
    text: Annotated[BothTexts, Key("内容")]
    applies_to: Annotated[tuple[AssessedKind, ...], Key("对象")] = ()
    looks_at: Annotated[LooksAt | None, Key("考查")] = None
    per: Annotated[Per, Key("计数单位")] = "verdict"


class IndicatorEntry(ItemEntry):
    """An indicator: `weight` is the points it can bring, `formula` how many it brings."""

    weight: Annotated[int, Field(strict=True, ge=1, le=1000), Key("分值")]
    formula: Annotated[Text, Key("算式")] = _SHARE


class DeductionEntry(ItemEntry):
    """Points taken off the total, never more than `most`."""

    most: Annotated[int, Field(strict=True, ge=1, le=1000), Key("最多扣分")]
    formula: Annotated[Text, Key("算式")] = "not_met"


class VetoEntry(ItemEntry):
    """A condition under which indicators, or the total (none named), come to nothing."""

    when: Annotated[Text, Key("条件")] = "not_met > 0"
    zeroes: Annotated[Names, Key("清零")] = ()


class RankingEntry(Part):
    """What a ranking needs: decisions of a body, bodies of its kind, and at most how wide a range of points."""

    least_decisions: Annotated[int, Field(strict=True, ge=1, le=10_000), Key("每单位最少件数")]
    least_bodies: Annotated[int, Field(strict=True, ge=2, le=10_000), Key("最少单位数")]
    widest: Annotated[int, Field(strict=True, ge=0, le=100), Key("得分区间不宽于")]


class IndicatorFile(Part):
    """A file of indicators. `source` says whose they are. `most_deducted` None: deductions are not limited together."""

    schema_: Annotated[Literal[1], Key("格式版本")] = Field(alias="schema")
    title: Annotated[BothTexts, Key("名称")]
    source: Annotated[BothTexts, Key("来源")]
    most_deducted: Annotated[int | None, Field(strict=True, ge=0, le=1000), Key("扣分上限")] = None
    ranking: Annotated[RankingEntry | None, Key("排名")] = None
    indicators: Annotated[tuple[IndicatorEntry, ...], Key("指标")]
    deductions: Annotated[tuple[DeductionEntry, ...], Key("扣分")] = ()
    vetoes: Annotated[tuple[VetoEntry, ...], Key("一票否决")] = ()


MeasureSort = Literal["indicator", "deduction", "veto"]
_ENTRIES: Mapping[MeasureSort, tuple[str, type[ItemEntry]]] = {
    "indicator": ("indicators", IndicatorEntry),
    "deduction": ("deductions", DeductionEntry),
    "veto": ("vetoes", VetoEntry),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator, a deduction or a veto, ready to be applied; `place` is its place among all of the file, from 1.

    `weight` is the most it brings or takes (a veto: 0). `steps` and `duties` are what it looks at in verdicts, `gates`,
    `catalogue` and `discrepancies` as in `LooksAt`; `stated`: it looks at nothing, a person states it. `rule` is None
    only then. `zeroes` are the indicators that a veto brings to nothing (empty: the total).
    """

    place: int
    sort: MeasureSort
    id: str
    text: Bilingual
    kinds: frozenset[str]
    weight: Fraction
    written: str
    rule: Formula | None
    per: Per
    steps: frozenset[str] = frozenset()
    duties: frozenset[str] = frozenset()
    gates: bool = False
    catalogue: bool = False
    discrepancies: frozenset[str] = frozenset()
    zeroes: tuple[str, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether nothing is looked at: a person states it."""
        return self.rule is None

    def applies_to(self, kind: str) -> bool:
        """Say whether it applies to a kind of body."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Indicators:
    """A set of indicators that was found in order; `file` is where it stands (empty: it ships)."""

    file: str
    title: Bilingual
    source: Bilingual
    measures: tuple[Measure, ...]
    most_deducted: Fraction | None
    ranking: RankingEntry | None

    def of(self, kind: str) -> tuple[Measure, ...]:
        """Return what applies to a kind of body, in the order of the file."""
        return tuple(item for item in self.measures if item.applies_to(kind))

    @property
    def counting_records(self) -> tuple[Measure, ...]:
        """What looks at verdicts on records alone: neither at the catalogue nor at what a person states."""
        return tuple(
            item for item in self.measures if not (item.stated or item.catalogue or item.discrepancies)
        )


def load_indicators(path: Path | None, law: Law) -> Indicators:
    """Return the set of indicators of a file; None: the set that ships. Raises UnusableInput with every fault in it."""
    if path is None:
        text = files("decision_procedure.assessing").joinpath(SHIPPED).read_text("utf-8")
        return _read(read_yaml(text, SHIPPED), "", law)
    source = read_source(path)
    return _read(source, source.file, law)


def _read(source: Source, name: str, law: Law) -> Indicators:
    written = Translation(source, IndicatorFile)
    reader = _EntryReader(written, law)
    measures = tuple(reader.measures())
    try:
        found = IndicatorFile.model_validate(written.data)
    except ValidationError as error:
        raise UnusableInput([*written.faults, *written.refused(error), *reader.faults]) from None
    if written.faults or reader.faults:
        raise UnusableInput([*written.faults, *reader.faults])
    most = None if found.most_deducted is None else Fraction(found.most_deducted)
    return Indicators(name, _both(found.title), _both(found.source), measures, most, found.ranking)


def _both(said: Statement) -> Bilingual:
    return Bilingual(said.zh, said.en)


class _EntryReader:
    """Makes entries ready, and keeps what is wrong with each where it stands."""

    def __init__(self, written: Translation, law: Law) -> None:
        self._written, self._law = written, law
        self._known: dict[str, None] = {}
        self._taken: set[str] = set()
        self._place = 0
        self.faults: list[Fault] = []

    def measures(self) -> Iterator[Measure]:
        """Yield every entry that is whole; of one that is not, the model of the file tells what is wrong."""
        for sort, (name, model) in _ENTRIES.items():
            entries = self._written.data.get(name) if isinstance(self._written.data, dict) else None
            for index, data in enumerate(entries if isinstance(entries, list) else ()):
                path = (name, index)
                given = data.get("id") if isinstance(data, dict) else None
                if isinstance(given, str):
                    if given in self._taken:
                        self._add((*path, "id"), *wrong("assess_identifier_twice"))
                    self._taken.add(given)
                    if sort == "indicator":
                        self._known[given] = None
                with suppress(ValidationError):
                    yield self._measure(sort, model.model_validate(data), path)

    def _measure(self, sort: MeasureSort, entry: ItemEntry, path: tuple[str | int, ...]) -> Measure:
        looks, zeroes = entry.looks_at or LooksAt(), getattr(entry, "zeroes", ())
        weight = Fraction(getattr(entry, "weight", getattr(entry, "most", 0)))
        for index, name in enumerate(zeroes):
            if name not in self._known:
                told = hint(name, self._known)
                self._add((*path, "zeroes", index), *wrong("assess_no_indicator", hint=told))
        key = "when" if sort == "veto" else "formula"
        written = getattr(entry, key)
        rule = None
        if entry.looks_at is not None:
            rule = self._rule(sort, written, weight, (*path, key))
            if looks == LooksAt():
                self._add((*path, "looks_at"), *wrong("assess_looks_at_nothing"))
        elif entry.model_fields_set & {key, "per"}:
            self._add(path, *wrong("assess_looks_at_missing"))
        self._place += 1
        return Measure(
            self._place, sort, entry.id, _both(entry.text), frozenset(entry.applies_to), weight, written if rule else "", rule, entry.per,
            frozenset(self._steps(looks.steps, (*path, "looks_at", "steps"))),
            frozenset(self._duties(looks.duties, (*path, "looks_at", "duties"))),
            bool(looks.gates), bool(looks.catalogue), frozenset(looks.discrepancies), zeroes,
        )  # fmt: skip

    def _rule(
        self, sort: MeasureSort, written: str, weight: Fraction, path: tuple[str | int, ...]
    ) -> Formula | None:
        try:
            return formula(
                written, weight, wanted="up" if sort == "indicator" else "down", condition=sort == "veto"
            )
        except BadExpression as error:
            self._add(path, error.zh, error.en)
            return None

    def _steps(self, names: Iterable[str], path: tuple[str | int, ...]) -> Iterator[str]:
        """Yield the steps that names mean: identifiers, or what people call them."""
        known = self._law.steps if names else {}
        called = {step.name.zh: name for name, step in known.items()}
        for index, name in enumerate(names):
            if name in known or name in called:
                yield called.get(name, name)
            else:
                told = hint(name, (*known, *called))
                self._add((*path, index), *wrong("assess_no_step", hint=told))

    def _duties(self, names: Iterable[str], path: tuple[str | int, ...]) -> Iterator[str]:
        known = self._law.questions if names else frozenset()
        for index, name in enumerate(names):
            if name in known:
                yield name
            else:
                told = hint(name, sorted(known))
                self._add((*path, index), *wrong("assess_no_duty", hint=told))

    def _add(self, path: tuple[str | int, ...], zh: str, en: str) -> None:
        self.faults.append(self._written.fault(path, zh, en))
